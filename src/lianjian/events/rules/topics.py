"""When a topic that a body takes up regularly is to be discussed again. Free of Django."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from lianjian.foundation.errors import Refused, _
from lianjian.rulebook.rules import span_of

PERIODS: Final[Mapping[str, str]] = {
    "month": _("每月"),
    "quarter": _("每季度"),
    "half": _("每半年"),
    "year": _("每年"),
}
ON_TIME, SOON, LATE = "on_time", "soon", "late"
STATES: Final[Mapping[str, str]] = {ON_TIME: _("按期"), SOON: _("本期还没有研究"), LATE: _("过期没有研究")}
REMIND: Final = timedelta(days=30)


def due_on(per: str, since: date, last: date | None) -> date:
    """The last day on which the topic is in time: of the period after that of `last`, or of the first one.

    Periods are those of the calendar. What was discussed before `since` does not count.
    """
    if last is None or last < since:
        return span_of(since, per).last
    return span_of(span_of(last, per).last + timedelta(days=1), per).last


def remind_from(per: str, due: date) -> date:
    """The day from which one is reminded: thirty days before the end of the period, or its first day."""
    return max(span_of(due, per).first, due - REMIND)


def state_on(day: date, per: str, due: date) -> str:
    """How a topic stands on a day."""
    if day > due:
        return LATE
    return SOON if day >= remind_from(per, due) else ON_TIME


class TopicStands(Refused):
    """The body takes up this topic regularly already."""

    sentence = _("这个单位已经定期研究这个议题,要改周期请先停止原来的。")
    field = "topic"


class PeriodUnknown(Refused):
    """Not a calendar period."""

    sentence = _("请选择每月、每季度、每半年或每年。")
    field = "per"
