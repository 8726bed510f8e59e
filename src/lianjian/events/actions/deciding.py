"""Decisions of a meeting: made, reported on by the bodies in charge, settled, opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.jobs import enqueue
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.rulebook.actions import check
from lianjian.rulebook.queries import finding

from ..models import Charge, Decision, Meeting, Task
from ..queries.attendance import listed
from ..rolls import electorate_of
from ..rules import meetings as rules
from ..rules.voting import Vote, tally_of
from .following import follow, one_by_one, own_task, spread
from .meetings import held_fast, lend_record


def _charged(meeting: Meeting, organizations: Sequence[Organization]) -> list[Organization]:
    """The bodies in charge, once each: of those that were invited, or the convener.

    Raises `NobodyCharged`, `NotAtMeeting`.
    """
    bodies = list({body.pk: body for body in organizations}.values())
    if not bodies:
        raise rules.NobodyCharged
    there = {
        meeting.convener_id,
        *meeting.invitations.filter(withdrawn_at__isnull=True).values_list("organization_id", flat=True),
    }
    for body in bodies:
        if body.pk not in there:
            raise rules.NotAtMeeting(name=body.name)
    return bodies


def _due(meeting: Meeting, due_on: date) -> None:
    day = local_day(meeting.starts_at)
    if due_on < day:
        raise rules.DueTooEarly(day=day)


def counted(actor: Actor, meeting: Meeting, vote: Vote, now: datetime) -> dict[str, Any]:
    """The votes as the decision keeps them, judged where a rule binds votes at such a meeting. Raises as `tally_of`."""
    who = electorate_of(meeting)
    if who is None:
        tally = tally_of(vote, *listed(meeting))
    else:
        tally = tally_of(vote, who.eligible, who.present)
    kept: dict[str, Any] = {name: getattr(tally, name) for name in ("eligible", "present", "yes", "no", "abstain")}
    if who is None:
        return kept
    day = local_day(meeting.starts_at)
    evaluation = check(
        actor=actor, code=who.code, act=tally, day=day, now=now, jurisdiction_id=meeting.jurisdiction_id, enforce=False,
    )  # fmt: skip
    out = finding(evaluation)
    if out is None or not out.passed:
        kept |= {"state": rules.LOST, "settled_on": day}
    return {**kept, "evaluation": evaluation}


@verb
def decide(
    *,
    actor: Actor,
    meeting: Meeting,
    text: str,
    organizations: Sequence[Organization],
    due_on: date,
    now: datetime,
    vote: Vote | None = None,
) -> Decision:
    """What the meeting decided becomes a duty of each body in charge, in whatever town it is.

    `vote`: it was put to the vote, and is kept as lost where the rule that binds such votes does not find it adopted;
    what was lost makes no duty. Raises `NobodyCharged`, `NotAtMeeting`, `DueTooEarly`, `NotHeld`, `Denied`, what
    `tally_of` refuses.
    """
    meeting = held_fast(actor, meeting, rules.HELD)
    bodies = _charged(meeting, organizations)
    _due(meeting, due_on)
    last = meeting.decisions.aggregate(last=Max("number"))["last"] or 0
    votes = counted(actor, meeting, vote, now) if vote is not None else {}
    decision = Decision.objects.create(
        jurisdiction_id=meeting.jurisdiction_id,
        meeting=meeting,
        number=last + 1,
        text=text.strip()[:300],
        due_on=due_on,
        **votes,
    )
    if decision.state == rules.LOST:
        bodies = []
    Charge.objects.bulk_create(
        Charge(jurisdiction_id=meeting.jurisdiction_id, decision=decision, organization=body)
        for body in bodies
    )
    lend_record(actor, meeting, now)
    spread(actor=actor, meeting=meeting, now=now)
    changes = {
        "text": ("", decision.text),
        "due_on": ("", due_on),
        "organizations": ("", "、".join(body.name for body in bodies)),
        **{name: ("", votes[name]) for name in ("eligible", "present", "yes", "no", "abstain") if votes},
    }
    record(actor=actor, verb="events.decide", subject=meeting, now=now, changes=changes)
    return decision


def _open(actor: Actor, decision: Decision, *states: str) -> tuple[Meeting, Decision]:
    meeting = held_fast(actor, decision.meeting, rules.HELD)
    found = Decision.objects.get(pk=decision.pk)
    if found.state not in states:
        raise rules.DecisionSettled
    return meeting, found


@verb
def change_decision(
    *, actor: Actor, decision: Decision, text: str, due_on: date, reason: str, now: datetime
) -> Decision:
    """Other words or another day, with a reason; the duties follow.

    Raises `ReasonNeeded`, `DueTooEarly`, `DecisionSettled`, `Denied`.
    """
    meeting, found = _open(actor, decision, rules.DOING)
    if not reason.strip():
        raise rules.ReasonNeeded
    _due(meeting, due_on)
    changes: dict[str, tuple[object, object]] = {}
    for name, value in (("text", text.strip()[:300]), ("due_on", due_on)):
        if getattr(found, name) != value:
            changes[name] = (getattr(found, name), value)
            setattr(found, name, value)
    if not changes:
        return found
    found.save(update_fields=["text", "due_on"])
    spread(actor=actor, meeting=meeting, now=now)
    changes["reason"] = ("", reason.strip()[:200])
    record(actor=actor, verb="events.change_decision", subject=meeting, now=now, changes=changes)
    return found


@verb
def settle_decision(*, actor: Actor, decision: Decision, evidence: str, now: datetime) -> Decision:
    """It is done, and this shows it. Raises `EvidenceNeeded`, `DecisionSettled`, `Denied`."""
    if not evidence.strip():
        raise rules.EvidenceNeeded
    return _end(actor, decision, rules.DONE, evidence, "events.settle_decision", now)


@verb
def drop_decision(*, actor: Actor, decision: Decision, reason: str, now: datetime) -> Decision:
    """It will not be done, for this reason. Raises `ReasonNeeded`, `DecisionSettled`, `Denied`."""
    if not reason.strip():
        raise rules.ReasonNeeded
    return _end(actor, decision, rules.DROPPED, reason, "events.drop_decision", now)


def _end(actor: Actor, decision: Decision, state: str, words: str, said: str, now: datetime) -> Decision:
    meeting, found = _open(actor, decision, rules.DOING)
    found.state, found.words, found.settled_on = state, words.strip()[:500], local_day(now)
    found.save(update_fields=["state", "words", "settled_on"])
    spread(actor=actor, meeting=meeting, now=now)
    changes = {"state": (rules.DOING, state), "words": ("", found.words), "text": (found.text, found.text)}
    record(actor=actor, verb=said, subject=meeting, now=now, changes=changes)
    return found


@verb
def reopen_decision(*, actor: Actor, decision: Decision, reason: str, now: datetime) -> Decision:
    """It was settled by mistake; the bodies that have not reported have it to do again.

    Raises `ReasonNeeded`, `DecisionSettled` (it is open), `Denied`.
    """
    if not reason.strip():
        raise rules.ReasonNeeded
    meeting, found = _open(actor, decision, rules.DONE, rules.DROPPED)
    changes = {
        "state": (found.state, rules.DOING),
        "words": (found.words, ""),
        "reason": ("", reason.strip()[:200]),
    }
    found.state, found.words, found.settled_on = rules.DOING, "", None
    found.save(update_fields=["state", "words", "settled_on"])
    spread(actor=actor, meeting=meeting, now=now)
    record(actor=actor, verb="events.reopen_decision", subject=meeting, now=now, changes=changes)
    return found


@verb
def report_task(*, actor: Actor, charge: Charge, text: str, now: datetime) -> Task:
    """A body in charge says what it has done; once all have, the convener is asked to look.

    A row of the body's own place. Raises `EvidenceNeeded`, `DecisionSettled`, `Denied`.
    """
    body, decision = charge.organization, charge.decision
    require(actor, "meetings.answer", body)
    if not text.strip():
        raise rules.EvidenceNeeded(field="text")
    meeting = decision.meeting
    one_by_one(meeting, body.jurisdiction_id)
    decision.refresh_from_db(fields=["state"])
    if decision.state != rules.DOING:
        raise rules.DecisionSettled
    task = own_task(actor, charge, meeting, now)
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    changes = {"text": (task.text, text.strip()[:500])}
    task.text, task.reported_at, task.reported_by_name = text.strip()[:500], now, actor.name[:80]
    task.save(update_fields=["text", "reported_at", "reported_by_name"])
    follow(actor=actor, meeting=meeting, place=body.jurisdiction_id, now=now)
    if meeting.jurisdiction_id != body.jurisdiction_id:
        enqueue("events.follow", jurisdiction_id=meeting.jurisdiction_id, meeting_id=meeting.pk)
    record(actor=actor, verb="events.report_task", subject=task, now=now, changes=changes)
    return task
