"""How a deadline follows from a rule, a start and the working calendar. No Django, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast

from lianjian.foundation.calendar import (
    CHINA,
    ONE_DAY,
    DayFact,
    Reckoning,
    WorkCalendar,
    add_hours,
    day_end,
    local_day,
)
from lianjian.foundation.dates import Period, Unit
from lianjian.foundation.errors import Refused, _

from .findings import Step

UNITS = ("wd", "d", "m", "y", "h", "year_end", "month_end")
WITHOUT_AMOUNT = ("year_end", "month_end")
MAX_DEADLINE = "max_deadline"
MIN_INTERVAL = "min_interval"
ONE_SECOND = timedelta(seconds=1)
PAUSED = _("暂停计时")


class UnknownRule(Refused):
    """No version of the rule is in force on the day of the act."""

    sentence = _("%(day)s 没有生效的时限规则“%(code)s”,请联系系统管理员。")


class UnitUnknown(Refused):
    """A unit the reckoning does not know, or a number without one."""

    sentence = _("时限单位“%(unit)s”无法识别。")
    field = "unit"


class LooserThanNational(Refused):
    """A local number may tighten a national rule, never loosen it."""

    sentence = _("国家规定是 %(national)s,本地时限只能更严,不能放宽。")
    field = "amount"


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time: `amount` working days (wd), days (d), months (m), years (y), hours (h); or up to year_end,
    month_end.
    """

    amount: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise UnitUnknown(unit=self.unit)

    @property
    def months(self) -> int:
        """The length of a term in months or years, in months."""
        return self.amount * 12 if self.unit == "y" else self.amount


@dataclass(frozen=True, slots=True)
class Pause:
    """Days, both ends included, on which the clock stood still."""

    first: date
    last: date
    reason: str = PAUSED

    def days(self) -> list[date]:
        """Every day of the pause."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def pauses_of(inputs: Mapping[str, Any]) -> list[Pause]:
    """The pauses among the kept inputs of an evaluation."""
    return [Pause(date.fromisoformat(f), date.fromisoformat(t), r) for f, t, r in inputs.get("pauses", [])]


@dataclass(frozen=True, slots=True)
class More:
    """A term added to the first one, with its ground: an extension that was granted."""

    amount: int
    unit: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a term comes to. `due_at` is the last moment in time; for days it is 23:59:59 in China.

    `more` are the extensions in it, each with the day to which it leads.
    """

    term: Term
    kind: str
    due_at: datetime
    reckoning: Reckoning
    pauses: Sequence[Pause] = field(default=())
    more: Sequence[tuple[More, date]] = field(default=())

    @property
    def provisional(self) -> bool:
        """True when a year in between has no official calendar yet."""
        return self.reckoning.provisional

    def as_dict(self) -> dict[str, Any]:
        """Plain values, to be stored."""
        return {
            **self.reckoning.as_dict(),
            "amount": self.term.amount,
            "unit": self.term.unit,
            "kind": self.kind,
            "due_at": self.due_at.isoformat(),
            "pauses": [[p.first.isoformat(), p.last.isoformat(), p.reason] for p in self.pauses],
            "more": [[m.amount, m.unit, m.ground, day.isoformat()] for m, day in self.more],
        }


def extended(calendar: WorkCalendar, first: Outcome, more: Sequence[More]) -> Outcome:
    """`first` with further terms, each reckoned from where the one before ends; pauses are left out of all of them."""
    for one in more:
        term = Term(one.amount, one.unit)
        start = first.due_at if one.unit == "h" else local_day(first.due_at)
        added = reckon(calendar, start, term, kind=first.kind, pauses=first.pauses)
        a, b = first.reckoning, added.reckoning
        whole = Reckoning(
            a.start,
            a.first_counted,
            b.due,
            (*a.counted, *b.counted),
            (*a.skipped, *b.skipped),
            a.provisional or b.provisional,
            tuple(sorted({*a.years_missing, *b.years_missing})),
        )
        first = Outcome(
            first.term, first.kind, added.due_at, whole, first.pauses, (*first.more, (one, b.due))
        )
    return first


def reckon(
    calendar: WorkCalendar,
    start: date | datetime,
    term: Term,
    *,
    kind: str = MAX_DEADLINE,
    pauses: Sequence[Pause] = (),
    roll: bool = True,
) -> Outcome:
    """The end of `term` after `start` (Civil Code 民法典 art. 201-203); paused days are not counted.

    An interval that must at least pass (`min_interval`) does not roll to a working day, nor does a term that simply
    runs out (`roll` false: a term of office).
    """
    stopped = {day: pause.reason for pause in pauses for day in pause.days() if day > local_day(start)}
    if term.unit == "wd":
        facts = [DayFact(day, False, reason) for day, reason in stopped.items()]
        reckoning = (calendar.with_facts(facts) if facts else calendar).add_working_days(start, term.amount)
        return Outcome(term, kind, _last_second(reckoning.due), reckoning, pauses)
    if term.unit == "h":
        return _hours(start, term, kind, stopped, pauses)
    if term.unit in WITHOUT_AMOUNT:
        reckoning = calendar.deadline(start, Period(term.amount or 1, cast(Unit, term.unit)))
        return Outcome(term, kind, _last_second(reckoning.due), reckoning, pauses)
    reckoning = _calendar_days(calendar, start, term, roll=roll and kind == MAX_DEADLINE, stopped=stopped)
    return Outcome(term, kind, _last_second(reckoning.due), reckoning, pauses)


