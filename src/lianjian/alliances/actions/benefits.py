"""Verbs of agreements by which several parties share what they bring about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import BenefitAgreement, BenefitFigure, BenefitItem, BenefitParty, BenefitPayout, BenefitShare
from ..rules import benefits as rules


@dataclass(frozen=True)
class Signer:
    """One who signs: a body, or farmers described together (`group`), never by name."""

    side: str
    organization: Organization | None = None
    group: str = ""

    @property
    def words(self) -> str:
        """The party in words."""
        return self.organization.name if self.organization is not None else self.group.strip()


def _check(parties: Sequence[Signer]) -> Organization:
    """The first body among them. Raises `TooFewParties`, `PartyUnclear`, `SameBody`, `NobodyOfRecord`."""
    if not 2 <= len(parties) <= rules.MOST_PARTIES:
        raise rules.TooFewParties(most=rules.MOST_PARTIES)
    for one in parties:
        farmers = one.organization is None and bool(one.group.strip()) and one.side == rules.FARMERS
        body = one.organization is not None and not one.group.strip()
        if one.side not in rules.SIDES or farmers == body:
            raise rules.PartyUnclear
    bodies = [one.organization for one in parties if one.organization is not None]
    if len({body.pk for body in bodies}) < len(bodies):
        raise rules.SameBody
    if not bodies:
        raise rules.NobodyOfRecord
    return bodies[0]


def _writes(actor: Actor, place: int) -> bool:
    """Whether `require` would let the actor write there."""
    return actor.may("alliances.write", Whole(place)) and (actor.user_id is None or place in actor.writable)


@verb(constraints={"one_agreement_per_title": rules.AgreementExists, "each_body_is_one_party": rules.SameBody})
def sign_benefit(
    *,
    actor: Actor,
    parties: Sequence[Signer],
    title: str,
    document: str,
    signed_on: date,
    since: date,
    now: datetime,
    until: date | None = None,
) -> BenefitAgreement:
    """Parties share from `since` to the day before `until`; a matter of the first body's place.

    Raises `TooFewParties`, `PartyUnclear`, `SameBody`, `NobodyOfRecord`, `FirstElsewhere`, `AgreementEnds`,
    `AgreementExists`, `Denied`.
    """
    first = _check(parties)
    owner = first.jurisdiction_id
    home = actor.jurisdiction_id
    if owner != home and actor.may("alliances.write", Whole(home)) and not _writes(actor, owner):
        raise rules.FirstElsewhere(name=first.name)
    require(actor, "alliances.write", Whole(owner))
    if until is not None and until <= since:
        raise rules.AgreementEnds(since=since)
    made = BenefitAgreement.objects.create(
        jurisdiction_id=owner,
        title=title.strip()[:80],
        document=document.strip()[:120],
        signed_on=signed_on,
        since=since,
        until=until,
    )
    for number, one in enumerate(parties, 1):
        BenefitParty.objects.create(
            jurisdiction_id=owner,
            agreement=made,
            number=number,
            side=one.side,
            organization=one.organization,
            group=one.group.strip()[:80],
        )
    changes = {"title": ("", made.title), "parties": ("", "、".join(one.words for one in parties))}
    record(actor=actor, verb="alliances.sign_benefit", subject=made, now=now, changes=changes)
    return made


def _standing(actor: Actor, agreement: BenefitAgreement) -> BenefitAgreement:
    """Raises `AgreementOver`, `Denied`."""
    require(actor, "alliances.write", Whole(agreement.jurisdiction_id))
    held: BenefitAgreement = BenefitAgreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if held.end_reason:
        raise rules.AgreementOver
    return held


@verb(constraints={"one_share_of_a_kind": rules.KindShared})
def share_benefit(
    *,
    actor: Actor,
    agreement: BenefitAgreement,
    kind: str,
    shares: Mapping[int, int],
    now: datetime,
    name: str = "",
    unit: str = "",
) -> BenefitItem:
    """What is shared and how: basis points by the number of each party, 10,000 together.

    Raises `SharesMissing`, `SharesWrong`, `WordsMissing`, `KindShared`, `AgreementOver`, `Denied`.
    """
    held = _standing(actor, agreement)
    own = kind == rules.OTHER
    if own and not (name.strip() and unit.strip()):
        raise rules.WordsMissing
    parties = list(held.parties.order_by("number"))
    if {one.number for one in parties} != set(shares):
        raise rules.SharesMissing
    rules.check_shares([shares[one.number] for one in parties])
    owner = held.jurisdiction_id
    made = BenefitItem.objects.create(
        jurisdiction_id=owner,
        agreement=held,
        kind=kind,
        name=name.strip()[:30] if own else "",
        unit=unit.strip()[:10] if own else "",
    )
    BenefitShare.objects.bulk_create(
        BenefitShare(jurisdiction_id=owner, item=made, party=one, points=shares[one.number]) for one in parties
    )
    words = " : ".join(str(shares[one.number]) for one in parties)
    changes = {made.name or kind: ("", words)}
    record(actor=actor, verb="alliances.share_benefit", subject=held, now=now, changes=changes)
    return made


@verb(constraints={"one_benefit_of_a_year": rules.NumberStands})
def state_benefit(
    *,
    actor: Actor,
    item: BenefitItem,
    year: int,
    value: Decimal,
    source: str,
    now: datetime,
    correction: bool = False,
) -> BenefitFigure:
    """The number of a year, once for all parties. A correction keeps the old one beside it.

    Raises `YearOutside`, `NumberStands`, `NumberMissing`, `Denied`.
    """
    held = item.agreement
    require(actor, "alliances.write", Whole(held.jurisdiction_id))
    last = min(local_day(now), held.until - timedelta(days=1) if held.until else date.max).year
    if not held.since.year <= year <= last:
        raise rules.YearOutside
    BenefitItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    old = item.figures.filter(year=year, replaced_at__isnull=True).first()
    if old is not None and not correction:
        raise rules.NumberStands(year=year)
    if old is None and correction:
        raise rules.NumberMissing
    if old is not None:
        old.replaced_at = now
        old.save(update_fields=["replaced_at"])
    made = BenefitFigure.objects.create(
        jurisdiction_id=held.jurisdiction_id,
        item=item,
        year=year,
        value=value,
        source=source.strip()[:120],
        stated_by=actor.name[:80],
        stated_at=now,
    )
    changes = {f"{item.name or item.kind} {year}": (old.value if old else "", value)}
    record(actor=actor, verb="alliances.state_benefit", subject=held, now=now, changes=changes)
    return made


@verb
def end_benefit(
    *, actor: Actor, agreement: BenefitAgreement, until: date, reason: str, now: datetime
) -> None:
    """It holds no more from `until`. Raises `AgreementOver`, `AgreementEnds`, `ReasonMissing`, `Denied`."""
    held = _standing(actor, agreement)
    if not reason.strip():
        raise rules.ReasonMissing
    if until <= held.since:
        raise rules.AgreementEnds(since=held.since)
    before = held.until
    held.until, held.end_reason = until, reason.strip()[:200]
    held.save(update_fields=["until", "end_reason"])
    changes = {"until": (before or "", until), "reason": ("", held.end_reason)}
    record(actor=actor, verb="alliances.end_benefit", subject=held, now=now, changes=changes)


@verb
def pay_benefit(
    *,
    actor: Actor,
    item: BenefitItem,
    party: BenefitParty,
    on: date,
    amount: Decimal,
    source: str,
    now: datetime,
) -> BenefitPayout:
    """A party was paid its part, or some of it; also after the agreement ended.

    Raises `NoParty`, `NotMoney`, `NothingPaid`, `PayoutOutside`, `Denied`.
    """
    held = item.agreement
    require(actor, "alliances.write", Whole(held.jurisdiction_id))
    if party.agreement_id != held.pk:
        raise rules.NoParty
    if not rules.in_yuan(item.kind, item.unit):
        raise rules.NotMoney
    if amount <= 0:
        raise rules.NothingPaid
    if not held.since <= on <= local_day(now):
        raise rules.PayoutOutside(since=held.since)
    made = BenefitPayout.objects.create(
        jurisdiction_id=held.jurisdiction_id,
        item=item,
        party=party,
        on=on,
        amount=amount,
        source=source.strip()[:120],
        stated_by=actor.name[:80],
        stated_at=now,
    )
    changes = {f"{item.name or item.kind} {on}": ("", f"{party} {amount}")}
    record(actor=actor, verb="alliances.pay_benefit", subject=held, now=now, changes=changes)
    return made


@verb
def strike_payout(*, actor: Actor, payout: BenefitPayout, reason: str, now: datetime) -> None:
    """It was written down by mistake and counts no more. Raises `PayoutStruck`, `ReasonMissing`, `Denied`."""
    require(actor, "alliances.write", Whole(payout.jurisdiction_id))
    held = BenefitPayout.objects.select_for_update(of=("self",)).get(pk=payout.pk)
    if held.struck_at is not None:
        raise rules.PayoutStruck
    if not reason.strip():
        raise rules.ReasonMissing
    held.struck_at, held.struck_reason = now, reason.strip()[:200]
    held.save(update_fields=["struck_at", "struck_reason"])
    changes = {f"{held.on}": (f"{held.party} {held.amount}", ""), "reason": ("", held.struck_reason)}
    agreement = held.item.agreement
    record(actor=actor, verb="alliances.strike_payout", subject=agreement, now=now, changes=changes)


def parties_stay(winner: Organization, loser: Organization) -> None:
    """Two parties of one agreement do not become one: its shares would be nobody's. Raises `BothParties`."""
    own = BenefitParty.objects.filter(organization=winner).values("agreement")
    both = BenefitParty.objects.filter(organization=loser, agreement__in=own).select_related("agreement").first()
    if both is not None:
        raise rules.BothParties(title=both.agreement.title)
