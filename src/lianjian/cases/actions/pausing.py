"""Days on which the clock of a case stands still, and what they make of its limit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import local_day
from lianjian.rulebook import rules as clock
from lianjian.rulebook.actions import evaluate_again

from .. import rules
from ..models import Case, Pause


def with_pauses(actor: Actor, case: Case, now: datetime) -> dict[str, Any]:
    """The limit as the approved pauses make it; the days while the case was closed stay left out."""
    if case.evaluation is None:
        return {}
    rows = Pause.objects.filter(case=case, decision="approved").order_by("first", "id")
    paused = [
        clock.Pause(row.first, row.last, rules.PAUSE_REASONS[row.reason_code])
        for row in rows
        if row.first is not None and row.first <= row.last
    ]
    closed = [pause for pause in clock.pauses_of(case.evaluation.inputs) if pause.reason == rules.WHILE_CLOSED]
    evaluation = evaluate_again(actor=actor, evaluation=case.evaluation, pauses=[*closed, *paused], now=now)
    return {"evaluation": evaluation, "due_at": evaluation.due_at}


def without_closed_days(actor: Actor, case: Case, now: datetime) -> dict[str, Any]:
    """The limit of a case that is opened again: the days while it was closed are left out.

    A limit that had passed before it was closed stays passed.
    """
    if case.due_at is None or case.closed_at is None or case.due_at <= case.closed_at:
        return {}
    first, last = local_day(case.closed_at) + timedelta(days=1), local_day(now)
    if case.evaluation is None or last < first:
        return {}
    had = clock.pauses_of(case.evaluation.inputs)
    pauses = [*had, clock.Pause(first, last, rules.WHILE_CLOSED)]
    evaluation = evaluate_again(actor=actor, evaluation=case.evaluation, pauses=pauses, now=now)
    return {"evaluation": evaluation, "due_at": evaluation.due_at}


def cut_pauses(case: Case, now: datetime) -> None:
    """Approved pauses end today; one that has not begun has no days."""
    today = local_day(now)
    for row in Pause.objects.filter(case=case, decision="approved", last__gt=today):
        first = row.first or today
        last = max(today, first - timedelta(days=1)) if first <= today else first - timedelta(days=1)
        Pause.objects.filter(pk=row.pk).update(last=last, ended_early_at=now)
