"""Resident identity numbers (GB 11643-1999) and telephone numbers."""

from __future__ import annotations

import re
from datetime import date
from operator import mul
from typing import Final, NamedTuple

from lianjian.foundation.codes.checked import Checked
from lianjian.foundation.codes.cleaning import as_text, cleaned
from lianjian.foundation.text import fold, squeeze

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MAP: Final = "10X98765432"
_NUMBER: Final = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
# First two digits of GB/T 2260. Only these are looked at: area codes retire and numbers keep the old ones.
_PROVINCE: Final = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "×": "X", "*": "X"})


class ResidentFacts(NamedTuple):
    """What a valid number says of its holder."""

    birth: date
    female: bool
    area: str


def resident_check_digit(first17: str) -> str:
    """Check character by the weights of GB 11643 (ISO 7064 MOD 11-2)."""
    return _MAP[sum(map(mul, _WEIGHTS, map(int, first17))) % 11]


def normalise_resident_id(value: object) -> str:
    """Eighteen characters without blanks, with an upper-case X."""
    return cleaned(value)[0]


def check_resident_id(value: object) -> Checked:
    """Check one number. The area is never held against today's table: a number keeps the code of its first
    issue.
    """
    if isinstance(value, float) and abs(value) >= 10**15:
        # A number cell keeps 15 digits; what looks like 18 has a made-up tail.
        return Checked(cleaned(value)[0], "digits_lost")
    code, repaired = cleaned(value)
    if not code:
        return Checked("", "missing")
    if "number" in repaired and len(code) == 18 and "E" in str(value).upper():
        return Checked(code, "digits_lost", None, repaired)
    if len(code) == 15 and code.isascii() and code.isdigit():
        return _old_form(code, repaired)
    if len(code) != 18:
        return Checked(code, "length", None, repaired)
    problem = _problem(code)
    if problem is None:
        return Checked(code, None, None, repaired)
    candidate = code.translate(_LOOKALIKES)
    suggestion = candidate if candidate != code and _problem(candidate) is None else None
    return Checked(code, problem, suggestion, repaired)


def _problem(code: str) -> str | None:
    if _NUMBER.fullmatch(code) is None:
        return "alphabet"
    if _PROVINCE.match(code) is None:
        return "area"
    if _birth(code) is None:
        return "birth"
    return None if resident_check_digit(code[:17]) == code[17] else "check"


def _birth(code: str) -> date | None:
    try:
        day = date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return None
    return day if 1880 <= day.year <= 2100 else None


def _old_form(code: str, repaired: tuple[str, ...]) -> Checked:
    longer = f"{code[:6]}19{code[6:]}"
    candidate = longer + resident_check_digit(longer)
    return Checked(code, "old_form", candidate if _problem(candidate) is None else None, repaired)


def resident_facts(code: str) -> ResidentFacts | None:
    """Birth day, sex and area of a valid number; None when it is not valid."""
    if _problem(code) is not None:
        return None
    birth = _birth(code)
    return None if birth is None else ResidentFacts(birth, int(code[16]) % 2 == 0, code[:6])


_MOBILE: Final = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE: Final = re.compile(
    r"(0(?:10|2\d|[3-9]\d{2}))-?([2-8]\d{6,7})(?:(?:-|转|EXT\.?)(\d{1,6}))?", re.ASCII
)
_LOCAL: Final = re.compile(r"[2-8]\d{6,7}", re.ASCII)
_SERVICE: Final = re.compile(r"(?:400|800)-?\d{3,4}-?\d{3,4}", re.ASCII)
_SHORT: Final = re.compile(r"1\d{2}|1[12]\d{3}|9\d{4,5}", re.ASCII)
_SEPARATORS: Final = re.compile(r"[/,;、|\n]+|(?<=\d{7})\s+(?=[01]\d{2})", re.ASCII)
_PREFIX: Final = re.compile(r"(?:\+|00)?86(?=1[3-9]\d{9}$|0\d{9,11}$)|\+86-?", re.ASCII)


def split_phones(value: object) -> list[str]:
    """The numbers of a cell such as 13800000000/0797-1234567, each as written."""
    text, _number = as_text(value)
    return [part for part in (squeeze(p) for p in _SEPARATORS.split(fold(text[:200]))) if part]


def normalise_phone(value: object) -> str:
    """Digits of a mobile number; area code, hyphen and number of a landline."""
    return check_phone(value).value


def check_phone(value: object) -> Checked:
    """Check one number. `kind` is mobile, landline, local (no area code), service (400) or short (12345)."""
    parts = split_phones(value)
    if len(parts) > 1:
        return Checked("/".join(parts), "several", parts[0])
    text, repaired = cleaned(value, hyphens=False)
    if not text:
        return Checked("", "missing")
    text = re.sub(r"^(?:电话|手机|TEL|联系电话)[.:]?", "", text)
    without_prefix = _PREFIX.sub("", text.replace("(", "").replace(")", "-").strip("-"), count=1)
    if without_prefix != text:
        text, repaired = without_prefix, (*repaired, "prefix")
    digits = text.replace("-", "")
    if _MOBILE.fullmatch(digits):
        return Checked(digits, None, None, (*repaired, "hyphens") if digits != text else repaired, "mobile")
    if match := _LANDLINE.fullmatch(text):
        number = f"{match[1]}-{match[2]}" + (f"-{match[3]}" if match[3] else "")
        return Checked(number, None, None, repaired, "landline")
    for kind, shape in (("service", _SERVICE), ("local", _LOCAL), ("short", _SHORT)):
        if shape.fullmatch(text):
            return Checked(text, None, None, repaired, kind)
    if not digits.isascii() or not digits.isdigit():
        candidate = digits.translate(_LOOKALIKES)
        return Checked(text, "alphabet", candidate if _MOBILE.fullmatch(candidate) else None, repaired)
    if "number" in repaired or isinstance(value, (int, float)):
        # A number cell drops the zero of 0797-1234567.
        zero = _LANDLINE.fullmatch("0" + digits)
        return Checked(digits, "length", f"{zero[1]}-{zero[2]}" if zero else None, repaired)
    return Checked(text, "length", None, repaired)
