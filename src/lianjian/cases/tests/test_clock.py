"""Pauses, extensions and profiles: what moves a limit, and that nothing else does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.cases import actions, rules
from lianjian.cases.models import Case
from lianjian.cases.queries.pages import case_page, hand_times
from lianjian.cases.queries.pauses import counted_days
from lianjian.cases.tests.walk import open_duties, register, walked
from lianjian.foundation.rights import Denied
from lianjian.rulebook.actions import choose_profile, set_local_rule
from lianjian.rulebook.queries import calendar
from tests.cast import NOW, Cast

DAY = timedelta(days=1)
TUESDAY = NOW + DAY


def paused(cast: Cast, case: Case, last: date, now: datetime = TUESDAY) -> None:
    """Asked by the unit, approved by the office."""
    actions.ask_pause(
        actor=cast.actor("handler"), case=case, reason_code="superior", reason="等省厅批复", last=last, now=now
    )
    actions.decide_pause(actor=cast.actor("clerk"), case=case, approve=True, ground="情况属实", now=now)


def test_a_pause_moves_the_limit_by_its_working_days_and_shows_how(cast: Cast) -> None:
    case = walked(cast, "signed")
    assert case.due_at == datetime(2026, 3, 18, 15, 59, 59, tzinfo=UTC)  # Monday the 9th and seven working days
    paused(cast, case, date(2026, 3, 16))  # from Wednesday the 11th: four working days and a weekend
    assert case.due_at == datetime(2026, 3, 24, 15, 59, 59, tzinfo=UTC)
    assert case.paused_until == date(2026, 3, 16)
    page = case_page(cast.actor("clerk"), case, TUESDAY)
    shown = [value for label, value, _strong in page.arithmetic if label == "暂停"]
    assert shown and "2026-03-11" in shown[0] and "等上级批复" in shown[0]
    assert open_duties(case) == ["cases.answer"]


def test_no_hand_has_the_paused_days(cast: Cast) -> None:
    case = walked(cast, "signed")
    paused(cast, case, date(2026, 3, 16))
    end = NOW + 9 * DAY  # Wednesday the 18th, nine o'clock
    days = calendar()
    shares = dict(hand_times(case, list(case.events.all()), counted_days(case, days), end))
    whole = rules.worked_seconds(case.registered_at, end, days.is_working)
    assert sum(shares.values()) == whole - 4 * rules.SECONDS_A_DAY


def test_a_pause_that_ends_early_gives_the_days_back(cast: Cast) -> None:
    case = walked(cast, "signed")
    paused(cast, case, date(2026, 3, 16))
    with pytest.raises(rules.ReasonNeeded):
        actions.end_pause(actor=cast.actor("handler"), case=case, reason=" ", now=NOW + 3 * DAY)
    actions.end_pause(actor=cast.actor("handler"), case=case, reason="批复已到", now=NOW + 3 * DAY)  # Thursday
    assert case.due_at == datetime(2026, 3, 20, 15, 59, 59, tzinfo=UTC)  # Wednesday and Thursday were left out
    with pytest.raises(rules.NoPause):
        actions.end_pause(actor=cast.actor("handler"), case=case, reason="再来", now=NOW + 3 * DAY)


def test_a_pause_needs_a_listed_reason_an_end_and_another_person(cast: Cast) -> None:
    case = walked(cast, "signed")
    asking: dict[str, Any] = {"actor": cast.actor("handler"), "case": case, "now": TUESDAY}
    good = {"reason_code": "superior", "reason": "等批复", "last": date(2026, 3, 16)}
    with pytest.raises(rules.PauseReasonUnknown):
        actions.ask_pause(**asking, **{**good, "reason_code": "busy"})
    for last in (date(2026, 3, 10), date(2026, 4, 10)):  # today; more than thirty days
        with pytest.raises(rules.PauseTooLong):
            actions.ask_pause(**asking, **{**good, "last": last})
    with pytest.raises(rules.TooLateToPause):
        actions.ask_pause(**{**asking, "now": NOW + 20 * DAY}, **{**good, "last": date(2026, 4, 2)})
    actions.ask_pause(**asking, **good)
    with pytest.raises(rules.PausePending):
        actions.ask_pause(**asking, **good)
    due = case.due_at
    with pytest.raises(Denied):
        actions.decide_pause(**asking, approve=True, ground="同意")
    actions.decide_pause(actor=cast.actor("clerk"), case=case, approve=False, ground="可以先办", now=TUESDAY)
    assert (case.due_at, case.paused_until, open_duties(case)) == (due, None, ["cases.answer"])
    with pytest.raises(rules.NoPause):
        actions.decide_pause(actor=cast.actor("clerk"), case=case, approve=True, ground="同意", now=TUESDAY)


def test_an_answer_ends_what_is_left_of_a_pause(cast: Cast) -> None:
    case = walked(cast, "signed")
    paused(cast, case, date(2026, 3, 20))
    actions.answer_case(actor=cast.actor("handler"), case=case, text="办妥", now=NOW + 3 * DAY)  # Thursday
    case.refresh_from_db()
    assert case.paused_until == date(2026, 3, 12)
    assert case.due_at == datetime(2026, 3, 20, 15, 59, 59, tzinfo=UTC)


def test_an_extension_follows_a_pause_on_the_same_reckoning(cast: Cast) -> None:
    case = walked(cast, "signed")
    paused(cast, case, date(2026, 3, 11))
    actions.ask_extension(actor=cast.actor("handler"), case=case, days=3, reason="评审", now=TUESDAY)
    actions.decide_extension(actor=cast.actor("clerk"), case=case, approve=True, ground="同意", now=TUESDAY)
    assert case.due_at == datetime(2026, 3, 24, 15, 59, 59, tzinfo=UTC)  # the 19th and three working days
    labels = [label for label, _value, _strong in case_page(cast.actor("clerk"), case, TUESDAY).arithmetic]
    assert {"暂停", "延期", "到期"} <= set(labels)


def test_a_petition_is_extended_by_the_head_by_thirty_days_at_most(cast: Cast) -> None:
    case = walked(cast, "signed", kind="petition", category="other")
    handler = {"actor": cast.actor("handler"), "case": case, "now": TUESDAY}
    with pytest.raises(rules.Daysless):
        actions.ask_extension(**handler, days=31, reason="调查取证")
    actions.ask_extension(**handler, days=30, reason="调查取证")
    deciding = {"case": case, "approve": True, "ground": "情况复杂", "now": TUESDAY}
    with pytest.raises(Denied):
        actions.decide_extension(actor=cast.actor("clerk"), **deciding)
    before = case.due_at
    actions.decide_extension(actor=cast.actor("leader"), **deciding)
    assert before is not None and case.due_at is not None
    assert timedelta(days=30) <= case.due_at - before <= timedelta(days=40)  # thirty days, rolled over rest days


def test_a_case_keeps_the_profile_under_which_it_began(cast: Cast) -> None:
    def told(now: datetime) -> Case:
        return register(cast, now=now, category="finance")

    old = told(NOW)
    choose_profile(
        actor=cast.system(), jurisdiction_id=cast.town.pk, profile="county", source="镇办〔2026〕3号",
        valid_from=(NOW + DAY).date(), now=NOW,
    )  # fmt: skip
    new = told(NOW + DAY)
    assert (old.profile, new.profile) == ("", "county#1")
    duty = new.events.get()  # dispatched within one hour, not one working day
    assert duty.move == "register"
    actions.dispatch_case(actor=cast.actor("clerk"), case=old, handler=cast.office, now=NOW + 2 * DAY)
    assert old.evaluation is not None and old.evaluation.inputs["profile"] == ""


def test_the_longest_pause_is_a_local_number(cast: Cast) -> None:
    set_local_rule(
        actor=cast.actor("system_admin"), jurisdiction_id=cast.town.pk, code="case.pause", amount=5, unit="d",
        source="镇规", valid_from=date(2026, 1, 1), now=NOW,
    )  # fmt: skip
    case = walked(cast, "signed")
    with pytest.raises(rules.PauseTooLong):
        actions.ask_pause(
            actor=cast.actor("handler"), case=case, reason_code="weather", reason="暴雨", last=date(2026, 3, 16), now=TUESDAY
        )  # fmt: skip


def test_pauses_by_form(cast: Cast) -> None:
    case = walked(cast, "signed", start=_now())
    handler, clerk = cast.client("handler"), cast.client("clerk")

    def url(move: str) -> str:
        return reverse("cases:move", kwargs={"key": case.key, "move": move})

    last = (_now() + 9 * DAY).date().isoformat()
    assert "等上级批复" in handler.get(url("ask_pause")).content.decode()
    asked = handler.post(url("ask_pause"), {"reason_code": "superior", "reason": "等批复", "last": last})
    assert asked.status_code == 303, asked.content.decode()
    page = clerk.get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert "暂停计时申请待审批" in page and url("decide_pause") in page
    assert clerk.post(url("decide_pause"), {"approve": "yes", "ground": "属实"}).status_code == 303
    assert clerk.post(url("end_pause"), {"reason": "批复已到"}).status_code == 303
    cast.actor("clerk")
    pause = Case.objects.get(pk=case.pk).pauses.get()
    assert pause.decision == "approved" and pause.ended_early_at is not None


def _now() -> datetime:
    from lianjian.foundation import clock

    return clock.now() - timedelta(hours=3)
