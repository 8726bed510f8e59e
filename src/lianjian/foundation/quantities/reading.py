"""Reading quantities from cells and from running text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from typing import Final

from lianjian.foundation.errors import Refused
from lianjian.foundation.numerals import CHINESE, SCALES, decimal_of
from lianjian.foundation.quantities.amount import (
    Kind,
    NotACount,
    NotAQuantity,
    NotExact,
    NumberOutOfRange,
    Quantity,
    UnitMismatch,
    UnitMissing,
    UnknownUnit,
    quantity,
    unit_named,
)
from lianjian.foundation.text import fold, shown, without_blanks
from lianjian.foundation.units import SPELLINGS, Unit

LARGEST: Final = Decimal(10) ** 18
SMALLEST_STEP: Final = Decimal(1).scaleb(-8)
_EXACT: Final = Context(prec=60)

_BEFORE: Final[dict[str, Kind]] = {
    **dict.fromkeys(("大约", "约为", "大概", "约", "大致"), "about"),
    **dict.fromkeys(("将近", "接近", "近"), "near"),
    **dict.fromkeys(("不少于", "不低于", "不小于", "至少", "最少", "上", "≥", ">="), "at_least"),
    **dict.fromkeys(("不超过", "不多于", "不高于", "不大于", "至多", "最多", "≤", "<="), "at_most"),
    **dict.fromkeys(("超过", "多于", "高于", "大于", "突破", "超", "逾", ">"), "more_than"),
    **dict.fromkeys(("不足", "不到", "不满", "少于", "低于", "小于", "未满", "<"), "less_than"),
}
_AFTER: Final[dict[str, Kind]] = {
    **dict.fromkeys(("左右", "上下", "来", "许"), "about"),
    **dict.fromkeys(("及以上", "以上", "起", "+"), "at_least"),
    **dict.fromkeys(("及以下", "以下", "以内", "之内"), "at_most"),
    **dict.fromkeys(("余", "多"), "more_than"),
}


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_SCALE: Final = f"[{''.join(SCALES)}]"
_NUMBER: Final = rf"[+-]?\d[\d,]*(?:\.\d+)?{_SCALE}*|[{CHINESE}]+(?:点[{CHINESE}]+)?"
_UNIT: Final = _either(SPELLINGS)
_SHAPE: Final = re.compile(
    rf"(?P<before>{_either(_BEFORE)})?(?P<money>[¥￥$])?(?P<hundredths>百分之)?(?P<number>{_NUMBER})"
    rf"(?:(?P<mid>余|多|来)(?P<more>{_SCALE}*))?"
    rf"(?:(?:-|~|至|到)(?P<second>{_NUMBER}))?"
    rf"(?P<unit>{_UNIT})?(?P<after>{_either(_AFTER)})?",
    re.ASCII,
)
_LONGEST_TEXT: Final = 60


def parse_quantity(value: object, default_unit: Unit | str | None = None) -> Quantity:
    """Read 30余家, 近100户, 3.5万亩, 1,200元, 十多个, 10-20人, 88%以上 or a number.

    `default_unit` (of the column's header) serves where the text names none. Raises NotAQuantity or
    UnknownUnit.
    """
    unit = None if default_unit is None else unit_named(default_unit)
    if isinstance(value, str):
        return _parsed(value, unit)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise NotAQuantity(value=shown(value))
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise NumberOutOfRange(value=shown(str(value) if abs(value) < 10**40 else "10^40"))
        number = Decimal(value)
    else:
        number = _from_float(value) if isinstance(value, float) else value
    if unit is None:
        raise UnitMissing(value=shown(value))
    return quantity(_sane(number, value), unit, text=shown(value))


@lru_cache(maxsize=8192)
def _parsed(raw: str, default: Unit | None) -> Quantity:
    text = without_blanks(fold(raw)) if len(raw) <= _LONGEST_TEXT else ""
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise NotAQuantity(value=shown(raw))
    if default and default.dimension == "money" and not match["unit"] and not match["hundredths"]:
        # 5万 in a column of money is 50,000 yuan, whether its header says 元 or 万元.
        end = match.end("second") if match["second"] else match.end("more" if match["more"] else "number")
        if text[end - 1] in "万亿":
            return replace(_parsed(f"{text[:end]}元{text[end:]}", default), text=raw.strip())
    read = _from_match(match, raw, default)
    if read.unit.code == "yuan" and match["unit"]:
        # The scale word belongs to the unit as people say it: 3.5万元 is 3.5 of 万元.
        scale = text[match.start("unit") - 1]
        return read.in_unit(scale + "元", places=20) if scale in "万亿" else read
    return read


def _from_match(match: re.Match[str], raw: str, default: Unit | None) -> Quantity:
    unit = _unit_of(match, raw, default)
    first = _number(match["number"] + (match["more"] or ""), raw)
    if match["second"]:
        if match["mid"] or match["before"] not in (None, "约", "大约"):
            raise NotAQuantity(value=shown(raw))
        return _range(match, first, _number(match["second"], raw), unit, raw)
    words = [
        _BEFORE.get(match["before"] or ""),
        _AFTER.get(match["mid"] or ""),
        _AFTER.get(match["after"] or ""),
    ]
    kinds = {word for word in words if word is not None}
    if kinds == {"at_least", "more_than"}:
        kinds = {"more_than"}
    kind: Kind = "exact" if not kinds else kinds.pop() if len(kinds) == 1 else "about"
    return quantity(_sane(first, raw), unit, kind, raw.strip())


def _from_float(value: float) -> Decimal:
    """A cell's number as the spreadsheet shows it, 15 significant digits: 0.1 + 0.2 is 0.3."""
    if value != value or value in (float("inf"), float("-inf")) or abs(value) > float(LARGEST):
        return Decimal(repr(value))
    with localcontext(_EXACT):
        return Decimal(f"{value:.15g}").quantize(SMALLEST_STEP, rounding=ROUND_HALF_UP)


def _range(match: re.Match[str], first: Decimal, second: Decimal, unit: Unit, raw: str) -> Quantity:
    head, tail = match["number"], match["second"]
    if tail[-1] in SCALES and head[-1] not in SCALES and first < second:
        # 3-5万 means 30,000 to 50,000.
        shared = re.search(rf"{_SCALE}+$", tail)
        first = (
            _number(head + shared.group(), raw) * (first / _number(head, raw) if first else 1)
            if shared
            else first
        )
    if first >= second:
        raise NotAQuantity(value=shown(raw))
    low, high = _sane(first, raw), _sane(second, raw)
    if match["before"] or match["after"]:
        if match["after"] and _AFTER[match["after"]] != "about":
            raise NotAQuantity(value=shown(raw))
        return Quantity(None, None, unit, raw.strip(), "about", (low + high) / 2)
    return Quantity(low, high, unit, raw.strip(), "range", (low + high) / 2)


def _unit_of(match: re.Match[str], raw: str, default: Unit | None) -> Unit:
    if match["money"] == "$":
        raise UnknownUnit(unit="$")
    if match["hundredths"]:
        if match["unit"] or match["money"]:
            raise NotAQuantity(value=shown(raw))
        return unit_named("%")
    if match["unit"]:
        unit = unit_named(match["unit"])
        if match["money"] and unit.dimension != "money":
            raise NotAQuantity(value=shown(raw))
        return unit
    if match["money"]:
        return unit_named("元")
    if default is None:
        raise UnitMissing(value=shown(raw))
    return default


def _number(text: str, raw: str) -> Decimal:
    value = decimal_of(text)
    if value is None:
        raise NotAQuantity(value=shown(raw))
    return value


def _sane(number: Decimal, raw: object) -> Decimal:
    if not number.is_finite():
        raise NotAQuantity(value=shown(raw))
    if abs(number) > LARGEST:
        raise NumberOutOfRange(value=shown(raw))
    with localcontext(_EXACT):
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and exponent < 0:
            number = number.normalize()
            if number % SMALLEST_STEP:
                raise NumberOutOfRange(value=shown(raw))
        return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def parse_number(value: object, default_unit: Unit | str = "个") -> Decimal:
    """The exact number of 156人 or 1,200: its unit is not looked at. Raises NotExact for a bound."""
    read = parse_quantity(value, default_unit)
    if not read.is_exact:
        raise NotExact(value=shown(value))
    return read.nominal


def parse_count(value: object, unit: Unit | str = "人") -> int:
    """The whole number of 156人, in `unit` or bare. Raises UnitMismatch, NotExact, NotACount."""
    expected = unit_named(unit)
    read = parse_quantity(value, expected)
    if read.unit != expected:
        raise UnitMismatch(left=expected.zh, right=read.unit.zh)
    if not read.is_exact:
        raise NotExact(value=shown(value))
    if read.nominal < 0 or read.nominal != read.nominal.to_integral_value():
        raise NotACount(value=shown(value))
    return int(read.nominal)


_IN_TEXT_BEFORE: Final = _either(word for word in _BEFORE if word != "上")
_IN_TEXT_AFTER: Final = _either(word for word in _AFTER if word not in "起来许多余")
# No number begins inside another one, nor after 第, which makes an ordinal.
_START: Final = rf"(?<![\d.第{CHINESE}])"
_FINDABLE: Final = re.compile(
    rf"{_START}(?:{_IN_TEXT_BEFORE})?(?:[¥￥]|百分之)?{_START}"
    rf"(?P<number>{_NUMBER})(?P<mid>[余多来]{_SCALE}*)?(?:(?:-|~|至|到)(?:{_NUMBER}))?"
    rf"(?P<unit>{_UNIT})(?!月|钟|工作日|自然日|星期|小时)(?:{_IN_TEXT_AFTER})?",
    re.ASCII,
)


def find_quantities(text: str) -> list[Quantity]:
    """Quantities with a unit in running text, such as 带动就业30余人; each keeps the words it was read from.

    Figures of speech (一次性, 十分, 千家万户) are left out: a lone 一 and numerals that begin with a scale
    word.
    """
    found = []
    for match in _FINDABLE.finditer(fold(text[:20_000])):
        number = match["number"]
        if number == "一" or (
            number[0] in SCALES and not match["mid"] and (len(number) == 1 or number[0] not in "十拾")
        ):
            continue
        try:
            found.append(_parsed(match.group(), None))
        except Refused:
            continue
    return found
