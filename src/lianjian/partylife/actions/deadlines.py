"""Periods of single people that near their end, brought to the branch's desk at night.

Graduates whose relation is kept at school, correction periods, first courses of new secretaries, and projects that
should have a branch: each found as a set, however many branches there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse

from lianjian.directory.models import Membership, Organization, Team
from lianjian.duties.actions import Wanted, close_many, open_duties
from lianjian.duties.models import Duty
from lianjian.events.models import Attendance
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import CHINA, day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk
from lianjian.rulebook.queries import asked_by_place, calendar

from ..models import Absence, BranchMembership, StandingDecision
from ..queries.education import deadline_of
from ..queries.ladder import Law
from ..queries.projects import standings, task_forces
from ..rules import bodies, education, moves
from ..rules.elections import HEAD

MODELS: dict[str, Any] = {
    moves.KEPT_DUTY: Absence,
    moves.CORRECTION_DUTY: StandingDecision,
    education.NEW_DUTY: Membership,
    bodies.PROJECT_DUTY: Team,
}


class Due(NamedTuple):
    """A record whose period ends on a day, and the body that is to look at it."""

    kind: str
    record: Any
    day: date
    body: Organization
    url: str


@dataclass
class Reminded:
    """What one night put on desks and took off them: ids of the new duties, keys of the records that are settled."""

    opened: list[int] = field(default_factory=list)
    closed: list[UUID] = field(default_factory=list)


@verb
def derive_deadlines(*, actor: Actor, jurisdiction_id: int, now: datetime) -> Reminded:
    """Duties for periods of single people that near their end; closed where the matter is settled. Safe to run twice.

    One journal line with the ids. A handful of queries for a place, whatever the number of its branches.
    """
    today = local_day(now)
    found = [
        *_graduates(jurisdiction_id, today),
        *_corrections(jurisdiction_id, today),
        *_new_secretaries(jurisdiction_id, today),
        *_projects(jurisdiction_id, today),
    ]
    standing = Duty.objects.filter(jurisdiction_id=jurisdiction_id, kind__in=MODELS, state=Duty.State.OPEN)
    had = {(kind, key): pk for kind, key, pk in standing.values_list("kind", "subject_key", "pk")}
    wanted = {(one.kind, one.record.key): one for one in found}
    done = Reminded()
    for kind, model in MODELS.items():
        over = [key for other, key in had if other == kind and (kind, key) not in wanted]
        rows = [model(key=key, jurisdiction_id=jurisdiction_id) for key in over]
        close_many(actor=actor, records=rows, kind=kind, now=now)
        done.closed += over
    fresh = [one for key, one in wanted.items() if key not in had]
    done.opened = open_duties(actor=actor, wanted=_duties(fresh), now=now) if fresh else []
    if done.opened or done.closed:
        closed = [pk for key, pk in had.items() if key[1] in set(done.closed)]
        ids = {"duties.duty:opened": done.opened, "duties.duty:closed": closed}
        record_bulk(
            actor=actor, verb="partylife.derive_deadlines", subject=None, now=now, jurisdiction_id=jurisdiction_id,
            rows={name: numbers for name, numbers in ids.items() if numbers},
        )  # fmt: skip
    return done


def _duties(fresh: Sequence[Due]) -> list[Wanted]:
    words = {**moves.DUTIES, **education.DUTIES, **bodies.DUTIES}
    return [
        Wanted(
            record=one.record, kind=one.kind, title=f"{translate(words[one.kind][0])}: {one.body.name} {one.day}",
            url=one.url, due_at=day_end(one.day), organization=one.body,
        )
        for one in fresh
    ]  # fmt: skip


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
    """Secretaries of this year and the last who held no such office before and took no course since (R2.32)."""
    asked = asked_by_place([education.NEW_SECRETARY], today, [place]).get(place, {}).get(education.NEW_SECRETARY)
    if asked is None:
        return []
    earlier = Membership.objects.filter(
        person_id=OuterRef("person_id"), role=HEAD, organization__classification="party", since__lt=OuterRef("since")
    )
    taught = (
        Attendance.objects.present()
        .filter(person_id=OuterRef("person_id"), meeting__state="held", meeting__kind__in=education.COURSES)
        .annotate(day=TruncDate("meeting__starts_at", tzinfo=CHINA))
        .filter(day__gte=OuterRef("since"))
    )
    rows: Any = Membership.objects.filter(
        ~Exists(earlier), ~Exists(taught), organization__jurisdiction_id=place, jurisdiction_id=place, role=HEAD,
        organization__classification="party", organization__merged_into__isnull=True,
        since__gte=max(date(today.year - 1, 1, 1), asked.rule.valid_from),
    )  # fmt: skip
    days = calendar()
    terms = "|".join(f"{one.amount}{one.unit}" for one in asked.terms)
    return [
        Due(education.NEW_DUTY, one, until, one.organization, _learning(one.organization))
        for one in rows.on(today).select_related("organization").order_by("since", "pk")
        if (until := deadline_of(one.since, terms, days)) is not None
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


def _learning(branch: Organization) -> str:
    return f"{reverse('partylife:education')}?lacks={education.NEW_LACKS}&branch={branch.key}"
