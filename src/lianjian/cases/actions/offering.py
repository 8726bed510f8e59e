"""Other units come in: they help, do a part and give it back, or take the case over; each offer has its own end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from lianjian.directory.models import Organization
from lianjian.duties.actions import close_duties, open_duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb

from .. import rules
from ..models import Case, Handover
from ..models.handovers import LIVE
from ..queries.people import clerks_of, handlers_of
from .categories import check_unit
from .core import advance, pass_on, require_office_or_unit, take, task_of, tell, words_outside

_PENDING = {"one_live_offer_per_unit": rules.OfferPending, "one_live_loan_or_transfer": rules.OfferPending}


def live_handovers(case: Case) -> list[Handover]:
    """Offers that wait and helpers at work, oldest first."""
    rows = Handover.objects.filter(case=case, state__in=LIVE).select_related("organization")
    return list(rows.order_by("id"))


def require_helpers_done(case: Case) -> None:
    """Nobody else still has a part of the case. Raises `HelpersAtWork`."""
    for held in live_handovers(case):
        raise rules.HelpersAtWork(unit=held.organization.name)


def end_handovers(actor: Actor, case: Case, now: datetime) -> None:
    """The case leaves its unit: what was offered for it ends too."""
    for held in live_handovers(case):
        _reply(actor, held, "revoked", "", now)
    case.lent_to = None


def _reply(actor: Actor, held: Handover, state: str, reply: str, now: datetime) -> None:
    """Write the end or the acceptance of an offer, if nobody did so meanwhile. Raises `OfferOver`."""
    expected = held.state
    written = Handover.objects.filter(pk=held.pk, state=expected).update(
        state=state, reply=reply.strip()[:500], replied_at=now, replied_by_name=actor.name[:80]
    )
    if written != 1:
        held.refresh_from_db(fields=["state"])
        raise _over(held)
    held.state, held.reply, held.replied_at, held.replied_by_name = state, reply.strip(), now, actor.name
    close_duties(actor=actor, record=held, now=now)


def _over(held: Handover) -> rules.OfferOver:
    return rules.OfferOver(
        kind=translate(rules.OFFERS[held.kind]), state=translate(rules.OFFER_STATES[held.state])
    )


def _line(held: Handover) -> str:
    """The words of the story: kind and unit."""
    return f"{rules.OFFERS[held.kind]}:{held.organization.name}"


@verb(constraints=_PENDING)
def offer_case(
    *,
    actor: Actor,
    case: Case,
    kind: str,
    organization: Organization,
    ground: str,
    now: datetime,
    due_at: datetime | None = None,
    seen: int | None = None,
) -> Handover:
    """The lead (or the office) asks another unit to help, to do a part, or to take the case over.

    Raises `SameUnit`, `ForeignHandler`, `DepartmentalMatter`, `OfferPending`, `GroundNeeded`.
    """
    require_office_or_unit(actor, case)
    move = take(case, "offer", seen)
    if not ground.strip():
        raise rules.GroundNeeded
    if kind not in rules.OFFERS:
        raise rules.ReasonUnknown(field="kind")
    if organization.pk == case.handler_id:
        raise rules.SameUnit(unit=organization.name)
    # Who helps does not get the matter itself.
    check_unit(case, organization, "organization", itself=kind != "co")
    ends = [moment for moment in (due_at, case.due_at) if moment is not None]
    held = Handover.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        kind=kind,
        organization=organization,
        offered_by=case.handler,
        offered_by_name=actor.name[:80],
        offered_at=now,
        ground=ground.strip()[:300],
        due_at=min(ends) if ends else None,
    )
    advance(actor=actor, case=case, move=move, now=now, text=_line(held), reason=ground)
    _duty(actor, case, held, "cases.handover", now)
    tell(actor, case, handlers_of(organization), "offered", now, ground)
    return held


def _duty(actor: Actor, case: Case, held: Handover, kind: str, now: datetime) -> None:
    open_duty(
        actor=actor,
        record=held,
        kind=kind,
        title=words_outside(case),
        url=case.get_absolute_url(),
        now=now,
        due_at=held.due_at,
        organization=held.organization,
        note=held.ground[:300],
    )


def _held(actor: Actor, handover: Handover, *states: str) -> Handover:
    """The offer, for who acts at the unit it was made to. Raises `OfferOver`, `Denied`."""
    require(actor, "cases.handle", handover.organization)
    if handover.state not in states:
        raise _over(handover)
    return handover


@verb
def accept_offer(
    *, actor: Actor, case: Case, handover: Handover, now: datetime, seen: int | None = None
) -> Handover:
    """The unit takes it. A transfer makes it the lead with the same limit; a loan takes the work until handed back."""
    held = _held(actor, handover, "offered")
    move, before, old = take(case, "accept", seen), task_of(case), case.handler
    _reply(actor, held, "accepted" if held.kind != "transfer" else "done", "", now)
    if held.kind == "transfer":
        end_handovers(actor, case, now)
        advance(
            actor=actor,
            case=case,
            move=move,
            now=now,
            to="signed",
            text=_line(held),
            changes={"handler": (old.name if old else "", held.organization.name)},
            handler=held.organization,
            handler_text="",
            handler_person=actor.name[:40],
            lent_to=None,
            sent_at=now,
            signed_at=now,
        )
        pass_on(actor, case, now, before=before)
    else:
        lent: dict[str, Any] = {"lent_to": held.organization} if held.kind == "refer" else {}
        advance(actor=actor, case=case, move=move, now=now, text=_line(held), **lent)
        _duty(actor, case, held, "cases.co_answer", now)
    tell(actor, case, [*handlers_of(old), *clerks_of(case.jurisdiction_id)], "progress", now, _line(held))
    return held


@verb
def refuse_offer(
    *, actor: Actor, case: Case, handover: Handover, reason: str, now: datetime, seen: int | None = None
) -> Handover:
    """The unit does not take it, and says why; nothing changes for the lead. Raises `ReasonNeeded`."""
    held = _held(actor, handover, "offered")
    move = take(case, "refuse", seen)
    if not reason.strip():
        raise rules.ReasonNeeded
    _reply(actor, held, "refused", reason, now)
    advance(actor=actor, case=case, move=move, now=now, text=_line(held), reason=reason)
    tell(actor, case, handlers_of(case.handler), "progress", now, reason)
    return held


@verb
def hand_back(
    *, actor: Actor, case: Case, handover: Handover, text: str, now: datetime, seen: int | None = None
) -> Handover:
    """Who helped says what was done; a loan goes back to the lead. Raises `TextNeeded`."""
    held = _held(actor, handover, "accepted")
    move = take(case, "hand_back", seen)
    if not text.strip():
        raise rules.TextNeeded
    _reply(actor, held, "done", text, now)
    back: dict[str, Any] = {"lent_to": None} if held.kind == "refer" else {}
    advance(actor=actor, case=case, move=move, now=now, text=_line(held), reason=text, **back)
    tell(actor, case, handlers_of(case.handler), "progress", now, text)
    return held


@verb
def revoke_offer(
    *, actor: Actor, case: Case, handover: Handover, now: datetime, reason: str = "", seen: int | None = None
) -> Handover:
    """Who offered takes it back, before or after it was accepted; a loan goes back to the lead."""
    require_office_or_unit(actor, case)
    move = take(case, "revoke", seen)
    if handover.state not in LIVE:
        raise _over(handover)
    back: dict[str, Any] = {"lent_to": None} if handover.kind == "refer" and handover.state == "accepted" else {}
    _reply(actor, handover, "revoked", reason, now)
    advance(actor=actor, case=case, move=move, now=now, text=_line(handover), reason=reason, **back)
    tell(actor, case, handlers_of(handover.organization), "progress", now, reason)
    return handover


# What is done with an offer: the verb, and the name under which it takes its words.
OFFER_ACTS: dict[str, tuple[Callable[..., Handover], str]] = {
    "accept": (accept_offer, ""),
    "refuse": (refuse_offer, "reason"),
    "hand_back": (hand_back, "text"),
    "revoke": (revoke_offer, "reason"),
}
