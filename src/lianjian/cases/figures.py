"""The figures that cases can answer for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from lianjian.foundation.actor import Actor, path_range
from lianjian.foundation.calendar import day_end
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from .models import Case
from .queries import case_url, visible
from .queries.listing import TICKING

# Closed without a word from the firm is shown apart and never called solved.
SOLVED = Q(state="closed", outcome="solved", closing__in=("confirmed", "by_import"))


def _within(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    rows = (
        visible(actor)
        .exclude(state="withdrawn")
        .filter(kind="need", jurisdiction_id__in=scoped.jurisdiction_ids)
    )
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
]
