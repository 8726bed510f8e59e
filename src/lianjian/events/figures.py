"""The figures that visits can answer for."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, path_range
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from .models import Visit
from .queries import visit_url


def visits_in(actor: Actor, scoped: Scoped) -> QuerySet[Visit]:
    """Standing visits of the period within the scope."""
    rows: QuerySet[Visit] = Visit.objects.visible_to(actor).standing()  # type: ignore[attr-defined]
    rows = rows.filter(
        jurisdiction_id__in=scoped.jurisdiction_ids, visited_on__range=(scoped.start, scoped.end)
    )
    if scoped.path:
        low, high = path_range(scoped.path)
        rows = rows.filter(organization__path__gte=low, organization__path__lt=high)
    return rows.select_related("organization").order_by("visited_on", "id")


def visited_enterprises(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    """Enterprises with at least one standing visit in the period; each counts once."""
    ids = visits_in(actor, scoped).order_by().values("organization_id")
    return Organization.objects.filter(pk__in=ids, classification="enterprise").order_by("name", "id")


def _visit_address(row: Any) -> str:
    return visit_url(row.key)


def _organization_address(row: Any) -> str:
    return str(row.get_absolute_url())


INDICATORS = [
    Indicator(
        code="events.visits",
        name=_("走访次数"),
        unit="次",
        period="during",
        definition=_("时段内走访过的次数,按走访日期计;几个人同去一家算一次,已作废的不计。"),
        rows=visits_in,
        columns=(
            (_("日期"), "visited_on"),
            (_("走访对象"), "whom"),
            (_("走访人"), "visitors"),
            (_("接待人"), "received_by"),
        ),
        address=_visit_address,
        subject=_("走访"),
    ),
    Indicator(
        code="events.visited_enterprises",
        name=_("走访企业数"),
        unit="家",
        period="during",
        definition=_("时段内至少走访过一次的企业,一家只计一次;名册里没有认出的企业不计,已作废的走访不计。"),
        rows=visited_enterprises,
        columns=((_("企业"), "name"), (_("信用代码"), "code")),
        address=_organization_address,
        subject=_("走访"),
    ),
]
