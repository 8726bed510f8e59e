"""Somebody else than the handler asks who asked whether it is met."""

from __future__ import annotations

from datetime import datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import CallBack, Case
from .core import place
from .interest import check_apart


@verb
def record_call_back(
    *,
    actor: Actor,
    case: Case,
    reached: bool,
    now: datetime,
    way: str = "phone",
    solved: str = "",
    satisfied: str = "",
    words: str = "",
) -> CallBack:
    """Keep what who asked says; the case stays as it is. Counted by the figures of call-backs alone.

    Raises `OwnWork` for who handled it and for accounts of the unit, `CallTooEarly`, `OutcomeUnknown`, `Denied`.
    """
    require(actor, "cases.confirm_for", place(case))
    check_apart(actor, case)
    if case.state not in ("answered", "disputed", "closed"):
        raise rules.CallTooEarly
    if reached and solved not in rules.CALL_ANSWERS:
        raise rules.OutcomeUnknown(field="solved")
    made = CallBack.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        called_at=now,
        called_on=local_day(now),
        way=way if way in rules.CALL_WAYS else "phone",
        reached=reached,
        solved=solved if reached else "",
        satisfied=satisfied if reached and satisfied in rules.RATINGS else "",
        words=words.strip(),
        by_user=actor.user_id,
        by_name=actor.name[:80],
        unit=case.handler.name if case.handler is not None else case.handler_text,
    )
    record(actor=actor, verb="cases.call_back", subject=case, now=now, changes={"reached": ("", reached)})
    return made
