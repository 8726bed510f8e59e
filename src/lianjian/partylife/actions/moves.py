"""A transfer goes out, is answered by the receiver or withdrawn by the sender. The home moves with the acceptance."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from lianjian.directory.models import Organization
from lianjian.duties.actions import close_duties, open_duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import _, translate
from lianjian.foundation.jobs import enqueue
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.rulebook.actions import check
from lianjian.rulebook.queries import latest
from lianjian.rulebook.rules import Choice

from .. import rules
from ..models import Applicant, BranchMembership, PartyMember, Transfer, TransferAnswer
from ..models.moves import stopped
from ..rules import moves
from .leaving import drop, follow_receiver, leave, lend, read_no_more, tell_receiver
from .members import CONSTRAINTS, home_seat, takes_members
from .ways import transfer_applicant

LENT_FOR = _("组织关系转接")
ANSWERS = {
    **CONSTRAINTS,
    "one_open_transfer_per_member": moves.TransferRunning,
    "one_answer_per_transfer": moves.TransferClosed,
    "transfer_answered_while_open": moves.TransferClosed,
    "transfer_of_who_is_there": moves.MemberLeft,
}


def _in_development(member: PartyMember) -> Any:
    """Records of development that go along: those of a member on probation, still open in the sender's place."""
    return Applicant.objects.filter(person=member.person, ended_on__isnull=True, withdrawn_at__isnull=True).exclude(
        stage="full"
    )


@verb(constraints=ANSWERS)
def open_transfer(
    *,
    actor: Actor,
    member: PartyMember,
    to_branch: Organization | None,
    reason: str,
    opened_on: date,
    now: datetime,
    to_text: str = "",
    letter_number: str = "",
    words: str = "",
) -> Transfer:
    """The old branch sends the relation out; it stays responsible until the receiver accepts (art. 25).

    The letter is valid for the days of `mobile.letter`. Raises `TransferRunning`, `DestinationMissing`, `SameBranch`,
    `NotABranch`, `BranchClosed`, `BeforeFounding`, `SuspendedStays`, `InTheFuture`, `UnknownReason`, `BelongsToNone`,
    `Denied`.
    """
    home = home_seat(member)
    require(actor, "partylife.write", home.branch)
    if to_branch is None and not to_text.strip():
        raise moves.DestinationMissing
    if reason not in moves.REASONS:
        raise rules.UnknownReason(field="reason")
    if opened_on > local_day(now):
        raise rules.InTheFuture(field="opened_on")
    if stopped(opened_on).filter(member=member).exists():
        raise moves.SuspendedStays
    if opened_on < home.since:
        raise moves.BeforeLetter(day=home.since, field="opened_on")
    if to_branch is not None:
        if to_branch.pk == home.branch_id:
            raise moves.SameBranch(name=to_branch.name)
        takes_members(to_branch, opened_on, local_day(now))
    made = Transfer.objects.create(
        jurisdiction_id=member.jurisdiction_id, member=member, branch=home.branch, to_branch=to_branch,
        to_text="" if to_branch is not None else to_text.strip()[:120], reason=reason, words=words.strip()[:200],
        letter_number=letter_number.strip()[:60], opened_on=opened_on,
        valid_until=latest("mobile.letter", opened_on, member.jurisdiction_id).day,
        recorded_by_name=actor.name[:80], recorded_at=now,
    )  # fmt: skip
    if to_branch is not None:
        if to_branch.jurisdiction_id != member.jurisdiction_id:
            for row in (made, member, member.person, home):
                lend(actor, row, to_branch.jurisdiction_id, LENT_FOR, now)
        tell_receiver(actor, made, now)
    open_duty(
        actor=actor, record=made, kind=moves.LETTER, title=f"{translate(moves.DUTIES[moves.LETTER][0])}: {made}"[:200],
        url=made.get_absolute_url(), due_at=day_end(made.valid_until), organization=home.branch, now=now,
    )  # fmt: skip
    changes = {"to_branch": ("", made.target_name), "opened_on": ("", opened_on), "valid_until": ("", made.valid_until)}
    record(actor=actor, verb="partylife.open_transfer", subject=made, now=now, changes=changes)
    return made


