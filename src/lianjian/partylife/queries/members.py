"""Who belongs to a branch on a day: for meetings, for votes, for the page of the branch."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianjian.directory.models import Organization
from lianjian.events.rolls import OnRoll, Roll

from ..models import BranchMembership, FoundMember, MemberExemption
from ..models.moves import stopped


def _free(effect: str, day: date) -> Exists:
    """The member of this row has such an exemption on the day."""
    rows = MemberExemption.objects.on(day).filter(member_id=OuterRef("member_id"), effect=effect)  # type: ignore[attr-defined]
    return Exists(rows)


def halted(day: Any) -> Q:
    """Seats of those whose membership is stopped (停止党籍) on the day."""
    return Q(member__in=stopped(day).values("member_id"))


def at_home(branch: Organization, day: date) -> QuerySet[Any]:
    """Seats of those whose home the branch is on the day, by name, with `exempt`, `left_out`, `halted` (停止党籍)."""
    seats: Any = BranchMembership.objects.filter(branch=branch, role=BranchMembership.HOME)
    return seats.on(day).annotate(  # type: ignore[no-any-return]
        exempt=_free(MemberExemption.ATTENDANCE, day), left_out=_free(MemberExemption.VOTE, day),
        halted=Exists(stopped(day).filter(member_id=OuterRef("member_id"))),
    ).order_by("member__person__name", "member_id")


def _full(day: date) -> Q:
    return Q(member__full_on__lte=day)


def voters(branch: Organization, day: date) -> QuerySet[Any]:
    """Full members on the day whom 应到会 counts (选举工作条例 art. 5; R3.06): less those formally left out, and less
    those whose membership is stopped."""
    return at_home(branch, day).filter(_full(day), left_out=False, halted=False)


def branch_roll(branch: Organization, day: date) -> Roll | None:
    """The roll of a party organization for its meetings; None where its members are not kept here (provider)."""
    if branch.classification != Organization.Classification.PARTY:
        return None
    rows = at_home(branch, day).filter(halted=False).values_list(
        "member__person_id", "member__person__name", "exempt", "left_out", "member__full_on"
    )
    people = [
        OnRoll(person, name, exempt, full is not None and full <= day and not out)
        for person, name, exempt, out, full in rows
    ]
    if not people and not BranchMembership.objects.filter(branch=branch, role=BranchMembership.HOME).exists():
        return None
    return Roll(people)


def home_branch(person_id: int, day: date) -> Organization | None:
    """The branch for which a member counts on a day."""
    return home_branches([person_id], day).get(person_id)


def home_branches(people: Collection[int], day: date) -> dict[int, Organization]:
    """By person, the branch for which each of them who is a member counts on a day; one query."""
    seats: Any = BranchMembership.objects.filter(member__person_id__in=list(people), role=BranchMembership.HOME)
    rows = seats.on(day).select_related("branch", "member").order_by("-pk")
    return {seat.member.person_id: seat.branch for seat in rows}


def looked_after(branch: Organization, day: date) -> list[tuple[int, str, date]]:
    """Whom the branch looks after beside their home branch: (person, name, since), each person once.

    A guest's seat and a found member's care are one fact written at two desks; the earlier day is shown.
    """
    seats: Any = BranchMembership.objects.filter(branch=branch, role=BranchMembership.HOST)
    known = list(seats.on(day).values_list("member__person_id", "member__person__name", "since"))
    found = FoundMember.objects.standing().filter(joint_branch=branch, managed_on__lte=day)  # type: ignore[attr-defined]
    own = at_home(branch, day).values("member__person_id")
    known += found.exclude(person_id__in=own).values_list("person_id", "person__name", "managed_on")
    first: dict[int, tuple[int, str, date]] = {}
    for person, name, since in sorted(known, key=lambda row: row[2]):
        first.setdefault(person, (person, name, since))
    return sorted(first.values(), key=lambda row: (row[1], row[0]))
