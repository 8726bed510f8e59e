"""Unified social credit codes (GB 32100-2015 with amendment 1) and body codes (GB 11714)."""

from __future__ import annotations

import re
from operator import mul
from typing import Final

from lianjian.foundation.codes.checked import Checked
from lianjian.foundation.codes.cleaning import cleaned

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Registrar -> kinds of body it registers (9 is always "other").
REGISTRARS: Final[dict[str, str]] = {
    "1": "12349",
    "2": "19",
    "3": "123459",
    "4": "19",
    "5": "1234569",
    "6": "129",
    "7": "129",
    "8": "19",
    "9": "1239",
    "A": "1239",
    "N": "1239",
    "Y": "19",
}
COLLECTIVES: Final = {"N1": "group", "N2": "village", "N3": "township"}
_WEIGHTS: Final = tuple(pow(3, position, 31) for position in range(17))
_ALL_WEIGHTS: Final = (*_WEIGHTS, 1)
_BODY_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
# Byte -> value in the alphabet; anything else 255 and never summed, because the shape is checked first.
_VALUES: Final = bytes(ALPHABET.index(chr(byte)) if chr(byte) in ALPHABET else 255 for byte in range(256))
_PAIRS: Final = "|".join(f"{registrar}[{kinds}]" for registrar, kinds in REGISTRARS.items())
_SHAPE: Final = re.compile(rf"(?:{_PAIRS})[0-9]{{6}}[{ALPHABET}]{{10}}")
_fits = _SHAPE.fullmatch
_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "Z": "2", "S": "5", "V": "Y"})
_SAFE_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1"})


def credit_check_digit(first17: str) -> str:
    """Check character of the first 17: (31 - sum mod 31) mod 31, in the alphabet without I, O, Z, S, V."""
    total = sum(map(mul, _WEIGHTS, first17.encode("latin-1").translate(_VALUES)))
    return ALPHABET[-total % 31]


def is_credit_code(code: str) -> bool:
    """Whether `code`, already clean, is a valid unified social credit code: the weighted sum is 0 mod 31."""
    return _fits(code) is not None and not sum(map(mul, _ALL_WEIGHTS, code.encode().translate(_VALUES))) % 31


def normalise_credit_code(value: object) -> str:
    """Without blanks and hyphens, half width, upper case. Letters are not exchanged for digits."""
    return cleaned(value)[0]


def check_credit_code(value: object) -> Checked:
    """Check one code. O for 0 and I for 1 are suggested when that makes the code valid, never put in
    silently.
    """
    if type(value) is str and is_credit_code(value):
        return Checked(value)
    code, repaired = cleaned(value)
    if not code:
        return Checked("", "missing")
    if is_credit_code(code):
        return Checked(code, None, None, repaired)
    return Checked(code, _problem(code, repaired), _suggestion(code), repaired)


def _problem(code: str, repaired: tuple[str, ...]) -> str:
    if len(code) != 18:
        return "length"
    if "number" in repaired:
        return "digits_lost"
    if any(c not in ALPHABET for c in code):
        return "alphabet"
    if code[1] not in REGISTRARS.get(code[0], ""):
        return "registrar"
    if not (code[2:8].isascii() and code[2:8].isdigit()):
        return "area"
    return "check"


def _suggestion(code: str) -> str | None:
    for table in (_SAFE_LOOKALIKES, _LOOKALIKES):
        candidate = code.translate(table)
        if candidate != code and is_credit_code(candidate):
            return candidate
    return None


def collective_level(code: str) -> str | None:
    """Level of a rural collective economic organisation from its code: group, village, township; None for
    others.
    """
    return COLLECTIVES.get(code[:2])


def body_check_digit(first8: str) -> str:
    """Check character of GB 11714: 11 - sum mod 11, with 10 -> X and 11 -> 0. Letters count 10 to 35."""
    total = sum(map(mul, _BODY_WEIGHTS, (int(c, 36) for c in first8)))
    return "0X987654321"[total % 11]


def normalise_body_code(value: object) -> str:
    """Nine characters without the hyphen."""
    return cleaned(value)[0]


def check_body_code(value: object) -> Checked:
    """Check a nine-character organisation code. Leading zeros that a number cell lost are put back and
    reported.
    """
    code, repaired = cleaned(value)
    if not code:
        return Checked("", "missing")
    if code.isdigit() and len(code) in (7, 8) and isinstance(value, (int, float)):
        code, repaired = code.zfill(9), (*repaired, "leading_zero")
    if len(code) != 9:
        return Checked(code, "length", None, repaired)
    if re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code) is None:
        return Checked(code, "alphabet", _body_suggestion(code), repaired)
    if body_check_digit(code[:8]) != code[8]:
        return Checked(code, "check", _body_suggestion(code), repaired)
    return Checked(code, None, None, repaired)


def _body_suggestion(code: str) -> str | None:
    candidate = code.translate(_SAFE_LOOKALIKES)
    fits = re.fullmatch(r"[0-9A-Z]{8}[0-9X]", candidate) is not None
    return (
        candidate if candidate != code and fits and body_check_digit(candidate[:8]) == candidate[8] else None
    )
