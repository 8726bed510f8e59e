"""Verbs of the yearly appraisal of members: its steps in their order, and what it came to in counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record
from lianjian.rulebook.actions import check
from lianjian.rulebook.queries import cite, finding, rules_of
from lianjian.rulebook.rules import Choice

from ..models import Appraisal
from ..rules import appraisals as rules
from ..rules.practice import AppraisalExists, InTheFuture, check_sum, check_year

COUNTS = ("members", "excellent", "qualified", "basic", "unqualified", "exempt")
SAID = (*COUNTS, "held_on", "meeting", "words", *rules.FIELDS.values(), "verdict_by", "order_reason")


@verb(constraints={"one_appraisal_per_branch_and_year": AppraisalExists})
def record_appraisal(
    *,
    actor: Actor,
    branch: Organization,
    year: int,
    held_on: date,
    members: int,
    now: datetime,
    steps: rules.Steps = rules.NO_STEPS,
    excellent: int = 0,
    qualified: int = 0,
    basic: int = 0,
    unqualified: int = 0,
    exempt: int = 0,
    meeting: Meeting | None = None,
    words: str = "",
) -> Appraisal:
    """What a branch's yearly appraisal came to, in counts, and on which days its steps were taken (art. 18).

    Raises `Unsums`, `OutsideYear`, `AppraisalExists`, `InTheFuture`; `StepOutOfOrder` and `ReasonNeeded` where a step
    is out of order or missing and no reason is given; `BreaksOrder` where the rule of the day stops that.
    """
    require(actor, "partylife.write", branch)
    if Appraisal.objects.filter(branch=branch, year=year).exists():
        raise AppraisalExists(year=year)
    held = Appraisal(jurisdiction_id=branch.jurisdiction_id, branch=branch, year=year, recorded_at=now)
    counts = {"members": members, "excellent": excellent, "qualified": qualified, "basic": basic,
              "unqualified": unqualified, "exempt": exempt}  # fmt: skip
    _say(held, actor, counts, held_on, meeting, words, steps, now)
    held.save(force_insert=True)
    changes = {name: ("", getattr(held, name)) for name in (*COUNTS, "held_on", *rules.FIELDS.values())}
    record(actor=actor, verb="partylife.record_appraisal", subject=held, now=now, changes=changes)
    return held


@verb
def change_appraisal(
    *,
    actor: Actor,
    appraisal: Appraisal,
    held_on: date,
    members: int,
    now: datetime,
    steps: rules.Steps = rules.NO_STEPS,
    excellent: int = 0,
    qualified: int = 0,
    basic: int = 0,
    unqualified: int = 0,
    exempt: int = 0,
    meeting: Meeting | None = None,
    words: str = "",
) -> Appraisal:
    """Put counts or steps right; what stood there stays in the journal. Raises what `record_appraisal` does."""
    require(actor, "partylife.write", appraisal.branch)
    held: Appraisal = Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
    before = {name: getattr(held, name) for name in SAID}
    counts = {"members": members, "excellent": excellent, "qualified": qualified, "basic": basic,
              "unqualified": unqualified, "exempt": exempt}  # fmt: skip
    _say(held, actor, counts, held_on, meeting, words, steps, now)
    held.save(update_fields=[*SAID, "evaluation", "recorded_by_name"])
    record(actor=actor, verb="partylife.change_appraisal", subject=held, now=now, changes=diff(before, held))
    return held


def _say(
    held: Appraisal,
    actor: Actor,
    counts: Mapping[str, int],
    held_on: date,
    meeting: Meeting | None,
    words: str,
    steps: rules.Steps,
    now: datetime,
) -> None:
    check_sum(**counts)
    days = steps.days()
    for name, day in (("held_on", held_on), *((rules.FIELDS[step], day) for step, day in days.items())):
        if day > local_day(now):
            raise InTheFuture(field=name)
        check_year(day, held.year, field=name)
    _hold_order(held, actor, held_on, steps, now)
    for name, count in counts.items():
        setattr(held, name, count)
    for step, name in rules.FIELDS.items():
        setattr(held, name, days.get(step))
    held.verdict_by = steps.verdict_by if rules.VERDICT in days else ""
    held.held_on, held.meeting, held.words = held_on, meeting, words.strip()[:300]
    held.recorded_by_name = actor.name[:80]


def _hold_order(held: Appraisal, actor: Actor, day: date, steps: rules.Steps, now: datetime) -> None:
    """Hold the steps against the rule of the day; a reason is kept only where one was needed."""
    held.evaluation, held.order_reason = None, ""
    law = next(iter(rules_of((rules.CODE,), day)), None)
    if law is None:  # before the regulation
        return
    order = law.params["order"]
    reason, wrong = steps.reason.strip()[:200], rules.misplaced(steps.days(), order)
    tried = check(
        actor=actor, code=rules.CODE, act=Choice.of(*rules.in_order(steps.days(), order)), day=day, now=now,
        jurisdiction_id=held.branch.jurisdiction_id, reason=reason, enforce=wrong is None,
    )  # fmt: skip
    if wrong is not None and (law.mode == law.Mode.BLOCK or not reason):
        refusal = rules.BreaksOrder if law.mode == law.Mode.BLOCK else rules.StepOutOfOrder
        raise refusal(**rules.told(wrong, steps.days()), cite=cite(tried))
    found = finding(tried)
    held.evaluation = tried
    held.order_reason = "" if found is not None and found.passed else reason
