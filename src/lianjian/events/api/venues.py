"""Venues in the programming interface."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from lianjian.foundation.apidoor import need

from ..models import Venue

router = Router()
PAGE = 100


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
    rows = Venue.objects.visible_to(request.actor).filter(pk__gt=after)  # type: ignore[attr-defined]
    rows = rows.filter(functions__contains=[function]) if function else rows
    found = list(rows.select_related("organization").order_by("pk")[: PAGE + 1])
    plain = set(VenueOut.model_fields) - {"organization"}
    return {
        "venues": [
            {**{name: getattr(one, name) for name in plain}, "organization": one.organization.key}
            for one in found[:PAGE]
        ],
        "next": found[PAGE - 1].pk if len(found) > PAGE else None,
    }
