"""What the unit does: sign, send back, note, answer; what the office does with a case in work."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.rights import Denied, require
from lianjian.foundation.searchdb import vector
from lianjian.foundation.verbs import verb

from .. import rules
from ..models import Case, CaseEvent
from ..queries.people import clerks_of, contacts_of, handlers_of
from .core import (
    advance,
    is_asker,
    pass_on,
    place,
    require_office_or_unit,
    require_unit,
    step_deadline,
    take,
    task_of,
    tell,
    tell_askers,
)
from .offering import end_handovers, require_helpers_done
from .registering import search_words


@verb
def sign_case(*, actor: Actor, case: Case, now: datetime, person: str = "", seen: int | None = None) -> Case:
    """The unit takes the case; `person` is who will deal with it (default: the actor)."""
    require_unit(actor, case)
    move, before = take(case, "sign", seen), task_of(case)
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        signed_at=now,
        handler_person=(person.strip() or actor.name)[:40],
    )
    pass_on(actor, case, now, before=before)
    return case


@verb
def handle_note(*, actor: Actor, case: Case, text: str, now: datetime, seen: int | None = None) -> CaseEvent:
    """Write down a contact with the firm or a step of the work; the first one takes the case into work."""
    require_unit(actor, case)
    move, before = take(case, "note", seen), task_of(case)
    if not text.strip():
        raise rules.TextNeeded
    event = advance(actor=actor, case=case, move=move, now=now, text=text)
    pass_on(actor, case, now, before=before)
    tell_askers(actor, case, "progress", now)
    return event


@verb
def answer_case(
    *,
    actor: Actor,
    case: Case,
    text: str,
    now: datetime,
    outcome: str = "solved",
    seen: int | None = None,
) -> Case:
    """Tell who asked what was done and with what outcome; now they must say whether it is so.

    That nothing can be done goes to the office first, where a second person looks at it (`vet_case`).
    Raises `HelpersAtWork` while another unit still has a part of it.
    """
    require_unit(actor, case)
    by_two = outcome in rules.BY_TWO
    move, before = take(case, "answer_impossible" if by_two else "answer", seen), task_of(case)
    if not text.strip():
        raise rules.TextNeeded
    if outcome not in rules.OUTCOMES:
        raise rules.OutcomeUnknown
    require_helpers_done(case)
    case.answer = text.strip()
    reply = None if by_two else step_deadline(actor, case, "confirm", now)
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        text=text,
        reason=rules.OUTCOMES[outcome],
        answered_at=now,
        answer=case.answer,
        outcome=outcome,
        reply_until=reply.due_at if reply is not None else None,
        search=vector(search_words(case, case.whose)),
    )
    pass_on(actor, case, now, before=before, evaluation=reply)
    if by_two:
        tell(actor, case, clerks_of(case.jurisdiction_id), "vetting", now)
        return case
    tell_askers(actor, case, "answered", now)
    if case.organization is None or not contacts_of(case.organization):
        tell(actor, case, clerks_of(case.jurisdiction_id), "answered", now)
    return case


@verb
def park_case(
    *, actor: Actor, case: Case, reason: str, review_on: date, now: datetime, seen: int | None = None
) -> Case:
    """The office parks what cannot be done soon, until a day on which it is looked at again. It stays counted."""
    require(actor, "cases.dispatch", place(case))
    move, before = take(case, "park", seen), task_of(case)
    if not reason.strip():
        raise rules.ReasonNeeded
    if review_on <= case.registered_on:
        raise rules.ReviewTooEarly
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        reason=reason,
        changes={"review_on": (case.review_on, review_on)},
        review_on=review_on,
    )
    pass_on(actor, case, now, before=before)
    tell(actor, case, handlers_of(case.handler), "parked", now, reason)
    return case


@verb
def resume_case(
    *, actor: Actor, case: Case, now: datetime, reason: str = "", seen: int | None = None
) -> Case:
    """Take a parked case into work again, at the unit that had it."""
    require_office_or_unit(actor, case)
    move, before = take(case, "resume", seen), task_of(case)
    advance(actor=actor, case=case, move=move, now=now, reason=reason, review_on=None)
    pass_on(actor, case, now, before=before)
    tell(actor, case, handlers_of(case.handler), "dispatched", now, reason)
    return case


@verb
def withdraw_case(*, actor: Actor, case: Case, reason: str, now: datetime, seen: int | None = None) -> Case:
    """Take a case back before it is answered: by who filed it, by the firm, or by the office. It is counted nowhere."""
    own = actor.user_id is not None and case.registered_by == actor.user_id
    if not (own or is_asker(actor, case) or actor.may("cases.dispatch", place(case))):
        raise Denied
    move, before = take(case, "withdraw", seen), task_of(case)
    if not reason.strip():
        raise rules.ReasonNeeded
    end_handovers(actor, case, now)
    advance(actor=actor, case=case, move=move, now=now, reason=reason, review_on=None)
    pass_on(actor, case, now, before=before)
    tell(
        actor, case, [*clerks_of(case.jurisdiction_id), *handlers_of(case.handler)], "withdrawn", now, reason
    )
    return case
