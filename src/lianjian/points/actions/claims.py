"""Claims: filed for one or many accounts, seen, taken back, refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.looks import show_date
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record, record_bulk

from ..models import WRITE, Account, Claim, Edition, Item, Scheme
from ..rules import points as rules
from ..rules import refused
from .schemes import hold_scheme, own_meeting, said


def edition_on(scheme: Scheme, day: date) -> Edition:
    """The edition in force on a day. Raises `NoEdition`."""
    rows = Edition.objects.filter(scheme=scheme, withdrawn_on__isnull=True, starts_on__lte=day)
    found: Edition | None = rows.order_by("-starts_on").first()
    if found is None:
        raise refused.NoEdition(day=show_date(day))
    return found


def known_accounts(scheme: Scheme) -> list[rules.Known]:
    """Open accounts as people name them, by number."""
    rows = Account.objects.filter(scheme=scheme, closed_on__isnull=True).order_by("number")
    return [rules.Known(*one) for one in rows.values_list("pk", "number", "name", "group")]


@verb
def file_claims(
    *,
    actor: Actor,
    scheme: Scheme,
    item: str,
    accounts: str,
    on: date,
    proof: str,
    now: datetime,
    times: int = 1,
    meeting: Meeting | None = None,
) -> list[Claim]:
    """What accounts did on a day, each `times` over; `accounts`: one a line, by number or name.

    Points are those of the edition in force that day. Raises `NoEdition`, `ItemUnknown`, `TimesOutside`,
    `ProofMissing`, `ClaimStands`, `NotItsMeeting`, `FutureDay`, `SchemeEnded`, `Denied` and what `rules.resolve`
    raises.
    """
    require(actor, WRITE, scheme.organization)
    held, day = hold_scheme(scheme, standing=True), local_day(now)
    if on > day:
        raise refused.FutureDay(field="on")
    if not 1 <= times <= rules.MOST_TIMES:
        raise refused.TimesOutside
    words = said(proof, refused.ProofMissing)
    thing = Item.objects.filter(edition=edition_on(held, on), name=item).first()
    if thing is None:
        raise refused.ItemUnknown(day=show_date(on))
    found = rules.resolve(accounts, known_accounts(held))
    there = Claim.objects.filter(account__in=[one.pk for one in found], item=thing, on=on)
    twice = there.exclude(state__in=rules.GONE).order_by("account__number").values_list("account__name").first()
    if twice is not None:
        raise refused.ClaimStands(name=twice[0])
    own = own_meeting(held, meeting)
    made = [
        Claim(
            jurisdiction_id=held.jurisdiction_id,
            scheme=held,
            account_id=one.pk,
            item=thing,
            on=on,
            times=times,
            points=thing.points * times,
            proof=words,
            meeting=own,
            filed_on=day,
        )
        for one in found
    ]
    Claim.objects.bulk_create(made)
    record_bulk(
        actor=actor, verb="points.file_claims", subject=held, rows={"points.claim": [one.pk for one in made]}, now=now
    )
    return made


def held_claim(claim: Claim, *states: str) -> Claim:
    """The row as it stands, after its scheme was locked; it must be at one of these steps. Raises `ClaimMoved`."""
    hold_scheme(claim.scheme)
    rows = Claim.objects.select_for_update(of=("self",)).select_related("account", "review", "scheme__organization")
    found: Claim = rows.get(pk=claim.pk)
    if found.state not in states:
        raise refused.ClaimMoved(state=translate(rules.CLAIM_STATES[found.state]))
    return found


@verb
def check_claims(
    *, actor: Actor, scheme: Scheme, claims: Sequence[UUID], by: str, now: datetime, on: date | None = None
) -> QuerySet[Claim]:
    """Somebody looked at the proof of these on a day (today); those that wait for it no more are passed over.

    Raises `NobodyTicked`, `FutureDay`, `DayBefore`, `Denied`.
    """
    require(actor, WRITE, scheme.organization)
    held = hold_scheme(scheme)
    rows = Claim.objects.filter(scheme=held, key__in=list(claims), state=rules.FILED)
    seen = dict(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", "on"))
    if not seen:
        raise refused.NobodyTicked
    day = on or local_day(now)
    if day > local_day(now):
        raise refused.FutureDay(field="on")
    if day < max(seen.values()):
        raise refused.DayBefore(field="on", day=show_date(max(seen.values())))
    found = list(seen)
    fresh: QuerySet[Claim] = Claim.objects.filter(pk__in=found)
    fresh.update(state=rules.CHECKED, checked_on=day, checked_by=by.strip()[:80])
    record_bulk(actor=actor, verb="points.check_claims", subject=held, rows={"points.claim": found}, now=now)
    return fresh


@verb
def withdraw_claim(*, actor: Actor, claim: Claim, reason: str, now: datetime) -> Claim:
    """Taken back before it is reviewed. Raises `ReasonMissing`, `ClaimMoved`, `Denied`."""
    require(actor, WRITE, claim.scheme.organization)
    held = held_claim(claim, rules.FILED, rules.CHECKED)
    return _gone(actor, held, rules.WITHDRAWN, "withdraw_claim", reason, now)


@verb
def refuse_claim(*, actor: Actor, claim: Claim, reason: str, now: datetime) -> Claim:
    """An objection was right, or the proof does not hold: it leaves the review. Raises as `withdraw_claim`."""
    require(actor, WRITE, claim.scheme.organization)
    held = held_claim(claim, rules.REVIEWED)
    return _gone(actor, held, rules.REFUSED, "refuse_claim", reason, now)


def _gone(actor: Actor, held: Claim, state: str, verb_: str, reason: str, now: datetime) -> Claim:
    before, held.state, held.reason = held.state, state, said(reason, refused.ReasonMissing)
    held.save(update_fields=["state", "reason"])
    # A reason may name people: not in the journal.
    record(actor=actor, verb=f"points.{verb_}", subject=held, now=now, changes={"state": (before, state)})
    return held
