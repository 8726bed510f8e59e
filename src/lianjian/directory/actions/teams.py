"""Help teams and task forces: found, change, who is in them, dissolve."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Organization, Person, Team, TeamArea, TeamMember


class TeamExists(Refused):
    """The place has a team of this name."""

    sentence = _("已有同名的帮办团或专班。")
    field = "name"
    status = 409


class OneTaskForce(Refused):
    """One project, one leader, one team (checklist 004-51)."""

    sentence = _("这个项目已有专班。一个项目只设一个专班、一名负责人。")
    field = "project"
    status = 409


class ProjectNeeded(Refused):
    """A task force is for a project."""

    sentence = _("专班要写明负责哪个项目。")
    field = "project"


class AlreadyInTeam(Refused):
    """A person has one seat in a team."""

    sentence = _("此人已在这个团队里。")
    field = "person"
    status = 409


class TeamDissolved(Refused):
    """It is no more."""

    sentence = _("这个团队已经解散。")
    status = 409


class LeaderStays(Refused):
    """A team has a leader among its members."""

    sentence = _("负责人不能直接退出,请先更换负责人。")
    status = 409


_SAME = {"one_team_per_name": TeamExists, "one_task_force_per_project": OneTaskForce}


def _office(actor: Actor, jurisdiction_id: int) -> None:
    require(actor, "people.write", Whole(jurisdiction_id))


def _living(team: Team) -> None:
    if team.dissolved_on is not None:
        raise TeamDissolved


@verb(constraints=_SAME)
def found_team(
    *,
    actor: Actor,
    name: str,
    organization: Organization,
    leader: Person,
    now: datetime,
    kind: str = "help",
    project: str = "",
    subjects: Sequence[str] = (),
    skills: str = "",
    villages: Sequence[Organization] = (),
    founded_on: date | None = None,
) -> Team:
    """Found a team with its leader as the first member.

    Raises `TeamExists`, `OneTaskForce`, `ProjectNeeded`, `Denied`.
    """
    owner = organization.jurisdiction_id
    _office(actor, owner)
    if kind == "task" and not project.strip():
        raise ProjectNeeded
    day = founded_on or local_day(now)
    team = Team.objects.create(
        jurisdiction_id=owner,
        kind=kind,
        name=name.strip()[:60],
        organization=organization,
        leader=leader,
        project=project.strip()[:120],
        subjects=list(subjects),
        skills=skills.strip()[:200],
        founded_on=day,
    )
    TeamMember.objects.create(jurisdiction_id=owner, team=team, person=leader, since=day)
    _set_areas(team, villages)
    changes = {"name": ("", team.name), "organization": ("", organization.name)}
    record(actor=actor, verb="directory.found_team", subject=team, now=now, changes=changes)
    return team


def _set_areas(team: Team, villages: Sequence[Organization]) -> None:
    team.areas.exclude(village__in=villages).delete()
    held = set(team.areas.values_list("village_id", flat=True))
    TeamArea.objects.bulk_create(
        TeamArea(jurisdiction_id=team.jurisdiction_id, team=team, village=village)
        for village in villages
        if village.pk not in held
    )


@verb(constraints=_SAME)
def change_team(
    *,
    actor: Actor,
    team: Team,
    name: str,
    organization: Organization,
    leader: Person,
    now: datetime,
    project: str = "",
    subjects: Sequence[str] = (),
    skills: str = "",
    villages: Sequence[Organization] = (),
) -> Team:
    """Another name, leader, subjects or area; a new leader becomes a member.

    Raises as `found_team`, and `TeamDissolved`.
    """
    _office(actor, team.jurisdiction_id)
    _living(team)
    if team.kind == "task" and not project.strip():
        raise ProjectNeeded
    fields = ("name", "organization_id", "leader_id", "project", "subjects", "skills")
    before = {field: getattr(team, field) for field in fields}
    team.name, team.organization, team.leader = name.strip()[:60], organization, leader
    team.project, team.subjects, team.skills = project.strip()[:120], list(subjects), skills.strip()[:200]
    team.save(update_fields=["name", "organization", "leader", "project", "subjects", "skills"])
    if not team.members.filter(person=leader, until__isnull=True).exists():
        TeamMember.objects.create(
            jurisdiction_id=team.jurisdiction_id, team=team, person=leader, since=local_day(now)
        )
    _set_areas(team, villages)
    changes = diff(before, team)
    if changes:
        record(actor=actor, verb="directory.change_team", subject=team, now=now, changes=changes)
    return team


@verb(constraints={"one_seat_in_a_team": AlreadyInTeam})
def add_to_team(
    *,
    actor: Actor,
    team: Team,
    person: Person,
    now: datetime,
    unit: Organization | None = None,
    task: str = "",
) -> TeamMember:
    """Somebody joins. Raises `AlreadyInTeam`, `TeamDissolved`, `Denied`."""
    _office(actor, team.jurisdiction_id)
    _living(team)
    made = TeamMember.objects.create(
        jurisdiction_id=team.jurisdiction_id,
        team=team,
        person=person,
        unit=unit,
        task=task.strip()[:60],
        since=local_day(now),
    )
    record(
        actor=actor,
        verb="directory.add_to_team",
        subject=team,
        now=now,
        changes={"member": ("", person.name)},
    )
    return made


@verb
def leave_team(*, actor: Actor, member: TeamMember, now: datetime) -> None:
    """Somebody leaves; the leader only after another leads. Raises `LeaderStays`, `Denied`."""
    team = member.team
    _office(actor, team.jurisdiction_id)
    if member.person_id == team.leader_id and team.dissolved_on is None:
        raise LeaderStays
    if member.until is not None:
        return
    member.until = local_day(now)
    member.save(update_fields=["until"])
    changes = {"member": (member.person.name, "")}
    record(actor=actor, verb="directory.leave_team", subject=team, now=now, changes=changes)


@verb
def dissolve_team(*, actor: Actor, team: Team, now: datetime) -> None:
    """It is no more; what it did stays. Raises `TeamDissolved`, `Denied`."""
    _office(actor, team.jurisdiction_id)
    _living(team)
    team.dissolved_on = max(local_day(now), team.founded_on)
    team.save(update_fields=["dissolved_on"])
    team.members.filter(until__isnull=True).update(until=team.dissolved_on)
    record(
        actor=actor,
        verb="directory.dissolve_team",
        subject=team,
        now=now,
        changes={"dissolved_on": ("", team.dissolved_on)},
    )
