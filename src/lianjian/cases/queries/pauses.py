"""Days on which the clock of a case stands still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from lianjian.foundation.calendar import WorkCalendar

from ..models import Case, Pause


def paused_days(case: Case) -> frozenset[date]:
    """Every day of the approved pauses of a case."""
    rows = Pause.objects.filter(case=case, decision="approved").values_list("first", "last")
    return frozenset(
        first + timedelta(days=n) for first, last in rows if first for n in range((last - first).days + 1)
    )


def counted_days(case: Case, days: WorkCalendar) -> Callable[[date], bool]:
    """Which days count as work on a case: working days outside its approved pauses. A query only where it has one."""
    if case.paused_until is None:
        return days.is_working
    paused = paused_days(case)
    return lambda day: day not in paused and days.is_working(day)
