"""Dates and periods as offices write them, read strictly: what was assumed is said, what is unclear is
refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal

from lianjian.foundation.errors import Refused, _
from lianjian.foundation.numerals import DIGITS, chinese_integer
from lianjian.foundation.text import fold, shown, squeeze, without_blanks

Precision = Literal["day", "month", "year"]
Unit = Literal["wd", "d", "m", "h", "month_end", "year_end"]

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
# Day 0 of the 1900 date system as spreadsheets count it after their 29 February 1900.
SERIAL_ZERO: Final = date(1899, 12, 30)
# 1920-01-01 to 2100-12-31; smaller whole numbers are years, days or running numbers rather than dates.
FIRST_SERIAL: Final = (date(1920, 1, 1) - SERIAL_ZERO).days
LAST_SERIAL: Final = (date(2100, 12, 31) - SERIAL_ZERO).days


class NotADate(Refused):
    """The value cannot be read as a date."""

    sentence = _("“%(value)s”不是可以识别的日期。")


class NoSuchDay(NotADate):
    """The value reads as a date, but the calendar has no such day."""

    sentence = _("日期“%(value)s”不存在。")


class YearOutOfRange(NotADate):
    """The year lies outside 1900-2100."""

    sentence = _("日期“%(value)s”的年份不在1900年至2100年之间。")


class YearUnknown(NotADate):
    """A month and a day without a year, and no year to assume."""

    sentence = _("日期“%(value)s”没有年份，请补上年份。")


class AmbiguousDate(NotADate):
    """The value can be read as more than one date."""

    sentence = _("日期“%(value)s”有多种读法，请写成“2024-03-05”的样子。")


class NotAPeriod(Refused):
    """The value cannot be read as a period."""

    sentence = _("“%(value)s”不是可以识别的期限。")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date with what is known of it. `value` is the first day when only month or year is known.

    `assumed` holds any of: year (taken from the context), century (two-digit year), excel_serial,
    time_dropped,
    part_of_month (上旬, 底 and the like dropped).
    """

    value: date
    precision: Precision
    assumed: tuple[str, ...] = ()
    text: str = ""

    @property
    def last(self) -> date:
        """Last day that the text can mean."""
        if self.precision == "day":
            return self.value
        if self.precision == "year":
            return date(self.value.year, 12, 31)
        following = date(self.value.year + self.value.month // 12, self.value.month % 12 + 1, 1)
        return following - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time: n working days (wd), days (d), months (m) or hours (h); or up to the month's or
    year's end.
    """

    n: int
    unit: Unit


# Between digits a time needs its blank: 2024/1/2 10:05 closed up would read as the 21st.
_TIME = r"(?P<time>(?: |(?<!\d))\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_TIME_BEGINS: Final = re.compile(r" (?=\d{1,2}:\d{2})", re.ASCII)
_WEEKDAY = r"(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?"
_YMD: Final = re.compile(
    r"'?(?P<y>\d{4}|\d{2})(?:年|[./、-])(?P<m>\d{1,2})(?:月|[./、-])(?P<d>\d{1,2})[日号]?" + _WEEKDAY + _TIME,
    re.ASCII,
)
_COMPACT: Final = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})" + _TIME, re.ASCII)
_MD: Final = re.compile(
    r"(?P<m>\d{1,2})(?:月(?P<d>\d{1,2})[日号]?|[./-](?P<d2>\d{1,2}))" + _WEEKDAY, re.ASCII
)
_YM: Final = re.compile(
    r"(?P<y>\d{4}|\d{2}(?=年))(?:年|[./-])(?P<m>\d{1,2})月?(?:份)?(?P<part>[上中下]旬|[初底末])?", re.ASCII
)
_Y: Final = re.compile(r"(?P<y>\d{4})年?(?:度)?", re.ASCII)
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_DMY: Final = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}", re.ASCII)
_CHINESE_YEAR: Final = re.compile(r"^[〇○零一二三四五六七八九]{4}(?=年)|^[〇○零一二三四五六七八九]{2}(?=年)")
_CHINESE_PART: Final = re.compile(r"[一二三四五六七八九十]{1,3}(?=[月日号])")


def parse_date(value: object, *, default_year: int | None = None) -> ReadDate:
    """Read one date. Raises NotADate (or a kind of it) naming the value.

    `default_year` is used for 3月5日 and 3.5 and is then listed in `assumed`. Day-first and month-first
    forms with the
    year at the end are refused as ambiguous. Datetimes and serials with a time lose it, and say so.
    """
    if isinstance(value, datetime):
        assumed = () if value.time() == datetime.min.time() else ("time_dropped",)
        return _checked(value.year, value.month, value.day, value, assumed)
    if isinstance(value, date):
        return _checked(value.year, value.month, value.day, value, ())
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise NotADate(value=shown(value))
    if isinstance(value, (int, float)):
        return _from_number(value)
    return _from_text(value, default_year)


@lru_cache(maxsize=4096)
def _from_text(raw: str, default_year: int | None) -> ReadDate:
    if len(raw) > 60:
        raise NotADate(value=shown(raw))
    day, blank, time = _TIME_BEGINS.sub("\n", squeeze(fold(raw).replace("T", " ")), count=1).partition("\n")
    text = (without_blanks(day) + (f" {without_blanks(time)}" if blank else "")).rstrip(".。,;")
    text = _arabic_parts(text)
    if match := _YMD.fullmatch(text) or _COMPACT.fullmatch(text):
        return _whole(match, raw)
    if match := _YM.fullmatch(text):
        year, assumed = _full_year(match["y"])
        if match["part"]:
            assumed += ("part_of_month",)
        return _checked(year, int(match["m"]), 1, raw, assumed, "month")
    if match := _Y.fullmatch(text):
        return _checked(int(match["y"]), 1, 1, raw, (), "year")
    if _DMY.fullmatch(text):
        raise AmbiguousDate(value=shown(raw))
    if match := _MD.fullmatch(text):
        month, day = int(match["m"]), int(match["d"] or match["d2"])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            raise NoSuchDay(value=shown(raw))
        if default_year is None:
            raise YearUnknown(value=shown(raw))
        return _checked(default_year, month, day, raw, ("year",))
    if _SERIAL.fullmatch(text):
        return _from_number(float(text), raw)
    raise NotADate(value=shown(raw))


def _whole(match: re.Match[str], raw: str) -> ReadDate:
    year, assumed = _full_year(match["y"])
    time = match["time"]
    if time and time.strip(" T:0.Z+-"):
        assumed += ("time_dropped",)
    return _checked(year, int(match["m"]), int(match["d"]), raw, assumed)


def _full_year(digits: str) -> tuple[int, tuple[str, ...]]:
    year = int(digits)
    if len(digits) == 4:
        return year, ()
    return (2000 + year if year < 70 else 1900 + year), ("century",)


def _arabic_parts(text: str) -> str:
    """二〇二四年三月五日 and 2024年元月5日 with Arabic digits."""
    if "月" not in text and "年" not in text:
        return text
    text = _CHINESE_YEAR.sub(
        lambda m: "".join(str(DIGITS[c]) for c in m.group()), text.replace("元月", "1月")
    )
    return _CHINESE_PART.sub(lambda m: str(chinese_integer(m.group()) or 0), text)


def _from_number(value: float, raw: object = None) -> ReadDate:
    original = value if raw is None else raw
    if value != value or not 0 < value < 10**9:
        raise NotADate(value=shown(original))
    whole = int(value)
    if FIRST_YEAR <= whole <= LAST_YEAR:
        if value != whole:
            # 2024.1 as a number may have been 2024.10: the cell lost the zero.
            raise AmbiguousDate(value=shown(original))
        return _checked(whole, 1, 1, original, (), "year")
    if FIRST_SERIAL <= whole <= LAST_SERIAL:
        day = SERIAL_ZERO + timedelta(days=whole)
        assumed = ("excel_serial",) if value == whole else ("excel_serial", "time_dropped")
        return _checked(day.year, day.month, day.day, original, assumed)
    if value == whole and 10_000_000 <= whole <= 99_999_999:
        return _checked(whole // 10_000, whole // 100 % 100, whole % 100, original, ())
    raise NotADate(value=shown(original))


def _checked(
    year: int, month: int, day: int, raw: object, assumed: tuple[str, ...], precision: Precision = "day"
) -> ReadDate:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearOutOfRange(value=shown(raw))
    try:
        value = date(year, month, day)
    except ValueError as error:
        raise NoSuchDay(value=shown(raw)) from error
    return ReadDate(value, precision, assumed, raw if isinstance(raw, str) else str(raw))


_YEAR_IN_TEXT: Final = re.compile(
    r"(?<![\d.])((?:19|20)\d{2}|2100)(?=年|[./-]\d{1,2}(?!\d)|[^\d元万户家个人亩.]|$)", re.ASCII
)


def year_hint(*texts: str) -> int | None:
    """The year that titles such as 2024年1-10月 speak of: the only one named in the first text that names
    any.

    Two different years in one text, or none at all, give None.
    """
    for raw in texts:
        text = _arabic_parts(without_blanks(fold(raw[:400])))
        years = {int(found) for found in _YEAR_IN_TEXT.findall(text)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


_UNITS: Final[dict[str, tuple[Unit, int]]] = {
    "个工作日": ("wd", 1),
    "工作日": ("wd", 1),
    "工作天": ("wd", 1),
    "个工作天": ("wd", 1),
    "日": ("d", 1),
    "天": ("d", 1),
    "个自然日": ("d", 1),
    "自然日": ("d", 1),
    "周": ("d", 7),
    "个星期": ("d", 7),
    "星期": ("d", 7),
    "个月": ("m", 1),
    "个季度": ("m", 3),
    "季度": ("m", 3),
    "年": ("m", 12),
    "周年": ("m", 12),
    "小时": ("h", 1),
    "个小时": ("h", 1),
    "个钟头": ("h", 1),
}
_PERIOD: Final = re.compile(
    r"(?:自?[^\d]{0,20}之日起)?(?P<n>\d{1,5}|[一二两三四五六七八九十百]{1,6}|半)(?P<unit>"
    + "|".join(sorted(_UNITS, key=len, reverse=True))
    + r")(?:之内|以内|内|前|办结)?",
    re.ASCII,
)
_YEAR_END: Final = re.compile(r"(?:今年|本年|当年|本)?(?:年底|年末|年终|岁末)(?:之前|以前|前)?")
_MONTH_END: Final = re.compile(r"(?:本月|当月|本)?(?:月底|月末)(?:之前|以前|前)?")
_HALVES: Final[dict[str, Period]] = {
    "个月": Period(15, "d"),
    "年": Period(6, "m"),
    "天": Period(12, "h"),
    "日": Period(12, "h"),
}


def parse_period(value: object) -> Period:
    """Read 7个工作日, 15日内, 3天, 一个月, 半年, 24小时, 月底前, 年底前. 日 and 天 are calendar days.
    Raises NotAPeriod.
    """
    if not isinstance(value, str) or len(value) > 60:
        raise NotAPeriod(value=shown(value))
    text = without_blanks(fold(value)).rstrip(".。,;")
    if _YEAR_END.fullmatch(text):
        return Period(0, "year_end")
    if _MONTH_END.fullmatch(text):
        return Period(0, "month_end")
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise NotAPeriod(value=shown(value))
    unit, times = _UNITS[match["unit"]]
    if match["n"] == "半":
        if match["unit"] not in _HALVES:
            raise NotAPeriod(value=shown(value))
        return _HALVES[match["unit"]]
    n = int(match["n"]) if match["n"].isdigit() else chinese_integer(match["n"])
    if n is None:
        raise NotAPeriod(value=shown(value))
    return Period(n * times, unit)


def parse_due(value: object, *, default_year: int | None = None) -> ReadDate | Period:
    """Read a due column, which mixes days (2024年3月5日前) and periods (7个工作日). Raises NotADate."""
    if isinstance(value, str):
        try:
            return parse_period(value)
        except NotAPeriod:
            text = re.sub(r"(?:之前|以前|前|之内|内)$", "", value.strip())
            return parse_date(text, default_year=default_year)
    return parse_date(value, default_year=default_year)
