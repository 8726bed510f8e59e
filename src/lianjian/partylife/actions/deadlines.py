"""Periods of single people that near their end, brought to the branch's desk at night.

Graduates whose relation is kept at school, correction periods, first courses of new secretaries, and projects that
should have a branch: each found as a set, however many branches there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.urls import reverse

from lianjian.directory.models import Organization, Team
from lianjian.duties.actions import Wanted, close_many, follow_many, open_duties, subject_kind
from lianjian.duties.models import Duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk

from ..models import Absence, BranchMembership, PartyMember, StandingDecision
from ..queries.ladder import Law
from ..queries.newcomers import newcomers
from ..queries.projects import standings, task_forces
from ..rules import bodies, education, moves

KINDS = (moves.KEPT_DUTY, moves.CORRECTION_DUTY, education.NEW_DUTY, bodies.PROJECT_DUTY)


class Key(NamedTuple):
    """One duty of a kind about a record."""

    kind: str
    model: str
    key: UUID


class Due(NamedTuple):
    """A record whose period ends on a day, and the body that is to look at it."""

    kind: str
    record: Any
    day: date
    body: Organization
    url: str


@dataclass
class Reminded:
    """What one night put on desks, moved and took off them: ids of duties, keys of the records that are settled."""

    opened: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    closed: list[UUID] = field(default_factory=list)


@verb
def derive_deadlines(*, actor: Actor, jurisdiction_id: int, now: datetime) -> Reminded:
    """Duties for periods of single people that near their end; they follow who moves to another branch and a day that
    changes, and are closed where the matter is settled. Safe to run twice.

    One journal line with the ids. A handful of queries for a place, whatever the number of its branches.
    """
    today = local_day(now)
    found = [
        *_graduates(jurisdiction_id, today),
        *_corrections(jurisdiction_id, today),
        *_new_secretaries(jurisdiction_id, today),
        *_projects(jurisdiction_id, today),
    ]
    rows = Duty.objects.filter(jurisdiction_id=jurisdiction_id, kind__in=KINDS, state=Duty.State.OPEN)
    had = {Key(one.kind, one.subject_kind, one.subject_key): one for one in rows}
    wanted = {Key(one.kind, subject_kind(one.record), one.record.key): one for one in map(_wanted, found)}
    done = Reminded()
    over = [key for key in had if key not in wanted]
    for kind, model in sorted({key[:2] for key in over}):
        record = apps.get_model(model)
        keys = [key.key for key in over if key[:2] == (kind, model)]
        gone = [record(key=key, jurisdiction_id=jurisdiction_id) for key in keys]
        close_many(actor=actor, records=gone, kind=kind, now=now)
        done.closed += keys
    changed = {had[key].pk: one for key, one in wanted.items() if key in had and _differs(had[key], one)}
    done.moved = follow_many(actor=actor, wanted=changed, now=now)
    fresh = [one for key, one in wanted.items() if key not in had]
    done.opened = open_duties(actor=actor, wanted=fresh, now=now) if fresh else []
    ids = {"opened": done.opened, "moved": done.moved, "closed": [had[key].pk for key in over]}
    if any(ids.values()):
        record_bulk(
            actor=actor, verb="partylife.derive_deadlines", subject=None, now=now, jurisdiction_id=jurisdiction_id,
            rows={f"duties.duty:{name}": numbers for name, numbers in ids.items() if numbers},
        )  # fmt: skip
    return done


def _wanted(one: Due) -> Wanted:
    words = {**moves.DUTIES, **education.DUTIES, **bodies.DUTIES}
    return Wanted(
        record=one.record, kind=one.kind, title=f"{translate(words[one.kind][0])}: {one.body.name} {one.day}",
        url=one.url, due_at=day_end(one.day), organization=one.body,
    )  # fmt: skip


def _differs(duty: Duty, wanted: Wanted) -> bool:
    body = wanted.organization.pk if wanted.organization is not None else None
    told = (wanted.title[:200], wanted.url, wanted.due_at, body)
    return (duty.title, duty.url, duty.due_at, duty.organization_id) != told


def _homes(rows: QuerySet[Any], day: date) -> list[tuple[Any, Organization]]:
    """Records of members with the branch where each is at home on a day; who is at home nowhere is left out."""
    found = list(rows.select_related("member"))
    seats: Any = BranchMembership.objects.filter(
        member_id__in={one.member_id for one in found}, role=BranchMembership.HOME
    )
    homes = {seat.member_id: seat.branch for seat in seats.on(day).select_related("branch")}
    return [(one, homes[one.member_id]) for one in found if one.member_id in homes]


def _graduates(place: int, today: date) -> list[Due]:
    """Whose relation is kept at school: until the last day of the rule, or the stricter one of the place (art. 34)."""
    rows: Any = Absence.objects.filter(jurisdiction_id=place, kind=moves.GRADUATE)
    law, soon = Law(place), today + timedelta(days=moves.REMIND_DAYS[moves.KEPT_DUTY])
    found = []
    for one, branch in _homes(rows.on(today).order_by("since", "pk"), today):
        bound = law.bound("mobile.graduate", 0, law.since("mobile.graduate", one.since))
        if bound is not None and bound.day <= soon:
            found.append(Due(moves.KEPT_DUTY, one, bound.day, branch, one.member.get_absolute_url()))
    return found


def _corrections(place: int, today: date) -> list[Due]:
    """Correction periods that end soon or are over, of which the body has not said what came of them (art. 30, 31)."""
    soon = today + timedelta(days=moves.REMIND_DAYS[moves.CORRECTION_DUTY])
    near = StandingDecision.objects.filter(jurisdiction_id=place, kind=moves.CORRECT, until__lte=soon)
    decisions: dict[int, list[StandingDecision]] = {}
    for one in StandingDecision.objects.filter(jurisdiction_id=place, member_id__in=near.values("member_id")):
        decisions.setdefault(one.member_id, []).append(one)
    running = (moves.correcting(some, today) for some in decisions.values())
    kept = [one.pk for one in running if one is not None and one.until <= soon]
    rows = StandingDecision.objects.filter(pk__in=kept).order_by("until", "pk")
    return [
        Due(
            moves.CORRECTION_DUTY, one, one.until, branch,
            reverse("partylife:decide_standing", kwargs={"key": one.member.key}),
        )
        for one, branch in _homes(rows, today)
        if one.until is not None
    ]  # fmt: skip


def _new_secretaries(place: int, today: date) -> list[Due]:
    """New secretaries who still owe the first course, at the branch where each is at home (R2.32)."""
    return [
        Due(education.NEW_DUTY, one.member, one.until, one.branch, _learning(one.member))
        for one in newcomers(place, today)
    ]


def _projects(place: int, today: date) -> list[Due]:
    """Task forces of projects that have lasted so long and have enough members for a branch, and none (R2.04)."""
    teams = task_forces(place)
    found = standings(teams, today) if teams else {}
    return [
        Due(bodies.PROJECT_DUTY, one, found[one.pk].due_on, one.organization, _team(one))
        for one in teams
        if one.pk in found and found[one.pk].state(today) == bodies.LACKING
    ]


def _team(team: Team) -> str:
    return reverse("directory:team", kwargs={"key": team.key})


def _learning(member: PartyMember) -> str:
    return f"{reverse('partylife:education')}?lacks={education.NEW_LACKS}&member={member.key}"
