"""The month of a venue: which days are promised, asked for, or free."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from lianjian.foundation.actor import Actor

from .. import rules
from ..models import Item
from .listing import claim_url

FREE, ASKED, HELD, CLOSED, PAST = "free", "asked", "held", "closed", "past"


@dataclass(frozen=True)
class Day:
    """One day: its state, and who has it where the reader may know."""

    day: date
    state: str
    inside: bool
    whose: str = ""
    url: str = ""


@dataclass(frozen=True)
class Month:
    """Six weeks at most, Monday first; the months before and after as the address writes them."""

    first: date
    weeks: list[list[Day]]
    before: str
    after: str
    free: int


def month_of(actor: Actor, item: Item, first: date, today: date) -> Month:
    """Two queries: the bookings of the month, and those of them that the actor may open."""
    last = date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
    rows = item.claims.filter(
        by_day=True,
        state__in=[rules.PROPOSED, rules.AGREED, rules.FULFILLED],
        since__lte=last,
        until__gte=first,
    )
    visible = {pk: claim_url(key) for pk, key in rows.visible_to(actor).values_list("pk", "key")}
    held: dict[date, tuple[str, int, str]] = {}
    # What is promised covers what is only asked for.
    for pk, state, since, until, name in rows.order_by("-state", "pk").values_list(
        "pk", "state", "since", "until", "organization__name"
    ):
        if since is None or until is None:  # a booking has both; the database says so
            continue
        word = ASKED if state == rules.PROPOSED else HELD
        for number in range((min(until, last) - max(since, first)).days + 1):
            day = max(since, first) + timedelta(days=number)
            if day not in held or held[day][0] == ASKED:
                held[day] = (word, pk, name)
    weeks = [
        [_day(item, day, first.month, today, held.get(day), visible) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    free = sum(1 for week in weeks for day in week if day.inside and day.state == FREE)
    earlier, later = first - timedelta(days=1), last + timedelta(days=1)
    return Month(first, weeks, f"{earlier:%Y-%m}", f"{later:%Y-%m}", free)


def _day(
    item: Item, day: date, month: int, today: date, held: tuple[str, int, str] | None, visible: dict[int, str]
) -> Day:
    inside = day.month == month
    if held is not None:
        state, pk, name = held
        return Day(day, state, inside, name if pk in visible else "", visible.get(pk, ""))
    over = item.expires_on is not None and day > item.expires_on
    if day < today:
        return Day(day, PAST, inside)
    closed = over or (item.since is not None and day < item.since)
    closed = closed or (item.until is not None and day > item.until) or item.state != rules.OPEN
    return Day(day, CLOSED if closed else FREE, inside)
