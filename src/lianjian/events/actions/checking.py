"""What is asked before a meeting is planned or changed: who calls it, where, when, with whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.looks import show_date, show_datetime
from lianjian.foundation.rights import require

from ..models import Meeting, Venue
from ..rules import activities
from ..rules import meetings as rules

Bodies = Sequence[tuple[Organization, str]]
Span = tuple[datetime, datetime]


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


def check_free(venue: Venue | None, spans: Sequence[Span], but: int | None = None) -> None:
    """Nothing else is at the venue in any of the spans (start, end); the database has the last word.

    Raises `VenueTaken` with the first time that is taken.
    """
    if venue is None or venue.several:
        return
    rows = Meeting.objects.filter(venue=venue, alone=True, ends_at__gt=min(start for start, _end in spans))
    rows = rows.filter(starts_at__lt=max(end for _start, end in spans)).exclude(state=rules.CANCELLED)
    taken = list(rows.exclude(pk=but or 0).order_by("starts_at").values_list("starts_at", "ends_at"))
    for start, end in spans:
        if any(one < end and two > start for one, two in taken):
            raise activities.VenueTaken(venue=venue.name, at=show_datetime(start))


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
