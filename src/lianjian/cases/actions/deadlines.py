"""More time: asked by the unit before the limit, decided by the office."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lianjian.duties.actions import close_duties, open_duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.rulebook.actions import evaluate_deadline
from lianjian.rulebook.models import Evaluation

from .. import rules
from ..models import Case, Extension
from ..queries.people import clerks_of, handlers_of
from .core import advance, pass_on, place, require_unit, take, task_of, tell

LONGEST_DAYS = 60
EXTENSION_DUTY = "cases.extension"


def follow_evaluations(*, actor: Actor, evaluations: list[Evaluation], now: datetime) -> None:
    """Cases follow their evaluations to new due times. Listener of `rulebook.recompute`, which journals."""
    for evaluation in evaluations:
        Case.objects.filter(evaluation=evaluation).update(due_at=evaluation.due_at)


@verb(constraints={"one_open_extension_per_case": rules.ExtensionPending})
def ask_extension(
    *, actor: Actor, case: Case, days: int, reason: str, now: datetime, seen: int | None = None
) -> Extension:
    """Ask for `days` more working days. Raises `TooLateToExtend` after the limit, `ExtensionPending`."""
    require_unit(actor, case)
    move = take(case, "ask_extension", seen)
    if not 1 <= days <= LONGEST_DAYS:
        raise rules.Daysless
    if not reason.strip():
        raise rules.ReasonNeeded
    if case.due_at is None or now > case.due_at:
        raise rules.TooLateToExtend
    extension = Extension.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        days=days,
        reason=reason.strip()[:300],
        asked_at=now,
        asked_by=actor.user_id,
        asked_by_name=actor.name,
        due_before=case.due_at,
    )
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        text=str(days),
        reason=reason,
        changes={"days": ("", days)},
    )
    open_duty(
        actor=actor,
        record=case,
        kind=EXTENSION_DUTY,
        title=f"{case.number} {case.title}"[:200],
        url=case.get_absolute_url(),
        now=now,
        due_at=case.due_at,
        note=_("申请延长 %(days)s 个工作日") % {"days": days},
    )
    tell(actor, case, clerks_of(case.jurisdiction_id), "extension_asked", now, reason)
    return extension


@verb
def decide_extension(
    *, actor: Actor, case: Case, approve: bool, ground: str, now: datetime, seen: int | None = None
) -> Extension:
    """Approve or refuse the request that waits. Approved days are reckoned from the old limit.

    Raises `NoExtension`, `OneOwnDecision`, `ReasonNeeded`.
    """
    require(actor, "cases.dispatch", place(case))
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
        evaluation = evaluate_deadline(
            actor=actor,
            code=case.category.deadline_code,
            start=extension.due_before,
            now=now,
            jurisdiction_id=case.jurisdiction_id,
            amount=extension.days,
            unit="wd",
        )
        due = {"evaluation": evaluation, "due_at": evaluation.due_at}
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        text=_("同意") if approve else _("不同意"),
        reason=ground,
        changes={"due_at": (extension.due_before, due.get("due_at", extension.due_before))},
        **due,
    )
    Extension.objects.filter(pk=extension.pk).update(
        decision="approved" if approve else "refused",
        decided_at=now,
        decided_by_name=actor.name,
        ground=ground.strip()[:300],
        due_after=case.due_at,
    )
    close_duties(actor=actor, record=case, kind=EXTENSION_DUTY, now=now)
    pass_on(actor, case, now, before=before)
    tell(actor, case, handlers_of(case.handler), "extension_decided", now, ground)
    return extension
