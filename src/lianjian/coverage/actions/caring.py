"""Tiers with their visits, leaders of firms, goals on the way to an own branch."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from lianjian.directory.models import Membership, Organization, Person
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import FirmTier, Goal, Interval
from ..queries.effective import with_stage
from ..queries.enterprises import enterprises
from .covering import ONE_ROLE, check_enterprise, replace
from .people import check_band, person_of

RIGHT = "coverage.write"


@verb(constraints={"one_interval_of_a_tier": rules.SetMeanwhile})
def set_interval(*, actor: Actor, tier: str, days: int, since: date, now: datetime) -> Interval:
    """Say how many days may lie between two visits to the firms of a tier, in the actor's own place.

    Raises `UnknownChoice`, `BadInterval`, `BeginsTooEarly`, `SetMeanwhile`, `Denied`.
    """
    home = actor.jurisdiction_id
    require(actor, RIGHT, Whole(home))
    if tier not in rules.TIERS:
        raise rules.UnknownChoice(value=tier)
    if not 1 <= days <= 366:
        raise rules.BadInterval
    old = replace(Interval.objects.filter(jurisdiction_id=home, tier=tier), since)
    made = Interval.objects.create(jurisdiction_id=home, tier=tier, days=days, since=since)
    changes = {tier: (old.days if old else rules.INTERVALS[tier], days), "since": ("", since)}
    record(actor=actor, verb="coverage.set_interval", subject=made, now=now, changes=changes)
    return made


@verb(constraints={"one_tier_at_a_time": rules.SetMeanwhile})
def set_tier(
    *, actor: Actor, enterprise: Organization, tier: str, reason: str, since: date, now: datetime
) -> FirmTier | None:
    """Give a firm its tier from a day on, with the reason; an empty tier lets it follow from size and needs again.

    Raises `NotAnEnterprise`, `StandsNoLonger`, `UnknownChoice`, `ReasonMissing`, `BeginsTooEarly`,
    `SetMeanwhile`, `Denied`.
    """
    require(actor, RIGHT, enterprise)
    check_enterprise(enterprise)
    words = reason.strip()[:200]
    if tier and tier not in rules.TIERS:
        raise rules.UnknownChoice(value=tier)
    if not words:
        raise rules.ReasonMissing
    old = replace(FirmTier.objects.filter(organization=enterprise), since)
    made = None
    if tier:
        made = FirmTier.objects.create(
            jurisdiction_id=enterprise.jurisdiction_id, organization=enterprise, tier=tier, reason=words, since=since
        )
    changes = {"tier": (old.tier if old else "", f"{tier} {since} {words}".strip())}
    record(actor=actor, verb="coverage.set_tier", subject=enterprise, now=now, changes=changes)
    return made


@verb
def assign_leader(
    *,
    actor: Actor,
    enterprise: Organization,
    person: Person | str,
    role: str,
    since: date,
    now: datetime,
    band: str = "",
) -> Membership:
    """A leader keeps in touch with a firm (班子成员联系), answers for it (包保), or a cadre is sent to help it.

    Several may keep in touch; one answers: whoever did before ends that day. `person` is a person or a name of the
    firm's place, `band` that of a posted cadre's rank (`rules.BANDS`). Raises `NotAnEnterprise`, `StandsNoLonger`,
    `UnknownChoice`, `BandOfCadres`, `AlreadyLeads`, `LeadsUntil`, `BeginsTooEarly`, `SeveralPeople`, `Denied`.
    """
    require(actor, RIGHT, enterprise)
    check_enterprise(enterprise)
    if role not in rules.LEADERS:
        raise rules.UnknownChoice(value=role)
    check_band(band)
    if band and role != rules.RESIDENT:
        raise rules.BandOfCadres
    who = person_of(person, enterprise.jurisdiction_id, role=role, now=now)
    held = Membership.objects.filter(organization=enterprise, role=role).select_related("person")
    held = held.filter(Q(until__isnull=True) | Q(until__gt=since))
    mine = held.filter(person=who).order_by("since").first()
    if mine is not None and mine.until is not None:
        raise rules.LeadsUntil(name=who.name, until=mine.until)
    if mine is not None:
        raise rules.AlreadyLeads(name=who.name, since=mine.since)
    old = replace(held, since) if role == rules.GUARANTEE else None
    made = Membership.objects.create(
        jurisdiction_id=who.jurisdiction_id, person=who, organization=enterprise, role=role, since=since,
        details={"band": band} if band else {},
    )  # fmt: skip
    changes = {role: (old.person.name if old else "", f"{who.name} {since}")}
    record(actor=actor, verb="coverage.assign_leader", subject=enterprise, now=now, changes=changes)
    return made


@verb
def set_band(*, actor: Actor, membership: Membership, band: str, now: datetime) -> None:
    """Say in which band the rank of a posted cadre lies (`rules.BANDS`), or that it is not told (empty).

    Raises `UnknownChoice`, `BandOfCadres`, `Denied`.
    """
    require(actor, RIGHT, membership.organization)
    check_band(band)
    if membership.role not in rules.POSTED:
        raise rules.BandOfCadres
    before = membership.details.get("band", "")
    membership.details = {**membership.details, "band": band}
    membership.save(update_fields=["details"])
    changes = {"band": (before, band)}
    record(actor=actor, verb="coverage.set_band", subject=membership.organization, now=now, changes=changes)


@verb(constraints=ONE_ROLE)
def end_leader(*, actor: Actor, membership: Membership, until: date, now: datetime) -> None:
    """A leader is no longer responsible for a firm from `until` on. Raises `EndsTooEarly`, `Overlaps`, `Denied`."""
    require(actor, RIGHT, membership.organization)
    if until <= membership.since:
        raise rules.EndsTooEarly(since=membership.since)
    membership.until = until
    membership.save(update_fields=["until"])
    changes = {membership.role: (membership.person.name, f"-{until}")}
    record(actor=actor, verb="coverage.end_leader", subject=membership.organization, now=now, changes=changes)


@verb(constraints={"one_goal_at_a_time": rules.SetMeanwhile})
def set_goal(
    *, actor: Actor, enterprise: Organization, target: str, due_on: date, step: str, since: date, now: datetime
) -> Goal:
    """Say where a firm's party organization is to be by a day, and the next step; the goal before ends that day.

    Raises `NotAnEnterprise`, `StandsNoLonger`, `UnknownChoice`, `NotFurther`, `EndsTooEarly`, `BeginsTooEarly`,
    `SetMeanwhile`, `ReasonMissing`, `Denied`.
    """
    require(actor, RIGHT, enterprise)
    check_enterprise(enterprise)
    order = list(rules.STAGES)
    if target not in order[1:]:
        raise rules.UnknownChoice(value=target, field="target")
    words = step.strip()[:200]
    if not words:
        raise rules.ReasonMissing(field="step")
    if due_on <= since:
        raise rules.EndsTooEarly(since=since, field="due_on")
    rows = with_stage(enterprises(actor, None, rules.COVERABLE)).filter(pk=enterprise.pk)
    stage = rows.values_list("stage", flat=True).first() or order[0]
    if stage in order and order.index(target) <= order.index(stage):
        raise rules.NotFurther(stage=rules.word(rules.STAGES[stage][0]))
    old = replace(Goal.objects.filter(organization=enterprise), since)
    made = Goal.objects.create(
        jurisdiction_id=enterprise.jurisdiction_id,
        organization=enterprise,
        target=target,
        due_on=due_on,
        step=words,
        since=since,
        set_by=actor.name[:80],
    )
    changes = {"target": (old.target if old else "", target), "due_on": ("", due_on), "step": ("", words)}
    record(actor=actor, verb="coverage.set_goal", subject=enterprise, now=now, changes=changes)
    return made
