"""A transfer goes out, is answered by the receiver or withdrawn by the sender. The home moves with the acceptance."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse

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
from lianjian.jurisdictions.actions import share, unshare
from lianjian.jurisdictions.models import Share
from lianjian.rulebook.actions import check
from lianjian.rulebook.queries import latest
from lianjian.rulebook.rules import Choice

from .. import rules
from ..models import Applicant, BranchMembership, PartyMember, Transfer, TransferAnswer
from ..rules import moves
from .members import CONSTRAINTS, _end, _take_back, _takes_members, home_seat
from .ways import transfer_applicant

LENT_FOR = _("组织关系转接")
ANSWERS = {
    **CONSTRAINTS,
    "one_open_transfer_per_member": moves.TransferRunning,
    "one_answer_per_transfer": moves.TransferClosed,
    "transfer_answered_while_open": moves.TransferClosed,
}


def _lend(actor: Actor, row: Any, grantee_id: int, now: datetime) -> None:
    lent = Share.objects.filter(
        jurisdiction_id=row.jurisdiction_id, table=row._meta.db_table, row_id=row.pk, grantee_id=grantee_id,
        until__isnull=True,
    )  # fmt: skip
    if row.jurisdiction_id in actor.writable and row.jurisdiction_id != grantee_id and not lent.exists():
        share(actor=actor, row=row, grantee_id=grantee_id, reason=LENT_FOR, now=now)


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
    `NotABranch`, `BranchClosed`, `BeforeFounding`, `InTheFuture`, `UnknownReason`, `BelongsToNone`, `Denied`.
    """
    home = home_seat(member)
    require(actor, "partylife.write", home.branch)
    if to_branch is None and not to_text.strip():
        raise moves.DestinationMissing
    if reason not in moves.REASONS:
        raise rules.UnknownReason(field="reason")
    if opened_on > local_day(now):
        raise rules.InTheFuture(field="opened_on")
    if opened_on < home.since:
        raise moves.BeforeLetter(day=home.since, field="opened_on")
    if to_branch is not None:
        if to_branch.pk == home.branch_id:
            raise moves.SameBranch(name=to_branch.name)
        _takes_members(to_branch, opened_on, local_day(now))
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
                _lend(actor, row, to_branch.jurisdiction_id, now)
        _tell_receiver(actor, made, now)
    open_duty(
        actor=actor, record=made, kind=moves.LETTER, title=f"{translate(moves.DUTIES[moves.LETTER][0])}: {made}"[:200],
        url=made.get_absolute_url(), due_at=day_end(made.valid_until), organization=home.branch, now=now,
    )  # fmt: skip
    changes = {"to_branch": ("", made.target_name), "opened_on": ("", opened_on), "valid_until": ("", made.valid_until)}
    record(actor=actor, verb="partylife.open_transfer", subject=made, now=now, changes=changes)
    return made


def _tell_receiver(actor: Actor, transfer: Transfer, now: datetime) -> None:
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
    _lend(actor, made, transfer.jurisdiction_id, now)
    follow_receiver(actor=actor, branch=branch, now=now)
    if transfer.jurisdiction_id in actor.writable:
        settle_sender(actor=actor, transfer=transfer, now=now)
    else:
        enqueue("partylife.settle_sender", jurisdiction_id=transfer.jurisdiction_id, transfer_id=transfer.pk)
    return made


def _take_home(actor: Actor, transfer: Transfer, now: datetime) -> None:
    """A place that did not accept reads the member no longer, unless a branch there looks after him."""
    branch, member = transfer.to_branch, transfer.member
    if branch is None or branch.jurisdiction_id == member.jurisdiction_id:
        return
    seats = BranchMembership.objects.filter(member=member, until__isnull=True)
    if not seats.filter(branch__jurisdiction_id=branch.jurisdiction_id).exists():
        for row in (member, member.person, *seats.filter(role=BranchMembership.HOME)):
            if row.jurisdiction_id == member.jurisdiction_id:
                unshare(actor=actor, row=row, grantee_id=branch.jurisdiction_id, now=now)


def settle_sender(*, actor: Actor, transfer: Transfer, now: datetime) -> None:
    """What the sender's place has to follow with: no reminder any more, and the file of development goes along."""
    close_duties(actor=actor, record=transfer, kind=moves.LETTER, now=now)
    if transfer.state != moves.ACCEPTED:
        _take_home(actor, transfer, now)
    if transfer.state != moves.ACCEPTED or transfer.to_branch is None or transfer.closed_on is None:
        return
    for applicant in _in_development(transfer.member).filter(jurisdiction_id=transfer.jurisdiction_id):
        if applicant.branch_id == transfer.to_branch_id:
            continue
        transfer_applicant(
            actor=actor, applicant=applicant, transferred_on=transfer.closed_on, branch=transfer.to_branch, now=now,
            enterprise=applicant.enterprise, enterprise_text=applicant.enterprise_text, reason=str(transfer)[:200],
        )  # fmt: skip


@verb(constraints={**ANSWERS, "transfer_accepted_later": moves.BeforeLetter})
def accept_transfer(
    *, actor: Actor, transfer: Transfer, day: date, now: datetime, reason: str = ""
) -> BranchMembership:
    """The receiver accepts: from `day` on the member is at home there, and no longer in the old branch.

    In one transaction, between two places too (migration 0006). After the letter ran out, with a reason. Raises
    `TransferClosed`, `LetterRanOut`, `BeforeLetter`, `OtherSide`, `InTheFuture`, `BranchClosed`, `Denied`.
    """
    branch = transfer.to_branch
    if branch is None:
        raise moves.OtherSide
    require(actor, "partylife.write", branch)
    if transfer.state != moves.OPEN:
        raise moves.TransferClosed
    _takes_members(branch, day, local_day(now))
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
        _lend(actor, row, transfer.jurisdiction_id, now)
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


def _close(transfer: Transfer, state: str, day: date, reason: str) -> None:
    """The sender's own move; who answered meanwhile has won."""
    done = Transfer.objects.filter(pk=transfer.pk, state=moves.OPEN).update(
        state=state, closed_on=day, closed_reason=reason.strip()[:200]
    )
    if not done:
        raise moves.TransferClosed
    transfer.refresh_from_db(fields=("state", "closed_on", "closed_reason"))


@verb(constraints=ANSWERS)
def withdraw_transfer(*, actor: Actor, transfer: Transfer, reason: str, now: datetime) -> Transfer:
    """The sender takes the letter back before anybody answered. Raises `ReasonMissing`, `TransferClosed`, `Denied`."""
    if transfer.branch is None:
        raise moves.OtherSide
    require(actor, "partylife.write", transfer.branch)
    if not reason.strip():
        raise rules.ReasonMissing
    _close(transfer, moves.WITHDRAWN, local_day(now), reason)
    close_duties(actor=actor, record=transfer, kind=moves.LETTER, now=now)
    _take_home(actor, transfer, now)
    _tell_receiver(actor, transfer, now)
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
    _close(transfer, moves.ACCEPTED, day, receipt)
    guests = BranchMembership.objects.filter(member=transfer.member, role=BranchMembership.HOST, until__isnull=True)
    for seat in (home, *guests.select_related("branch")):
        _end(seat, day, local_day(now), "moved", f"{transfer.to_text} {receipt.strip()}")
        _take_back(actor, transfer.member, seat, now)
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
    "withdraw_transfer",
]
