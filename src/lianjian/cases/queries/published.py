"""The list of needs on the page of a case, and the case on the page of its item."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Asking
from lianjian.lists.models import Item
from lianjian.lists.queries import item_matches_panel, item_url, speaks_for
from lianjian.lists.queries.listing import item_badge

from ..models import Case
from .listing import case_url, state_badge, visible


def publishable(case: Case) -> bool:
    """A body's need that is open and not kept private; each is on the list once at a time."""
    return (
        case.organization is not None
        and not case.ended
        and case.accused_id is None
        and case.sort.subject == "organization"
        and not case.sort.private
        and (case.item is None or case.item.state != "open")
    )


def publication_panel(*, actor: Actor, record: Any, now: datetime) -> Asking:
    """The item of a case for who may see it, or the way to publish it."""
    may = publishable(record) and speaks_for(actor, record.organization)
    columns = ("title", "key", "state", "expires_on")
    (found,) = yield (Item.objects.visible_to(actor).filter(pk=record.item_id or 0).values_list(*columns),)
    if not found and not may:
        return None
    shown = None
    for title, key, state, expires_on in found:
        over = expires_on is not None and expires_on < local_day(now)
        shown = (title, item_url(key), item_badge(state, over))
    new = reverse("cases:publish", kwargs={"key": record.key}) if may else ""
    return "cases/_publication.html", {"item": shown, "new_url": new}


def matches_panel(*, actor: Actor, record: Any, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """What fits the need of a case that is on the list; no query of its own."""
    return item_matches_panel(actor=actor, record=record.item, now=now) if record.item is not None else None


def item_panel(*, actor: Actor, record: Item, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """The case behind an item, for who may see it; one query."""
    if record.source != "case" or not actor.scopes("cases.see"):
        return None
    found = visible(actor).filter(item=record).order_by("-pk").first()
    if found is None:
        return None
    return "cases/_behind.html", {
        "number": found.number,
        "title": found.title,
        "url": case_url(found.key),
        "badge": state_badge(found.state, kind=found.kind),
    }
