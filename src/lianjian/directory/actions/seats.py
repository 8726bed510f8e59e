"""Who is in a team from when to when: people, and bodies that take part as such."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Organization, Person, Team, TeamMember, TeamUnit
from .teams import living, office


class AlreadyInTeam(Refused):
    """A person has one seat in a team at a time."""

    sentence = _("此人这段时间已在这个团队里。")
    field = "person"
    status = 409


class UnitInTeam(Refused):
    """So has a body."""

    sentence = _("这个单位这段时间已是这个团队的成员单位。")
    field = "organization"
    status = 409


class LeaderStays(Refused):
    """A team has a leader among its members."""

    sentence = _("负责人不能直接退出,请先更换负责人。")
    status = 409


class SeatOutsideTeam(Refused):
    """Nobody belongs to what is not there yet, or will belong some day."""

    sentence = _("加入日期要在团队成立(%(founded)s)以后、今天以前。")
    field = "since"


class LeavesTooEarly(Refused):
    """Who leaves has joined before, and leaves today at the latest."""

    sentence = _("退出日期不能早于加入日期(%(since)s),也不能晚于今天。")
    field = "until"


class UnitOver(Refused):
    """A body that is no more sends nobody."""

    sentence = _("“%(name)s”已撤销或合并,不能作为成员单位。")
    field = "organization"


Seat = TeamMember | TeamUnit
_PERSON = {"one_seat_in_a_team": AlreadyInTeam}
_UNIT = {"one_unit_in_a_team": UnitInTeam}


def _check_days(team: Team, since: date, until: date | None, today: date) -> None:
    """Raises `SeatOutsideTeam`, `LeavesTooEarly`."""
    if not team.founded_on <= since <= today:
        raise SeatOutsideTeam(founded=team.founded_on)
    if until is not None and not since <= until <= today:
        raise LeavesTooEarly(since=since)


@verb(constraints=_PERSON)
def add_to_team(
    *,
    actor: Actor,
    team: Team,
    person: Person,
    now: datetime,
    unit: Organization | None = None,
    task: str = "",
    since: date | None = None,
) -> TeamMember:
    """Somebody joins, today or from an earlier day. Raises `AlreadyInTeam`, `SeatOutsideTeam`, `TeamDissolved`,
    `Denied`.
    """
    office(actor, team.jurisdiction_id)
    team, today = living(team), local_day(now)
    since = since or today
    _check_days(team, since, None, today)
    made = TeamMember.objects.create(
        jurisdiction_id=team.jurisdiction_id, team=team, person=person, unit=unit, task=task.strip()[:60], since=since
    )
    changes = {"member": ("", person.name), "since": ("", since)}
    record(actor=actor, verb="directory.add_to_team", subject=team, now=now, changes=changes)
    return made


@verb(constraints=_UNIT)
def add_unit_to_team(
    *, actor: Actor, team: Team, organization: Organization, now: datetime, since: date | None = None
) -> TeamUnit:
    """A body takes part as such. Raises `UnitInTeam`, `UnitOver`, `SeatOutsideTeam`, `TeamDissolved`, `Denied`."""
    office(actor, team.jurisdiction_id)
    team, today = living(team), local_day(now)
    since = since or today
    _check_days(team, since, None, today)
    if organization.merged_into_id is not None or organization.dissolved_on is not None:
        raise UnitOver(name=organization.name)
    made = TeamUnit.objects.create(
        jurisdiction_id=team.jurisdiction_id, team=team, organization=organization, since=since
    )
    changes = {"unit": ("", organization.name), "since": ("", since)}
    record(actor=actor, verb="directory.add_unit_to_team", subject=team, now=now, changes=changes)
    return made


def _held(actor: Actor, row: Seat) -> Seat:
    """The row anew, under the lock of its team. Raises `TeamDissolved`, `Denied`."""
    office(actor, row.team.jurisdiction_id)
    team = living(row.team)
    related = ("person", "unit") if isinstance(row, TeamMember) else ("organization",)
    found: Seat = type(row).objects.select_related(*related).get(pk=row.pk)
    found.team = team
    return found


def _name(row: Seat) -> str:
    return row.person.name if isinstance(row, TeamMember) else row.organization.name


def _stays(row: Seat) -> None:
    """Raises `LeaderStays`."""
    if isinstance(row, TeamMember) and row.person_id == row.team.leader_id:
        raise LeaderStays


@verb
def leave_team(*, actor: Actor, member: Seat, now: datetime, until: date | None = None) -> None:
    """Somebody, or a body, leaves; the leader only after another leads. Raises `LeaderStays`, `LeavesTooEarly`,
    `TeamDissolved`, `Denied`.
    """
    row = _held(actor, member)
    if row.until is not None:
        return
    _stays(row)
    until = until or local_day(now)
    _check_days(row.team, row.since, until, local_day(now))
    row.until = until
    row.save(update_fields=["until"])
    what = "member" if isinstance(row, TeamMember) else "unit"
    changes = {what: (_name(row), ""), "until": ("", until)}
    record(actor=actor, verb="directory.leave_team", subject=row.team, now=now, changes=changes)


@verb(constraints={**_PERSON, **_UNIT})
def correct_seat(
    *,
    actor: Actor,
    member: Seat,
    since: date,
    until: date | None,
    now: datetime,
    unit: Organization | None = None,
    task: str = "",
) -> Seat:
    """Put right from when to when somebody, or a body, was in a team; of a person also who sent them and what they do.

    Raises `AlreadyInTeam`, `UnitInTeam`, `LeaderStays`, `SeatOutsideTeam`, `LeavesTooEarly`, `TeamDissolved`, `Denied`.
    """
    row = _held(actor, member)
    if until is not None and row.until is None:
        _stays(row)
    _check_days(row.team, since, until, local_day(now))
    fields = ["since", "until", *(("unit_id", "task") if isinstance(row, TeamMember) else ())]
    before = {field: getattr(row, field) for field in fields}
    row.since, row.until = since, until
    if isinstance(row, TeamMember):
        row.unit, row.task = unit, task.strip()[:60]
    changes = diff(before, row)
    if changes:
        row.save(update_fields=[field.removesuffix("_id") for field in fields])
        changes = {"member": (_name(row), _name(row)), **changes}
        record(actor=actor, verb="directory.correct_seat", subject=row.team, now=now, changes=changes)
    return row
