"""Periods in words and days, and what a figure's numbers say of each other."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lianjian.foundation.errors import Refused, _


class UnknownPeriod(Refused):
    """A period was written in a way that nobody can read."""

    sentence = _("看不懂时段“%(text)s”。请写 2024、2024Q1、2024H1、2024-03 或 2024-01-01..2024-10-31。")
    field = "period"


@dataclass(frozen=True)
class Period:
    """A closed span of days; `text` is how it is written in addresses."""

    start: date
    end: date
    text: str

    def before(self) -> Period:
        """The same span one year earlier."""
        start, end = _year_back(self.start), _year_back(self.end)
        return Period(start, end, f"{start}..{end}")


def _year_back(day: date) -> date:
    year = day.year - 1
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


_FORMS = (
    (re.compile(r"(\d{4})\Z"), lambda y: (date(y, 1, 1), date(y, 12, 31))),
    (re.compile(r"(\d{4})[Qq]([1-4])\Z"), lambda y, q: _months(y, 3 * q - 2, 3 * q)),
    (re.compile(r"(\d{4})[Hh]([12])\Z"), lambda y, h: _months(y, 6 * h - 5, 6 * h)),
    (re.compile(r"(\d{4})-(\d{2})\Z"), lambda y, m: _months(y, m, m)),
)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def read_period(text: str, *, today: date) -> Period:
    """A period as written: a year, quarter, half-year, month, two days, or nothing for this year up to today."""
    text = text.strip()
    if not text:
        return Period(date(today.year, 1, 1), today, f"{today.year}")
    try:
        for form, days in _FORMS:
            if match := form.match(text):
                start, end = days(*map(int, match.groups()))
                return Period(start, end, text)
        first, dots, last = text.partition("..")
        if dots:
            start, end = date.fromisoformat(first), date.fromisoformat(last)
            if start <= end:
                return Period(start, end, text)
    except ValueError:
        pass
    raise UnknownPeriod(text=text)


def rate(numerator: Decimal | int, denominator: Decimal | int) -> Decimal | None:
    """Per cent with one decimal, half up; None where there is nothing to divide by ("no data", never 0)."""
    if not denominator:
        return None
    return (Decimal(numerator) * 100 / Decimal(denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def average(numerator: Decimal | int, denominator: Decimal | int) -> Decimal | None:
    """So many for each, with one decimal, half up; None where there is nobody."""
    if not denominator:
        return None
    return (Decimal(numerator) / Decimal(denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Restated:
    """How the rows of a frozen figure differ from what the record says now."""

    gone: tuple[int, ...]
    new: tuple[int, ...]

    @property
    def same(self) -> bool:
        """True if no row came or went."""
        return not self.gone and not self.new


def difference(frozen: list[int], current: list[int]) -> Restated:
    """Rows that a frozen figure counted and the record no longer does, and the other way round."""
    old, new = set(frozen), set(current)
    return Restated(tuple(sorted(old - new)), tuple(sorted(new - old)))


def cell_of(row: Any, path: str | Callable[[Any], Any]) -> Any:
    """What a column of a figure says of a row: an attribute path, or what is called with the row."""
    if not isinstance(path, str):
        return path(row)
    value: Any = row
    for part in path.split("."):
        if value is None:
            return None
        value = getattr(value, part)
        if callable(value):
            value = value()
    return value


# Counting words of figures, named here so that both languages have them.
COUNTED = (_("家"), _("个"), _("件"), _("份"), _("名"), _("人"), _("次"), _("户"), _("项"), _("平方米"), _("支"))
UNITS = (*COUNTED, _("人次"), _("家次"), _("亩"), _("元"), _("小时"))
SUBJECTS = (_("覆盖"), _("党员"), _("走访"), _("诉求"))
