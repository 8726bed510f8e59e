"""What a venue offers who comes: put on the list, changed, ended."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.looks import show_date
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Venue, VenueCount, VenueService
from ..rules import bookings as rules
from ..rules import meetings

FIELDS = ("name", "charge", "hours", "since")
_ONCE = {"one_venue_service_per_name": rules.ServiceExists}


def _check(venue: Venue, service: VenueService) -> None:
    """Raises `VenueClosed`, `ServiceBeforeVenue`."""
    if venue.closed_on is not None:
        raise meetings.VenueClosed(name=venue.name, field="name")
    if service.since < venue.opened_on:
        raise rules.ServiceBeforeVenue(day=show_date(venue.opened_on))
    service.name, service.charge = service.name.strip()[:40], service.charge.strip()[:60]
    service.hours = service.hours.strip()[:80]


@verb(constraints=_ONCE)
def offer_service(
    *,
    actor: Actor,
    venue: Venue,
    name: str,
    now: datetime,
    charge: str = "",
    hours: str = "",
    since: date | None = None,
) -> VenueService:
    """A service of the venue, free unless `charge` says what it costs.

    Raises `ServiceExists`, `VenueClosed`, `ServiceBeforeVenue`, `Denied`.
    """
    require(actor, "meetings.write", venue.organization)
    made = VenueService(
        jurisdiction_id=venue.jurisdiction_id,
        venue=venue,
        name=name,
        charge=charge,
        hours=hours,
        since=since or local_day(now),
    )
    _check(venue, made)
    made.save(force_insert=True)
    changes = {name: ("", getattr(made, name)) for name in FIELDS if getattr(made, name)}
    record(actor=actor, verb="events.offer_service", subject=venue, now=now, changes=changes)
    return made


@verb(constraints=_ONCE)
def change_service(
    *, actor: Actor, service: VenueService, now: datetime, on: date | None = None, **facts: object
) -> VenueService:
    """Other words about it. What it costs changes from a day `on` (today): before it the service was what it was, and
    stays so as a line that ended. From its first day on, or before, it was written down wrongly: all of it is mended.

    Raises what `offer_service` raises, `ServiceOver`, `ChargeAhead`.
    """
    venue = service.venue
    require(actor, "meetings.write", venue.organization)
    service.refresh_from_db(fields=[*FIELDS, "until"], from_queryset=VenueService.objects.select_for_update())
    if service.until is not None:
        raise rules.ServiceOver
    before = {name: getattr(service, name) for name in FIELDS}
    for name in facts.keys() & set(FIELDS):
        setattr(service, name, facts[name])
    _check(venue, service)
    changed = diff(before, service)
    if not changed:
        return service
    day = on or local_day(now)
    if "charge" in changed and day > service.since:
        if day > local_day(now):
            raise rules.ChargeAhead
        service = _from_day_on(service, before, day)
        changed["since"] = (before["since"], day)
    else:
        service.save(update_fields=list(changed))
    record(actor=actor, verb="events.change_service", subject=venue, now=now, changes=changed)
    return service


def _from_day_on(service: VenueService, before: dict[str, Any], day: date) -> VenueService:
    """The line as it was ends on the day, and what is said now begins; who used it from then on used the new one."""
    made = VenueService(jurisdiction_id=service.jurisdiction_id, venue=service.venue, since=day)
    for name in ("name", "charge", "hours"):
        setattr(made, name, getattr(service, name))
        setattr(service, name, before[name])
    service.until = day
    service.save(update_fields=["since", "until"])
    made.save(force_insert=True)
    VenueCount.objects.filter(service=service, on__gte=day).update(service=made)
    return made


@verb(constraints={"venue_service_ends_after_start": rules.ServiceBackwards})
def end_service(*, actor: Actor, service: VenueService, now: datetime, until: date | None = None) -> VenueService:
    """It is offered no longer from `until` (today) on; what was counted stays.

    Raises `ServiceOver`, `ServiceBackwards`, `Denied`.
    """
    venue = service.venue
    require(actor, "meetings.write", venue.organization)
    service.refresh_from_db(fields=["until", "since"])
    if service.until is not None:
        raise rules.ServiceOver
    service.until = until or local_day(now)
    service.save(update_fields=["until"])
    changes = {"name": (service.name, service.name), "until": ("", service.until)}
    record(actor=actor, verb="events.end_service", subject=venue, now=now, changes=changes)
    return service
