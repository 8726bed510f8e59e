"""The figures that cases can answer for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from lianjian.foundation.actor import Actor, path_range
from lianjian.foundation.calendar import day_end
from lianjian.foundation.declare import Balance, Indicator, Scoped
from lianjian.foundation.errors import _

from .. import rules
from ..models import Case, CaseCount, CaseEvent, Measure, Service
from ..models.cases import sees_whole
from ..models.counts import signed
from ..queries import case_url, visible
from ..queries.listing import TICKING
from ..queries.solved import SOLVED


def _within(actor: Actor, scoped: Scoped, kind: str = "need") -> QuerySet[Case]:
    """Cases of a kind (empty: of all) that count, in the place asked for."""
    rows = visible(actor).counted().filter(jurisdiction_id__in=scoped.jurisdiction_ids)  # type: ignore[attr-defined]
    if kind:
        rows = rows.filter(kind=kind)
    if scoped.path:
        low, high = path_range(scoped.path)
        inside = Q(organization__path__gte=low, organization__path__lt=high)
        rows = rows.filter(inside | Q(handler__path__gte=low, handler__path__lt=high))
    return rows.select_related("organization", "category", "handler").order_by("registered_on", "id")


def collected(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Needs told within the period."""
    return _within(actor, scoped).filter(registered_on__range=(scoped.start, scoped.end))


