"""Area codes: six digits of GB/T 2260, and the twelve digits of the statistical division codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lianjian.foundation.codes.checked import Checked
from lianjian.foundation.codes.cleaning import cleaned
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.text import shown

LEVELS: Final = ("province", "city", "county", "township", "village")
_LENGTHS: Final = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}
_ENDS: Final = (2, 4, 6, 9, 12)
_SHAPE: Final = re.compile(r"[1-9]\d+", re.ASCII)


class NotAnAreaCode(Refused):
    """Not a code of 2, 4, 6, 9 or 12 digits, or one with a gap in it."""

    sentence = _("“%(value)s”不是正确的区划代码。")


@dataclass(frozen=True, slots=True)
class AreaCode:
    """A code padded to twelve digits, its level (province ... village) and its kind.

    `kind`: street, town, township, enterprise_type for townships; residents, villagers for villages; else
    empty.
    """

    code: str
    level: str
    kind: str = ""

    @property
    def short(self) -> str:
        """Without the zeros below its level: 36, 3607, 360703, 360703104, 360703104201."""
        return self.code[: _ENDS[LEVELS.index(self.level)]]

    @property
    def parents(self) -> tuple[AreaCode, ...]:
        """From the province down to the one directly above; a level whose digits are 0 is left out.

        Dongguan (4419) has townships directly below the city.
        """
        found: list[AreaCode] = []
        for end in _ENDS[: LEVELS.index(self.level)]:
            parent = self.code[:end].ljust(12, "0")
            if not found or parent != found[-1].code:
                level = _level(parent)
                found.append(AreaCode(parent, level, _kind(parent, level)))
        return tuple(found)

    def contains(self, other: AreaCode) -> bool:
        """Whether `other` is this area or lies within it."""
        return other.code.startswith(self.short)


def parse_area_code(value: object) -> AreaCode:
    """Read 36, 3607, 360703, 360703104 or 360703104201, padded or not. Raises NotAnAreaCode."""
    code, _repaired = cleaned(value)
    if len(code) not in _LENGTHS or _SHAPE.fullmatch(code) is None:
        raise NotAnAreaCode(value=shown(value))
    padded = code.ljust(12, "0")
    level = _level(padded)
    village_alone = padded[9:] != "000" and padded[6:9] == "000"
    township_alone = padded[6:9] != "000" and padded[2:6] == "0000"
    if village_alone or township_alone:
        raise NotAnAreaCode(value=shown(value))
    return AreaCode(padded, level, _kind(padded, level))


def _level(padded: str) -> str:
    start = 0
    deepest = 0
    for index, end in enumerate(_ENDS):
        if int(padded[start:end]):
            deepest = index
        start = end
    return LEVELS[deepest]


def _kind(padded: str, level: str) -> str:
    if level == "township":
        number = int(padded[6:9])
        for last, kind in ((99, "street"), (199, "town"), (399, "township"), (599, "enterprise_type")):
            if number <= last:
                return kind
    if level == "village":
        number = int(padded[9:12])
        if number <= 199:
            return "residents"
        if number <= 399:
            return "villagers"
    return ""


def normalise_area_code(value: object) -> str:
    """Twelve digits. Raises NotAnAreaCode."""
    return parse_area_code(value).code


def check_area_code(value: object) -> Checked:
    """Like the other checks: the padded code with its level as `kind`, or the problem."""
    code, repaired = cleaned(value)
    if not code:
        return Checked("", "missing")
    try:
        area = parse_area_code(code)
    except NotAnAreaCode:
        return Checked(code, "area" if len(code) in _LENGTHS else "length", None, repaired)
    return Checked(area.code, None, None, repaired, area.level)
