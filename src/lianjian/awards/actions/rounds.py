"""A round of an award, step by step: opened, shown to the public, decided; or left without a choice, or called off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from lianjian.events.models import Meeting
from lianjian.events.rules.meetings import HELD
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.looks import show_date
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import WRITE, Nominee, Round, Scheme
from .schemes import follow_rounds, held_scheme


def hold_round(round_: Round) -> Round:
    """Lock the award, then its round: always in this order, and before a candidate."""
    Scheme.objects.select_for_update(of=("self",)).filter(pk=round_.scheme_id).values_list("pk").first()
    rows = Round.objects.select_for_update(of=("self",)).select_related("scheme__organization")
    return rows.get(pk=round_.pk)


def held_round(round_: Round, *states: str) -> Round:
    """The row as it stands, locked; it must be at one of these steps. Raises `WrongState`."""
    found = hold_round(round_)
    if found.state not in states:
        raise rules.WrongState(state=translate(rules.STATES[found.state]))
    return found


@verb(constraints={"one_round_of_an_award_in_a_period": rules.RoundStands})
def open_round(*, actor: Actor, scheme: Scheme, starts: date, now: datetime) -> Round:
    """People may be put forward for the period that begins on `starts`: the present one or the one before.

    Raises `NotThisPeriod`, `RoundStands`, `SchemeEnded`, `Denied`.
    """
    require(actor, WRITE, scheme.organization)
    held, day = held_scheme(scheme), local_day(now)
    if starts not in rules.open_periods(held.per, held.since, day):
        raise rules.NotThisPeriod
    same = Round.objects.filter(scheme__organization=held.organization, scheme__name=held.name, starts=starts)
    if same.exclude(state=rules.CALLED_OFF).exists():
        raise rules.RoundStands
    made = Round.objects.create(
        jurisdiction_id=held.jurisdiction_id,
        scheme=held,
        starts=starts,
        criteria=held.criteria,
        needs_all=held.needs_all,
        show_days=held.show_days,
        opened_on=day,
    )
    changes = {"name": ("", held.name), "starts": (None, starts)}
    record(actor=actor, verb="awards.open_round", subject=made, now=now, changes=changes)
    return made


def _step(actor: Actor, held: Round, verb_: str, now: datetime, **values: object) -> None:
    """Write a step with what changed by it; the award's duty follows. Reasons may name people: not in the journal."""
    changes = {name: (getattr(held, name), value) for name, value in values.items() if name != "reason"}
    for name, value in values.items():
        setattr(held, name, value)
    held.save(update_fields=list(values))
    record(actor=actor, verb=f"awards.{verb_}", subject=held, now=now, changes=changes)
    standing = Scheme.objects.standing().filter(pk=held.scheme_id).select_related("organization")
    follow_rounds(actor, standing.select_for_update(of=("self",)), now)


def _not_yet(on: date, now: datetime) -> None:
    if on > local_day(now):
        raise rules.FutureDay(field="on")


@verb
def show_round(
    *, actor: Actor, round: Round, chosen: Sequence[UUID], on: date, document: str, now: datetime
) -> Round:
    """The list of those chosen hangs out from `on`, as many days as the award says.

    Raises `NobodyChosen`, `NotChecked`, `CheckedLater`, `CriteriaUnmet`, `NoConsent`, `NomineeStruck`,
    `DocumentMissing`, `FutureDay`, `BeforeOpening`, `WrongState`, `Denied`.
    """
    require(actor, WRITE, round.scheme.organization)
    held = held_round(round, rules.OPEN)
    _not_yet(on, now)
    if on < held.opened_on:
        raise rules.BeforeOpening(field="on", day=show_date(held.opened_on))
    if not document.strip():
        raise rules.DocumentMissing
    rows = held.nominees.select_for_update(of=("self",)).filter(key__in=list(chosen)).order_by("number")
    named = list(rows)
    if not named:
        raise rules.NobodyChosen
    for one in named:
        _fit(held, one, on)
    rows.update(chosen=True)
    until = on + timedelta(days=held.show_days - 1)
    words = document.strip()[:120]
    _step(actor, held, "show_round", now, state=rules.SHOWN, shown_from=on, shown_until=until, document=words)
    return held


