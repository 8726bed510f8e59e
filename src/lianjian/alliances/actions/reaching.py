"""Whose bodies a programme may take, and whom it has to ask."""

from __future__ import annotations

from collections.abc import Sequence

from lianjian.directory.models import Organization
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.jurisdictions.queries import family

from ..models import Programme
from ..rules import pairing as rules


def reach(place: int) -> tuple[int, ...]:
    """A programme reaches all places below its own; that of a town the whole county of the town."""
    below = family()
    town = Jurisdiction.objects.filter(pk=place, level=Jurisdiction.Level.TOWN).values_list("parent_id", flat=True)
    return below[town.first() or place]


def within_reach(programme: Programme, bodies: Sequence[Organization]) -> None:
    """Raises `OutOfReach`."""
    places = reach(programme.jurisdiction_id)
    outside = next((one for one in bodies if one.jurisdiction_id not in places), None)
    if outside is not None:
        raise rules.OutOfReach(name=outside.name)


def agreed(programme: Programme, bodies: Sequence[Organization]) -> None:
    """A place has nothing to say to bodies beside or above it: those take part if they said so. Raises `NotAgreed`."""
    below = family()[programme.jurisdiction_id]
    asked = [one.pk for one in bodies if one.jurisdiction_id not in below]
    rows = programme.sides.filter(withdrawn_on__isnull=True, organization__in=asked).exclude(consent="yes")
    names = list(rows.order_by("organization__name").values_list("organization__name", flat=True)[:6])
    if names:
        raise rules.NotAgreed(names="、".join(names))
