"""Developing members: lengths of time, numbers of people, what follows from them (rules.md 1.2 and 1.3)."""

from __future__ import annotations

from typing import Any

from lianjian.foundation.errors import _

from .rows import (
    BRANCHES,
    CONF_DAY,
    CONSTITUTION,
    DEVELOPMENT,
    DEVELOPMENT_DAY,
    EDUCATION,
    EDUCATION_DAY,
    PRACTICE,
    Law,
    RuleRow,
)

_BITES = _("发展党员各步骤")
RULES = Law(DEVELOPMENT, DEVELOPMENT_DAY, "member", _BITES)
_LOCAL = Law(PRACTICE, CONF_DAY, "member", _("发展党员的本地附加要求,默认不用"), "CONF")

PERSONS, YEARS, MONTHS, TIMES = _("人"), _("周岁"), _("个月"), _("次")


def _term(
    code: str,
    title: str,
    article: str,
    amount: int,
    mode: str,
    ref: str,
    kind: str = "max_deadline",
    **more: Any,
) -> RuleRow:
    return RULES.row(f"member.{code}", title, kind, mode, article, ref, {"amount": amount, **more}, unit="m")


def _local(code: str, title: str, amount: int, unit: str, kind: str) -> RuleRow:
    return _LOCAL.row(
        f"member.{code}",
        title,
        kind,
        "BLOCK" if kind == "min_interval" else "WARN",
        "",
        "L1.4",
        {"amount": amount, "off": True},
        unit=unit,
    )


