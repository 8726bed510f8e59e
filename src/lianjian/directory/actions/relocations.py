"""Verbs of villages that move to a settlement, and of cadres posted to villages."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from lianjian.foundation.actor import Actor
from lianjian.foundation.rights import require, require_in
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Membership, Organization, Person, Relocation
from ..rules import relocations as rules
from ..rules.tags import BeforeFounded, DocumentMissing, EndsBefore, EndsEarlier, ReasonNeeded
from .organizations import living
from .people import AlreadyHolds


def _village(organization: Organization) -> None:
    if organization.classification != rules.FROM:
        raise rules.NotAVillage(name=organization.name)


@verb(constraints={"one_relocation_of_a_day": rules.RelocationExists})
def relocate_village(
    *,
    actor: Actor,
    village: Organization,
    settlement: Organization,
    since: date,
    households: int,
    residents: int,
    document: str,
    now: datetime,
    whole: bool = False,
) -> Relocation:
    """Households of a village moved to a settlement on a day. The village's place writes it.

    Raises `NotAVillage`, `NotASettlement`, `SamePlace`, `HouseholdsWrong`, `RelocationExists`, `BeforeFounded`,
    `DocumentMissing`, `Denied`. A village that was dissolved because all of it moved may still be written down.
    """
    require(actor, "directory.write", village)
    _village(village)
    living(settlement)
    if village.pk == settlement.pk:
        raise rules.SamePlace
    if settlement.classification not in rules.INTO:
        raise rules.NotASettlement(name=settlement.name)
    if settlement.founded_on is not None and since < settlement.founded_on:
        raise BeforeFounded(name=settlement.name, day=settlement.founded_on)
    if not 1 <= households <= residents:
        raise rules.HouseholdsWrong
    if not document.strip():
        raise DocumentMissing
    made = Relocation.objects.create(
        jurisdiction_id=village.jurisdiction_id,
        village=village,
        settlement=settlement,
        since=since,
        households=households,
        residents=residents,
        whole=whole,
        document=document.strip()[:120],
    )
    changes = {
        "settlement": ("", settlement.name),
        "since": ("", since),
        "households": ("", households),
        "residents": ("", residents),
    }
    record(actor=actor, verb="directory.relocate_village", subject=village, now=now, changes=changes)
    return made


@verb
def end_relocation(*, actor: Actor, relocation: Relocation, until: date, reason: str, now: datetime) -> None:
    """They no longer live there from `until` on. Raises `EndsBefore`, `EndsEarlier`, `ReasonNeeded`, `Denied`."""
    require(actor, "directory.write", relocation.village)
    if not reason.strip():
        raise ReasonNeeded
    if until <= relocation.since:
        raise EndsBefore(since=relocation.since)
    held = Relocation.objects.select_for_update(of=("self",)).get(pk=relocation.pk)
    if held.until is not None and held.until < until:
        raise EndsEarlier(until=held.until)
    before, held.until = held.until, until
    held.save(update_fields=["until"])
    changes = {
        "settlement": (relocation.settlement.name, ""),
        "until": (before, until),
        "reason": ("", reason.strip()[:200]),
    }
    record(actor=actor, verb="directory.end_relocation", subject=relocation.village, now=now, changes=changes)


@verb
def drop_relocation(*, actor: Actor, relocation: Relocation, reason: str, now: datetime) -> None:
    """It was written down by mistake; the journal keeps it. Raises `ReasonNeeded`, `Denied`."""
    require(actor, "directory.write", relocation.village)
    if not reason.strip():
        raise ReasonNeeded
    village, place = relocation.village, relocation.settlement
    words = f"{place.name} {relocation.since} {relocation.households}/{relocation.residents} {relocation.document}"
    relocation.delete()
    changes = {"settlement": (words, ""), "reason": ("", reason.strip()[:200])}
    record(actor=actor, verb="directory.drop_relocation", subject=village, now=now, changes=changes)


@verb(
    constraints={
        "one_village_posting_at_a_time": rules.PostedMeanwhile,
        "one_membership_of_a_role_at_a_time": AlreadyHolds,
    }
)
def post_cadre(
    *,
    actor: Actor,
    person: Person,
    village: Organization,
    sent_by: Organization,
    since: date,
    now: datetime,
    until: date | None = None,
    task: str = "",
) -> Membership:
    """A body posts one of its people to a village (驻村) from `since`; in one village at a time.

    Raises `NotAVillage`, `SenderIsVillage`, `PostedElsewhere`, `EndsBefore`, `Denied`. It ends as a membership does.
    """
    require_in(actor, "people.write", person.jurisdiction_id)
    living(village)
    _village(village)
    if sent_by.pk == village.pk:
        raise rules.SenderIsVillage
    if until is not None and until <= since:
        raise EndsBefore(since=since)
    others = person.memberships.filter(Q(until__isnull=True) | Q(until__gt=since), role=Membership.POSTED)
    if until is not None:
        others = others.filter(since__lt=until)
    other = others.select_related("organization").order_by("since").first()
    if other is not None:
        raise rules.PostedElsewhere(name=person.name, village=other.organization.name, since=other.since)
    made = Membership.objects.create(
        jurisdiction_id=person.jurisdiction_id,
        person=person,
        organization=village,
        role=Membership.POSTED,
        since=since,
        until=until,
        sent_by=sent_by,
        details={"task": task.strip()[:200]} if task.strip() else {},
    )
    changes = {"posted": ("", f"{village.name} {since}"), "sent_by": ("", sent_by.name)}
    record(actor=actor, verb="directory.post_cadre", subject=person, now=now, changes=changes)
    return made
