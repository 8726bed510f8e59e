"""One row of shipped law, and the names of the texts that rows cite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lianjian.foundation.errors import _

LISTS = ("needs", "one_of", "all_of", "none_of")

PETITION = _("信访工作条例")
MEDIATION = _("中华人民共和国人民调解法")
MEDIATION_RULES = _("人民调解工作若干规定")
DEVELOPMENT = _("中国共产党发展党员工作细则")
VILLAGES = _("中华人民共和国村民委员会组织法")
COMMUNITIES = _("中华人民共和国城市居民委员会组织法")
COLLECTIVES = _("中华人民共和国农村集体经济组织法")
LAND_CONTRACTS = _("中华人民共和国农村土地承包法")
BRANCHES = _("中国共产党支部工作条例(试行)")
EDUCATION = _("中国共产党党员教育管理工作条例")
RURAL = _("中国共产党农村基层组织工作条例")
ELECTIONS = _("中国共产党基层组织选举工作条例")
CONSTITUTION = _("中国共产党章程")
ELECTION_REPLY = _("中央组织部关于党的基层组织选举的答复")
PLAN = _("全国党员教育培训工作规划")
MOBILE = _("关于进一步加强和改进流动党员管理工作的意见")
COMPANIES = _("关于加强和改进非公有制企业党的建设工作的意见(试行)")
PRIVATE_ECONOMY = _("中华人民共和国民营经济促进法")
CIVIL_CODE = _("中华人民共和国民法典")
HOLIDAYS = _("全国年节及纪念日放假办法")
HOLIDAY_NOTICE = _("国务院办公厅关于部分节假日安排的通知")
DUES = _("关于中国共产党党费收缴、使用和管理的规定")
MANUAL = _("“四议两公开”工作法通行做法,由各地规定")
PRACTICE = _("通行做法,由各地规定")
DEFAULT = _("产品默认时限,由各地规定")
TIERS = _("“枫桥经验”逐级化解的产品默认期限,由各地规定")
TIERED = _("县级常见分级时限,由各地规定")

PETITION_DAY = date(2022, 5, 1)
MEDIATION_DAY = date(2011, 1, 1)
DEVELOPMENT_DAY = date(2014, 5, 28)
VILLAGES_OLD = date(2018, 12, 29)
VILLAGES_OLD_END = date(2025, 12, 31)
VILLAGES_DAY = date(2026, 1, 1)
COLLECTIVES_DAY = date(2025, 5, 1)
LAND_DAY = date(2019, 1, 1)
BRANCHES_DAY = date(2018, 10, 28)
EDUCATION_DAY = date(2019, 5, 6)
PLAN_DAY = date(2019, 11, 11)
RURAL_DAY = date(2018, 12, 28)
ELECTIONS_DAY = date(2020, 7, 13)
MOBILE_DAY = date(2024, 11, 11)
CODE_DAY = date(2021, 1, 1)
CONF_DAY = date(2020, 1, 1)


@dataclass(frozen=True)
class RuleRow:
    """One version of a rule; the fields are those of `models.Rule`.

    `article` c6 is chapter 6; it stays empty where the list of rules only guesses the number.
    `ref` names the rows of the compiled list of rules (R2.20, VT1, S15: step 15) that this row carries.
    `overridable_by`: who may lift a BLOCK by a decision that is named; empty: nobody.
    """

    code: str
    title: str
    matter: str
    source: str
    article: str
    kind: str
    mode: str
    confidence: str
    valid_from: date
    params: Mapping[str, Any] = field(default_factory=dict)
    unit: str = ""
    valid_to: date | None = None
    version: int = 1
    bites: str = ""
    ref: str = ""
    overridable_by: str = ""


def term(
    code: str,
    title: str,
    matter: str,
    source: str,
    article: str,
    amount: int,
    unit: str,
    mode: str,
    confidence: str,
    valid_from: date,
    *,
    kind: str = "max_deadline",
    bites: str = "",
    ref: str = "",
    **more: Any,
) -> RuleRow:
    """A longest deadline or a shortest interval; `more` goes into the params (roll, exact, beyond, trigger, off)."""
    return RuleRow(
        code, title, matter, source, article, kind, mode, confidence, valid_from,
        params={"amount": amount, **more}, unit=unit, bites=bites, ref=ref,
    )  # fmt: skip


@dataclass(frozen=True)
class Law:
    """A text from its first day on, and the group of rules that cite it."""

    source: str
    since: date
    matter: str
    bites: str = ""
    confidence: str = "V2"

    def row(
        self,
        code: str,
        title: str,
        kind: str,
        mode: str,
        article: str = "",
        ref: str = "",
        params: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> RuleRow:
        """One rule of the text; `more` replaces what the text says (confidence, unit, days, version)."""
        values: dict[str, Any] = {
            "matter": self.matter,
            "source": self.source,
            "confidence": self.confidence,
            "valid_from": self.since,
            "bites": self.bites,
            **more,
        }
        return RuleRow(
            code, title, article=article, kind=kind, mode=mode, ref=ref, params=_in_order(params or {}), **values
        )


def _in_order(params: Mapping[str, Any]) -> dict[str, Any]:
    """The params with the order of their codes, which the database does not keep."""
    codes = [code for key in ("rolls", *LISTS) for code in params.get(key, ())]
    return {**params, "order": codes} if len(codes) > 1 else dict(params)
