"""Who has an interest in a case withdraws from it."""

from __future__ import annotations

from datetime import datetime

from lianjian.accounts.models import User
from lianjian.foundation.actor import Actor
from lianjian.foundation.verbs import verb

from .. import rules
from ..models import Case, Recusal
from ..queries.people import clerks_of, handlers_of
from .core import advance, pass_on, require_unit, step_deadline, take, task_of, tell
from .offering import end_handovers


@verb
def recuse_handler(
    *, actor: Actor, case: Case, reason: str, now: datetime, user: User | None = None, seen: int | None = None
) -> Case:
    """Withdraw from a case, or (`user`) take somebody of the unit off it; the unit signs anew by somebody else.

    The limit stays. Raises `ReasonNeeded`, `Recused`.
    """
    require_unit(actor, case)
    move, before = take(case, "recuse", seen), task_of(case)
    if not reason.strip():
        raise rules.ReasonNeeded
    who, name = (user.pk, user.name) if user is not None else (actor.user_id, actor.name)
    if who is not None:
        _row, made = Recusal.objects.get_or_create(
            case=case,
            user_id=who,
            defaults={
                "jurisdiction_id": case.jurisdiction_id,
                "name": name[:80],
                "reason": reason.strip()[:300],
                "at": now,
                "by_name": actor.name[:80],
            },
        )
        if not made:
            raise rules.Recused
    end_handovers(actor, case, now)
    advance(
        actor=actor, case=case, move=move, now=now, text=name, reason=reason, handler_person="", signed_at=None
    )
    pass_on(actor, case, now, before=before, evaluation=step_deadline(actor, case, "sign", now))
    others = [one for one in handlers_of(case.handler) if one != who]
    tell(actor, case, [*others, *clerks_of(case.jurisdiction_id)], "dispatched", now, reason)
    return case
