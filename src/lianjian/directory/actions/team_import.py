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


class NamesakeInSheet(Refused):
    """Two rows of one name are one person or two: the sheet says so by their units, or nobody knows."""

    sentence = _(
        "表里另有一行也叫“%(name)s”,不能确定是不是同一个人,这一行没有保存。"
        "不是同一个人的,请在各行写明不同的派出单位,或在团队里添加;是同一个人的,写明同一派出单位,每个团队只写一行。"
    )
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
    """Who bears which name in a place, and for which body; three queries. The rows of the sheet are told apart too."""

    def __init__(self, jurisdiction_id: int, rows: Iterable[SeatLine]) -> None:
        self.units: dict[str, set[int | None]] = {}
        for row in rows:
            self.units.setdefault(row.name, set()).add(_unit(row))
        names = set(self.units)
        people = Person.objects.filter(jurisdiction_id=jurisdiction_id, name__in=names).order_by("pk")
        self.named: dict[str, list[Person]] = {}
        for person in people:
            self.named.setdefault(person.name, []).append(person)
        held = Membership.objects.filter(Q(until__isnull=True), person__in=[one.pk for one in people])
        self.held = set(held.values_list("person_id", "organization_id"))
        sent = TeamMember.objects.filter(person__in=[one.pk for one in people], unit__isnull=False)
        self.held |= set(sent.values_list("person_id", "unit_id"))
        self.made: dict[str, dict[int | None, Person]] = {}
        self.seated: dict[tuple[int, int], SeatLine] = {}

    def who(self, row: SeatLine) -> Person | None:
        """The one who is meant; None who is new. Raises `SameName`, `NamesakeInSheet`."""
        unit, made = _unit(row), self.made.get(row.name, {})
        if made:
            if unit is None or None in made:
                raise NamesakeInSheet(name=row.name)
            return made.get(unit)
        found = self.named.get(row.name, [])
        apart = len(self.units[row.name] - {None}) > 1
        if row.unit is not None and (len(found) > 1 or (found and apart)):
            found = [one for one in found if (one.pk, row.unit.pk) in self.held]
            if not found:
                raise SameName(name=row.name)
        if len(found) > 1:
            raise SameName(name=row.name)
        return found[0] if found else None

    def new(self, row: SeatLine, jurisdiction_id: int, now: datetime) -> Person:
        """A person who is registered by the sheet; the next row of the same name and unit is the same one."""
        made = Person.objects.create(jurisdiction_id=jurisdiction_id, name=row.name[:40], changed_at=now)
        self.made.setdefault(row.name, {})[_unit(row)] = made
        return made

    def seat(self, row: SeatLine, team: Team, person: Person) -> None:
        """Remember who is seated by which row. Raises `NamesakeInSheet` where another row said something else."""
        before = self.seated.setdefault((team.pk, person.pk), row)
        if before._replace(number=0) != row._replace(number=0):
            raise NamesakeInSheet(name=row.name)


def _unit(row: SeatLine) -> int | None:
    return row.unit.pk if row.unit else None


@verb(constraints={"one_seat_in_a_team": AlreadyInTeam})
def import_team_members(
    *, actor: Actor, jurisdiction_id: int, rows: Sequence[SeatLine], batch_key: str, now: datetime
) -> Seated:
    """Seat people in teams of a place; who is not registered yet is. Who has a seat already keeps it as it is.

    One journal entry for all, with their ids. Refused rows are told by number: `TeamUnknown`, `SameName`,
    `NamesakeInSheet`, `SeatOutsideTeam`. Raises `AlreadyInTeam`, `Denied`.
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
    """One row. Raises `TeamUnknown`, `SameName`, `NamesakeInSheet`, `SeatOutsideTeam`."""
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
    namesakes.seat(row, team, person)
    ends = held.setdefault((team.pk, person.pk), [])
    if any(until is None or until > since for until in ends):
        return
    ends.append(None)
    done.made[row.number] = TeamMember.objects.create(
        jurisdiction_id=jurisdiction_id, team=team, person=person, unit=row.unit, task=row.task[:60], since=since
    )
