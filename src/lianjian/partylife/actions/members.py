"""Members and the branches they belong to. A person decides every step; nothing follows from a delay or a count."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record
from lianjian.rulebook.actions import check
from lianjian.rulebook.rules import Choice

from .. import rules
from ..models import BranchMembership, MemberExemption, PartyMember, Transfer
from ..rules import moves
from .leaving import end_seat, leave, lend, read_no_more
from .people import Named, people_in_firms

SHARED_FOR = _("双联共管")
CONSTRAINTS = {
    "one_record_per_member": rules.AlreadyMember,
    "one_home_branch_at_a_time": rules.AlreadyAtHome,
    "once_in_a_branch_at_a_time": rules.AlreadyInBranch,
    "one_exemption_at_a_time": rules.AlreadyExempt,
    "one_exclusion_at_a_time": rules.AlreadyExempt,
    "exclusion_needs_consent": rules.ConsentMissing,
}
CHANGEABLE = ("joined_on", "full_on", "occupation")


def takes_members(branch: Organization, since: date, today: date) -> None:
    """Raise what keeps somebody from being in this branch from that day on."""
    if branch.classification != Organization.Classification.PARTY:
        raise rules.NotABranch(name=branch.name)
    if branch.dissolved_on is not None or branch.merged_into_id is not None:
        raise rules.BranchClosed(name=branch.name)
    if branch.founded_on is not None and since < branch.founded_on:
        raise rules.BeforeFounding(name=branch.name, day=branch.founded_on)
    if since > today:
        raise rules.InTheFuture


def check_entry(
    branch: Organization, *, since: date, joined_on: date, full_on: date | None, born: date | None, today: date
) -> None:
    """Raise what keeps a member with these days from belonging to the branch from `since` on."""
    takes_members(branch, since, today)
    rules.check_membership_days(joined_on=joined_on, full_on=full_on, born=born, today=today)
    if since < joined_on:
        raise rules.BeforeJoining(day=joined_on)


def home_seat(member: PartyMember) -> BranchMembership:
    """The branch that a member belongs to now, its row locked. Raises `BelongsToNone`."""
    seats = BranchMembership.objects.select_for_update(of=("self",)).select_related("branch")
    found: BranchMembership | None = seats.filter(member=member, role=BranchMembership.HOME, until__isnull=True).first()
    if found is None:
        raise rules.BelongsToNone
    return found


@verb(constraints=CONSTRAINTS)
def add_member(
    *,
    actor: Actor,
    person: Person | str,
    branch: Organization,
    since: date,
    joined_on: date,
    now: datetime,
    full_on: date | None = None,
    occupation: str = "",
    namesake: bool = False,
    origin: str = "",
    letter_number: str = "",
) -> PartyMember:
    """Enter a member into the branch that he belongs to (教育管理条例 art. 25).

    `person` is a registered person or a name, which in the branch means the one who holds a role there; with `namesake`
    always somebody new. `origin`: the place outside that he came from by letter. Raises `AlreadyMember`, `NotABranch`,
    `BranchClosed`,
    `BeforeFounding`, `BeforeBirth`, `BeforeJoining`, `FullBeforeJoined`, `InTheFuture`, `NameMissing`, `Denied`.
    """
    require(actor, "partylife.write", branch)
    today, owner = local_day(now), branch.jurisdiction_id
    born = rules.born_on(person.identity_number) if isinstance(person, Person) else None
    check_entry(branch, since=since, joined_on=joined_on, full_on=full_on, born=born, today=today)
    if isinstance(person, str):
        person = _named(person, branch, namesake, now)
    made = PartyMember.objects.create(
        jurisdiction_id=owner, person=person, joined_on=joined_on, full_on=full_on,
        occupation=occupation.strip()[:40], recorded_by_name=actor.name[:80], recorded_at=now,
    )  # fmt: skip
    seat = BranchMembership.objects.create(
        jurisdiction_id=owner, member=made, branch=branch, role=BranchMembership.HOME, since=since
    )
    came_from(actor, seat, origin, letter_number, now)
    _record(actor, "add_member", made, now, person=("", person.name), branch=("", branch.name), since=("", since))
    return made


@verb(constraints=CONSTRAINTS)
def enter_branch(
    *,
    actor: Actor,
    member: PartyMember,
    branch: Organization,
    since: date,
    now: datetime,
    origin: str = "",
    letter_number: str = "",
) -> BranchMembership:
    """A member on record who belongs to no branch here enters one: he came back, or his ending was a mistake.

    Raises `AlreadyAtHome`, `OtherPlace`, `NotABranch`, `BranchClosed`, `BeforeFounding`, `BeforeJoining`,
    `InTheFuture`, `Denied`.
    """
    require(actor, "partylife.write", branch)
    if branch.jurisdiction_id != member.jurisdiction_id:
        raise rules.OtherPlace
    takes_members(branch, since, local_day(now))
    if since < member.joined_on:
        raise rules.BeforeJoining(day=member.joined_on)
    made = BranchMembership.objects.create(
        jurisdiction_id=member.jurisdiction_id, member=member, branch=branch, role=BranchMembership.HOME, since=since
    )
    came_from(actor, made, origin, letter_number, now)
    _record(actor, "enter_branch", member, now, branch=("", branch.name), since=("", since))
    return made


def came_from(
    actor: Actor, seat: BranchMembership, origin: str, letter_number: str, now: datetime
) -> Transfer | None:
    """Keep that a member came by letter from a place outside. Part of the caller's verb, which journals it."""
    if not origin.strip():
        return None
    return Transfer.objects.create(
        jurisdiction_id=seat.jurisdiction_id, member=seat.member, to_branch=seat.branch,
        branch_text=origin.strip()[:120], reason="work", letter_number=letter_number.strip()[:60],
        opened_on=seat.since, valid_until=seat.since, state=moves.ACCEPTED, closed_on=seat.since,
        recorded_by_name=actor.name[:80], recorded_at=now,
    )  # fmt: skip


