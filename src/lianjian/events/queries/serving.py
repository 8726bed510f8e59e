"""Teams that serve: at a meeting, on their own page, and the hours of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lianjian.directory.models import Team, TeamMember
from lianjian.directory.queries.teams import team_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.looks import show_date

from ..models import Arrival, Attendance, Meeting, ServingTeam, SignUp, member_then
from ..rules import meetings as rules
from ..rules.serving import MOST_PEOPLE
from .meetings import meeting_url

NONE = Decimal(0)
DAY = timedelta(days=1)


def length_of(meeting: Meeting) -> Decimal:
    """From its start to its end, in hours and half hours: what is proposed as the hours of service."""
    halves = round((meeting.ends_at - meeting.starts_at).total_seconds() / 1800)
    return min(Decimal(halves) / 2, Decimal(400))


def hours_text(hours: Decimal) -> str:
    """Hours without needless noughts."""
    return f"{hours.normalize():f}"


class TeamLine(NamedTuple):
    """A team at a meeting: how many of it came and who, where the actor reads the whole list."""

    name: str
    url: str
    came: int | None
    names: str
    list_url: str


def told_with(actor: Actor) -> Any:
    """Of meetings: the teams that serve, one column of {team, name, seen}; `seen`: its key where the actor sees it."""
    seen = Team.objects.visible_to(actor).filter(pk=OuterRef("team_id")).values("key")[:1]
    rows = ServingTeam.objects.filter(meeting=OuterRef("pk")).annotate(seen=Subquery(seen)).order_by("pk")
    return ArraySubquery(rows.values(told=JSONObject(team="team_id", name="name", seen="seen")))


def serving_lines(
    actor: Actor, meeting: Meeting, told: Sequence[Mapping[str, Any]], *, may: bool
) -> list[TeamLine]:
    """The teams of a meeting as `told_with` tells them; one query where who came may be read, else none.

    `may`: the actor writes the meeting.
    """
    held = meeting.state == rules.HELD
    whole = held and actor.may("meetings.see", meeting.convener)
    came = _came(actor, meeting, [one["team"] for one in told if one["seen"]]) if whole else {}
    return [
        TeamLine(
            name=one["name"],
            url=team_url(one["seen"]) if one["seen"] else "",
            came=len(came.get(one["team"], ())) if whole and one["seen"] else None,
            names="、".join(came.get(one["team"], ())),
            list_url=reverse("events:serve", kwargs={"key": meeting.key, "team": one["seen"]})
            if may and held and one["seen"]
            else "",
        )
        for one in told
    ]


def _came(actor: Actor, meeting: Meeting, teams: Sequence[int]) -> dict[int, list[str]]:
    """Names of who was there, by each team they belong to, also those whom a body's list names."""
    if not teams:
        return {}
    seats = TeamMember.objects.on(local_day(meeting.starts_at)).filter(team__in=teams, person=OuterRef("person"))
    rows: Any = Attendance.objects.visible_to(actor).present().filter(meeting=meeting)
    rows = rows.annotate(seats=ArraySubquery(seats.order_by("team_id").values("team_id")))
    found: dict[int, list[str]] = {}
    for name, by, own in rows.order_by("person__name", "pk").values_list("person__name", "team_id", "seats"):
        for team in {*own, *([by] if by in teams else [])}:
            found.setdefault(team, []).append(name)
    return found


class Seat(NamedTuple):
    """A member on the list of a team. `elsewhere`: whose list speaks of them; `likely`: came, by what is known;
    `written`: stands on the team's own list.
    """

    person_id: int
    label: str
    elsewhere: str
    likely: bool
    written: bool


