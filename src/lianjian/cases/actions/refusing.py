"""A unit refuses a case: in time, with a listed reason, naming who should have it; a second refusal is ruled on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.looks import show_datetime
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.rulebook.actions import Ask, evaluate_deadlines

from .. import rules
from ..models import Case, CaseEvent
from ..queries.people import clerks_of, handlers_of, judges_of
from .categories import check_unit, set_route
from .core import (
    advance,
    main_deadline,
    pass_on,
    place,
    require_unit,
    step_deadline,
    take,
    task_of,
    tell,
    tell_askers,
)
from .offering import end_handovers


@verb
def return_case(
    *,
    actor: Actor,
    case: Case,
    reason_code: str,
    reason: str,
    now: datetime,
    proposed: Organization | None = None,
    proposed_text: str = "",
    seen: int | None = None,
) -> Case:
    """The unit sends the case back with a listed reason and says who should have it instead; the clock runs on.

    The first time it goes to the office, the second time to who rules on it (R7.03). A duplicate needs no other
    owner. Raises `TooLateToReturn` (rule `case.refuse`, from the last dispatch), `RuledAlready`, `ReasonUnknown`,
    `OwnerNeeded`, `ReasonNeeded`.
    """
    require_unit(actor, case)
    again = case.returns > 0
    move, before = take(case, "object" if again else "return", seen), task_of(case)
    if case.ruled_at is not None:
        raise rules.RuledAlready
    until = step_deadline(actor, case, "refuse", now, start=case.sent_at or case.dispatched_at).due_at
    if until is not None and now > until:
        raise rules.TooLateToReturn(until=show_datetime(until))
    if reason_code not in rules.RETURN_REASONS:
        raise rules.ReasonUnknown
    if not reason.strip():
        raise rules.ReasonNeeded
    owner = proposed.name if proposed is not None else proposed_text.strip()
    if not owner and reason_code not in ("duplicate", "unclear"):
        raise rules.OwnerNeeded
    words = rules.RETURN_REASONS[reason_code]
    end_handovers(actor, case, now)
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        text=owner,
        reason=f"{words}:{reason.strip()}",
        changes={"proposed": ("", owner)},
        returns=case.returns + 1,
    )
    limit = step_deadline(actor, case, "rule" if again else "dispatch", now)
    pass_on(actor, case, now, before=before, evaluation=limit)
    whom = judges_of(case.jurisdiction_id) if again else clerks_of(case.jurisdiction_id)
    tell(actor, case, whom, "objected" if again else "returned", now, words)
    return case


def _sender(case: Case) -> int | None:
    """The account that sent the case out last."""
    lines = CaseEvent.objects.filter(case=case, move__in=("dispatch", "redispatch")).order_by("-id")
    return lines.values_list("actor_id", flat=True).first()


@verb
def rule_case(
    *,
    actor: Actor,
    case: Case,
    handler: Organization,
    ground: str,
    now: datetime,
    make_route: bool = False,
    seen: int | None = None,
) -> Case:
    """Say who handles a case that two units refused. It is final: the unit named cannot send it back.

    `make_route`: from now on the category goes there. Raises `OneOwnRuling`, `GroundNeeded`, `ForeignHandler`.
    """
    require(actor, "cases.rule", place(case))
    move, before = take(case, "rule", seen), task_of(case)
    if not ground.strip():
        raise rules.GroundNeeded
    if actor.user_id is not None and actor.user_id == _sender(case):
        raise rules.OneOwnRuling
    check_unit(case, handler)
    old = case.handler
    asks = [Ask(case.sort.limit("sign"), now)]
    if case.evaluation_id is None:
        asks.append(main_deadline(case, now))
    signing, *main = evaluate_deadlines(actor=actor, asks=asks, now=now, jurisdiction_id=case.jurisdiction_id)
    due: dict[str, Any] = {"evaluation": main[0], "due_at": main[0].due_at} if main else {}
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        reason=ground,
        changes={"handler": (old.name if old else "", handler.name)},
        handler=handler,
        handler_text="",
        handler_person="",
        sent_at=now,
        ruled_at=now,
        signed_at=None,
        **due,
    )
    pass_on(actor, case, now, before=before, evaluation=signing)
    if make_route:
        set_route(actor=actor, category=case.category, organization=handler, ground=ground, now=now)
    told = [*handlers_of(handler), *handlers_of(old), *clerks_of(case.jurisdiction_id)]
    tell(actor, case, told, "ruled", now, ground)
    return case


@verb
def recall_case(*, actor: Actor, case: Case, reason: str, now: datetime, seen: int | None = None) -> Case:
    """The office takes a case back from the unit that has it; the limit stays and runs on."""
    require(actor, "cases.dispatch", place(case))
    move, before, old = take(case, "recall", seen), task_of(case), case.handler
    if not reason.strip():
        raise rules.ReasonNeeded
    end_handovers(actor, case, now)
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        reason=reason,
        changes={"handler": (old.name if old else "", "")},
        handler=None,
        handler_text="",
        handler_person="",
        signed_at=None,
    )
    pass_on(actor, case, now, before=before, evaluation=step_deadline(actor, case, "dispatch", now))
    tell(actor, case, handlers_of(old), "recalled", now, reason)
    return case


@verb
def decline_case(
    *, actor: Actor, case: Case, reason_code: str, text: str, now: datetime, seen: int | None = None
) -> Case:
    """Do not take a matter that has a lawful way of its own, and say which (R7.05, R7.06). It is shown apart.

    Raises `ReasonUnknown`, `TextNeeded`.
    """
    require(actor, "cases.dispatch", place(case))
    move, before = take(case, "decline", seen), task_of(case)
    if reason_code not in rules.DECLINE_REASONS:
        raise rules.ReasonUnknown
    if not text.strip():
        raise rules.TextNeeded
    advance(actor=actor, case=case, move=move, now=now, text=text, reason=rules.DECLINE_REASONS[reason_code])
    pass_on(actor, case, now, before=before)
    tell_askers(actor, case, "declined", now, text)
    return case
