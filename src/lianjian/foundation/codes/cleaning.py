"""Harmless cleaning of codes typed or copied by people: nothing that could change which code is meant."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from lianjian.foundation.text import fold, without_blanks

LONGEST: Final = 80
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}", re.ASCII)


def as_text(value: object) -> tuple[str, bool]:
    """Text of a cell, and whether it came as a number: 19900000001.0 and 1.9900000001e10 become
    19900000001.
    """
    if isinstance(value, str):
        text = value
        if _SCIENTIFIC.fullmatch(text.strip()):
            number = _plain(Decimal(text.strip()))
            return (number, True) if number is not None else (text, False)
        return (text[:-2], True) if re.fullmatch(r"\s*\d{4,}\.0", text, re.ASCII) else (text, False)
    if value is None or isinstance(value, bool):
        return "", False
    if isinstance(value, int):
        return (str(value), True) if abs(value) < 10**40 else ("9" * LONGEST, True)
    if isinstance(value, (float, Decimal)):
        try:
            number = _plain(Decimal(repr(value)) if isinstance(value, float) else value)
        except InvalidOperation:
            number = None
        return (number or str(value), True)
    return str(value), False


def _plain(number: Decimal) -> str | None:
    if not number.is_finite() or abs(number) > Decimal(10) ** 40 or number != number.to_integral_value():
        return None
    return format(number.to_integral_value(), "f")


def cleaned(value: object, *, upper: bool = True, hyphens: bool = True) -> tuple[str, tuple[str, ...]]:
    """The code without blanks and hyphens, half width and upper case, and the names of what was done."""
    text, was_number = as_text(value)
    if len(text) > LONGEST:
        text = text[:LONGEST]
    done = ["number"] if was_number and isinstance(value, (str, float, Decimal)) else []
    for name, step in _STEPS:
        if (name == "hyphens" and not hyphens) or (name == "case" and not upper):
            continue
        after = step(text)
        if after != text:
            done.append(name)
            text = after
    return text, tuple(done)


_STEPS: Final = (
    ("width", fold),
    ("blanks", without_blanks),
    ("noise", lambda text: text.strip("'\"`.,;:。，；、")),
    ("hyphens", lambda text: text.replace("-", "").replace("_", "")),
    ("case", str.upper),
)
