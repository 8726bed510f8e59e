"""Venues in the programming interface."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from lianjian.foundation import clock
from lianjian.foundation.apidoor import need, paged

from ..models import Venue, VenueService
from ..queries.bookings import between, taken

router = Router()
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 12, 31))]


class ServiceOut(Schema):
    """What a venue offers today; without a `charge` it is free. `hours` in words, empty: whenever it is open."""

    name: str
    charge: str
    hours: str
    since: date


class VenueOut(Schema):
    """A venue; areas in square metres."""

    key: UUID
    name: str
    organization: UUID
    address: str
    functions: list[str]
    facilities: list[str]
    area_m2: int | None
    service_m2: int | None
    seats: int | None
    opening: str
    opened_on: date
    closed_on: date | None
    services: list[ServiceOut]


class BookingOut(Schema):
    """A venue is taken: by a meeting (`kind` events.meeting) or a booking of the lists (lists.claim). `what` says by
    which, as far as the caller may know; `alone`: nothing else is there meanwhile.
    """

    starts_at: datetime
    ends_at: datetime
    kind: str
    what: str
    alone: bool


class VenueList(Schema):
    """A page of venues; `next` is the value of `after` for the following page."""

    venues: list[VenueOut]
    next: int | None


@router.get("", response=VenueList, auth=need("meetings.see"))
def list_venues(
    request: HttpRequest,
    function: Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=30)] = "",
    after: Annotated[int, Field(ge=0, le=2**62)] = 0,
) -> dict[str, Any]:
    """Venues of the register, a hundred at a time."""
    rows = Venue.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    rows = rows.filter(functions__contains=[function]) if function else rows
    found, following = paged(rows.select_related("organization"), after)
    plain = set(VenueOut.model_fields) - {"organization", "services"}
    offered: dict[int, list[VenueService]] = {}
    today = clock.today()
    for one in VenueService.objects.filter(venue__in=found, since__lte=today).order_by("pk"):
        if one.until is None or one.until > today:
            offered.setdefault(one.venue_id, []).append(one)
    return {
        "venues": [
            {
                **{name: getattr(one, name) for name in plain},
                "organization": one.organization.key,
                "services": offered.get(one.pk, []),
            }
            for one in found
        ],
        "next": following,
    }


@router.get("/{uuid:key}/bookings", response=list[BookingOut], auth=need("meetings.see"))
def list_bookings(
    request: HttpRequest, key: UUID, since: Day | None = None, days: Annotated[int, Field(ge=1, le=92)] = 31
) -> list[dict[str, Any]]:
    """What takes a venue from a day on (today where none is named), for at most a quarter, in the order of time."""
    venue = get_object_or_404(Venue.objects.visible_to(request.actor), key=key)  # type: ignore[attr-defined]
    first = since or clock.today()
    found = taken(request.actor, between(venue, first, first + timedelta(days=days - 1)), 1000)  # type: ignore[attr-defined]
    return [
        {**{name: getattr(one, name) for name in ("starts_at", "ends_at", "kind", "alone")}, "what": one.words}
        for one in found
    ]
