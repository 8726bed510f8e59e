"""Coverage in the programming interface."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from lianjian.foundation.apidoor import need
from lianjian.foundation.listrows import narrowed

from .models import Proposal
from .queries import COVERAGE, DUE, HATCHING, SURVEYS, gap_counts
from .queries.listing import standing
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


class CoverageShareOut(Schema):
    """Firms assigned and firms effectively covered, apart; `reasons` keep assigned ones from being so."""

    enterprises: int
    assigned: int
    effective: int
    due: int
    reasons: list[GapOut]


class DueOut(Schema):
    """A visit that is due. `interval` and `late` are days; `last_visit` is empty where nobody ever came."""

    key: UUID
    name: str
    tier: str
    interval: int
    last_visit: date | None
    due_on: date
    late: int


class HatchingOut(Schema):
    """Where a firm's party organization stands (unknown, none, member, joint, own) and where it is to be."""

    key: UUID
    name: str
    stage: str
    members: int | None
    goal: str | None
    goal_due: date | None
    step: str | None


class SurveyOut(Schema):
    """A survey: firms asked, firms that answered all that is required."""

    key: UUID
    name: str
    opens_on: date
    closes_on: date
    closed_on: date | None
    asked: int
    done: int


class AssignmentLineOut(Schema):
    """A line of a proposal. `way`: kept, new, moved, room, none; `distance` in metres, empty where unknown."""

    enterprise: UUID
    name: str
    way: str
    holder: str | None
    before: str | None
    place: str
    distance: int | None
    load: int
    most: int | None
    decision: str


class ProposalOut(Schema):
    """A proposal of who covers whom from `since`; `lacking` places are missing for a cover of all."""

    key: UUID
    kind: str
    state: str
    since: date
    lacking: int
    lines: list[AssignmentLineOut]


class DueList(Schema):
    """A page of visits due; `next` is the value of `after` for the following page."""

    enterprises: list[DueOut]
    next: int | None


class HatchingList(Schema):
    """A page of firms by stage; `next` is the value of `after` for the following page."""

    enterprises: list[HatchingOut]
    next: int | None


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
    query = {"kind": "enterprise", "gap": gap, "station": station, "instructor": instructor}
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


@router.get("/standing", response=CoverageShareOut, auth=need("coverage.see"))
def show_standing(request: HttpRequest) -> dict[str, Any]:
    """Assigned and effective coverage, apart."""
    actor = request.actor  # type: ignore[attr-defined]
    found = standing(actor, DUE.base(actor))
    return {
        "enterprises": found.total,
        "assigned": found.assigned.count,
        "effective": found.effective.count,
        "due": found.due,
        "reasons": found.reasons,
    }


def _page(rows: Any, after: int, fields: tuple[str, ...], names: tuple[str, ...]) -> dict[str, Any]:
    found = list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", *fields)[: PAGE + 1])
    return {
        "enterprises": [dict(zip(names, row[1:], strict=True)) for row in found[:PAGE]],
        "next": found[PAGE - 1][0] if len(found) > PAGE else None,
    }


@router.get("/due", response=DueList, auth=need("coverage.see"))
def list_due(request: HttpRequest, tier: str = "", station: str = "", instructor: str = "", after: int = 0) -> Any:
    """Firms beyond the interval of their tier, a hundred at a time."""
    query = {"tier": tier, "station": station, "instructor": instructor}
    rows = narrowed(DUE, request.actor, query)  # type: ignore[attr-defined]
    fields = ("key", "name", "firm_tier", "interval", "last_visit", "due_on", "late")
    return _page(rows, after, fields, ("key", "name", "tier", "interval", "last_visit", "due_on", "late"))


@router.get("/incubation", response=HatchingList, auth=need("coverage.see"))
def list_incubation(request: HttpRequest, state: str = "", after: int = 0) -> Any:
    """Firms by stage on the way to an own branch, a hundred at a time."""
    rows = narrowed(HATCHING, request.actor, {"state": state})  # type: ignore[attr-defined]
    fields = ("key", "name", "stage", "known", "goal", "goal_due", "goal_step")
    return _page(rows, after, fields, ("key", "name", "stage", "members", "goal", "goal_due", "step"))


@router.get("/surveys", response=list[SurveyOut], auth=need("coverage.see"))
def list_surveys(request: HttpRequest) -> list[Any]:
    """The latest surveys with their completion."""
    rows = narrowed(SURVEYS, request.actor, {})  # type: ignore[attr-defined]
    return list(rows.order_by("-opens_on", "-pk")[:PAGE])


@router.get("/proposals/{key}", response=ProposalOut, auth=need("coverage.see"))
def get_proposal(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """A proposal with every line, those that stay as they are among them."""
    found = get_object_or_404(Proposal.objects.visible_to(request.actor), key=key)  # type: ignore[attr-defined]
    rows = found.lines.select_related("enterprise", "station", "person", "station_before", "person_before")
    return {
        "key": found.key,
        "kind": found.kind,
        "state": found.state,
        "since": found.since,
        "lacking": sum(one["lacking"] for one in found.shortages),
        "lines": [
            {
                "enterprise": line.enterprise.key,
                "name": line.enterprise.name,
                "holder": str(line.station or line.person or "") or None,
                "before": str(line.station_before or line.person_before or "") or None,
                **{name: getattr(line, name) for name in ("way", "place", "distance", "load", "most", "decision")},
            }
            for line in rows.order_by("pk")
        ],
    }
