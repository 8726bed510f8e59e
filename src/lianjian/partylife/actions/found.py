"""Members found in firms, and the branch that looks after them where they work."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record
from lianjian.jurisdictions.actions import share
from lianjian.jurisdictions.models import Share

from .. import rules
from ..models import FoundMember
from .found_duties import follow_found
from .people import person_for

SHARED_FOR = _("双联共管")
CHANGEABLE = (
    "enterprise",
    "enterprise_text",
    "home_branch",
    "home_branch_text",
    "joint_branch",
    "joint_branch_text",
    "found_on",
    "managed_on",
    "source",
    "note",
)
CONSTRAINTS = {"one_finding_per_person": rules.AlreadyFound, "managed_after_found": rules.ManagedBeforeFound}


def lend_to_home(actor: Actor, row: FoundMember, now: datetime) -> None:
    """Let the home branch's place read the finding and the person. Part of the caller's verb, which journals it."""
    home = row.home_branch
    if home is None or home.jurisdiction_id == row.jurisdiction_id:
        return
    for lent in (row, row.person):
        open_shares = Share.objects.filter(
            table=lent._meta.db_table, row_id=lent.pk, grantee_id=home.jurisdiction_id, until__isnull=True
        )
        if lent.jurisdiction_id == row.jurisdiction_id and not open_shares.exists():
            share(actor=actor, row=lent, grantee_id=home.jurisdiction_id, reason=SHARED_FOR, now=now)


def check_days(*, found_on: date, managed_on: date | None, today: date) -> None:
    """Raise `InTheFuture` or `ManagedBeforeFound`."""
    if found_on > today or (managed_on is not None and managed_on > today):
        raise rules.InTheFuture
    if managed_on is not None and managed_on < found_on:
        raise rules.ManagedBeforeFound(day=found_on)


@verb(constraints=CONSTRAINTS)
def record_found_member(
    *,
    actor: Actor,
    person: Person | str,
    enterprise: Organization | None,
    found_on: date,
    now: datetime,
    enterprise_text: str = "",
    home_branch: Organization | None = None,
    home_branch_text: str = "",
    joint_branch: Organization | None = None,
    joint_branch_text: str = "",
    managed_on: date | None = None,
    source: str = "search",
    note: str = "",
    jurisdiction_id: int | None = None,
) -> FoundMember:
    """Record a member who was found in a firm; with `managed_on`, taken up by the joint branch at once.

    `person` is a registered person or a name, which beside the same firm means the same person. Raises `AlreadyFound`,
    `InTheFuture`, `ManagedBeforeFound`, `JointBranchMissing`, `NameMissing`, `EnterpriseMissing`, `Denied`.
    """
    owner = enterprise.jurisdiction_id if enterprise is not None else jurisdiction_id or actor.jurisdiction_id
    require(actor, "partylife.write", enterprise if enterprise is not None else Whole(owner))
    check_days(found_on=found_on, managed_on=managed_on, today=local_day(now))
    if managed_on is not None and joint_branch is None and not joint_branch_text.strip():
        raise rules.JointBranchMissing
    who = person_for(
        person=person, enterprise=enterprise, enterprise_text=enterprise_text, jurisdiction_id=owner, now=now
    )
    made = FoundMember.objects.create(
        jurisdiction_id=owner,
        person=who,
        enterprise=enterprise,
        enterprise_text="" if enterprise is not None else enterprise_text.strip()[:120],
        home_branch=home_branch,
        home_branch_text="" if home_branch is not None else home_branch_text.strip()[:120],
        joint_branch=joint_branch,
        joint_branch_text="" if joint_branch is not None else joint_branch_text.strip()[:120],
        found_on=found_on,
        managed_on=managed_on,
        source=source,
        note=note.strip()[:300],
        recorded_by_name=actor.name[:80],
        recorded_at=now,
    )
    lend_to_home(actor, made, now)
    follow_found(actor, made, now, fresh=True)
    record(
        actor=actor,
        verb="partylife.record_found_member",
        subject=made,
        now=now,
        changes={"person": ("", who.name), "found_on": ("", found_on), "managed_on": ("", managed_on or "")},
    )
    return made


@verb(constraints=CONSTRAINTS)
def take_into_care(
    *,
    actor: Actor,
    found: FoundMember,
    managed_on: date,
    now: datetime,
    joint_branch: Organization | None = None,
    joint_branch_text: str = "",
) -> FoundMember:
    """The joint branch takes the member up beside his home branch; both see the one record, counted once.

    Raises `AlreadyManaged`, `JointBranchMissing`, `ManagedBeforeFound`, `InTheFuture`, `Ended`, `Denied`.
    """
    _require(actor, found)
    if found.managed_on is not None:
        raise rules.AlreadyManaged(day=found.managed_on)
    before = {"managed_on": None, "joint": found.joint}
    if joint_branch is not None or joint_branch_text.strip():
        found.joint_branch = joint_branch
        found.joint_branch_text = "" if joint_branch is not None else joint_branch_text.strip()[:120]
    if not found.joint:
        raise rules.JointBranchMissing
    check_days(found_on=found.found_on, managed_on=managed_on, today=local_day(now))
    found.managed_on = managed_on
    found.save(update_fields=["joint_branch", "joint_branch_text", "managed_on"])
    lend_to_home(actor, found, now)
    follow_found(actor, found, now)
    record(actor=actor, verb="partylife.take_into_care", subject=found, now=now, changes=diff(before, found))
    return found


@verb(constraints=CONSTRAINTS)
def change_found_member(*, actor: Actor, found: FoundMember, now: datetime, **changes: Any) -> FoundMember:
    """Mend what was recorded. Raises `InTheFuture`, `ManagedBeforeFound`, `JointBranchMissing`, `Ended`, `Denied`."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    _require(actor, found)
    before = {field: getattr(found, field) for field in changes}
    for field, value in changes.items():
        setattr(found, field, value)
    if not found.where:
        raise rules.EnterpriseMissing
    if found.managed_on is not None and not found.joint:
        raise rules.JointBranchMissing
    check_days(found_on=found.found_on, managed_on=found.managed_on, today=local_day(now))
    changed = diff(before, found)
    if changed:
        found.save(update_fields=list(changed))
        lend_to_home(actor, found, now)
        follow_found(actor, found, now)
        record(actor=actor, verb="partylife.change_found_member", subject=found, now=now, changes=changed)
    return found


@verb
def withdraw_found_member(*, actor: Actor, found: FoundMember, reason: str, now: datetime) -> None:
    """Take back a finding recorded by mistake: it stays readable and is counted nowhere."""
    _require(actor, found)
    if not reason.strip():
        raise rules.ReasonMissing
    found.withdrawn_at, found.withdrawn_reason = now, reason.strip()[:200]
    found.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    follow_found(actor, found, now)
    record(
        actor=actor,
        verb="partylife.withdraw_found_member",
        subject=found,
        now=now,
        changes={"withdrawn_reason": ("", found.withdrawn_reason)},
    )


def _require(actor: Actor, found: FoundMember) -> None:
    """Who writes party records where the member works; nothing is done to a withdrawn record."""
    place = found.enterprise if found.enterprise is not None else Whole(found.jurisdiction_id)
    require(actor, "partylife.write", place)
    if found.withdrawn_at is not None:
        raise rules.Ended
