"""The figures that coverage can answer for. All are states on a day, computed from dated links and roles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianjian.directory.models import Membership, Organization
from lianjian.directory.queries.scope import scope_words
from lianjian.foundation.actor import Actor, path_range
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from .models import SurveyFirm
from .models.doors import owed
from .queries.effective import assigned, by_effect, with_reasons, with_stage
from .queries.enterprises import coverage_on, enterprises, in_gap, is_covered, standing_on, stations
from .queries.rates import by_rate
from .rules import LEADERS, TOLD, word


def _subtree(scoped: Scoped, field: str = "path") -> Q:
    low, high = path_range(scoped.path)
    return Q(**{f"{field}__gte": low, f"{field}__lt": high})


def _enterprises(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    rows = enterprises(actor, scoped.end).filter(jurisdiction_id__in=scoped.jurisdiction_ids)
    if scoped.path:
        covered = coverage_on(scoped.end).filter(_subtree(scoped, "source__path")).values("target_id")
        rows = rows.filter(_subtree(scoped) | Q(pk__in=covered))
    return rows


def _stations(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    rows = stations(actor, scoped.end).filter(jurisdiction_id__in=scoped.jurisdiction_ids)
    return rows.filter(_subtree(scoped)) if scoped.path else rows


def _covered(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    return _enterprises(actor, scoped).filter(is_covered(scoped.end))


def _above_scale(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    return _enterprises(actor, scoped).filter(size_above=True)


def _gap(code: str) -> Callable[[Actor, Scoped], QuerySet[Organization]]:
    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
        return in_gap(_enterprises(actor, scoped), code, scoped.end)

    return rows


def _cadres(actor: Actor, scoped: Scoped) -> QuerySet[Membership]:
    """One row a person, however many stations he serves on that day."""
    held = Membership.objects.filter(role="dispatched").on(scoped.end)  # type: ignore[attr-defined]
    rows = held.visible_to(actor).filter(organization__in=_stations(actor, scoped).values("pk"))
    earlier = held.filter(
        person=OuterRef("person"), pk__lt=OuterRef("pk"), organization__classification="station"
    )
    return rows.filter(~Exists(earlier)).select_related("person", "organization")  # type: ignore[no-any-return]


def _resident(actor: Actor, scoped: Scoped) -> QuerySet[Membership]:
    return _cadres(actor, scoped).filter(details__resident=True)


def _formed(*forms: str) -> Callable[[Actor, Scoped], QuerySet[Organization]]:
    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
        found = Organization.objects.visible_to(actor).filter(  # type: ignore[attr-defined]
            classification="party", party__formation__in=forms, jurisdiction_id__in=scoped.jurisdiction_ids
        )
        if scoped.path:
            found = found.filter(_subtree(scoped))
        return standing_on(found, scoped.end).select_related("party")

    return rows


Rows = Callable[[Actor, Scoped], QuerySet[Any]]


def _by(narrow: Callable[..., QuerySet[Any]]) -> Rows:
    """Firms under a condition of `queries.effective` on the last day of the period."""
    return lambda actor, scoped: narrow(_enterprises(actor, scoped), scoped.end)


def _effect(code: str) -> Rows:
    return lambda actor, scoped: by_effect(_enterprises(actor, scoped), actor, code, scoped.end)


def _why(code: str) -> Rows:
    """Assigned firms under one reason, with what stands behind it."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
        return with_reasons(by_effect(_enterprises(actor, scoped), actor, code, scoped.end), actor, scoped.end)

    return rows


def _rate(code: str) -> Rows:
    """Firms within the scope of the day that a word of `rules.RATES` holds for."""
    return lambda actor, scoped: by_rate(_enterprises(actor, scoped), code, scoped.end)


def _scope_note(actor: Actor, scoped: Scoped) -> str:
    return scope_words(scoped.jurisdiction_ids, scoped.end)


def _stage(code: str) -> Rows:
    return lambda actor, scoped: with_stage(_enterprises(actor, scoped), scoped.end).filter(stage=code)


