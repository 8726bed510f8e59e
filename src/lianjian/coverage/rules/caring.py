"""Tiers and visits, leaders, surveys, the way to an own branch: words, numbers, refusals. Plain Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from lianjian.foundation.errors import Refused, _, translate

TIERS: dict[str, str] = {"A": _("A 类(重点)"), "B": _("B 类(一般)"), "C": _("C 类(其他)")}
INTERVALS = {"A": 30, "B": 90, "C": 180}  # days between two visits, where the place set none
KINDS: dict[str, str] = {"station": _("指导站"), "instructor": _("指导员(红管家)")}
SCOPES: dict[str, str] = {
    "all": _("全部企业"),
    "above": _("规上企业"),
    "missing": _("还没有安排的企业"),
}
LEADER, GUARANTEE, RESIDENT = "leader", "guarantee", "firm_cadre"
LEADERS: dict[str, str] = {
    LEADER: _("班子成员联系"),
    GUARANTEE: _("领导包保"),
    RESIDENT: _("干部助企(驻企)"),
}
# The band of a posted cadre's rank, kept with the posting; nobody is ranked by it, and no finer one is kept.
DEPUTY_SECTION = "deputy_section"
POSTED = ("firm_cadre", "dispatched")
BANDS: dict[str, str] = {DEPUTY_SECTION: _("副科级及以上"), "below": _("副科级以下")}
WAYS: dict[str, tuple[str, str]] = {
    "kept": (_("不变"), "neutral"),
    "new": (_("新安排"), "info"),
    "moved": (_("换人"), "due"),
    "room": (_("因名额调整"), "due"),
    "none": (_("无人可派"), "late"),
}
PROPOSAL_STATES: dict[str, tuple[str, str]] = {
    "open": (_("待决定"), "due"),
    "confirmed": (_("已定"), "done"),
    "withdrawn": (_("已撤回"), "paused"),
}
DECISIONS: dict[str, tuple[str, str]] = {
    "open": (_("未表态"), "due"),
    "accepted": (_("已同意"), "done"),
    "refused": (_("不采纳"), "paused"),
    "lapsed": (_("未采纳"), "neutral"),
}
EFFECTS: dict[str, str] = {
    "assigned": _("已安排"),
    "effective": _("有效覆盖"),
    "lacking": _("已安排但未有效"),
    "unvisited": _("超过走访间隔"),
    "unanswered": _("诉求超期未办结"),
    "unformed": _("没有党组织"),
    "idle": _("组织生活超期未开展"),
}
REASONS = ("unvisited", "unanswered", "idle", "unformed")
# Firms that the rates count, by what reaches them: words of the list, words of the rate.
RATES: dict[str, tuple[str, str]] = {
    "scope": (_("计入覆盖率的企业"), ""),
    "organized": (_("有组织覆盖"), _("组织覆盖率")),
    "unorganized": (_("没有组织覆盖"), ""),
    "worked": (_("有工作覆盖"), _("工作覆盖率")),
    "mass": (_("有群团组织"), ""),
    "unworked": (_("没有工作覆盖"), ""),
    "own": (_("单独组建"), _("单独组建率")),
}
# A firm said in a survey that it has a mass group; the group itself is not in the register.
TOLD = _("摸排填报有")
STAGES: dict[str, tuple[str, str]] = {
    "none": (_("无党员"), "late"),
    "member": (_("有党员、无组织"), "due"),
    "joint": (_("联合或挂靠组建"), "info"),
    "own": (_("单独组建"), "done"),
}
# Where the number of members is not known and no party organization is, the stage is not known either.
STAGE_WORDS: dict[str, tuple[str, str]] = {"unknown": (_("党员数未填"), "neutral"), **STAGES}
# A proposal that lacks nobody, by its scope.
COVERED: dict[str, str] = {
    "all": _("照这个方案,全部企业都有人覆盖。"),
    "above": _("照这个方案,规上企业都有人覆盖;规下企业没有列入。"),
    "missing": _("照这个方案,原来没有安排的企业都有人覆盖。"),
    "leave": _("照这个方案,离岗人员的企业都有人接。"),
}
UNCOVERED = "coverage.uncovered"
DUTIES: dict[str, tuple[str, str]] = {UNCOVERED: (_("给离岗人员的企业安排接替"), "coverage.write")}
# What a survey may ask, with the kind of answer. The first three go into the register.
FACTS: dict[str, tuple[str, str]] = {
    "staff": (_("职工人数"), "number"),
    "above_scale": (_("是否规上"), "yes"),
    "party_members": (_("党员人数"), "number"),
    "owner_member": (_("出资人是否党员"), "yes"),
    "room": (_("有无党组织活动场所"), "yes"),
    "union": (_("有无工会、共青团、妇联组织"), "yes"),
    "willing": (_("是否愿意建立党组织"), "yes"),
    "difficulty": (_("主要困难和需求"), "text"),
    "result": (_("帮助解决的情况"), "text"),
}
ANSWER_STATES: dict[str, tuple[str, str]] = {
    "unasked": (_("未填"), "late"),
    "partly": (_("填了一部分"), "due"),
    "done": (_("已填全"), "done"),
}
REGISTERED = ("staff", "above_scale", "party_members")
SURVEY_FIRMS: dict[str, str] = {
    "all": _("全部企业"),
    "above": _("规上企业"),
    "unformed": _("没有党组织的企业"),
}


class BadCap(Refused):
    """A cap is a number of firms."""

    sentence = _("上限应是1至500家。")
    field = "most"


class AboveLocal(Refused):
    """The place says by a document how many firms one instructor takes (rule `company.instructor_load`)."""

    sentence = _("本地规定一名指导员最多联系%(most)s家企业(%(source)s),请填不超过这个数。")
    field = "most"


class ForeignPlace(Refused):
    """One travels within one's own place."""

    sentence = _("“%(name)s”属于其他地区,请选择本地区的村、园区或单位。")
    field = "places"


