"""Verbs of programmes: open, change, close; who takes part; what is known of them; the office's own rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from lianjian.directory.models import Industry, Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import PairFact, Pairing, PairRule, Programme, ProgrammeSide
from ..queries.terms import check_term
from ..rules import pairing as rules
from .reaching import within_reach

PROGRAMME_FIELDS = ("name", "kind", "capacity", "since", "until", "giver_duties", "receiver_duties", "actions")
WEIGHING_FIELDS = ("weights", "far_km", "yuan_full", "jobs_full", "weak_first", "weak_below", "chains")


def living(actor: Actor, programme: Programme) -> None:
    """The office of the programme's place, while it runs. Raises `Closed`, `Denied`."""
    require(actor, "alliances.write", Whole(programme.jurisdiction_id))
    if programme.closed_on is not None:
        raise rules.Closed


def locked(programme: Programme) -> Programme:
    """The programme as it is now: proposals and pairs of one programme are made one after another."""
    return Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)


def held_open(actor: Actor, programme: Programme) -> Programme:
    """The programme as it is now, held while the verb runs. Raises `Closed`, `Denied`."""
    living(actor, programme)
    held = locked(programme)
    if held.closed_on is not None:
        raise rules.Closed
    return held


def _period(since: date, until: date | None) -> None:
    if until is not None and until <= since:
        raise rules.EndsTooEarly(since=since)


@verb(constraints={"one_programme_per_name": rules.ProgrammeExists})
def open_programme(
    *,
    actor: Actor,
    organization: Organization,
    name: str,
    kind: str,
    shape: str,
    since: date,
    now: datetime,
    until: date | None = None,
    capacity: int = 1,
    actions: Sequence[dict[str, Any]] | None = None,
    giver_duties: str = "",
    receiver_duties: str = "",
) -> Programme:
    """A programme that a body of the place leads.

    Raises `ProgrammeExists`, `EndsTooEarly`, `RoomForOne`, `NoActions`, `UnknownTerm`, `Denied`.
    """
    require(actor, "alliances.write", Whole(organization.jurisdiction_id))
    check_term(organization.jurisdiction_id, "programme", kind)
    _period(since, until)
    if shape == rules.ONE_TO_ONE and capacity != 1:
        raise rules.RoomForOne
    prescribed = rules.default_actions() if actions is None else list(actions)
    if not prescribed:
        raise rules.NoActions
    made = Programme.objects.create(
        jurisdiction_id=organization.jurisdiction_id,
        organization=organization,
        name=name.strip()[:60],
        kind=kind,
        shape=shape,
        capacity=capacity,
        since=since,
        until=until,
        actions=prescribed,
        giver_duties=giver_duties.strip(),
        receiver_duties=receiver_duties.strip(),
    )
    changes = {"name": ("", made.name), "kind": ("", kind), "shape": ("", shape), "since": ("", since)}
    record(actor=actor, verb="alliances.open_programme", subject=made, now=now, changes=changes)
    return made


@verb(constraints={"one_programme_per_name": rules.ProgrammeExists})
def change_programme(*, actor: Actor, programme: Programme, now: datetime, **values: Any) -> Programme:
    """Other words, period, room or actions; pairs that stand keep the actions they were given.

    Raises `ProgrammeExists`, `EndsTooEarly`, `RoomForOne`, `NoActions`, `UnknownTerm`, `Closed`, `Denied`.
    """
    programme = held_open(actor, programme)
    values = {name: values[name] for name in PROGRAMME_FIELDS if name in values}
    before = {name: getattr(programme, name) for name in values}
    check_term(programme.jurisdiction_id, "programme", values.get("kind", programme.kind), programme.kind)
    _period(values.get("since", programme.since), values.get("until", programme.until))
    if programme.shape == rules.ONE_TO_ONE and values.get("capacity", 1) != 1:
        raise rules.RoomForOne
    if not values.get("actions", programme.actions):
        raise rules.NoActions
    return _changed(actor, programme, before, values, "alliances.change_programme", now)


@verb
def set_weighing(*, actor: Actor, programme: Programme, now: datetime, **values: Any) -> Programme:
    """Other weights, scales and chains; a proposal that is open must be made anew.

    Raises `WrongWeights`, `Closed`, `Denied`.
    """
    programme = held_open(actor, programme)
    values = {name: values[name] for name in WEIGHING_FIELDS if name in values}
    before = {name: getattr(programme, name) for name in values}
    rules.check_weights(values.get("weights", programme.weights))
    return _changed(actor, programme, before, values, "alliances.set_weighing", now)


def _changed(
    actor: Actor, programme: Programme, before: dict[str, Any], values: dict[str, Any], word: str, now: datetime
) -> Programme:
    for name, value in values.items():
        setattr(programme, name, value.strip() if isinstance(value, str) else value)
    programme.save(update_fields=list(values))
    changes = diff(before, programme)
    if changes:
        record(actor=actor, verb=word, subject=programme, now=now, changes=changes)
    return programme


