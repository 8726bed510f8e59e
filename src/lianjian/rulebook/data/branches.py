"""Branches: when they must be founded, how large, their committees and terms (rules.md 2.1)."""

from __future__ import annotations

from lianjian.foundation.errors import _

from .rows import BRANCHES, BRANCHES_DAY, CONF_DAY, PRACTICE, RURAL, RURAL_DAY, Law, RuleRow

_BITES = _("党支部的设立、规模和班子")
_LAW = Law(BRANCHES, BRANCHES_DAY, "branch", _BITES)
_RURAL = Law(RURAL, RURAL_DAY, "branch", _("村党组织的设置"))
_LOCAL = Law(PRACTICE, CONF_DAY, "branch", _BITES, "CONF")

MEMBERS, UNITS, PERSONS = _("名正式党员"), _("个单位"), _("人")

ROWS: tuple[RuleRow, ...] = (
    _LAW.row(
        "branch.required",
        _("有三名以上正式党员的单位应当成立党支部"),
        "enum",
        "ALERT",
        "4",
        "R2.01",
        {
            "one_of": {
                "own": {"words": _("单独成立党支部"), "min": 3},
                "joint": {"words": _("联合党支部"), "max": 2},
                "none": {"words": _("未成立"), "max": 2},
            }
        },
    ),
    _LAW.row(
        "branch.joint",
        _("联合党支部覆盖的单位数"),
        "range",
        "WARN",
        "5",
        "R2.02",
        {"max": 5, "measure": UNITS},
    ),
    _LAW.row(
        "branch.size", _("党支部党员人数"), "range", "WARN", "4", "R2.03", {"max": 50, "measure": PERSONS}
    ),
    _LAW.row(
        "branch.project",
        _("六个月以上的工程、工作项目成立党支部"),
        "min_interval",
        "ALERT",
        "5",
        "R2.04",
        {"amount": 6, "trigger": True},
        unit="m",
    ),
    _LOCAL.row(
        "branch.founding", _("批复成立党支部"), "max_deadline", "WARN", "", "R2.05", {"amount": 1}, unit="m"
    ),
    _LOCAL.row(
        "branch.dissolved",
        _("不再符合条件的党支部调整或撤销后上报"),
        "enum",
        "ALERT",
        "",
        "R2.06",
        {"all_of": {"reported": _("报上级党组织")}},
    ),
    _LOCAL.row(
        "branch.temporary",
        _("临时党支部班子由批准其成立的组织指定"),
        "enum",
        "BLOCK",
        "",
        "R2.07",
        {"all_of": {"appointed": _("上级指定")}},
    ),
    _RURAL.row(
        "branch.village_form",
        _("村党组织的形式和党员人数"),
        "enum",
        "WARN",
        "c2",
        "R2.08",
        {
            "one_of": {
                "branch": {"words": _("党支部"), "min": 3},
                "general_branch": {"words": _("党总支"), "over": 50},
                "committee": {"words": _("党委"), "min": 100},
            }
        },
    ),
    _RURAL.row(
        "branch.village_committee_approved",
        _("村设立党委须县级党委批准"),
        "enum",
        "BLOCK",
        "c2",
        "R2.08",
        {"all_of": {"county": _("县级党委批准")}},
    ),
    _RURAL.row(
        "branch.village_delegates",
        _("村党员代表大会选举的党员人数"),
        "range",
        "WARN",
        "c2",
        "R2.08",
        {"min": 500, "measure": PERSONS},
    ),
    _RURAL.row(
        "branch.village_approved",
        _("村级以下党组织的设立和撤销"),
        "enum",
        "BLOCK",
        "c2",
        "R2.09",
        {"one_of": {"township": _("乡镇党委决定"), "county": _("县级以上党委决定")}},
    ),
    _LAW.row(
        "branch.leadership",
        _("党支部班子的形式和正式党员人数"),
        "enum",
        "BLOCK",
        "c6",
        "R2.10",
        {
            "one_of": {
                "committee": {"words": _("支部委员会"), "min": 7},
                "secretary": {"words": _("书记(必要时设副书记)"), "below": 7},
            }
        },
    ),
    _LAW.row(
        "branch.committee",
        _("支部委员会委员人数"),
        "range",
        "BLOCK",
        "c6",
        "R2.10",
        {"min": 3, "max": 7, "measure": PERSONS},
    ),
    _LAW.row(
        "branch.committee_norm",
        _("支部委员会一般的委员人数"),
        "range",
        "WARN",
        "c6",
        "R2.10",
        {"max": 5, "measure": PERSONS},
    ),
    _LAW.row(
        "branch.officers",
        _("支部委员会的分工"),
        "enum",
        "BLOCK",
        "c6",
        "R2.10",
        {
            "all_of": {
                "secretary": _("书记"),
                "organisation": _("组织委员"),
                "publicity": _("宣传委员"),
                "discipline": _("纪检委员"),
            }
        },
    ),
    _LAW.row(
        "branch.term",
        _("党支部委员会任期"),
        "max_deadline",
        "ALERT",
        "",
        "R2.11",
        {"amount": 3, "roll": False},
        unit="y",
    ),
    _RURAL.row(
        "branch.village_term",
        _("村、社区党支部委员会任期"),
        "max_deadline",
        "ALERT",
        "",
        "R2.11",
        {"amount": 5, "roll": False},
        unit="y",
    ),
    _RURAL.row(
        "branch.township_term",
        _("乡镇党委任期"),
        "max_deadline",
        "ALERT",
        "",
        "R2.11",
        {"amount": 5, "roll": False},
        unit="y",
    ),
    _LOCAL.row(
        "branch.term_alert",
        _("任期届满前提醒"),
        "max_deadline",
        "ALERT",
        "",
        "R2.11",
        {"amount": 6, "roll": False},
        unit="m",
    ),
    _LOCAL.row(
        "branch.secretary",
        _("党支部书记的党龄"),
        "range",
        "WARN",
        "",
        "R2.12",
        {"min": 1, "measure": _("年")},
        unit="y",
    ),
)
