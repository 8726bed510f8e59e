"""Meetings by day: the month page, and the same as iCalendar text (RFC 5545) for other calendars."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.looks import show_date

from ..models import Meeting
from ..rules import meetings as rules
from .meetings import meeting_url
from .words import word_name

MOST = 500
# A feed of so many meetings is about as large as the calendars in use still fetch (1 MB).
FED = 1500
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


class Line(NamedTuple):
    """One meeting as other calendars see it: what is on the invitation, nothing of the minutes."""

    key: Any
    title: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    sequence: int
    state: str
    kind: str
    topics: list[str]
    agenda: str
    reason: str
    place: str
    convener: str
    venue: str | None
    address: str | None


COLUMNS = (*Line._fields[:12], "convener__name", "venue__name", "venue__address")


def lines_of(rows: QuerySet[Meeting], most: int) -> list[Line]:
    """The first of these meetings; one query that reads no more than is written."""
    return [Line(*values) for values in rows.values_list(*COLUMNS)[:most]]


def own_calendar(actor: Actor, now: datetime, rows: QuerySet[Meeting] | None = None) -> list[Line]:
    """One's own meetings, or `rows`, from a quarter ago to a year ahead; cancelled ones too, so that calendars take
    them out. At most `FED`: what is to come, the nearest first, then what is past, the latest first.

    Two queries that each stop at the last row they need, however many meetings a town has.
    """
    rows = Meeting.objects.concerning_few(actor) if rows is None else rows
    ahead = rows.filter(starts_at__gte=now, starts_at__lt=now + 366 * DAY).order_by("starts_at", "pk")
    past = rows.filter(starts_at__gte=now - 92 * DAY, starts_at__lt=now).order_by("-starts_at", "pk")
    found = lines_of(ahead, FED)
    return found + lines_of(past, FED - len(found)) if len(found) < FED else found


def ical(meetings: Sequence[Line], *, name: str, host: str) -> str:
    """The meetings as one iCalendar object; a full one says that it may not hold all."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Lianjian//Lianjian//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    if len(meetings) >= FED:
        words = _("会议活动很多,这里是离现在最近的%(n)s个。") % {"n": FED}
        lines.append(f"X-WR-CALDESC:{_escaped(words)}")
    for meeting in meetings:
        lines += _event(meeting, host)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(meeting: Line, host: str) -> list[str]:
    texts = {
        "SUMMARY": meeting.title,
        "LOCATION": " ".join(filter(None, (meeting.venue, meeting.place, meeting.address))),
        "DESCRIPTION": "\n".join(filter(None, (meeting.convener, meeting.agenda, meeting.reason))),
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


# Signs that have no place in a TEXT value, and those that are written with a stroke before them (3.3.11).
_SIGNS: dict[int, str | None] = {code: None for code in (*range(32), 127) if chr(code) != "\n"}
_SIGNS |= {ord("\\"): "\\\\", ord(";"): "\\;", ord(","): "\\,", ord("\n"): "\\n"}


def _escaped(text: str) -> str:
    """A TEXT value (3.3.11). Control characters have no place in it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_SIGNS)


def _folded(line: str) -> str:
    """Lines of at most 75 octets, never cut inside a character (3.1)."""
    octets = line.encode()
    if len(octets) <= 75:
        return line
    parts, start, room = [], 0, 75
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        parts.append(octets[start:end])
        start, room = end, 74
    return b"\r\n ".join([*parts, octets[start:]]).decode()
