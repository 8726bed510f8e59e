"""Chinese numerals, plain and financial, and Arabic digits with 万/亿, as exact Decimals."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")}
DIGITS.update({"〇": 0, "○": 0, "两": 2, "俩": 2, "兩": 2})
DIGITS.update({c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")})
DIGITS.update({"貳": 2, "參": 3, "叄": 3, "陸": 6, "弍": 2})
SMALL: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
SCALES: Final = {**SMALL, **LARGE}

CHINESE: Final = "".join(DIGITS) + "".join(SCALES)
_ARABIC: Final = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_NUMBERS: Final = re.compile(f"[{CHINESE}]+|[0-9]{{1,8}}")
LONGEST: Final = 30  # characters: no honest figure is longer, and Decimal sums stay exact


def chinese_integer(text: str) -> int | None:
    """Value of 三十六, 一万二千, 两千零五, 一万二 (12,000), 二〇二四; None when `text` is no such numeral."""
    if not text or len(text) > LONGEST or any(c not in DIGITS and c not in SCALES for c in text):
        return None
    if not any(c in SCALES for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = 0  # finished 亿 and 万 groups; the group being read
    digit: int | None = None
    last_scale = 0
    largest = 10**16
    zero = False
    for c in text:
        if c in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[c]
            zero = zero or digit == 0
        elif c in SMALL:
            scale = SMALL[c]
            if (section % 10_000) and section % (scale * 10):
                return None
            section += (1 if digit is None else digit) * scale
            last_scale, digit, zero = scale, None, False
        else:
            scale = LARGE[c]
            section += digit or 0
            if section == 0 and total == 0:
                return None
            if scale >= largest:
                total, section = (total + section) * scale, 0
            else:
                total, section = total + section * scale, 0
            largest, last_scale, digit, zero = scale, scale, None, False
    if digit:
        # 一万二 and 三百五 leave out the last scale word; 一万零二 does not.
        section += digit * (last_scale // 10) if last_scale > 10 and not zero else digit
    return total + section


def decimal_of(text: str) -> Decimal | None:
    """Value of `1,200.50`, `3.5万`, `2千万`, `三百二十`, `一点五`; None when `text` is not a number.

    `text` is folded and free of blanks already.
    """
    if not text or len(text) > LONGEST:
        return None
    arabic = _ARABIC.match(text)
    if arabic:
        try:
            value = Decimal(arabic.group().replace(",", ""))
        except InvalidOperation:
            return None
        for c in text[arabic.end() :]:
            if c not in SCALES:
                return None
            value *= SCALES[c]
        return value
    whole, point, rest = text.partition("点")
    if point:
        return _with_fraction(whole, rest)
    integer = chinese_integer(text)
    return None if integer is None else Decimal(integer)


def _with_fraction(whole: str, rest: str) -> Decimal | None:
    scale = 1
    while rest and rest[-1] in SCALES:
        scale *= SCALES[rest[-1]]
        rest = rest[:-1]
    integer = chinese_integer(whole)
    if integer is None or not rest or any(c not in DIGITS for c in rest):
        return None
    fraction = "".join(str(DIGITS[c]) for c in rest)
    return Decimal(f"{integer}.{fraction}") * scale


def natural_key(text: str) -> str:
    """For sorting names: 第二 stands before 第三 and 第十, 2 before 10."""
    return _NUMBERS.sub(lambda found: f"{_value(found[0]):08d}", text)


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else chinese_integer(text) or 0
