"""Help teams, task forces and volunteer teams: found, change, dissolve. Who is in them: `seats`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import DateField, Value
from django.db.models.functions import Greatest

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Organization, Person, Team, TeamArea, TeamMember


class TeamExists(Refused):
    """The place has a team of this name."""

    sentence = _("已有同名的团队。")
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


class TeamDissolved(Refused):
    """It is no more."""

    sentence = _("这个团队已经解散。")
    status = 409


class FoundedLater(Refused):
    """A team is written down once it is there."""

    sentence = _("成立日期不能晚于今天。")
    field = "founded_on"


_SAME = {"one_team_per_name": TeamExists, "one_task_force_per_project": OneTaskForce}


def office(actor: Actor, jurisdiction_id: int) -> None:
    """Who writes teams of a place. Raises `Denied`."""
    require(actor, "people.write", Whole(jurisdiction_id))


def living(team: Team) -> Team:
    """The team, locked: who joins and who dissolves it wait for each other. Raises `TeamDissolved`."""
    found = Team.objects.select_related("organization", "leader").select_for_update(of=("self",)).get(pk=team.pk)
    if found.dissolved_on is not None:
        raise TeamDissolved
    return found


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
    purpose: str = "",
    villages: Sequence[Organization] = (),
    founded_on: date | None = None,
) -> Team:
    """Found a team with its leader as the first member.

    Raises `TeamExists`, `OneTaskForce`, `ProjectNeeded`, `FoundedLater`, `Denied`.
    """
    owner = organization.jurisdiction_id
    office(actor, owner)
    if kind == "task" and not project.strip():
        raise ProjectNeeded
    day = founded_on or local_day(now)
    if day > local_day(now):
        raise FoundedLater
    team = Team.objects.create(
        jurisdiction_id=owner,
        kind=kind,
        name=name.strip()[:60],
        organization=organization,
        leader=leader,
        project=project.strip()[:120],
        subjects=list(subjects),
        skills=skills.strip()[:200],
        purpose=purpose.strip()[:200],
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
    purpose: str = "",
    villages: Sequence[Organization] = (),
) -> Team:
    """Another name, leader, subjects, purpose or area; a new leader becomes a member.

    Raises as `found_team`, and `TeamDissolved`.
    """
    office(actor, team.jurisdiction_id)
    team = living(team)
    if team.kind == "task" and not project.strip():
        raise ProjectNeeded
    fields = ("name", "organization_id", "leader_id", "project", "subjects", "skills", "purpose")
    before = {field: getattr(team, field) for field in fields}
    team.name, team.organization, team.leader = name.strip()[:60], organization, leader
    team.project, team.subjects, team.skills = project.strip()[:120], list(subjects), skills.strip()[:200]
    team.purpose = purpose.strip()[:200]
    team.save(update_fields=["name", "organization", "leader", "project", "subjects", "skills", "purpose"])
    if not team.members.filter(person=leader, until__isnull=True).exists():
        TeamMember.objects.create(
            jurisdiction_id=team.jurisdiction_id, team=team, person=leader, since=local_day(now)
        )
    _set_areas(team, villages)
    changes = diff(before, team)
    if changes:
        record(actor=actor, verb="directory.change_team", subject=team, now=now, changes=changes)
    return team


@verb
def dissolve_team(*, actor: Actor, team: Team, now: datetime) -> None:
    """It is no more; what it did stays. Raises `TeamDissolved`, `Denied`."""
    office(actor, team.jurisdiction_id)
    team = living(team)
    team.dissolved_on = max(local_day(now), team.founded_on)
    team.save(update_fields=["dissolved_on"])
    for rows in (team.members, team.units):
        rows.filter(until__isnull=True).update(until=Greatest("since", Value(team.dissolved_on, DateField())))
    record(
        actor=actor,
        verb="directory.dissolve_team",
        subject=team,
        now=now,
        changes={"dissolved_on": ("", team.dissolved_on)},
    )
