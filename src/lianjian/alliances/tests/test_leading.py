"""Who asked to go first and who leads in a campaign: named, counted once, seen by those concerned, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from lianjian.alliances import actions
from lianjian.alliances.figures.campaigns import went_ahead
from lianjian.alliances.models import CampaignLead, Participant
from lianjian.alliances.rules import leading as rules
from lianjian.alliances.rules.campaigns import CampaignClosed
from lianjian.directory import actions as directory
from lianjian.directory.models import Person
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from tests.cast import NOW, TODAY, Cast

from .test_campaigns import DAY, campaign, invite


def person(cast: Cast, name: str) -> Person:
    return directory.register_person(actor=cast.actor("clerk"), name=name, now=NOW)


def named(cast: Cast, part: Participant, who: Person, way: str = "asked", **more: Any) -> CampaignLead:
    values = {"since": TODAY, **more}
    return actions.name_lead(actor=cast.actor("clerk"), participant=part, person=who, way=way, now=NOW, **values)


def test_who_asked_is_named_on_the_page_and_taken_back(cast: Cast) -> None:
    [part] = invite(cast, campaign(cast), cast.firm, status="pilot")
    who, clerk = person(cast, "秦川"), cast.client("clerk")
    page, new = (reverse(f"alliances:{name}", kwargs={"key": part.key}) for name in ("participant", "name_lead"))
    assert new in clerk.get(page).content.decode()
    sent = {"person": str(who.key), "way": "asked", "since": part.campaign.since - DAY}
    early = clerk.post(new, sent)
    assert early.status_code == 422 and "不能早于活动开始" in early.content.decode()
    assert clerk.post(new, {**sent, "since": TODAY}).status_code == 303
    shown = clerk.get(page).content.decode()
    assert "秦川" in shown and "主动要求先行试点" in shown
    again = clerk.post(new, {**sent, "since": TODAY})
    assert again.status_code == 422 and "已经这样写过" in again.content.decode()
    cast.actor("clerk")
    [held] = CampaignLead.objects.all()
    gone = reverse("alliances:remove_lead", kwargs={"key": held.key})
    assert gone in shown and clerk.post(gone).status_code == 303
    assert "秦川" not in clerk.get(page).content.decode()
    cast.actor("clerk")
    kept = Entry.objects.filter(subject_key=part.key).order_by("id").values_list("verb", flat=True)
    assert list(kept)[-2:] == ["alliances.name_lead", "alliances.remove_lead"]


def test_four_people_of_three_firms_count_once_each(cast: Cast) -> None:
    held = campaign(cast)
    parts = invite(cast, held, cast.firm, cast.second_firm, cast.village, status="pilot")
    people = [person(cast, name) for name in ("秦川", "梁田", "谷雨", "石岩")]
    for part, who in zip([*parts, parts[0]], people, strict=True):
        named(cast, part, who)
    named(cast, parts[0], people[0], "leads")
    actor, asked = cast.actor("clerk"), Scoped((cast.town.pk,), TODAY, TODAY)
    assert [one.name for one in went_ahead(actor, asked)] == sorted(one.name for one in people)
    assert went_ahead(actor, Scoped((cast.town.pk,), TODAY - 9 * DAY, TODAY - DAY)).count() == 0
    body = cast.client("clerk").get("/figures/alliances.campaign_leads/").content.decode()
    assert "主动要求先行试点" in body and "秦川" in body


def test_names_are_for_those_concerned_unless_published(cast: Cast) -> None:
    [part] = invite(cast, campaign(cast), cast.firm, status="pilot")
    who = person(cast, "秦川")
    made = named(cast, part, who)
    page = reverse("alliances:participant", kwargs={"key": part.key})
    assert "秦川" in cast.client("contact").get(page).content.decode(), "the body itself"
    assert "秦川" not in cast.client("other_clerk").get(page).content.decode()
    assert CampaignLead.objects.visible_to(cast.actor("other_contact")).count() == 0
    for name in ("contact", "leader", "handler", "other_clerk"):
        with pytest.raises(Denied):
            actions.remove_lead(actor=cast.actor(name), lead=made, now=NOW)
    assert CampaignLead.objects.visible_to(cast.actor("clerk")).count() == 1


def test_refusals_write_nothing(cast: Cast) -> None:
    held = campaign(cast)
    [part] = invite(cast, held, cast.firm, status="pilot")
    who = person(cast, "秦川")
    for more, refusal in (
        ({"way": "best"}, rules.LeadUnknown),
        ({"since": held.since - DAY}, rules.LeadTooEarly),
        ({"since": TODAY + DAY}, rules.LeadTooEarly),
    ):
        with pytest.raises(refusal):
            named(cast, part, who, **more)
    actions.close_campaign(actor=cast.actor("clerk"), campaign=held, on=TODAY, now=NOW)
    part.refresh_from_db()
    with pytest.raises(CampaignClosed):
        named(cast, Participant.objects.select_related("campaign").get(pk=part.pk), who)
    assert CampaignLead.objects.count() == 0
