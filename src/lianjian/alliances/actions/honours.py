"""Verbs of honours, and of agreements by which two bodies share what they bring about."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import BenefitAgreement, BenefitFigure, BenefitItem, Honour
from ..rules import honours as rules


@verb(constraints={"one_honour_of_a_day": rules.HonourExists})
def award_honour(
    *,
    actor: Actor,
    organization: Organization,
    title: str,
    level: str,
    awarded_by: str,
    awarded_on: date,
    document: str,
    now: datetime,
    person_name: str = "",
) -> Honour:
    """An honour as it was published. Raises `HonourExists`, `HonourLater`, `Denied`."""
    require(actor, "alliances.write", organization)
    if awarded_on > local_day(now):
        raise rules.HonourLater
    made = Honour.objects.create(
        jurisdiction_id=organization.jurisdiction_id,
        organization=organization,
        title=title.strip()[:80],
        level=level,
        awarded_by=awarded_by.strip()[:80],
        awarded_on=awarded_on,
        document=document.strip()[:120],
        person_name=person_name.strip()[:40],
    )
    changes = {"title": ("", made.title), "awarded_by": ("", made.awarded_by), "awarded_on": ("", awarded_on)}
    record(actor=actor, verb="alliances.award_honour", subject=made, now=now, changes=changes)
    return made


@verb
def withdraw_honour(*, actor: Actor, honour: Honour, on: date, reason: str, now: datetime) -> None:
    """It was taken back, or written down by mistake. Raises `HonourWithdrawn`, `WithdrawnTooEarly`, `ReasonMissing`."""
    require(actor, "alliances.write", honour.organization)
    held = Honour.objects.select_for_update(of=("self",)).get(pk=honour.pk)
    if held.withdrawn_on is not None:
        raise rules.HonourWithdrawn
    if not reason.strip():
        raise rules.ReasonMissing
    if not held.awarded_on <= on <= local_day(now):
        raise rules.WithdrawnTooEarly(since=held.awarded_on)
    held.withdrawn_on, held.withdrawn_reason = on, reason.strip()[:200]
    held.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    changes = {"withdrawn_on": ("", on), "reason": ("", held.withdrawn_reason)}
    record(actor=actor, verb="alliances.withdraw_honour", subject=held, now=now, changes=changes)


@verb(constraints={"one_agreement_per_title": rules.AgreementExists})
def sign_benefit(
    *,
    actor: Actor,
    first: Organization,
    second: Organization,
    title: str,
    document: str,
    signed_on: date,
    since: date,
    now: datetime,
    until: date | None = None,
) -> BenefitAgreement:
    """Two bodies share from `since` to the day before `until`; a matter of the first one's place.

    Raises `SameBody`, `AgreementEnds`, `AgreementExists`, `Denied`.
    """
    require(actor, "alliances.write", Whole(first.jurisdiction_id))
    if first.pk == second.pk:
        raise rules.SameBody
    if until is not None and until <= since:
        raise rules.AgreementEnds(since=since)
    made = BenefitAgreement.objects.create(
        jurisdiction_id=first.jurisdiction_id,
        first=first,
        second=second,
        title=title.strip()[:80],
        document=document.strip()[:120],
        signed_on=signed_on,
        since=since,
        until=until,
    )
    changes = {"title": ("", made.title), "first": ("", first.name), "second": ("", second.name)}
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
    first_share: int,
    second_share: int,
    now: datetime,
) -> BenefitItem:
    """What is shared and how, in basis points that make 10,000. Raises `SharesWrong`, `KindShared`, `AgreementOver`."""
    _standing(actor, agreement)
    rules.check_shares(first_share, second_share)
    made = BenefitItem.objects.create(
        jurisdiction_id=agreement.jurisdiction_id,
        agreement=agreement,
        kind=kind,
        first_share=first_share,
        second_share=second_share,
    )
    changes = {kind: ("", f"{first_share} : {second_share}")}
    record(actor=actor, verb="alliances.share_benefit", subject=agreement, now=now, changes=changes)
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
    """The number of a year, once for both sides. A correction keeps the old one beside it.

    Raises `YearOutside`, `NumberStands`, `NumberMissing`, `Denied`.
    """
    held = item.agreement
    require(actor, "alliances.write", Whole(held.jurisdiction_id))
    last = min(local_day(now).year, held.until.year if held.until else 9999)
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
    changes = {f"{item.kind} {year}": (old.value if old else "", value)}
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
