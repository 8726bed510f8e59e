"""Two cases that are one, one case that is several, and the words that the public reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lianjian.foundation.actor import Actor
from lianjian.foundation.rights import require
from lianjian.foundation.searchdb import vector
from lianjian.foundation.verbs import verb

from .. import rules
from ..models import Case, CaseEvent
from ..queries.people import contacts_of, handlers_of
from .core import advance, pass_on, place, step_deadline, take, task_of, tell
from .offering import end_handovers
from .registering import register_case, search_words


@verb
def merge_case(
    *, actor: Actor, case: Case, into: Case, reason: str, now: datetime, seen: int | None = None
) -> Case:
    """The case goes into another open one of the same place and is counted with it (R7.02).

    Who asked is told, and told again when the other one ends. Raises `NotNeededThere`, `ReasonNeeded`.
    """
    require(actor, "cases.dispatch", place(case))
    move, before = take(case, "merge", seen), task_of(case)
    if into.pk == case.pk or into.ended or into.jurisdiction_id != case.jurisdiction_id:
        raise rules.NotNeededThere
    if into.accused_id != case.accused_id:
        raise rules.MergedSecret
    if not reason.strip():
        raise rules.ReasonNeeded
    end_handovers(actor, case, now)
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        text=into.number,
        reason=reason,
        changes={"merged_into": ("", into.number)},
        merged_into=into,
        lent_to=None,
    )
    pass_on(actor, case, now, before=before)
    asked = contacts_of(case.organization) if case.organization is not None else []
    tell(actor, case, [*asked, *handlers_of(into.handler)], "merged", now, into.number)
    return case


@verb
def unmerge_case(*, actor: Actor, case: Case, reason: str, now: datetime, seen: int | None = None) -> Case:
    """The case was not the same after all: it stands alone again, at the desk, with the limit it had."""
    require(actor, "cases.dispatch", place(case))
    move, before = take(case, "unmerge", seen), task_of(case)
    if not reason.strip():
        raise rules.ReasonNeeded
    advance(actor=actor, case=case, move=move, now=now, reason=reason, merged_into=None)
    pass_on(actor, case, now, before=before, evaluation=step_deadline(actor, case, "dispatch", now))
    return case


@verb
def split_case(
    *,
    actor: Actor,
    case: Case,
    parts: Sequence[str],
    now: datetime,
    reason: str = "",
    seen: int | None = None,
) -> list[Case]:
    """Matters of several units in one case become cases of their own, told by the same person on the same day.

    Raises `PartsNeeded`.
    """
    require(actor, "cases.dispatch", place(case))
    move = take(case, "split", seen)
    texts = [part.strip() for part in parts if part.strip()]
    if not texts:
        raise rules.PartsNeeded
    made = [
        register_case(
            actor=actor,
            kind=case.kind,
            text=text,
            category=case.category,
            source=case.source,
            organization=case.organization,
            organization_text=case.organization_text,
            village=case.village,
            address=case.address,
            urgency=case.urgency,
            reporter=case.reporter,
            reporter_phone=case.reporter_phone,
            registered_on=case.registered_on,
            jurisdiction_id=case.jurisdiction_id,
            part_of=case,
            accused=case.accused,
            accused_text=case.accused_text,
            now=now,
        )
        for text in texts
    ]
    numbers = "、".join(one.number for one in made)
    advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        text=numbers,
        reason=reason,
        changes={"parts": ("", numbers)},
    )
    return made


@verb
def reword_case(
    *,
    actor: Actor,
    case: Case,
    title: str,
    text: str,
    now: datetime,
    publish: bool | None = None,
    seen: int | None = None,
) -> CaseEvent:
    """Change the words that are passed on; what was said first stays beside them. Raises `TextNeeded`.

    `publish`: whether others may read the words on public pages, to join instead of telling the matter again. A kind
    kept private is never shown there. Raises `KeptPrivate`.
    """
    require(actor, "cases.dispatch", place(case))
    move = take(case, "reword", seen)
    if not text.strip() or not title.strip():
        raise rules.TextNeeded
    public = case.published if publish is None else publish
    if public and case.sort.private:
        raise rules.KeptPrivate(kind=str(case.sort.name))
    old, was = case.title, case.published
    case.title, case.text = title.strip()[:120], text.strip()
    return advance(
        actor=actor,
        case=case,
        move=move,
        now=now,
        changes={"title": (old, case.title), "published": (was, public)},
        title=case.title,
        published=public,
        public_text=case.text,
        search=vector(search_words(case, case.whose)),
    )
