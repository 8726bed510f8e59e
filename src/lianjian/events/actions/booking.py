"""Whether a venue is free. The database has the last word: it writes what takes a venue, and holds that apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection

from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused

from ..models import MEETING, Booking, Venue
from ..queries.bookings import taken, when
from ..rules import bookings as rules

Span = tuple[datetime, datetime]
AT_ONCE: Mapping[str, type[Refused]] = {"one_booking_of_a_venue": rules.VenueBusy}


def hold_venue(venue_id: int) -> None:
    """Until this transaction ends nobody else books the venue: of two that come at once the second sees the first.

    Taken before the rows of what is booked, as the triggers take it after them only where it is held already.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('events.venue:' || %s, 0))", [venue_id])


def check_free(
    actor: Actor, venue: Venue | None, spans: Sequence[Span], *, kind: str = MEETING, record: int | None = None
) -> None:
    """Nothing but the record itself has the venue in any of the spans (start, end).

    Raises `VenueTaken` with the first that has it, and what it is.
    """
    if venue is None or venue.several:
        return
    hold_venue(venue.pk)
    rows = Booking.objects.filter(venue=venue, alone=True, ends_at__gt=min(start for start, _end in spans))
    rows = rows.filter(starts_at__lt=max(end for _start, end in spans))
    if record is not None:
        rows = rows.exclude(kind=kind, record=record)
    held = list(rows.order_by("starts_at").values_list("pk", "starts_at", "ends_at"))
    for start, end in spans:
        for pk, one, two in held:
            if one < end and two > start:
                (first,) = taken(actor, Booking.objects.filter(pk=pk))
                raise rules.VenueTaken(venue=venue.name, at=when(one, two), what=first.words)
