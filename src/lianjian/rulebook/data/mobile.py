"""Relations, mobile members, lost contact (rules.md 2.4). Rules propose, bodies decide: nothing removes anybody."""

from __future__ import annotations

from typing import Any

from lianjian.foundation.errors import _

from .rows import (
    CONF_DAY,
    DUES,
    EDUCATION,
    EDUCATION_DAY,
    MOBILE,
    MOBILE_DAY,
    PRACTICE,
    Law,
    RuleRow,
)

_LAW = Law(EDUCATION, EDUCATION_DAY, "mobile", _("组织关系、流动党员和失联党员"), "V1")
_LOCAL = Law(PRACTICE, CONF_DAY, "mobile", _("组织关系、流动党员和失联党员"), "CONF")


def _term(
    code: str, title: str, article: str, ref: str, amount: int, unit: str, mode: str, kind: str, **more: Any
) -> RuleRow:
    return _LAW.row(f"mobile.{code}", title, kind, mode, article, ref, {"amount": amount, **more}, unit=unit)


ROWS: tuple[RuleRow, ...] = (
    _LAW.row(
        "mobile.one_branch",
        _("每名党员编入的党支部数"),
        "range",
        "BLOCK",
        "25",
        "R2.40",
        {"min": 1, "max": 1, "measure": _("个支部")},
    ),
    _term(
        "transfer",
        _("外出六个月以上且地点较固定的转移组织关系"),
        "25",
        "R2.41",
        6,
        "m",
        "ALERT",
        "min_interval",
        trigger=True,
    ),
    _LAW.row(
        "mobile.accepted",
        _("转移组织关系以接收为准"),
        "enum",
        "BLOCK",
        "25",
        "R2.42",
        {"all_of": {"accepted": _("转入党组织已接收")}},
    ),
    _LAW.row(
        "mobile.refusal",
        _("不接收组织关系须有正当理由"),
        "enum",
        "BLOCK",
        "25",
        "R2.42",
        {"all_of": {"cause": _("正当理由")}},
    ),
    _LAW.row(
        "mobile.direct",
        _("可以在全国直接相互转移组织关系的党组织"),
        "enum",
        "BLOCK",
        "25",
        "R2.43",
        {"one_of": {"approving_committee": _("有审批预备党员权限的基层党委")}},
    ),
    _term("away", _("外出六个月以上的为流动党员"), "32", "R2.44", 6, "m", "ALERT", "min_interval"),
    _LAW.row(
        "mobile.both",
        _("流动党员由流出地和流入地党组织共同管理"),
        "enum",
        "ALERT",
        "32、33",
        "R2.44",
        {"all_of": {"home": _("流出地党组织"), "host": _("流入地党组织")}},
    ),
    _LAW.row(
        "mobile.definition",
        _("连续六个月不能参加组织生活的为流动党员"),
        "min_interval",
        "ALERT",
        "",
        "R2.45",
        {"amount": 6},
        unit="m",
        source=MOBILE,
        valid_from=MOBILE_DAY,
        confidence="V2",
    ),
    _LAW.row(
        "mobile.registered",
        _("流动党员双向登记"),
        "enum",
        "ALERT",
        "",
        "R2.45",
        {"all_of": {"out": _("流出登记"), "in": _("流入登记")}},
        source=MOBILE,
        valid_from=MOBILE_DAY,
        confidence="V2",
    ),
    _LAW.row(
        "mobile.contact_person",
        _("农村党支部确定流动党员联系人"),
        "range",
        "ALERT",
        "33",
        "R2.46",
        {"min": 1, "measure": _("人")},
    ),
    _term(
        "graduate", _("毕业生组织关系保留在学校"), "34", "R2.47", 2, "y", "ALERT", "max_deadline", roll=False
    ),
    _LAW.row(
        "mobile.abroad_contact",
        _("与出国(境)学习党员联系"),
        "cadence",
        "ALERT",
        "34",
        "R2.47",
        {"per": "half", "times": 1, "measure": _("次"), "alert_day": 150},
    ),
    _term(
        "abroad",
        _("出国(境)超过五年可提出停止党籍"),
        "24",
        "R2.47",
        5,
        "y",
        "BLOCK",
        "min_interval",
        beyond=True,
    ),
    _term("lost", _("失去联系六个月以上可提出停止党籍"), "24", "R2.48", 6, "m", "BLOCK", "min_interval"),
    _term("lost_long", _("停止党籍两年后仍失联可提出除名"), "24", "R2.48", 2, "y", "BLOCK", "min_interval"),
    _term(
        "exit",
        _("连续六个月不过组织生活、不交党费或不做所分配工作可提出除名"),
        "31",
        "R2.49",
        6,
        "m",
        "BLOCK",
        "min_interval",
    ),
    _LAW.row(
        "mobile.exit_reason",
        _("按自行脱党处理的情形"),
        "enum",
        "BLOCK",
        "31",
        "R2.49",
        {
            "one_of": {
                "life": _("不参加组织生活"),
                "dues": _("不交纳党费"),
                "work": _("不做党所分配的工作"),
            }
        },
    ),
    _term("correction", _("限期改正"), "30", "R2.50", 1, "y", "ALERT", "max_deadline", roll=False),
    _LOCAL.row(
        "mobile.letter",
        _("组织关系介绍信有效期"),
        "max_deadline",
        "WARN",
        "",
        "R2.51",
        {"amount": 90, "roll": False},
        unit="d",
    ),
    _LAW.row(
        "mobile.dues",
        _("按时交纳党费"),
        "cadence",
        "ALERT",
        "16",
        "R2.52",
        {"per": "month", "times": 1, "measure": _("次")},
    ),
    _LOCAL.row(
        "mobile.dues_rate",
        _("党费比例和税后工资收入"),
        "enum",
        "WARN",
        "",
        "R2.52",
        {
            "one_of": {
                "0.5": {"words": "0.5%", "max": 3000},
                "1": {"words": "1%", "over": 3000, "max": 5000},
                "1.5": {"words": "1.5%", "over": 5000, "max": 10000},
                "2": {"words": "2%", "over": 10000},
            }
        },
        source=DUES,
    ),
)
