"""Dates of what recurs, by the rules of RFC 5545 (section 3.3.10). Free of Django.

A month without the day asked for has its last day instead: RFC 5545 would leave the month out, an office would not.
"""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import islice, takewhile
from typing import Final

from dateutil.rrule import rrulestr

from lianjian.foundation.errors import _

from .meetings import SeriesEmpty, SeriesTooLong

# Frequency, interval, words.
RHYTHMS: Final[dict[str, tuple[str, int, str]]] = {
    "weekly": ("WEEKLY", 1, _("每周一次")),
    "fortnightly": ("WEEKLY", 2, _("每两周一次")),
    "monthly": ("MONTHLY", 1, _("每月一次")),
    "quarterly": ("MONTHLY", 3, _("每季度一次")),
    "halfyearly": ("MONTHLY", 6, _("每半年一次")),
    "yearly": ("MONTHLY", 12, _("每年一次")),
}
MOST: Final = 60
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rule_of(rhythm: str, first: date, *, by_weekday: bool = False) -> str:
    """The recurrence rule from `first` on: on its day of the month, or on the same weekday of the same week of it.

    The fifth weekday of a month is taken as the last one.
    """
    frequency, interval, _words = RHYTHMS[rhythm]
    rule = f"FREQ={frequency};INTERVAL={interval}"
    if frequency == "WEEKLY":
        return f"{rule};BYDAY={_DAYS[first.weekday()]}"
    if by_weekday:
        week = (first.day - 1) // 7 + 1
        return f"{rule};BYDAY={week if week < 5 else -1}{_DAYS[first.weekday()]}"
    if first.day > 28:
        days = ",".join(map(str, range(28, first.day + 1)))
        return f"{rule};BYMONTHDAY={days};BYSETPOS=-1"
    return f"{rule};BYMONTHDAY={first.day}"


def dates_of(rule: str, first: date, last: date, *, after: date | None = None) -> list[date]:
    """Every date from `first` to `last`, of these only those from `after` on. Raises `SeriesEmpty`, `SeriesTooLong`."""
    low = max(first, after or first)
    if last < low:
        raise SeriesEmpty
    dates = rrulestr(rule, dtstart=datetime.combine(first, time()))
    ahead = (moment.date() for moment in dates.xafter(datetime.combine(low, time()), inc=True))
    found = list(islice(takewhile(lambda day: day <= last, ahead), MOST + 1))
    if not found:
        raise SeriesEmpty
    if len(found) > MOST:
        raise SeriesTooLong(first=low, last=last, most=MOST)
    return found
