"""What branches have not held in their calendar periods: derived every night, settled when it is made good."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import prefetch_related_objects
from django.urls import reverse

from lianjian.directory.models import Organization
from lianjian.duties.actions import Wanted, close_duties, close_many, open_duties
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import CHINA, day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record, record_bulk
from lianjian.rulebook.actions import check_many
from lianjian.rulebook.queries import cadences, rule_on
from lianjian.rulebook.rules import Held, Span, span_of, state_of

from ..models import Shortfall
from ..queries.cadence import Seen, begun_on, counted, held_by_branch, meetings_of, seats_from
from ..rules import cadence as rules
from .quorum import judge_meeting

DUTY = "partylife.cadence"


class Key(NamedTuple):
    """Which branch, under which rule, in the period that begins on which day."""

    branch_id: int
    code: str
    first: date


@dataclass
class Derived:
    """What one night changed, by ids of shortfalls."""

    opened: list[int] = field(default_factory=list)
    settled: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)


@dataclass
class Moved:
    """Shortfalls on record that stand otherwise than they did, by what happened to them."""

    settled: list[Shortfall] = field(default_factory=list)
    reopened: list[Shortfall] = field(default_factory=list)
    late: list[Shortfall] = field(default_factory=list)


def _spans(day: date, per: str, standing: Iterable[date], begun: date | None) -> list[Span]:
    """The period of the day, those of which something is open, and the one before where the place recorded by then."""
    now = span_of(day, per)
    before = span_of(now.first - timedelta(days=1), per)
    found = {now.first: now}
    if begun is not None and begun <= before.last:
        found[before.first] = before
    for other in standing:
        span = span_of(other, per)
        found[span.first] = span
    return list(found.values())


def _look(
    place: int,
    day: date,
    held: Mapping[Key, Shortfall],
    codes: Iterable[str] = rules.ACTIVITIES,
    only: Collection[int] | None = None,
    days: Collection[date] = (),
) -> dict[Key, Seen]:
    """How every branch that is asked stands (of `only`, these), in each period that matters today and those of `days`.
    A few queries for all.
    """
    asked = cadences(codes, day, place)
    seats, begun = seats_from(day), begun_on(place)
    found: dict[Key, Seen] = {}
    for code, one in asked.items():
        cadence = one.cadence
        if cadence is None or not cadence.national:
            continue  # no national number: nothing is called late
        standing = [key.first for key, row in held.items() if key.code == code and row.state in rules.OPEN_STATES]
        # A day long past matters only where a shortfall of its period is on record.
        known = {key.first for key in held if key.code == code}
        standing += [first for first in (span_of(one, cadence.per).first for one in days) if first in known]
        for span in _spans(day, cadence.per, standing, begun):
            if one.since is not None and span.last < one.since and span.first not in standing:
                continue  # over before the place's own document asked for it
            lights: dict[int, str] = {}
            for branch_id, times in held_by_branch(
                place, rules.ACTIVITIES[code], span.first, span.last, seats, only
            ):
                if times not in lights:
                    act = Held(today=day, done=times, period=span.first)
                    lights[times] = state_of(cadence, act).light
                found[Key(branch_id, code, span.first)] = Seen(span, cadence.times, times, lights[times])
    return found


@verb
def derive_cadences(*, actor: Actor, jurisdiction_id: int, now: datetime) -> Derived:
    """Open what is missing, settle what was made good, call late whose period is over. Safe to run twice.

    One journal line with the ids. Branches are asked from the first whole period after their founding.
    """
    day = local_day(now)
    rows = Shortfall.objects.filter(jurisdiction_id=jurisdiction_id, period_to__gte=day - timedelta(days=800))
    held = {Key(row.branch_id, row.rule_code, row.period_from): row for row in rows.select_for_update(of=("self",))}
    seen = _look(jurisdiction_id, day, held)
    done = Derived()
    fresh = {key: one for key, one in seen.items() if one.light in rules.OPEN_STATES and key not in held}
    done.opened = _open(actor, jurisdiction_id, fresh, now)
    moved = _follow(held, seen)
    _write(actor, moved, now)
    done.opened += [row.pk for row in moved.reopened]
    done.settled, done.late = [row.pk for row in moved.settled], [row.pk for row in moved.late]
    touched = {"opened": done.opened, "settled": done.settled, "late": done.late}
    if any(touched.values()):
        ids = {f"partylife.shortfall:{name}": numbers for name, numbers in touched.items() if numbers}
        record_bulk(
            actor=actor,
            verb="partylife.derive_cadences",
            subject=None,
            rows=ids,
            now=now,
            jurisdiction_id=jurisdiction_id,
        )
    return done


def _open(actor: Actor, place: int, fresh: Mapping[Key, Seen], now: datetime) -> list[int]:
    """New shortfalls with the evaluation behind each and a duty of the branch; in bulk."""
    if not fresh:
        return []
    day = local_day(now)
    acts = [(key.code, Held(today=day, done=one.held, period=key.first), day) for key, one in fresh.items()]
    evaluations = check_many(actor=actor, acts=acts, now=now, jurisdiction_id=place)
    made = Shortfall.objects.bulk_create(
        (
            Shortfall(
                jurisdiction_id=place,
                branch_id=key.branch_id,
                rule_code=key.code,
                period_from=one.span.first,
                period_to=one.span.last,
                required=one.times,
                held=one.held,
                state=one.light,
                opened_at=now,
                evaluation=evaluation,
            )
            for (key, one), evaluation in zip(fresh.items(), evaluations, strict=True)
        ),
        batch_size=2000,
    )
    titles = {code: rule_on(code, day).title for code in {key.code for key in fresh}}
    branches = Organization.objects.in_bulk({row.branch_id for row in made})
    open_duties(actor=actor, wanted=[_wanted(row, titles, branches) for row in made], now=now)
    return [row.pk for row in made]


def _wanted(row: Shortfall, titles: Mapping[str, str], branches: Mapping[int, Organization]) -> Wanted:
    return Wanted(
        record=row,
        kind=DUTY,
        title=f"{translate(titles[row.rule_code])} {row.period_from} – {row.period_to}",
        url=reverse("partylife:shortfall", kwargs={"key": row.key}),
        due_at=day_end(row.period_to),
        organization=branches[row.branch_id],
        evaluation=row.evaluation,
    )


def _follow(held: Mapping[Key, Shortfall], seen: Mapping[Key, Seen]) -> Moved:
    """What is on record, held against how its branch stands today. No query: who moved is written by `_write`."""
    moved = Moved()
    for key, row in held.items():
        one, is_open = seen.get(key), row.state in rules.OPEN_STATES
        if one is None:
            if is_open:
                row.state, row.reason = rules.OFF, translate(rules.GONE)
                moved.settled.append(row)
        elif is_open and one.held >= row.required:
            row.state, row.held = rules.SATISFIED, one.held
            moved.settled.append(row)
        elif row.state == rules.SATISFIED and one.light in rules.OPEN_STATES:
            row.state, row.held = one.light, one.held  # a meeting that made it good was put right or taken away
            moved.reopened.append(row)
        elif is_open and one.light in rules.OPEN_STATES and (row.state, row.held) != (one.light, one.held):
            row.state, row.held = one.light, one.held
            moved.late.append(row)
    return moved


def _write(actor: Actor, moved: Moved, now: datetime) -> None:
    """The rows that moved and their duties, in bulk."""
    for row in moved.settled:
        row.settled_at = now
    for row in moved.reopened:
        row.settled_at = None
    rows = [*moved.settled, *moved.reopened, *moved.late]
    if not rows:
        return
    Shortfall.objects.bulk_update(rows, ["state", "held", "settled_at", "reason"], batch_size=2000)
    close_many(actor=actor, records=moved.settled, kind=DUTY, now=now)
    if not moved.reopened:
        return
    titles = {code: rule_on(code, local_day(now)).title for code in {row.rule_code for row in moved.reopened}}
    branches = Organization.objects.in_bulk({row.branch_id for row in moved.reopened})
    prefetch_related_objects(moved.reopened, "evaluation")
    open_duties(actor=actor, wanted=[_wanted(row, titles, branches) for row in moved.reopened], now=now)


def _settle(actor: Actor, row: Shortfall, state: str, held: int, now: datetime, reason: str = "") -> None:
    row.state, row.held, row.settled_at = state, held, now
    row.reason = reason or row.reason
    row.save(update_fields=["state", "held", "settled_at", "reason"])
    close_duties(actor=actor, record=row, kind=DUTY, now=now)


def follow_meeting(*, actor: Actor, meeting: Meeting, place: int, now: datetime) -> int:
    """A meeting or a list of it was recorded, or a host added: its quorum is judged, and what it makes good for bodies
    of the place is settled at once. Part of that verb, or of the job by which another town follows; gives how many rows
    it changed.
    """
    judged = judge_meeting(actor=actor, meeting=meeting, place=place, now=now)
    hosts = meeting.invitations.filter(part="host", withdrawn_at__isnull=True).values_list("organization_id", flat=True)
    bodies = [meeting.convener_id, *hosts]
    settled = settle_bodies(actor, bodies, place, now)
    return judged.number + settled + reopen_bodies(actor, meeting, bodies, place, now, judged.lost)


def settle_bodies(actor: Actor, bodies: Iterable[int], place: int, now: datetime) -> int:
    """What these bodies of a place have made good meanwhile is settled at once; how many. Part of a verb or job."""
    settled = 0
    rows = Shortfall.objects.filter(branch_id__in=list(bodies), state__in=rules.OPEN_STATES, jurisdiction_id=place)
    for row in rows.select_related("branch").select_for_update(of=("self",)).order_by("pk"):
        found = meetings_of(row.branch, row.period_from, row.period_to)
        times = len(counted(rules.ACTIVITIES[row.rule_code], found, row.period_from, row.period_to))
        if times >= row.required:
            _settle(actor, row, rules.SATISFIED, times, now)
            settled += 1
    return settled


def reopen_bodies(
    actor: Actor, meeting: Meeting, bodies: Collection[int], place: int, now: datetime, lost: Collection[int] = ()
) -> int:
    """What was made good for these bodies of a place and is not any more, since a meeting lost its quorum, is open
    again at once; so is what was never missed of the `lost`, for whom the meeting counted. As the night would find it;
    how many. Part of a verb or job.

    Who came decides only of kinds that need a quorum. A body that another writes its list of right now is left to them.
    """
    asked = rules.ACTIVITIES.items() if meeting.kind in rules.QUORUMS else ()
    codes = [code for code, activity in asked if meeting.kind in activity.kinds]
    if not codes:
        return 0
    day, held_on = local_day(now), meeting.starts_at.astimezone(CHINA).date()
    mine = Organization.objects.filter(pk__in=bodies, jurisdiction_id=place).order_by("pk")
    bodies = [one.pk for one in mine.select_for_update(of=("self",), no_key=True, skip_locked=True)]
    rows = Shortfall.objects.filter(
        branch_id__in=bodies, rule_code__in=codes, jurisdiction_id=place, period_to__gte=day - timedelta(days=800)
    ).select_for_update(of=("self",)).order_by("pk")  # fmt: skip
    held = {Key(row.branch_id, row.rule_code, row.period_from): row for row in rows}
    seen = _look(place, day, held, codes, bodies, {held_on})
    fresh = {key: one for key, one in seen.items() if one.light in rules.OPEN_STATES and key not in held}
    fresh = {key: one for key, one in fresh.items() if key.branch_id in lost and one.span.holds(held_on)}
    moved = _follow({key: row for key, row in held.items() if key in seen}, seen)
    _write(actor, moved, now)
    return len(_open(actor, place, fresh, now)) + len(moved.reopened)


@verb
def explain(*, actor: Actor, shortfall: Shortfall, reason: str, now: datetime) -> Shortfall:
    """A branch says why it was not held; the matter ends, the numbers stay. Raises `AlreadySettled`."""
    require(actor, "partylife.write", shortfall.branch)
    held: Shortfall = Shortfall.objects.select_for_update(of=("self",)).get(pk=shortfall.pk)
    if held.state not in rules.OPEN_STATES:
        raise rules.AlreadySettled
    if not reason.strip():
        raise rules.ReasonMissing
    before = held.state
    _settle(actor, held, rules.EXCUSED, held.held, now, reason=reason.strip()[:200])
    changes: dict[str, tuple[Any, Any]] = {"state": (before, held.state), "reason": ("", held.reason)}
    record(actor=actor, verb="partylife.explain", subject=held, now=now, changes=changes)
    return held
