"""A need goes from the day it is told to the day the firm says it is met."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from lianjian.cases import actions, rules
from lianjian.cases.models import Case, Extension
from lianjian.cases.queries import suggest
from lianjian.cases.tests.walk import open_duties, register, walked
from lianjian.duties.models import Duty
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from lianjian.notices.models import Message
from lianjian.rulebook.actions import evaluate_deadline
from tests.cast import NOW, Cast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_the_whole_way(cast: Cast) -> None:
    case = register(cast)
    assert (case.number, case.hand, case.title) == ("LX-2026-0001", "desk", "喷涂线环评批复迟迟未下")
    assert open_duties(case) == ["cases.dispatch"]
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW + HOUR)
    # Monday 9 March 2026 plus seven working days is Wednesday the 18th, to its last second.
    assert case.due_at == datetime(2026, 3, 18, 15, 59, 59, tzinfo=UTC)
    assert open_duties(case) == ["cases.sign"]
    actions.sign_case(actor=cast.actor("handler"), case=case, now=NOW + 2 * HOUR)
    duty = Duty.objects.get(subject_key=case.key, state="open")
    assert (duty.kind, duty.due_at, duty.organization_id) == ("cases.answer", case.due_at, cast.office.pk)
    actions.handle_note(actor=cast.actor("handler"), case=case, text="联系企业", now=NOW + 3 * HOUR)
    actions.answer_case(actor=cast.actor("handler"), case=case, text="批复已下达", now=NOW + DAY)
    assert open_duties(case) == ["cases.confirm"]
    actions.confirm_case(actor=cast.actor("contact"), case=case, rating="satisfied", now=NOW + 2 * DAY)
    case.refresh_from_db()
    assert (case.state, case.hand, case.closing, case.outcome) == ("closed", "", "confirmed", "solved")
    assert open_duties(case) == []
    cast.actor("clerk")
    moves = list(case.events.order_by("id").values_list("move", flat=True))
    assert moves == ["register", "dispatch", "sign", "note", "answer", "confirm"]
    verbs = list(Entry.objects.filter(subject_key=case.key).order_by("id").values_list("verb", flat=True))
    assert verbs == [f"cases.{move}" for move in moves]
    cast.actor("handler")
    kinds = Message.objects.filter(user=cast.users["handler"]).values_list("kind", flat=True)
    assert set(kinds) == {"cases.dispatched", "cases.closed"}


def test_numbers_run_without_gaps(cast: Cast) -> None:
    assert [register(cast).number for _ in range(3)] == ["LX-2026-0001", "LX-2026-0002", "LX-2026-0003"]
    with pytest.raises(rules.TextNeeded):
        register(cast, text=" ")
    assert register(cast).number == "LX-2026-0004"


def test_a_second_person_on_an_old_page_is_told(cast: Cast) -> None:
    case = walked(cast, "signed")
    seen = case.version
    stale = Case.objects.select_related("handler", "category", "organization").get(pk=case.pk)
    actions.handle_note(actor=cast.actor("handler"), case=case, text="第一个人", now=NOW + DAY, seen=seen)
    with pytest.raises(rules.ChangedMeanwhile):
        actions.answer_case(actor=cast.actor("clerk"), case=stale, text="第二个人", now=NOW + DAY)
    with pytest.raises(rules.ChangedMeanwhile):
        actions.answer_case(actor=cast.actor("clerk"), case=case, text="第二个人", now=NOW + DAY, seen=seen)
    assert case.events.filter(move="answer").count() == 0


def test_a_unit_returns_once_and_the_clock_runs_on(cast: Cast) -> None:
    case = walked(cast, "dispatched")
    due = case.due_at
    returning = {"actor": cast.actor("handler"), "case": case, "now": NOW + DAY}
    with pytest.raises(rules.OwnerNeeded):
        actions.return_case(**returning, reason_code="not_ours", reason="属城建办")
    with pytest.raises(rules.ReasonUnknown):
        actions.return_case(**returning, reason_code="tired", reason="x", proposed=cast.housing)
    actions.return_case(**returning, reason_code="not_ours", reason="属城建办", proposed=cast.housing)
    assert (case.state, case.hand, open_duties(case)) == ("returned", "desk", ["cases.dispatch"])
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.housing, now=NOW + DAY + HOUR)
    assert case.due_at == due and case.handler == cast.housing
    second = {"actor": cast.actor("other_handler"), "case": case, "now": NOW + DAY + 2 * HOUR}
    actions.return_case(**second, reason_code="unclear", reason="地点不清")
    assert (case.state, case.hand, open_duties(case)) == ("objected", "judge", ["cases.rule"])
    assert case.due_at == due
    with pytest.raises(rules.NotNow):
        actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW + 2 * DAY)
    ruling = {"case": case, "handler": cast.office, "now": NOW + 2 * DAY}
    with pytest.raises(Denied):
        actions.rule_case(actor=cast.actor("clerk"), **ruling, ground="职责清单第3条")
    with pytest.raises(rules.GroundNeeded):
        actions.rule_case(actor=cast.actor("leader"), **ruling, ground=" ")
    actions.rule_case(actor=cast.actor("leader"), **ruling, ground="职责清单第3条", make_route=True)
    assert (case.state, case.handler, open_duties(case)) == ("dispatched", cast.office, ["cases.sign"])
    assert case.due_at == due
    with pytest.raises(rules.RuledAlready):
        actions.return_case(**{**returning, "now": NOW + 2 * DAY}, reason_code="unclear", reason="再退")
    assert suggest(Case.objects.get(pk=case.pk)).organization == cast.office  # type: ignore[union-attr]


def test_sending_back_is_too_late_after_the_work_hours(cast: Cast) -> None:
    case = walked(cast, "dispatched")
    until = evaluate_deadline(
        actor=cast.actor("handler"),
        code="case.refuse",
        start=case.sent_at or NOW,
        now=NOW,
        jurisdiction_id=case.jurisdiction_id,
    ).due_at
    assert until is not None
    late = {"actor": cast.actor("handler"), "case": case, "reason_code": "not_ours", "reason": "不属职责"}
    with pytest.raises(rules.TooLateToReturn):
        actions.return_case(**late, proposed=cast.housing, now=until + timedelta(seconds=1))
    actions.return_case(**late, proposed=cast.housing, now=until)
    assert case.state == "returned"


def test_redispatch_needs_another_unit_and_a_reason(cast: Cast) -> None:
    case = walked(cast, "handling")
    clerk = cast.actor("clerk")
    with pytest.raises(rules.SameHandler):
        actions.dispatch_case(actor=clerk, case=case, handler=cast.office, reason="x", now=NOW + DAY)
    with pytest.raises(rules.ReasonNeeded):
        actions.dispatch_case(actor=clerk, case=case, handler=cast.housing, now=NOW + DAY)
    with pytest.raises(rules.ForeignHandler):
        actions.dispatch_case(actor=clerk, case=case, handler=cast.other_root, reason="x", now=NOW + DAY)
    actions.dispatch_case(actor=clerk, case=case, handler=cast.housing, reason="职责调整", now=NOW + DAY)
    assert (case.state, open_duties(case)) == ("dispatched", ["cases.sign"])
    cast.actor("handler")
    assert not Case.objects.visible_to(cast.actor("handler")).filter(pk=case.pk).exists()  # type: ignore[attr-defined]


def test_a_dispute_sends_it_back_with_new_time(cast: Cast) -> None:
    case = walked(cast, "answered")
    with pytest.raises(rules.ReasonNeeded):
        actions.dispute_case(actor=cast.actor("contact"), case=case, reason="", now=NOW + DAY)
    actions.dispute_case(actor=cast.actor("contact"), case=case, reason="还没收到批复", now=NOW + DAY)
    assert (case.state, case.hand, open_duties(case)) == ("disputed", "unit", ["cases.answer"])
    assert case.due_at == datetime(2026, 3, 17, 15, 59, 59, tzinfo=UTC)  # five working days after the 10th
    actions.answer_case(actor=cast.actor("handler"), case=case, text="批复已送达", now=NOW + 2 * DAY)
    assert case.state == "answered"


def test_the_office_speaks_for_the_firm_only_after_a_call_back(cast: Cast) -> None:
    case = walked(cast, "answered")
    with pytest.raises(Denied):
        actions.confirm_case(actor=cast.actor("handler"), case=case, now=NOW + DAY)
    with pytest.raises(Denied):
        actions.confirm_case(actor=cast.actor("other_contact"), case=case, now=NOW + DAY)
    with pytest.raises(rules.CallBackNeeded):
        actions.confirm_case(actor=cast.actor("clerk"), case=case, now=NOW + DAY)
    actions.confirm_case(
        actor=cast.actor("clerk"), case=case, reason="3月10日电话问丁宁,已收到批复", now=NOW + DAY
    )
    assert case.state == "closed"


def test_silence_is_closed_after_the_limit_and_never_called_solved(cast: Cast) -> None:
    case = walked(cast, "answered")
    clerk = cast.actor("clerk")
    with pytest.raises(rules.TooEarly):
        actions.close_silent_case(actor=clerk, case=case, now=NOW + 5 * DAY)
    actions.close_silent_case(actor=clerk, case=case, now=NOW + 8 * DAY)
    assert (case.state, case.closing) == ("closed", "no_reply")


def test_an_extension_is_asked_in_time_and_decided_by_another(cast: Cast) -> None:
    case = walked(cast, "signed")
    handler = cast.actor("handler")
    for days in (0, 61):
        with pytest.raises(rules.Daysless):
            actions.ask_extension(actor=handler, case=case, days=days, reason="评审排期", now=NOW + DAY)
    with pytest.raises(rules.TooLateToExtend):
        actions.ask_extension(actor=handler, case=case, days=3, reason="评审排期", now=NOW + 20 * DAY)
    actions.ask_extension(actor=handler, case=case, days=3, reason="评审排期", now=NOW + DAY)
    assert open_duties(case) == ["cases.answer", "cases.extension"]
    with pytest.raises(rules.ExtensionPending):
        actions.ask_extension(actor=handler, case=case, days=3, reason="再申请", now=NOW + DAY)
    with pytest.raises(Denied):
        actions.decide_extension(actor=handler, case=case, approve=True, ground="同意", now=NOW + DAY)
    actions.decide_extension(
        actor=cast.actor("clerk"), case=case, approve=True, ground="评审会已排期", now=NOW + DAY
    )
    assert case.due_at == datetime(2026, 3, 23, 15, 59, 59, tzinfo=UTC)  # three working days after the 18th
    assert Duty.objects.get(subject_key=case.key, state="open").due_at == case.due_at
    with pytest.raises(rules.NoExtension):
        actions.decide_extension(
            actor=cast.actor("clerk"), case=case, approve=True, ground="x", now=NOW + DAY
        )


def test_an_answer_lets_a_waiting_extension_lapse(cast: Cast) -> None:
    case = walked(cast, "signed")
    handler = cast.actor("handler")
    actions.ask_extension(actor=handler, case=case, days=3, reason="评审排期", now=NOW + DAY)
    actions.answer_case(actor=handler, case=case, text="已办妥", now=NOW + DAY + HOUR)
    assert Extension.objects.get(case=case).decision == "lapsed"
    assert open_duties(case) == ["cases.confirm"]


def test_urging_once_a_day_and_parking(cast: Cast) -> None:
    case = walked(cast, "handling")
    actions.urge_case(actor=cast.actor("contact"), case=case, now=NOW + DAY)
    with pytest.raises(rules.UrgedAlready):
        actions.urge_case(actor=cast.actor("contact"), case=case, now=NOW + DAY + HOUR)
    with pytest.raises(Denied):
        actions.urge_case(actor=cast.actor("handler"), case=case, now=NOW + 3 * DAY)
    actions.park_case(
        actor=cast.actor("clerk"),
        case=case,
        reason="等上级规划",
        review_on=date(2026, 6, 1),
        now=NOW + 3 * DAY,
    )
    assert (case.state, open_duties(case)) == ("parked", ["cases.review"])
    actions.resume_case(actor=cast.actor("clerk"), case=case, now=NOW + 4 * DAY)
    assert (case.state, case.review_on, open_duties(case)) == ("handling", None, ["cases.answer"])


def test_withdrawing_ends_it_for_everybody(cast: Cast) -> None:
    case = walked(cast, "dispatched")
    with pytest.raises(Denied):
        actions.withdraw_case(actor=cast.actor("handler"), case=case, reason="不办", now=NOW + DAY)
    actions.withdraw_case(actor=cast.actor("contact"), case=case, reason="已自行解决", now=NOW + DAY)
    assert (case.state, case.hand, open_duties(case)) == ("withdrawn", "", [])
    with pytest.raises(rules.NotNow):
        actions.sign_case(actor=cast.actor("handler"), case=case, now=NOW + 2 * DAY)


def test_who_may_register_for_whom(cast: Cast) -> None:
    assert register(cast, "contact", source="online").organization == cast.firm
    assert register(cast, "instructor").registered_by_name == "苏禾"
    assert register(cast, "village", organization=cast.village).whose == "柳溪村"
    for who in ("other_contact", "other_instructor", "village", "handler", "other_clerk"):
        with pytest.raises(Refused):
            register(cast, who)
    walk_in = register(cast, organization=None, organization_text="过路货车司机王师傅", source="walk_in")
    assert walk_in.whose == "过路货车司机王师傅"
    with pytest.raises(Denied):
        register(cast, "contact", organization=None, organization_text="x")


def test_the_suggestion_gives_its_reason(cast: Cast) -> None:
    first = walked(cast, "signed")
    second = register(cast)
    found = suggest(second)
    assert found is not None and found.organization == cast.office and first.number in found.reason
    clerk = cast.actor("clerk")
    actions.set_route(actor=clerk, category="approval", organization=cast.housing, now=NOW)
    found = suggest(Case.objects.get(pk=second.pk))
    assert found is not None and found.organization == cast.housing and "审批 → 柳溪镇城建办" in found.reason


def test_a_visit_with_its_needs_is_one_act(cast: Cast) -> None:
    actor = cast.actor("instructor")
    visit, cases = actions.record_visit_with_needs(
        actor=actor,
        organization=cast.firm,
        visited_on=date(2026, 3, 6),
        people=[actor.name],
        purpose="opinions",
        received_by="丁宁",
        needs=[("缺五轴技师13人", "labour"), ("门前道路积水", "utilities")],
        now=NOW,
    )
    assert visit.needs_found == 2 and [case.visit_id for case in cases] == [visit.pk] * 2
    assert {case.registered_on for case in cases} == {date(2026, 3, 6)}
    with pytest.raises(Refused):
        actions.record_visit_with_needs(
            actor=actor,
            organization=cast.firm,
            visited_on=date(2026, 3, 7),
            people=[actor.name],
            needs=[("x", "labour"), ("y", "no-such-category")],
            now=NOW,
        )
    assert cast.firm.visits.count() == 1