@verb
def close_programme(*, actor: Actor, programme: Programme, on: date, now: datetime) -> None:
    """It takes nothing any more from `on`. Raises `StillPaired`, `EndsTooEarly`, `Closed`, `Denied`."""
    programme = held_open(actor, programme)
    if on <= programme.since:
        raise rules.EndsTooEarly(since=programme.since, field="on")
    standing = Pairing.objects.filter(programme=programme).filter(Q(until__isnull=True) | Q(until__gt=on)).count()
    if standing:
        raise rules.StillPaired(n=standing)
    programme.closed_on = on
    programme.save(update_fields=["closed_on"])
    programme.proposals.filter(state="draft").update(state="withdrawn", closed_at=now, closed_by=actor.name[:80])
    record(
        actor=actor,
        verb="alliances.close_programme",
        subject=programme,
        now=now,
        changes={"closed_on": ("", on)},
    )


def _consent(consent: str, on: date | None, now: datetime) -> date | None:
    """The day of consent. Raises `ConsentDay`."""
    if consent == "unknown":
        return None
    if on is None or on > local_day(now):
        raise rules.ConsentDay
    return on


@verb(constraints={"one_side_in_a_programme": rules.AlreadyEnrolled})
def enrol(
    *,
    actor: Actor,
    programme: Programme,
    organizations: Sequence[Organization],
    side: str,
    now: datetime,
    consent: str = "unknown",
    consent_on: date | None = None,
    capacity: int | None = None,
) -> list[ProgrammeSide]:
    """Bodies that may be paired, all on one side.

    Raises `AlreadyEnrolled`, `NotThere`, `OutOfReach`, `RoomForOne`, `ConsentDay`, `Closed`, `Denied`.
    """
    programme = held_open(actor, programme)
    if programme.shape == rules.ONE_TO_ONE and (capacity or 1) != 1:
        raise rules.RoomForOne
    told = _consent(consent, consent_on, now)
    for one in organizations:
        if one.dissolved_on is not None or one.merged_into_id is not None:
            raise rules.NotThere(name=one.name)
    within_reach(programme, organizations)
    there = programme.sides.filter(withdrawn_on__isnull=True, organization__in=organizations)
    already = there.select_related("organization").first()
    if already is not None:
        raise rules.AlreadyEnrolled(name=already.organization.name)
    made = ProgrammeSide.objects.bulk_create(
        ProgrammeSide(
            jurisdiction_id=programme.jurisdiction_id,
            programme=programme,
            organization=one,
            side=side,
            consent=consent,
            consent_on=told,
            capacity=capacity,
            enrolled_on=local_day(now),
        )
        for one in organizations
    )
    names = "、".join(one.name for one in organizations)
    record(
        actor=actor,
        verb="alliances.enrol",
        subject=programme,
        now=now,
        changes={side: ("", names), "count": ("", len(made))},
    )
    return made


@verb
def set_side(
    *,
    actor: Actor,
    side: ProgrammeSide,
    consent: str,
    now: datetime,
    consent_on: date | None = None,
    capacity: int | None = None,
) -> ProgrammeSide:
    """What a body said, and how many it can take.

    Raises `ConsentDay`, `RoomForOne`, `SideGone`, `Closed`, `Denied`.
    """
    side = _held_side(actor, side)
    if side.programme.shape == rules.ONE_TO_ONE and (capacity or 1) != 1:
        raise rules.RoomForOne
    before = {name: getattr(side, name) for name in ("consent", "consent_on", "capacity")}
    side.consent, side.consent_on, side.capacity = consent, _consent(consent, consent_on, now), capacity
    side.save(update_fields=list(before))
    changes = diff(before, side)
    if changes:
        changes["organization"] = (side.organization.name, side.organization.name)
        record(actor=actor, verb="alliances.set_side", subject=side.programme, now=now, changes=changes)
    return side


@verb
def withdraw_side(*, actor: Actor, side: ProgrammeSide, reason: str, now: datetime) -> None:
    """A body takes part no more. Raises `SidePaired`, `SideGone`, `NoReason`, `Closed`, `Denied`."""
    side = _held_side(actor, side)
    if not reason.strip():
        raise rules.NoReason
    body, today = side.organization, local_day(now)
    pairs = Pairing.objects.filter(programme=side.programme).exclude(until__lte=today)
    if pairs.filter(Q(giver=body) | Q(receiver=body)).exists():
        raise rules.SidePaired(name=body.name)
    side.withdrawn_on, side.withdrawn_reason = today, reason.strip()[:200]
    side.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    changes = {side.side: (body.name, ""), "reason": ("", side.withdrawn_reason)}
    record(actor=actor, verb="alliances.withdraw_side", subject=side.programme, now=now, changes=changes)


