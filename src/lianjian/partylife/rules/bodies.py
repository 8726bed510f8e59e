"""Forms of party organizations, and what a superior may approve about them.

Numbers stand in the rulebook (`branch.*`, `company.*`); here are only the words and which rule asks whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lianjian.foundation.errors import Refused, _

TEMPORARY: Final = "temporary"
BRANCHES: Final = ("branch", "chain_branch", "joint")
# The party line from the committee down to the members' household (五级线).
LINE: Final = ("committee", "general_branch", "branch", "group", "home")
RANK: Final[Mapping[str, str]] = {
    "committee": "committee", "work_committee": "committee", "chain_committee": "committee",
    "general_branch": "general_branch", "branch": "branch", "chain_branch": "branch", "joint": "branch",
    "group": "group", "home": "home",
}  # fmt: skip
RANKS: Final[Mapping[str, str]] = {
    "committee": _("党委"),
    "general_branch": _("党总支"),
    "branch": _("党支部"),
    "group": _("党小组"),
    "home": _("党员中心户"),
}

# At what kind of unit a party organization stands (checklist 003-46).
SEATS: Final[Mapping[str, str]] = {
    "park": _("园区服务中心"),
    "chamber": _("商会(行业协会)"),
    "firm": _("企业"),
    "village": _("村(社区)"),
    "organ": _("机关事业单位"),
    "social": _("社会组织"),
    "other": _("其他"),
}

FEW, MANY, LEVEL, JOINT, POSTPONE, EARLY = "few", "many", "level", "joint", "postpone", "early"
HEAD, HOST, FOUNDING, REPORTED = "head", "host", "founding", "reported"
MATTERS: Final[Mapping[str, str]] = {
    FEW: _("正式党员不足规定人数,经批准设立"),
    MANY: _("党支部人数超过一般规模,经批准"),
    LEVEL: _("党总支、党委的人数不在规定范围,经批准"),
    JOINT: _("联合党支部覆盖单位超过一般数量,经批准"),
    HEAD: _("尚无合适的书记人选,经批准单独组建"),
    HOST: _("挂靠在其他党组织,经批准"),
    FOUNDING: _("批复成立党组织"),
    REPORTED: _("调整或撤销后报上级"),
    POSTPONE: _("延期换届"),
    EARLY: _("提前换届"),
}
EXCEPTIONS: Final = (FEW, MANY, LEVEL, JOINT)  # of the number; they take a body out of the warnings
LASTING: Final = (*EXCEPTIONS, HEAD, HOST)  # what was approved until it is said to hold no longer

# What the number of a body says about its form; "unknown" is never a warning.
FINE, UNKNOWN, APPROVED = "fine", "unknown", "approved"
VERDICTS: Final[Mapping[str, str]] = {
    FEW: _("正式党员偏少"),
    MANY: _("党员偏多"),
    LEVEL: _("层级与人数不符"),
    JOINT: _("覆盖单位偏多"),
    APPROVED: _("已批准的例外"),
    UNKNOWN: _("人数未知"),
}
VERDICT_TONES: Final[Mapping[str, str]] = {
    FEW: "due", MANY: "due", LEVEL: "due", JOINT: "due", APPROVED: "info", UNKNOWN: "neutral",
}  # fmt: skip

# A unit that no party organization reaches (R2.01, R9.01 to R9.05).
OWN, TOGETHER, NONE, GUIDED = "own", "joint", "none", "guided"
LACKS: Final[Mapping[str, str]] = {
    OWN: _("应单独组建"),
    TOGETHER: _("可联合组建"),
    NONE: _("没有党员,也没有指导员"),
    GUIDED: _("没有党员,已派指导员"),
    UNKNOWN: _("党员数未知"),
}
LACK_TONES: Final[Mapping[str, str]] = {
    OWN: "late", TOGETHER: "due", NONE: "due", GUIDED: "info", UNKNOWN: "neutral",
}  # fmt: skip
# A project's task force that should have a branch (R2.04).
COVERED, TOO_FEW, LACKING, EARLY = "covered", "few", "lacking", "early"
PROJECTS: Final[Mapping[str, str]] = {
    COVERED: _("已有党支部"),
    TOO_FEW: _("正式党员不足"),
    LACKING: _("应成立党支部"),
    EARLY: _("未满规定时间"),
}
PROJECT_TONES: Final[Mapping[str, str]] = {COVERED: "done", TOO_FEW: "neutral", LACKING: "late", EARLY: "neutral"}
PROJECT_DUTY: Final = "partylife.project_branch"
REPORT_DUTY: Final = "partylife.report_change"
DUTIES: Final[Mapping[str, tuple[str, str]]] = {
    PROJECT_DUTY: (_("项目专班应成立党支部"), "partylife.write"),
    REPORT_DUTY: (_("党支部调整或撤销后报上级"), "partylife.write"),
}
# Where an attached body hangs (R9.04), by the kind of unit; a body on a chain hangs on the chain.
HOSTS: Final[Mapping[str, str]] = {"village": "village", "park": "park", "chamber": "chamber"}
CHAIN: Final = "chain"
GROUNDS: Final[Mapping[str, str]] = {"near": _("地域相邻"), "trade": _("行业相近")}


def adjusted(level: str, before: str, after: str) -> bool:
    """Whether a branch that stood alone joins or hangs on others: an adjustment that is reported (R2.06)."""
    return RANK[level] == "branch" and before == "own" and after in ("joint", "attached")


class SameForm(Refused):
    """Nothing changes."""

    sentence = _("与现在的形式相同,不用再登记。")
    status = 409


class FormRecorded(Refused):
    """A later form is on record."""

    sentence = _("从%(day)s起已登记另一种形式,生效日期要晚于这一天。")
    field = "since"
    status = 409


class PaperMissing(Refused):
    """What a superior decides has a paper."""

    sentence = _("请填写上级批复的文号。")
    field = "paper"


class NotAGroup(Refused):
    """A member sits in a group of the own branch."""

    sentence = _("“%(name)s”不是本支部的党小组或党员中心户。")
    field = "group"


class NotOfBranch(Refused):
    """Only who belongs to the branch sits in its groups."""

    sentence = _("请从本支部的党员中选择。")
    field = "members"


class Reached(Refused):
    """A unit that has a party organization already."""

    sentence = _("“%(name)s”已有党组织覆盖,不用再编入。")
    field = "branch"
    status = 409


class NotJoint(Refused):
    """Several units stand under a joint or an attached branch."""

    sentence = _("“%(name)s”不是联合组建或挂靠的党组织,请先登记它的组建方式。")
    field = "branch"


class BeforeApproval(Refused):
    """An approval ends after its day."""

    sentence = _("截止日期应晚于批准日期。")
    field = "until"


class FoundingRecorded(Refused):
    """A body is founded once."""

    sentence = _("成立批复已经登记,不用再登记。")
    status = 409


class BeforeRequest(Refused):
    """The reply follows the request."""

    sentence = _("批复日期不能早于申请日期(%(day)s)。")
    field = "approved_on"


class NothingToReport(Refused):
    """Only what was dissolved or adjusted is reported."""

    sentence = _("“%(name)s”没有待上报的调整或撤销,不用登记。")
    status = 409


class BeforeChange(Refused):
    """What is reported happened before."""

    sentence = _("上报日期不能早于调整或撤销的日期(%(day)s)。")
    field = "reported_on"
