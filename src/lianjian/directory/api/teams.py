"""Teams in the programming interface: help teams, task forces and volunteers, with who is in them on a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from lianjian.foundation import clock
from lianjian.foundation.apidoor import need, paged_back

from ..models import Team, TeamMember

router = Router()
MOST = 1000
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 12, 31))]


class TeamOut(Schema):
    """A team. `organization` leads or keeps it; `members` is how many people are in it on the day asked for."""

    key: UUID
    kind: str
    name: str
    organization: UUID
    organization_name: str
    leader_name: str
    purpose: str
    project: str
    founded_on: date
    dissolved_on: date | None
    members: int


class TeamList(Schema):
    """A page of teams, newest record first; `next` is the value of `before` for the following page."""

    teams: list[TeamOut]
    next: int | None


class TeamSeatOut(Schema):
    """A person in a team: in it from `since` to the day before `until`."""

    name: str
    unit: UUID | None
    unit_name: str
    task: str
    since: date
    until: date | None


class UnitOut(Schema):
    """A body that takes part in a team as such."""

    organization: UUID
    name: str
    since: date
    until: date | None


class TeamRecord(Schema):
    """A team with its people and bodies on a day, a thousand of each at most."""

    team: TeamOut
    day: date
    people: list[TeamSeatOut]
    units: list[UnitOut]


def _shown(team: Team, members: int) -> dict[str, Any]:
    names = ("key", "kind", "name", "purpose", "project", "founded_on", "dissolved_on")
    return {
        **{name: getattr(team, name) for name in names},
        "organization": team.organization.key,
        "organization_name": team.organization.name,
        "leader_name": team.leader.name,
        "members": members,
    }


def _rows(request: HttpRequest) -> Any:
    rows = Team.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return rows.select_related("organization", "leader")


@router.get("", response=TeamList, auth=need("directory.read"))
def list_teams(
    request: HttpRequest,
    kind: Literal["", "help", "task", "volunteer"] = "",
    day: Day | None = None,
    before: Annotated[int, Field(ge=0, le=2**62)] | None = None,
) -> dict[str, Any]:
    """Teams one may see that stand on a day (today when left out), a hundred at a time."""
    asked = day or clock.today()
    rows = _rows(request).standing(asked)
    rows = rows.filter(kind=kind) if kind else rows
    found, following = paged_back(rows, before)
    counts = _numbers([team.pk for team in found], asked)
    return {
        "teams": [_shown(team, counts.get(team.pk, 0)) for team in found],
        "next": following,
    }


def _numbers(ids: list[int], day: date) -> dict[int, int]:
    """How many people are in each of the teams on a day."""
    rows = TeamMember.objects.on(day).filter(team__in=ids).order_by().values("team")
    return dict(rows.annotate(n=Count("person", distinct=True)).values_list("team", "n"))


@router.get("/{uuid:key}", response=TeamRecord, auth=need("directory.read"))
def get_team(request: HttpRequest, key: UUID, day: Day | None = None) -> dict[str, Any]:
    """One team with who is in it on a day (today when left out)."""
    asked = day or clock.today()
    team: Any = get_object_or_404(_rows(request), key=key)
    seats = team.members.all().on(asked)
    people = seats.select_related("person", "unit").order_by("person__name", "pk")
    units = team.units.all().on(asked).select_related("organization").order_by("organization__name", "pk")
    return {
        "team": _shown(team, seats.values("person_id").distinct().count()),
        "day": asked,
        "people": [
            {
                "name": one.person.name,
                "unit": one.unit.key if one.unit else None,
                "unit_name": one.unit.name if one.unit else "",
                **{name: getattr(one, name) for name in ("task", "since", "until")},
            }
            for one in people[:MOST]
        ],
        "units": [
            {
                "organization": one.organization.key,
                "name": one.organization.name,
                **{name: getattr(one, name) for name in ("since", "until")},
            }
            for one in units[:MOST]
        ],
    }
