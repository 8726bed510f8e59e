"""The figures that coverage can answer for. All are states on a day, computed from dated links and roles."""

from __future__ import annotations

from datetime import date
from typing import Any

from lianjian.foundation.declare import Indicator
from lianjian.foundation.errors import _

from .figure_people import INDICATORS as PEOPLE
from .figure_rows import (
    ASKED,
    FIRM,
    ORGANIZATION,
    PERSON,
    VISITED,
    WORKED,
    above_scale,
    address_of,
    answered,
    asked,
    by,
    cadres,
    covered,
    effect,
    firm_address,
    firms_of,
    formed,
    gap,
    led,
    rated,
    resident,
    scope_note,
    stage,
    stations_of,
    why,
)
from .queries.effective import assigned

_SUBJECT = _("组织覆盖")


def _figure(
    code: str,
    name: str,
    unit: str,
    rows: Any,
    columns: Any,
    definition: str,
    address: Any = address_of,
    base: Any = None,
    **more: Any,
) -> Indicator:
    return Indicator(
        code=f"coverage.{code}", name=name, unit=unit, period="as_of", definition=definition, rows=rows,
        columns=columns, address=address, base=base, subject=_SUBJECT,
        **more,
    )  # fmt: skip


INDICATORS = [
    _figure(
        "stations",
        _("党建指导站数"),
        "个",
        stations_of,
        ((_("名称"), "name"),),
        _("截至该日在册、未撤销的党建指导站。"),
    ),
    _figure(
        "enterprises",
        _("覆盖企业数"),
        "家",
        covered,
        FIRM,
        _("截至该日由党建指导站覆盖的企业,一家只计一次;已并入或撤销的不计。"),
    ),
    _figure(
        "above_scale",
        _("规上企业数"),
        "家",
        above_scale,
        FIRM,
        _("截至该日年份最近一次填报为规模以上的企业。"),
    ),
    _figure(
        "cadres",
        _("下派干部数"),
        "名",
        cadres,
        PERSON,
        _("截至该日派驻在党建指导站的干部,一人只计一次。"),
        firm_address,
    ),
    _figure(
        "resident_cadres",
        _("常驻党群服务中心的下派干部数"),
        "名",
        resident,
        PERSON,
        _("截至该日派驻在党建指导站、并常驻党群服务中心的干部,一人只计一次。"),
        firm_address,
    ),
    _figure(
        "target",
        _("重点攻坚企业数"),
        "家",
        gap("target"),
        FIRM,
        _(
            "截至该日职工100人以上、党员数为0的规上企业;规模按该日年份最近一次填报,党员数按最近一次填报,未填的不计。"
        ),
    ),
    _figure(
        "unvisited",
        _("本季未走访企业数"),
        "家",
        gap("unvisited"),
        FIRM,
        _("截至该日,所在季度内还没有走访过的企业。"),
    ),
    _figure(
        "uncovered",
        _("没有指导站的企业数"),
        "家",
        gap("no_station"),
        FIRM,
        _("截至该日没有任何指导站覆盖的企业。"),
    ),
    _figure(
        "unformed",
        _("应建未建企业数"),
        "家",
        gap("unformed"),
        FIRM,
        _("截至该日有3名以上正式党员、还没有任何党组织覆盖的企业(支部工作条例第4条)。"),
    ),
    _figure(
        "formed",
        _("组建党组织数"),
        "个",
        formed("own", "joint", "attached"),
        ORGANIZATION,
        _("截至该日按单独、联合、挂靠组建的企业党组织合计。"),
    ),
    _figure(
        "formed_own",
        _("单独组建党组织数"),
        "个",
        formed("own"),
        ORGANIZATION,
        _("截至该日单独组建的党组织。"),
    ),
    _figure(
        "formed_joint",
        _("联合组建党组织数"),
        "个",
        formed("joint"),
        ORGANIZATION,
        _("截至该日联合组建的党组织。"),
    ),
    _figure(
        "formed_attached",
        _("挂靠组建党组织数"),
        "个",
        formed("attached"),
        ORGANIZATION,
        _("截至该日挂靠组建的党组织。"),
    ),
    _figure(
        "assigned",
        _("已安排覆盖率"),
        "",
        by(assigned),
        FIRM,
        _("截至该日有指导站覆盖或有指导员联系的企业,占全部企业的比例。"),
        base=firms_of,
    ),
    _figure(
        "effective",
        _("有效覆盖率"),
        "",
        effect("effective"),
        VISITED,
        _(
            "截至该日已安排、最近一次走访在所在分层的走访间隔之内、没有超期未办结的诉求、"
            "有党组织覆盖且组织生活没有超期未开展的企业,占全部企业的比例。与已安排覆盖率分开计算。"
        ),
        base=firms_of,
        version=2,
        since=date(2026, 11, 29),
    ),
    *(
        _figure(f"lacking_{code}", name, "家", why(code), columns, definition)
        for code, name, columns, definition in (
            (
                "unvisited",
                _("已安排但超过走访间隔的企业数"),
                (*VISITED, (_("应走访日期"), "due_on"), (_("已过(天)"), "late")),
                _("截至该日已安排、没有走访过或最近一次走访已超过所在分层走访间隔的企业。"),
            ),
            (
                "unanswered",
                _("已安排但诉求超期的企业数"),
                (*FIRM, (_("超期诉求(件)"), "overdue_needs")),
                _("截至该日已安排、有超期未办结诉求的企业。"),
            ),
            (
                "idle",
                _("已安排但组织生活超期未开展的企业数"),
                (
                    (_("企业"), "name"),
                    (_("党组织"), "owing"),
                    (_("未开展(次)"), "owed_periods"),
                    (_("最早到期"), "owed_since"),
                    (_("红管家"), "instructors"),
                    (_("指导站"), "station_name"),
                ),
                _("截至该日已安排、所属党组织有周期已过而没有开展也没有说明原因的组织生活(按规则所定周期)的企业。"),
            ),
            (
                "unformed",
                _("已安排但没有党组织的企业数"),
                FIRM,
                _("截至该日已安排、还没有任何党组织覆盖的企业。"),
            ),
        )
    ),
    *(
        _figure(
            code, name, "", rated(rate), columns, definition, base=rated("scope"), note=scope_note, version=2,
            since=date(2026, 11, 29),
        )  # fmt: skip
        for code, rate, name, columns, definition in (
            (
                "organization_coverage",
                "organized",
                _("组织覆盖率"),
                FIRM,
                _("截至该日有党组织(单独、联合或挂靠组建)覆盖的企业,占口径内企业的比例;规模未填的企业只在口径为全部企业时计入。"),
            ),
            (
                "work_coverage",
                "worked",
                _("工作覆盖率"),
                WORKED,
                _(
                    "截至该日有党组织覆盖,或有党建指导员联系,或有工会、共青团、妇联等群团组织(已登记,或最近一次摸排填报有)的企业,"
                    "占口径内企业的比例。"
                ),
            ),
            ("own_rate", "own", _("单独组建率"), FIRM, _("截至该日有单独组建的党组织的企业,占口径内企业的比例。")),
        )
    ),
    *(
        _figure(code, name, "家", rated(rate), FIRM, definition, note=scope_note)
        for code, rate, name, definition in (
            ("in_scope", "scope", _("计入覆盖率的企业数"), _("截至该日口径内的企业,即各项覆盖率的分母。")),
            ("unorganized", "unorganized", _("没有组织覆盖的企业数"), _("截至该日口径内没有任何党组织覆盖的企业。")),
            (
                "unworked",
                "unworked",
                _("没有工作覆盖的企业数"),
                _("截至该日口径内没有党组织、指导员和群团组织的企业。"),
            ),
            (
                "with_mass",
                "mass",
                _("有群团组织的企业数"),
                _("截至该日口径内有工会、共青团、妇联等群团组织的企业:已登记,或最近一次摸排填报有。"),
            ),
        )
    ),
    _figure(
        "led",
        _("领导联系企业数"),
        "家",
        led,
        FIRM,
        _("截至该日有班子成员联系、领导包保或干部助企的企业,一家只计一次。"),
    ),
    _figure(
        "survey_completion",
        _("摸排完成率"),
        "",
        answered,
        ASKED,
        _("截至该日正在进行的摸排中,必填内容已填全的企业,占应填企业的比例;一家企业在两次摸排中计两次,没有填全就撤销的企业不计。"),
        firm_address,
        asked,
    ),
    *(
        _figure(f"incubation_{code}", name, "家", stage(code), FIRM, definition)
        for code, name, definition in (
            ("none", _("无党员企业数"), _("截至该日填报党员数为0、也没有党组织覆盖的企业;党员数未填的不计。")),
            (
                "unknown",
                _("党员数未填企业数"),
                _("截至该日没有党组织覆盖、没有填报过党员数、双找也没有查找到党员的企业;不算作无党员。"),
            ),
            ("member", _("有党员无组织企业数"), _("截至该日有党员(含双找查找到的党员)、还没有党组织覆盖的企业。")),
            ("joint", _("联合或挂靠组建企业数"), _("截至该日由联合或挂靠组建的党组织覆盖的企业。")),
            ("own", _("单独组建企业数"), _("截至该日有单独组建的党组织的企业。")),
        )
    ),
    *PEOPLE,
]