def _named(text: str, branch: Organization, namesake: bool, now: datetime) -> Person:
    name = text.strip()[:40]
    if not name:
        raise rules.NameMissing
    if namesake:
        return Person.objects.create(jurisdiction_id=branch.jurisdiction_id, name=name, changed_at=now)
    return people_in_firms(branch.jurisdiction_id, [Named(name, branch.pk)], now)[0][0]


def _record(actor: Actor, word: str, member: PartyMember, now: datetime, **changes: tuple[Any, Any]) -> None:
    record(actor=actor, verb=f"partylife.{word}", subject=member, now=now, changes=changes)


@verb(constraints=CONSTRAINTS)
def change_member(*, actor: Actor, member: PartyMember, now: datetime, **changes: Any) -> PartyMember:
    """Mend days and words of a member. Raises `BeforeBirth`, `FullBeforeJoined`, `BeforeJoining`, `InTheFuture`."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    require(actor, "partylife.write", home_seat(member).branch)
    before = {field: getattr(member, field) for field in changes}
    for field, value in changes.items():
        setattr(member, field, value)
    rules.check_membership_days(
        joined_on=member.joined_on, full_on=member.full_on,
        born=rules.born_on(member.person.identity_number), today=local_day(now),
    )  # fmt: skip
    first = BranchMembership.objects.filter(member=member).order_by("since").values_list("since", flat=True).first()
    if first is not None and first < member.joined_on:
        raise rules.JoinedAfterBranch(day=first)
    changed = diff(before, member)
    if changed:
        member.save(update_fields=list(changed))
        record(actor=actor, verb="partylife.change_member", subject=member, now=now, changes=changed)
    return member


@verb
def end_membership(
    *, actor: Actor, member: PartyMember, until: date, kind: str, reason: str, now: datetime
) -> PartyMember:
    """The member belongs to no branch here from `until` on, for a reason that people decided or that happened.

    What hangs on belonging somewhere ends on the same day (`leave`). Raises `UnknownReason`, `ReasonMissing`,
    `EndsBeforeStart`, `InTheFuture`, `BelongsToNone`, `Denied`.
    """
    home = home_seat(member)
    require(actor, "partylife.write", home.branch)
    if kind not in rules.LEAVINGS:
        raise rules.UnknownReason
    leave(actor, member, home, until, kind, reason, now)
    _record(actor, "end_membership", member, now, until=("", until), reason=("", home.ended_reason))
    return member


@verb(constraints=CONSTRAINTS)
def add_host(
    *, actor: Actor, member: PartyMember, branch: Organization, since: date, now: datetime
) -> BranchMembership:
    """A second branch looks after the member where he works (双联共管, art. 32). He is counted at home alone.

    A host of another place reads him until the link ends. Raises `AlreadyInBranch`, `BelongsToNone`, `NotABranch`,
    `BranchClosed`, `BeforeFounding`, `BeforeJoining`, `InTheFuture`, `Denied`.
    """
    require(actor, "partylife.write", home_seat(member).branch)
    takes_members(branch, since, local_day(now))
    if since < member.joined_on:
        raise rules.BeforeJoining(day=member.joined_on)
    made = BranchMembership.objects.create(
        jurisdiction_id=member.jurisdiction_id, member=member, branch=branch, role=BranchMembership.HOST, since=since
    )
    if branch.jurisdiction_id != member.jurisdiction_id:
        for row in (member, member.person, made):
            lend(actor, row, branch.jurisdiction_id, SHARED_FOR, now)
    _record(actor, "add_host", member, now, branch=("", branch.name), since=("", since))
    return made


@verb
def end_host(
    *, actor: Actor, seat: BranchMembership, until: date, reason: str, now: datetime
) -> BranchMembership:
    """The second branch looks after him no longer.

    Raises `Ended`, `ReasonMissing`, `EndsBeforeStart`, `InTheFuture`, `Denied`.
    """
    require(actor, "partylife.write", home_seat(seat.member).branch)
    if seat.role != BranchMembership.HOST or seat.until is not None:
        raise rules.Ended
    end_seat(seat, until, local_day(now), "", reason)
    read_no_more(actor, seat.member, seat.branch.jurisdiction_id, now)
    _record(actor, "end_host", seat.member, now, branch=(seat.branch.name, ""), until=("", until))
    return seat


@verb(constraints=CONSTRAINTS)
def exempt(
    *, actor: Actor, member: PartyMember, kind: str, since: date, now: datetime, until: date | None = None
) -> MemberExemption:
    """Not bound to attend from `since` to the day before `until` (教育管理条例 art. 23): out of rates, still a voter.

    Raises `UnknownReason`, `AlreadyExempt`, `EndsBeforeStart`, `BeforeJoining`, `BelongsToNone`, `Denied`.
    """
    require(actor, "partylife.write", home_seat(member).branch)
    if kind not in rules.EXEMPTIONS:
        raise rules.UnknownReason
    made = _free(member, MemberExemption.ATTENDANCE, kind, since, until)
    _record(actor, "exempt", member, now, kind=("", kind), since=("", since), until=("", until))
    return made


def _free(
    member: PartyMember, effect: str, kind: str, since: date, until: date | None, **more: Any
) -> MemberExemption:
    if since < member.joined_on:
        raise rules.BeforeJoining(day=member.joined_on)
    if until is not None and until <= since:
        raise rules.EndsBeforeStart(day=since)
    return MemberExemption.objects.create(
        jurisdiction_id=member.jurisdiction_id, member=member, effect=effect, kind=kind, since=since, until=until,
        **more,
    )  # fmt: skip


@verb(constraints=CONSTRAINTS)
def leave_out(
    *,
    actor: Actor,
    member: PartyMember,
    kind: str,
    since: date,
    consent: str,
    adopted_on: date | None,
    now: datetime,
    until: date | None = None,
) -> MemberExemption:
    """Leave a member out of the number that should come to vote, for a reason of the rule `election.left_out`.

    `consent` names the paper of the upper committee, `adopted_on` the day of the branch meeting. Raises
    `ConsentMissing`, `BreaksRule`, `AlreadyExempt`, `EndsBeforeStart`, `BeforeJoining`, `InTheFuture`, `Denied`.
    """
    branch = home_seat(member).branch
    require(actor, "partylife.write", branch)
    if not consent.strip() or adopted_on is None:
        raise rules.ConsentMissing
    if adopted_on > local_day(now):
        raise rules.InTheFuture
    if since < adopted_on:
        raise rules.BeforeAdoption(day=adopted_on)
    evaluation = check(
        actor=actor, code="election.left_out", act=Choice.of(kind), day=since, now=now,
        jurisdiction_id=member.jurisdiction_id,
    )  # fmt: skip
    made = _free(
        member, MemberExemption.VOTE, kind, since, until,
        consent=consent.strip()[:60], adopted_on=adopted_on, evaluation=evaluation,
    )  # fmt: skip
    _record(actor, "leave_out", member, now, kind=("", kind), since=("", since), consent=("", made.consent))
    return made


@verb
def end_exemption(*, actor: Actor, exemption: MemberExemption, until: date, now: datetime) -> MemberExemption:
    """The member is bound, or counted, again from `until` on. Raises `Ended`, `EndsBeforeStart`, `Denied`."""
    require(actor, "partylife.write", home_seat(exemption.member).branch)
    if exemption.until is not None and exemption.until <= local_day(now):
        raise rules.Ended
    if until <= exemption.since:
        raise rules.EndsBeforeStart(day=exemption.since)
    before, exemption.until = exemption.until, until
    exemption.save(update_fields=["until"])
    _record(actor, "end_exemption", exemption.member, now, until=(before, until))
    return exemption
