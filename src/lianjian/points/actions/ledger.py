"""Entries of the ledger that no review writes: a balance brought along, a correction, the clearing of a year."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, Sum

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record, record_bulk

from ..models import WRITE, Account, Claim, Entry, Scheme
from ..rules import points as rules
from ..rules import refused
from .accounts import held_account
from .schemes import hold_scheme, said


@verb
def bring_balance(
    *, actor: Actor, account: Account, points: int, document: str, now: datetime, on: date | None = None
) -> Entry:
    """What an account had before it was kept here, by the paper that shows it; once.

    Raises `BalanceOutside`, `BroughtAlready`, `DocumentMissing`, `FutureDay`, `AccountClosed`, `Denied`.
    """
    require(actor, WRITE, account.scheme.organization)
    held, day = held_account(account), on or local_day(now)
    if day > local_day(now):
        raise refused.FutureDay(field="on")
    if not 1 <= points <= rules.MOST_BALANCE:
        raise refused.BalanceOutside
    if held.entries.filter(kind=rules.BROUGHT, reversed_by__isnull=True).exists():
        raise refused.BroughtAlready
    words = said(document, refused.DocumentMissing)
    made = _enter(held, rules.BROUGHT, points, day, words)
    record(actor=actor, verb="points.bring_balance", subject=held, now=now, changes={"points": (None, points)})
    return made


def _enter(account: Account, kind: str, points: int, on: date, note: str, **more: object) -> Entry:
    return Entry.objects.create(
        jurisdiction_id=account.jurisdiction_id, account=account, kind=kind, points=points, on=on, note=note, **more
    )


@verb
def reverse_entry(*, actor: Actor, entry: Entry, reason: str, now: datetime) -> Entry:
    """Take back a whole entry by one against it; its claim may be filed anew.

    Raises `NotReversible`, `ReversedAlready`, `LapsedSince`, `SpentAlready`, `ReasonMissing`, `Denied`.
    """
    require(actor, WRITE, entry.account.scheme.organization)
    hold_scheme(entry.account.scheme)
    held = Account.objects.select_for_update(of=("self",)).get(pk=entry.account_id)
    if entry.kind not in rules.REVERSIBLE:
        raise refused.NotReversible
    if Entry.objects.filter(reverses=entry).exists():
        raise refused.ReversedAlready
    words = said(reason, refused.ReasonMissing)
    later = Entry.objects.filter(account=held, kind=rules.LAPSED, reversed_by__isnull=True, pk__gt=entry.pk)
    lapsed = later.filter(year__gte=entry.on.year).values_list("year", flat=True).first()
    if entry.kind != rules.LAPSED and lapsed is not None:
        raise refused.LapsedSince(year=lapsed)
    if held.balance < entry.points:
        raise refused.SpentAlready(balance=held.balance)
    made = _enter(held, rules.CORRECTED, -entry.points, local_day(now), words, reverses=entry, claim_id=entry.claim_id)
    if entry.claim_id is not None:
        Claim.objects.filter(pk=entry.claim_id).update(state=rules.REVERSED)
    record(actor=actor, verb="points.reverse_entry", subject=held, now=now, changes={"points": (None, made.points)})
    return made


@verb
def clear_year(*, actor: Actor, scheme: Scheme, year: int, document: str, now: datetime) -> int:
    """What is left of the points gathered up to the end of a year lapses; returns how many accounts it touched.

    What was exchanged takes the oldest points first. Safe to run twice. Raises `CarriesOver`, `YearNotOver`,
    `DocumentMissing`, `Denied`.
    """
    require(actor, WRITE, scheme.organization)
    held, day = hold_scheme(scheme), local_day(now)
    if held.carries:
        raise refused.CarriesOver
    if not held.since.year <= year < day.year:
        raise refused.YearNotOver
    words = said(document, refused.DocumentMissing)
    end = date(year, 12, 31)
    # A correction goes with what it takes back: what was gathered and put right later is not left of the year.
    gathered = Q(entries__points__gt=0, entries__reverses__isnull=True, entries__reversed_by__isnull=True)
    spent = Q(entries__points__lt=0, entries__reverses__isnull=True, entries__reversed_by__isnull=True)
    rows = Account.objects.filter(scheme=held, balance__gt=0).annotate(
        gathered=Sum("entries__points", filter=gathered & Q(entries__on__lte=end), default=0),
        spent=Sum("entries__points", filter=spent, default=0),
    )
    touched = []
    for one in rows.order_by("pk"):
        left = min(one.balance, rules.left_of_year(one.gathered, -one.spent))
        if left:
            _enter(one, rules.LAPSED, -left, day, words, year=year)
            touched.append(one.pk)
    record_bulk(
        actor=actor, verb="points.clear_year", subject=held, rows={"points.account": touched}, now=now, note=str(year)
    )
    return len(touched)
