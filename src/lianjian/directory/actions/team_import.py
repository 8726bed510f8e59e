"""Members of teams from a spreadsheet: who is in which team, sent by whom, from when on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require_in
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk

from ..models import Membership, Organization, Person, Team, TeamMember
from .seats import AlreadyInTeam, SeatOutsideTeam


class TeamUnknown(Refused):
    """People join a team that is there."""

    sentence = _("没有叫“%(name)s”的在册团队,这一行没有保存;请先成立团队或核对名称。")
    field = "team"


class SameName(Refused):
    """Two people of one name are not told apart by a sheet that says nothing else of them."""

    sentence = _("“%(name)s”有重名,这一行没有保存;请写明派出单位,或在团队里添加。")
    field = "name"


class SeatLine(NamedTuple):
    """One row of the sheet."""

    number: int
    team: str
    name: str
    unit: Organization | None = None
    task: str = ""
    since: date | None = None


@dataclass
class Seated:
    """What an import did, by row number: seats made, rows refused, and the persons that are new."""

    made: dict[int, TeamMember] = field(default_factory=dict)
    refused: dict[int, Refused] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)


class _Namesakes:
    """Who bears which name in a place, and for which body; two queries."""

    def __init__(self, jurisdiction_id: int, rows: Iterable[SeatLine]) -> None:
        names = {row.name for row in rows}
        people = Person.objects.filter(jurisdiction_id=jurisdiction_id, name__in=names).order_by("pk")
        self.named: dict[str, list[Person]] = {}
        for person in people:
            self.named.setdefault(person.name, []).append(person)
        held = Membership.objects.filter(Q(until__isnull=True), person__in=[one.pk for one in people])
        self.held = set(held.values_list("person_id", "organization_id"))

    def who(self, row: SeatLine) -> Person | None:
        """The one who is meant; None who is new. Raises `SameName`."""
        found = self.named.get(row.name, [])
        if len(found) > 1 and row.unit is not None:
            found = [one for one in found if (one.pk, row.unit.pk) in self.held]
            if not found:
                raise SameName(name=row.name)
        if len(found) > 1:
            raise SameName(name=row.name)
        return found[0] if found else None

    def new(self, row: SeatLine, jurisdiction_id: int, now: datetime) -> Person:
        """A person who is registered by the sheet; the next row of the same name is the same one."""
        made = Person.objects.create(jurisdiction_id=jurisdiction_id, name=row.name[:40], changed_at=now)
        self.named[row.name] = [made]
        return made


@verb(constraints={"one_seat_in_a_team": AlreadyInTeam})
def import_team_members(
    *, actor: Actor, jurisdiction_id: int, rows: Sequence[SeatLine], batch_key: str, now: datetime
) -> Seated:
    """Seat people in teams of a place; who is not registered yet is. Who has a seat already keeps it as it is.

    One journal entry for all, with their ids. Refused rows are told by number: `TeamUnknown`, `SameName`,
    `SeatOutsideTeam`. Raises `AlreadyInTeam`, `Denied`.
    """
    require_in(actor, "people.write", jurisdiction_id)
    today, done = local_day(now), Seated()
    standing = Team.objects.standing().filter(jurisdiction_id=jurisdiction_id, name__in={row.team for row in rows})
    teams = {team.name: team for team in standing.select_for_update(of=("self",)).order_by("pk")}
    seats = TeamMember.objects.filter(team__in=[team.pk for team in teams.values()])
    held: dict[tuple[int, int], list[date | None]] = {}
    for team_id, person_id, until in seats.values_list("team_id", "person_id", "until"):
        held.setdefault((team_id, person_id), []).append(until)
    namesakes = _Namesakes(jurisdiction_id, rows)
    for row in rows:
        try:
            _seat(row, teams, held, namesakes, jurisdiction_id, today, now, done)
        except Refused as refusal:
            done.refused[row.number] = refusal
    if done.made:
        record_bulk(
            actor=actor,
            verb="directory.import_team_members",
            subject=None,
            rows={
                "directory.teammember": [one.pk for one in done.made.values()],
                **({"directory.person": [one.pk for one in done.people]} if done.people else {}),
            },
            now=now,
            note=batch_key,
            jurisdiction_id=jurisdiction_id,
        )
    return done


def _seat(
    row: SeatLine,
    teams: dict[str, Team],
    held: dict[tuple[int, int], list[date | None]],
    namesakes: _Namesakes,
    jurisdiction_id: int,
    today: date,
    now: datetime,
    done: Seated,
) -> None:
    """One row. Raises `TeamUnknown`, `SameName`, `SeatOutsideTeam`."""
    team = teams.get(row.team)
    if team is None:
        raise TeamUnknown(name=row.team)
    since = row.since or today
    if not team.founded_on <= since <= today:
        raise SeatOutsideTeam(founded=team.founded_on)
    person = namesakes.who(row)
    if person is None:
        person = namesakes.new(row, jurisdiction_id, now)
        done.people.append(person)
    ends = held.setdefault((team.pk, person.pk), [])
    if any(until is None or until > since for until in ends):
        return
    ends.append(None)
    done.made[row.number] = TeamMember.objects.create(
        jurisdiction_id=jurisdiction_id, team=team, person=person, unit=row.unit, task=row.task[:60], since=since
    )
