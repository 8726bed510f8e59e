"""Take one of the 25 steps, correct it, take the last one back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.verbs import verb
from lianjian.foundation.writing import add_all
from lianjian.journal.actions import diff, record
from lianjian.rulebook.models import Evaluation

from .. import rules
from ..models import Applicant, DevelopmentStep, Guide, StepGround
from ..queries.ladder import Law, history_of, steps_of
from ..rules import development as dev
from ..rules.facts import Facts, check_guides, needs_outcome
from .holding import COPIED, KEPT, facts_of, judged, settle, undo
from .standing import require_open

Changes = dict[str, tuple[object, object]]
CONSTRAINTS = {"one_standing_step_of_a_number": dev.TakenMeanwhile}


@verb(constraints=CONSTRAINTS)
def take_step(
    *, actor: Actor, applicant: Applicant, number: int, done_on: date, facts: Facts, now: datetime
) -> DevelopmentStep:
    """Record one of the 25 steps, held against every rule that binds it on its own day.

    Raises `StepMissing`, `StepStands`, `BeforePrevious`, `BreaksRule` (a BLOCK rule, with its article), `ReasonNeeded`
    (a WARN rule, until `facts.reason` is given), `InTheFuture`, `Ended`, `Denied`, and what the form lacks.
    """
    require_open(actor, applicant)
    law, rows = Law(applicant.jurisdiction_id), steps_of(applicant)
    before = {name: getattr(applicant, name) for name in KEPT}
    row, grounds = _prepared(actor, applicant, rows, number, done_on, facts, law, now)
    _store(row, facts, grounds)
    rows.append(row)
    follow(applicant, rows, row)
    settle(actor, applicant, rows, law, now)
    changes: Changes = {"number": ("", number), "done_on": ("", done_on), **_told(before, applicant)}
    if facts.reason:
        changes["reason"] = ("", facts.reason)
    record(
        actor=actor,
        verb="partylife.take_step",
        subject=applicant,
        now=now,
        changes=changes,
    )
    return row


def begin(
    actor: Actor, applicant: Applicant, applied_on: date, facts: Facts, now: datetime
) -> DevelopmentStep:
    """Step 1 of an application just made. Part of its verb, which journals and settles."""
    row, grounds = _prepared(
        actor, applicant, [], dev.APPLIED, applied_on, facts, Law(applicant.jurisdiction_id), now
    )
    _store(row, facts, grounds)
    return row


def _told(before: dict[str, object], applicant: Applicant) -> Changes:
    """What of the applicant changed, in the days that people ask for."""
    told = diff(before, applicant)
    asked = ("stage", "activist_on", "target_on", "probationary_on", "full_on")
    return {name: told[name] for name in asked if name in told}


def _prepared(
    actor: Actor,
    applicant: Applicant,
    rows: Sequence[DevelopmentStep],
    number: int,
    done_on: date,
    facts: Facts,
    law: Law,
    now: datetime,
    *,
    turn: bool = True,
) -> tuple[DevelopmentStep, list[Evaluation]]:
    """The unsaved row of a step, with the rules it was held against."""
    history = history_of(applicant, rows)
    step = dev.check_turn(history, number) if turn else dev.STEPS[number]
    if done_on > local_day(now):
        raise rules.InTheFuture(field="done_on")
    dev.check_follows(history, step, done_on)
    needs_outcome(number, facts)
    check_guides(facts, applicant.person.name)
    grounds = judged(actor, applicant, history, number, done_on, facts, law, now)
    row = DevelopmentStep(
        jurisdiction_id=applicant.jurisdiction_id,
        applicant=applicant,
        number=number,
        done_on=done_on,
        observed=sorted(facts.observed),
        recorded_by_name=actor.name[:80],
        recorded_at=now,
        **{name: getattr(facts, name) for name in COPIED},
    )
    return row, grounds


def _store(row: DevelopmentStep, facts: Facts, grounds: Sequence[Evaluation]) -> None:
    row.save(force_insert=True)
    place = row.jurisdiction_id
    add_all(StepGround(jurisdiction_id=place, step=row, evaluation=one) for one in grounds)
    add_all(
        Guide(jurisdiction_id=place, step=row, person_id=one.person_id, name=one.name[:40], status=one.status)
        for one in facts.guides
    )


def follow(applicant: Applicant, rows: Sequence[DevelopmentStep], row: DevelopmentStep) -> None:
    """What a step sets in motion beside the next one: a vote that failed, an approval refused, an extension, an end."""
    if row.number == dev.CONTACTS:
        applicant.contacts = "、".join(one.name for one in row.guides.all())[:120]
    if row.outcome == dev.NOT_PASSED:
        undo([row], why="failed")
    elif row.number == dev.APPROVAL and row.outcome == dev.NOT_APPROVED:
        undo(rows, why="refused", after=dev.OBSERVED)
    elif row.number == dev.FULL_APPROVAL:
        _after_full(applicant, rows, row)


def _after_full(applicant: Applicant, rows: Sequence[DevelopmentStep], row: DevelopmentStep) -> None:
    decided = next(one for one in rows if one.standing and one.number == dev.FULL_MEETING)
    if row.outcome == dev.NOT_APPROVED:
        undo(rows, why="refused", after=dev.PROBATION)
    elif decided.outcome == dev.EXTEND:
        applicant.extension_months = decided.extend_months
        undo(rows, why="extended", after=dev.PROBATION)
    elif decided.outcome == dev.CANCEL:
        applicant.ended_on, applicant.ended_kind = row.done_on, "cancelled"
        applicant.ended_reason = decided.note[:200] or rules.ENDINGS["cancelled"]
        undo([row], why="cancelled")


@verb(constraints=CONSTRAINTS)
def correct_step(
    *, actor: Actor, step: DevelopmentStep, done_on: date, facts: Facts, reason: str, now: datetime
) -> DevelopmentStep:
    """Put a step right: the old row stays as history, and all that follows is held against the rules again.

    The outcome stays what it was: another outcome is another decision. Raises `BreaksRule` where the new day makes this
    or a later step break a rule, `ReasonMissing`, `StepStands`.
    """
    applicant = step.applicant
    require_open(actor, applicant)
    if not reason.strip():
        raise rules.ReasonMissing
    if not step.standing:
        raise rules.Ended
    law, rows = Law(applicant.jurisdiction_id), steps_of(applicant)
    step = next(row for row in rows if row.pk == step.pk)
    before = {name: getattr(applicant, name) for name in KEPT}
    undo([step], why="corrected", reason=reason)
    earlier = [row for row in rows if row.standing and (row.number, row.done_on) < (step.number, done_on)]
    failed = [row for row in rows if row.undone == "failed"]
    facts = _same_outcome(facts, step)
    new, grounds = _prepared(
        actor, applicant, [*earlier, *failed], step.number, done_on, facts, law, now, turn=False
    )
    new.replaces, new.bundle_id = step, step.bundle_id
    _store(new, facts, grounds)
    rows.append(new)
    if step.number == dev.APPLIED:
        applicant.applied_on = done_on
        applicant.save(update_fields=["applied_on"])
    if step.number == dev.CONTACTS:
        follow(applicant, rows, new)
    _hold_later(actor, applicant, rows, new, law, now)
    settle(actor, applicant, rows, law, now)
    told = {"done_on": (step.done_on, done_on), "reason": ("", reason), **_told(before, applicant)}
    changes: Changes = {"number": ("", step.number), **told}
    record(
        actor=actor,
        verb="partylife.correct_step",
        subject=applicant,
        now=now,
        changes=changes
    )
    return new


def _same_outcome(facts: Facts, step: DevelopmentStep) -> Facts:
    return replace(facts, outcome=step.outcome)


def _hold_later(
    actor: Actor,
    applicant: Applicant,
    rows: Sequence[DevelopmentStep],
    new: DevelopmentStep,
    law: Law,
    now: datetime,
) -> None:
    """Every later step against the rules again, from the days as they now are."""
    standing = sorted((row for row in rows if row.standing), key=lambda row: (row.number, row.done_on))
    failed = [row for row in rows if row.undone == "failed"]
    for row in standing:
        if row.pk == new.pk or (row.number, row.done_on) <= (new.number, new.done_on):
            continue
        earlier = [one for one in standing if (one.number, one.done_on) < (row.number, row.done_on)]
        history = history_of(applicant, [*earlier, *failed])
        dev.check_follows(history, dev.STEPS[row.number], row.done_on)
        grounds = judged(actor, applicant, history, row.number, row.done_on, facts_of(row), law, now)
        add_all(StepGround(jurisdiction_id=row.jurisdiction_id, step=row, evaluation=one) for one in grounds)


@verb
def strike_step(*, actor: Actor, step: DevelopmentStep, reason: str, now: datetime) -> None:
    """Take back the last step, recorded by mistake; the row stays as history. Raises `NotLast`, `ReasonMissing`."""
    applicant = step.applicant
    require_open(actor, applicant)
    if not reason.strip():
        raise rules.ReasonMissing
    rows = steps_of(applicant)
    step = next(row for row in rows if row.pk == step.pk)
    standing = [row for row in rows if row.standing]
    last = max(((row.number, row.done_on, row.pk) for row in standing), default=(0, date.min, 0))
    failed = step.undone == "failed" and step.number == last[0] + 1
    if step.number == dev.APPLIED or not (failed or (step.standing and step.pk == last[2])):
        raise dev.NotLast
    before = {name: getattr(applicant, name) for name in KEPT}
    step.standing, step.undone, step.undone_reason = False, "struck", reason.strip()[:200]
    step.save(update_fields=["standing", "undone", "undone_reason"])
    settle(actor, applicant, rows, Law(applicant.jurisdiction_id), now)
    told = {"done_on": (step.done_on, ""), "reason": ("", reason), **_told(before, applicant)}
    changes: Changes = {"number": (step.number, ""), **told}
    record(
        actor=actor,
        verb="partylife.strike_step",
        subject=applicant,
        now=now,
        changes=changes
    )


@verb
def file_paper(*, actor: Actor, step: DevelopmentStep, now: datetime) -> None:
    """The step's paper was put into the dossier. Raises `Ended` for a step that no longer stands."""
    applicant = step.applicant
    require_open(actor, applicant, ended=True)
    if not step.standing or step.filed:
        raise rules.Ended
    step.filed = True
    step.save(update_fields=["filed"])
    settle(actor, applicant, steps_of(applicant), Law(applicant.jurisdiction_id), now)
    changes = {"number": ("", step.number), "filed": (False, True)}
    record(actor=actor, verb="partylife.file_paper", subject=applicant, now=now, changes=changes)