def _fit(held: Round, one: Nominee, on: date) -> None:
    """Raise why this candidate may not be on a list that hangs out from that day."""
    if one.struck_on is not None:
        raise rules.NomineeStruck(name=one.name)
    if one.checked_on is None:
        raise rules.NotChecked(name=one.name)
    if one.checked_on > on:
        raise rules.CheckedLater(name=one.name, day=show_date(one.checked_on))
    left = rules.unmet(held.criteria, one.met)
    if held.needs_all and left:
        raise rules.CriteriaUnmet(name=one.name, criteria="、".join(left))
    if not one.agreed:
        raise rules.NoConsent(name=one.name)


@verb
def reopen_round(*, actor: Actor, round: Round, reason: str, now: datetime) -> Round:
    """The list was taken down; people may be put forward and checked again. Raises `ReasonMissing`, `WrongState`."""
    require(actor, WRITE, round.scheme.organization)
    held = held_round(round, rules.SHOWN)
    said = _reason(reason)
    held.nominees.filter(chosen=True).update(chosen=False)
    _step(
        actor, held, "reopen_round", now, state=rules.OPEN, shown_from=None, shown_until=None, document="", reason=said
    )
    return held


@verb
def decide_round(
    *, actor: Actor, round: Round, on: date, document: str, now: datetime, meeting: Meeting | None = None
) -> Round:
    """Nothing stood against the list: it is the result. `meeting`: the one that decided it.

    Raises `StillShown`, `NobodyChosen`, `DocumentMissing`, `NotItsMeeting`, `FutureDay`, `WrongState`, `Denied`.
    """
    require(actor, WRITE, round.scheme.organization)
    held = held_round(round, rules.SHOWN)
    _not_yet(on, now)
    if held.shown_until is not None and on <= held.shown_until:
        raise rules.StillShown(field="on", day=show_date(held.shown_until))
    if not held.nominees.filter(chosen=True, struck_on__isnull=True).exists():
        raise rules.NobodyChosen
    if not document.strip():
        raise rules.DocumentMissing
    if meeting is not None and (meeting.convener_id != held.scheme.organization_id or meeting.state != HELD):
        raise rules.NotItsMeeting
    words = document.strip()[:120]
    _step(
        actor, held, "decide_round", now, state=rules.DECIDED, closed_on=on, document=words, meeting=meeting, reason=""
    )
    return held


@verb
def leave_vacant(*, actor: Actor, round: Round, reason: str, now: datetime) -> Round:
    """Nobody is chosen in this period, and why. Raises `ReasonMissing`, `WrongState`, `Denied`."""
    return _close(actor, round, rules.VACANT, "leave_vacant", reason, now)


@verb
def call_off_round(*, actor: Actor, round: Round, reason: str, now: datetime) -> Round:
    """The round does not count; another one may be opened for its period. Raises as `leave_vacant`."""
    return _close(actor, round, rules.CALLED_OFF, "call_off_round", reason, now)


@verb
def lapse_rounds(*, actor: Actor, jurisdiction_id: int, now: datetime) -> int:
    """Call off what nobody brought to an end within a year of its opening; returns how many. Safe to run twice."""
    rows = Round.objects.filter(jurisdiction_id=jurisdiction_id, state__in=rules.GOING)
    old = rows.filter(opened_on__lt=local_day(now) - rules.LAPSES).select_related("scheme__organization").order_by("pk")
    return drop_rounds(actor, old, rules.LAPSED, now)


def drop_rounds(actor: Actor, rows: Iterable[Round], reason: str, now: datetime) -> int:
    """Call off rounds that go on, each with the reason. Part of a verb; returns how many."""
    dropped = 0
    for one in list(rows):
        held = hold_round(one)
        if held.state in rules.GOING:
            _end(actor, held, rules.CALLED_OFF, "call_off_round", reason, now)
            dropped += 1
    return dropped


def _close(actor: Actor, round_: Round, state: str, verb_: str, reason: str, now: datetime) -> Round:
    require(actor, WRITE, round_.scheme.organization)
    held = held_round(round_, *rules.GOING)
    _end(actor, held, state, verb_, _reason(reason), now)
    return held


def _end(actor: Actor, held: Round, state: str, verb_: str, said: str, now: datetime) -> None:
    held.nominees.filter(chosen=True).update(chosen=False)
    _step(actor, held, verb_, now, state=state, closed_on=local_day(now), reason=said)


def _reason(text: str) -> str:
    if not text.strip():
        raise rules.ReasonMissing
    return text.strip()[:200]
