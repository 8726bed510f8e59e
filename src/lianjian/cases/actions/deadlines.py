"""More time, asked before the limit, and days on which the clock stands still; decided by somebody else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from lianjian.duties.actions import close_duties, open_duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import local_day
from lianjian.foundation.errors import _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.rulebook import rules as clock
from lianjian.rulebook.actions import evaluate_again, evaluate_deadline
from lianjian.rulebook.models import Evaluation
from lianjian.rulebook.queries import term_in_force, term_text

from .. import rules
from ..models import Case, Extension, Pause
from ..queries.people import clerks_of, contacts_of, handlers_of, judges_of
from .core import advance, pass_on, place, require_office_or_unit, require_unit, take, task_of, tell
from .pausing import cut_pauses, with_pauses

PAUSE_DUTY = "cases.pause"


def follow_evaluations(*, actor: Actor, evaluations: list[Evaluation], now: datetime) -> None:
    """Cases follow their evaluations to new due times. Listener of `rulebook.recompute`, which journals."""
    for evaluation in evaluations:
        Case.objects.filter(evaluation=evaluation).update(due_at=evaluation.due_at)


def extension_duty(case: Case) -> str:
    """The duty to decide: of the office, or of the head where the kind wants one (petitions: art. 34)."""
    return "cases.extension_head" if "decide_extension" in case.sort.by_head else "cases.extension"


def longest(case: Case, now: datetime, step: str) -> clock.Term:
    """The longest extension or pause that the rules of the kind and the place allow."""
    code = case.sort.limit(step)
    return term_in_force(
        code, local_day(now), case.jurisdiction_id, profile=case.profile, urgency=case.urgency
    )


@verb(constraints={"one_open_extension_per_case": rules.ExtensionPending})
def ask_extension(
    *, actor: Actor, case: Case, days: int, reason: str, now: datetime, seen: int | None = None
) -> Extension:
    """Ask for `days` more, in the unit of the longest extension (rule `case.extend`, petitions `petition.extend`).

    Raises `TooLateToExtend` after the limit, `ExtensionPending`, `Daysless`.
    """
    require_unit(actor, case)
    move = take(case, "ask_extension", seen)
    most = longest(case, now, "extend")
    if not 1 <= days <= most.amount:
        raise rules.Daysless(most=term_text(most.amount, most.unit))
    if not reason.strip():
        raise rules.ReasonNeeded
    if case.due_at is None or now > case.due_at:
        raise rules.TooLateToExtend
    extension = Extension.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        days=days,
        unit=most.unit,
        reason=reason.strip()[:300],
        asked_at=now,
        asked_by=actor.user_id,
        asked_by_name=actor.name,
        due_before=case.due_at,
    )
    changes = {"days": ("", days), "unit": ("", most.unit)}
    asked = f"{days} {most.unit}"
    advance(actor=actor, case=case, move=move, now=now, text=asked, reason=reason, changes=changes)
    duty, words = extension_duty(case), term_text(days, most.unit)
    _ask(actor, case, duty, now, _("申请延长 %(term)s") % {"term": words})
    deciders = judges_of if duty.endswith("_head") else clerks_of
    tell(actor, case, deciders(case.jurisdiction_id), "extension_asked", now, reason)
    return extension


def _ask(actor: Actor, case: Case, kind: str, now: datetime, note: str) -> None:
    open_duty(
        actor=actor,
        record=case,
        kind=kind,
        title=f"{case.number} {case.title}"[:200],
        url=case.get_absolute_url(),
        now=now,
        due_at=case.due_at,
        note=note,
    )


def _longer(actor: Actor, case: Case, extension: Extension, ground: str, now: datetime) -> Evaluation:
    """The limit with the extension: a further term on the same evaluation, reckoned from the old limit."""
    if case.evaluation is None:  # from a ledger: the limit has no reckoning of its own
        return evaluate_deadline(
            actor=actor,
            code=case.category.deadline_code,
            start=extension.due_before,
            now=now,
            jurisdiction_id=case.jurisdiction_id,
            amount=extension.days,
            unit=extension.unit,
        )
    had = [clock.More(*one) for one in case.evaluation.inputs.get("more", [])]
    more = [*had, clock.More(extension.days, extension.unit, ground.strip())]
    return evaluate_again(actor=actor, evaluation=case.evaluation, more=more, now=now)


@verb
def decide_extension(
    *, actor: Actor, case: Case, approve: bool, ground: str, now: datetime, seen: int | None = None
) -> Extension:
    """Approve or refuse the request that waits; the one who asked the case is told of more time.

    Raises `NoExtension`, `OneOwnDecision`, `GroundNeeded`.
    """
    head = extension_duty(case).endswith("_head")
    require(actor, "cases.rule" if head else "cases.dispatch", place(case))
    move, before = take(case, "decide_extension", seen), task_of(case)
    extension = Extension.objects.filter(case=case, decision="").first()
    if extension is None:
        raise rules.NoExtension
    if actor.user_id is not None and extension.asked_by == actor.user_id:
        raise rules.OneOwnDecision
    if not ground.strip():
        raise rules.GroundNeeded
    due: dict[str, Any] = {}
    if approve:
        evaluation = _longer(actor, case, extension, ground, now)
        due = {"evaluation": evaluation, "due_at": evaluation.due_at}
    _decided(actor, case, move, approve, ground, extension.due_before, due, now)
    Extension.objects.filter(pk=extension.pk).update(
        decision="approved" if approve else "refused",
        decided_at=now,
        decided_by_name=actor.name,
        ground=ground.strip()[:300],
        due_after=case.due_at,
    )
    close_duties(actor=actor, record=case, kind=extension_duty(case), now=now)
    pass_on(actor, case, now, before=before)
    asked = contacts_of(case.organization) if approve and case.organization is not None else []
    tell(actor, case, [*handlers_of(case.handler), *asked], "extension_decided", now, ground)
    return extension


def _decided(
    actor: Actor,
    case: Case,
    move: rules.Move,
    approve: bool,
    ground: str,
    due_before: datetime | None,
    due: dict[str, Any],
    now: datetime,
) -> None:
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        text=_("同意") if approve else _("不同意"),
        reason=ground,
        changes={"due_at": (due_before, due.get("due_at", due_before))},
        **due,
    )


@verb(constraints={"one_open_pause_per_case": rules.PausePending})
def ask_pause(
    *,
    actor: Actor,
    case: Case,
    reason_code: str,
    reason: str,
    last: date,
    now: datetime,
    seen: int | None = None,
) -> Pause:
    """Ask that the clock stand still until `last`, for a listed reason outside the unit.

    Raises `PauseReasonUnknown`, `PauseTooLong` (rule `case.pause`), `TooLateToPause`, `PausePending`, `ReasonNeeded`.
    """
    require_unit(actor, case)
    move = take(case, "ask_pause", seen)
    if reason_code not in rules.PAUSE_REASONS:
        raise rules.PauseReasonUnknown
    if not reason.strip():
        raise rules.ReasonNeeded
    if case.due_at is None or case.evaluation is None or now > case.due_at:
        raise rules.TooLateToPause
    most = longest(case, now, "pause")
    latest = local_day(now) + timedelta(days=most.amount)
    if not local_day(now) < last <= latest:
        raise rules.PauseTooLong(latest=latest.isoformat())
    held = Pause.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        reason_code=reason_code,
        reason=reason.strip()[:300],
        last=last,
        asked_at=now,
        asked_by=actor.user_id,
        asked_by_name=actor.name,
    )
    words = rules.PAUSE_REASONS[reason_code]
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        text=words,
        reason=f"{reason.strip()}({last.isoformat()})",
        changes={"paused_until": (case.paused_until, last)},
    )
    _ask(actor, case, PAUSE_DUTY, now, _("申请暂停计时:%(why)s") % {"why": words})
    tell(actor, case, clerks_of(case.jurisdiction_id), "pause_asked", now, reason)
    return held


@verb
def decide_pause(
    *, actor: Actor, case: Case, approve: bool, ground: str, now: datetime, seen: int | None = None
) -> Pause:
    """Approve or refuse the pause that waits. It begins on the day after, and moves the limit by its working days.

    Raises `NoPause`, `OneOwnDecision`, `GroundNeeded`, `PauseOver`.
    """
    require(actor, "cases.dispatch", place(case))
    move, before = take(case, "decide_pause", seen), task_of(case)
    held = Pause.objects.filter(case=case, decision="").first()
    if held is None:
        raise rules.NoPause
    if actor.user_id is not None and held.asked_by == actor.user_id:
        raise rules.OneOwnDecision
    if not ground.strip():
        raise rules.GroundNeeded
    first = local_day(now) + timedelta(days=1)
    if approve and held.last < first:
        raise rules.PauseOver
    Pause.objects.filter(pk=held.pk).update(
        decision="approved" if approve else "refused",
        first=first if approve else None,
        decided_at=now,
        decided_by_name=actor.name,
        ground=ground.strip()[:300],
    )
    due: dict[str, Any] = {}
    due_before = case.due_at
    if approve:
        due = {**with_pauses(actor, case, now), "paused_until": max(held.last, case.paused_until or held.last)}
    _decided(actor, case, move, approve, ground, due_before, due, now)
    close_duties(actor=actor, record=case, kind=PAUSE_DUTY, now=now)
    pass_on(actor, case, now, before=before)
    tell(actor, case, handlers_of(case.handler), "pause_decided", now, ground)
    held.refresh_from_db()
    return held


@verb
def end_pause(*, actor: Actor, case: Case, reason: str, now: datetime, seen: int | None = None) -> Case:
    """The reason is gone: the clock runs again from tomorrow. Raises `NoPause`, `ReasonNeeded`."""
    require_office_or_unit(actor, case)
    move, before = take(case, "end_pause", seen), task_of(case)
    today = local_day(now)
    if case.paused_until is None or case.paused_until <= today:
        raise rules.NoPause
    if not reason.strip():
        raise rules.ReasonNeeded
    due_before = case.due_at
    cut_pauses(case, now)
    due = {**with_pauses(actor, case, now), "paused_until": today}
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        reason=reason,
        changes={"due_at": (due_before, due.get("due_at", due_before))},
        **due,
    )
    pass_on(actor, case, now, before=before)
    tell(actor, case, [*handlers_of(case.handler), *clerks_of(case.jurisdiction_id)], "progress", now, reason)
    return case
