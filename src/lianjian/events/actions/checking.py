"""What is asked before a meeting is planned or changed: who calls it, where, when, with whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.looks import show_date
from lianjian.foundation.rights import require

from ..models import Venue
from ..rules import activities
from ..rules import meetings as rules

Bodies = Sequence[tuple[Organization, str]]


def check_convener(actor: Actor, convener: Organization, day: date) -> None:
    """A body that is there on the day and that the actor writes for. Raises `BodyOver`, `BeforeFounding`, `Denied`."""
    require(actor, "meetings.write", convener)
    check_founded(convener, day)
    if convener.merged_into_id is not None or convener.dissolved_on is not None:
        raise rules.BodyOver(name=convener.name, field="convener")


def check_founded(body: Organization, day: date) -> None:
    """Raises `BeforeFounding`."""
    if body.founded_on is not None and day < body.founded_on:
        raise activities.BeforeFounding(name=body.name, day=show_date(body.founded_on))


def check_bodies(bodies: Bodies, kind: str) -> None:
    """Raises `AlreadyInvited`, `BodyOver`, `NeedsGuest`."""
    seen: set[int] = set()
    for body, _part in bodies:
        if body.pk in seen:
            raise rules.AlreadyInvited(name=body.name, field="organizations")
        if body.merged_into_id is not None or body.dissolved_on is not None:
            raise rules.BodyOver(name=body.name, field="organizations")
        seen.add(body.pk)
    if kind == rules.VISIT_KIND and not any(part == rules.GUEST for _body, part in bodies):
        raise rules.NeedsGuest


def check_where(venue: Venue | None, place: str, day: date) -> None:
    """Raises `NoPlace`, `VenueClosed`."""
    if venue is None and not place.strip():
        raise rules.NoPlace
    if venue is not None and venue.closed_on is not None and venue.closed_on <= day:
        raise rules.VenueClosed(name=venue.name)
