"""Working days and calendar days of mainland China, with every step of a deadline kept for display.

Civil Code (民法典) art. 201: the day of the event is not counted, hours count from the moment set; art.
202: a period
of months ends on the same-numbered day, or on the last day of a shorter month; art. 203: when the last day
is a
rest day, the period ends on the first working day after it, at 24:00. Make-up days are working days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from lianjian.foundation.data import holidays
from lianjian.foundation.dates import Period
from lianjian.foundation.errors import Refused, _

CHINA: Final = timezone(timedelta(hours=8), "CST")
WEEKEND: Final = _("周末")
MAKE_UP: Final = _("调休上班")
LONGEST: Final = 3_660  # days, working days or hours x 24 in one reckoning: ten years
ONE_DAY: Final = timedelta(days=1)


class PeriodOutOfRange(Refused):
    """A length below zero or beyond ten years, or a due day outside 1900-2100."""

    sentence = _("期限“%(length)s”超出可以计算的范围。")


@dataclass(frozen=True, slots=True)
class DayFact:
    """What is known of one day that differs from the Monday-to-Friday rule."""

    day: date
    working: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that was not counted. `reason` is a message id: 周末, or the holiday's name."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A due day with its arithmetic.

    `counted` are the days that were counted (for working days: those only), `skipped` those that were not.
    `provisional` says that a year in between has no official calendar yet: reckon again when it is loaded.
    """

    start: date
    first_counted: date | None
    due: date
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]
    provisional: bool = False
    years_missing: tuple[int, ...] = ()

    @property
    def ends_at(self) -> datetime:
        """The moment the period is over: 24:00 of the due day in China, that is the next midnight."""
        return day_end(self.due)

    def steps(self) -> tuple[tuple[date, int | None, str], ...]:
        """All days in order as (day, running number or None, reason it was skipped or "")."""
        numbers = {day: index for index, day in enumerate(self.counted, start=1)}
        reasons = {skip.day: skip.reason for skip in self.skipped}
        days = sorted({*numbers, *reasons})
        return tuple((day, numbers.get(day), reasons.get(day, "")) for day in days)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, to be stored with the evaluation that set the deadline."""
        return {
            "start": self.start.isoformat(),
            "first_counted": self.first_counted.isoformat() if self.first_counted else None,
            "due": self.due.isoformat(),
            "counted": len(self.counted),
            "skipped": [[skip.day.isoformat(), skip.reason] for skip in self.skipped],
            "provisional": self.provisional,
            "years_missing": list(self.years_missing),
        }


def local_day(moment: date | datetime) -> date:
    """The day in China on which `moment` lies; a naive datetime is taken as China time."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(CHINA) if moment.tzinfo else moment).date()


def day_start(day: date) -> datetime:
    """0:00 of `day` in China."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)


def day_end(day: date) -> datetime:
    """24:00 of `day` in China."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA) + ONE_DAY


