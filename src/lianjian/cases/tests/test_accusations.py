"""An accusation is come across by nobody of the accused tree, on no surface (信访工作条例 30, 46; R7.28, R7.29)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lianjian.cases import actions, rules
from lianjian.cases.actions.interest import check_impartial
from lianjian.cases.figures import INDICATORS
from lianjian.cases.models import Case
from lianjian.cases.queries import visible
from lianjian.cases.queries.likes import likely_same
from lianjian.cases.tests.walk import register, walked
from lianjian.directory.actions.grants import grant_role
from lianjian.directory.actions.people import add_membership
from lianjian.duties.models import Duty
from lianjian.foundation import context
from lianjian.foundation.declare import Scoped
from lianjian.journal.models import Entry
from lianjian.notices.models import Message
from lianjian.portal.actions import open_entrance
from lianjian.portal.tests.test_portal import opened_before
from tests.cast import NOW, SINCE, TODAY, Cast

WORDS = "窗口人员收礼才办证"
HOUR = timedelta(hours=1)


def accuse(cast: Cast, **more: Any) -> Case:
    given = {"kind": "complaint", "text": WORDS, "category": "other", "accused": cast.office, **more}
    return register(cast, **{"organization": None, "organization_text": "过路群众", **given})


def both(cast: Cast, who: str, organization: Any, role: str) -> None:
    """Give an account a second grant."""
    admin, user = cast.actor("security_admin"), cast.users[who]
    grant_role(actor=admin, user=user, role=role, organization=organization, since=SINCE, now=NOW)


SURFACES = [
    ("list", "cases:list", {}),
    ("search in the list", "cases:list", {"q": "收礼"}),
    ("search box", "workbench:search", {"q": "收礼"}),
    ("duties", "duties:list", {}),
    ("workbench", "workbench:home", {}),
    ("inbox", "notices:inbox", {}),
    ("services", "cases:services", {}),
]


def test_nobody_of_the_accused_tree_comes_across_it(cast: Cast) -> None:
    case = accuse(cast)
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.housing, now=NOW)
    assert "0001" not in case.number  # numbers in a row would tell how many there are
    keys = {"key": case.key}
    for who, sees in (("clerk", True), ("other_handler", True), ("leader", True), ("handler", False)):
        client = cast.client(who)
        assert client.get(reverse("cases:case", kwargs=keys)).status_code == (200 if sees else 404)
        assert client.get(f"/api/v1/cases/{case.key}").status_code == (200 if sees else 404)
        listed = client.get(reverse("cases:list")).content.decode()
        assert (case.number in listed) is sees, who
    handler = cast.client("handler")
    for what, name, query in SURFACES:
        page = handler.get(reverse(name), query).content.decode()
        assert WORDS not in page and case.number not in page, what
    for move in ("sign", "note", "return"):
        answer = handler.post(reverse("cases:move", kwargs={**keys, "move": move}), {"text": "x"})
        assert answer.status_code == 404 and WORDS not in answer.content.decode()
    assert json.loads(handler.get("/api/v1/cases", {"q": "收礼"}).content)["cases"] == []
    exported = handler.post(reverse("cases:list"), {"export": "xlsx"})
    assert case.number.encode() not in exported.content
    assert visible(cast.actor("handler")).filter(pk=case.pk).count() == 0


def test_a_second_grant_does_not_open_it(cast: Cast) -> None:
    """An administrator of the town who also acts in the accused office is of its tree."""
    both(cast, "clerk", cast.office, "handler")
    both(cast, "auditor", cast.office, "handler")
    with pytest.raises(rules.AccusedAtHome):
        accuse(cast)
    case = told_outside(cast)
    context.enter([cast.town.pk], [cast.town.pk])
    assert Duty.objects.filter(subject_key=case.key).exists()
    assert not Message.objects.filter(user=cast.users["clerk"], url=case.get_absolute_url()).exists()
    actor = cast.actor("clerk")
    assert not visible(actor).filter(pk=case.pk).exists()
    assert not Duty.objects.visible_to(actor).filter(subject_key=case.key).exists()  # type: ignore[attr-defined]
    assert not Duty.objects.mine(actor).filter(subject_key=case.key).exists()  # type: ignore[attr-defined]
    assert likely_same(actor, register(cast)) is not None
    auditor = cast.actor("auditor")
    assert not Entry.objects.visible_to(auditor).filter(subject_key=case.key).exists()  # type: ignore[attr-defined]
    assert Entry.objects.filter(subject_key=case.key).exists()


def told_outside(cast: Cast, accused: Any = None) -> Case:
    """Somebody tells it on a public page."""
    place = open_entrance(actor=cast.actor("clerk"), organization=cast.village, now=NOW)
    context.leave()
    sent = {
        "kind": "complaint",
        "text": WORDS,
        "category": "other",
        "accused": str((accused or cast.office).key),
        "opened": opened_before(),
    }
    visitor = Client()
    answer = visitor.post(reverse("portal:report", kwargs={"code": place.code}), sent)
    assert answer.status_code == 303, answer.content.decode()
    assert visitor.get(answer.headers["Location"], follow=True).status_code == 200
    everywhere = [cast.county.pk, cast.town.pk]
    context.enter(everywhere, everywhere)
    return Case.objects.get(text=WORDS)


def test_who_serves_there_is_of_its_tree_without_a_grant(cast: Cast) -> None:
    case = accuse(cast)
    person = cast.people["other_handler"]
    assert visible(cast.actor("leader")).filter(pk=case.pk).exists()
    add_membership(
        actor=cast.actor("clerk"), person=person, organization=cast.office, role="head", since=SINCE, now=NOW
    )
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.housing, now=NOW)
    assert not visible(cast.actor("other_handler")).filter(pk=case.pk).exists()


def test_an_accusation_of_the_place_itself_goes_to_the_place_above(cast: Cast) -> None:
    case = told_outside(cast, cast.town_root)
    assert case.jurisdiction_id == cast.county.pk and case.accused == cast.town_root
    for who in ("clerk", "leader", "handler", "village", "instructor"):
        actor = cast.actor(who)
        assert not Case.objects.filter(pk=case.pk).exists(), who  # row security, before any rule
        assert not Entry.objects.filter(subject_key=case.key).exists(), who
        assert not Duty.objects.filter(subject_key=case.key).exists(), who
        assert actor is not None
    assert visible(cast.actor("county_clerk")).filter(pk=case.pk).exists()
    with pytest.raises(rules.AccusedAtHome):
        accuse(cast, accused=cast.town_root)


def test_it_is_never_passed_to_the_accused(cast: Cast) -> None:
    case = accuse(cast)
    with pytest.raises(rules.AccusedHandles):
        actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW)
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.housing, now=NOW)
    for kind in rules.OFFERS:
        with pytest.raises(rules.AccusedHandles):
            actions.offer_case(
                actor=cast.actor("other_handler"), case=case, kind=kind, organization=cast.office, ground="x", now=NOW
            )
    plain = register(cast, kind="complaint")
    with pytest.raises(rules.MergedSecret):
        actions.merge_case(actor=cast.actor("clerk"), case=plain, into=case, reason="同一件事", now=NOW)
    with pytest.raises(rules.NotAccusable):
        register(cast, accused=cast.office)


def test_it_is_in_no_figure_and_its_messages_say_no_words(cast: Cast) -> None:
    case = accuse(cast)
    scoped = Scoped((cast.town.pk,), TODAY - timedelta(days=9), TODAY + timedelta(days=9))
    for who in ("clerk", "leader", "handler"):
        actor = cast.actor(who)
        for item in INDICATORS:
            found = [row for row in item.rows(actor, scoped) if isinstance(row, Case)]
            assert case.pk not in {row.pk for row in found}, item.code
    context.enter([cast.town.pk], [cast.town.pk])
    for duty in Duty.objects.filter(subject_key=case.key):
        assert WORDS not in duty.title + duty.note
    for message in Message.objects.filter(url=case.get_absolute_url()):
        assert WORDS not in message.title + message.text


def test_merging_the_accused_takes_the_secret_along(cast: Cast) -> None:
    from lianjian.directory.actions import merge_organizations

    case = accuse(cast)
    merge_organizations(
        actor=cast.actor("clerk"), winner=cast.housing, loser=cast.office, now=NOW
    )
    assert not visible(cast.actor("other_handler")).filter(pk=case.pk).exists()


def test_who_has_an_interest_withdraws(cast: Cast) -> None:
    case = walked(cast, "signed")
    due = case.due_at
    with pytest.raises(rules.ReasonNeeded):
        actions.recuse_handler(actor=cast.actor("handler"), case=case, reason=" ", now=NOW + HOUR)
    actions.recuse_handler(actor=cast.actor("handler"), case=case, reason="企业是我爱人开的", now=NOW + HOUR)
    assert (case.state, case.handler, case.handler_person, case.due_at) == ("dispatched", cast.office, "", due)
    with pytest.raises(rules.Recused):
        actions.sign_case(actor=cast.actor("handler"), case=case, now=NOW + HOUR)
    both(cast, "instructor", cast.office, "handler")
    actions.sign_case(actor=cast.actor("instructor"), case=case, now=NOW + HOUR)  # a colleague
    add_membership(
        actor=cast.actor("clerk"),
        person=cast.people["instructor"],
        organization=cast.firm,
        role="staff",
        since=SINCE,
        now=NOW,
    )
    with pytest.raises(rules.ConflictOfInterest, match=cast.firm.name):
        actions.answer_case(actor=cast.actor("instructor"), case=case, text="已办", now=NOW + HOUR)


def test_a_leader_in_touch_with_a_firm_decides_on_its_needs_and_not_on_what_it_is_accused_of(cast: Cast) -> None:
    case = walked(cast, "signed")
    add_membership(
        actor=cast.actor("clerk"), person=cast.people["handler"], organization=cast.firm, role="leader", since=SINCE,
        now=NOW,
    )  # fmt: skip
    actions.answer_case(actor=cast.actor("handler"), case=case, text="已办", now=NOW + HOUR)
    assert case.state == "answered"
    case.organization, case.accused = None, cast.firm
    with pytest.raises(rules.ConflictOfInterest, match=cast.firm.name):
        check_impartial(cast.actor("handler"), case, "answer")
