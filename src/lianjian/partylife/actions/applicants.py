"""A person's way into the party, step by step."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record
from lianjian.rulebook.actions import evaluate_deadline
from lianjian.rulebook.models import Evaluation
from lianjian.rulebook.queries import cite

from .. import rules
from ..models import Applicant
from .people import person_for

CHANGEABLE = (
    "enterprise",
    "enterprise_text",
    "kind",
    "applied_on",
    "activist_on",
    "probationary_on",
    "full_on",
    "contacts",
    "note",
)
CONSTRAINTS = {
    "one_open_application_per_person": rules.AlreadyApplied,
    "steps_follow_one_another": rules.NotYetActivist,
}


@verb(constraints=CONSTRAINTS)
def record_application(
    *,
    actor: Actor,
    person: Person | str,
    enterprise: Organization | None,
    applied_on: date,
    now: datetime,
    enterprise_text: str = "",
    kind: str = "",
    contacts: str = "",
    note: str = "",
    jurisdiction_id: int | None = None,
) -> Applicant:
    """Record that somebody handed in a written application (细则 art. 6).

    Raises `AlreadyApplied`, `InTheFuture`, `NameMissing`, `EnterpriseMissing`, `Denied`.
    """
    owner = enterprise.jurisdiction_id if enterprise is not None else jurisdiction_id or actor.jurisdiction_id
    require(actor, "partylife.write", enterprise if enterprise is not None else Whole(owner))
    if applied_on > local_day(now):
        raise rules.InTheFuture
    who = person_for(
        person=person, enterprise=enterprise, enterprise_text=enterprise_text, jurisdiction_id=owner, now=now
    )
    made = Applicant.objects.create(
        jurisdiction_id=owner,
        person=who,
        enterprise=enterprise,
        enterprise_text="" if enterprise is not None else enterprise_text.strip()[:120],
        kind=rules.kind_code(kind),
        applied_on=applied_on,
        contacts=contacts.strip()[:120],
        note=note.strip()[:300],
        recorded_by_name=actor.name[:80],
        recorded_at=now,
    )
    record(
        actor=actor,
        verb="partylife.record_application",
        subject=made,
        now=now,
        changes={"person": ("", who.name), "applied_on": ("", applied_on)},
    )
    return made


def _require(actor: Actor, applicant: Applicant) -> None:
    require(
        actor,
        "partylife.write",
        applicant.enterprise if applicant.enterprise is not None else Whole(applicant.jurisdiction_id),
    )
    if applicant.withdrawn_at is not None or applicant.ended_on is not None:
        raise rules.Ended


def waited(
    actor: Actor,
    applicant: Applicant,
    *,
    code: str,
    start: date,
    day: date,
    refusal: type[Refused],
    now: datetime,
) -> Evaluation:
    """Evaluate a shortest interval and raise `refusal` when `day` lies before its end."""
    evaluation = evaluate_deadline(
        actor=actor, code=code, start=start, now=now, jurisdiction_id=applicant.jurisdiction_id
    )
    first_day = local_day(evaluation.due_at) if evaluation.due_at is not None else start
    if day < first_day:
        raise refusal(day=first_day, cite=cite(evaluation))
    return evaluation


def _step(actor: Actor, applicant: Applicant, field: str, day: date, now: datetime, **more: Any) -> Applicant:
    """Write one step: order checked, stage derived, one journal entry."""
    taken = getattr(applicant, field)
    if taken is not None:
        raise rules.StepTaken(day=taken)
    before = {name: getattr(applicant, name) for name in (field, "stage", *more)}
    for name, value in {field: day, **more}.items():
        setattr(applicant, name, value)
    check(applicant, now)
    applicant.save(update_fields=[*before])
    changed = diff(before, applicant)
    changed.pop("evaluation", None)
    record(actor=actor, verb=f"partylife.mark_{applicant.stage}", subject=applicant, now=now, changes=changed)
    return applicant


def check(applicant: Applicant, now: datetime) -> None:
    """Raise what is out of order; set the stage that follows from the days."""
    days = {name: getattr(applicant, name) for name in ("activist_on", "probationary_on", "full_on")}
    rules.check_order(applied_on=applicant.applied_on, **days, today=local_day(now))
    applicant.stage = rules.stage_of(**days)


@verb(constraints=CONSTRAINTS)
def mark_activist(
    *, actor: Actor, applicant: Applicant, activist_on: date, now: datetime, contacts: str = ""
) -> Applicant:
    """Chosen as activist (细则 art. 8), with the one or two members who train him (art. 9).

    Raises `BeforeApplication`, `StepTaken`, `InTheFuture`, `Ended`, `Denied`.
    """
    _require(actor, applicant)
    more = {"contacts": contacts.strip()[:120]} if contacts.strip() else {}
    return _step(actor, applicant, "activist_on", activist_on, now, **more)


@verb(constraints=CONSTRAINTS)
def mark_probationary(
    *, actor: Actor, applicant: Applicant, probationary_on: date, now: datetime
) -> Applicant:
    """Accepted as probationary member by the branch meeting: a member developed.

    Raises `NotYetActivist`, `TooSoonAfterActivist` (rule member.activist), `StepTaken`, `InTheFuture`, `Ended`.
    """
    _require(actor, applicant)
    if applicant.activist_on is None:
        raise rules.NotYetActivist
    if applicant.probationary_on is not None:
        raise rules.StepTaken(day=applicant.probationary_on)
    evaluation = waited(
        actor, applicant, code="member.activist", start=applicant.activist_on, day=probationary_on,
        refusal=rules.TooSoonAfterActivist, now=now,
    )  # fmt: skip
    return _step(actor, applicant, "probationary_on", probationary_on, now, evaluation=evaluation)


@verb(constraints=CONSTRAINTS)
def mark_full(*, actor: Actor, applicant: Applicant, full_on: date, now: datetime) -> Applicant:
    """Became a full member after the probation.

    Raises `NotYetProbationary`, `ProbationTooShort` (rule member.probation), `StepTaken`, `InTheFuture`, `Ended`.
    """
    _require(actor, applicant)
    if applicant.probationary_on is None:
        raise rules.NotYetProbationary
    if applicant.full_on is not None:
        raise rules.StepTaken(day=applicant.full_on)
    evaluation = waited(
        actor, applicant, code="member.probation", start=applicant.probationary_on, day=full_on,
        refusal=rules.ProbationTooShort, now=now,
    )  # fmt: skip
    return _step(actor, applicant, "full_on", full_on, now, evaluation=evaluation)


@verb(constraints=CONSTRAINTS)
def change_application(*, actor: Actor, applicant: Applicant, now: datetime, **changes: Any) -> Applicant:
    """Mend what was recorded; changed days must still keep order and intervals."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    _require(actor, applicant)
    before = {field: getattr(applicant, field) for field in (*changes, "stage")}
    for field, value in changes.items():
        setattr(applicant, field, rules.kind_code(value) if field == "kind" else value)
    if not applicant.where:
        raise rules.EnterpriseMissing
    check(applicant, now)
    changed = diff(before, applicant)
    if not changed:
        return applicant
    written = list(changed)
    if {"activist_on", "probationary_on", "full_on"} & set(changed):
        applicant.evaluation = _evaluate_again(actor, applicant, now)
        written.append("evaluation")
    applicant.save(update_fields=written)
    record(actor=actor, verb="partylife.change_application", subject=applicant, now=now, changes=changed)
    return applicant


