"""Party building in non-public firms (rules.md 9)."""

from __future__ import annotations

from datetime import date

from lianjian.foundation.errors import _

from .rows import COMPANIES, CONF_DAY, PRACTICE, PRIVATE_ECONOMY, Law, RuleRow

_BITES = _("企业党组织的组建和指导员")
_LAW = Law(COMPANIES, date(2012, 5, 24), "company", _BITES)
_LOCAL = Law(PRACTICE, CONF_DAY, "company", _BITES, "CONF")

ROWS: tuple[RuleRow, ...] = (
    _LAW.row(
        "company.alone",
        _("企业单独组建党组织的正式党员人数"),
        "range",
        "ALERT",
        "",
        "R9.01",
        {"min": 3, "measure": _("名正式党员")},
    ),
    _LAW.row(
        "company.alone_secretary",
        _("企业单独组建须有合适的书记人选"),
        "enum",
        "WARN",
        "",
        "R9.01",
        {"all_of": {"secretary": _("合适的书记人选")}},
    ),
    _LAW.row(
        "company.level",
        _("企业党组织的形式和正式党员人数"),
        "enum",
        "WARN",
        "",
        "R9.02",
        {
            "one_of": {
                "branch": {"words": _("党支部"), "min": 3, "below": 50},
                "general_branch": {"words": _("党总支"), "min": 50, "below": 100},
                "committee": {"words": _("党委"), "min": 100},
            }
        },
    ),
    _LAW.row(
        "company.joint",
        _("联合组建的企业数"),
        "range",
        "WARN",
        "",
        "R9.03",
        {"max": 5, "measure": _("家企业")},
    ),
    _LAW.row(
        "company.joint_ground",
        _("联合组建的条件"),
        "enum",
        "WARN",
        "",
        "R9.03",
        {"one_of": {"near": _("地域相邻"), "trade": _("行业相近")}},
    ),
    _LOCAL.row(
        "company.attached",
        _("挂靠组建的组织"),
        "enum",
        "ALERT",
        "",
        "R9.04",
        {
            "one_of": {
                "village": _("村(社区)党组织"),
                "park": _("园区党组织"),
                "chamber": _("商会党组织"),
                "chain": _("产业链党组织"),
            }
        },
    ),
    _LAW.row(
        "company.instructor",
        _("没有党员的企业选派党建指导员"),
        "range",
        "ALERT",
        "",
        "R9.05",
        {"min": 1, "measure": _("名指导员")},
    ),
    _LAW.row(
        "company.limits",
        _("不得向企业摊派"),
        "exclusion",
        "BLOCK",
        "61",
        "R9.06",
        {"none_of": {"levy": _("摊派和强制捐赠")}},
        source=PRIVATE_ECONOMY,
        valid_from=date(2025, 5, 20),
        confidence="V1",
    ),
    _LOCAL.row(
        "company.not_run",
        _("党组织不干预企业经营"),
        "exclusion",
        "BLOCK",
        "",
        "L9",
        {"none_of": {"run": _("干预企业经营")}},
    ),
    _LOCAL.row(
        "company.instructor_load",
        _("一名指导员联系的企业数"),
        "range",
        "WARN",
        "",
        "L9",
        {"max": 3, "measure": _("家企业")},
    ),
    _LOCAL.row(
        "company.scope",
        _("覆盖率计算哪些企业(口径)"),
        "enum",
        "ALERT",
        "",
        "L9",
        {
            "one_of": {
                "all": _("全部企业"),
                "above": {"words": _("规上企业"), "above": True},
                "staff50": {"words": _("职工50人及以上的企业"), "staff": 50},
                "staff100": {"words": _("职工100人及以上的企业"), "staff": 100},
            },
            "default": "all",
        },
        bites=_("组织覆盖率、工作覆盖率、单独组建率和未覆盖名单"),
    ),
    _LOCAL.row(
        "company.instructor_days",
        _("指导员每月驻企天数"),
        "cadence",
        "ALERT",
        "",
        "L9",
        {
            "per": "month", "times": 10, "measure": _("天"), "alert_day": 25, "national": False,
            "local_binds": True,
        },  # fmt: skip
    ),
    _LOCAL.row(
        "company.leader_visit",
        _("县级领导走访联系企业"),
        "cadence",
        "ALERT",
        "",
        "L9",
        {
            "per": "quarter", "times": 1, "measure": _("次"), "alert_day": 60, "national": False,
            "local_binds": True,
        },  # fmt: skip
    ),
)
