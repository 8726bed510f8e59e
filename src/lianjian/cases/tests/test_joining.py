"""Other units in a case, cases that become one or several, second looks, and cases taken up again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.cases import actions, rules
from lianjian.cases.models import Case, CaseEvent, Handover
from lianjian.cases.queries.likes import likely_same
from lianjian.cases.tests.walk import open_duties, register, walked
from lianjian.foundation.rights import Denied
from tests.cast import NOW, Cast

DAY = timedelta(days=1)


def offer(cast: Cast, case: Case, kind: str, **more: Any) -> Handover:
    values = {"organization": cast.housing, "ground": "需现场勘测", "now": NOW + DAY, **more}
    return actions.offer_case(actor=cast.actor("handler"), case=case, kind=kind, **values)


def test_a_unit_that_helps_answers_before_the_lead_does(cast: Cast) -> None:
    case = walked(cast, "signed")
    held = offer(cast, case, "co")
    assert open_duties(held) == ["cases.handover"] and held.due_at == case.due_at
    there = {"case": case, "handover": held, "now": NOW + DAY}
    with pytest.raises(Denied):
        actions.accept_offer(actor=cast.actor("handler"), **there)
    actions.accept_offer(actor=cast.actor("other_handler"), **there)
    assert open_duties(held) == ["cases.co_answer"] and case.handler == cast.office
    assert Case.objects.visible_to(cast.actor("other_handler")).filter(pk=case.pk).exists()  # type: ignore[attr-defined]
    with pytest.raises(rules.HelpersAtWork):
        actions.answer_case(actor=cast.actor("handler"), case=case, text="办妥", now=NOW + DAY)
    with pytest.raises(rules.OfferPending):
        offer(cast, case, "co")
    actions.hand_back(actor=cast.actor("other_handler"), text="已勘测,管径300毫米", **there)
    assert open_duties(held) == [] and held.state == "done"
    with pytest.raises(rules.OfferOver):
        actions.hand_back(actor=cast.actor("other_handler"), text="再交一次", **there)
    actions.answer_case(actor=cast.actor("handler"), case=case, text="办妥", now=NOW + 2 * DAY)
    assert case.state == "answered"


def test_a_loan_is_in_the_hand_of_who_borrowed_it_and_comes_back(cast: Cast) -> None:
    case = walked(cast, "signed")
    held = offer(cast, case, "refer")
    there = {"case": case, "handover": held}
    actions.accept_offer(actor=cast.actor("other_handler"), now=NOW + DAY, **there)
    assert case.lent_to == cast.housing and case.handler == cast.office
    actions.hand_back(actor=cast.actor("other_handler"), text="已勘测", now=NOW + 2 * DAY, **there)
    assert case.lent_to is None
    line = CaseEvent.objects.filter(case=case).latest("id")
    assert (line.move, line.hand_name) == ("hand_back", cast.housing.name) and line.seconds > 0


def test_a_transfer_makes_the_other_unit_the_lead_with_the_same_limit(cast: Cast) -> None:
    case = walked(cast, "signed")
    due = case.due_at
    held = offer(cast, case, "transfer")
    actions.accept_offer(actor=cast.actor("other_handler"), case=case, handover=held, now=NOW + DAY)
    assert (case.handler, case.state, case.due_at) == (cast.housing, "signed", due)
    assert open_duties(case) == ["cases.answer"]
    with pytest.raises(Denied):
        actions.answer_case(actor=cast.actor("handler"), case=case, text="办妥", now=NOW + DAY)


def test_an_offer_is_refused_or_taken_back_with_words(cast: Cast) -> None:
    case = walked(cast, "signed")
    first = offer(cast, case, "transfer")
    with pytest.raises(rules.ReasonNeeded):
        actions.refuse_offer(
            actor=cast.actor("other_handler"), case=case, handover=first, reason="", now=NOW + DAY
        )
    actions.refuse_offer(
        actor=cast.actor("other_handler"), case=case, handover=first, reason="不属职责", now=NOW + DAY
    )
    second = offer(cast, case, "transfer")
    actions.revoke_offer(actor=cast.actor("clerk"), case=case, handover=second, now=NOW + DAY)
    assert (first.state, second.state, case.handler) == ("refused", "revoked", cast.office)
    third = offer(cast, case, "co")
    actions.recall_case(actor=cast.actor("clerk"), case=case, reason="派错了", now=NOW + DAY)
    third.refresh_from_db()
    assert (third.state, case.state, case.handler, open_duties(third)) == ("revoked", "registered", None, [])


def test_offers_by_form(cast: Cast) -> None:
    case = walked(cast, "signed")
    handler, other = cast.client("handler"), cast.client("other_handler")
    form = reverse("cases:move", kwargs={"key": case.key, "move": "offer"})
    values = {"seen": case.version, "kind": "co", "organization": str(cast.housing.key), "ground": "现场勘测"}
    assert handler.post(form, values).status_code == 303
    cast.actor("clerk")
    held = Handover.objects.get(case=case)

    def act(name: str) -> str:
        return reverse("cases:handover", kwargs={"key": case.key, "held": held.key, "act": name})

    page = other.get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert act("accept") in page and act("refuse") in page and act("revoke") not in page
    assert act("revoke") in handler.get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert other.get(act("refuse")).status_code == 200
    assert other.post(act("refuse"), {"reason": ""}).status_code == 422
    assert other.post(act("accept"), {}).status_code == 303
    assert other.post(act("hand_back"), {"reason": "已勘测"}).status_code == 303
    again = other.post(act("hand_back"), {"reason": "已勘测"})
    assert again.status_code == 422 and "已反馈" in again.content.decode()
    assert other.get(act("fly")).status_code == 404
    assert cast.client("other_contact").post(act("accept"), {}).status_code == 404


def test_two_cases_become_one_and_one_again(cast: Cast) -> None:
    first, second = walked(cast, "signed"), register(cast, source="phone")
    assert likely_same(cast.actor("clerk"), second)[0] == first
    clerk = {"actor": cast.actor("clerk"), "case": second, "now": NOW + DAY}
    with pytest.raises(rules.NotNeededThere):
        actions.merge_case(**clerk, into=second, reason="同一件")
    actions.merge_case(**clerk, into=first, reason="同一企业同一事项")
    assert (second.state, second.merged_into, open_duties(second)) == ("merged", first, [])
    page = cast.client("clerk").get(reverse("cases:case", kwargs={"key": second.key})).content.decode()
    assert first.number in page
    actions.unmerge_case(**clerk, reason="地点不同")
    assert (second.state, second.merged_into, open_duties(second)) == ("registered", None, ["cases.dispatch"])


def test_a_case_is_split_and_the_parts_know_where_they_come_from(cast: Cast) -> None:
    case = walked(cast, "registered", text="缺工人。门前道路积水。")
    with pytest.raises(rules.PartsNeeded):
        actions.split_case(actor=cast.actor("clerk"), case=case, parts=[" "], now=NOW + DAY)
    parts = actions.split_case(actor=cast.actor("clerk"), case=case, parts=["门前道路积水"], now=NOW + DAY)
    assert [part.part_of for part in parts] == [case] and parts[0].registered_on == case.registered_on
    assert parts[0].organization == case.organization and open_duties(parts[0]) == ["cases.dispatch"]


def test_public_words_are_changed_and_the_first_words_stay(cast: Cast) -> None:
    case = walked(cast, "signed", text="王老板说喷涂线批复没下来")
    actions.reword_case(
        actor=cast.actor("clerk"), case=case, title="环评批复", text="喷涂线环评批复未下达", now=NOW + DAY
    )
    case.refresh_from_db()
    assert (case.title, case.text) == ("环评批复", "喷涂线环评批复未下达")
    assert case.original_text == "王老板说喷涂线批复没下来"
    page = cast.client("clerk").get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert "王老板" in page and "喷涂线环评批复未下达" in page
    assert case.number in cast.client("clerk").get(reverse("cases:list") + "?q=未下达").content.decode()


def test_impossible_needs_a_second_person_and_is_never_called_solved(cast: Cast) -> None:
    case = walked(cast, "handling")
    answer = {"case": case, "text": "规划未调整,现阶段不能办", "outcome": "unsolved"}
    actions.answer_case(actor=cast.actor("handler"), **answer, now=NOW + DAY)
    assert (case.state, case.hand, open_duties(case)) == ("vetting", "desk", ["cases.vet"])
    with pytest.raises(Denied):
        actions.vet_case(actor=cast.actor("handler"), case=case, approve=True, ground="同意", now=NOW + DAY)
    clerk = {"actor": cast.actor("clerk"), "case": case}
    with pytest.raises(rules.GroundNeeded):
        actions.vet_case(**clerk, approve=True, ground="", now=NOW + DAY)
    actions.vet_case(**clerk, approve=False, ground="先报县里", now=NOW + DAY)
    assert (case.state, case.outcome, open_duties(case)) == ("handling", "", ["cases.answer"])
    actions.answer_case(actor=cast.actor("clerk"), **answer, now=NOW + 2 * DAY)
    with pytest.raises(rules.OneOwnVetting):
        actions.vet_case(**clerk, approve=True, ground="同意", now=NOW + 2 * DAY)
    actions.vet_case(
        actor=cast.actor("leader"), case=case, approve=True, ground="情况属实", now=NOW + 2 * DAY
    )
    assert (case.state, case.outcome, open_duties(case)) == ("answered", "unsolved", ["cases.confirm"])
    actions.confirm_case(actor=cast.actor("contact"), case=case, rating="dissatisfied", now=NOW + 3 * DAY)
    assert (case.state, case.outcome) == ("closed", "unsolved")


def test_opened_again_it_has_its_unit_its_story_and_what_was_left_of_its_limit(cast: Cast) -> None:
    case = walked(cast, "closed")
    due, lines = case.due_at, case.events.count()
    with pytest.raises(rules.ReasonNeeded):
        actions.reopen_case(actor=cast.actor("contact"), case=case, reason="", now=NOW + 7 * DAY)
    with pytest.raises(Denied):
        actions.reopen_case(actor=cast.actor("other_contact"), case=case, reason="又坏了", now=NOW + 7 * DAY)
    actions.reopen_case(actor=cast.actor("contact"), case=case, reason="批复被撤回", now=NOW + 7 * DAY)
    assert (case.state, case.handler, case.closing, case.reopened) == ("handling", cast.office, "", 1)
    assert case.events.count() == lines + 1 and open_duties(case) == ["cases.answer"]
    assert due is not None and case.due_at == due + 7 * DAY  # five working days were closed, a week on
    actions.answer_case(actor=cast.actor("handler"), case=case, text="已重新下达", now=NOW + 8 * DAY)
    assert case.state == "answered"


def test_what_has_a_lawful_way_of_its_own_is_declined_in_words(cast: Cast) -> None:
    case = register(cast)
    clerk = {"actor": cast.actor("clerk"), "case": case, "now": NOW + DAY}
    with pytest.raises(rules.ReasonUnknown):
        actions.decline_case(**clerk, reason_code="busy", text="忙")
    with pytest.raises(rules.TextNeeded):
        actions.decline_case(**clerk, reason_code="arbitration", text=" ")
    actions.decline_case(**clerk, reason_code="arbitration", text="请向县劳动人事争议仲裁院申请仲裁")
    assert (case.state, open_duties(case)) == ("declined", [])
    page = cast.client("contact").get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert "应当通过仲裁解决" in page and "县劳动人事争议仲裁院" in page


def test_offers_through_the_interface(cast: Cast) -> None:
    case = walked(cast, "signed")
    base = f"/api/v1/cases/{case.key}"
    handler, other = cast.client("handler"), cast.client("other_handler")
    values = {"kind": "refer", "organization": str(cast.housing.key), "ground": "现场勘测"}
    made = handler.post(f"{base}/moves/offer", {"values": values}, content_type="application/json")
    assert made.status_code == 200, made.content
    (held,) = other.get(f"{base}/handovers").json()
    assert (held["kind"], held["state"]) == ("refer", "offered")
    act = f"{base}/handovers/{held['key']}"
    taken = other.post(f"{act}/accept", {}, content_type="application/json")
    assert taken.json()["lent_to"] == str(cast.housing.key)
    bare = other.post(f"{act}/hand_back", {"text": ""}, content_type="application/json")
    assert bare.status_code == 422 and bare.headers["Content-Type"] == "application/problem+json"
    assert other.post(f"{act}/hand_back", {"text": "已勘测"}, content_type="application/json").status_code == 200
    over = other.post(f"{act}/hand_back", {"text": "已勘测"}, content_type="application/json")
    assert over.status_code == 409 and over.json()["title"] == "offer_over"
    assert other.post(f"{act}/fly", {}, content_type="application/json").status_code == 404
    assert cast.client("other_contact").get(f"{base}/handovers").status_code == 404


def test_a_complaint_of_a_person_through_the_interface(cast: Cast) -> None:
    body = {"kind": "village_need", "text": "路灯不亮", "category": "other", "village": str(cast.village.key)}
    made = cast.client("clerk").post("/api/v1/cases", body, content_type="application/json")
    assert made.status_code == 201, made.content
    assert made.json()["village"] == str(cast.village.key) and made.json()["kind"] == "village_need"
    listed = cast.client("clerk").get("/api/v1/cases?kind=village_need").json()["cases"]
    assert [one["key"] for one in listed] == [made.json()["key"]]
    assert cast.client("clerk").get("/api/v1/cases?kind=need").json()["cases"] == []
    wrong = cast.client("clerk").post(
        "/api/v1/cases", {**body, "kind": "wish"}, content_type="application/json"
    )
    assert wrong.status_code == 422 and "wish" in wrong.json()["detail"]


def test_a_place_above_reads_and_does_not_act(cast: Cast) -> None:
    case = walked(cast, "signed")
    county = {"actor": cast.actor("county_clerk"), "case": case, "now": NOW + DAY}
    with pytest.raises(Denied):
        actions.offer_case(**county, kind="co", organization=cast.housing, ground="现场勘测")
    with pytest.raises(Denied):
        actions.end_pause(**county, reason="x")
    with pytest.raises(Denied):
        actions.raise_tier(**county, reason="x")
