"""The category tree of a place and where its needs go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from lianjian.directory.models import Organization
from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import _, translate
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.rulebook.queries import line_of

from ..models import Case, Category, Route

# Code: (name, code of the parent). Written into a place's tree when first used.
DEFAULTS: Final[dict[str, tuple[str, str]]] = {
    "labour": (_("用工"), ""),
    "finance": (_("融资"), ""),
    "approval": (_("审批"), ""),
    "approval.environment": (_("环评"), "approval"),
    "approval.land": (_("规划用地"), "approval"),
    "approval.fire": (_("消防人防验收"), "approval"),
    "environment": (_("环保安全"), ""),
    "utilities": (_("水电路"), ""),
    "market": (_("市场"), ""),
    "policy": (_("政策"), ""),
    "law": (_("法律"), ""),
    "schooling": (_("子女入学"), ""),
    "other": (_("其他"), ""),
}


def shown_name(code: str, name: str) -> str:
    """A shipped name in the reader's language; a name that the place gave stays as it is."""
    return translate(name) if code in DEFAULTS and DEFAULTS[code][0] == name else name


def known_category(code: str, jurisdiction_id: int) -> Category | None:
    """The nearest place's category of this code."""
    line = line_of(jurisdiction_id)
    rows = prepared.objects(
        ("cases.category", code, *line),
        lambda: Category.objects.filter(code=code, jurisdiction_id__in=line),
    )
    return min(rows, key=lambda row: line.index(row.jurisdiction_id)) if rows else None


def category_names(jurisdiction_id: int) -> list[tuple[str, str]]:
    """(code, name) for a form: the place's tree in order, with what is shipped and not yet written down."""
    return [(code, name) for code, name, active in _tree(jurisdiction_id) if active]


def _tree(jurisdiction_id: int) -> list[tuple[str, str, bool]]:
    line = line_of(jurisdiction_id)
    rows = prepared.objects(
        ("cases.tree", *line),
        lambda: Category.objects.filter(jurisdiction_id__in=line).order_by("position", "id"),
    )
    found: dict[str, tuple[int, str, bool]] = {}
    parents = {row.pk: shown_name(row.code, row.name) for row in rows}
    for row in sorted(rows, key=lambda r: line.index(r.jurisdiction_id)):
        name = shown_name(row.code, row.name)
        name = f"{parents[row.parent_id]} / {name}" if row.parent_id in parents else name
        found.setdefault(row.code, (row.position, name, row.active))
    for position, (code, (name, parent)) in enumerate(DEFAULTS.items()):
        shown = f"{translate(DEFAULTS[parent][0])} / {translate(name)}" if parent else translate(name)
        found.setdefault(code, (position, shown, True))
    return [
        (code, name, active) for code, (_at, name, active) in sorted(found.items(), key=lambda i: i[1][0])
    ]


def category_to_change(code: str, jurisdiction_id: int) -> tuple[str, int | None, bool] | None:
    """(name, working days of its own, whether it is offered) of a category of the place; None for no such code."""
    found = known_category(code, jurisdiction_id)
    if found is not None:
        return found.name, found.amount, found.active
    return (DEFAULTS[code][0], None, True) if code in DEFAULTS else None


def _near(readable: tuple[int, ...]) -> QuerySet[Category, tuple[str, str, str]]:
    """Categories of these places and of the places right above them."""
    above = Jurisdiction.objects.filter(children__in=readable).values("id")
    near = Q(jurisdiction_id__in=readable) | Q(jurisdiction_id__in=above)
    return (
        Category.objects.filter(near).order_by("position", "id").values_list("code", "name", "parent__name")
    )


def category_filter(actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of the categories in use where the actor reads, for the list; one query."""
    rows = prepared.recall(("cases.categories", actor.readable), lambda: _near(actor.readable))
    names: dict[str, str] = {}
    for code, name, parent in rows:
        names.setdefault(code, f"{parent} / {name}" if parent else name)
    return list(names.items())


@dataclass(frozen=True)
class Suggestion:
    """Where a case should go, and why."""

    organization: Organization
    reason: str


def suggest(case: Case) -> Suggestion | None:
    """By the route of the case's category or of the one above it; without a route, where such cases went before."""
    category: Category | None = case.category
    for _step in range(5):
        if category is None:
            break
        route = (
            Route.objects.filter(jurisdiction_id=case.jurisdiction_id, category__code=category.code)
            .select_related("organization")
            .first()
        )
        if route is not None:
            words = translate(_("类别规则“%(category)s → %(unit)s”"))
            return Suggestion(
                route.organization, words % {"category": category.name, "unit": route.organization.name}
            )
        category = category.parent
    last = (
        Case.objects.filter(
            jurisdiction_id=case.jurisdiction_id, category_id=case.category_id, handler__isnull=False
        )
        .exclude(pk=case.pk)
        .exclude(state__in=["returned", "withdrawn"])
        .select_related("handler")
        .order_by("-id")
        .first()
    )
    if last is not None and last.handler is not None:
        words = translate(_("同类诉求 %(number)s 由%(unit)s办理"))
        return Suggestion(last.handler, words % {"number": last.number, "unit": last.handler.name})
    return None


def units_for(actor: Actor, case: Case) -> list[tuple[int, str]]:
    """(id, name) of the bodies that a case may be sent to: departments, mass organizations, stations, institutes."""
    kinds = ("government", "mass", "station", "centre", "party", "institute")
    rows = Organization.objects.filter(
        jurisdiction_id=case.jurisdiction_id,
        classification__in=kinds,
        merged_into__isnull=True,
        dissolved_on__isnull=True,
    ).order_by("classification", "name")
    return list(rows.values_list("id", "name")[:500])


@dataclass(frozen=True)
class RouteLine:
    """One line of the routing table."""

    code: str
    name: str
    unit: str
    unit_key: str
    ground: str


def routes(jurisdiction_id: int) -> tuple[list[RouteLine], list[tuple[str, str]]]:
    """Every category of a place with its unit, or none yet; and (code, name) of those it offers no longer."""
    found = {
        route.category.code: route
        for route in Route.objects.filter(jurisdiction_id=jurisdiction_id).select_related(
            "category", "organization"
        )
    }
    lines, retired = [], []
    for code, name, active in _tree(jurisdiction_id):
        if not active:
            retired.append((code, name))
            continue
        route = found.get(code)
        unit, key = (route.organization.name, str(route.organization.key)) if route else ("", "")
        lines.append(RouteLine(code, name, unit, key, route.ground if route else ""))
    return lines, retired
