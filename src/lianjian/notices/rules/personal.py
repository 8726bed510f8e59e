"""Numbers of persons in a text that is to be published: found, told of, hidden."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lianjian.foundation.codes import check_resident_id, is_credit_code
from lianjian.foundation.errors import _
from lianjian.foundation.names import mask_phone, mask_resident_id

IDENTITY, OLD_IDENTITY, PHONE, CARD = "identity", "old_identity", "phone", "card"
WORDS: Final[dict[str, str]] = {
    IDENTITY: _("身份证号码"),
    OLD_IDENTITY: _("像是旧式身份证号码"),
    PHONE: _("手机号码"),
    CARD: _("像是银行卡号"),
}

# What people put between digits, and what copying leaves there unseen.
_GAP = "[ \\-\u00a0\u200b-\u200f\u2060\ufeff]{0,2}"


def _digits(*pieces: str) -> str:
    return _GAP.join(pieces)


_AHEAD, _BEHIND = r"(?<![0-9A-Za-z*])", r"(?![0-9A-Za-z*])"
_IDENTITY = re.compile("(?<![0-9*])" + _digits("[1-9]", *[r"\d"] * 16, "[0-9Xx]") + _BEHIND, re.ASCII)
_OLD = re.compile(_AHEAD + _digits("[1-9]", *[r"\d"] * 14) + _BEHIND, re.ASCII)
_MOBILE = re.compile(_AHEAD + rf"(?:\+?86{_GAP})?" + _digits("1", "[3-9]", *[r"\d"] * 9) + _BEHIND, re.ASCII)
_CARD = re.compile(_AHEAD + _digits("[3-69]", *[r"\d"] * 15) + rf"(?:{_GAP}\d){{0,3}}" + _BEHIND, re.ASCII)
_DASHES = dict.fromkeys("‐‑‒–—―−﹣－", "-")


@dataclass(frozen=True)
class Find:
    """A number of a person: where it stands and how it may be written instead."""

    kind: str
    start: int
    end: int
    line: int
    masked: str


def _narrow(text: str) -> str:
    """Half width, each character by itself, so that every place stays where it was."""
    kept = []
    for character in text:
        folded = _DASHES.get(character) or unicodedata.normalize("NFKC", character)
        kept.append(folded if len(folded) == 1 else character)
    return "".join(kept)


def scan(text: str) -> list[Find]:
    """Every number that belongs to a person, or looks as if it did, in the order of the text."""
    plain = _narrow(text)
    found: list[Find] = []
    for kind, pattern in ((IDENTITY, _IDENTITY), (OLD_IDENTITY, _OLD), (PHONE, _MOBILE), (CARD, _CARD)):
        for match in _overlapping(pattern, plain):
            masked = _masked(kind, re.sub(r"[^0-9Xx]", "", match[0]).upper())
            inside = any(one.start < match.end() and match.start() < one.end for one in found)
            if masked and not inside:
                line = plain.count("\n", 0, match.start()) + 1
                found.append(Find(kind, match.start(), match.end(), line, masked))
    return sorted(found, key=lambda one: one.start)


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match, also one that begins inside of another: a year may stand before a number."""
    start = 0
    while (match := pattern.search(text, start)) is not None:
        yield match
        start = match.start() + 1


def _masked(kind: str, code: str) -> str:
    """The number with its middle hidden; empty where it is none of this kind."""
    if kind == IDENTITY:
        # A wrong check digit is a slip of the pen: the rest still tells who it is.
        real = check_resident_id(code).problem in (None, "check") and not is_credit_code(code)
        return mask_resident_id(code) if real else ""
    if kind == OLD_IDENTITY:
        checked = check_resident_id(code)
        return f"{code[:3]}{'*' * 9}{code[-3:]}" if checked.problem == "old_form" and checked.suggestion else ""
    if kind == PHONE:
        return mask_phone(code[-11:])
    return f"{'*' * (len(code) - 4)}{code[-4:]}" if _luhn(code) else ""


def _luhn(code: str) -> bool:
    """ISO/IEC 7812-1: the check digit of payment cards."""
    if not code.isdigit():
        return False
    total = 0
    for place, character in enumerate(reversed(code)):
        digit = int(character) * (2 if place % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def mask(text: str) -> str:
    """The text with every number of a person hidden in its middle."""
    for one in reversed(scan(text)):
        text = text[: one.start] + one.masked + text[one.end :]
    return text


def first_identity(finds: Iterable[Find]) -> Find | None:
    """The first identity number, which stands in the way of publishing."""
    return next((one for one in finds if one.kind == IDENTITY), None)
