"""Deadline profiles shipped with the product: named sets of limits that a place may choose for its cases.

A profile has a number only where its source has one; every other step keeps the default of `national.py`. A changed
source is a new version with its own first day, never an edited row: cases keep the version they began under. Only
rules that a place may set (CONF) stand here, so no profile loosens a national number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lianjian.foundation.errors import _

NORMAL = "normal"


@dataclass(frozen=True)
class Profile:
    """One version of a profile. `limits`: rule code -> urgency (normal, soon, urgent) -> (amount, unit).

    An urgency without a number of its own takes that of `normal`.
    """

    code: str
    version: int
    name: str
    source: str
    confidence: str
    valid_from: date
    about: str
    limits: Mapping[str, Mapping[str, tuple[int, str]]] = field(default_factory=dict)
    valid_to: date | None = None

    @property
    def mark(self) -> str:
        """How a case remembers it: code and version."""
        return f"{self.code}#{self.version}"

    def limit(self, code: str, urgency: str) -> tuple[int, str] | None:
        """The number for a rule, or nothing."""
        by_urgency = self.limits.get(code, {})
        return by_urgency.get(urgency) or by_urgency.get(NORMAL)


PROFILES: tuple[Profile, ...] = (
    Profile(
        "beijing",
        1,
        _("北京市地方标准(2023)"),
        _("北京市接诉即办地方标准(2023 年 1 月 1 日起施行)"),
        "V2",
        date(2023, 1, 1),
        _("派单 1、2、24 小时三档,昼夜连续计算;疑难诉求 15 日。"),
        {
            "case.dispatch": {"urgent": (1, "h"), "soon": (2, "h"), "normal": (24, "h")},
            "case.hard": {"normal": (15, "d")},
        },
    ),
    Profile(
        "thirteen",
        1,
        _("十三日办结制"),
        _("市级热线办理规定(当日派单,三、十三个工作日反馈)"),
        "V2",
        date(2020, 1, 1),
        _("当日派单;紧急的当日、咨询求助 3 个、投诉建议 13 个工作日,自次日起算。"),
        {
            "case.dispatch": {"normal": (0, "d")},
            "case.urgent": {"normal": (0, "d")},
            "case.consult": {"normal": (3, "wd")},
            "case.complaint": {"normal": (13, "wd")},
        },
    ),
    Profile(
        "county",
        1,
        _("县级常见分级时限"),
        _("县级常见分级时限,由各地规定"),
        "CONF",
        date(2020, 1, 1),
        _("派单 1 小时;紧急、咨询、简易、一般、疑难分别 1、3、5、7、15 个工作日。"),
        {
            "case.dispatch": {"normal": (1, "h")},
            "case.urgent": {"normal": (1, "wd")},
            "case.consult": {"normal": (3, "wd")},
            "case.simple": {"normal": (5, "wd")},
            "case.need": {"normal": (7, "wd")},
            "case.hard": {"normal": (15, "wd")},
        },
    ),
)
BY_MARK = {profile.mark: profile for profile in PROFILES}


def version_on(code: str, day: date) -> Profile | None:
    """The version of a profile in force on `day`."""
    found = [
        one
        for one in PROFILES
        if one.code == code and one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
    ]
    return max(found, key=lambda one: one.version) if found else None


def limit_of(mark: str, code: str, urgency: str) -> tuple[int, str, str] | None:
    """(amount, unit, source) of a remembered profile for a rule, or nothing."""
    profile = BY_MARK.get(mark)
    number = profile.limit(code, urgency) if profile is not None else None
    return (*number, profile.source) if profile is not None and number else None