def solved(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Needs closed as solved within the period, whenever they were told."""
    return _within(actor, scoped).filter(SOLVED, closed_on__range=(scoped.start, scoped.end))


def solved_of_collected(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Of the needs told within the period those closed as solved until its end."""
    return collected(actor, scoped).filter(SOLVED, closed_on__lte=scoped.end)


def silent(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Needs closed within the period because the firm did not reply."""
    return _within(actor, scoped).filter(
        state="closed", closing="no_reply", closed_on__range=(scoped.start, scoped.end)
    )


def overdue_open(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Needs without an answer at the end of the day asked for, whose limit (as it stands today) had passed."""
    end = day_end(scoped.end)
    unanswered = (
        Q(state__in=TICKING) | Q(answered_at__gte=end) | Q(answered_at__isnull=True, closed_at__gte=end)
    )
    # A limit in days ends at 23:59:59: on its last day it has not passed.
    last = end - timedelta(seconds=1)
    return _within(actor, scoped).filter(unanswered, registered_on__lte=scoped.end, due_at__lt=last)


def told(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Matters of every kind told within the period."""
    return _within(actor, scoped, "").filter(registered_on__range=(scoped.start, scoped.end))


def backlog(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Matters of every kind that were told and not ended at the end of the day asked for, whatever came later.

    A case that was opened again is judged by the last line of its story before the end of that day.
    """
    end = day_end(scoped.end)
    unended = Q(ended_at__isnull=True) | Q(ended_at__gte=end)
    rows = _within(actor, scoped, "").filter(unended | Q(reopened__gt=0), registered_on__lte=scoped.end)
    # Told before it was written down: without a line of its story before that day it had not ended either.
    stood = Q(stood__isnull=True) | ~Q(stood__in=rules.ENDED_ORDER)
    again = _opened_again(actor, scoped).filter(stood)
    return rows.filter(Q(reopened=0) | Q(pk__in=again.values("pk")))


def _opened_again(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Matters told until the day asked for and opened again at some time, with the state in which they `stood`."""
    end = day_end(scoped.end)
    stood = CaseEvent.objects.filter(case=OuterRef("pk"), at__lt=end).order_by("-id").values("to_state")[:1]
    rows = _within(actor, scoped, "").filter(reopened__gt=0, registered_on__lte=scoped.end)
    return rows.order_by().annotate(stood=Subquery(stood))


def backlog_quickly(actor: Actor, scoped: Scoped) -> Balance | None:
    """The number of `backlog` from the counts that the database keeps; None for parts of a place."""
    if scoped.path or not sees_whole(actor):
        return None
    kept = CaseCount.objects.visible_to(actor).filter(
        jurisdiction_id__in=scoped.jurisdiction_ids, measure__in=("told", "ended"), day__lte=scoped.end
    )
    ended = _opened_again(actor, scoped).filter(stood__in=rules.ENDED_ORDER)
    return Balance(kept.annotate(change=signed()), "change", ended)


def services(actor: Actor, scoped: Scoped) -> QuerySet[Service]:
    """What the catalogues of the places offer today."""
    rows = Service.objects.filter(jurisdiction_id__in=scoped.jurisdiction_ids, retired_on__isnull=True)
    return rows.select_related("organization").order_by("position", "id")


def ordered(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Orders of the catalogue told within the period."""
    return told(actor, scoped).filter(service__isnull=False).select_related("service")


def served(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Orders of the catalogue closed as solved within the period."""
    rows = _within(actor, scoped, "").filter(
        SOLVED, service__isnull=False, closed_on__range=(scoped.start, scoped.end)
    )
    return rows.select_related("service")


def _settled(tier: str) -> Callable[[Actor, Scoped], QuerySet[Case]]:
    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
        return _within(actor, scoped, "").filter(
            SOLVED, tier=tier, closed_on__range=(scoped.start, scoped.end)
        )

    return rows


def _settled_on_levels(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Matters with a level that were settled within the period, on whatever level."""
    return _within(actor, scoped, "").filter(SOLVED, closed_on__range=(scoped.start, scoped.end)).exclude(tier="")


def _measures(kind: str) -> Callable[[Actor, Scoped], QuerySet[Measure]]:
    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Measure]:
        found = Measure.objects.visible_to(actor).filter(  # type: ignore[attr-defined]
            kind=kind,
            withdrawn_at__isnull=True,
            done_on__range=(scoped.start, scoped.end),
            case__in=_within(actor, scoped, "").order_by().values("pk"),
        )
        ordered: QuerySet[Measure] = found.select_related("case").order_by("done_on", "id")
        return ordered

    return rows


def _service_address(row: Any) -> str:
    return f"{reverse('cases:list')}?service={row.key}"


def _measure_address(row: Any) -> str:
    return case_url(row.case.key)


MEASURE_COLUMNS = (
    (_("编号"), "case.number"),
    (_("完成日期"), "done_on"),
    (_("内容"), "what"),
    (_("数量"), "quantity_text"),
    (_("渠道"), "channel"),
    (_("单位"), "by_unit"),
)


def _measured(code: str, name: str, unit: str, definition: str, kind: str, measure: str | None) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        unit=unit,
        period="during",
        definition=definition,
        rows=_measures(kind),
        columns=MEASURE_COLUMNS,
        address=_measure_address,
        measure=measure,
        subject=_("诉求"),
    )


def _level(code: str, name: str, tier: str) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        unit="件",
        period="during",
        definition=_("时段内以“已解决”办结、办结时在这一层级的事项,按办结日期计。逐级办理的事项才有层级。"),
        rows=_settled(tier),
        columns=CLOSED_COLUMNS,
        address=_address,
        subject=_("诉求"),
    )


def _address(row: Any) -> str:
    return case_url(row.key)


COLUMNS = (
    (_("编号"), "number"),
    (_("日期"), "registered_on"),
    (_("企业"), "whose"),
    (_("诉求"), "title"),
    (_("类别"), "category.name"),
)
CLOSED_COLUMNS = (*COLUMNS, (_("办结日期"), "closed_on"))

INDICATORS = [
    Indicator(
        code="cases.collected",
        name=_("收集涉企需求"),
        unit="个",
        period="during",
        definition=_("时段内提出的企业需求,按提出日期计,不论来源。已撤回、已并入其他诉求的不计。"),
        rows=collected,
        columns=COLUMNS,
        address=_address,
        subject=_("诉求"),
    ),
    Indicator(
        code="cases.solved",
        name=_("解决企业需求"),
        unit="件",
        period="during",
        definition=_(
            "时段内以“已解决”办结的企业需求,按办结日期计,不论何时提出。企业未回复而办结的、只作解释说明的、"
            "已撤回和已并入其他诉求的不计。"
        ),
        rows=solved,
        columns=CLOSED_COLUMNS,
        address=_address,
        split=(_("类别"), "category__name"),
        subject=_("诉求"),
    ),
    Indicator(
        code="cases.solving_rate_linked",
        name=_("需求解决率(同批)"),
        unit="%",
        period="during",
        definition=_(
            "时段内提出的企业需求中,到时段末以“已解决”办结的所占比例。分子是分母的一部分。"
            "已撤回、已并入其他诉求的,分子分母都不计。"
        ),
        rows=solved_of_collected,
        base=collected,
        columns=CLOSED_COLUMNS,
        address=_address,
        subject=_("诉求"),
    ),
    Indicator(
        code="cases.solving_rate_unlinked",
        name=_("需求解决率(当期)"),
        unit="%",
        period="during",
        definition=_(
            "时段内以“已解决”办结的企业需求与时段内提出的企业需求之比。办结的可能是以前提出的,所以可以超过百分之百。"
            "已撤回、已并入其他诉求的,分子分母都不计。"
        ),
        rows=solved,
        base=collected,
        columns=CLOSED_COLUMNS,
        address=_address,
        subject=_("诉求"),
    ),
    Indicator(
        code="cases.closed_without_reply",
        name=_("企业未回复办结"),
        unit="件",
        period="during",
        definition=_("时段内因企业在确认期限内没有回复而办结的需求,按办结日期计。不算已解决。"),
        rows=silent,
        columns=CLOSED_COLUMNS,
        address=_address,
        subject=_("诉求"),
    ),
    Indicator(
        code="cases.overdue_open",
        name=_("在办超期需求"),
        unit="件",
        period="as_of",
        definition=_("截至该日仍未反馈、且应反馈时间已过的企业需求。挂账的、已撤回和已并入其他诉求的不计。"),
        rows=overdue_open,
        columns=(*COLUMNS, (_("承办单位"), "handler.name"), (_("应反馈"), "due_at")),
        address=_address,
        subject=_("诉求"),
    ),
    Indicator(
        code="cases.told",
        name=_("登记各类诉求"),
        unit="件",
        period="during",
        definition=_(
            "时段内提出的各类诉求(需求、投诉、纠纷、法律咨询、信访、代办、项目障碍),按提出日期计。"
            "已撤回、已并入其他诉求的不计,不予受理的计入;举报单位的保密,不计入任何指标。"
        ),
        rows=told,
        columns=COLUMNS,
        address=_address,
        subject=_("诉求"),
    ),
    Indicator(
        code="cases.backlog",
        name=_("在办诉求"),
        unit="件",
        period="as_of",
        definition=_(
            "截至该日已提出、当日终了时尚未办结的各类诉求,不论后来如何。挂账的计入;"
            "已撤回、已并入其他诉求的不计。重新办理的按当日的情形判断。"
        ),
        rows=backlog,
        quickly=backlog_quickly,
        columns=(*COLUMNS, (_("承办单位"), "handler.name")),
        address=_address,
        subject=_("诉求"),
    ),
    Indicator(
        code="cases.services",
        name=_("服务目录事项"),
        unit="项",
        period="as_of",
        definition=_("截至今天服务目录里正在提供的事项,一项一行。已停用的不计;以前的日子也按今天的目录算。"),
        rows=services,
        columns=((_("服务事项"), "name"), (_("承办单位"), "organization.name")),
        address=_service_address,
        subject=_("诉求"),
    ),
    Indicator(
        code="cases.services_ordered",
        name=_("服务事项登记"),
        unit="件",
        period="during",
        definition=_("时段内登记的、选了服务目录事项的诉求,按提出日期计。已撤回、已并入其他诉求的不计。"),
        rows=ordered,
        columns=(*COLUMNS, (_("服务事项"), "service.name")),
        address=_address,
        subject=_("诉求"),
    ),
    Indicator(
        code="cases.services_done",
        name=_("服务事项办成"),
        unit="件",
        period="during",
        definition=_("时段内以“已解决”办结的、选了服务目录事项的诉求,按办结日期计。"),
        rows=served,
        columns=(*CLOSED_COLUMNS, (_("服务事项"), "service.name")),
        address=_address,
        subject=_("诉求"),
    ),
    _level("cases.settled_hamlet", _("湾组化解"), "hamlet"),
    _level("cases.settled_village", _("村(社区)化解"), "village"),
    _level("cases.settled_town", _("镇(街道)化解"), "town"),
    Indicator(
        code="cases.settled_hamlet_rate",
        name=_("湾组化解占比"),
        unit="%",
        period="during",
        definition=_("时段内以“已解决”办结、有层级的事项中,办结时在湾组的所占比例。分子是分母的一部分。"),
        rows=_settled("hamlet"),
        base=_settled_on_levels,
        columns=CLOSED_COLUMNS,
        address=_address,
        subject=_("诉求"),
    ),
    _measured(
        "cases.measures",
        _("办理措施"),
        "项",
        _("时段内完成的办理措施,按完成日期计,一项一行。作废的不计。"),
        "work",
        None,
    ),
    _measured(
        "cases.jobs",
        _("诉求办理新增就业"),
        "人",
        _("时段内因办理诉求新增的就业人数之和,按完成日期计。作废的不计。"),
        "jobs",
        "amount",
    ),
    _measured(
        "cases.money",
        _("诉求办理落实资金"),
        "元",
        _("时段内因办理诉求落实的资金之和,按完成日期计。作废的不计。"),
        "money",
        "amount",
    ),
]
