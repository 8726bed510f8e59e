"""Open cases that may be the same matter: near in place, category and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import IntegerField, Q, QuerySet, Value, When

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.listing import Badge
from lianjian.foundation.search import query_terms
from lianjian.foundation.searchdb import AnyToken

from .. import rules
from ..models import Case
from .listing import case_url, state_badge, visible
from .tree import tree_of

SHOWN = 8
TERMS = 24  # of a long text the first words are enough
LOOKED_AT = 200
NEAR_POINTS = 4
NEAR_SHOWN = 5


def _points(condition: Any, points: int) -> Choose:
    return Choose(When(condition, then=Value(points)), default=Value(0), output_field=IntegerField())


def alike(
    rows: QuerySet[Case],
    *,
    text: str,
    category_id: int | None,
    organization_id: int | None,
    village_id: int | None,
) -> QuerySet[Case]:
    """Open cases of the rows that share who asked, place, category or words, the likeliest first."""
    near = []
    score: Any = Value(0, output_field=IntegerField())
    if organization_id is not None:
        near.append(Q(organization_id=organization_id))
        score = score + _points(Q(organization_id=organization_id), 3)
    if village_id is not None:
        near.append(Q(village_id=village_id, category_id=category_id))
        score = score + _points(Q(village_id=village_id), 2)
    if category_id is not None:
        score = score + _points(Q(category_id=category_id), 2)
    terms = [term for term in query_terms(text) if len(term.token) > 1][:TERMS]
    if terms:
        # One point a word that both have; a word in common is enough to be looked at.
        near.append(Q(AnyToken("search", terms)))
        for term in terms:
            score = score + _points(Q(AnyToken("search", [term])), 1)
    open_rows = rows.filter(state__in=rules.OPEN)
    # Of each likeness the newest: a common word is in thousands of cases, and each would have to be scored.
    newest = [Q(pk__in=open_rows.filter(one).order_by("-id").values("pk")[:LOOKED_AT]) for one in near]
    found = reduce(or_, newest, Q(pk__in=[]))
    return open_rows.filter(found).annotate(score=score).order_by("-score", "-id")


def likely_same(actor: Actor, case: Case) -> list[Case]:
    """Open cases of the same place into which this one may be merged."""
    rows = visible(actor).filter(jurisdiction_id=case.jurisdiction_id).exclude(pk=case.pk)
    found = alike(
        rows,
        text=case.title,
        category_id=case.category_id,
        organization_id=case.organization_id,
        village_id=case.village_id,
    )
    first = list(found[:SHOWN])
    rest = rows.filter(state__in=rules.OPEN, kind=case.kind).exclude(pk__in=[one.pk for one in first])
    return [*first, *rest.order_by("-id")[: 50 - len(first)]]


def near_cases(
    rows: Any, *, text: str, category_id: int | None, organization_id: int | None, village_id: int | None
) -> list[Case]:
    """Open cases of the rows that are likely the same matter, the likeliest first."""
    found = alike(
        rows, text=text, category_id=category_id, organization_id=organization_id, village_id=village_id
    )
    likely = found.filter(score__gte=NEAR_POINTS)  # type: ignore[misc]
    return list(likely.select_related("category", "village")[:NEAR_SHOWN])


@dataclass(frozen=True)
class Near:
    """An open case that may be the matter just being told; `joinable` for who may make others follow it."""

    key: UUID
    url: str
    title: str
    state: Badge
    note: str
    joinable: bool


def told_near(actor: Actor, told: Mapping[str, str], owner: int) -> list[Near]:
    """Open cases that the actor sees, near what is typed into a form; three queries, none for an empty form.

    `told`: text, category (a code), organization and village (keys); what cannot be read is left out.
    """
    node = tree_of(owner).nodes.get(told.get("category", ""))
    keys = {name: _uuid(told.get(name, "")) for name in ("organization", "village")}
    known = Organization.objects.filter(key__in=filter(None, keys.values())).values_list("key", "pk")
    bodies: dict[UUID | None, int] = dict(known)
    text = told.get("text", "").strip()
    if not text and not bodies:
        return []
    found = near_cases(
        visible(actor).filter(jurisdiction_id=owner),
        text=text,
        category_id=node.row.pk if node is not None and node.row is not None else None,
        organization_id=bodies.get(keys["organization"]),
        village_id=bodies.get(keys["village"]),
    )
    office = actor.may("cases.dispatch", Whole(owner)) and owner in actor.writable
    return [
        Near(
            case.key,
            case_url(case.key),
            f"{case.number} {case.title}",
            state_badge(case.state, kind=case.kind),
            " · ".join(filter(None, (case.village.name if case.village else "", str(case.registered_on)))),
            office and case.accused_id is None and not case.sort.private,
        )
        for case in found
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
