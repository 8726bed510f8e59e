"""What is on show at a venue: put up, changed, taken down."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.looks import show_date
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Display, Venue
from ..queries.words import check_words
from ..rules import activities as rules
from ..rules import meetings

FIELDS = ("kind", "title", "text", "since")


def _check(venue: Venue, since: date) -> None:
    """Raises `VenueClosed`, `DisplayBeforeVenue`."""
    if venue.closed_on is not None:
        raise meetings.VenueClosed(name=venue.name, field="kind")
    if since < venue.opened_on:
        raise rules.DisplayBeforeVenue(day=show_date(venue.opened_on))


@verb
def put_up(
    *, actor: Actor, venue: Venue, kind: str, title: str, now: datetime, text: str = "", since: date | None = None
) -> Display:
    """A wall, a column or a board. Raises `UnknownWord`, `VenueClosed`, `DisplayBeforeVenue`, `Denied`."""
    require(actor, "meetings.write", venue.organization)
    since = since or local_day(now)
    _check(venue, since)
    check_words(venue.jurisdiction_id, display=[kind])
    made = Display.objects.create(
        jurisdiction_id=venue.jurisdiction_id,
        venue=venue,
        kind=kind,
        title=title.strip()[:60],
        text=text.strip()[:500],
        since=since,
    )
    changes = {name: ("", getattr(made, name)) for name in FIELDS if getattr(made, name)}
    record(actor=actor, verb="events.put_up", subject=venue, now=now, changes=changes)
    return made


@verb
def change_display(*, actor: Actor, display: Display, now: datetime, **facts: object) -> Display:
    """Other words. Raises what `put_up` raises, and `DisplayOver`."""
    venue = display.venue
    require(actor, "meetings.write", venue.organization)
    if display.until is not None:
        raise rules.DisplayOver
    before = {name: getattr(display, name) for name in FIELDS}
    for name in facts.keys() & set(FIELDS):
        setattr(display, name, facts[name])
    _check(venue, display.since)
    check_words(venue.jurisdiction_id, [before["kind"]], display=[display.kind])
    changed = diff(before, display)
    if changed:
        display.save(update_fields=list(changed))
        record(actor=actor, verb="events.change_display", subject=venue, now=now, changes=changed)
    return display


@verb(constraints={"display_ends_after_start": rules.DisplayBackwards})
def take_down(*, actor: Actor, display: Display, now: datetime, until: date | None = None) -> Display:
    """It hangs no longer from `until` (today) on. Raises `DisplayOver`, `DisplayBackwards`, `Denied`."""
    venue = display.venue
    require(actor, "meetings.write", venue.organization)
    display.refresh_from_db(fields=["until", "since"])
    if display.until is not None:
        raise rules.DisplayOver
    display.until = until or local_day(now)
    display.save(update_fields=["until"])
    changes = {"title": (display.title, display.title), "until": ("", display.until)}
    record(actor=actor, verb="events.take_down", subject=venue, now=now, changes=changes)
    return display