def seats_of(meeting: Meeting, team: Team) -> list[Seat]:
    """Who was in a team on the day of a meeting, and who stands on its list all the same; four queries."""
    day = local_day(meeting.starts_at)
    members = TeamMember.objects.on(day).filter(team=team).order_by("person__name", "pk")
    told = members.values_list("person_id", "person__name", "unit__name")[:MOST_PEOPLE]
    people = {pk: (name, unit) for pk, name, unit in told}
    rows = Attendance.objects.filter(Q(person_id__in=list(people)) | Q(team=team), meeting=meeting)
    said = rows.select_related("organization", "team", "person").order_by("person__name")
    held = {row.person_id: row for row in said}
    people |= {pk: (row.person.name, _("当天已不是成员")) for pk, row in held.items() if pk not in people}
    written = any(row.team_id == team.pk for row in held.values())
    came = set(Arrival.objects.filter(meeting=meeting).values_list("person_id", flat=True))
    signed = list(SignUp.objects.standing().filter(meeting=meeting).values_list("person_id", flat=True))
    seated, waits = set(signed[: meeting.seats]), set(signed[meeting.seats :] if meeting.seats is not None else ())
    found = []
    for pk, (name, unit) in people.items():
        row = held.get(pk)
        other = row is not None and row.team_id != team.pk
        word = _("已报名") if pk in seated else _("候补") if pk in waits else ""
        marks = [unit or "", _("扫码签到") if pk in came else "", word]
        found.append(
            Seat(
                pk,
                " · ".join(filter(None, (name, *marks))),
                _elsewhere(row) if other and row is not None else "",
                likely=row is not None if written else pk in came or pk in seated,
                written=row is not None and not other,
            )
        )
    return found


def _elsewhere(row: Attendance) -> str:
    whose = row.team.name if row.team is not None else row.organization.name
    return _("在“%(name)s”的名单里:%(state)s") % {"name": whose, "state": row.get_state_display()}  # type: ignore[attr-defined]


def bounds_of(year: int) -> tuple[datetime, datetime]:
    """The first moment of a year and that of the next."""
    return day_end(date(year, 1, 1) - DAY), day_end(date(year, 12, 31))


def served_rows(team: Team | None = None) -> QuerySet[Attendance]:
    """Who came to what was held with a team (that one, or any) of which they were members then: each once."""
    rows: QuerySet[Attendance] = Attendance.objects.present().filter(meeting__state=rules.HELD)
    serving = ServingTeam.objects.filter(
        member_then(), team__members__person=OuterRef("person"), meeting=OuterRef("meeting")
    )
    if team is not None:
        return rows.filter(Q(team=team) | Exists(serving.filter(team=team)))
    return rows.filter(Q(team__isnull=False) | Exists(serving))


class Served(NamedTuple):
    """One time somebody served: the day, at what, with which teams, and the hours where these are written down."""

    day: str
    title: str
    url: str
    teams: str
    hours: str


@dataclass(frozen=True)
class OwnService:
    """One's own service in a year, and the years there are."""

    year: int
    years: list[int]
    rows: list[Served]
    hours: str
    without: int


def own_service(actor: Actor, year: int) -> OwnService:
    """What the actor's own person did with teams; two queries. Nobody else reads it here."""
    person = actor.person_id or 0
    names = ServingTeam.objects.filter(meeting=OuterRef("meeting")).order_by("pk").values("name")
    mine = served_rows().filter(person_id=person)
    years = sorted(
        {timezone.localtime(at).year for at in mine.values_list("meeting__starts_at", flat=True)} | {year}, reverse=True
    )
    start, end = bounds_of(year)
    rows = mine.filter(meeting__starts_at__gte=start, meeting__starts_at__lt=end).annotate(names=ArraySubquery(names))
    found = list(
        rows.order_by("-meeting__starts_at", "pk").values_list(
            "meeting__starts_at", "meeting__title", "meeting__key", "names", "meeting__service_hours"
        )
    )
    return OwnService(
        year=year,
        years=years,
        rows=[
            Served(
                show_date(at), title, meeting_url(key), "、".join(teams), hours_text(hours) if hours is not None else ""
            )
            for at, title, key, teams, hours in found
        ],
        hours=hours_text(sum((row[4] for row in found if row[4] is not None), NONE)),
        without=sum(1 for row in found if row[4] is None),
    )


def hours_of_members(team: Team, year: int) -> list[tuple[str, int, str]]:
    """(name, times, hours) of who served with a team in a year, by name and no other order; one query."""
    start, end = bounds_of(year)
    rows = served_rows(team).filter(meeting__starts_at__gte=start, meeting__starts_at__lt=end)
    told: dict[int, tuple[str, int, Decimal]] = {}
    for person, name, hours in rows.order_by("person__name", "person_id").values_list(
        "person_id", "person__name", "meeting__service_hours"
    ):
        _name, times, sum_ = told.get(person, (name, 0, NONE))
        told[person] = (name, times + 1, sum_ + (hours or NONE))
    return [(name, times, hours_text(hours)) for name, times, hours in told.values()]


