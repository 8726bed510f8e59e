"""Supervised items of a visit: set, changed, reported by the body in charge, dropped, opened again."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from lianjian.directory.actions import organizations as directory
from lianjian.directory.models import Organization
from lianjian.duties.actions import close_duties, open_duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import Denied
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Visit, VisitItem
from ..rules import VisitWithdrawn
from ..rules import meetings as words
from ..rules import supervising as rules
from .visit_rights import require_own


def _charge(visit: Visit, organization: Organization) -> None:
    if organization.jurisdiction_id != visit.jurisdiction_id:
        raise rules.BodyElsewhere(name=organization.name)
    directory.living(organization)


def follow_item(actor: Actor, item: VisitItem, now: datetime, *, fresh: bool = False) -> None:
    """One open duty of the body in charge while the item is open."""
    if not fresh:
        close_duties(actor=actor, record=item, kind=rules.ITEM, now=now)
    if item.state != rules.DOING:
        return
    open_duty(
        actor=actor, record=item, kind=rules.ITEM, title=item.text, organization=item.organization,
        url=reverse("events:item", kwargs={"key": item.key}), due_at=day_end(item.due_on), now=now, fresh=fresh,
    )  # fmt: skip


@verb
def set_item(
    *, actor: Actor, visit: Visit, text: str, organization: Organization, due_on: date, now: datetime
) -> VisitItem:
    """What the visit asks a body of the place to do becomes its duty.

    Raises `WordsNeeded`, `ItemBeforeVisit`, `BodyElsewhere`, `VisitWithdrawn`, `Denied`, `AlreadyEnded`.
    """
    require_own(actor, visit)
    if visit.withdrawn_at is not None:
        raise VisitWithdrawn
    if not text.strip():
        raise rules.WordsNeeded
    rules.check_due(due_on, visit.visited_on)
    _charge(visit, organization)
    made = VisitItem(
        jurisdiction_id=visit.jurisdiction_id,
        visit=visit,
        organization=organization,
        text=text.strip()[:200],
        due_on=due_on,
        recorded_by_name=actor.name[:80],
        recorded_at=now,
    )
    made.save(force_insert=True)
    follow_item(actor, made, now, fresh=True)
    changes = {"text": ("", made.text), "organization": ("", organization.name), "due_on": ("", due_on)}
    record(actor=actor, verb="events.set_item", subject=made, now=now, changes=changes)
    return made


def _held(item: VisitItem) -> VisitItem:
    rows = VisitItem.objects.select_for_update(of=("self",)).select_related("visit__organization", "organization")
    found = rows.filter(pk=item.pk).first()
    if found is None:  # another place's
        raise Denied
    return found


def _open(actor: Actor, item: VisitItem) -> VisitItem:
    found = _held(item)
    require_own(actor, found.visit)
    if found.state != rules.DOING:
        raise rules.ItemSettled
    return found


@verb
def change_item(
    *, actor: Actor, item: VisitItem, text: str, organization: Organization, due_on: date, reason: str, now: datetime
) -> VisitItem:
    """Other words, another body or day, with a reason; the duty follows. Raises as `set_item`, `ReasonNeeded`."""
    found = _open(actor, item)
    if not reason.strip():
        raise words.ReasonNeeded
    if not text.strip():
        raise rules.WordsNeeded
    rules.check_due(due_on, found.visit.visited_on)
    _charge(found.visit, organization)
    changes: dict[str, tuple[object, object]] = {}
    for name, value in (("text", text.strip()[:200]), ("organization", organization), ("due_on", due_on)):
        if getattr(found, name) != value:
            changes[name] = (str(getattr(found, name)), str(value))
            setattr(found, name, value)
    if not changes:
        return found
    found.save(update_fields=["text", "organization", "due_on"])
    follow_item(actor, found, now)
    changes["reason"] = ("", reason.strip()[:200])
    record(actor=actor, verb="events.change_item", subject=found, now=now, changes=changes)
    return found


@verb
def settle_item(*, actor: Actor, item: VisitItem, outcome: str, now: datetime) -> VisitItem:
    """It is done, in words; by the body in charge or by who supervises.

    Raises `OutcomeNeeded`, `ItemSettled`, `Denied`.
    """
    found = _held(item)
    if not actor.may("meetings.answer", found.organization):
        require_own(actor, found.visit)
    if found.state != rules.DOING:
        raise rules.ItemSettled
    if not outcome.strip():
        raise rules.OutcomeNeeded
    return _end(actor, found, rules.DONE, outcome, "events.settle_item", now)


@verb
def drop_item(*, actor: Actor, item: VisitItem, reason: str, now: datetime) -> VisitItem:
    """It need not be done any more, for this reason. Raises `ReasonNeeded`, `ItemSettled`, `Denied`."""
    found = _open(actor, item)
    if not reason.strip():
        raise words.ReasonNeeded
    return _end(actor, found, rules.DROPPED, reason, "events.drop_item", now)


@verb
def reopen_item(*, actor: Actor, item: VisitItem, reason: str, now: datetime) -> VisitItem:
    """Who supervises looked again and it is not done. Raises `ReasonNeeded`, `ItemOpen`, `VisitWithdrawn`, `Denied`."""
    found = _held(item)
    require_own(actor, found.visit)
    if found.visit.withdrawn_at is not None:
        raise VisitWithdrawn
    if found.state == rules.DOING:
        raise rules.ItemOpen
    if not reason.strip():
        raise words.ReasonNeeded
    changes = {
        "state": (found.state, rules.DOING), "words": (found.words, ""), "reason": ("", reason.strip()[:200]),
    }  # fmt: skip
    found.state, found.words, found.settled_on, found.settled_by_name = rules.DOING, "", None, ""
    found.save(update_fields=["state", "words", "settled_on", "settled_by_name"])
    follow_item(actor, found, now)
    record(actor=actor, verb="events.reopen_item", subject=found, now=now, changes=changes)
    return found


def drop_items_of(actor: Actor, visit: Visit, now: datetime) -> None:
    """A visit that is withdrawn asks nothing of anybody. Part of the verb that withdraws it."""
    rows = visit.items.filter(state=rules.DOING).select_for_update(of=("self",)).order_by("pk")
    for one in rows:
        _end(actor, one, rules.DROPPED, visit.withdrawn_reason, "events.drop_item", now)


def _end(actor: Actor, found: VisitItem, state: str, said: str, name: str, now: datetime) -> VisitItem:
    found.state, found.words, found.settled_on = state, said.strip()[:500], local_day(now)
    found.settled_by_name = actor.name[:80]
    found.save(update_fields=["state", "words", "settled_on", "settled_by_name"])
    follow_item(actor, found, now)
    changes = {"state": (rules.DOING, state), "words": ("", found.words)}
    record(actor=actor, verb=name, subject=found, now=now, changes=changes)
    return found
