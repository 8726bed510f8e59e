"""What goes with a member who leaves a branch, and which places still read him. Parts of the verbs that call them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from lianjian.directory.models import Organization
from lianjian.duties.actions import close_duties, open_duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.jobs import enqueue
from lianjian.jurisdictions.actions import share, unshare
from lianjian.jurisdictions.models import Share

from .. import rules
from ..models import (
    Absence,
    BranchMembership,
    FoundMember,
    MemberExemption,
    PartyMember,
    StandingDecision,
    Transfer,
)
from ..rules import moves


def lend(actor: Actor, row: Any, grantee_id: int, reason: str, now: datetime) -> None:
    """Let a place read a row of one's own, once."""
    lent = Share.objects.filter(
        jurisdiction_id=row.jurisdiction_id, table=row._meta.db_table, row_id=row.pk, grantee_id=grantee_id,
        until__isnull=True,
    )  # fmt: skip
    if row.jurisdiction_id in actor.writable and row.jurisdiction_id != grantee_id and not lent.exists():
        share(actor=actor, row=row, grantee_id=grantee_id, reason=reason, now=now)


def read_no_more(actor: Actor, member: PartyMember, place: int, now: datetime) -> None:
    """A place in which no branch looks after the member, and to which no open transfer goes, reads him no longer."""
    seats = BranchMembership.objects.filter(member=member)
    open_here = Transfer.objects.filter(member=member, to_branch__jurisdiction_id=place, state=moves.OPEN)
    if place == member.jurisdiction_id or open_here.exists():
        return
    if seats.filter(branch__jurisdiction_id=place, until__isnull=True).exists():
        return
    rows: list[Any] = [member, *seats.filter(jurisdiction_id=member.jurisdiction_id)]
    found = FoundMember.objects.standing().filter(person=member.person)  # type: ignore[attr-defined]
    if not found.filter(Q(home_branch__jurisdiction_id=place) | Q(joint_branch__jurisdiction_id=place)).exists():
        rows.append(member.person)  # what a finding lends stays lent
    for row in rows:
        if row.jurisdiction_id == member.jurisdiction_id:
            unshare(actor=actor, row=row, grantee_id=place, now=now)


def end_seat(seat: BranchMembership, until: date, today: date, kind: str, reason: str) -> None:
    """A seat ends. Raises `ReasonMissing`, `InTheFuture`, `EndsBeforeStart`."""
    if not reason.strip():
        raise rules.ReasonMissing
    if until > today:
        raise rules.InTheFuture
    if until <= seat.since:
        raise rules.EndsBeforeStart(day=seat.since)
    seat.until, seat.ended_kind, seat.ended_reason = until, kind, reason.strip()[:200]
    seat.save(update_fields=["until", "ended_kind", "ended_reason"])


def leave(
    actor: Actor, member: PartyMember, home: BranchMembership, day: date, kind: str, reason: str, now: datetime
) -> None:
    """He belongs to no branch here from `day` on: seats, exemptions, spells and suspension end, what is on its way too.

    Whoever comes back begins anew. Raises what `end_seat` raises.
    """
    guests = BranchMembership.objects.filter(member=member, role=BranchMembership.HOST, until__isnull=True)
    seats = [home, *guests.select_related("branch")]
    for seat in seats:
        end_seat(seat, day, local_day(now), kind, reason)
    going = Transfer.objects.select_related("to_branch").filter(member=member, state=moves.OPEN).first()
    if going is not None:
        drop(going, moves.WITHDRAWN, local_day(now), reason)
        close_duties(actor=actor, record=going, kind=moves.LETTER, now=now)
        tell_receiver(actor, going, now)
    for rows in (
        MemberExemption.objects.filter(member=member).filter(Q(until__isnull=True) | Q(until__gt=day)),
        Absence.objects.filter(member=member).filter(Q(until__isnull=True) | Q(until__gt=day)),
        StandingDecision.objects.filter(member=member, kind=moves.SUSPEND, until__isnull=True),
    ):
        rows.filter(since__lt=day).update(until=day)
    places = {seat.branch.jurisdiction_id for seat in seats}
    if going is not None and going.to_branch is not None:
        places.add(going.to_branch.jurisdiction_id)
    for place in sorted(places):
        read_no_more(actor, member, place, now)


def drop(transfer: Transfer, state: str, day: date, reason: str) -> None:
    """The sender's own move; who answered meanwhile has won. Raises `TransferClosed`."""
    done = Transfer.objects.filter(pk=transfer.pk, state=moves.OPEN).update(
        state=state, closed_on=day, closed_reason=reason.strip()[:200]
    )
    if not done:
        raise moves.TransferClosed
    transfer.refresh_from_db(fields=("state", "closed_on", "closed_reason"))


def tell_receiver(actor: Actor, transfer: Transfer, now: datetime) -> None:
    """The receiver's desk follows: at once where the actor writes there, otherwise by a job of that place."""
    branch = transfer.to_branch
    if branch is None:
        return
    if branch.jurisdiction_id in actor.writable:
        follow_receiver(actor=actor, branch=branch, now=now)
    else:
        enqueue("partylife.follow_receiver", jurisdiction_id=branch.jurisdiction_id, branch_id=branch.pk)


def follow_receiver(*, actor: Actor, branch: Organization, now: datetime) -> None:
    """One duty of a branch while members wait to be accepted there; none when nobody does. Part of a verb or job."""
    waiting = Transfer.objects.filter(to_branch=branch, state=moves.OPEN).order_by("valid_until")
    first = waiting.values_list("valid_until", flat=True).first()
    if first is None:
        close_duties(actor=actor, record=branch, kind=moves.RECEIVE, now=now)
        return
    open_duty(
        actor=actor, record=branch, kind=moves.RECEIVE, title=translate(moves.DUTIES[moves.RECEIVE][0]),
        url=f"{reverse('partylife:transfers')}?state={moves.OPEN}", due_at=day_end(first), organization=branch, now=now,
    )  # fmt: skip