def _asked(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Firms asked by the day in surveys that ran on it."""
    running = Q(survey__closed_on__isnull=True) | Q(survey__closed_on__gt=scoped.end)
    rows = SurveyFirm.objects.visible_to(actor).filter(
        running,
        owed(scoped.end),
        jurisdiction_id__in=scoped.jurisdiction_ids,
        asked_on__lte=scoped.end,
        survey__opens_on__lte=scoped.end,
    )
    if scoped.path:
        rows = rows.filter(_subtree(scoped, "organization__path"))
    return rows.select_related("organization", "survey")


def _answered(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    return _asked(actor, scoped).filter(done_on__lte=scoped.end)


def _led(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    held = Membership.objects.filter(role__in=list(LEADERS), organization=OuterRef("pk")).on(scoped.end)  # type: ignore[attr-defined]
    return _enterprises(actor, scoped).filter(Exists(held))


def _address(row: Any) -> str:
    return str(row.get_absolute_url())


def _asked_address(row: Any) -> str:
    return str(row.organization.get_absolute_url())


def _cadre_address(row: Any) -> str:
    return str(row.organization.get_absolute_url())


def _mass(row: Any) -> str:
    """What stands for a mass group of the firm; the denominator's rows do not ask."""
    names = getattr(row, "mass_groups", "")
    return word(names) if names == TOLD else names


_SUBJECT = _("组织覆盖")
_FIRM = (
    (_("企业"), "name"),
    (_("指导站"), "station_name"),
    (_("红管家"), "instructors"),
    (_("职工数"), "size_staff"),
    (_("是否规上"), "size_above"),
    (_("党员数"), "members"),
)
_ORGANIZATION = (
    (_("名称"), "name"),
    (_("组建形式"), "party.get_formation_display"),
    (_("成立日期"), "founded_on"),
)
_WORKED = (*_FIRM, (_("群团组织"), _mass))
_VISITED = (*_FIRM, (_("最近走访"), "last_visit"))
_ASKED = (
    (_("企业"), "organization.name"),
    (_("摸排"), "survey.name"),
    (_("填全日期"), "done_on"),
    (_("填报人"), "answered_by"),
)
_PERSON = ((_("姓名"), "person.name"), (_("派驻指导站"), "organization.name"), (_("派驻起始"), "since"))


def _figure(
    code: str,
    name: str,
    unit: str,
    rows: Any,
    columns: Any,
    definition: str,
    address: Any = _address,
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
        _stations,
        ((_("名称"), "name"),),
        _("截至该日在册、未撤销的党建指导站。"),
    ),
    _figure(
        "enterprises",
        _("覆盖企业数"),
        "家",
        _covered,
        _FIRM,
        _("截至该日由党建指导站覆盖的企业,一家只计一次;已并入或撤销的不计。"),
    ),
    _figure(
        "above_scale",
        _("规上企业数"),
        "家",
        _above_scale,
        _FIRM,
        _("截至该日年份最近一次填报为规模以上的企业。"),
    ),
    _figure(
        "cadres",
        _("下派干部数"),
        "名",
        _cadres,
        _PERSON,
        _("截至该日派驻在党建指导站的干部,一人只计一次。"),
        _cadre_address,
    ),
    _figure(
        "resident_cadres",
        _("常驻党群服务中心的下派干部数"),
        "名",
        _resident,
        _PERSON,
        _("截至该日派驻在党建指导站、并常驻党群服务中心的干部,一人只计一次。"),
        _cadre_address,
    ),
    _figure(
        "target",
        _("重点攻坚企业数"),
        "家",
        _gap("target"),
        _FIRM,
        _(
            "截至该日职工100人以上、党员数为0的规上企业;规模按该日年份最近一次填报,党员数按最近一次填报,未填的不计。"
        ),
    ),
    _figure(
        "unvisited",
        _("本季未走访企业数"),
        "家",
        _gap("unvisited"),
        _FIRM,
        _("截至该日,所在季度内还没有走访过的企业。"),
    ),
    _figure(
        "uncovered",
        _("没有指导站的企业数"),
        "家",
        _gap("no_station"),
        _FIRM,
        _("截至该日没有任何指导站覆盖的企业。"),
    ),
    _figure(
        "unformed",
        _("应建未建企业数"),
        "家",
        _gap("unformed"),
        _FIRM,
        _("截至该日有3名以上正式党员、还没有任何党组织覆盖的企业(支部工作条例第4条)。"),
    ),
    _figure(
        "formed",
        _("组建党组织数"),
        "个",
        _formed("own", "joint", "attached"),
        _ORGANIZATION,
        _("截至该日按单独、联合、挂靠组建的企业党组织合计。"),
    ),
    _figure(
        "formed_own",
        _("单独组建党组织数"),
        "个",
        _formed("own"),
        _ORGANIZATION,
        _("截至该日单独组建的党组织。"),
    ),
    _figure(
        "formed_joint",
        _("联合组建党组织数"),
        "个",
        _formed("joint"),
        _ORGANIZATION,
        _("截至该日联合组建的党组织。"),
    ),
    _figure(
        "formed_attached",
        _("挂靠组建党组织数"),
        "个",
        _formed("attached"),
        _ORGANIZATION,
        _("截至该日挂靠组建的党组织。"),
    ),
    _figure(
        "assigned",
        _("已安排覆盖率"),
        "",
        _by(assigned),
        _FIRM,
        _("截至该日有指导站覆盖或有指导员联系的企业,占全部企业的比例。"),
        base=_enterprises,
    ),
    _figure(
        "effective",
        _("有效覆盖率"),
        "",
        _effect("effective"),
        _VISITED,
        _(
            "截至该日已安排、最近一次走访在所在分层的走访间隔之内、没有超期未办结的诉求、"
            "有党组织覆盖且组织生活没有到期未开展的企业,占全部企业的比例。与已安排覆盖率分开计算。"
        ),
        base=_enterprises,
        version=2,
        since=date(2026, 12, 1),
    ),
    *(
        _figure(f"lacking_{code}", name, "家", _why(code), columns, definition)
        for code, name, columns, definition in (
            (
                "unvisited",
                _("已安排但超过走访间隔的企业数"),
                (*_VISITED, (_("应走访日期"), "due_on"), (_("已过(天)"), "late")),
                _("截至该日已安排、没有走访过或最近一次走访已超过所在分层走访间隔的企业。"),
            ),
            (
                "unanswered",
                _("已安排但诉求超期的企业数"),
                (*_FIRM, (_("超期诉求(件)"), "overdue_needs")),
                _("截至该日已安排、有超期未办结诉求的企业。"),
            ),
            (
                "idle",
                _("已安排但组织生活到期未开展的企业数"),
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
                _FIRM,
                _("截至该日已安排、还没有任何党组织覆盖的企业。"),
            ),
        )
    ),
    *(
        _figure(
            code, name, "", _rate(rate), columns, definition, base=_rate("scope"), note=_scope_note, version=2,
            since=date(2026, 12, 1),
        )  # fmt: skip
        for code, rate, name, columns, definition in (
            (
                "organization_coverage",
                "organized",
                _("组织覆盖率"),
                _FIRM,
                _("截至该日有党组织(单独、联合或挂靠组建)覆盖的企业,占口径内企业的比例;规模未填的企业只在口径为全部企业时计入。"),
            ),
            (
                "work_coverage",
                "worked",
                _("工作覆盖率"),
                _WORKED,
                _(
                    "截至该日有党组织覆盖,或有党建指导员联系,或有工会、共青团、妇联等群团组织(已登记,或最近一次摸排填报有)的企业,"
                    "占口径内企业的比例。"
                ),
            ),
            ("own_rate", "own", _("单独组建率"), _FIRM, _("截至该日有单独组建的党组织的企业,占口径内企业的比例。")),
        )
    ),
    *(
        _figure(code, name, "家", _rate(rate), _FIRM, definition, note=_scope_note)
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
        _led,
        _FIRM,
        _("截至该日有班子成员联系、领导包保或干部助企的企业,一家只计一次。"),
    ),
    _figure(
        "survey_completion",
        _("摸排完成率"),
        "",
        _answered,
        _ASKED,
        _("截至该日正在进行的摸排中,必填内容已填全的企业,占应填企业的比例;一家企业在两次摸排中计两次,没有填全就撤销的企业不计。"),
        _asked_address,
        _asked,
    ),
    *(
        _figure(f"incubation_{code}", name, "家", _stage(code), _FIRM, definition)
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
]
