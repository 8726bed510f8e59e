"""What is known everywhere about pairing, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lianjian.foundation.data.industries import DIVISIONS
from lianjian.foundation.errors import Refused, _

from .standing_pairs import (
    BeforePair as BeforePair,
)
from .standing_pairs import (
    MeasureExists as MeasureExists,
)
from .standing_pairs import (
    MoneyOrThings as MoneyOrThings,
)
from .standing_pairs import (
    NothingGiven as NothingGiven,
)
from .standing_pairs import (
    OutsideProgramme as OutsideProgramme,
)
from .standing_pairs import (
    PairedElsewhere as PairedElsewhere,
)
from .standing_pairs import (
    PairedTogether as PairedTogether,
)
from .standing_pairs import (
    PairEnded as PairEnded,
)
from .standing_pairs import (
    Struck as Struck,
)

ONE_TO_ONE: Final = "one_to_one"
SHAPES: Final = {ONE_TO_ONE: _("一对一"), "one_to_many": _("一方对多方")}
GIVER, RECEIVER = "giver", "receiver"
SIDES: Final = {GIVER: _("结对方"), RECEIVER: _("帮扶对象")}
ACTION_SIDES: Final = {"both": _("双方"), **SIDES}
CONSENT: Final = {"unknown": _("未知"), "yes": _("愿意"), "no": _("不愿意")}
RULES: Final = {"must": _("必须结对"), "never": _("不得结对")}
STATES: Final = {"draft": _("待确认"), "confirmed": _("已确认"), "withdrawn": _("已作废")}
DECISIONS: Final = {
    "open": _("未决定"),
    "accepted": _("同意"),
    "changed": _("人工调整"),
    "refused": _("不采用"),
}
# The four principles (checklist 002-48), in the order of `scoring.CRITERIA`.
CRITERIA: Final = {
    "industry": _("产业相近"),
    "place": _("地域相邻"),
    "market": _("市场趋同"),
    "economy": _("经济一体"),
}
WEIGHTS: Final = (30, 30, 20, 20)
NOBODY: Final = _("没有推荐")
PARTNER, NUMBER = _("对方单位"), _("数值")
MEASURES: Final[Mapping[str, tuple[str, str]]] = {
    "income": (_("村集体经济年经营收入"), _("元")),
    "jobs": (_("带动就业"), _("人")),
}
# A duty to each side; given to a body, it is for those who may record what was done.
DUTIES: Final = {
    "alliances.pair_giver": (_("结对行动(结对方)"), "alliances.pair"),
    "alliances.pair_receiver": (_("结对行动(帮扶对象)"), "alliances.pair"),
}
# Neighbours in a chain, by divisions of GB/T 4754; an office changes them for each programme.
CHAINS: Final = (
    ("01", "13"), ("03", "13"), ("04", "13"), ("01", "15"), ("02", "20"), ("20", "21"), ("13", "14"),
    ("01", "05"), ("03", "05"), ("13", "51"), ("13", "52"), ("01", "51"), ("17", "18"), ("61", "62"),
)  # fmt: skip


@dataclass(frozen=True)
class FactKind:
    """What a kind of fact holds: `text` its label where it has words, `unit` where it has a number, a partner."""

    name: str
    text: str = ""
    unit: str = ""
    partner: bool = False


FACTS: Final[Mapping[str, FactKind]] = {
    "industry": FactKind(_("主导产业"), text=_("行业代码")),
    "market": FactKind(_("销售或采购市场"), text=_("市场名称")),
    "contract": FactKind(_("现有合同"), unit=_("元/年"), partner=True),
    "jobs": FactKind(_("现有用工"), unit=_("人"), partner=True),
    "surveyed": FactKind(_("合同和用工已全部摸排")),
    "income": FactKind(_("村集体经济年经营收入"), unit=_("元")),
}


def default_actions() -> list[dict[str, Any]]:
    """六个一 (checklist 002-41 to 46): one agreement, adviser, survey, plan, activity, and a series of help."""
    rows = (
        ("agreement", _("签订一份共建协议书"), "both", 1, 30),
        ("adviser", _("选派一名指导员"), "both", 1, 30),
        ("survey", _("开展一次专题调研"), "both", 1, 60),
        ("plan", _("制定一个发展规划"), "both", 1, 90),
        ("activity", _("开展一次共建活动"), "both", 1, 180),
        ("help", _("开展一系列帮扶"), "both", 3, 365),
    )
    names = ("code", "name", "sides", "times", "days")
    return [dict(zip(names, row, strict=True)) for row in rows]


def sides_of(action_sides: str) -> tuple[str, ...]:
    """The sides that an action is a duty of."""
    return (GIVER, RECEIVER) if action_sides == "both" else (action_sides,)


def read_chains(text: str) -> list[list[str]]:
    """Lines such as "01-13" as pairs of divisions. Raises `WrongChain`."""
    found: list[list[str]] = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        match = re.fullmatch(r"(\d\d)\s*[-—–]\s*(\d\d)", line)
        if match is None or any(code not in DIVISIONS for code in match.groups()):
            raise WrongChain(line=line[:20])
        if list(match.groups()) not in found:
            found.append(list(match.groups()))
    return found


def check_weights(weights: Sequence[int]) -> None:
    """Raises `WrongWeights` unless they are whole percents that make 100."""
    if any(one < 0 for one in weights) or sum(weights) != 100:
        raise WrongWeights(total=sum(weights))


class WrongWeights(Refused):
    """Four whole percents that make 100."""

    sentence = _("四项权重都不能小于0,合计必须是100,现在是%(total)s。")
    field = "industry"


class WrongChain(Refused):
    """A line of the chain table."""

    sentence = _("“%(line)s”不是两个行业大类代码。请一行写一对,例如 01-13(农业与农副食品加工业)。")
    field = "chains"


class WrongActions(Refused):
    """A prescribed action."""

    sentence = _(
        "“%(line)s”看不懂。请一行写一项:名称,由谁做(双方、结对方或帮扶对象),次数(1至99),确认后多少天内(1至3650)。"
    )
    field = "actions"


class NoActions(Refused):
    """A programme without anything to do."""

    sentence = _("请至少写一项规定动作。")
    field = "actions"


class ProgrammeExists(Refused):
    """One name for one programme."""

    sentence = _("本地已有同名的结对计划,请换一个名称。")
    field = "name"
    status = 409


class EndsLater(Refused):
    """Its duties end with it, so it is ended on the day."""

    sentence = _("结束日期不能晚于今天;到那一天再来办理。")
    field = "until"


class EndsTooEarly(Refused):
    """It ends after it began."""

    sentence = _("结束日期必须晚于开始日期(%(since)s)。")
    field = "until"


class Closed(Refused):
    """The programme takes nothing any more."""

    sentence = _("这个结对计划已经结束,不能再修改。")
    status = 409


class StillPaired(Refused):
    """Pairs that stand end before their programme does."""

    sentence = _("还有%(n)s对结对没有结束,请先结束它们。")
    status = 409


class RoomForOne(Refused):
    """One to one is one."""

    sentence = _("一对一的计划,每家只能结对一个;要结对多个,请把形式改为“一方对多方”。")
    field = "capacity"


class AlreadyEnrolled(Refused):
    """A body stands on one side once."""

    sentence = _("“%(name)s”已经在这个计划里。")
    field = "organization"
    status = 409


class NotThere(Refused):
    """Merged or dissolved."""

    sentence = _("“%(name)s”已经撤销或合并,请选现在的组织。")
    field = "organization"


class OutOfReach(Refused):
    """A body of a place that is neither the programme's nor below it."""

    sentence = _("“%(name)s”不归本地区管理,不能加入。跨镇结对请由县里开计划。")
    field = "organization"


