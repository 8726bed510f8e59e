"""Dates of what recurs, by the rules of RFC 5545 (section 3.3.10). Free of Django.

A month without the day asked for has its last day instead: RFC 5545 would leave the month out, an office would not.
Days with a nine (逢九) are the 9th, 19th and 29th, of the solar or of the lunar month as the series says; a February
of 28 days has only two of them. Lunar days come from the table of the library borax (1900 to 2100, decision 0016):
every lunar month, leap months too, has 29 or 30 days and so all three. RFC 5545 knows no lunar rule, so that one is
written in our own words. Working days are those of the calendar of the house, holidays and shifted days in it; that
rule is in our own words too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Final

from borax.calendars.lunardate import LunarDate
from dateutil.rrule import rrulestr

from lianjian.foundation.errors import _

from .meetings import SeriesEmpty, SeriesTooLong

# Frequency, interval, words.
RHYTHMS: Final[dict[str, tuple[str, int, str]]] = {
    "daily": ("DAILY", 1, _("每天一次")),
    "workdays": ("WORKDAYS", 1, _("每个工作日")),
    "weekly": ("WEEKLY", 1, _("每周一次")),
    "fortnightly": ("WEEKLY", 2, _("每两周一次")),
    "monthly": ("MONTHLY", 1, _("每月一次")),
    "quarterly": ("MONTHLY", 3, _("每季度一次")),
    "halfyearly": ("MONTHLY", 6, _("每半年一次")),
    "yearly": ("MONTHLY", 12, _("每年一次")),
    "nines": ("MONTHLY", 1, _("逢九(公历9日、19日、29日)")),
    "lunar_nines": ("LUNAR", 1, _("逢九(农历初九、十九、廿九)")),
}
NINES: Final = (9, 19, 29)
MOST: Final = 60
LAST_LUNAR_YEAR: Final = 2099
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def on_weekdays(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < 5


def rule_of(rhythm: str, first: date, *, by_weekday: bool = False) -> str:
    """The recurrence rule from `first` on: on its day of the month, or on the same weekday of the same week of it.

    The fifth weekday of a month is taken as the last one.
    """
    frequency, interval, _words = RHYTHMS[rhythm]
    rule = f"FREQ={frequency};INTERVAL={interval}"
    if rhythm in ("nines", "lunar_nines"):
        return f"{rule};BYMONTHDAY={','.join(map(str, NINES))}"
    if frequency in ("DAILY", "WORKDAYS"):
        return rule
    if frequency == "WEEKLY":
        return f"{rule};BYDAY={_DAYS[first.weekday()]}"
    if by_weekday:
        week = (first.day - 1) // 7 + 1
        return f"{rule};BYDAY={week if week < 5 else -1}{_DAYS[first.weekday()]}"
    if first.day > 28:
        days = ",".join(map(str, range(28, first.day + 1)))
        return f"{rule};BYMONTHDAY={days};BYSETPOS=-1"
    return f"{rule};BYMONTHDAY={first.day}"


def dates_of(
    rule: str, first: date, last: date, *, after: date | None = None, working: Callable[[date], bool] = on_weekdays
) -> list[date]:
    """Every date from `first` to `last`, of these only those from `after` on. Raises `SeriesEmpty`, `SeriesTooLong`.

    `working` says which days are working days, for a rule that asks.
    """
    low = max(first, after or first)
    if last < low:
        raise SeriesEmpty
    if rule.startswith("FREQ=LUNAR"):
        ahead = _lunar_nines(low)
    elif rule.startswith("FREQ=WORKDAYS"):
        days = ((low + timedelta(days=number)) for number in range((last - low).days + 1))
        ahead = (day for day in days if working(day))
    else:
        dates = rrulestr(rule, dtstart=datetime.combine(first, time()))
        ahead = (moment.date() for moment in dates.xafter(datetime.combine(low, time()), inc=True))
    found = list(islice(takewhile(lambda day: day <= last, ahead), MOST + 1))
    if not found:
        raise SeriesEmpty
    if len(found) > MOST:
        raise SeriesTooLong(first=low, last=last, most=MOST)
    return found


def lunar_day(day: date) -> int:
    """The day of the lunar month, 1 to 30."""
    return int(LunarDate.from_solar(day).day)


def _lunar_nines(low: date) -> Iterator[date]:
    """The days with a nine from `low` on, as far as the table goes."""
    day = low
    while day.year <= LAST_LUNAR_YEAR:
        ahead = min(NINES, key=lambda nine: (nine - lunar_day(day)) % 100)
        # Never past the first day of the next month: a month has 29 or 30 days.
        step = ahead - lunar_day(day) if lunar_day(day) <= NINES[-1] else 1
        if step == 0:
            yield day
            step = 1
        day += timedelta(days=step)
