"""A claim: one side proposes, the other agrees, both hold to it, and who asked says how it went.

The database checks whose move it is and what is left (migration 0002); what is checked here first is checked for a
clear sentence only.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.urls import reverse

from lianjian.directory.models import Organization
from lianjian.events.actions import check_free
from lianjian.events.models import Venue
from lianjian.events.rules.bookings import BookingCounted, VenueBusy, VenueTaken
from lianjian.events.rules.meetings import VenueClosed
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.notices.actions import notify

from .. import rules
from ..models import Claim, ClaimStep, Item, Outcome
from ..queries.bookings import CLAIM
from ..queries.people import accounts_of

_PROPOSING = {
    "one_open_claim_of_a_body": rules.AlreadyProposed,
    "claim_of_an_open_item": rules.NotOffered,
    "claim_of_another_body": rules.OwnItem,
    "one_booking_of_a_body": rules.AlreadyProposed,
}
_MOVING = {
    "claim_of_what_is_left": rules.NotEnough,
    "one_booking_at_a_time": rules.DaysTaken,
    "one_booking_of_a_venue": VenueBusy,
    "counted_booking_stays": BookingCounted,
    "claim_step_in_order": rules.NotNow,
    "one_rating_of_a_claim": rules.RatedAlready,
    "claim_taken_back_with_a_reason": rules.ReasonNeeded,
}
_RECORDING = {
    "outcome_of_an_agreed_claim": rules.OutcomeTooEarly,
    "one_side_records_an_outcome": rules.OutcomeAlready,
}


def body_of(claim: Claim, side: str) -> Organization:
    """The body of a side."""
    return claim.item.organization if side == rules.OWNER else claim.organization


def standing(*bodies: Organization) -> None:
    """Raises `BodyIsOver`."""
    for body in bodies:
        if body.dissolved_on is not None or body.merged_into_id is not None:
            raise rules.BodyIsOver(name=body.name)


def _days(item: Item, since: date | None, until: date | None, today: date) -> None:
    """Raises `TimePast`, `DaysNeeded`, `DaysTurned`, `DaysOutside`, `DaysTaken`."""
    if item.until is not None and item.until < today:
        raise rules.TimePast(until=item.until)
    if item.by_day and (since is None or until is None):
        raise rules.DaysNeeded
    if since and until and until < since:
        raise rules.DaysTurned
    first, last = (
        item.since,
        min((day for day in (item.until, item.expires_on) if day is not None), default=None),
    )
    if item.by_day:
        first = max(first, today) if first is not None else today
    else:
        last = item.until
    asked = until or since
    if (since is not None and first is not None and since < first) or (
        asked is not None and last is not None and asked > last
    ):
        raise rules.DaysOutside(since=first or "…", until=last or "…")
    if item.by_day:
        held = item.claims.filter(
            state__in=[rules.AGREED, rules.FULFILLED], since__lte=until, until__gte=since
        )
        if held.exists():
            raise rules.DaysTaken


def check_days(actor: Actor, claim: Claim, venue: Venue | None, field: str = "since") -> None:
    """The venue is open on the days of the claim, and nothing else has it. Raises `VenueClosed`, `VenueTaken`."""
    if venue is None or claim.since is None or claim.until is None:
        return
    if venue.closed_on is not None and claim.until >= venue.closed_on:
        raise VenueClosed(name=venue.name, field=field)
    span = (day_end(claim.since - timedelta(days=1)), day_end(claim.until))
    try:
        check_free(actor, venue, [span], kind=CLAIM, record=claim.pk)
    except VenueTaken as taken:
        taken.field = field
        raise


@verb(constraints=_PROPOSING)
def propose(
    *,
    actor: Actor,
    item: Item,
    organization: Organization,
    now: datetime,
    side: str = rules.CLAIMANT,
    amount: Decimal = Decimal(1),
    since: date | None = None,
    until: date | None = None,
    words: str = "",
) -> Claim:
    """A body asks for (or answers) an item, or the item's owner asks a body. Nothing is promised yet.

    Raises `NotOffered`, `OwnItem`, `BodyIsOver`, `AmountPositive`, `NotEnough`, `TimePast`, `DaysNeeded`, `DaysTurned`,
    `DaysOutside`, `DaysTaken`,
    `VenueTaken`, `VenueClosed`, `AlreadyProposed`, `Denied`.
    """
    proposer = item.organization if side == rules.OWNER else organization
    require(actor, "lists.write", proposer)
    offered = Item.objects.offered(local_day(now)).filter(pk=item.pk)
    room = offered.values_list("capacity", "taken").first()
    if room is None:
        raise rules.NotOffered
    if organization.pk == item.organization_id:
        raise rules.OwnItem
    standing(organization)
    if not rules.SMALLEST <= amount <= rules.LARGEST:
        raise rules.AmountPositive
    capacity, taken = room
    if capacity is not None and amount > capacity - taken:
        raise rules.NotEnough
    _days(item, since, until, local_day(now))
    claim = Claim.objects.create(
        jurisdiction_id=proposer.jurisdiction_id,
        item=item,
        organization=organization,
        proposed_by=side,
        amount=amount,
        since=since,
        until=until,
        by_day=item.by_day,
        words=words.strip()[:300],
        proposed_at=now,
        proposed_by_name=actor.name[:80],
    )
    check_days(actor, claim, claim.item.venue)
    asked = f"{item.title} {organization.name} {rules.shown(amount, item.unit)}"
    record(actor=actor, verb="lists.propose", subject=claim, now=now, changes={"claim": ("", asked.strip())})
    _tell(actor, claim, "proposed", now)
    return claim


def _tell(actor: Actor, claim: Claim, what: str, now: datetime) -> None:
    """Say it to the accounts of both sides, but not to who acted. Titles are kept in the language of the house."""
    bodies = (claim.item.organization, claim.organization)
    users = dict.fromkeys(user for body in bodies for user in accounts_of(body) if user != actor.user_id)
    notify(
        actor=actor,
        user_ids=users,
        kind=f"lists.{what}",
        title=rules.TITLES[what] % {"item": claim.item.title},
        url=reverse("lists:claim", kwargs={"key": claim.key}),
        text=f"{claim.item.organization.name} – {claim.organization.name}",
        now=now,
    )


def _step(
    actor: Actor, claim: Claim, side: str, act: str, now: datetime, words: str = "", rating: int | None = None
) -> Claim:
    """Write the step of a side; the database moves the claim. Raises `NotYours`, `NotNow`, `Denied`."""
    require(actor, "lists.write", body_of(claim, side))
    claim.refresh_from_db(fields=["state", "agreed_at", "ended_at"])
    before = claim.state
    sides = rules.sides_of(rules.ACTS[act], before, claim.proposed_by, claim.item.kind)
    if not sides:
        raise rules.NotNow
    if side not in sides:
        raise rules.NotYours
    step = ClaimStep.objects.create(
        jurisdiction_id=body_of(claim, side).jurisdiction_id,
        claim=claim,
        side=side,
        act=act,
        at=now,
        by_name=actor.name[:80],
        words=words.strip()[:300],
        rating=rating,
    )
    claim.refresh_from_db(fields=["state", "agreed_at", "ended_at"])
    changes: dict[str, tuple[object, object]] = {"state": (before, claim.state)}
    changes |= {"words": ("", step.words)} if step.words else {}
    changes |= {"rating": ("", rating)} if rating else {}
    record(actor=actor, verb=f"lists.{act}", subject=step, now=now, changes=changes, note=str(claim.key))
    _tell(actor, claim, act, now)
    return claim


@verb(constraints=_MOVING)
def agree(*, actor: Actor, claim: Claim, side: str, now: datetime, words: str = "") -> Claim:
    """The side that was asked says yes, and what was asked is promised.

    Raises `NotOffered`, `BodyIsOver`, `NotEnough`, `DaysTaken`, `VenueClosed`, `VenueTaken`, `NotYours`, `NotNow`,
    `Denied`.
    """
    if not Item.objects.offered(local_day(now)).filter(pk=claim.item_id).exists():
        raise rules.NotOffered
    standing(claim.organization)
    check_days(actor, claim, claim.item.venue)
    return _step(actor, claim, side, "agree", now, words)


@verb(constraints=_MOVING)
def refuse(*, actor: Actor, claim: Claim, side: str, now: datetime, words: str) -> Claim:
    """The side that was asked says no, and why. Raises `ReasonNeeded`, `NotYours`, `NotNow`, `Denied`."""
    if not words.strip():
        raise rules.ReasonNeeded
    return _step(actor, claim, side, "refuse", now, words)


@verb(constraints=_MOVING)
def take_back(*, actor: Actor, claim: Claim, side: str, now: datetime, words: str = "") -> Claim:
    """A proposal is taken back by its side; what was agreed by either side, which says why. What was promised is free.

    Raises `ReasonNeeded`, `BookingCounted`, `NotYours`, `NotNow`, `Denied`.
    """
    if claim.state == rules.AGREED and not words.strip():
        raise rules.ReasonNeeded
    return _step(actor, claim, side, "take_back", now, words)


@verb(constraints=_MOVING)
def fulfil(*, actor: Actor, claim: Claim, side: str, now: datetime, words: str = "") -> Claim:
    """What was agreed is done; what comes back after use is free again. Raises `NotNow`, `Denied`."""
    return _step(actor, claim, side, "fulfil", now, words)


@verb(constraints=_MOVING)
def rate(*, actor: Actor, claim: Claim, side: str, rating: int, now: datetime, words: str = "") -> Claim:
    """The side that asked says how it went, 5 best.

    Raises `RatingUnknown`, `RatedAlready`, `NotYours`, `NotNow`, `Denied`.
    """
    if rating not in rules.RATINGS:
        raise rules.RatingUnknown
    return _step(actor, claim, side, "rate", now, words, rating)


@verb(constraints=_RECORDING)
def add_outcome(
    *,
    actor: Actor,
    claim: Claim,
    side: str,
    kind: str,
    amount: Decimal,
    on: date,
    now: datetime,
    unit: str = "",
    words: str = "",
) -> Outcome:
    """What came of it: yuan, persons, mu, or goods in their own `unit`.

    Raises `OutcomeTooEarly`, `OutcomeAlready`, `OutcomeDay`, `AmountPositive`, `WholePersons`, `UnitNeeded`, `Denied`.
    """
    body = body_of(claim, side)
    require(actor, "lists.write", body)
    if claim.state not in (rules.AGREED, rules.FULFILLED):
        raise rules.OutcomeTooEarly
    if amount < rules.SMALLEST:
        raise rules.AmountPositive
    if kind == "jobs" and amount != amount.to_integral():
        raise rules.WholePersons
    if on > local_day(now) or (claim.agreed_at is not None and on < local_day(claim.agreed_at)):
        raise rules.OutcomeDay
    unit = rules.OUTCOMES[kind][1] or unit.strip()[:10]
    if not unit:
        raise rules.UnitNeeded
    made = Outcome.objects.create(
        jurisdiction_id=body.jurisdiction_id,
        claim=claim,
        side=side,
        kind=kind,
        amount=amount,
        unit=unit,
        on=on,
        words=words.strip()[:200],
    )
    changes = {"outcome": ("", f"{kind} {rules.shown(amount, unit)} {made.words}".strip())}
    record(actor=actor, verb="lists.add_outcome", subject=made, now=now, changes=changes, note=str(claim.key))
    return made


@verb
def withdraw_outcome(*, actor: Actor, outcome: Outcome, reason: str, now: datetime) -> Outcome:
    """What was written down wrongly counts no more. Raises `ReasonNeeded`, `NotNow`, `Denied`."""
    require(actor, "lists.write", body_of(outcome.claim, outcome.side))
    if not reason.strip():
        raise rules.ReasonNeeded(field="reason")
    values = {"withdrawn_at": now, "withdrawn_reason": reason.strip()[:200]}
    if not Outcome.objects.filter(pk=outcome.pk, withdrawn_at__isnull=True).update(**values):
        raise rules.NotNow
    told = f"{outcome.kind} {rules.shown(outcome.amount, outcome.unit)}"
    changes = {"outcome": (told, ""), "reason": ("", values["withdrawn_reason"])}
    record(actor=actor, verb="lists.withdraw_outcome", subject=outcome, now=now, changes=changes)
    return outcome


def claims_stay(winner: Organization, loser: Organization) -> None:
    """Doubled records with open claims on one item, or between them, are not merged. Raises `ClaimsOpen`."""
    live = Claim.objects.filter(state__in=[rules.PROPOSED, rules.AGREED])
    both = live.filter(organization=loser, item__in=live.filter(organization=winner).values("item_id"))
    between = live.filter(organization=loser, item__organization=winner) | live.filter(
        organization=winner, item__organization=loser
    )
    if both.exists() or between.exists():
        raise rules.ClaimsOpen(winner=winner.name, loser=loser.name)


def end_proposals(actor: Actor, item: Item, now: datetime) -> None:
    """Part of ending an item: its owner says no to what others proposed, and takes back what it proposed itself."""
    for claim in item.claims.filter(state=rules.PROPOSED).select_related(
        "organization", "item__organization"
    ):
        act = "take_back" if claim.proposed_by == rules.OWNER else "refuse"
        _step(actor, claim, rules.OWNER, act, now, rules.ENDED_WORDS)
