"""Who is away or cannot be found, what was done to keep contact, and what a body decided. Only people decide."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from lianjian.duties.actions import close_duties
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.rulebook.actions import check
from lianjian.rulebook.models import Evaluation
from lianjian.rulebook.rules import Choice, Done

from .. import rules
from ..models import Absence, MemberContact, PartyMember, StandingDecision, Transfer
from ..models.moves import stopped
from ..queries.ladder import Law
from ..queries.standing import is_full
from ..rules import moves
from .leaving import drop, leave, read_no_more, tell_receiver
from .members import home_seat

SPELLS = {
    "one_spell_away_at_a_time": moves.AlreadyAway,
    "one_loss_at_a_time": moves.AlreadyAway,
    "away_somewhere": moves.PlaceMissing,
    "one_suspension_at_a_time": moves.AlreadySuspended,
    "decision_with_paper": moves.PaperMissing,
    "kept_at_one_school_at_a_time": moves.AlreadyAway,
}


@verb(constraints=SPELLS)
def record_absence(
    *,
    actor: Actor,
    member: PartyMember,
    kind: str,
    since: date,
    now: datetime,
    place: str = "",
    contact_name: str = "",
    registered_out_on: date | None = None,
    registered_in_on: date | None = None,
    words: str = "",
) -> Absence:
    """A member is away since a day, or could not be found or keeps away since then (art. 24, 31-34).

    Raises `UnknownReason`, `PlaceMissing`, `AlreadyAway`, `BeforeJoining`, `InTheFuture`, `BelongsToNone`, `Denied`.
    """
    require(actor, "partylife.write", home_seat(member).branch)
    today = local_day(now)
    if kind not in moves.ABSENCES:
        raise rules.UnknownReason
    if kind in moves.AWAY and not place.strip():
        raise moves.PlaceMissing
    if since > today or max(filter(None, (registered_out_on, registered_in_on)), default=since) > today:
        raise rules.InTheFuture(field="since")
    if since < member.joined_on:
        raise rules.BeforeJoining(day=member.joined_on)
    made = Absence.objects.create(
        jurisdiction_id=member.jurisdiction_id, member=member, kind=kind, since=since, place=place.strip()[:80],
        contact_name=contact_name.strip()[:40], registered_out_on=registered_out_on,
        registered_in_on=registered_in_on, words=words.strip()[:200],
        recorded_by_name=actor.name[:80], recorded_at=now,
    )  # fmt: skip
    record(
        actor=actor, verb="partylife.record_absence", subject=member, now=now,
        changes={"kind": ("", kind), "since": ("", since), "place": ("", made.place)},
    )  # fmt: skip
    return made


@verb
def end_absence(*, actor: Actor, absence: Absence, until: date, now: datetime) -> Absence:
    """Back home, or found, or taking part again. Raises `Ended`, `EndsBeforeStart`, `InTheFuture`, `Denied`."""
    require(actor, "partylife.write", home_seat(absence.member).branch)
    if absence.until is not None:
        raise rules.Ended
    if until > local_day(now):
        raise rules.InTheFuture(field="until")
    if until <= absence.since:
        raise rules.EndsBeforeStart(day=absence.since)
    absence.until = until
    absence.save(update_fields=["until"])
    close_duties(actor=actor, record=absence, kind=moves.KEPT_DUTY, now=now)
    record(
        actor=actor, verb="partylife.end_absence", subject=absence.member, now=now, changes={"until": ("", until)}
    )
    return absence


@verb
def record_contact(
    *, actor: Actor, member: PartyMember, day: date, way: str, reached: bool, now: datetime, words: str = ""
) -> MemberContact:
    """Somebody spoke with him, or tried to. Raises `UnknownReason`, `InTheFuture`, `BeforeJoining`, `Denied`."""
    require(actor, "partylife.write", home_seat(member).branch)
    if way not in moves.WAYS:
        raise rules.UnknownReason(field="way")
    if day > local_day(now):
        raise rules.InTheFuture(field="day")
    if day < member.joined_on:
        raise rules.BeforeJoining(day=member.joined_on, field="day")
    made = MemberContact.objects.create(
        jurisdiction_id=member.jurisdiction_id, member=member, day=day, way=way, reached=reached,
        words=words.strip()[:200], recorded_by_name=actor.name[:80], recorded_at=now,
    )  # fmt: skip
    record(
        actor=actor, verb="partylife.record_contact", subject=member, now=now,
        changes={"day": ("", day), "way": ("", way), "reached": ("", reached)},
    )  # fmt: skip
    return made


def _ground(member: PartyMember, kind: str, day: date) -> tuple[str, date]:
    """The recorded fact on which a decision rests, and since when its period runs: the first of those that the page
    puts before the body since their period is full; where none is, the oldest.

    Raises `NothingToDecide`, `AlreadySuspended`.
    """
    if kind == moves.SUSPEND and stopped(day).filter(member=member).exists():
        raise moves.AlreadySuspended
    reached = MemberContact.objects.filter(member=member, reached=True).values_list("day", flat=True)
    facts = moves.grounds(
        Absence.objects.filter(member=member), StandingDecision.objects.filter(member=member), reached, day
    )
    fitting = [fact for fact in facts if kind in (moves.KEEP, moves.GROUNDS[fact[0]][1])]
    if not fitting:
        raise moves.NothingToDecide
    law = Law(member.jurisdiction_id)
    full = (fact for fact in fitting if is_full(law, *fact, day))
    return next(full, None) or min(fitting, key=lambda fact: fact[1])


def _check(actor: Actor, member: PartyMember, kind: str, day: date, now: datetime) -> tuple[str, Evaluation | None]:
    """Hold a decision against the period of its ground. Raises `BreaksRule` with the article where it is too early."""
    ground, since = _ground(member, kind, day)
    if kind == moves.KEEP or ground == moves.CORRECT:  # the period that the body itself set is over
        return ground, None
    place = member.jurisdiction_id
    if ground in (moves.LIFE, moves.WORK):
        check(
            actor=actor, code="mobile.exit_reason", act=Choice.of(ground), day=day, now=now, jurisdiction_id=place,
            stored=False,
        )  # fmt: skip
    if ground == moves.LOST:
        searched = MemberContact.objects.filter(member=member, reached=False, day__range=(since, day))
        if not searched.exists():
            raise moves.SearchMissing
    code = moves.GROUNDS[ground][0]
    since = Law(place).since(code, since)
    found = check(actor=actor, code=code, act=Done(since, day), day=day, now=now, jurisdiction_id=place)
    return ground, found


@verb(constraints=SPELLS)
def decide_standing(
    *,
    actor: Actor,
    member: PartyMember,
    kind: str,
    day: date,
    reason: str,
    now: datetime,
    body: str = "",
    paper: str = "",
    until: date | None = None,
) -> StandingDecision:
    """Record what a body decided: stop membership, remove, restore, or keep him on with a reason (art. 24, 31); set a
    correction period up to `until`, or say that he mended (art. 30).

    Raises `BreaksRule` before the period is full, `SearchMissing`, `NothingToDecide`, `PaperMissing`, `ReasonMissing`,
    `AlreadySuspended`, `AlreadyCorrecting`, `CorrectionEndMissing`, `UnknownReason`, `InTheFuture`, `Denied`.
    """
    home = home_seat(member)
    require(actor, "partylife.write", home.branch)
    if kind not in moves.DECISIONS:
        raise rules.UnknownReason
    if not reason.strip():
        raise rules.ReasonMissing
    if kind != moves.KEEP and not (body.strip() and paper.strip()):
        raise moves.PaperMissing
    if day > local_day(now):
        raise rules.InTheFuture(field="day")
    ground, evaluation = "", None
    if kind == moves.RESTORE:
        _restore(member, day)
    elif kind == moves.CORRECT:
        evaluation = _set_correction(actor, member, day, until, (body, paper), now)
    elif kind == moves.MENDED:
        ground = _mended(member, day)
    else:
        ground, evaluation = _check(actor, member, kind, day, now)
    if moves.CORRECT in (kind, ground):
        _close_corrections(actor, member, now)
    made = StandingDecision.objects.create(
        jurisdiction_id=member.jurisdiction_id, member=member, kind=kind, ground=ground, since=day,
        body=body.strip()[:120], paper=paper.strip()[:60], reason=reason.strip()[:200], evaluation=evaluation,
        until=until if kind == moves.CORRECT else None, recorded_by_name=actor.name[:80], recorded_at=now,
    )  # fmt: skip
    if kind == moves.REMOVE:
        leave(actor, member, home, day, moves.REMOVED, made.paper, now)
    if kind == moves.SUSPEND:
        _recall(actor, member, made.paper, now)
    changes: dict[str, Any] = {"kind": ("", kind), "since": ("", day), "paper": ("", made.paper)}
    record(actor=actor, verb="partylife.decide_standing", subject=member, now=now, changes=changes)
    return made


def _set_correction(
    actor: Actor, member: PartyMember, day: date, until: date | None, papers: tuple[str, str], now: datetime
) -> Evaluation:
    """Hold the period against the longest that the rule allows; a longer one is kept with that finding (ALERT)."""
    if until is None or until <= day:
        raise moves.CorrectionEndMissing(day=day)
    running = moves.correcting(StandingDecision.objects.filter(member=member), day)
    said = (day, until, papers[0].strip()[:120], papers[1].strip()[:60])
    if running is not None and (running.since, running.until, running.body, running.paper) == said:
        raise moves.AlreadyCorrecting
    code, place = moves.GROUNDS[moves.CORRECT][0], member.jurisdiction_id
    return check(actor=actor, code=code, act=Done(day, until), day=day, now=now, jurisdiction_id=place)


def _mended(member: PartyMember, day: date) -> str:
    """What the body found mended: the correction period that runs or has run out. Raises `NothingToDecide`."""
    if moves.correcting(StandingDecision.objects.filter(member=member), day) is None:
        raise moves.NothingToDecide
    return moves.CORRECT


def _close_corrections(actor: Actor, member: PartyMember, now: datetime) -> None:
    for one in StandingDecision.objects.filter(member=member, kind=moves.CORRECT):
        close_duties(actor=actor, record=one, kind=moves.CORRECTION_DUTY, now=now)


def _restore(member: PartyMember, day: date) -> None:
    running = stopped(day).filter(member=member).first()
    if running is None:
        raise moves.NothingToDecide
    if day <= running.since:
        raise rules.EndsBeforeStart(day=running.since, field="day")
    running.until = day
    running.save(update_fields=["until"])


def _recall(actor: Actor, member: PartyMember, paper: str, now: datetime) -> None:
    """A letter on its way comes back: whose membership is stopped stays where it was stopped."""
    going = Transfer.objects.select_related("to_branch").filter(member=member, state=moves.OPEN).first()
    if going is None:
        return
    drop(going, moves.WITHDRAWN, local_day(now), paper)
    close_duties(actor=actor, record=going, kind=moves.LETTER, now=now)
    tell_receiver(actor, going, now)
    if going.to_branch is not None:
        read_no_more(actor, member, going.to_branch.jurisdiction_id, now)
