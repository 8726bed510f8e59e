"""Firms that nobody looks after while their instructor is away: a duty of the office until somebody does."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.urls import reverse

from lianjian.directory.models import Organization
from lianjian.duties.actions import close_duties, open_duty
from lianjian.duties.models import Duty
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.calendar import day_start
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import Leave
from ..queries.enterprises import instructors_on, standing_on


def left_alone(firm_ids: Collection[int], day: date) -> set[int]:
    """Those of the firms that nobody looks after on the day who is not away then."""
    away = Leave.objects.on(day).values("person_id")
    held = instructors_on(day).filter(organization__in=firm_ids).exclude(person__in=away)
    return set(firm_ids) - set(held.values_list("organization_id", flat=True))


def watch(actor: Actor, leave: Leave, firm_ids: Collection[int], now: datetime) -> int:
    """A duty for each of the firms that is left without anybody. Part of the caller's verb; returns how many."""
    alone = left_alone(firm_ids, leave.since)
    firms = standing_on(Organization.objects.filter(pk__in=alone), leave.since).order_by("pk")
    for firm in firms:
        open_duty(
            actor=actor,
            record=firm,
            kind=rules.UNCOVERED,
            title=firm.name,
            url=f"{reverse('coverage:assign')}?one={firm.key}",
            note=f"{leave.person.name} {leave.since} – {leave.until or ''}".strip(" –"),
            due_at=day_start(leave.since),
            now=now,
        )
    return len(firms)


def close_covered(actor: Actor, firms: Sequence[Organization], now: datetime) -> int:
    """Close the duties of firms that somebody looks after again. Part of the caller's verb; returns how many."""
    known = {firm.key: firm for firm in firms}
    rows = Duty.objects.filter(kind=rules.UNCOVERED, state=Duty.State.OPEN, subject_key__in=known)
    count = 0
    for key, due in rows.values_list("subject_key", "due_at"):
        firm, day = known[key], local_day(now)
        gone = firm.dissolved_on is not None or firm.merged_into_id is not None
        if gone or not left_alone([firm.pk], max(day, local_day(due) if due else day)):
            count += close_duties(actor=actor, record=firm, kind=rules.UNCOVERED, now=now)
    return count


@verb
def settle_uncovered(*, actor: Actor, now: datetime) -> int:
    """Close what time has settled: an instructor came back on the day that was said. Returns how many duties."""
    home = actor.jurisdiction_id
    require(actor, "coverage.write", Whole(home))
    keys = Duty.objects.filter(jurisdiction_id=home, kind=rules.UNCOVERED, state=Duty.State.OPEN).values("subject_key")
    count = close_covered(actor, list(Organization.objects.filter(key__in=keys)), now)
    if count:
        place = Organization.objects.get(jurisdiction_id=home, is_root=True)
        record(actor=actor, verb="coverage.settle_uncovered", subject=place, now=now, changes={"firms": (count, 0)})
    return count
