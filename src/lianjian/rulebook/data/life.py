"""Party life by calendar month, quarter and year; hours of education (rules.md 2.2 and 2.3)."""

from __future__ import annotations

from typing import Any

from lianjian.foundation.errors import _

from .rows import (
    BRANCHES,
    BRANCHES_DAY,
    CONF_DAY,
    EDUCATION,
    EDUCATION_DAY,
    PLAN,
    PLAN_DAY,
    PRACTICE,
    Law,
    RuleRow,
)

_LIFE = Law(BRANCHES, BRANCHES_DAY, "life", _("党支部组织生活的提醒"))
_YEARLY = Law(EDUCATION, EDUCATION_DAY, "life", _("党支部组织生活的提醒"), "V1")
_LOCAL = Law(PRACTICE, CONF_DAY, "life", _("党支部组织生活的提醒"), "CONF")
_HOURS = _("党员教育培训学时")
_STUDY = Law(EDUCATION, EDUCATION_DAY, "education", _HOURS, "V1")
_PLAN = Law(PLAN, PLAN_DAY, "education", _HOURS)
_OWN = Law(PRACTICE, CONF_DAY, "education", _HOURS, "CONF")

TIMES, HOURS, COURSES = _("次"), _("学时"), _("期")


def cadence(per: str, times: int = 1, measure: str = TIMES, **more: Any) -> dict[str, Any]:
    """Params: so many times in each calendar period."""
    return {"per": per, "times": times, "measure": measure, **more}


ROWS: tuple[RuleRow, ...] = (
    _LIFE.row(
        "life.general_meeting",
        _("支部党员大会"),
        "cadence",
        "ALERT",
        "11",
        "R2.20",
        cadence("quarter", alert_day=60),
    ),
    _LIFE.row(
        "life.committee",
        _("支部委员会会议"),
        "cadence",
        "ALERT",
        "12",
        "R2.21",
        cadence("month", alert_day=20),
    ),
    _LIFE.row("life.group", _("党小组会"), "cadence", "ALERT", "13", "R2.22", cadence("month", alert_day=20)),
    _LOCAL.row(
        "life.lesson",
        _("党课"),
        "cadence",
        "ALERT",
        "",
        "R2.23",
        cadence("quarter", alert_day=60, national=False),
    ),
    _LOCAL.row(
        "life.lesson_secretary",
        _("党委书记讲党课"),
        "cadence",
        "ALERT",
        "",
        "R2.23",
        cadence("year", alert_on="11-01", national=False),
    ),
    _YEARLY.row(
        "life.theme_day",
        _("主题党日"),
        "cadence",
        "ALERT",
        "16",
        "R2.24",
        cadence("month", after_fixed=3, alert_day=20),
    ),
    _YEARLY.row(
        "life.organisation_meeting",
        _("组织生活会"),
        "cadence",
        "ALERT",
        "17",
        "R2.25",
        cadence("year", alert_on="11-01"),
    ),
    _YEARLY.row(
        "life.appraisal",
        _("民主评议党员"),
        "cadence",
        "ALERT",
        "18",
        "R2.26",
        cadence("year", alert_on="11-01"),
    ),
    _YEARLY.row(
        "life.appraisal_order",
        _("民主评议党员的程序"),
        "enum",
        "WARN",
        "18",
        "R2.26",
        {
            "all_of": {
                "self": _("个人自评"),
                "mutual": _("党员互评"),
                "rating": _("民主测评"),
                "verdict": _("组织评定"),
            }
        },
    ),
    _LOCAL.row(
        "life.talks",
        _("谈心谈话"),
        "cadence",
        "ALERT",
        "",
        "R2.27",
        cadence("year", alert_on="10-01", national=False),
    ),
    _YEARLY.row(
        "life.two_track",
        _("党员领导干部参加双重组织生活"),
        "cadence",
        "ALERT",
        "16",
        "R2.28",
        cadence("year"),
    ),
    _LIFE.row(
        "life.village_matters",
        _("村、社区重要事项先经支部党员大会讨论"),
        "enum",
        "BLOCK",
        "11",
        "R2.29",
        {"all_of": {"general_meeting": _("支部党员大会讨论通过")}},
        bites=_("“四议两公开”流程"),
    ),
    _STUDY.row(
        "education.hours",
        _("党员年度集中学习培训"),
        "cadence",
        "ALERT",
        "20",
        "R2.30",
        cadence("year", 32, HOURS, alert_on="10-01"),
    ),
    _PLAN.row(
        "education.secretary_hours",
        _("党组织书记和班子成员年度集中培训"),
        "cadence",
        "ALERT",
        "",
        "R2.31",
        cadence("year", 56, HOURS, alert_on="10-01"),
    ),
    _PLAN.row(
        "education.secretary_course",
        _("党组织书记和班子成员年度集中培训班"),
        "cadence",
        "ALERT",
        "",
        "R2.31",
        cadence("year", 1, COURSES, alert_on="10-01"),
    ),
    _PLAN.row(
        "education.rotation",
        _("党组织书记县级以上轮训"),
        "cadence",
        "ALERT",
        "",
        "R2.32",
        cadence("year", 1, COURSES, alert_on="10-01"),
    ),
    _PLAN.row(
        "education.new_secretary",
        _("新任党组织书记培训"),
        "max_deadline",
        "ALERT",
        "",
        "R2.32",
        {"amount": 6},
        unit="m",
    ),
    _PLAN.row(
        "education.new_member",
        _("预备党员和转正一年内党员集中培训"),
        "cadence",
        "ALERT",
        "",
        "R2.32",
        cadence("year", 1, COURSES, alert_on="10-01"),
    ),
    _OWN.row(
        "education.conversion",
        _("一天折算的学时"),
        "range",
        "WARN",
        "",
        "R2.33",
        {"max": 8, "measure": HOURS},
    ),
)
