"""The month of a venue: which days are promised, asked for, or free."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

from lianjian.events.queries.bookings import Taken, between, days_of, taken, weeks_of
from lianjian.foundation.actor import Actor

from .. import rules
from ..models import Item
from .bookings import CLAIM
from .listing import claim_url

FREE, ASKED, HELD, CLOSED, PAST = "free", "asked", "held", "closed", "past"


@dataclass(frozen=True)
class Day:
    """One day: its state, and who has it where the reader may know; `full` says it in more words than fit a day."""

    day: date
    state: str
    inside: bool
    whose: str = ""
    url: str = ""
    full: str = ""


@dataclass(frozen=True)
class Month:
    """Six weeks at most, Monday first; the months before and after as the address writes them. `others`: what else
    takes the venue in these days, as (when, what, address).
    """

    first: date
    weeks: list[list[Day]]
    before: str
    after: str
    free: int
    others: list[tuple[str, str, str]] = field(default_factory=list)


def month_of(actor: Actor, item: Item, first: date, today: date) -> Month:
    """Two queries: the bookings of the month, and those of them that the actor may open; a third for what else takes
    the venue.
    """
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
    others = _others(actor, item, first, last)
    taking: dict[date, Taken] = {}
    for one in others:
        if one.alone:
            for day in days_of(one, first, last):
                taking.setdefault(day, one)
    weeks = [
        [
            _taken(day, first.month, taking[day])
            if day in taking and (day not in held or held[day][0] == ASKED)
            else _day(item, day, first.month, today, held.get(day), visible)
            for day in week
        ]
        for week in weeks_of(first)
    ]
    free = sum(1 for week in weeks for day in week if day.inside and day.state == FREE)
    earlier, later = first - timedelta(days=1), last + timedelta(days=1)
    told = [(one.when, one.words, one.url) for one in others]
    return Month(first, weeks, f"{earlier:%Y-%m}", f"{later:%Y-%m}", free, told)


def _others(actor: Actor, item: Item, first: date, last: date) -> list[Taken]:
    """Meetings at the venue, and what was agreed about other items of it."""
    if item.venue is None:
        return []
    own = item.claims.filter(by_day=True, since__lte=last, until__gte=first).values("pk")
    return taken(actor, between(item.venue, first, last).exclude(kind=CLAIM, record__in=own))


def _taken(day: date, month: int, one: Taken) -> Day:
    return Day(day, HELD, day.month == month, one.short, one.url, f"{one.when} {one.words}")


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
    shut = item.venue.closed_on if item.venue is not None else None
    closed = closed or (shut is not None and day >= shut)
    closed = closed or (item.until is not None and day > item.until) or item.state != rules.OPEN
    return Day(day, CLOSED if closed else FREE, inside)
