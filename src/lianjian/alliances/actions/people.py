"""Verbs of people in alliances: seat, end, correct, drop."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import Alliance, PersonSeat
from ..queries.terms import check_term
from ..rules.people import PersonSeated
from .standing import living

SEAT_FIELDS = ("role", "on_behalf", "since", "until", "ground")
CONSTRAINTS = {"one_role_of_a_person_at_a_time": PersonSeated}


def _words(seat: PersonSeat) -> str:
    """What the journal keeps of it."""
    body = seat.on_behalf.name if seat.on_behalf else ""
    parts = (seat.person.name, seat.role, f"{seat.since}–{seat.until or ''}", body, seat.ground)
    return " ".join(filter(None, parts))


def _check(alliance: Alliance, since: date, until: date | None, on_behalf: Organization | None) -> None:
    """Raises `BeforeFounding`, `LeavesTooEarly`, `Over`."""
    if since < alliance.founded_on:
        raise rules.BeforeFounding(day=alliance.founded_on)
    if until is not None and until <= since:
        raise rules.LeavesTooEarly(since=since)
    if on_behalf is not None and (on_behalf.merged_into_id is not None or on_behalf.dissolved_on is not None):
        raise rules.Over(field="on_behalf")


@verb(constraints=CONSTRAINTS)
def seat_person(
    *,
    actor: Actor,
    alliance: Alliance,
    person: Person,
    role: str,
    since: date,
    now: datetime,
    until: date | None = None,
    on_behalf: Organization | None = None,
    ground: str = "",
) -> PersonSeat:
    """A person takes a role in an alliance.

    Raises `BeforeFounding`, `LeavesTooEarly`, `PersonSeated`, `UnknownTerm`, `Over`, `Denied`.
    """
    living(actor, alliance)
    check_term(alliance.jurisdiction_id, "person", role)
    _check(alliance, since, until, on_behalf)
    seat = PersonSeat.objects.create(
        jurisdiction_id=alliance.jurisdiction_id,
        alliance=alliance,
        person=person,
        role=role,
        on_behalf=on_behalf,
        since=since,
        until=until,
        ground=ground.strip()[:200],
    )
    record(actor=actor, verb="alliances.seat_person", subject=alliance, now=now, changes={"person": ("", _words(seat))})
    return seat


@verb
def end_person_seat(*, actor: Actor, seat: PersonSeat, until: date, now: datetime) -> PersonSeat:
    """The role ends: `until` is the first day without it. Raises `LeavesTooEarly`, `Over`, `Denied`."""
    living(actor, seat.alliance)
    seat.refresh_from_db(fields=["since", "until"], from_queryset=PersonSeat.objects.select_for_update(of=("self",)))
    if seat.until is not None:
        raise rules.Over
    if until <= seat.since:
        raise rules.LeavesTooEarly(since=seat.since)
    before = _words(seat)
    seat.until = until
    seat.save(update_fields=["until"])
    changes = {"person": (before, _words(seat))}
    record(actor=actor, verb="alliances.end_person_seat", subject=seat.alliance, now=now, changes=changes)
    return seat


@verb(constraints=CONSTRAINTS)
def correct_person_seat(
    *,
    actor: Actor,
    seat: PersonSeat,
    role: str,
    since: date,
    now: datetime,
    until: date | None = None,
    on_behalf: Organization | None = None,
    ground: str = "",
) -> PersonSeat:
    """What was written down wrongly is put right; who it is stays, another person is another seat.

    Raises `BeforeFounding`, `LeavesTooEarly`, `PersonSeated`, `UnknownTerm`, `Over`, `Denied`.
    """
    living(actor, seat.alliance)
    check_term(seat.jurisdiction_id, "person", role, seat.role)
    _check(seat.alliance, since, until, on_behalf if on_behalf != seat.on_behalf else None)
    before = _words(seat)
    seat.role, seat.since, seat.until, seat.on_behalf = role, since, until, on_behalf
    seat.ground = ground.strip()[:200]
    after = _words(seat)
    if after != before:
        seat.save(update_fields=SEAT_FIELDS)
        changes = {"person": (before, after)}
        record(actor=actor, verb="alliances.correct_person_seat", subject=seat.alliance, now=now, changes=changes)
    return seat


@verb
def drop_person_seat(*, actor: Actor, seat: PersonSeat, now: datetime) -> None:
    """Take back what was written down by mistake, as if it had never been. Raises `Over`, `Denied`."""
    living(actor, seat.alliance)
    changes = {"person": (_words(seat), "")}
    record(actor=actor, verb="alliances.drop_person_seat", subject=seat.alliance, now=now, changes=changes)
    seat.delete()
