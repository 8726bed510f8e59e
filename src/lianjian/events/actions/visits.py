"""Record, change and withdraw one visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.searchdb import vector
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Visit, VisitPerson
from ..rules import (
    DEFAULT_PURPOSE,
    ReasonMissing,
    VisitWithdrawn,
    check_visit,
)
from .supervising import drop_items_of
from .visit_rights import require_own, require_visit
from .visitors import Visitor, joined, named, registered

CHANGEABLE = ("visited_on", "purpose", "received_by", "content", "heard", "needs_found", "remark")


def search_text(visit: Visit, whom: str) -> str:
    """What a visit is found by."""
    return " ".join(
        part for part in (whom, visit.visitors, visit.received_by, visit.content, visit.heard) if part
    )


def _link_people(visit: Visit, party: dict[str, int | None]) -> None:
    """Link the visitors who are registered: those given as persons, and names that belong to one person."""
    known = registered(visit.jurisdiction_id, [name for name, person_id in party.items() if not person_id])
    persons = dict.fromkeys(person_id or known.get(name) for name, person_id in party.items())
    VisitPerson.objects.bulk_create(
        VisitPerson(jurisdiction_id=visit.jurisdiction_id, visit=visit, person_id=person_id)
        for person_id in persons
        if person_id
    )


@verb
def record_visit(
    *,
    actor: Actor,
    organization: Organization,
    visited_on: date,
    people: Sequence[Visitor],
    now: datetime,
    content: str = "",
    purpose: str = DEFAULT_PURPOSE,
    received_by: str = "",
    heard: str = "",
    needs_found: int = 0,
    remark: str = "",
) -> Visit:
    """Record a visit; it belongs to the visited body's jurisdiction.

    `people` are persons or names. Raises `VisitInTheFuture`, `NobodyVisited`, `Denied`.
    """
    require_visit(actor, organization)
    party = named(people)
    check_visit(visited_on=visited_on, today=local_day(now), visitors=party)
    visit = Visit(
        jurisdiction_id=organization.jurisdiction_id,
        organization=organization,
        visited_on=visited_on,
        purpose=purpose,
        visitors=joined(party),
        received_by=received_by.strip(),
        content=content.strip(),
        heard=heard.strip(),
        needs_found=needs_found,
        remark=remark.strip(),
        recorded_by=actor.user_id,
        recorded_by_name=actor.name,
        recorded_at=now,
    )
    visit.search = vector(search_text(visit, organization.name))
    visit.save(force_insert=True)
    _link_people(visit, party)
    record(
        actor=actor,
        verb="events.record_visit",
        subject=visit,
        now=now,
        changes={"visited_on": ("", visited_on), "organization": ("", organization.name)},
    )
    return visit


@verb
def change_visit(
    *, actor: Actor, visit: Visit, now: datetime, people: Sequence[Visitor] | None = None, **changes: Any
) -> Visit:
    """Change what was recorded of a visit. Raises `VisitWithdrawn`, `VisitInTheFuture`, `NobodyVisited`, `Denied`."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    require_own(actor, visit)
    if visit.withdrawn_at is not None:
        raise VisitWithdrawn
    before = {field: getattr(visit, field) for field in (*changes, "visitors")}
    for field, value in changes.items():
        setattr(visit, field, value)
    party = named(people) if people is not None else None
    if party is not None:
        visit.visitors = joined(party)
    check_visit(visited_on=visit.visited_on, today=local_day(now), visitors=[visit.visitors])
    changed = diff(before, visit)
    if not changed:
        return visit
    if party is not None and "visitors" in changed:
        visit.people.all().delete()
        _link_people(visit, party)
    visit.search = vector(search_text(visit, visit.whom))
    visit.save(update_fields=[*changed, "search"])
    record(actor=actor, verb="events.change_visit", subject=visit, now=now, changes=changed)
    return visit


@verb
def withdraw_visit(*, actor: Actor, visit: Visit, reason: str, now: datetime) -> None:
    """Take back a visit recorded by mistake: it stays readable and is counted nowhere."""
    require_own(actor, visit)
    if visit.withdrawn_at is not None:
        raise VisitWithdrawn
    if not reason.strip():
        raise ReasonMissing
    visit.withdrawn_at, visit.withdrawn_reason = now, reason.strip()[:200]
    visit.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    drop_items_of(actor, visit, now)
    record(
        actor=actor,
        verb="events.withdraw_visit",
        subject=visit,
        now=now,
        changes={"withdrawn_reason": ("", visit.withdrawn_reason)},
    )