def _evaluate_again(actor: Actor, applicant: Applicant, now: datetime) -> Evaluation | None:
    """Every interval between the days on record, the last one kept as the ground."""
    last = None
    if applicant.activist_on is not None and applicant.probationary_on is not None:
        last = waited(
            actor, applicant, code="member.activist", start=applicant.activist_on, day=applicant.probationary_on,
            refusal=rules.TooSoonAfterActivist, now=now,
        )  # fmt: skip
    if applicant.probationary_on is not None and applicant.full_on is not None:
        last = waited(
            actor, applicant, code="member.probation", start=applicant.probationary_on, day=applicant.full_on,
            refusal=rules.ProbationTooShort, now=now,
        )  # fmt: skip
    return last


@verb
def end_application(
    *, actor: Actor, applicant: Applicant, ended_on: date, reason: str, now: datetime
) -> None:
    """The way ends before membership, by the person or by the branch. What happened stays counted."""
    _require(actor, applicant)
    if not reason.strip():
        raise rules.ReasonMissing
    if ended_on > local_day(now):
        raise rules.InTheFuture
    applicant.ended_on, applicant.ended_reason = ended_on, reason.strip()[:200]
    applicant.save(update_fields=["ended_on", "ended_reason"])
    record(
        actor=actor,
        verb="partylife.end_application",
        subject=applicant,
        now=now,
        changes={"ended_on": ("", ended_on), "ended_reason": ("", applicant.ended_reason)},
    )


@verb
def withdraw_application(*, actor: Actor, applicant: Applicant, reason: str, now: datetime) -> None:
    """Take back an application recorded by mistake: it stays readable and is counted nowhere."""
    require(
        actor,
        "partylife.write",
        applicant.enterprise if applicant.enterprise is not None else Whole(applicant.jurisdiction_id),
    )
    if applicant.withdrawn_at is not None:
        raise rules.Ended
    if not reason.strip():
        raise rules.ReasonMissing
    applicant.withdrawn_at, applicant.withdrawn_reason = now, reason.strip()[:200]
    applicant.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record(
        actor=actor,
        verb="partylife.withdraw_application",
        subject=applicant,
        now=now,
        changes={"withdrawn_reason": ("", applicant.withdrawn_reason)},
    )
