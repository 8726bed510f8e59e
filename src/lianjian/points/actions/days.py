"""Exchange days: set, held, closed; what is given for points, and given back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Max, Sum

from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.looks import show_date
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import WRITE, Account, Entry, Exchange, ExchangeDay, Good, Scheme
from ..rules import goods as refused
from ..rules import points as rules
from ..rules.refused import AccountClosed, DayBefore, ReasonMissing
from .goods import move
from .schemes import follow_exchanges, hold_scheme, own_meeting, said


def held_day(day: ExchangeDay, *states: str) -> ExchangeDay:
    """The row as it stands, after its scheme was locked; it must be at one of these steps. Raises `DayMoved`."""
    hold_scheme(day.scheme)
    rows = ExchangeDay.objects.select_for_update(of=("self",)).select_related("scheme__organization")
    found: ExchangeDay = rows.get(pk=day.pk)
    if found.state not in states:
        raise refused.DayMoved(state=translate(rules.DAY_STATES[found.state]))
    return found


def _follow(actor: Actor, scheme: Scheme, now: datetime) -> None:
    if scheme.ended_on is None:
        follow_exchanges(actor, [scheme], now)


@verb(constraints={"one_points_exchange_on_a_day": refused.DayStands})
def open_day(
    *, actor: Actor, scheme: Scheme, on: date, now: datetime, place: str = "", meeting: Meeting | None = None
) -> ExchangeDay:
    """Goods are given for points on this day. `meeting`: the activity that it is part of.

    Raises `DayStands`, `DayTooFar`, `DayBefore`, `NotItsMeeting`, `DayNotOfMeeting`, `Denied`.
    """
    require(actor, WRITE, scheme.organization)
    held = hold_scheme(scheme)
    if on > local_day(now) + rules.AHEAD:
        raise refused.DayTooFar
    if on < held.since:
        raise DayBefore(field="on", day=show_date(held.since))
    own = own_meeting(held, meeting)
    if own is not None and not local_day(own.starts_at) <= on <= local_day(own.ends_at):
        raise refused.DayNotOfMeeting(day=show_date(own.starts_at))
    made: ExchangeDay = ExchangeDay.objects.create(
        jurisdiction_id=held.jurisdiction_id,
        scheme=held,
        on=on,
        place=place.strip()[:80],
        meeting=own,
    )
    _follow(actor, held, now)
    record(actor=actor, verb="points.open_day", subject=made, now=now, changes={"on": (None, on)})
    return made


@verb
def close_day(*, actor: Actor, day: ExchangeDay, now: datetime) -> ExchangeDay:
    """It is over. Raises `DayNotYet`, `DayMoved`, `Denied`."""
    require(actor, WRITE, day.scheme.organization)
    held = held_day(day, rules.OPEN)
    if held.on > local_day(now):
        raise refused.DayNotYet(day=show_date(held.on))
    return _step(actor, held, "close_day", rules.CLOSED, "", now)


@verb
def reopen_day(*, actor: Actor, day: ExchangeDay, now: datetime) -> ExchangeDay:
    """Something of that day is still to be entered. Raises `DayMoved`, `Denied`."""
    require(actor, WRITE, day.scheme.organization)
    return _step(actor, held_day(day, rules.CLOSED), "reopen_day", rules.OPEN, "", now)


@verb
def call_off_day(*, actor: Actor, day: ExchangeDay, reason: str, now: datetime) -> ExchangeDay:
    """It is not held. Raises `DayUsed`, `ReasonMissing`, `DayMoved`, `Denied`."""
    require(actor, WRITE, day.scheme.organization)
    held, words = held_day(day, rules.OPEN), said(reason, ReasonMissing)
    if held.exchanges.filter(returned_on__isnull=True).exists():
        raise refused.DayUsed
    return _step(actor, held, "call_off_day", rules.CALLED_OFF, words, now)


def _step(actor: Actor, held: ExchangeDay, verb_: str, state: str, words: str, now: datetime) -> ExchangeDay:
    before, held.state, held.reason = held.state, state, words
    held.save(update_fields=["state", "reason"])
    _follow(actor, held.scheme, now)
    record(actor=actor, verb=f"points.{verb_}", subject=held, now=now, changes={"state": (before, state)})
    return held


@verb
def exchange(
    *, actor: Actor, day: ExchangeDay, account: Account, good: Good, quantity: int, now: datetime
) -> Exchange:
    """Give so many of a good for an account's points: entry and stock in one, neither below zero.

    Raises `BalanceShort`, `StockShort`, `QuantityOutside`, `DayNotYet`, `DayMoved`, `AccountClosed`, `GoodEnded`,
    `Denied`.
    """
    require(actor, WRITE, day.scheme.organization)
    held = held_day(day, rules.OPEN)
    if held.on > local_day(now):
        raise refused.DayNotYet(day=show_date(held.on))
    if not 1 <= quantity <= rules.MOST_STOCK:
        raise refused.QuantityOutside
    payer = Account.objects.select_for_update(of=("self",)).get(pk=account.pk, scheme=held.scheme)
    thing = Good.objects.select_for_update(of=("self",)).get(pk=good.pk, scheme=held.scheme)
    if payer.closed_on is not None:
        raise AccountClosed(name=payer.name)
    if thing.ended_on is not None:
        raise refused.GoodEnded(name=thing.name)
    # What was entered or bought after the day is not there to be taken on it.
    stock = _by(held.on, thing.stock, thing.moves, "quantity")
    balance = _by(held.on, payer.balance, payer.entries, "points")
    if stock < quantity:
        raise refused.StockShort(name=thing.name, stock=stock, unit=thing.unit)
    needed = quantity * thing.price
    if balance < needed:
        raise refused.BalanceShort(name=payer.name, balance=balance, needed=needed)
    own = {"jurisdiction_id": held.jurisdiction_id}
    number = (held.exchanges.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Exchange.objects.create(
        **own, day=held, number=number, account=payer, good=thing, quantity=quantity, price=thing.price
    )
    note = f"{thing.name} × {quantity}{thing.unit}"
    Entry.objects.create(
        **own, account=payer, kind=rules.SPENT, points=-needed, on=held.on, note=note, exchange=made
    )
    move(thing, rules.GIVEN, -quantity, held.on, exchange=made)
    _follow(actor, held.scheme, now)  # the first thing given settles the period
    changes = {"number": (None, number), "points": (None, needed)}
    record(actor=actor, verb="points.exchange", subject=made, now=now, changes=changes)
    return made


def _by(day: date, left: int, lines: Any, column: str) -> int:
    """What is left and was there by a day, never less than nothing."""
    then: int = lines.filter(on__lte=day).aggregate(n=Sum(column, default=0))["n"]
    return max(0, min(left, then))


@verb
def give_back(*, actor: Actor, exchange: Exchange, reason: str, now: datetime, restock: bool = True) -> Exchange:
    """The points go back, and the good into stock unless spoiled. Raises `GivenBack`, `ReasonMissing`, `Denied`."""
    require(actor, WRITE, exchange.day.scheme.organization)
    scheme = hold_scheme(exchange.day.scheme)
    rows = Exchange.objects.select_for_update(of=("self",)).select_related("day", "account", "good")
    held, words, day = rows.get(pk=exchange.pk), said(reason, ReasonMissing), local_day(now)
    if held.returned_on is not None:
        raise refused.GivenBack
    held.returned_on, held.reason = day, words
    held.save(update_fields=["returned_on", "reason"])
    entry = held.entries.get(kind=rules.SPENT)
    Entry.objects.create(
        jurisdiction_id=held.jurisdiction_id,
        account=held.account,
        kind=rules.RETURNED,
        points=-entry.points,
        on=day,
        note=words,
        exchange=held,
        reverses=entry,
    )
    if restock:
        move(held.good, rules.PUT_BACK, held.quantity, day, exchange=held)
    _follow(actor, scheme, now)
    changes = {"returned_on": (None, day), "points": (-entry.points, 0)}
    record(actor=actor, verb="points.give_back", subject=held, now=now, changes=changes)
    return held
