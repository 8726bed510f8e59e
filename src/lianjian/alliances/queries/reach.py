"""Firms and villages behind alliances, each once, with their sizes: staff, members, households, residents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When

from lianjian.directory.models import EnterpriseYear, Link, Organization
from lianjian.foundation.actor import Actor

from ..models import Alliance
from ..models.standing import undissolved
from .counting import bodies_on, members_on

VILLAGE = Organization.Classification.VILLAGE
PARTY = Organization.Classification.PARTY


def known_sum(numbers: Sequence[int | None]) -> tuple[int | None, int]:
    """The sum of what is known (None where nothing is, of some), and how many are unknown."""
    known = [number for number in numbers if number is not None]
    return (sum(known) if known or not numbers else None), len(numbers) - len(known)


def _size(field: str, day: date) -> Case:
    """What the newest year up to a day said; what is told of no year at all stands for every day."""
    years = EnterpriseYear.objects.filter(organization=OuterRef("pk"), **{f"{field}__isnull": False})
    then = years.filter(year__lte=day.year).order_by("-year").values(field)[:1]
    return Case(When(Exists(years), then=Subquery(then)), default=F(f"enterprise__{field}"))


def sized_firms(rows: QuerySet[Organization], day: date) -> QuerySet[Any]:
    """Firms with `firm_staff` and `firm_members` as of a day; NULL where nobody said."""
    return rows.annotate(firm_staff=_size("staff", day), firm_members=_size("party_members", day))


def firms_on(actor: Actor, day: date, alliances: QuerySet[Alliance]) -> QuerySet[Any]:
    """Firms in alliances on a day, each once, with their sizes."""
    found = bodies_on(actor, day, alliances).filter(classification=Organization.Classification.ENTERPRISE)
    return sized_firms(found, day).order_by("name", "pk")


def partners_on(actor: Actor, day: date, alliances: QuerySet[Alliance], roles: tuple[str, ...]) -> QuerySet[Any]:
    """Firms in one of these roles on a day, each once, with their sizes."""
    seats = members_on(actor, day, alliances).filter(role__in=roles)
    return firms_on(actor, day, alliances).filter(pk__in=seats.values("body"))  # type: ignore[misc]


def villages_on(actor: Actor, day: date, alliances: QuerySet[Alliance]) -> QuerySet[Any]:
    """Villages in alliances on a day, themselves or by their party organization, each once.

    `village_households` and `village_residents` are those of its record, `village_members` those of the party
    organizations that stood directly below it that day (what hangs below these is part of them).
    """
    bodies = members_on(actor, day, alliances).values("body")  # type: ignore[misc]
    under = _under(day).filter(target__classification=PARTY)
    by_party = under.filter(target__in=bodies, source__classification=VILLAGE)
    rows = Organization.objects.filter(
        Q(pk__in=bodies) | Q(pk__in=by_party.values("source")), undissolved(day), classification=VILLAGE
    )
    below = under.filter(
        undissolved(day, "target__"),
        source=OuterRef("pk"),
        target__merged_into__isnull=True,
        target__party__members__isnull=False,
    )
    members = below.order_by().values("source").annotate(number=Sum("target__party__members")).values("number")
    return rows.annotate(
        village_households=F("village__households"),
        village_residents=F("village__residents"),
        village_members=Subquery(members),
    ).order_by("name", "pk")


def _under(day: date) -> QuerySet[Link]:
    """Who hung below whom on a day."""
    held = Q(until__isnull=True) | Q(until__gt=day)
    return Link.objects.filter(held, kind=Link.ADMINISTRATION, since__lte=day)