class SideGone(Refused):
    """Withdrawn meanwhile."""

    sentence = _("“%(name)s”已经退出名单;还要参加的,请重新加入。")
    status = 409


class ConsentDay(Refused):
    """Consent was told on a day."""

    sentence = _("请填写表态的日期;还没有表态的,选“未知”。")
    field = "consent_on"


class SidePaired(Refused):
    """Its pair ends first."""

    sentence = _("“%(name)s”正在结对,请先结束结对。")
    status = 409


class NotEnrolled(Refused):
    """Only those who take part are paired."""

    sentence = _("“%(name)s”不在这个计划的%(side)s名单里,请先把它加进来。")
    field = "giver"


class Contradictory(Refused):
    """Rules that exclude one another."""

    sentence = _(
        "这些要求做不到:%(pairs)s。结对方只能结对它能承担的个数;不愿意、已结对、同一主体、“不得结对”和不采用的,"
        "不能“必须结对”。请取消其中一条。"
    )
    status = 409


class UnknownIndustry(Refused):
    """The code is not in GB/T 4754."""

    sentence = _(
        "行业代码“%(code)s”不在国民经济行业分类(GB/T 4754)里。请写2至4位数字,例如 01 或 0111;拿不准的先写前两位大类。"
    )
    field = "text"


