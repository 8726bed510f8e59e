"""Verbs of pairs that stand: end, record what was done and given, income and jobs before and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.duties import actions as duties
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import Denied, require, require_in
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Contribution, PairAction, Pairing, PairMeasure, PairRecord, Programme, ProgrammeSide
from ..queries.terms import check_term
from ..rules import pairing as rules
from .following import count, hang_all, hold, lend, may_record, spread


def _recording(actor: Actor, pairing: Pairing, on: date, now: datetime) -> None:
    """Raises `PairEnded`, `BeforePair`, `Denied`."""
    if not may_record(actor, pairing):
        require(actor, "alliances.write", Whole(pairing.jurisdiction_id))
    require_in(actor, "alliances.pair", pairing.jurisdiction_id)
    today = local_day(now)
    if pairing.until is not None and pairing.until <= on:
        raise rules.PairEnded
    if not pairing.since <= on <= today:
        raise rules.BeforePair(since=pairing.since)


def tells(actor: Actor, pairing: Pairing, action: PairAction) -> bool:
    """A side tells what is prescribed to it; the office tells both."""
    if not may_record(actor, pairing):
        return False
    bodies = {rules.GIVER: pairing.giver, rules.RECEIVER: pairing.receiver}
    office = actor.may("alliances.write", Whole(pairing.jurisdiction_id))
    return office or any(actor.may("alliances.pair", bodies[side]) for side in rules.sides_of(action.sides))


@verb
def end_pairing(*, actor: Actor, pairing: Pairing, until: date, reason: str, now: datetime) -> None:
    """It stands no more from `until`; what is not done need not be.

    Raises `PairEnded`, `NoReason`, `EndsTooEarly`, `EndsLater`, `Denied`.
    """
    require(actor, "alliances.write", Whole(pairing.jurisdiction_id))
    pairing = hold(pairing)
    if pairing.until is not None:
        raise rules.PairEnded
    if not reason.strip():
        raise rules.NoReason
    if until <= pairing.since:
        raise rules.EndsTooEarly(since=pairing.since)
    if until > local_day(now):
        raise rules.EndsLater
    pairing.until, pairing.end_reason = until, reason.strip()[:200]
    pairing.save(update_fields=["until", "end_reason"])
    for action in pairing.actions.filter(done_on__isnull=True):
        duties.close_duties(actor=actor, record=action, now=now)
    spread(pairings=[pairing])
    changes = {"until": ("", until), "reason": ("", pairing.end_reason)}
    record(actor=actor, verb="alliances.end_pairing", subject=pairing, now=now, changes=changes)


@verb
def set_duties(*, actor: Actor, pairing: Pairing, giver_duties: str, receiver_duties: str, now: datetime) -> Pairing:
    """What each side is responsible for (checklist 002-47, 004-84). Raises `PairEnded`, `Denied`."""
    require(actor, "alliances.write", Whole(pairing.jurisdiction_id))
    if pairing.until is not None:
        raise rules.PairEnded
    before = {name: getattr(pairing, name) for name in ("giver_duties", "receiver_duties")}
    pairing.giver_duties, pairing.receiver_duties = giver_duties.strip(), receiver_duties.strip()
    pairing.save(update_fields=list(before))
    changes = diff(before, pairing)
    if changes:
        record(actor=actor, verb="alliances.set_duties", subject=pairing, now=now, changes=changes)
    return pairing


@verb
def record_action(
    *, actor: Actor, action: PairAction, on: date, now: datetime, note: str = "", file: Sequence[UploadedFile[Any]] = ()
) -> PairRecord:
    """It was done on a day; with the last time that is wanted, the duties of both sides are done.

    Its evidence is hung on the record. Raises `PairEnded`, `BeforePair`, `Denied`, and what refuses a file.
    """
    _recording(actor, action.pairing, on, now)
    if not tells(actor, action.pairing, action):
        raise Denied
    action.pairing = hold(action.pairing)
    _recording(actor, action.pairing, on, now)
    held = PairAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    made = PairRecord.objects.create(
        jurisdiction_id=held.jurisdiction_id,
        action=held,
        on=on,
        note=note.strip()[:300],
        recorded_by=actor.name[:80],
        recorded_at=now,
    )
    lend(actor=actor, rows=[made], pairing=action.pairing, now=now)
    hang_all(actor, made, action.pairing, file, now)
    held.pairing = action.pairing
    count(actor, held, now)
    spread(pairings=[action.pairing])
    changes = {"action": ("", held.name), "on": ("", on), "note": ("", made.note)}
    record(actor=actor, verb="alliances.record_action", subject=action.pairing, now=now, changes=changes)
    return made


@verb
def strike_record(*, actor: Actor, done: PairRecord, reason: str, now: datetime) -> None:
    """It was a mistake; what is then missing is to be done again. Raises `Struck`, `NoReason`, `Denied`."""
    pairing = done.action.pairing
    require(actor, "alliances.write", Whole(pairing.jurisdiction_id))
    if done.struck_at is not None:
        raise rules.Struck
    if not reason.strip():
        raise rules.NoReason
    pairing = hold(pairing)
    held = PairAction.objects.select_for_update(of=("self",)).get(pk=done.action_id)
    done.struck_at, done.struck_reason = now, reason.strip()[:200]
    done.save(update_fields=["struck_at", "struck_reason"])
    held.pairing = pairing
    count(actor, held, now)
    spread(pairings=[pairing])
    changes = {"action": (held.name, ""), "on": (done.on, ""), "reason": ("", done.struck_reason)}
    record(actor=actor, verb="alliances.strike_record", subject=pairing, now=now, changes=changes)


@verb
def contribute(
    *,
    actor: Actor,
    pairing: Pairing,
    side: str,
    on: date,
    source: str,
    note: str,
    now: datetime,
    amount: Decimal | None = None,
    what: str = "",
    quantity: Decimal | None = None,
    unit: str = "",
) -> Contribution:
    """What a side gave: money, or things and services. `source` is where it comes from, `note` what it is known by.

    Raises `NothingGiven`, `MoneyOrThings`, `PairEnded`, `BeforePair`, `UnknownTerm`, `Denied`.
    """
    _recording(actor, pairing, on, now)
    check_term(pairing.jurisdiction_id, "fund", source)
    if (amount is not None and amount <= 0) or (quantity is not None and quantity <= 0):
        raise rules.NothingGiven(field="amount" if amount is not None else "quantity")
    money, things = amount is not None, bool(what.strip()) and quantity is not None
    if money == things or (money and (what.strip() or quantity is not None)):
        raise rules.MoneyOrThings
    made = Contribution.objects.create(
        jurisdiction_id=pairing.jurisdiction_id,
        pairing=pairing,
        side=side,
        amount=amount,
        what=what.strip()[:80],
        quantity=quantity,
        unit=unit.strip()[:10],
        on=on,
        source=source,
        note=note.strip()[:120],
    )
    lend(actor=actor, rows=[made], pairing=pairing, now=now)
    given = f"{amount}" if money else f"{made.what} {quantity} {made.unit}".strip()
    changes = {side: ("", f"{given} {source} {on}")}
    record(actor=actor, verb="alliances.contribute", subject=pairing, now=now, changes=changes)
    return made


@verb
def strike_contribution(*, actor: Actor, given: Contribution, reason: str, now: datetime) -> None:
    """It was written down by mistake and counts no more. Raises `Struck`, `NoReason`, `Denied`."""
    require(actor, "alliances.write", Whole(given.jurisdiction_id))
    if given.struck_at is not None:
        raise rules.Struck
    if not reason.strip():
        raise rules.NoReason
    given.struck_at, given.struck_reason = now, reason.strip()[:200]
    given.save(update_fields=["struck_at", "struck_reason"])
    shown = given.amount if given.amount is not None else f"{given.what} {given.quantity}"
    changes = {given.side: (f"{shown} {given.on}", ""), "reason": ("", given.struck_reason)}
    record(actor=actor, verb="alliances.strike_contribution", subject=given.pairing, now=now, changes=changes)


@verb(constraints={"one_measure_of_a_day": rules.MeasureExists})
def measure(
    *, actor: Actor, pairing: Pairing, kind: str, value: Decimal, day: date, source: str, now: datetime
) -> PairMeasure:
    """Income or jobs as of a day; also of a day before the pair. Raises `MeasureExists`, `LaterFact`, `Denied`."""
    if not may_record(actor, pairing):
        require(actor, "alliances.write", Whole(pairing.jurisdiction_id))
    if day > local_day(now):
        raise rules.LaterFact
    made = PairMeasure.objects.create(
        jurisdiction_id=pairing.jurisdiction_id,
        pairing=pairing,
        kind=kind,
        value=value,
        day=day,
        source=source.strip()[:120],
    )
    lend(actor=actor, rows=[made], pairing=pairing, now=now)
    record(actor=actor, verb="alliances.measure", subject=pairing, now=now, changes={kind: ("", f"{value} {day}")})
    return made


@verb
def strike_measure(*, actor: Actor, measured: PairMeasure, reason: str, now: datetime) -> None:
    """It was written down by mistake and counts no more; another may be recorded for the day.

    Raises `Struck`, `NoReason`, `Denied`.
    """
    require(actor, "alliances.write", Whole(measured.jurisdiction_id))
    if measured.struck_at is not None:
        raise rules.Struck
    if not reason.strip():
        raise rules.NoReason
    measured.struck_at, measured.struck_reason = now, reason.strip()[:200]
    measured.save(update_fields=["struck_at", "struck_reason"])
    changes = {measured.kind: (f"{measured.value} {measured.day}", ""), "reason": ("", measured.struck_reason)}
    record(actor=actor, verb="alliances.strike_measure", subject=measured.pairing, now=now, changes=changes)


def pairs_stay(winner: Organization, loser: Organization) -> None:
    """Two records of one programme are not merged: a pair would lose its side; nor is one that another place pairs,
    whose rows cannot be written here. Raises `PairedTogether`, `PairedElsewhere`.
    """
    other = Pairing.objects.filter(Q(giver=loser) | Q(receiver=loser), until__isnull=True)
    lead = other.exclude(jurisdiction_id=loser.jurisdiction_id).select_related("programme").first()
    if lead is not None:
        raise rules.PairedElsewhere(loser=loser.name, programme=lead.programme.name)
    standing = ProgrammeSide.objects.filter(withdrawn_on__isnull=True)
    named = standing.filter(organization=loser).exclude(jurisdiction_id=loser.jurisdiction_id)
    enrolled = named.select_related("programme").first()
    if enrolled is not None:
        raise rules.PairedElsewhere(loser=loser.name, programme=enrolled.programme.name)
    both = standing.filter(organization=loser, programme__in=standing.filter(organization=winner).values("programme"))
    found = both.select_related("programme").first()
    programme = found.programme if found else _colliding(winner, loser)
    if programme is not None:
        raise rules.PairedTogether(winner=winner.name, loser=loser.name, programme=programme.name)


def _colliding(winner: Organization, loser: Organization) -> Programme | None:
    """The programme in which pairs of the two could not both be of one body: at one time, or with each other."""
    own, other = (
        list(Pairing.objects.filter(Q(giver=one) | Q(receiver=one)).select_related("programme"))
        for one in (winner, loser)
    )
    for one in own:
        for two in other:
            over = (one.until is None or two.since < one.until) and (two.until is None or one.since < two.until)
            side = one.receiver_id == winner.pk and two.receiver_id == loser.pk
            side |= one.exclusive and one.giver_id == winner.pk and two.giver_id == loser.pk
            if one.pk == two.pk or (one.programme_id == two.programme_id and over and side):
                return one.programme
    return None