def _calendar_days(
    calendar: WorkCalendar, start: date | datetime, term: Term, *, roll: bool, stopped: dict[date, str]
) -> Reckoning:
    begin = local_day(start)
    plain = (
        calendar.add_calendar_days(begin, term.amount, roll=False)
        if term.unit == "d"
        else calendar.add_months(begin, term.months)
    )
    length, paused = (plain.due - begin).days, 0
    while (found := sum(begin < day <= begin + timedelta(days=length + paused) for day in stopped)) != paused:
        paused = found
    if term.unit != "d" and not paused:
        return calendar.add_months(begin, term.months, roll=roll)
    return calendar.add_calendar_days(begin, length + paused, roll=roll)


def _hours(
    start: date | datetime, term: Term, kind: str, stopped: dict[date, str], pauses: Sequence[Pause]
) -> Outcome:
    begin = local_day(start)
    moment = start if isinstance(start, datetime) else day_end(begin) - ONE_DAY
    due_at, paused = add_hours(moment, term.amount), 0
    while (found := sum(day <= local_day(due_at) for day in stopped)) != paused:
        due_at, paused = due_at + (found - paused) * ONE_DAY, found
    reckoning = Reckoning(begin, None, local_day(due_at), (), ())
    return Outcome(term, kind, due_at, reckoning, pauses)


def _last_second(day: date) -> datetime:
    return day_end(day) - ONE_SECOND


def stricter(first: Outcome, second: Outcome) -> Outcome:
    """The one that binds more: the earlier of two deadlines, the later of two intervals; `first` when equal."""
    if first.kind == MAX_DEADLINE:
        return second if second.due_at < first.due_at else first
    return second if second.due_at > first.due_at else first


def surely_not_looser(national: Term, local: Term, kind: str) -> bool:
    """Whether `local` can never give a later deadline (or a shorter interval) than `national`, whatever the start.

    Compares lengths in days with the least favourable conversion; used when a local number is entered. The
    reckoning itself always takes the stricter of both, so this only keeps pointless numbers out.
    """
    if {national.unit, local.unit} <= {"m", "y"} or national.unit == local.unit:
        longer = local.months - national.months
        return longer <= 0 if kind == MAX_DEADLINE else longer >= 0
    low, high = _day_bounds(local), _day_bounds(national)
    return low[0] <= high[1] if kind == MAX_DEADLINE else low[1] >= high[0]


def _day_bounds(term: Term) -> tuple[float, float]:
    n = term.amount
    return {
        "wd": (n, n * 1.5 + 12),
        "d": (n, n + 10),
        "m": (n * 28, n * 31 + 10),
        "y": (n * 365, n * 366 + 10),
        "h": (n / 24, n / 24),
        "month_end": (0, 31),
        "year_end": (0, 366),
    }[term.unit]


@dataclass(frozen=True, slots=True)
class Done:
    """An act of a day, counted from `start` (a day or a moment)."""

    start: date | datetime
    day: date | datetime

    def __post_init__(self) -> None:
        if local_day(self.day) < local_day(self.start):
            raise BeforeStart(day=local_day(self.day).isoformat(), start=local_day(self.start).isoformat())

    def as_dict(self) -> dict[str, Any]:
        """Plain values, to be stored."""
        return {"start": self.start.isoformat(), "day": self.day.isoformat()}


class BeforeStart(Refused):
    """An act before the day from which its term runs."""

    sentence = _("%(day)s 早于起算的 %(start)s,请核对日期。")
    field = "day"


def judge(params: Mapping[str, Any], outcome: Outcome, done: Done) -> list[Step]:
    """Whether the act keeps the term.

    A deadline includes its last day, an interval the day on which it is full (届满). `exact`: that day and no other.
    `beyond`: only after it (超过). `trigger`: nothing is to be done before the day, and something from it on.
    `sample`: the length only illustrates how time is counted.
    """
    due, day = local_day(outcome.due_at), local_day(done.day)
    test, holds = "not_after", day <= due
    if outcome.term.unit == "h" and isinstance(done.day, datetime):
        holds = done.day <= outcome.due_at
    if outcome.kind == MIN_INTERVAL:
        test, holds = "not_before", day >= due
        if params.get("exact"):
            test, holds = "on", day == due
        elif params.get("beyond"):
            test, holds = "after", day > due
        elif params.get("trigger"):
            test, holds = "before", day < due
    return [{"test": test, "day": day.isoformat(), "than": due.isoformat(), "holds": holds}]


def moment_of(text: str) -> date | datetime:
    """A stored start: a day or a moment."""
    if len(text) == 10:
        return date.fromisoformat(text)
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=CHINA)

