"""Coverage in the programming interface."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from lianjian.foundation.apidoor import need
from lianjian.foundation.listrows import narrowed

from .queries import COVERAGE, gap_counts
from .queries.pages import loads

router = Router()
PAGE = 100


class EnterpriseOut(Schema):
    """Who covers one enterprise. `staff` and `members` are people; empty where nobody reported them."""

    key: UUID
    name: str
    station: str | None
    station_key: UUID | None
    instructors: str | None
    last_visit: date | None
    open_needs: int
    above_scale: bool | None
    staff: int | None
    members: int | None


class EnterpriseList(Schema):
    """A page of enterprises by key; `next` is the value of `after` for the following page."""

    enterprises: list[EnterpriseOut]
    next: int | None


class GapOut(Schema):
    """A gap and the number of enterprises in it; `url` is the list of them."""

    code: str
    label: str
    count: int
    url: str


class StationOut(Schema):
    """What a station carries."""

    key: UUID
    name: str
    enterprises: int
    above_scale: int
    staff: int
    instructors: int
    cadres: int
    resident: int


FIELDS = (
    "pk",
    "key",
    "name",
    "station_name",
    "station_key",
    "instructors",
    "last_visit",
    "open_needs",
    "size_above",
    "size_staff",
    "members",
)


@router.get("", response=EnterpriseList, auth=need("coverage.see"))
def list_coverage(
    request: HttpRequest, gap: str = "", station: str = "", instructor: str = "", after: int = 0
) -> dict[str, Any]:
    """Enterprises with station and instructor, a hundred at a time; filters are those of the list page."""
    query = {"gap": gap, "station": station, "instructor": instructor}
    rows = narrowed(COVERAGE, request.actor, query).filter(pk__gt=after)  # type: ignore[attr-defined]
    found = list(rows.order_by("pk").values_list(*FIELDS)[: PAGE + 1])
    names = [*FIELDS[:3], "station", *FIELDS[4:8], "above_scale", "staff", "members"]
    return {
        "enterprises": [dict(zip(names, row, strict=True)) for row in found[:PAGE]],
        "next": found[PAGE - 1][0] if len(found) > PAGE else None,
    }


@router.get("/gaps", response=list[GapOut], auth=need("coverage.see"))
def list_gaps(request: HttpRequest) -> list[dict[str, Any]]:
    """Every gap with its number of enterprises."""
    gaps = gap_counts(request.actor)  # type: ignore[attr-defined]
    return [{"code": g.code, "label": g.label, "count": g.count, "url": g.url} for g in gaps]


@router.get("/stations", response=list[StationOut], auth=need("coverage.see"))
def list_stations(request: HttpRequest) -> list[Any]:
    """Every station with its load."""
    return list(loads(request.actor))  # type: ignore[attr-defined]
