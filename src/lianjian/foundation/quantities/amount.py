"""Quantities as offices write them: exact or bounded numbers with their unit, kept with the original text.

10余 is more than 10, 近100 is under 100, 约120 bounds nothing; none ever becomes a plain 10, 100 or 120.
Number words follow Civil Code (民法典) art. 1259: 以上, 以下, 以内, 不少于 include the bound; 超过, 不满
exclude it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from typing import Final, Literal

from lianjian.foundation.errors import Refused, _
from lianjian.foundation.text import fold, shown, without_blanks
from lianjian.foundation.units import BY_NAME, Unit, base_of

Kind = Literal["exact", "about", "at_least", "more_than", "at_most", "near", "less_than", "range"]

BASE_PLACES: Final = 6  # decimal places kept in storage: a mu is 2000/3 square metres
_ROUND: Final = Context(prec=60, rounding=ROUND_HALF_UP)


class NotAQuantity(Refused):
    """The value cannot be read as a number with a unit."""

    sentence = _("“%(value)s”不是可以识别的数量。")


class NumberOutOfRange(NotAQuantity):
    """Beyond 10^18, or with more than eight decimal places."""

    sentence = _("数量“%(value)s”过大或小数位过多。")


class UnitMissing(NotAQuantity):
    """A bare number where nothing says what it counts."""

    sentence = _("“%(value)s”没有单位。")


class UnknownUnit(Refused):
    """A unit that is not in the table."""

    sentence = _("不认识单位“%(unit)s”。")


class UnitMismatch(Refused):
    """Two quantities of different dimensions, such as 人 and 人次."""

    sentence = _("“%(left)s”与“%(right)s”是不同的计量单位，不能合并或换算。")


class NotExact(Refused):
    """An exact number is needed, but the text gives a bound."""

    sentence = _("“%(value)s”不是确数，这里要填准确的数字。")


class NotACount(Refused):
    """A whole number of zero or more is needed."""

    sentence = _("“%(value)s”不是整数，这里要填零或正整数。")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    `nominal` is the number as written, `lower` and `upper` what it really says; None is unbounded. The
    bound is
    excluded for more_than, near and less_than. `about` has no bounds. `text` is the original, empty for sums.
    """

    lower: Decimal | None
    upper: Decimal | None
    unit: Unit
    text: str
    kind: Kind
    nominal: Decimal

    @property
    def is_exact(self) -> bool:
        """Whether the number is known, not only bounded."""
        return self.kind == "exact"

    def in_unit(self, unit: Unit | str, places: int = BASE_PLACES) -> Quantity:
        """The same in another unit of its dimension, rounded half up to `places`. Raises UnitMismatch."""
        target = unit_named(unit)
        if target == self.unit:
            return self
        if target.dimension != self.unit.dimension:
            raise UnitMismatch(left=self.unit.zh, right=target.zh)
        ratio = self.unit.factor / target.factor

        def moved(value: Decimal) -> Decimal:
            return rounded(Fraction(value) * ratio, places)

        return replace(
            self,
            lower=None if self.lower is None else moved(self.lower),
            upper=None if self.upper is None else moved(self.upper),
            nominal=moved(self.nominal),
            unit=target,
        )

    def to_base(self) -> Quantity:
        """In the unit of storage: square metres, metres, kilograms, yuan; counting words stay."""
        return self.in_unit(base_of(self.unit))

    def __add__(self, other: Quantity) -> Quantity:
        if not isinstance(other, Quantity):
            return NotImplemented
        if self.unit.dimension != other.unit.dimension:
            raise UnitMismatch(left=self.unit.zh, right=other.unit.zh)
        finer = min(self.unit, other.unit, key=lambda unit: unit.factor)
        return total((self, other), unit=finer)

    def __str__(self) -> str:
        return format_quantity(self)


def unit_named(name: Unit | str) -> Unit:
    """The unit with this code, Chinese name or alias. Raises UnknownUnit."""
    if isinstance(name, Unit):
        return name
    text = without_blanks(fold(name))
    unit = BY_NAME.get(text) or BY_NAME.get(text.lower())
    if unit is None:
        raise UnknownUnit(unit=shown(name))
    return unit


