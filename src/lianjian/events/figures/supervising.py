"""The figure of supervised items: how many of what visits asked for is done."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from lianjian.foundation.actor import Actor, path_range
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from ..models import VisitItem
from ..queries.supervising import item_url
from ..rules.supervising import DONE, DROPPED


def items_due(actor: Actor, scoped: Scoped) -> QuerySet[VisitItem]:
    """What was to be done within the period, counted where the body in charge is; what was dropped does not count."""
    rows = VisitItem.objects.visible_to(actor).exclude(state=DROPPED).filter(
        due_on__range=(scoped.start, scoped.end), jurisdiction_id__in=scoped.jurisdiction_ids
    )
    if scoped.path:
        low, high = path_range(scoped.path)
        rows = rows.filter(organization__path__gte=low, organization__path__lt=high)
    return rows.select_related("organization", "visit").order_by("due_on", "pk")


def items_done(actor: Actor, scoped: Scoped) -> QuerySet[VisitItem]:
    """Of them, those settled by the last day."""
    return items_due(actor, scoped).filter(state=DONE, settled_on__lte=scoped.end)


_COLUMNS: Any = (
    (_("督办事项"), "text"),
    (_("办理单位"), "organization.name"),
    (_("办理期限"), "due_on"),
    (_("办结日期"), "settled_on"),
    (_("办理结果"), "words"),
)

INDICATORS = [
    Indicator(
        code="events.items_done",
        name=_("督办事项办结率"),
        unit="项",
        period="during",
        definition=_("走访时交办、办理期限在时段内的督办事项里,到最后一天已办结的;不再办理的不计。"),
        rows=items_done,
        base=items_due,
        columns=_COLUMNS,
        address=lambda row: item_url(row.key),
        subject=_("走访"),
    ),
]