def _answer(
    actor: Actor, transfer: Transfer, kind: str, day: date, reason: str, code: str, act: Choice, now: datetime
) -> TransferAnswer:
    """Write the answer, which moves the transfer; both desks follow."""
    branch = transfer.to_branch
    if branch is None:
        raise moves.OtherSide
    require(actor, "partylife.write", branch)
    if day > local_day(now):
        raise rules.InTheFuture(field="day")
    place = branch.jurisdiction_id
    evaluation = check(actor=actor, code=code, act=act, day=day, now=now, jurisdiction_id=place)
    made = TransferAnswer.objects.create(
        jurisdiction_id=place, transfer=transfer, kind=kind, day=day, reason=reason.strip()[:200],
        evaluation=evaluation, recorded_by_name=actor.name[:80], recorded_at=now,
    )  # fmt: skip
    transfer.refresh_from_db(fields=("state", "closed_on", "closed_reason"))
    lend(actor, made, transfer.jurisdiction_id, LENT_FOR, now)
    follow_receiver(actor=actor, branch=branch, now=now)
    sender = transfer.branch
    if transfer.jurisdiction_id in actor.writable and sender is not None and actor.may("partylife.write", sender):
        settle_sender(actor=actor, transfer=transfer, now=now)
    else:  # the sender's place follows by itself: a receiver may have rights over the own branch alone
        enqueue("partylife.settle_sender", jurisdiction_id=transfer.jurisdiction_id, transfer_id=transfer.pk)
    return made


def settle_sender(*, actor: Actor, transfer: Transfer, now: datetime) -> bool:
    """What the sender's place has to follow with: no reminder any more, and the file of development goes along.

    Places whose branches no longer look after him read him no longer. Safe to run twice; says whether
    it was the first time. Part of a verb.
    """
    first = bool(close_duties(actor=actor, record=transfer, kind=moves.LETTER, now=now))
    member = transfer.member
    ended = BranchMembership.objects.filter(member=member, jurisdiction_id=transfer.jurisdiction_id)
    places = set(ended.filter(until__isnull=False).values_list("branch__jurisdiction_id", flat=True))
    if transfer.to_branch is not None and transfer.state != moves.ACCEPTED:
        places.add(transfer.to_branch.jurisdiction_id)
    if member.jurisdiction_id == transfer.jurisdiction_id:
        for place in sorted(places):
            read_no_more(actor, member, place, now)
    if transfer.state != moves.ACCEPTED or transfer.to_branch is None or transfer.closed_on is None:
        return first
    for applicant in _in_development(member).filter(jurisdiction_id=transfer.jurisdiction_id):
        if applicant.branch_id == transfer.to_branch_id:
            continue
        transfer_applicant(
            actor=actor, applicant=applicant, transferred_on=transfer.closed_on, branch=transfer.to_branch, now=now,
            enterprise=applicant.enterprise, enterprise_text=applicant.enterprise_text, reason=str(transfer)[:200],
        )  # fmt: skip
    return first


@verb
def settle_transfer(*, actor: Actor, transfer: Transfer, now: datetime) -> None:
    """The sender's place follows another's answer: `settle_sender`, with one line in the sender's journal."""
    if settle_sender(actor=actor, transfer=transfer, now=now):
        changes = {"state": (moves.OPEN, transfer.state), "closed_on": ("", transfer.closed_on)}
        record(actor=actor, verb="partylife.settle_transfer", subject=transfer, now=now, changes=changes)


@verb(constraints={**ANSWERS, "transfer_accepted_later": moves.BeforeLetter})
def accept_transfer(
    *, actor: Actor, transfer: Transfer, day: date, now: datetime, reason: str = ""
) -> BranchMembership:
    """The receiver accepts: from `day` on the member is at home there, and no longer in the old branch.

    In one transaction, between two places too (migration 0009). After the letter ran out, with a reason. Raises
    `TransferClosed`, `MemberLeft`, `LetterRanOut`, `BeforeLetter`, `OtherSide`, `InTheFuture`, `BranchClosed`,
    `Denied`.
    """
    branch = transfer.to_branch
    if branch is None:
        raise moves.OtherSide
    require(actor, "partylife.write", branch)
    if transfer.state != moves.OPEN:
        raise moves.TransferClosed
    takes_members(branch, day, local_day(now))
    if day > transfer.valid_until and not reason.strip():
        raise moves.LetterRanOut(day=transfer.valid_until)
    late = BranchMembership.objects.filter(member=transfer.member, until__isnull=True, since__gte=day)
    if day < transfer.opened_on or late.exists():
        raise moves.BeforeLetter(day=transfer.opened_on)
    act = Choice.of("accepted")
    _answer(actor, transfer, moves.ACCEPTED, day, reason, "mobile.accepted", act, now)
    made = BranchMembership.objects.create(
        jurisdiction_id=branch.jurisdiction_id, member=transfer.member, branch=branch, role=BranchMembership.HOME,
        since=day,
    )  # fmt: skip
    member = transfer.member
    for row in (member, member.person):
        row.refresh_from_db(fields=("jurisdiction",))
        lend(actor, row, transfer.jurisdiction_id, LENT_FOR, now)
    changes = {"branch": (transfer.source_name, branch.name), "since": ("", day), "reason": ("", reason.strip())}
    record(actor=actor, verb="partylife.accept_transfer", subject=member, now=now, changes=changes)
    return made


