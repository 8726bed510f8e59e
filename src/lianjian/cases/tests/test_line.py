"""Going up the line: every rule fires, once, and not a minute earlier; levels from the hamlet to the county."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.cases import actions, rules, tasks
from lianjian.cases.models import Case, Escalation
from lianjian.cases.tests.walk import open_duties, register, walked
from lianjian.duties.models import Duty
from lianjian.foundation import clock
from lianjian.foundation.rights import Denied
from lianjian.notices.models import Message
from tests.cast import NOW, Cast

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def run(cast: Cast, now: datetime) -> int:
    """The job of the town."""
    found = actions.escalate_place(actor=cast.system(), jurisdiction_id=cast.town.pk, now=now)
    cast.actor("clerk")
    return found


def fired(case: Case) -> list[str]:
    return list(Escalation.objects.filter(case=case).order_by("id").values_list("rule", flat=True))


def due_of(case: Case, kind: str) -> datetime:
    due = Duty.objects.get(subject_key=case.key, kind=kind, state="open").due_at
    assert due is not None
    return due


def returned_twice(cast: Cast) -> Case:
    case = walked(cast, "dispatched")
    for who, unit in (("handler", cast.housing), ("other_handler", cast.office)):
        actions.return_case(
            actor=cast.actor(who), case=case, reason_code="unclear", reason="不清", now=NOW + timedelta(hours=2)
        )
        if case.state == "returned":
            actions.dispatch_case(
                actor=cast.actor("clerk"), case=case, handler=unit, now=NOW + timedelta(hours=3)
            )
    return case


def parked(cast: Cast) -> Case:
    case = walked(cast, "handling")
    review = (NOW + 10 * DAY).date()
    actions.park_case(actor=cast.actor("clerk"), case=case, reason="等规划", review_on=review, now=NOW + DAY)
    return case


HOUR = timedelta(hours=1)
BY_CLOCK: list[tuple[str, Callable[[Cast], Case], str, Callable[[datetime], datetime], str, str]] = [
    # rule, case, duty, first moment from the limit of the step, duty opened, who is told
    ("undispatched", register, "cases.dispatch", lambda due: due + HOUR, "cases.supervise_head", "leader"),
    ("unsigned", lambda cast: walked(cast, "dispatched"), "cases.sign", lambda due: due + HOUR, "cases.supervise", "clerk"),
    # the day before the 18th, from midnight in China
    ("near", lambda cast: walked(cast, "signed"), "cases.answer", lambda due: due - 2 * DAY + timedelta(seconds=1), "", "clerk"),
    ("late", lambda cast: walked(cast, "signed"), "cases.answer", lambda due: due + HOUR, "", "leader"),
    # Wednesday the 18th and three working days: the end of Monday the 23rd
    ("long_late", lambda cast: walked(cast, "signed"), "cases.answer", lambda due: due + 5 * DAY + timedelta(seconds=1),
     "cases.supervise_head", "leader"),
    ("unruled", returned_twice, "cases.rule", lambda due: due + HOUR, "", "county_leader"),
    ("unreviewed", parked, "cases.review", lambda due: due + HOUR, "", "leader"),
]  # fmt: skip


def test_every_rule_is_tested() -> None:
    by_count = {"urged", "disputed", "reopened", "top_tier"}
    assert {row[0] for row in BY_CLOCK} | by_count == set(rules.ESCALATIONS)


@pytest.mark.parametrize(("rule", "make", "duty", "moment", "opens", "told"), BY_CLOCK, ids=[r[0] for r in BY_CLOCK])
def test_a_rule_of_the_clock_fires_once_and_not_a_minute_earlier(
    cast: Cast, rule: str, make: Any, duty: str, moment: Any, opens: str, told: str
) -> None:
    case = make(cast)
    at = moment(due_of(case, duty))
    run(cast, at - MINUTE)
    assert rule not in fired(case)
    run(cast, at)
    assert fired(case).count(rule) == 1
    assert opens == "" or opens in open_duties(case)
    reader = cast.actor(told)
    assert Message.objects.filter(user_id=reader.user_id, kind="cases.escalated").exists()
    cast.actor("clerk")
    assert run(cast, at + MINUTE) == 0
    assert fired(case).count(rule) == 1


def test_what_happens_twice_goes_up(cast: Cast) -> None:
    case = walked(cast, "handling")
    for n in (1, 3):
        actions.urge_case(actor=cast.actor("contact"), case=case, now=NOW + n * DAY)
        assert fired(case) == (["urged"] if n == 3 else [])
    for n in (4, 5):
        actions.answer_case(actor=cast.actor("handler"), case=case, text="办妥", now=NOW + n * DAY)
        actions.dispute_case(actor=cast.actor("contact"), case=case, reason="没办", now=NOW + n * DAY)
    assert fired(case) == ["urged", "disputed"] and "cases.supervise_head" in open_duties(case)
    for n in (6, 7):
        actions.answer_case(actor=cast.actor("handler"), case=case, text="办妥", now=NOW + n * DAY)
        actions.confirm_case(actor=cast.actor("contact"), case=case, now=NOW + n * DAY)
        actions.reopen_case(actor=cast.actor("contact"), case=case, reason="又坏了", now=NOW + n * DAY)
    assert fired(case) == ["urged", "disputed", "reopened"]


def test_those_above_act_and_the_duty_is_done(cast: Cast) -> None:
    case = walked(cast, "signed")
    run(cast, NOW + 20 * DAY)
    assert {"late", "long_late"} <= set(fired(case)) and "cases.supervise_head" in open_duties(case)
    acting = {"case": case, "now": NOW + 20 * DAY}
    with pytest.raises(Denied):
        actions.supervise_case(actor=cast.actor("handler"), **acting, text="x")
    with pytest.raises(rules.TextNeeded):
        actions.supervise_case(actor=cast.actor("leader"), **acting, text=" ")
    page = cast.client("leader").get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert "长时间超期" in page and "要求督办" in page
    actions.supervise_case(actor=cast.actor("leader"), **acting, text="三日内报结果")
    assert open_duties(case) == ["cases.answer"]
    assert not Escalation.objects.filter(case=case, kind="action", acted_at__isnull=True).exists()
    handler = cast.actor("handler")
    assert Message.objects.filter(user_id=handler.user_id, kind="cases.supervised").exists()


def test_a_place_waits_longer_by_a_local_number(cast: Cast) -> None:
    from lianjian.rulebook.actions import set_local_rule

    set_local_rule(
        actor=cast.actor("system_admin"), jurisdiction_id=cast.town.pk, code="escalate.late", amount=2, unit="wd",
        source="镇规", valid_from=NOW.date(), now=NOW,
    )  # fmt: skip
    case = walked(cast, "signed")
    due = due_of(case, "cases.answer")
    run(cast, due + 2 * DAY - MINUTE)
    assert "late" not in fired(case)
    run(cast, due + 2 * DAY + MINUTE)
    assert "late" in fired(case)


def test_the_job_runs_for_every_place(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case = walked(cast, "signed")
    monkeypatch.setattr(clock, "now", lambda: NOW + 30 * DAY)
    tasks.escalate.run_job(jurisdiction_id=cast.other_town.pk)
    tasks.escalate.run_job(jurisdiction_id=cast.town.pk)
    cast.actor("clerk")
    assert "late" in fired(case)


def dispute(cast: Cast, **more: Any) -> Case:
    return register(
        cast, kind="dispute", category="other", organization=None, reporter="两户村民", village=cast.village, **more
    )


def test_a_dispute_goes_up_level_by_level_at_the_end_of_each_stay(cast: Cast) -> None:
    case = dispute(cast, tier="hamlet")
    seen = []
    for _n in range(4):
        case.refresh_from_db()
        assert case.tier_due_at is not None
        seen.append((case.tier, (case.tier_due_at - case.story_at).days))
        run(cast, case.tier_due_at - MINUTE)
        case.refresh_from_db()
        assert case.tier == seen[-1][0]
        run(cast, case.tier_due_at + MINUTE)
    # 3, 7, 15 and 30 days; the last of a stay may fall on a rest day and roll on.
    assert [tier for tier, _days in seen] == ["hamlet", "village", "town", "county"]
    assert [low <= days <= low + 3 for (_tier, days), low in zip(seen, (3, 7, 15, 30), strict=True)] == [True] * 4
    assert "top_tier" in fired(case) and case.state == "registered"


def test_a_level_is_left_by_hand_with_a_reason(cast: Cast) -> None:
    case = dispute(cast)
    assert case.tier == "village"
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW)
    acting = {"case": case, "now": NOW + DAY}
    with pytest.raises(rules.ReasonNeeded):
        actions.raise_tier(actor=cast.actor("handler"), **acting, reason="")
    actions.raise_tier(actor=cast.actor("handler"), **acting, reason="调解两次未成")
    assert (case.tier, case.state, case.handler, open_duties(case)) == ("town", "registered", None, ["cases.dispatch"])
    need = register(cast)
    with pytest.raises(rules.TierTop):
        actions.raise_tier(actor=cast.actor("clerk"), case=need, reason="x", now=NOW + DAY)
    with pytest.raises(rules.TierUnknown):
        dispute(cast, tier="moon")
