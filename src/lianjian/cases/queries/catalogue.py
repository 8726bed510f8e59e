"""The service catalogue and the words of answers, as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianjian.foundation.actor import Actor
from lianjian.rulebook.queries import line_of

from .. import rules
from ..models import ReplyTemplate, Service
from .listing import visible
from .tree import tree_of


@dataclass(frozen=True)
class ServiceLine:
    """One service with how many orders one sees, and how many of them ended."""

    service: Service
    unit: str
    category: str
    orders: int
    ended: int
    own: bool

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What a person needs to know before ordering it."""
        days = self.service.days
        lines = [
            (_("类别"), self.category),
            (_("需要的材料"), self.service.papers),
            (_("承办单位"), self.unit),
            (_("岗位"), self.service.post),
            (_("承诺时限"), ngettext("%(n)d 个工作日", "%(n)d 个工作日", days) % {"n": days} if days else ""),
        ]
        return [(label, words) for label, words in lines if words]


def service_lines(actor: Actor) -> list[ServiceLine]:
    """What the place offers, then what it offers no longer; five queries."""
    home = actor.jurisdiction_id
    tree = tree_of(home)
    counts: dict[int, int] = {}
    ended: dict[int, int] = {}
    rows = visible(actor).counted().filter(service__isnull=False).order_by()  # type: ignore[attr-defined]
    for service, state, number in rows.values_list("service_id", "state").annotate(n=Count("pk")):
        counts[service] = counts.get(service, 0) + number
        if state in rules.ENDED:
            ended[service] = ended.get(service, 0) + number
    found = Service.objects.filter(jurisdiction_id__in=line_of(home)).select_related("category", "organization")
    return [
        ServiceLine(
            one,
            one.organization.name if one.organization else "",
            tree.path(one.category.code),
            counts.get(one.pk, 0),
            ended.get(one.pk, 0),
            one.jurisdiction_id == home,
        )
        for one in sorted(found, key=lambda row: (row.retired_on is not None, row.position, row.pk))
    ]


@dataclass(frozen=True)
class TemplateLine:
    """Words with the path of the category they are for."""

    template: ReplyTemplate
    category: str
    own: bool


def template_lines(actor: Actor) -> list[TemplateLine]:
    """The place's words and those of the places above, retired ones last."""
    home = actor.jurisdiction_id
    tree = tree_of(home)
    rows = ReplyTemplate.objects.filter(jurisdiction_id__in=line_of(home))
    found = sorted(rows, key=lambda row: (row.retired_on is not None, row.name))
    return [TemplateLine(row, tree.path(row.category_code), row.jurisdiction_id == home) for row in found]