@verb(constraints=ANSWERS)
def refuse_transfer(*, actor: Actor, transfer: Transfer, day: date, reason: str, now: datetime) -> TransferAnswer:
    """The receiver does not accept; without cause that is refused, with the article (art. 25).

    Raises `BreaksRule`, `TransferClosed`, `OtherSide`, `InTheFuture`, `BeforeLetter`, `Denied`.
    """
    if transfer.to_branch is not None:
        require(actor, "partylife.write", transfer.to_branch)
    if transfer.state != moves.OPEN:
        raise moves.TransferClosed
    if day < transfer.opened_on:
        raise moves.BeforeLetter(day=transfer.opened_on)
    act = Choice.of(*(["cause"] if reason.strip() else []))
    made = _answer(actor, transfer, moves.REFUSED, day, reason, "mobile.refusal", act, now)
    record(
        actor=actor, verb="partylife.refuse_transfer", subject=made, now=now,
        changes={"day": ("", day), "reason": ("", made.reason)},
    )  # fmt: skip
    return made


@verb(constraints=ANSWERS)
def withdraw_transfer(*, actor: Actor, transfer: Transfer, reason: str, now: datetime) -> Transfer:
    """The sender takes the letter back before anybody answered. Raises `ReasonMissing`, `TransferClosed`, `Denied`."""
    if transfer.branch is None:
        raise moves.OtherSide
    require(actor, "partylife.write", transfer.branch)
    if not reason.strip():
        raise rules.ReasonMissing
    drop(transfer, moves.WITHDRAWN, local_day(now), reason)
    close_duties(actor=actor, record=transfer, kind=moves.LETTER, now=now)
    if transfer.to_branch is not None:
        read_no_more(actor, transfer.member, transfer.to_branch.jurisdiction_id, now)
    tell_receiver(actor, transfer, now)
    changes = {"state": (moves.OPEN, moves.WITHDRAWN), "reason": ("", reason.strip())}
    record(actor=actor, verb="partylife.withdraw_transfer", subject=transfer, now=now, changes=changes)
    return transfer


@verb(constraints=ANSWERS)
def confirm_transfer(
    *, actor: Actor, transfer: Transfer, day: date, receipt: str, now: datetime
) -> Transfer:
    """A place outside sent its receipt (回执): the member left on `day`. Until then he stays, as within.

    Raises `OtherSide`, `PaperMissing`, `BeforeLetter`, `TransferClosed`, `InTheFuture`, `Denied`.
    """
    if transfer.to_branch is not None or transfer.branch is None:
        raise moves.OtherSide
    require(actor, "partylife.write", transfer.branch)
    if not receipt.strip():
        raise moves.PaperMissing(field="receipt")
    home = home_seat(transfer.member)
    if day < transfer.opened_on or day <= home.since:
        raise moves.BeforeLetter(day=transfer.opened_on)
    drop(transfer, moves.ACCEPTED, day, receipt)
    leave(actor, transfer.member, home, day, "moved", f"{transfer.to_text} {receipt.strip()}", now)
    for applicant in _in_development(transfer.member):
        transfer_applicant(
            actor=actor, applicant=applicant, transferred_on=day, branch=None, branch_text=transfer.to_text, now=now,
            reason=receipt.strip(),
        )  # fmt: skip
    close_duties(actor=actor, record=transfer, kind=moves.LETTER, now=now)
    changes = {"state": (moves.OPEN, moves.ACCEPTED), "closed_on": ("", day), "receipt": ("", receipt.strip())}
    record(actor=actor, verb="partylife.confirm_transfer", subject=transfer, now=now, changes=changes)
    return transfer


__all__ = [
    "accept_transfer",
    "confirm_transfer",
    "follow_receiver",
    "open_transfer",
    "refuse_transfer",
    "settle_sender",
    "settle_transfer",
    "withdraw_transfer",
]
