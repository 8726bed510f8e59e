"""Industry codes of GB/T 4754-2017: a letter for the section, two to four digits below it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lianjian.foundation.codes.checked import Checked
from lianjian.foundation.codes.cleaning import as_text
from lianjian.foundation.data.industries import DIVISIONS, SECTION_OF, SECTIONS
from lianjian.foundation.text import fold, without_blanks

WIDTHS: Final = {"division": 2, "group": 3, "class": 4}
_KINDS: Final = {2: "division", 3: "group", 4: "class"}
_SHAPE: Final = re.compile(
    r"(?P<section>[A-Ta-t])?[-.]?(?P<digits>\d{1,4})?(?:[-.:])?(?P<name>[^\d].*)?", re.ASCII
)
_SECTION_BY_NAME: Final = {name: letter for letter, (name, _first, _last) in SECTIONS.items()}
_DIVISION_BY_NAME: Final = {name: code for code, name in DIVISIONS.items()}


def industry_section(code: str) -> str | None:
    """Letter of the section to which a code (with its leading zeros) belongs."""
    return code[:1] if code[:1] in SECTIONS else SECTION_OF.get(code[:2])


def pad_industry_code(code: str, level: str) -> str:
    """Put back the leading zeros a table of numbers lost; `level` is division, group or class."""
    return code.zfill(WIDTHS[level])


def normalise_industry(value: object, names: Mapping[str, str] | None = None) -> str:
    """The clean code (C, 21, 211, 2110), or what was written when it is none."""
    return check_industry(value, names).value


def check_industry(value: object, names: Mapping[str, str] | None = None) -> Checked:
    """Read C2110, 2110, 2190 其他家具制造, 家具制造业 or a number that lost its zero; `kind` is the level.

    `names` maps the codes of the full table to their names; without it only sections and divisions are
    known by
    name. 111 may be group 111 or class 0111: section letter or name decide, otherwise the problem is
    `ambiguous`
    for a number cell (with 0111 suggested) and group 111 is taken for text.
    """
    text, was_number = as_text(value)
    text = without_blanks(fold(text[:80]))
    if not text:
        return Checked("", "missing")
    if text.upper() in SECTIONS:
        return Checked(text.upper(), None, None, (), "section")
    match = _SHAPE.fullmatch(text)
    if match is None or not match["digits"]:
        return _by_name(text, names)
    return _by_digits(match, was_number, names)


def _by_digits(match: re.Match[str], was_number: bool, names: Mapping[str, str] | None) -> Checked:
    digits, section = match["digits"], (match["section"] or "").upper()
    name = _bare(match["name"] or "")
    candidates = [code for code in dict.fromkeys((digits, "0" + digits)) if 2 <= len(code) <= 4]
    known = [code for code in candidates if code[:2] in SECTION_OF and (names is None or code in names)]
    fitting = [code for code in known if not section or SECTION_OF[code[:2]] == section]
    if not fitting:
        return Checked(section + digits, "unknown" if not known else "ambiguous", known[0] if known else None)
    if name:
        table = {**DIVISIONS, **(names or {})}
        same = [code for code in fitting if _bare(table.get(code, "")) == name]
        fitting = same or fitting
    code = fitting[0]
    repaired = ("leading_zero",) if code != digits else ()
    if len(fitting) > 1 and was_number and not section and len(digits) == 3:
        return Checked(code, "ambiguous", fitting[1], repaired, _KINDS[len(code)])
    return Checked(code, None, None, repaired, _KINDS[len(code)])


def _by_name(text: str, names: Mapping[str, str] | None) -> Checked:
    wanted = _bare(text.lstrip("ABCDEFGHIJKLMNOPQRST") or text)
    found = [code for code, name in (names or {}).items() if _bare(name) == wanted]
    if not found:
        tables = (_SECTION_BY_NAME, _DIVISION_BY_NAME)
        found = [code for table in tables for name, code in table.items() if _bare(name) == wanted]
    if not found:
        return Checked(text, "unknown")
    # 家具制造业 names a division; where group and class share a name, the wider one is what the words say.
    code = min(found, key=len)
    return Checked(code, None, None, (), "section" if code in SECTIONS else _KINDS[len(code)])


def _bare(name: str) -> str:
    """A name for comparison: without punctuation and the final 业."""
    bare = re.sub(r"[\W_]", "", without_blanks(fold(name)))
    return bare[:-1] if bare.endswith("业") and len(bare) > 2 else bare