class ReasonMissing(Refused):
    """A decision says why."""

    sentence = _("请写明理由。")
    field = "reason"


class BadInterval(Refused):
    """Days between two visits."""

    sentence = _("走访间隔应是1至366天。")
    field = "days"


class UnknownChoice(Refused):
    """A code that is not on the list."""

    sentence = _("没有“%(value)s”这个选项,请从列出的选项中选择。")


class BandOfCadres(Refused):
    """Only of cadres who are posted a band is kept."""

    sentence = _("职级段只给驻企(助企)干部填写,联系和包保的领导不填。")
    field = "band"


class AlreadyLeads(Refused):
    """Nothing would change."""

    sentence = _("%(name)s从%(since)s起已经联系这家企业,不用再办。")
    status = 409
    field = "person"


class LeadsUntil(Refused):
    """There is an end already."""

    sentence = _("%(name)s正在联系这家企业,到%(until)s为止;要继续联系,开始日期请写%(until)s或以后。")
    status = 409
    field = "since"


class AlreadyAway(Refused):
    """One is away once at a time."""

    sentence = _("这位指导员在这段时间已登记离岗。")
    status = 409
    field = "since"


class HoldsNothing(Refused):
    """Somebody without firms needs no replacement."""

    sentence = _("%(name)s在%(day)s没有联系企业,不用安排接替。")
    field = "person"


class Decided(Refused):
    """A proposal is decided once."""

    sentence = _("这个方案已经定案或撤回,请重新提方案。")
    status = 409


class NothingAccepted(Refused):
    """Confirming writes what was accepted."""

    sentence = _("还没有采纳任何一条,定案前请先采纳。")
    status = 409


class NothingProposed(Refused):
    """A firm for which nobody is proposed cannot be accepted."""

    sentence = _("这家企业没有可派的人,不能采纳;请先增加名额或扩大走访范围。")
    status = 409


class Changed(Refused):
    """Somebody else has changed what the proposal started from."""

    sentence = _("提方案之后,%(names)s的安排已被改动。请撤回后重新提方案,或对这些企业选择不采纳。")
    status = 409


class CapPassed(Refused):
    """What was accepted gives somebody more firms than his cap, or firms while he is away."""

    sentence = _("%(names)s会超过承担上限,或那一天正在离岗。请对其中几家选择不采纳,或先调整上限,再定案。")
    status = 409


class SurveyClosed(Refused):
    """A closed survey takes no answers."""

    sentence = _("“%(name)s”已经结束,不能再填。")
    status = 409


class SurveyExists(Refused):
    """Two surveys of one name cannot be told apart."""

    sentence = _("已有同名的摸排正在进行,请换一个名称。")
    status = 409
    field = "name"


class NoFirms(Refused):
    """A survey asks somebody."""

    sentence = _("这个范围内没有企业,请换一个范围。")
    field = "firms"


class NoFacts(Refused):
    """A survey asks something."""

    sentence = _("请至少选择一项必填内容。")
    field = "facts"


class NothingAnswered(Refused):
    """An empty answer is none."""

    sentence = _("一项也没有填。")


class NotFurther(Refused):
    """A goal lies ahead."""

    sentence = _("这家企业已经是“%(stage)s”,请选择后面的阶段。")
    field = "target"


def word(text: str) -> str:
    """A word of these lists in the language of the reader."""
    return translate(text)


def missing(facts: Mapping[str, Any], required: Collection[str]) -> list[str]:
    """Codes of what was asked and is not answered; `no` and 0 are answers."""
    return [code for code in required if facts.get(code) in (None, "")]


def percent(done: int, total: int) -> str:
    """A share with one decimal, half up, as figures have it; a dash of nothing."""
    tenths = (done * 2000 + total) // (total * 2) if total else 0
    return f"{tenths // 10}.{tenths % 10}%" if total else "—"
