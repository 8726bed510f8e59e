"""What is to happen so many times in each calendar month, quarter, half-year or year. No Django, no clock.

`params` of a cadence: {"per": "month" | "quarter" | "half" | "year", "times": number, "measure": words,
"alert_day": nth day of the period | "alert_on": "11-01" | "after_fixed": days after the branch's own day,
"national": false where no national number exists, "local_binds": true where a place's own document makes it bind}

Judged by calendar periods, never by rolling windows. Without a national number nothing is ever late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from lianjian.foundation.calendar import ONE_DAY, month_end, plus_months
from lianjian.foundation.errors import Refused, _

from .findings import NegativeNumber, Step

MONTHS: Final[Mapping[str, int]] = MappingProxyType({"month": 1, "quarter": 3, "half": 6, "year": 12})

MET: Final = "met"
OPEN: Final = "open"
DUE: Final = "due"
LATE: Final = "late"
SUGGESTED: Final = "suggested"


class PeriodUnknown(Refused):
    """A period that is no month, quarter, half-year or year."""

    sentence = _("周期“%(per)s”无法识别。")
    field = "per"


@dataclass(frozen=True, slots=True)
class Span:
    """A calendar period, both days included."""

    per: str
    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return self.first <= day <= self.last


def span_of(day: date, per: str) -> Span:
    """The calendar period of `day`. Raises `PeriodUnknown`."""
    if per not in MONTHS:
        raise PeriodUnknown(per=per)
    length = MONTHS[per]
    first = date(day.year, (day.month - 1) // length * length + 1, 1)
    return Span(per, first, month_end(plus_months(first, length - 1)))


def spans_between(first: date, last: date, per: str) -> list[Span]:
    """The calendar periods from that of `first` to that of `last`, both included."""
    made: list[Span] = []
    day = first
    while day <= last:
        made.append(span_of(day, per))
        day = made[-1].last + ONE_DAY
    return made or [span_of(first, per)]


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often, and from which day of the period a reminder is due."""

    per: str
    times: int
    alert_day: int | None = None
    alert_on: str = ""
    after_fixed: int | None = None
    national: bool = True
    measure: str = ""

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> Cadence:
        """From the params of a rule."""
        if params["per"] not in MONTHS:
            raise PeriodUnknown(per=params["per"])
        return cls(
            per=params["per"],
            times=int(params["times"]),
            alert_day=params.get("alert_day"),
            alert_on=params.get("alert_on", ""),
            after_fixed=params.get("after_fixed"),
            national=params.get("national", True),
            measure=params.get("measure", ""),
        )

    def alert_from(self, span: Span, fixed_day: int | None = None) -> date:
        """The day from which a reminder is due in `span`; its last day where nothing is set.

        `fixed_day` is the branch's own day of the month; a month without it takes its last day.
        """
        if self.after_fixed is not None and fixed_day is not None:
            own = min(span.first + timedelta(days=fixed_day - 1), month_end(span.first))
            return min(own + timedelta(days=self.after_fixed), span.last)
        if self.alert_on:
            month, day = map(int, self.alert_on.split("-"))
            return min(max(date(span.first.year, month, day), span.first), span.last)
        if self.alert_day is not None:
            return min(span.first + timedelta(days=self.alert_day - 1), span.last)
        return span.last


@dataclass(frozen=True, slots=True)
class Held:
    """How often it was done in the period of `today`: by days, or `done` as a number (class hours).

    `started`: what began within the period is not late in it. `fixed_day`: the branch's own day of the month.
    """

    today: date
    days: Sequence[date] = ()
    done: int | None = None
    started: date | None = None
    fixed_day: int | None = None
    period: date | None = None

    def __post_init__(self) -> None:
        if (self.done or 0) < 0:
            raise NegativeNumber(field="done")

    def as_dict(self) -> dict[str, Any]:
        """Plain values, to be stored."""
        return {
            "today": self.today.isoformat(),
            "days": [day.isoformat() for day in self.days],
            "done": self.done,
            "started": self.started.isoformat() if self.started else None,
            "fixed_day": self.fixed_day,
            "period": self.period.isoformat() if self.period else None,
        }


@dataclass(frozen=True, slots=True)
class State:
    """One period of one cadence: how many were asked and done, when the reminder starts, and its light.

    met: enough; open: there is time; due: the reminder runs; late: the period is over and something is missing;
    suggested: nothing national is asked, or the body began within the period: never late.
    """

    span: Span
    times: int
    done: int
    alert_from: date
    light: str

    @property
    def missing(self) -> int:
        """How many are still wanting."""
        return max(0, self.times - self.done)


def state_of(cadence: Cadence, held: Held) -> State:
    """The period that holds `held.period` (or today) on the day `held.today`."""
    span = span_of(held.period or held.today, cadence.per)
    done = held.done if held.done is not None else sum(map(span.holds, held.days))
    alert = cadence.alert_from(span, held.fixed_day)
    return State(span, cadence.times, done, alert, _light(cadence, held, span, done, alert))


def _light(cadence: Cadence, held: Held, span: Span, done: int, alert: date) -> str:
    if done >= cadence.times:
        return MET
    if held.today < alert:
        return OPEN
    if not cadence.national:
        return SUGGESTED
    started_within = held.started is not None and held.started > span.first
    if held.today > span.last:
        return SUGGESTED if started_within else LATE
    return DUE


def judge(params: Mapping[str, Any], held: Held) -> list[Step]:
    """Whether enough was done in the period; it holds as long as the reminder does not run."""
    cadence = Cadence.of(params)
    found = state_of(cadence, held)
    return [
        {
            "test": "times",
            "per": cadence.per,
            "measure": cadence.measure,
            "n": found.done,
            "than": found.times,
            "first": found.span.first.isoformat(),
            "last": found.span.last.isoformat(),
            "alert_from": found.alert_from.isoformat(),
            "light": found.light,
            "holds": found.light in (MET, OPEN),
        }
    ]


def yearly(params: Mapping[str, Any]) -> int:
    """How many a year."""
    return int(params["times"]) * 12 // MONTHS[params["per"]]


def looser(national: Mapping[str, Any], local: Mapping[str, Any]) -> bool:
    """Whether the local cadence asks for fewer in a year, or lets them be put off into a longer period."""
    merged = {**national, **local}
    if merged["per"] not in MONTHS:
        raise PeriodUnknown(per=merged["per"])
    return yearly(merged) < yearly(national) or MONTHS[merged["per"]] > MONTHS[national["per"]]
