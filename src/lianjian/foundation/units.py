"""Units of measure and counting words. Each dimension stands alone: nothing is added across dimensions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit. `factor` converts exactly into the base unit of its `dimension` (m2, m, kg, yuan, or
    itself).
    """

    code: str
    zh: str
    en: str
    en_plural: str
    dimension: str
    factor: Fraction
    aliases: tuple[str, ...] = ()

    @property
    def is_count(self) -> bool:
        """Whether only whole numbers make sense."""
        return self.dimension.startswith("count:")


def _measure(code: str, zh: str, en: str, dimension: str, factor: Fraction | int, *aliases: str) -> Unit:
    return Unit(code, zh, en, en, dimension, Fraction(factor), aliases)


def _count(code: str, zh: str, en: str, en_plural: str, *aliases: str) -> Unit:
    return Unit(code, zh, en, en_plural, f"count:{code}", Fraction(1), aliases)


UNITS: Final[tuple[Unit, ...]] = (
    _measure("m2", "平方米", "m²", "area", 1, "m2", "平米", "平方", "㎡", "平方公尺"),
    _measure("mu", "亩", "mu", "area", Fraction(2000, 3), "市亩"),
    _measure("ha", "公顷", "ha", "area", 10_000, "ha"),
    _measure("km2", "平方公里", "km²", "area", 1_000_000, "km2", "平方千米"),
    _measure("m", "米", "m", "length", 1, "m", "公尺"),
    _measure("km", "公里", "km", "length", 1000, "km", "千米"),
    _measure("kg", "公斤", "kg", "mass", 1, "kg", "千克"),
    _measure("jin", "斤", "jin", "mass", Fraction(1, 2), "市斤"),
    _measure("t", "吨", "t", "mass", 1000, "t"),
    _measure("yuan", "元", "yuan", "money", 1, "人民币", "块", "块钱", "圆", "元整"),
    _measure("wan_yuan", "万元", "10,000 yuan", "money", 10_000, "万元整", "万块"),
    _measure("yi_yuan", "亿元", "100 million yuan", "money", 100_000_000),
    _measure("percent", "%", "%", "ratio", 1, "％", "个百分点", "百分点"),
    _count("person", "人", "person", "people"),
    _count("person_time", "人次", "person-time", "person-times", "人·次"),
    _count("named_person", "名", "person (by name)", "people (by name)"),
    _count("household", "户", "household", "households"),
    _count("firm", "家", "firm or body", "firms or bodies"),
    _count("piece", "个", "unit", "units"),
    _count("case", "件", "case", "cases"),
    _count("time", "次", "time", "times"),
    _count("item", "项", "item", "items"),
    _count("session", "场", "session", "sessions", "场次"),
    _count("place", "处", "place", "places"),
    _count("team", "支", "team", "teams"),
    _count("line", "条", "entry", "entries"),
    _count("copy", "份", "copy", "copies"),
    _count("set", "套", "set", "sets"),
    _count("machine", "台", "machine", "machines"),
    _count("room", "间", "room", "rooms"),
    _count("building", "栋", "building", "buildings", "幢"),
    _count("pair", "对", "pair", "pairs"),
    _count("course", "期", "course", "courses"),
    _count("batch", "批", "batch", "batches"),
    _count("head", "头", "head", "head"),
    _count("plant", "株", "plant", "plants"),
    _count("point", "分", "point", "points"),
    _count("day", "天", "day", "days"),
    _count("hour", "小时", "hour", "hours"),
    _count("lesson", "学时", "class hour", "class hours", "课时"),
)

BY_CODE: Final = {unit.code: unit for unit in UNITS}
BY_NAME: Final = {name: unit for unit in UNITS for name in (unit.code, unit.zh, *unit.aliases)}
# Longest first, so that 人次 is never read as 人.
SPELLINGS: Final = tuple(
    sorted({name for unit in UNITS for name in (unit.zh, *unit.aliases)}, key=lambda name: (-len(name), name))
)
BASES: Final = {"area": "m2", "length": "m", "mass": "kg", "money": "yuan", "ratio": "percent"}


def base_of(unit: Unit) -> Unit:
    """The unit in which the dimension of `unit` is stored."""
    return BY_CODE[BASES[unit.dimension]] if unit.dimension in BASES else unit
