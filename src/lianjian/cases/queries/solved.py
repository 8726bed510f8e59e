"""Needs of the members of an alliance that were solved while they were members."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.urls import reverse

from lianjian.alliances.models import Alliance, AllianceMember
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Asking

from ..models import Case

# Closed without a word from the firm is shown apart and never called solved.
SOLVED = Q(state="closed", outcome="solved", closing__in=("confirmed", "by_import"))


def solved_for(rows: QuerySet[Case], alliance: Alliance) -> QuerySet[Case]:
    """Of these, needs of bodies that had a seat in the alliance on the day they were closed as solved.

    Nobody has a seat before the founding, so this is since the founding (checklist 002-30).
    """
    seats = AllianceMember.objects.on(OuterRef("closed_on")).filter(
        alliance=alliance, organization=OuterRef("organization_id")
    )
    return rows.counted().filter(SOLVED, Exists(seats), kind="need")  # type: ignore[attr-defined,no-any-return]


def of_alliance(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    """The filter of the list of cases."""
    try:
        alliance = Alliance.objects.visible_to(actor).filter(key=UUID(value)).first()
    except ValueError:
        return rows.none()
    return rows.none() if alliance is None else solved_for(rows, alliance)


def alliance_panel(*, actor: Actor, record: Alliance, now: datetime) -> Asking:
    """How many needs of members were solved, for the page of an alliance."""
    from .listing import visible

    if not actor.scopes("cases.see"):
        return None
    rows = solved_for(visible(actor), record).order_by()
    counted = rows.annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values_list("number")
    (found,) = yield (counted,)
    url = f"{reverse('cases:list')}?solved_for={record.key}"
    return "cases/_alliance.html", {"number": found[0][0] if found else 0, "url": url}