ROWS: tuple[RuleRow, ...] = (
    RULES.row(
        "member.age",
        _("申请入党年满十八周岁"),
        "range",
        "BLOCK",
        "5",
        "S1",
        {"min": 18, "measure": YEARS},
        unit="y",
    ),
    _term("talk", _("收到入党申请后派人谈话"), "7", 1, "WARN", "S2"),
    RULES.row(
        "member.contacts",
        _("培养联系人人数"),
        "range",
        "BLOCK",
        "9",
        "S5",
        {"min": 1, "max": 2, "measure": PERSONS},
    ),
    _term("assessment", _("积极分子考察间隔"), "10、11、12", 6, "WARN", "S6", roll=False),
    _term("activist", _("积极分子培养教育"), "13", 12, "BLOCK", "S7", "min_interval"),
    RULES.row(
        "member.sponsors",
        _("入党介绍人人数"),
        "range",
        "BLOCK",
        "14",
        "S9",
        {"min": 2, "max": 2, "measure": PERSONS},
    ),
    RULES.row(
        "member.training",
        _("发展对象短期集中培训"),
        "range",
        "BLOCK",
        "17",
        "S11",
        {
            "any": [
                {"key": "days", "measure": _("天"), "min": 3},
                {"key": "hours", "measure": _("学时"), "min": 24},
            ]
        },
        overridable_by=_("个别特殊情况,由有审批权的基层党委决定"),
    ),
    _term("leaving", _("预审后三个月内将离开单位的一般不办理"), "19", 3, "WARN", "S13", "min_interval"),
    _term("approval", _("预备党员审批"), "25", 3, "WARN", "S17"),
    _term("approval_special", _("特殊情况下预备党员审批"), "25", 6, "BLOCK", "S17"),
    _term("probation", _("预备期"), "31", 12, "BLOCK", "S21", "min_interval"),
    RULES.row(
        "member.extension",
        _("延长预备期的长度"),
        "range",
        "BLOCK",
        "32",
        "S23",
        {"min": 6, "max": 12, "measure": MONTHS},
        unit="m",
    ),
    _term("full_approval", _("转正审批"), "34", 3, "WARN", "S24"),
    RULES.row(
        "member.begins",
        _("党籍自支部大会通过之日起算"),
        "min_interval",
        "BLOCK",
        "24",
        "R1.01",
        {"amount": 0, "exact": True},
        unit="d",
        source=EDUCATION,
        valid_from=EDUCATION_DAY,
        confidence="V1",
    ),
    _term(
        "standing", _("党龄自预备期满转正之日起算"), "34", 12, "BLOCK", "R1.02", "min_interval", exact=True
    ),
    RULES.row(
        "member.no_vote",
        _("没有表决权、选举权和被选举权的人"),
        "exclusion",
        "BLOCK",
        "7",
        "R1.03",
        {"none_of": {"probationary": _("预备党员")}},
        source=CONSTITUTION,
        bites=_("支部党员大会和换届选举"),
    ),
    RULES.row(
        "member.extended_once",
        _("延长预备期的次数"),
        "range",
        "BLOCK",
        "32",
        "R1.05",
        {"max": 1, "measure": TIMES},
    ),
    RULES.row(
        "member.temporary_branch",
        _("临时党支部不能办理的事项"),
        "exclusion",
        "BLOCK",
        "8",
        "R1.06",
        {
            "none_of": {
                "admit": _("接收预备党员"),
                "approve": _("审批和转正"),
                "delegates": _("选举党代表"),
                "dues": _("收缴党费"),
                "discipline": _("处分党员"),
            }
        },
        source=BRANCHES,
    ),
    RULES.row(
        "member.approvers",
        _("不能审批预备党员的组织"),
        "exclusion",
        "BLOCK",
        "23",
        "R1.07 S17",
        {
            "none_of": {
                "village_committee": _("村、社区党委"),
                "general_branch": _("党总支"),
                "leading_group": _("党组"),
                "temporary": _("临时党组织"),
            }
        },
    ),
    RULES.row(
        "member.written_opinion",
        _("未到会党员的书面意见计入票数"),
        "enum",
        "BLOCK",
        "21",
        "R1.08",
        {"all_of": {"before_meeting": _("会前提交"), "formal": _("正式书面")}},
    ),
    _LOCAL.row(
        "member.transferred",
        _("转入预备党员推迟讨论转正"),
        "max_deadline",
        "WARN",
        "",
        "R1.04",
        {"amount": 6},
        unit="m",
    ),
    _LOCAL.row(
        "member.pool",
        _("每年分析积极分子队伍"),
        "cadence",
        "ALERT",
        "",
        "S6",
        {"per": "year", "times": 1, "measure": TIMES, "alert_on": "11-01", "national": False, "local_binds": True},
    ),
    _local("notice_activist", _("确定积极分子前公示"), 5, "wd", "min_interval"),
    _local("notice_target", _("确定发展对象前公示"), 5, "wd", "min_interval"),
    _local("notice_admission", _("接收预备党员前公示"), 5, "wd", "min_interval"),
    _local("notice_full", _("转正前公示"), 5, "wd", "min_interval"),
    _local("application", _("递交申请到确定积极分子"), 6, "m", "min_interval"),
    _local("prereview_time", _("预审办理"), 1, "m", "max_deadline"),
    _local("meeting_time", _("预审后召开支部大会"), 1, "m", "max_deadline"),
    _local("review_valid", _("政治审查结论有效期"), 12, "m", "max_deadline"),
    _local("again", _("未通过后再次提交"), 6, "m", "min_interval"),
    _LOCAL.row(
        "member.thought_report",
        _("思想汇报"),
        "cadence",
        "ALERT",
        "",
        "L1.4",
        {"per": "quarter", "times": 1, "measure": TIMES, "alert_day": 60, "national": False, "off": True},
    ),
    _LOCAL.row(
        "member.youth",
        _("二十八周岁以下团员经团组织推优"),
        "enum",
        "BLOCK",
        "",
        "L1.4",
        {"all_of": {"league": _("团组织推优意见")}, "off": True},
    ),
    _LOCAL.row(
        "member.quota",
        _("年度发展党员计划数"),
        "range",
        "BLOCK",
        "",
        "L1.4",
        {"max": "limit", "limit": _("当年计划数"), "measure": PERSONS, "off": True},
    ),
)
