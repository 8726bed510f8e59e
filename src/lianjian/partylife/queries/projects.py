"""Task forces of projects that have lasted long enough for a branch of their own (支部工作条例 art. 5, R2.04).

Whether one stands is not typed: it does where enough of the force's full members sit in one branch, at home or as
guests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from lianjian.directory.models import Team, TeamMember
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.foundation.calendar import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Link
from lianjian.foundation.looks import show_date
from lianjian.rulebook.queries import asked_by_place, calendar, rules_of
from lianjian.rulebook.rules import reckon

from ..models import BranchMembership
from ..models.doors import RIGHT
from ..models.moves import stopped
from ..rules import bodies
from .branches import branch_url

PROJECT, REQUIRED = "branch.project", "branch.required"


@dataclass(frozen=True)
class Standing:
    """How a task force stands: full members in it, the branch that enough of them share, and the day of the rule."""

    full: int
    needed: int
    branch: Link | None
    due_on: date
    cite: str

    def state(self, day: date) -> str:
        """`covered`, `few`, `lacking`, or `early` before the project has lasted so long."""
        if self.branch is not None:
            return bodies.COVERED
        if self.full < self.needed:
            return bodies.TOO_FEW
        return bodies.LACKING if self.due_on <= day else bodies.EARLY


def standings(teams: Sequence[Team], day: date) -> Mapping[int, Standing]:
    """By team; teams founded before the rule count from its first day. Three queries, however many."""
    needed = _needed(day)
    laws = asked_by_place([PROJECT], day, {team.jurisdiction_id for team in teams})
    people: dict[int, set[int]] = {team.pk: {team.leader_id} for team in teams}
    members = TeamMember.objects.filter(Q(until__isnull=True) | Q(until__gt=day), team__in=people, since__lte=day)
    for pk, person in members.values_list("team_id", "person_id"):
        people[pk].add(person)
    seats = _seats({person for some in people.values() for person in some}, day)
    found, days = {}, calendar()
    for team in teams:
        asked = laws[team.jurisdiction_id].get(PROJECT)
        if asked is None or needed is None:
            continue
        since = max(team.founded_on, asked.rule.valid_from)
        ends = [local_day(reckon(days, since, one, kind=asked.rule.kind).due_at) for one in asked.terms]
        full, branch = _together(people[team.pk], seats, needed)
        found[team.pk] = Standing(full, needed, branch, max(ends), asked.cite)
    return found


def _needed(day: date) -> int | None:
    """How many full members a branch of one's own needs."""
    rule = next(iter(rules_of((REQUIRED,), day)), None)
    return int(rule.params["one_of"]["own"]["min"]) if rule is not None else None


def _seats(people: Iterable[int], day: date) -> dict[int, list[tuple[int, str, Any]]]:
    """By person: the branches in which a full member sits on a day; nobody whose membership is stopped."""
    rows: Any = BranchMembership.objects.filter(member__person_id__in=list(people), member__full_on__lte=day)
    rows = rows.on(day).exclude(member__in=stopped(day).values("member_id"))
    found: dict[int, list[tuple[int, str, Any]]] = {}
    for person, pk, name, key in rows.values_list("member__person_id", "branch_id", "branch__name", "branch__key"):
        found.setdefault(person, []).append((pk, name, key))
    return found


def _together(people: set[int], seats: Mapping[int, Any], needed: int) -> tuple[int, Link | None]:
    """Full members among the people, and the branch that most of them share where it is enough."""
    branches: dict[tuple[int, str, Any], int] = {}
    for person in people:
        for seat in seats.get(person, ()):
            branches[seat] = branches.get(seat, 0) + 1
    best = max(branches, key=lambda one: (branches[one], -one[0]), default=None)
    full = sum(person in seats for person in people)
    if best is None or branches[best] < needed:
        return full, None
    return full, Link(best[1], branch_url(best[2]))


def task_forces(place: int) -> list[Team]:
    """Those of a place that stand."""
    rows: Any = Team.objects.standing().filter(jurisdiction_id=place, kind=Team.Kind.TASK)  # type: ignore[attr-defined]
    return list(rows.select_related("organization").order_by("pk"))


def team_panel(*, actor: Actor, record: Team, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """On the page of a task force: whether the project should have a branch."""
    if record.kind != Team.Kind.TASK or record.dissolved_on is not None:
        return None
    # Members of any branch of the place are counted.
    if record.jurisdiction_id not in whole_jurisdictions(actor, RIGHT):
        return None
    day = local_day(now)
    shown = standings([record], day).get(record.pk)
    if shown is None:
        return None
    state = shown.state(day)
    badge = Badge(translate(bodies.PROJECTS[state]), bodies.PROJECT_TONES[state])
    return "partylife/_project.html", {"shown": shown, "badge": badge, "day": show_date(shown.due_on)}
