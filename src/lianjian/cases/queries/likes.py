"""Open cases that may be the same matter: near in place, category and words."""

from __future__ import annotations

from typing import Any

from django.db.models import Case as Choose
from django.db.models import IntegerField, Q, QuerySet, Value, When

from lianjian.foundation.actor import Actor
from lianjian.foundation.search import query_terms
from lianjian.foundation.searchdb import AnyToken

from .. import rules
from ..models import Case
from .listing import visible

SHOWN = 8
TERMS = 24  # of a long text the first words are enough


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
    near = Q(pk__in=[])
    score: Any = Value(0, output_field=IntegerField())
    if organization_id is not None:
        near |= Q(organization_id=organization_id)
        score = score + _points(Q(organization_id=organization_id), 3)
    if village_id is not None:
        near |= Q(village_id=village_id, category_id=category_id)
        score = score + _points(Q(village_id=village_id), 2)
    if category_id is not None:
        score = score + _points(Q(category_id=category_id), 2)
    terms = [term for term in query_terms(text) if len(term.token) > 1][:TERMS]
    if terms:
        # One point a word that both have; a word in common is enough to be looked at.
        near |= Q(AnyToken("search", terms))
        for term in terms:
            score = score + _points(Q(AnyToken("search", [term])), 1)
    return rows.filter(near, state__in=rules.OPEN).annotate(score=score).order_by("-score", "-id")


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
