"""Signing up: till when, for how many, who waits, and that a seat given back is the next one's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from lianjian.directory.models import Membership, Organization, Person
from lianjian.events import actions
from lianjian.events.models import Meeting, SignUp
from lianjian.events.queries.signing import sign_ups
from lianjian.events.rules import meetings
from lianjian.events.rules import signing as rules
from lianjian.events.tests.meetingwork import START, planned, together
from lianjian.foundation import clock
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from tests.cast import NOW, SINCE, Cast, build_cast

UNTIL = START - timedelta(hours=1)


def people(cast: Cast, body: Organization, number: int) -> list[Person]:
    """So many people of a body, in the order of their names."""
    cast.system(cast.town if body.jurisdiction_id == cast.town.pk else cast.other_town)
    made = [
        Person.objects.create(jurisdiction_id=body.jurisdiction_id, name=f"工人{place:02}", changed_at=NOW) for place in range(number)
    ]
    for one in made:
        Membership.objects.create(
            jurisdiction_id=body.jurisdiction_id, person=one, organization=body, role="staff", since=SINCE
        )
    return made


def opened(cast: Cast, seats: int | None = None, **more: Any) -> Meeting:
    given: dict[str, Any] = {"bodies": [(cast.firm, "member"), (cast.other_firm, "member")], "answer_by": None, **more}
    meeting = planned(cast, **given)
    until = meeting.starts_at - timedelta(hours=1)
    return actions.open_sign_up(actor=cast.actor("clerk"), meeting=meeting, until=until, seats=seats, now=NOW)


def sign(cast: Cast, meeting: Meeting, body: Organization, who: str, chosen: list[Person]) -> list[SignUp]:
    ids = [one.pk for one in chosen]
    return actions.sign_up_people(actor=cast.actor(who), meeting=meeting, organization=body, people=ids, now=NOW)


def waiting(cast: Cast, meeting: Meeting, who: str = "clerk") -> dict[str, int]:
    actor = cast.actor(who)
    shown = sign_ups(actor, Meeting.objects.get(pk=meeting.pk), NOW)
    assert shown is not None
    return {one.name: one.waits for one in shown.rows}


def test_a_firm_signs_up_its_people_by_the_pages_and_the_next_moves_up(cast: Cast) -> None:
    people(cast, cast.firm, 3)
    start = clock.now() + timedelta(days=3)
    meeting = planned(
        cast, bodies=[(cast.firm, "member")], answer_by=None, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    clerk, contact = cast.client("clerk"), cast.client("contact")
    page = reverse("events:meeting", kwargs={"key": meeting.key})
    opening = reverse("events:open_sign_up", kwargs={"key": meeting.key})
    assert "我要报名" not in contact.get(page).content.decode()
    late = (start + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    answer = clerk.post(opening, {"until": late, "seats": "2"})
    assert answer.status_code == 422 and "活动开始以前" in answer.content.decode() and late in answer.content.decode()
    until = (start - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    assert clerk.post(opening, {"until": until, "seats": "0"}).status_code == 422
    assert clerk.post(opening, {"until": until, "seats": "2"}).status_code == 303
    shown = contact.get(page).content.decode()
    assert "名额 2 人" in shown and "为本单位人员报名" in shown
    form = reverse("events:sign_up_people", kwargs={"key": meeting.key})
    assert "工人02" in contact.get(form).content.decode()
    cast.actor("contact")
    ids = list(Person.objects.filter(name__startswith="工人").order_by("name").values_list("pk", flat=True))
    assert contact.post(form, {}).status_code == 422
    assert contact.post(form, {"people": [str(pk) for pk in ids]}).status_code == 303
    shown = contact.get(page).content.decode()
    assert "已报名 3 人" in shown and "候补 1 人" in shown and "候补第1位" in shown
    assert waiting(cast, meeting) == {"工人00": 0, "工人01": 0, "工人02": 1}
    # Whoever is signed up is no choice any more; the first gives the seat back, the third has it.
    assert "没有可以报名的人员" in contact.get(form).content.decode()
    first = SignUp.objects.get(person__name="工人00")
    back = reverse("events:withdraw_sign_up", kwargs={"key": first.key})
    assert cast.client("other_contact").post(back).status_code == 404
    assert contact.post(back).status_code == 303
    assert waiting(cast, meeting) == {"工人01": 0, "工人02": 0}
    cast.actor("clerk")
    verbs = list(Entry.objects.filter(verb__contains="sign_up").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["events.open_sign_up", "events.sign_up", "events.withdraw_sign_up"]


def test_oneself_once_and_back_and_again(cast: Cast) -> None:
    meeting = opened(cast)
    made = actions.sign_up(actor=cast.actor("contact"), meeting=meeting, now=NOW)
    assert made.organization == cast.firm and made.jurisdiction == cast.town
    with pytest.raises(rules.AlreadySigned):
        actions.sign_up(actor=cast.actor("contact"), meeting=meeting, now=NOW)
    actions.withdraw_sign_up(actor=cast.actor("contact"), row=made, now=NOW)
    again = actions.sign_up(actor=cast.actor("contact"), meeting=meeting, now=NOW)
    assert again.pk != made.pk
    with pytest.raises(rules.Begun):
        actions.withdraw_sign_up(actor=cast.actor("contact"), row=again, now=meeting.starts_at)


def test_what_is_not_open_takes_nobody(cast: Cast) -> None:
    plain = planned(cast, bodies=[(cast.firm, "member")], answer_by=None)
    with pytest.raises(rules.SignUpClosed):
        actions.sign_up(actor=cast.actor("contact"), meeting=plain, now=NOW)
    meeting = opened(cast)
    with pytest.raises(rules.SignUpClosed):
        actions.sign_up(actor=cast.actor("contact"), meeting=meeting, now=UNTIL)
    # A meeting that moves before the end of signing up ends it.
    early = NOW + timedelta(hours=2)
    actions.change_meeting(
        actor=cast.actor("clerk"), meeting=meeting, now=NOW, starts_at=early, ends_at=early + timedelta(hours=1)
    )
    with pytest.raises(rules.SignUpClosed):
        actions.sign_up(actor=cast.actor("contact"), meeting=meeting, now=early)
    actions.close_sign_up(actor=cast.actor("clerk"), meeting=meeting, now=NOW)
    with pytest.raises(rules.SignUpClosed):
        actions.sign_up(actor=cast.actor("contact"), meeting=meeting, now=NOW)
    with pytest.raises(Denied):
        actions.open_sign_up(actor=cast.actor("contact"), meeting=meeting, until=UNTIL, now=NOW)


def test_a_closed_meeting_takes_its_own_people_only(cast: Cast) -> None:
    meeting = opened(cast, bodies=[(cast.other_firm, "member")], audience=meetings.INVITED)
    with pytest.raises(rules.NotForYou):
        actions.sign_up(actor=cast.actor("contact"), meeting=meeting, now=NOW)
    crew = people(cast, cast.firm, 1)
    with pytest.raises(rules.NotForYou):
        sign(cast, meeting, cast.firm, "contact", crew)
    with pytest.raises(Denied):  # another town's firm is not ours to sign up for
        sign(cast, meeting, cast.other_firm, "contact", crew)


def test_another_town_signs_up_and_its_names_stay_there(cast: Cast) -> None:
    meeting = opened(cast, seats=2)
    own, others = people(cast, cast.firm, 2), people(cast, cast.other_firm, 1)
    with pytest.raises(rules.NotOfBody):
        sign(cast, meeting, cast.firm, "contact", others)
    sign(cast, meeting, cast.firm, "contact", own[:1])
    sign(cast, meeting, cast.other_firm, "other_clerk", others)
    sign(cast, meeting, cast.firm, "contact", own[1:])
    actor = cast.actor("clerk")
    shown = sign_ups(actor, Meeting.objects.get(pk=meeting.pk), NOW)
    assert shown is not None and shown.unnamed and "候补 1 人" in shown.words
    assert waiting(cast, meeting) == {"工人00": 0, "工人01": 1}
    page = cast.client("other_clerk").get(reverse("events:meeting", kwargs={"key": meeting.key})).content.decode()
    assert "工人00" in page and "工人01" not in page and "候补" not in page  # its own one; who waits is not its to know


def test_two_at_once_sign_one_person_up_once(committed_db: None) -> None:
    with transaction.atomic():
        cast = build_cast()
        crew = people(cast, cast.firm, 4)
        meeting = opened(cast, seats=2)
    said: list[str] = []

    def go() -> None:
        try:
            sign(cast, meeting, cast.firm, "contact", crew)
            said.append("signed")
        except (rules.AlreadySigned, rules.JustSigned):
            said.append("already")

    together(go, go)
    assert sorted(said) == ["already", "signed"]
    with transaction.atomic():
        cast.system()
        assert SignUp.objects.count() == 4
