"""How long a case lay in a hand: office hours of working days only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

from lianjian.foundation.calendar import CHINA

OFFICE_HOURS: Final = ((time(8, 30), time(12, 0)), (time(14, 0), time(17, 30)))
SECONDS_A_DAY: Final = 7 * 3600


def worked_seconds(start: datetime, end: datetime, is_working: Callable[[date], bool]) -> int:
    """Office seconds from `start` to `end` (aware), whole seconds, so that neighbouring spans add up exactly.

    `is_working` says whether people are at work on a day (China). Negative spans count 0.
    """
    a, b = _china(start), _china(end)
    if b <= a:
        return 0
    if a.date() == b.date():
        return _till(b) - _till(a) if is_working(a.date()) else 0
    total = SECONDS_A_DAY - _till(a) if is_working(a.date()) else 0
    day = a.date() + timedelta(days=1)
    while day < b.date():
        total += SECONDS_A_DAY if is_working(day) else 0
        day += timedelta(days=1)
    return total + (_till(b) if is_working(b.date()) else 0)


def _china(moment: datetime) -> datetime:
    return moment.astimezone(CHINA).replace(microsecond=0)


def _till(moment: datetime) -> int:
    """Office seconds of its day that lie before `moment`."""
    now = moment.hour * 3600 + moment.minute * 60 + moment.second
    total = 0
    for start, end in OFFICE_HOURS:
        first, last = start.hour * 3600 + start.minute * 60, end.hour * 3600 + end.minute * 60
        total += min(max(now - first, 0), last - first)
    return total