def rounded(value: Fraction, places: int = BASE_PLACES) -> Decimal:
    """An exact fraction as a Decimal, half up."""
    with localcontext(_ROUND):
        result = Decimal(value.numerator) / Decimal(value.denominator)
        exponent = result.as_tuple().exponent
        if isinstance(exponent, int) and -exponent <= places:
            return result
        return result.quantize(Decimal(1).scaleb(-places))


def quantity(number: Decimal | int, unit: Unit | str, kind: Kind = "exact", text: str = "") -> Quantity:
    """A quantity of one number, with the bounds that `kind` means."""
    value = Decimal(number)
    lower = value if kind in ("exact", "at_least", "more_than") else None
    upper = value if kind in ("exact", "at_most", "near", "less_than") else None
    return Quantity(lower, upper, unit_named(unit), text, kind, value)


def total(quantities: Iterable[Quantity], unit: Unit | str | None = None) -> Quantity:
    """Sum with its bounds, in `unit` (the first one's by default), rounded once. Raises UnitMismatch.

    A bound that one part lacks is missing in the sum. No parts and no unit raise UnitMissing; no parts with a
    unit are an exact zero.
    """
    parts = tuple(quantities)
    if not parts and unit is None:
        raise UnitMissing(value="0")
    target = parts[0].unit if unit is None else unit_named(unit)
    low: Fraction | None = Fraction(0)
    high: Fraction | None = Fraction(0)
    stated = Fraction(0)
    for part in parts:
        if part.unit.dimension != target.dimension:
            raise UnitMismatch(left=target.zh, right=part.unit.zh)
        ratio = part.unit.factor / target.factor
        low = None if low is None or part.lower is None else low + Fraction(part.lower) * ratio
        high = None if high is None or part.upper is None else high + Fraction(part.upper) * ratio
        stated += Fraction(part.nominal) * ratio
    kind = _kind_of_sum([part.kind for part in parts], low is not None, high is not None)
    text = parts[0].text if len(parts) == 1 and parts[0].unit == target else ""
    return Quantity(
        None if low is None else rounded(low),
        None if high is None else rounded(high),
        target,
        text,
        kind,
        rounded(stated),
    )


def _kind_of_sum(kinds: list[Kind], has_lower: bool, has_upper: bool) -> Kind:
    found = set(kinds)
    if has_lower and has_upper:
        return "range" if "range" in found else "exact"
    if has_lower:
        return "more_than" if "more_than" in found else "at_least"
    if has_upper:
        if "less_than" in found:
            return "less_than"
        if "near" in found:
            return "near" if found <= {"near", "exact"} else "less_than"
        return "at_most"
    return "about"


_FORMS: Final[dict[str, dict[Kind, str]]] = {
    "zh": {
        "exact": "{n}{u}",
        "about": "约{n}{u}",
        "at_least": "{n}{u}以上",
        "more_than": "超过{n}{u}",
        "at_most": "{n}{u}以下",
        "near": "近{n}{u}",
        "less_than": "不足{n}{u}",
        "range": "{a}—{b}{u}",
    },
    "en": {
        "exact": "{n}{u}",
        "about": "about {n}{u}",
        "at_least": "at least {n}{u}",
        "more_than": "more than {n}{u}",
        "at_most": "at most {n}{u}",
        "near": "nearly {n}{u}",
        "less_than": "less than {n}{u}",
        "range": "{a}–{b}{u}",
    },
}


def format_number(value: Decimal) -> str:
    """Without exponent and without trailing zeros: 1200, 14.25. No thousands marks, so that it reads back."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_quantity(value: Quantity, language: Literal["zh", "en"] = "zh") -> str:
    """In words: 超过30家, more than 30 firms or bodies. Chinese reads back; English money is in yuan."""
    if language == "zh":
        return _formatted(value, language, value.unit.zh, format_number)
    if value.unit.dimension == "money":
        value = value.in_unit("yuan", places=8)
    if value.unit.code == "percent":
        unit = "%"
    else:
        singular = value.kind == "exact" and value.nominal == 1
        unit = " " + (value.unit.en if singular else value.unit.en_plural)
    return _formatted(value, language, unit, lambda number: f"{Decimal(format_number(number)):,f}")


def _formatted(value: Quantity, language: str, unit: str, number: Callable[[Decimal], str]) -> str:
    low, high = value.lower, value.upper
    return _FORMS[language][value.kind].format(
        n=number(value.nominal),
        u=unit,
        a="" if low is None else number(low),
        b="" if high is None else number(high),
    )