@lru_cache(maxsize=1)
def official_facts() -> Mapping[date, DayFact]:
    """The holidays and make-up days that come with the program."""
    facts: dict[date, DayFact] = {}
    for spans in holidays.HOLIDAYS.values():
        for name, first, last in spans:
            for offset in range((last - first).days + 1):
                day = first + timedelta(days=offset)
                facts[day] = DayFact(day, False, name)
    for days in holidays.MAKE_UP_DAYS.values():
        for day in days:
            facts[day] = DayFact(day, True, MAKE_UP)
    return MappingProxyType(facts)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """A working calendar. Frozen: `with_facts` gives another one."""

    facts: Mapping[date, DayFact] = field(default_factory=official_facts)
    years: frozenset[int] = frozenset(holidays.HOLIDAYS)

    def with_facts(self, facts: Iterable[DayFact], years: Iterable[int] = ()) -> WorkCalendar:
        """This calendar with further days, which win over its own.

        `years` names years that are complete with these facts and no longer provisional. A local holiday of
        one
        day in a year that is not loaded does not complete that year.
        """
        merged = {**self.facts, **{fact.day: fact for fact in facts}}
        return WorkCalendar(MappingProxyType(merged), self.years | frozenset(years))

    def rest_reason(self, day: date) -> str | None:
        """Why `day` is no working day (a message id), or None when it is one."""
        fact = self.facts.get(day)
        if fact is not None:
            return None if fact.working else fact.reason
        if day.year not in self.years:
            name = holidays.fixed_holiday(day)
            if name is not None:
                return name
        return WEEKEND if day.weekday() >= 5 else None

    def is_working(self, day: date) -> bool:
        """Whether people are at work on `day`."""
        return self.rest_reason(day) is None

    def add_working_days(self, start: date | datetime, n: int) -> Reckoning:
        """The day `n` working days after `start`, which is not counted itself; `n` = 0 is the day itself."""
        begin = local_day(start)
        _check_length(n)
        counted: list[date] = []
        skipped: list[Skipped] = []
        day = begin
        while len(counted) < n:
            day = _next(day, n)
            reason = self.rest_reason(day)
            if reason is None:
                counted.append(day)
            else:
                skipped.append(Skipped(day, reason))
        missing = self.missing_years(begin + ONE_DAY, day) if n else ()
        return _reckoning(begin, day, counted, skipped, missing)

    def add_calendar_days(self, start: date | datetime, n: int, *, roll: bool = True) -> Reckoning:
        """The day `n` calendar days after `start`; with `roll` a last day of rest moves to a working day."""
        begin = local_day(start)
        _check_length(n)
        due = _shift(begin, n)
        counted = [begin + timedelta(days=offset) for offset in range(1, n + 1)]
        return self._rolled(begin, due, counted, roll=roll and n > 0)

    def add_months(self, start: date | datetime, n: int, *, roll: bool = False) -> Reckoning:
        """The same-numbered day `n` months later, or that month's last day; `roll` as for calendar days.

        Terms that simply run out (a year of probation) do not roll; the last day to do something does.
        """
        begin = local_day(start)
        _check_length(n * 31)
        return self._rolled(begin, plus_months(begin, n), [], roll=roll and n > 0)

    def deadline(self, start: date | datetime, period: Period) -> Reckoning:
        """The due day of a period as `dates.parse_period` gives it; art. 203 applies to all but hours and ends."""
        begin = local_day(start)
        if period.unit == "wd":
            return self.add_working_days(begin, period.n)
        if period.unit == "d":
            return self.add_calendar_days(begin, period.n)
        if period.unit == "m":
            return self.add_months(begin, period.n, roll=True)
        if period.unit == "h":
            aware = start if isinstance(start, datetime) else day_end(begin) - ONE_DAY
            due = local_day(add_hours(aware, period.n))
            return _reckoning(begin, due)
        if period.unit == "month_end":
            return _reckoning(begin, month_end(begin))
        return _reckoning(begin, date(begin.year, 12, 31))

    def working_days_between(self, a: date | datetime, b: date | datetime) -> int:
        """Working days after `a` up to and including `b`; negative when `b` lies before `a`."""
        first, last = local_day(a), local_day(b)
        if last < first:
            return -self.working_days_between(last, first)
        total = (last - first).days
        _check_length(total, longest=LONGEST * 4)
        return sum(self.is_working(first + timedelta(days=offset)) for offset in range(1, total + 1))

    def missing_years(self, first: date, last: date) -> tuple[int, ...]:
        """Years from `first` to `last` for which no official calendar is loaded."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)

    def _rolled(self, begin: date, due: date, counted: list[date], *, roll: bool) -> Reckoning:
        planned = due
        skipped: list[Skipped] = []
        while roll and (reason := self.rest_reason(due)) is not None:
            skipped.append(Skipped(due, reason))
            due = _next(due, 1)
        rested = {skip.day for skip in skipped}
        kept = [day for day in counted if day not in rested]
        missing = self.missing_years(planned, due) if roll else ()
        return _reckoning(begin, due, kept, skipped, missing)


def _reckoning(
    begin: date,
    due: date,
    counted: Sequence[date] = (),
    skipped: Sequence[Skipped] = (),
    missing: tuple[int, ...] = (),
) -> Reckoning:
    first = counted[0] if counted else None
    return Reckoning(begin, first, due, tuple(counted), tuple(skipped), bool(missing), missing)


def add_hours(moment: datetime, n: int) -> datetime:
    """`n` clock hours after `moment`; they run through nights and rest days. A naive time is China time."""
    _check_length(n, longest=LONGEST * 24)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
    try:
        due = aware.astimezone(CHINA) + timedelta(hours=n)
    except OverflowError as error:
        raise PeriodOutOfRange(length=n) from error
    return due


def plus_months(day: date, n: int) -> date:
    """`day` moved by `n` months, cut to the last day of a shorter month: 31 January + 1 is 28 February."""
    index = day.year * 12 + day.month - 1 + n
    year, month = divmod(index, 12)
    if not 1900 <= year <= 2100:
        raise PeriodOutOfRange(length=n)
    last = month_end(date(year, month + 1, 1))
    return last if day.day > last.day else last.replace(day=day.day)


def month_end(day: date) -> date:
    """Last day of the month of `day`."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - ONE_DAY


def _check_length(n: int, *, longest: int = LONGEST) -> None:
    if not 0 <= n <= longest:
        raise PeriodOutOfRange(length=n)


def _shift(day: date, n: int) -> date:
    if not 1900 <= day.year <= 2100 or (day + timedelta(days=n)).year > 2100:
        raise PeriodOutOfRange(length=n)
    return day + timedelta(days=n)


def _next(day: date, n: int) -> date:
    if not 1900 <= day.year < 2101:
        raise PeriodOutOfRange(length=n)
    return day + ONE_DAY
