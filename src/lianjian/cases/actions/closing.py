"""Closing by the one who asked: confirmed, disputed, or silent for too long."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import local_day
from lianjian.foundation.rights import Denied, require
from lianjian.foundation.verbs import verb

from .. import rules
from ..models import Case, CaseEvent
from ..queries.people import clerks_of, handlers_of
from .core import (
    advance,
    is_asker,
    pass_on,
    place,
    speaks_for_asker,
    step_deadline,
    take,
    task_of,
    tell,
    tell_askers,
)
from .escalating import fire
from .interest import check_apart
from .pausing import without_closed_days


def _words(reason: str, *, own: bool) -> str:
    """The office that speaks for the firm says how it was told. Raises `ReasonNeeded`."""
    if not own and not reason.strip():
        raise rules.CallBackNeeded
    return reason.strip() if own else f"{rules.ON_BEHALF}{reason.strip()}"


def count_up(actor: Actor, case: Case, rule: str, move: str, now: datetime) -> None:
    """A thing that happened so often to a case goes up the line, each time from then on."""
    count = CaseEvent.objects.filter(case=case, move=move).count()
    if count >= rules.ESCALATIONS[rule].count:
        fire(actor=actor, case=case, rule=rule, mark=f"{move}:{count}", now=now)


@verb
def confirm_case(
    *,
    actor: Actor,
    case: Case,
    now: datetime,
    rating: str = "",
    reason: str = "",
    seen: int | None = None,
) -> Case:
    """The firm says that it is so, and the case is closed; or the office, after a call-back noted in `reason`.

    No account of the unit, and nobody who worked on it, speaks for who asked. Raises `OwnWork`.
    """
    own = speaks_for_asker(actor, case)
    if not own:
        check_apart(actor, case)
    move, before = take(case, "confirm", seen), task_of(case)
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        text=rules.RATINGS.get(rating, ""),
        reason=_words(reason, own=own),
        changes={"rating": ("", rating)},
        closed_at=now,
        closed_on=local_day(now),
        closing="confirmed",
        rating=rating if rating in rules.RATINGS else "",
    )
    pass_on(actor, case, now, before=before)
    tell(actor, case, [*handlers_of(case.handler), *clerks_of(case.jurisdiction_id)], "closed", now)
    return case


@verb
def dispute_case(*, actor: Actor, case: Case, reason: str, now: datetime, seen: int | None = None) -> Case:
    """The firm says that it is not so: the same unit handles it again, with a new length of time from today."""
    own = speaks_for_asker(actor, case)
    move, before = take(case, "dispute", seen), task_of(case)
    if not reason.strip():
        raise rules.ReasonNeeded
    evaluation = step_deadline(actor, case, "dispute", now)
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        reason=_words(reason, own=own),
        changes={"due_at": (case.due_at, evaluation.due_at)},
        evaluation=evaluation,
        due_at=evaluation.due_at,
        outcome="",
    )
    pass_on(actor, case, now, before=before)
    tell(actor, case, [*handlers_of(case.handler), *clerks_of(case.jurisdiction_id)], "disputed", now, reason)
    count_up(actor, case, "disputed", "dispute", now)
    return case


@verb
def close_silent_case(*, actor: Actor, case: Case, now: datetime, seen: int | None = None) -> Case:
    """Close a case whose firm did not reply until `reply_until` (rule `case.confirm`); it is shown apart."""
    require(actor, "cases.close", place(case))
    move, before = take(case, "close_silent", seen), task_of(case)
    if case.reply_until is None or now <= case.reply_until:
        raise rules.TooEarly(day=local_day(case.reply_until) if case.reply_until else "")
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        closed_at=now,
        closed_on=local_day(now),
        closing="no_reply",
    )
    pass_on(actor, case, now, before=before)
    tell(actor, case, handlers_of(case.handler), "closed", now)
    tell_askers(actor, case, "closed", now)
    return case


@verb
def urge_case(*, actor: Actor, case: Case, now: datetime, reason: str = "", seen: int | None = None) -> Case:
    """The firm (or the office for it) asks for haste, once a day."""
    if not is_asker(actor, case) and not actor.may("cases.dispatch", place(case)):
        raise Denied
    move = take(case, "urge", seen)
    if case.urged_at is not None and now - case.urged_at < timedelta(hours=rules.URGE_HOURS):
        raise rules.UrgedAlready
    advance(actor=actor, case=case, move=move, now=now, reason=reason, urged_at=now)
    tell(actor, case, [*handlers_of(case.handler), *clerks_of(case.jurisdiction_id)], "urged", now, reason)
    count_up(actor, case, "urged", "urge", now)
    return case


@verb
def vet_case(
    *, actor: Actor, case: Case, approve: bool, ground: str, now: datetime, seen: int | None = None
) -> Case:
    """A second person says whether nothing more can be done; else the unit goes on.

    The office, or who rules, where the office has but one person. Raises `OneOwnVetting`, `GroundNeeded`.
    """
    home = place(case)
    require(actor, "cases.rule" if actor.may("cases.rule", home) else "cases.dispatch", home)
    move, before = take(case, "vet" if approve else "vet_back", seen), task_of(case)
    if not ground.strip():
        raise rules.GroundNeeded
    proposer = CaseEvent.objects.filter(case=case, move="answer_impossible").order_by("-id")
    if actor.user_id is not None and proposer.values_list("actor_id", flat=True).first() == actor.user_id:
        raise rules.OneOwnVetting
    reply = step_deadline(actor, case, "confirm", now) if approve else None
    more: dict[str, Any] = {} if approve else {"outcome": "", "answered_at": None}
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        reason=ground,
        reply_until=reply.due_at if reply is not None else None,
        **more,
    )
    pass_on(actor, case, now, before=before, evaluation=reply)
    if approve:
        tell_askers(actor, case, "answered", now)
    else:
        tell(actor, case, handlers_of(case.handler), "progress", now)
    return case


@verb
def reopen_case(*, actor: Actor, case: Case, reason: str, now: datetime, seen: int | None = None) -> Case:
    """Take a closed case into work again: the same unit, the whole story, and the limit with what was left of it.

    The days between closing and now count as not run; a limit that had passed stays passed, so that nobody gains a
    fresh one by closing early. A case without a unit (from a ledger) goes to the desk. Raises `ReasonNeeded`.
    """
    if not is_asker(actor, case) and not actor.may("cases.confirm_for", place(case)):
        raise Denied
    move, before = take(case, "reopen", seen), task_of(case)
    if not reason.strip():
        raise rules.ReasonNeeded
    due_before = case.due_at
    due = without_closed_days(actor, case, now)
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        to="handling" if case.handler is not None else "registered",
        reason=reason,
        changes={"closing": (case.closing, ""), "due_at": (due_before, due.get("due_at", due_before))},
        closed_at=None,
        closed_on=None,
        closing="",
        outcome="",
        rating="",
        reply_until=None,
        reopened=case.reopened + 1,
        **due,
    )
    step = None if case.handler is not None else step_deadline(actor, case, "dispatch", now)
    pass_on(actor, case, now, before=before, evaluation=step)
    tell(actor, case, [*handlers_of(case.handler), *clerks_of(case.jurisdiction_id)], "reopened", now, reason)
    count_up(actor, case, "reopened", "reopen", now)
    return case