class WrongFact(Refused):
    """What a kind of fact needs."""

    sentence = _("“%(kind)s”需要填写%(needs)s。")
    field = "value"


class LaterFact(Refused):
    """Nothing is known of tomorrow."""

    sentence = _("日期不能晚于今天。")
    field = "day"


class FactExists(Refused):
    """The same of the same day."""

    sentence = _("同一天的这一项已经有了,请改日期,或先删除原来的。")
    field = "day"
    status = 409


class NobodyToPair(Refused):
    """One side is empty."""

    sentence = _("没有可以推荐的%(side)s。请先把单位加进名单;已经结对、不愿意和已退出的不参加推荐。")
    status = 409


class TooManyToPair(Refused):
    """Beyond what is solved exactly: 25 million pairs of one to one, 5 million of large rooms."""

    sentence = _("名单太长,不能一次算出最优方案。请按片区或行业分成几个计划。")
    status = 409


class NotDraft(Refused):
    """Confirmed or withdrawn."""

    sentence = _("这个方案已经%(state)s,不能再改。")
    status = 409


class Stale(Refused):
    """The facts are others than those of the proposal."""

    sentence = _("方案算出以后,名单、资料或权重有了变化。请点“重新推荐”,已经决定的和没有变化的对子会尽量保留。")
    status = 409


class NoReason(Refused):
    """A reason stays with what a person changes."""

    sentence = _("请写明理由。")
    field = "reason"


class SamePartner(Refused):
    """It is so already."""

    sentence = _("“%(name)s”就是现在推荐的一方,不用调整。")
    field = "giver"


class NobodyProposed(Refused):
    """There is no pair to agree to."""

    sentence = _("这个帮扶对象没有推荐的结对方,不能同意;可以人工调整。")
    status = 409


class PairMoved(Refused):
    """Another window decided meanwhile: what was shown is not what would be decided."""

    sentence = _("您看到的这一对已经变了:“%(receiver)s”现在是“%(giver)s”。请看过最新的方案再决定。")
    status = 409


class ProposalMoved(Refused):
    """Somebody decided something after the page was shown."""

    sentence = _("打开这一页以后,方案里的对子有了变化。请看过最新的方案,再确认。")
    status = 409


class NoPairs(Refused):
    """Nothing to confirm."""

    sentence = _("方案里没有可以确认的对子。")
    status = 409


class AlreadyPaired(Refused):
    """The database says that a side is taken."""

    sentence = _("其中有一方在这段时间里已经结对,请重新推荐。")
    status = 409
