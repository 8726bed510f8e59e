"""How many used a venue: at a booking, or on a day by themselves. Numbers of people, nobody by name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Booking, Venue, VenueCount, VenueService
from ..queries.bookings import counting_body
from ..rules import bookings as rules

NUMBERS = ("members", "others")
_ONCE = {"one_count_of_a_booking": rules.CountedAlready, "one_count_a_day": rules.CountedAlready}


def _check(members: int, others: int) -> None:
    """Raises `NobodyCounted`."""
    if members < 0 or others < 0 or members + others == 0:
        raise rules.NobodyCounted


def _told(count: VenueCount) -> dict[str, Any]:
    return {"on": count.on, **{name: getattr(count, name) for name in NUMBERS}}


@verb(constraints=_ONCE)
def count_booking(*, actor: Actor, booking: Booking, members: int, others: int, now: datetime) -> VenueCount:
    """How many party members and how many others came to what was booked, told by the house or by who convened.

    Raises `CountAhead`, `NobodyCounted`, `CountedAlready`, `Denied`.
    """
    body = counting_body(actor, booking)
    require(actor, "meetings.write", body)
    if booking.starts_at > now:
        raise rules.CountAhead(field="")
    _check(members, others)
    made = VenueCount.objects.create(
        jurisdiction_id=body.jurisdiction_id,
        venue=booking.venue,
        booking=booking,
        on=local_day(booking.starts_at),
        members=members,
        others=others,
        recorded_by_name=actor.name[:80],
    )
    changes = {name: ("", value) for name, value in _told(made).items()}
    record(actor=actor, verb="events.count_use", subject=made, now=now, changes=changes)
    return made


@verb(constraints=_ONCE)
def count_day(
    *,
    actor: Actor,
    venue: Venue,
    on: date,
    members: int,
    others: int,
    now: datetime,
    service: VenueService | None = None,
) -> VenueCount:
    """How many used the house on a day without a booking, or one of its services.

    Raises `CountAhead`, `CountOutside`, `ServiceNotThen`, `NobodyCounted`, `CountedAlready`, `Denied`.
    """
    require(actor, "meetings.write", venue.organization)
    if on > local_day(now):
        raise rules.CountAhead
    if on < venue.opened_on or (venue.closed_on is not None and on >= venue.closed_on):
        raise rules.CountOutside
    if service is not None and (on < service.since or (service.until is not None and on >= service.until)):
        raise rules.ServiceNotThen(name=service.name)
    _check(members, others)
    made = VenueCount.objects.create(
        jurisdiction_id=venue.jurisdiction_id,
        venue=venue,
        service=service,
        on=on,
        members=members,
        others=others,
        recorded_by_name=actor.name[:80],
    )
    changes = {name: ("", value) for name, value in _told(made).items()}
    changes |= {"service": ("", service.name)} if service is not None else {}
    record(actor=actor, verb="events.count_use", subject=made, now=now, changes=changes)
    return made


def _body(actor: Actor, count: VenueCount) -> Any:
    if count.booking is None:
        return count.venue.organization
    return counting_body(actor, count.booking, count.jurisdiction_id)


@verb
def change_count(*, actor: Actor, count: VenueCount, members: int, others: int, now: datetime) -> VenueCount:
    """Other numbers: they were written down wrongly. Raises `NobodyCounted`, `Denied`."""
    require(actor, "meetings.write", _body(actor, count))
    _check(members, others)
    before = {name: getattr(count, name) for name in NUMBERS}
    count.members, count.others = members, others
    changed = diff(before, count)
    if changed:
        count.save(update_fields=list(changed))
        record(actor=actor, verb="events.change_count", subject=count, now=now, changes=changed)
    return count


@verb
def remove_count(*, actor: Actor, count: VenueCount, now: datetime) -> None:
    """It was written down for the wrong day, or nobody came after all. Raises `Denied`."""
    require(actor, "meetings.write", _body(actor, count))
    changes = {name: (value, "") for name, value in _told(count).items()}
    record(actor=actor, verb="events.remove_count", subject=count, now=now, changes=changes)
    count.delete()
