"""When a venue is taken, and by what: meetings, and what higher apps book; told to whom may know it."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.asking import answered
from lianjian.foundation.calendar import day_end
from lianjian.foundation.looks import show_date

from ..models import MEETING, Booking, Meeting, Venue
from .calendar import Day, Month
from .meeting import writes
from .meetings import meeting_url

MOST = 300
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holder:
    """How records of one kind say that they have a venue: `short` in the box of a day, `unseen` to whom may not know.

    `rows(actor, records)` gives those of the records (a query for ids) that the actor may see: a `values_list` with
    the id first. `told(row)` makes of each what it is, and its address.
    """

    short: Any
    unseen: Any
    rows: Callable[[Actor, Any], Any]
    told: Callable[[tuple[Any, ...]], tuple[str, str]]


def _meetings(actor: Actor, records: Any) -> Any:
    return Meeting.objects.visible_to(actor).filter(pk__in=records).values_list("pk", "title", "key")


HOLDERS: dict[str, Holder] = {
    MEETING: Holder(
        _("会议活动"), _("不公开的会议活动"), _meetings, lambda row: (row[1], meeting_url(row[2]))
    )
}


class Taken(NamedTuple):
    """One booking: what it is, as far as the actor may know, and how many came (party members, others), if counted."""

    key: UUID
    kind: str
    record: int
    starts_at: datetime
    ends_at: datetime
    alone: bool
    words: str
    short: str
    url: str
    members: int | None
    others: int | None
    count_key: UUID | None

    @property
    def when(self) -> str:
        """From when till when, in words."""
        return when(self.starts_at, self.ends_at)


def when(starts_at: datetime, ends_at: datetime) -> str:
    """A span of time: whole days as days, else with hours."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if f"{start:%H%M}{end:%H%M}" == "00000000":
        last = end.date() - DAY
        words = show_date(start.date())
        return words if last == start.date() else f"{words} – {show_date(last)}"
    until = f"{end:%H:%M}" if start.date() == end.date() else f"{show_date(end.date())} {end:%H:%M}"
    return f"{show_date(start.date())} {start:%H:%M}–{until}"


Asked = Generator[tuple[Any, ...], list[list[tuple[Any, ...]]], list[Taken]]


def taking(actor: Actor, rows: QuerySet[Booking], most: int = MOST, order: str = "starts_at") -> Asked:
    """The first of these bookings, as a part of a page that asks with others (`foundation.asking`)."""
    few = rows.order_by(order, "pk")[:most]
    kinds = list(HOLDERS)
    records = few.values("record")
    found, *seen = yield (
        few.values_list(
            "key", "kind", "record", "starts_at", "ends_at", "alone", "counts__members", "counts__others", "counts__key"
        ),
        *(HOLDERS[kind].rows(actor, records) for kind in kinds),
    )
    told = {
        (kind, row[0]): HOLDERS[kind].told(row) for kind, some in zip(kinds, seen, strict=True) for row in some
    }
    return [
        Taken._make((*row[:6], *_told(row[1], told.get((row[1], row[2]))), *row[6:]))
        for row in found
    ]


def _told(kind: str, known: tuple[str, str] | None) -> tuple[str, str, str]:
    holder = HOLDERS[kind]
    words, url = known or (str(holder.unseen), "")
    return words, str(holder.short), url


def taken(actor: Actor, rows: QuerySet[Booking], most: int = MOST) -> list[Taken]:
    """The first of these bookings; one round trip."""
    (found,) = answered([taking(actor, rows, most)])
    return found  # type: ignore[no-any-return]


def between(venue: Venue, first: date, last: date) -> QuerySet[Booking]:
    """What touches the days from the first to the last."""
    return Booking.objects.filter(venue=venue, starts_at__lt=day_end(last), ends_at__gt=day_end(first - DAY))


def weeks_of(first: date) -> list[list[date]]:
    """The weeks of a month, from Monday."""
    return calendar.Calendar().monthdatescalendar(first.year, first.month)


def days_of(one: Taken, low: date, high: date) -> list[date]:
    """The days that a booking touches, within bounds."""
    start = max(timezone.localtime(one.starts_at).date(), low)
    end = min(timezone.localtime(one.ends_at - timedelta(microseconds=1)).date(), high)
    return [start + number * DAY for number in range((end - start).days + 1)]


def venue_month(found: list[Taken], first: date, today: date) -> Month:
    """The month of a venue, all that takes it on its days."""
    weeks = weeks_of(first)
    by_day: dict[date, list[tuple[str, str, str, bool]]] = {}
    for one in found:
        start = timezone.localtime(one.starts_at)
        for day in days_of(one, weeks[0][0], weeks[-1][-1]):
            clock = f"{start:%H:%M}" if day == start.date() and f"{start:%H%M}" != "0000" else ""
            by_day.setdefault(day, []).append((clock, one.words, one.url, False))
    shown = [
        [
            Day(day, show_date(day, "weekday"), day.month == first.month, day == today, by_day.get(day, []))
            for day in week
        ]
        for week in weeks
    ]
    inside = sum(1 for one in found if days_of(one, first, (first + 31 * DAY).replace(day=1) - DAY))
    return Month(first, shown, f"{first - DAY:%Y-%m}", f"{first + 31 * DAY:%Y-%m}", len(found) >= MOST, inside)


def count_words(members: int | None, others: int | None) -> str:
    """How many came, in words; nothing where nobody counted."""
    if members is None or others is None:
        return ""
    return gettext("党员 %(members)s 人次,群众 %(others)s 人次") % {"members": members, "others": others}


def counting_body(actor: Actor, booking: Booking, place: int | None = None) -> Organization:
    """The body for which the actor may say how many came: the house, else who convened the meeting.

    `place` is the jurisdiction of a row that is written already: it is changed by its own place only.
    """
    bodies = [booking.venue.organization]
    if booking.kind == MEETING:
        bodies += [one.convener for one in Meeting.objects.filter(pk=booking.record).select_related("convener")]
    there = [body for body in bodies if place is None or body.jurisdiction_id == place] or bodies
    return next((body for body in there if writes(actor, "meetings.write", body)), there[-1])
