"""How time is counted (rules.md 11). `foundation/calendar.py` counts; these rows say on what it rests."""

from __future__ import annotations

from datetime import date

from lianjian.foundation.errors import _

from .rows import CIVIL_CODE, CODE_DAY, CONF_DAY, HOLIDAY_NOTICE, HOLIDAYS, PRACTICE, Law, RuleRow

_LAW = Law(CIVIL_CODE, CODE_DAY, "time", _("全部期限的计算"))

ROWS: tuple[RuleRow, ...] = (
    _LAW.row(
        "time.first_day",
        _("开始的当日不计入,自下一日起算"),
        "max_deadline",
        "BLOCK",
        "201",
        "R11.01",
        {"amount": 1, "roll": False, "sample": True},
        unit="d",
    ),
    _LAW.row(
        "time.hours",
        _("按小时计算的自规定的时间起算"),
        "max_deadline",
        "BLOCK",
        "201",
        "R11.01",
        {"amount": 2, "sample": True},
        unit="h",
    ),
    _LAW.row(
        "time.months",
        _("按月计算的到对应日,没有对应日的到月末"),
        "max_deadline",
        "BLOCK",
        "202",
        "R11.02",
        {"amount": 1, "roll": False, "sample": True},
        unit="m",
    ),
    _LAW.row(
        "time.rest_days",
        _("最后一日是休息日的顺延到休息日结束的次日"),
        "max_deadline",
        "BLOCK",
        "203",
        "R11.03",
        {"amount": 30, "sample": True},
        unit="d",
    ),
    _LAW.row(
        "time.calendar_days",
        _("未写工作日的按自然日计算"),
        "max_deadline",
        "ALERT",
        "",
        "R11.04",
        {"amount": 10, "roll": False, "sample": True},
        unit="d",
        source=PRACTICE,
        confidence="CONF",
        valid_from=CONF_DAY,
    ),
    _LAW.row(
        "time.holidays",
        _("全体公民放假的节日"),
        "enum",
        "BLOCK",
        "2",
        "R11.05",
        {
            "one_of": {
                "new_year": _("元旦(1天)"),
                "spring": _("春节(4天)"),
                "qingming": _("清明节(1天)"),
                "labour": _("劳动节(2天)"),
                "dragon_boat": _("端午节(1天)"),
                "mid_autumn": _("中秋节(1天)"),
                "national": _("国庆节(3天)"),
            }
        },
        source=HOLIDAYS,
        confidence="V1",
        valid_from=date(2025, 1, 1),
    ),
    _LAW.row(
        "time.make_up",
        _("调休上班日是工作日,以国务院通知为准"),
        "enum",
        "BLOCK",
        "",
        "R11.06",
        {"one_of": {"state_council": _("国务院办公厅的通知")}},
        source=HOLIDAY_NOTICE,
        valid_from=CONF_DAY,
    ),
    _LAW.row(
        "time.local_holidays",
        _("少数民族习惯节日放假"),
        "enum",
        "ALERT",
        "4",
        "R11.07",
        {"all_of": {"local": _("当地人民政府的规定")}, "off": True},
        source=HOLIDAYS,
        confidence="CONF",
        valid_from=CONF_DAY,
    ),
)
