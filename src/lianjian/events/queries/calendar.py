"""Meetings by day: the month page, and the same as iCalendar text (RFC 5545) for other calendars."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone

from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.looks import show_date

from ..models import Meeting
from ..rules import meetings as rules
from .meetings import meeting_url
from .words import word_name

MOST = 500
STATUS = {rules.PLANNED: "CONFIRMED", rules.HELD: "CONFIRMED", rules.CANCELLED: "CANCELLED"}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """A day of the month page: its meetings as (time, title, address, cancelled)."""

    day: date
    name: str
    inside: bool
    today: bool
    meetings: list[tuple[str, str, str, bool]]


@dataclass(frozen=True)
class Month:
    """Weeks from Monday to Sunday; `full` tells that there are more meetings than are shown."""

    first: date
    weeks: list[list[Day]]
    before: str
    after: str
    full: bool
    number: int


def month_of(text: str, today: date) -> date:
    """The first day of the month that an address names; this month where it names none of our times."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = today
    return (found if 1950 <= found.year <= 2100 else today).replace(day=1)


def month_page(rows: QuerySet[Meeting], first: date, today: date) -> Month:
    """One month of these meetings; one query."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    low, high = day_end(weeks[0][0] - DAY), day_end(weeks[-1][-1])
    found = list(
        rows.filter(starts_at__lt=high, ends_at__gt=low)
        .order_by("starts_at", "pk")
        .values_list("key", "title", "starts_at", "ends_at", "state")[: MOST + 1]
    )
    by_day: dict[date, list[tuple[str, str, str, bool]]] = {}
    for key, title, starts, ends, state in found[:MOST]:
        start, end = timezone.localtime(starts), timezone.localtime(ends)
        day = max(start.date(), weeks[0][0])
        while day <= min(end.date(), weeks[-1][-1]) and day_end(day - DAY) < ends:
            clock = f"{start:%H:%M}" if day == start.date() else ""
            by_day.setdefault(day, []).append((clock, title, meeting_url(key), state == rules.CANCELLED))
            day += DAY
    shown = [
        [
            Day(day, show_date(day, "weekday"), day.month == first.month, day == today, by_day.get(day, []))
            for day in week
        ]
        for week in weeks
    ]
    return Month(
        first=first,
        weeks=shown,
        before=f"{first - DAY:%Y-%m}",
        after=f"{first + 31 * DAY:%Y-%m}",
        full=len(found) > MOST,
        number=_number(found[:MOST], first),
    )


def _number(found: Iterable[tuple[Any, ...]], first: date) -> int:
    """How many of the meetings touch the month, each once; who was cancelled is none."""
    low, high = day_end(first - DAY), day_end(first.replace(day=calendar.monthrange(first.year, first.month)[1]))
    return sum(
        1 for _key, _title, starts, ends, state in found if state != rules.CANCELLED and starts < high and ends > low
    )


def own_calendar(actor: Actor, now: datetime, rows: QuerySet[Meeting] | None = None) -> QuerySet[Meeting]:
    """One's own meetings, or `rows`, from a quarter ago to a year ahead; cancelled ones too, so that calendars take
    them out.
    """
    rows = Meeting.objects.concerning(actor) if rows is None else rows
    rows = rows.filter(starts_at__gte=now - 92 * DAY, starts_at__lt=now + 366 * DAY)
    # What is to come first, then the newest that is over: a long past takes no room from it.
    coming = Case(When(starts_at__gte=now, then=Value(0)), default=Value(1))
    near = Case(When(starts_at__gte=now, then=F("starts_at")), default=None)
    rows = rows.select_related("convener", "venue")
    return rows.order_by(coming, near.asc(nulls_last=True), "-starts_at", "pk")[:MOST]


def ical(meetings: Iterable[Meeting], *, name: str, host: str) -> str:
    """The meetings as one iCalendar object: what is on the invitation, nothing of the minutes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Lianjian//Lianjian//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for meeting in meetings:
        lines += _event(meeting, host)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(meeting: Meeting, host: str) -> list[str]:
    where = " ".join(filter(None, (meeting.where, meeting.venue.address if meeting.venue is not None else "")))
    texts = {
        "SUMMARY": meeting.title,
        "LOCATION": where,
        "DESCRIPTION": "\n".join(filter(None, (meeting.convener.name, meeting.agenda, meeting.reason))),
        "CATEGORIES": ",".join(_escaped(word_name(word)) for word in (meeting.kind, *meeting.topics)),
    }
    return [
        "BEGIN:VEVENT",
        f"UID:{meeting.key}@lianjian",
        f"DTSTAMP:{_utc(meeting.changed_at)}",
        f"LAST-MODIFIED:{_utc(meeting.changed_at)}",
        f"SEQUENCE:{meeting.sequence}",
        f"DTSTART:{_utc(meeting.starts_at)}",
        f"DTEND:{_utc(meeting.ends_at)}",
        *(f"{key}:{text if key == 'CATEGORIES' else _escaped(text)}" for key, text in texts.items() if text),
        f"STATUS:{STATUS[meeting.state]}",
        f"URL:{host}{meeting_url(meeting.key)}",
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """A TEXT value (3.3.11). Control characters have no place in it."""
    kept = "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c == "\n" or c >= " " and c != "\x7f")
    for sign in ("\\", ";", ","):
        kept = kept.replace(sign, f"\\{sign}")
    return kept.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, never cut inside a character (3.1)."""
    parts: list[str] = []
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > (75 if not parts else 74):
            parts.append(part)
            part, size = "", 0
        part, size = part + sign, size + octets
    return "\r\n ".join([*parts, part])
