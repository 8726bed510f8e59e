"""The rules shipped with the product: facts of law as dated rows, and defaults that a place may set otherwise.

V1: read in a full text; V2: read in an official secondary copy; CONF: no national number exists, the row is a
default and its source says so. A changed law is a new version with its own first day, never an edited row.
`article` is a number of the source. Days are calendar days unless 工作日 is written (then unit wd).
"""

from __future__ import annotations

from datetime import date

from lianjian.foundation.errors import _

from . import branches, companies, elections, life, member_steps, members, mobile, time, votes
from .rows import (
    COLLECTIVES,
    COLLECTIVES_DAY,
    CONF_DAY,
    DEFAULT,
    MEDIATION,
    MEDIATION_DAY,
    MEDIATION_RULES,
    PETITION,
    PETITION_DAY,
    TIERED,
    TIERS,
    VILLAGES,
    VILLAGES_DAY,
    RuleRow,
    term,
)

_STAYS = _("纠纷等逐级上交的期限")
_LINE = _("诉求自动提请关注或督办")
_CASES = _("登记诉求时算出到期日")
_PETITIONS = _("信访事项各环节")
_DISPUTES = _("人民调解各环节")
_VILLAGE = _("村级议事和公开")


def _case(
    code: str, title: str, amount: int, unit: str, source: str = TIERED, mode: str = "ALERT"
) -> RuleRow:
    return term(
        f"case.{code}", title, "case", source, "", amount, unit, mode, "CONF", CONF_DAY, bites=_CASES
    )


def _tier(code: str, title: str, amount: int) -> RuleRow:
    return term(
        f"tier.{code}", title, "case", TIERS, "", amount, "d", "ALERT", "CONF", CONF_DAY, bites=_STAYS
    )


def _escalate(code: str, title: str, amount: int, unit: str = "h") -> RuleRow:
    return term(
        f"escalate.{code}", title, "case", DEFAULT, "", amount, unit, "ALERT", "CONF", CONF_DAY, bites=_LINE
    )


def _petition(code: str, title: str, article: str, amount: int, unit: str = "d") -> RuleRow:
    return term(
        f"petition.{code}",
        title,
        "petition",
        PETITION,
        article,
        amount,
        unit,
        "WARN",
        "V1",
        PETITION_DAY,
        bites=_PETITIONS,
    )


_OWN: tuple[RuleRow, ...] = (
    _case("need", _("企业需求办结"), 7, "wd"),
    _case("urgent", _("紧急诉求办结"), 1, "wd"),
    _case("consult", _("咨询求助答复"), 3, "wd"),
    _case("simple", _("简易诉求办结"), 5, "wd"),
    _case("complaint", _("投诉建议办结"), 13, "wd", DEFAULT),
    _case("hard", _("疑难诉求办结"), 15, "wd"),
    _case("dispatch", _("登记后派单"), 1, "wd", DEFAULT),
    _case("sign", _("派单后签收"), 1, "wd", DEFAULT),
    _case("refuse", _("派单后退回"), 1, "wd", DEFAULT),
    _case("rule", _("再次退回后裁定"), 1, "wd", DEFAULT),
    _case("contact", _("签收后联系诉求人"), 1, "wd", DEFAULT),
    _case("confirm", _("反馈后诉求人确认"), 5, "wd", DEFAULT),
    _case("dispute", _("不认可后重新办理"), 5, "wd", DEFAULT),
    _case("extend", _("一次延期最长"), 60, "wd", DEFAULT, "BLOCK"),
    _case("pause", _("一次暂停计时最长"), 30, "d", DEFAULT, "BLOCK"),
    _tier("hamlet", _("在湾组停留"), 3),
    _tier("village", _("在村停留"), 7),
    _tier("town", _("在镇停留"), 15),
    _tier("county", _("在县停留"), 30),
    _escalate("near", _("到期前提请关注"), 1, "wd"),
    _escalate("late", _("超期后提请关注"), 1),
    _escalate("long_late", _("超期后要求督办"), 3, "wd"),
    _escalate("undispatched", _("超期未派单后督办"), 1),
    _escalate("unsigned", _("超期未签收后督办"), 1),
    _escalate("unruled", _("超期未裁定后提请关注"), 1),
    _escalate("unreviewed", _("挂账到期未复查后提请关注"), 1),
    _petition("register", _("信访事项登记受理"), "22", 15),
    _petition("notify", _("有关机关告知受理"), "23", 15),
    _petition("objection", _("转送事项管辖异议"), "23", 5, "wd"),
    _petition("close", _("求决类事项办结"), "34", 60),
    _petition("extend", _("求决类事项延期"), "34", 30),
    _petition("review_ask", _("申请复查"), "35", 30),
    _petition("review_answer", _("复查答复"), "35", 30),
    _petition("rereview_ask", _("申请复核"), "36", 30),
    _petition("rereview_answer", _("复核答复"), "36", 30),
    term(
        "mediation.settle",
        _("人民调解办结"),
        "mediation",
        MEDIATION_RULES,
        "33",
        1,
        "m",
        "WARN",
        "V2",
        date(2002, 11, 1),
        bites=_DISPUTES,
    ),
    term(
        "mediation.confirm",
        _("申请司法确认"),
        "mediation",
        MEDIATION,
        "33",
        30,
        "d",
        "WARN",
        "V1",
        MEDIATION_DAY,
        bites=_DISPUTES,
    ),
    term(
        "village.notice",
        _("村民会议提前通知"),
        "village",
        VILLAGES,
        "25",
        10,
        "d",
        "WARN",
        "V1",
        VILLAGES_DAY,
        kind="min_interval",
        bites=_VILLAGE,
    ),
    term(
        "village.posting",
        _("村务公开公示"),
        "village",
        VILLAGES,
        "35",
        15,
        "d",
        "BLOCK",
        "V1",
        VILLAGES_DAY,
        kind="min_interval",
        bites=_VILLAGE,
    ),
    term(
        "collective.notice",
        _("成员大会提前通知"),
        "collective",
        COLLECTIVES,
        "27",
        10,
        "d",
        "BLOCK",
        "V1",
        COLLECTIVES_DAY,
        kind="min_interval",
        bites=_VILLAGE,
    ),
    term(
        "collective.papers",
        _("年度报告提前公开"),
        "collective",
        COLLECTIVES,
        "46",
        10,
        "d",
        "BLOCK",
        "V1",
        COLLECTIVES_DAY,
        kind="min_interval",
        bites=_VILLAGE,
    ),
)

RULES: tuple[RuleRow, ...] = (
    *_OWN,
    *members.ROWS,
    *member_steps.ROWS,
    *votes.ROWS,
    *branches.ROWS,
    *life.ROWS,
    *mobile.ROWS,
    *elections.ROWS,
    *companies.ROWS,
    *time.ROWS,
)
