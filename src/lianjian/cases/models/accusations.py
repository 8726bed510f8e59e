"""Who must not come across an accusation: the accused body, all below it, who serves there (信访工作条例 30, 46)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Now, TruncDate

from lianjian.directory.models import Membership
from lianjian.directory.models.organizations import path_ids
from lianjian.events.models import INSTRUCTOR
from lianjian.foundation.actor import Actor


@lru_cache(maxsize=500)
def _ids_on(paths: frozenset[str]) -> tuple[int, ...]:
    return tuple(sorted({pk for path in paths for pk in path_ids(path)}))


def homes_of(actor: Actor) -> tuple[int, ...]:
    """Ids of the bodies in whose tree the actor acts, by any grant: those themselves and all above them."""
    by_right = getattr(actor, "by_right", None) or {}
    return _ids_on(frozenset(scope.path for scopes in by_right.values() for scope in scopes))


def serving(person_id: int) -> QuerySet[Membership, Any]:
    """Ids of the bodies in which a person serves today; who covers a firm as instructor comes from outside."""
    rows = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=TruncDate(Now())), person_id=person_id, since__lte=TruncDate(Now())
    )
    return rows.exclude(role=INSTRUCTOR).values("organization_id")


def accused_tree(actor: Actor, field: str = "accused_id") -> Q | None:
    """Cases in whose accused tree the actor is; None for the house itself and for who has no place."""
    homes = homes_of(actor)
    query = Q(**{f"{field}__in": homes}) if homes else None
    if actor.person_id is not None:
        served = Q(**{f"{field}__in": serving(actor.person_id)})
        query = query | served if query is not None else served
    return query
