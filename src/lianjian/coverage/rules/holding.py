"""Who covers whom from which day, and what a station's load and a firm's gaps are. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from lianjian.foundation.errors import Refused, _

# About 30 above-scale enterprises a station (checklist 000-05); a third more or less is still even.
NORM = 30
TOLERANCE = 10
# What stations and instructors look after: firms, and the other new organizations (两新组织) and cooperatives.
COVERABLE = ("enterprise", "social", "cooperative")
TARGET_STAFF = 100  # checklist 000-19
BRANCH_MEMBERS = 3  # 支部工作条例 art. 4: three full members and more found a branch


class NotAStation(Refused):
    """Only a guidance station covers enterprises."""

    sentence = _("“%(name)s”不是党建指导站。")
    field = "station"


class NotAnEnterprise(Refused):
    """Only enterprises are covered."""

    sentence = _("“%(name)s”不是企业、社会组织或合作社,不纳入指导站覆盖。")


class ForeignStation(Refused):
    """A station covers enterprises of its own place."""

    sentence = _("“%(name)s”是其他地区的指导站。")
    field = "station"


class StandsNoLonger(Refused):
    """What was merged or dissolved is neither covered nor covers."""

    sentence = _("“%(name)s”已并入其他组织或已撤销。")
    status = 409


class AlreadyCovered(Refused):
    """Nothing would change."""

    sentence = _("%(day)s起已是这样安排的,不用再办。")
    status = 409


class NotCovered(Refused):
    """There is nothing to end on that day."""

    sentence = _("这家企业在%(day)s没有指导站覆盖。")
    status = 409


class NobodyNamed(Refused):
    """A person has a name."""

    sentence = _("请写姓名。")
    field = "person"


class BeginsTooEarly(Refused):
    """Another arrangement begins on that day or later."""

    sentence = _("从%(since)s起已有另外的安排,开始日期不能早于这一天。")
    field = "since"


class SetMeanwhile(Refused):
    """Somebody else set the same a moment ago."""

    sentence = _("刚才有人改了同一项安排。请刷新页面,看过再办。")
    status = 409


class EndsBefore(Refused):
    """It ends earlier already."""

    sentence = _("已定在%(until)s结束,不用再往后办;要继续,请从那一天起重新安排。")
    status = 409
    field = "until"


class Overlaps(Refused):
    """One holds once at a time."""

    sentence = _("这段时间与这个人在这家企业的另一段安排重叠,请核对日期。")
    status = 409
    field = "until"


class SeveralPeople(Refused):
    """The name alone does not say who is meant."""

    sentence = _("本地有%(count)s位“%(name)s”,请从列出的人员中选择。")
    field = "person"


class NothingChosen(Refused):
    """A bulk assignment names whom to assign and to whom."""

    sentence = _("请选择企业,并至少选择指导站或指导员之一。")


class EndsTooEarly(Refused):
    """The first day without comes after the first day with."""

    sentence = _("结束日期必须晚于开始日期(%(since)s)。")
    field = "until"


@dataclass(frozen=True)
class Held:
    """One dated assignment: `holder` is the station or person; holds from `since` to the day before `until`."""

    id: int
    holder: int
    since: date
    until: date | None = None

    def on(self, day: date) -> bool:
        """True if it holds on that day."""
        return self.since <= day and (self.until is None or self.until > day)


@dataclass(frozen=True)
class Plan:
    """What must be written so that exactly the wanted hold from `day` on."""

    end: Sequence[int] = ()
    hand_over: Sequence[tuple[int, int]] = ()
    begin: Sequence[tuple[int, date | None]] = ()
    cut: Sequence[int] = field(default=())

    @property
    def nothing(self) -> bool:
        """True when it is so already."""
        return not (self.end or self.hand_over or self.begin or self.cut)


def plan(rows: Sequence[Held], wanted: Sequence[int], day: date, *, exclusive: bool) -> Plan:
    """How to let exactly `wanted` hold from `day`. Days before stay as they were; what begins later stays.

    `end`: ids that end on `day`; `hand_over`: (id, new holder) for those that began on that very day; `begin`:
    (holder, until); `cut`: began that day with nobody to hand over to, so they hold for that one day.
    `exclusive`: only one may hold at a time, so a new one ends where a later one begins. Otherwise who takes over holds
    as long as the one before would have where somebody goes on from that day (a return from leave), so that the two do
    not hold together from then on.
    """
    now = [row for row in rows if row.on(day)]
    later = [row for row in rows if row.since > day]
    missing = [holder for holder in dict.fromkeys(wanted) if holder not in {row.holder for row in now}]
    end: list[int] = []
    hand_over: list[tuple[int, int]] = []
    cut: list[int] = []
    passed_on: list[date] = []
    for row in now:
        if row.holder in wanted:
            continue
        if row.since < day:
            end.append(row.id)
            if row.until is not None and row.until in {one.since for one in later}:
                passed_on.append(row.until)
        elif missing:
            hand_over.append((row.id, missing.pop(0)))
        else:
            cut.append(row.id)
    begin = []
    for holder in missing:
        nexts = [row.since for row in later if exclusive or row.holder == holder]
        begin.append((holder, min([*nexts, *passed_on], default=None)))
    return Plan(tuple(end), tuple(hand_over), tuple(begin), tuple(cut))


def quarter_start(day: date) -> date:
    """First day of the calendar quarter of `day`."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def next_day(day: date) -> date:
    """The day after."""
    return day + timedelta(days=1)


def balance(above_scale: int) -> str:
    """`over`, `under` or `even` against the norm of above-scale enterprises for one station."""
    if above_scale > NORM + TOLERANCE:
        return "over"
    return "under" if above_scale < NORM - TOLERANCE else "even"


BALANCE_WORDS = {"over": _("偏重"), "under": _("偏轻"), "even": _("均衡")}
BALANCE_TONES = {"over": "late", "under": "due", "even": "done"}
GAPS: dict[str, tuple[str, str]] = {
    "no_station": (_("没有指导站"), _("还没有纳入任何指导站覆盖的企业。")),
    "no_instructor": (_("没有指导员"), _("还没有党建指导员(红管家)联系的企业。")),
    "target": (_("重点攻坚企业"), _("职工100人以上、没有党员的规上企业。")),
    "unformed": (_("应建未建"), _("有3名以上正式党员、还没有任何党组织覆盖的企业(支部工作条例第4条)。")),
    "unvisited": (_("本季未走访"), _("本季度还没有走访过的企业。")),
}
