"""What somebody outside the offices does: tell a matter on a public page, join one, follow it, add words to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from lianjian.foundation.actor import Actor, PublicActor
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import Denied
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import Case, CaseEvent, Follower
from ..models.followers import code_digest
from ..queries.people import clerks_of, handlers_of
from .core import advance, is_asker, place, take, tell
from .public_signs import random_signs
from .registering import register_case

CODE_LENGTH: Final = 8


class AlreadyFollowed(Refused):
    """An account follows a case once."""

    sentence = _("您已经在跟进这件诉求。")
    status = 409


class NothingToJoin(Refused):
    """Others join what is open and was made public."""

    sentence = _("这件诉求已经办结或不公开,不能一起跟进,请单独提交。")
    field = "join"


def _follow(case: Case, actor: Actor, now: datetime, *, first: bool, name: str, phone: str) -> str:
    """Write the follower; returns the code, which nobody can read again."""
    code = random_signs(CODE_LENGTH)
    Follower.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        first=first,
        name=name.strip()[:40],
        phone=phone.strip()[:20],
        code_digest=code_digest(case.number, code),
        user_id=actor.user_id,
        at=now,
    )
    if actor.user_id is not None and not case.followed:
        Case.objects.filter(pk=case.pk).update(followed=True)
        case.followed = True
    return code


@verb
def report_case(*, actor: Actor, now: datetime, **told: Any) -> tuple[Case, str]:
    """Register what was told on a public page (arguments of `register_case`); with the code by which it is followed.

    Raises what `register_case` raises.
    """
    case = register_case(actor=actor, now=now, **{"source": "public", **told})
    name, phone = told.get("reporter", ""), told.get("reporter_phone", "")
    return case, _follow(case, actor, now, first=True, name=name, phone=phone)


def may_join(actor: Actor, case: Case) -> bool:
    """Whether the actor is the office of the case's place, which lets others follow it."""
    return actor.may("cases.dispatch", place(case)) and case.jurisdiction_id in actor.writable


@verb(constraints={"one_follower_per_account": AlreadyFollowed})
def join_case(*, actor: Actor, case: Case, now: datetime, name: str = "", phone: str = "") -> str:
    """Follow an open case that was made public instead of telling it again; returns the code.

    The office joins somebody who came to the desk; never to an accusation, nor to a matter of a kind that is private.
    Raises `NothingToJoin`, `AlreadyFollowed`, `Denied`.
    """
    office = may_join(actor, case)
    if not office and not (isinstance(actor, PublicActor) and case.published):
        raise NothingToJoin if isinstance(actor, PublicActor) else Denied
    if case.ended or case.accused_id is not None or case.sort.private:
        raise NothingToJoin
    whose: Actor = actor if isinstance(actor, PublicActor) else PublicActor(case.jurisdiction_id)
    code = _follow(case, whose, now, first=False, name=name, phone=phone)
    record(actor=actor, verb="cases.join", subject=case, now=now, changes={"followers": ("", "1")})
    return code


@verb
def supplement_case(
    *, actor: Actor, case: Case, text: str, now: datetime, seen: int | None = None
) -> CaseEvent:
    """Who asked adds to what was told; the unit and the office hear of it. Raises `TextNeeded`, `Denied`."""
    if not is_asker(actor, case):
        raise Denied
    move = take(case, "supplement", seen)
    if not text.strip():
        raise rules.TextNeeded
    event = advance(actor=actor, case=case, move=move, now=now, text=text)
    tell(actor, case, [*handlers_of(case.handler), *clerks_of(case.jurisdiction_id)], "supplemented", now, text)
    return event
