"""Teams at a meeting or activity: which serve, and who of them came."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from lianjian.directory.models import Organization, Team, TeamMember
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day

from ..models import Attendance, Meeting, ServingTeam
from ..rolls import homes_of
from ..rules import attendance
from ..rules import serving as rules


def check_teams(jurisdiction_id: int, teams: Sequence[Team], day: date, held: Collection[int] = ()) -> None:
    """Teams of the convener's place that are there on the day; those `held` were asked before.

    Raises `TooManyTeams`, `TeamElsewhere`, `TeamNotThere`.
    """
    if len(teams) > rules.MOST:
        raise rules.TooManyTeams(most=rules.MOST)
    for team in teams:
        if team.jurisdiction_id != jurisdiction_id:
            raise rules.TeamElsewhere(name=team.name)
        over = team.dissolved_on is not None and team.dissolved_on <= day
        if (over or team.founded_on > day) and team.pk not in held:
            raise rules.TeamNotThere(name=team.name)


def put_teams(meeting: Meeting, teams: Sequence[Team] | None) -> dict[str, tuple[str, str]]:
    """These teams serve, and no others; None: as before. What changed, in words. Part of the caller's verb.

    Raises what `check_teams` raises, and `TeamHasPeople`.
    """
    if teams is None:
        return {}
    before = list(ServingTeam.objects.filter(meeting=meeting).order_by("pk"))
    held = {row.team_id for row in before}
    wanted = list({team.pk: team for team in teams}.values())
    check_teams(meeting.jurisdiction_id, wanted, local_day(meeting.starts_at), held)
    gone = [row for row in before if row.team_id not in {team.pk for team in wanted}]
    came = Attendance.objects.filter(meeting=meeting, team__in=[row.team_id for row in gone]) if gone else None
    stays = came.values_list("team_id", flat=True).first() if came is not None else None
    if stays is not None:
        raise rules.TeamHasPeople(name=next(row.name for row in gone if row.team_id == stays))
    ServingTeam.objects.filter(pk__in=[row.pk for row in gone]).delete()
    fresh = [team for team in wanted if team.pk not in held]
    ServingTeam.objects.bulk_create(
        ServingTeam(
            jurisdiction_id=meeting.jurisdiction_id, meeting=meeting, team=team, name=team.name, kind=team.kind
        )
        for team in fresh
    )
    if not gone and not fresh:
        return {}
    after = [row.name for row in before if row not in gone] + [team.name for team in fresh]
    return {"teams": ("、".join(row.name for row in before), "、".join(after))}


def body_of(actor: Actor, team: Team, seat: TeamMember, home: Organization | None) -> Organization:
    """For which body a member of a team counts: the home body, else who sent them, else the team's own."""
    for found in (home, seat.unit):
        if found is not None and found.jurisdiction_id in actor.writable:
            return found
    return team.organization


def write_present(
    actor: Actor,
    meeting: Meeting,
    team: Team,
    people: Collection[int],
    now: datetime,
    seen: Collection[int] | None = None,
) -> tuple[int, int]:
    """Who of a team came, and is on no other list; how many it were before and are now. Part of the caller's verb.

    Of those written down before, only who was `seen` there is taken off. Raises `NotInTeam`, `OnAnotherList`.
    """
    day = local_day(meeting.starts_at)
    rows = team.members.all().on(day).select_related("person", "unit")  # type: ignore[attr-defined]
    seats = {seat.person_id: seat for seat in rows.filter(person_id__in=list(people))}
    own = Attendance.objects.filter(meeting=meeting, team=team)
    known = set(own.values_list("person_id", flat=True))
    if set(people) - seats.keys() - known:
        raise rules.NotInTeam(name=team.name)
    others = Attendance.objects.filter(meeting=meeting, person_id__in=list(people)).exclude(team=team)
    names = list(others.order_by("pk").values_list("person__name", flat=True)[:5])
    if names:
        raise rules.OnAnotherList(names="、".join(names))
    gone = own.exclude(person_id__in=list(people))
    (gone if seen is None else gone.filter(person_id__in=list(seen))).delete()
    made = [pk for pk in sorted(set(people)) if pk not in known]
    homes = homes_of(made, day)
    bodies = {pk: body_of(actor, team, seats[pk], homes.get(pk)) for pk in made}
    Attendance.objects.bulk_create(
        Attendance(
            jurisdiction_id=bodies[pk].jurisdiction_id,
            meeting=meeting,
            organization=bodies[pk],
            person_id=pk,
            state=attendance.PRESENT,
            team=team,
            recorded_at=now,
            recorded_by_name=actor.name[:80],
        )
        for pk in made
    )
    return len(known), own.count()
