"""Which meetings count for which cadence, and how a branch stands in a calendar period.

How often, in which period and from which day on one is reminded are rows of the rulebook (R2.20 to R2.27). A period is
a calendar month, quarter, half-year or year, never a rolling window. Where no national number exists (党课) the place's
number applies and nothing is called late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lianjian.foundation.errors import Refused, _

DUE, LATE, SATISFIED, EXCUSED, OFF = "due", "late", "met", "excused", "off"
OPEN_STATES: Final = (DUE, LATE)
STATES: Final[Mapping[str, str]] = {
    DUE: _("本期未开展"),
    LATE: _("上期未开展"),
    SATISFIED: _("已补齐"),
    EXCUSED: _("已说明"),
    OFF: _("不再适用"),
}
TONES: Final[Mapping[str, str]] = {
    DUE: "due", LATE: "late", SATISFIED: "done", EXCUSED: "paused", OFF: "paused",
}  # fmt: skip
BRANCHES: Final = ("branch", "chain_branch", "joint")
GROUPS: Final = ("group",)
COMMITTEES: Final = ("committee", "work_committee")
POOL: Final = "member.pool"


@dataclass(frozen=True)
class Activity:
    """What counts for one rule: kinds of meetings, or any meeting with the topic; and whom it asks.

    `levels` are levels of party organizations. `committee`: only bodies that have a committee are asked.
    """

    kinds: Sequence[str]
    topic: str = ""
    levels: Sequence[str] = BRANCHES
    committee: bool = False


# By rule code of the rulebook.
ACTIVITIES: Final[Mapping[str, Activity]] = {
    "life.general_meeting": Activity(("支部党员大会",)),
    "life.committee": Activity(("支委会",), committee=True),
    "life.group": Activity(("党小组会",), levels=GROUPS),
    "life.lesson": Activity(("党课",)),
    "life.theme_day": Activity(("主题党日",)),
    "life.organisation_meeting": Activity(("组织生活会",)),
    "life.appraisal": Activity(("民主评议党员",), topic="民主评议党员"),
    "life.talks": Activity(("谈心谈话",)),
    # Settled by a review on record, not by a meeting; asked of committees that have somebody in training below them.
    POOL: Activity((POOL,), levels=COMMITTEES),
}


# Kinds that may take place only with enough of those entitled there, and the rule that says how many (VT2, VT3).
QUORUMS: Final[Mapping[str, str]] = {"支部党员大会": "vote.branch", "支委会": "vote.committee"}


GONE: Final = _("党组织已撤销或不再适用这项规定。")


# What each rule asks for; the words of the rulebook's titles, known without asking it.
NAMES: Final[Mapping[str, str]] = {
    "life.general_meeting": _("支部党员大会"),
    "life.committee": _("支部委员会会议"),
    "life.group": _("党小组会"),
    "life.lesson": _("党课"),
    "life.theme_day": _("主题党日"),
    "life.organisation_meeting": _("组织生活会"),
    "life.appraisal": _("民主评议党员"),
    "life.talks": _("谈心谈话"),
    POOL: _("入党积极分子队伍分析"),
}


# Leading cadres take part twice (教育管理条例 art. 16, R2.28): as members in their branch, and in their committee.
TWO_TRACK: Final = "life.two_track"
BRANCH_LIFE: Final = ("支部党员大会", "党小组会", "党课", "主题党日", "组织生活会", "民主评议党员")
COMMITTEE_LIFE: Final = ("民主生活会", "组织生活会")
LED: Final = ("committee", "work_committee", "chain_committee")


class AlreadySettled(Refused):
    """Nothing to explain any more."""

    sentence = _("这一项已经补齐或说明过。")
    status = 409


class NoQuorumAsked(Refused):
    """Only some meetings need a quorum, and only those that were held."""

    sentence = _("这次会议不用核对法定人数:只核对已召开的党支部党员大会和支委会。")
    status = 409


class ListSpeaks(Refused):
    """Where a list was written, the numbers follow from it."""

    sentence = _("已经有到会名单,应到和实到人数按名单计算;有出入的请修改名单。")
    field = "present"
    status = 409


class ReasonMissing(Refused):
    """A branch that could not hold it says why."""

    sentence = _("请写明未开展的原因,例如防汛抢险、集中外出务工。")
    field = "reason"