def _held_side(actor: Actor, side: ProgrammeSide) -> ProgrammeSide:
    """The side as it is now, under its programme's lock. Raises `SideGone`, `Closed`, `Denied`."""
    programme = held_open(actor, side.programme)
    held = ProgrammeSide.objects.select_related("organization").get(pk=side.pk)
    held.programme = programme
    if held.withdrawn_on is not None:
        raise rules.SideGone(name=held.organization.name)
    return held


def enrolled(programme: Programme, organization: Organization, side: str) -> None:
    """Raises `NotEnrolled`."""
    if not programme.sides.filter(withdrawn_on__isnull=True, organization=organization, side=side).exists():
        raise rules.NotEnrolled(name=organization.name, side=translate(rules.SIDES[side]), field=side)


@verb
def set_rule(
    *,
    actor: Actor,
    programme: Programme,
    giver: Organization,
    receiver: Organization,
    kind: str,
    reason: str,
    now: datetime,
) -> PairRule:
    """These two must be paired, or never may; a rule for the same two takes the place of the one before.

    Raises `NotEnrolled`, `NoReason`, `Closed`, `Denied`.
    """
    programme = held_open(actor, programme)
    if not reason.strip():
        raise rules.NoReason
    enrolled(programme, giver, rules.GIVER)
    enrolled(programme, receiver, rules.RECEIVER)
    made, _new = PairRule.objects.update_or_create(
        programme=programme,
        giver=giver,
        receiver=receiver,
        defaults={"jurisdiction_id": programme.jurisdiction_id, "kind": kind, "reason": reason.strip()[:200]},
    )
    changes = {kind: ("", f"{giver.name} – {receiver.name}"), "reason": ("", made.reason)}
    record(actor=actor, verb="alliances.set_rule", subject=programme, now=now, changes=changes)
    return made


@verb
def drop_rule(*, actor: Actor, rule: PairRule, now: datetime) -> None:
    """It holds no more. Raises `Closed`, `Denied`."""
    held_open(actor, rule.programme)
    changes = {rule.kind: (f"{rule.giver.name} – {rule.receiver.name}", "")}
    record(actor=actor, verb="alliances.drop_rule", subject=rule.programme, now=now, changes=changes)
    rule.delete()


@verb(constraints={"one_fact_of_a_day": rules.FactExists})
def state_fact(
    *,
    actor: Actor,
    organization: Organization,
    kind: str,
    day: date,
    source: str,
    now: datetime,
    partner: Organization | None = None,
    text: str = "",
    value: Decimal | None = None,
) -> PairFact:
    """One thing that a survey found about a body, for the office that asked; a body of another place too.

    Raises `WrongFact`, `UnknownIndustry`, `LaterFact`, `FactExists`, `Denied`.
    """
    require(actor, "alliances.write", Whole(actor.jurisdiction_id))
    if day > local_day(now):
        raise rules.LaterFact
    text = _checked_fact(kind, text, value, partner)
    made = PairFact.objects.create(
        jurisdiction_id=actor.jurisdiction_id,
        organization=organization,
        partner=partner if rules.FACTS[kind].partner else None,
        kind=kind,
        text=text,
        value=value,
        day=day,
        source=source.strip()[:120],
    )
    words = " ".join(filter(None, (partner.name if partner else "", text, "" if value is None else str(value))))
    changes = {kind: ("", f"{organization.name} {words} {day}".strip())}
    record(actor=actor, verb="alliances.state_fact", subject=made, now=now, changes=changes)
    return made


def _checked_fact(kind: str, text: str, value: Decimal | None, partner: Organization | None) -> str:
    """The text as it is kept. Raises `WrongFact`, `UnknownIndustry`."""
    known, text = rules.FACTS[kind], text.strip()[:60]
    name = translate(known.name)
    if known.partner and partner is None:
        raise rules.WrongFact(kind=name, needs=translate(rules.PARTNER), field="partner")
    if known.text and not text:
        raise rules.WrongFact(kind=name, needs=translate(known.text), field="text")
    if known.unit and value is None:
        raise rules.WrongFact(kind=name, needs=translate(rules.NUMBER), field="value")
    if kind == "industry":
        code = text.upper().lstrip("ABCDEFGHIJKLMNOPQRST").split(" ")[0]
        if not 2 <= len(code) <= 4 or not Industry.objects.filter(code=code).exists():
            raise rules.UnknownIndustry(code=text[:20])
        return code
    return text if known.text else ""


@verb
def drop_fact(*, actor: Actor, fact: PairFact, now: datetime) -> None:
    """It was written down by mistake. Raises `Denied`."""
    require(actor, "alliances.write", Whole(fact.jurisdiction_id))
    shown = "" if fact.value is None else str(fact.value)
    changes = {fact.kind: (f"{fact.organization.name} {fact.text} {shown} {fact.day}", "")}
    record(actor=actor, verb="alliances.drop_fact", subject=fact, now=now, changes=changes)
    fact.delete()
