"""Venues: register, change, close; who shares them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.rights import require
from lianjian.foundation.searchdb import vector
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Venue, VenueUser
from ..queries.words import check_words
from ..rules import meetings as rules
from .booking import AT_ONCE

FIELDS = (
    "name",
    "address",
    "area_m2",
    "service_m2",
    "functions",
    "facilities",
    "seats",
    "opening",
    "several",
    "double_reason",
    "opened_on",
)


def _checked(venue: Venue, held: Sequence[str], now: datetime) -> None:
    """Raises `ServiceTooLarge`, `UnknownWord`, `FunctionDoubled`."""
    venue.name, venue.address, venue.opening = venue.name.strip(), venue.address.strip(), venue.opening.strip()
    venue.double_reason = venue.double_reason.strip()[:200]
    venue.functions = list(dict.fromkeys(venue.functions))
    if venue.service_m2 is not None and (venue.area_m2 is None or venue.service_m2 > venue.area_m2):
        raise rules.ServiceTooLarge
    check_words(venue.jurisdiction_id, held, function=venue.functions)
    doubled = venue.doubles(local_day(now))
    fresh = [(function, other) for function, other in doubled if function not in held]
    if fresh and not venue.double_reason:
        words = "；".join(f"“{other.name}”{translate('已有')}{translate(function)}" for function, other in fresh)
        raise rules.FunctionDoubled(doubled=words)
    venue.search = vector(venue.name, venue.address, venue.organization.name, *venue.functions, *venue.facilities)


@verb(constraints={"one_open_venue_per_name": rules.VenueExists})
def open_venue(
    *, actor: Actor, organization: Organization, name: str, now: datetime, opened_on: date | None = None, **facts: Any
) -> Venue:
    """Register a venue. A function that another venue of the place has already needs a reason (004-19).

    Raises `VenueExists`, `ServiceTooLarge`, `FunctionDoubled`, `UnknownWord`, `BodyOver`, `Denied`.
    """
    require(actor, "meetings.write", organization)
    unknown = set(facts) - set(FIELDS)
    if unknown:
        raise TypeError(f"no such facts: {sorted(unknown)}")
    if organization.merged_into_id is not None or organization.dissolved_on is not None:
        raise rules.BodyOver(name=organization.name)
    venue = Venue(
        jurisdiction_id=organization.jurisdiction_id,
        organization=organization,
        name=name,
        opened_on=opened_on or local_day(now),
        **facts,
    )
    _checked(venue, (), now)
    venue.save(force_insert=True)
    changes = {name: ("", getattr(venue, name)) for name in FIELDS if getattr(venue, name)}
    record(actor=actor, verb="events.open_venue", subject=venue, now=now, changes=changes)
    return venue


@verb(
    constraints={"one_open_venue_per_name": rules.VenueExists, **AT_ONCE}
)
def change_venue(*, actor: Actor, venue: Venue, now: datetime, **facts: Any) -> Venue:
    """Other facts about it. A venue that takes one meeting only from now on has no two planned at once.

    Raises what `open_venue` raises, `VenueClosed` and `VenueBusy`.
    """
    require(actor, "meetings.write", venue.organization)
    if venue.closed_on is not None:
        raise rules.VenueClosed(name=venue.name, field="name")
    before = {name: getattr(venue, name) for name in FIELDS}
    for name in facts.keys() & set(FIELDS):
        setattr(venue, name, facts[name])
    _checked(venue, before["functions"], now)
    changed = diff(before, venue)
    if changed:
        venue.save(update_fields=[*changed, "search"])
        record(actor=actor, verb="events.change_venue", subject=venue, now=now, changes=changed)
    return venue


@verb
def close_venue(*, actor: Actor, venue: Venue, now: datetime) -> Venue:
    """It is used no longer from today; what was held there keeps its place. Raises `VenueClosed`, `Denied`."""
    require(actor, "meetings.write", venue.organization)
    if venue.closed_on is not None:
        raise rules.VenueClosed(name=venue.name)
    venue.closed_on = max(local_day(now), venue.opened_on)
    venue.save(update_fields=["closed_on"])
    record(
        actor=actor,
        verb="events.close_venue",
        subject=venue,
        now=now,
        changes={"closed_on": ("", venue.closed_on)},
    )
    return venue


@verb(constraints={"one_use_per_venue_and_body": rules.AlreadyUser})
def share_venue(*, actor: Actor, venue: Venue, organization: Organization, now: datetime) -> VenueUser:
    """Another body uses it too (两套班子、一个空间). Raises `AlreadyUser`, `VenueClosed`, `Denied`."""
    require(actor, "meetings.write", venue.organization)
    if venue.closed_on is not None:
        raise rules.VenueClosed(name=venue.name)
    if organization.pk == venue.organization_id:
        raise rules.AlreadyUser
    made = VenueUser.objects.create(
        jurisdiction_id=venue.jurisdiction_id, venue=venue, organization=organization
    )
    changes = {"user": ("", organization.name)}
    record(actor=actor, verb="events.share_venue", subject=venue, now=now, changes=changes)
    return made


@verb
def unshare_venue(*, actor: Actor, use: VenueUser, now: datetime) -> None:
    """It uses it no longer. Raises `Denied`."""
    venue = use.venue
    require(actor, "meetings.write", venue.organization)
    name = use.organization.name
    use.delete()
    record(actor=actor, verb="events.unshare_venue", subject=venue, now=now, changes={"user": (name, "")})
