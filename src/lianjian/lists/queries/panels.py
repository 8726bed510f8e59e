"""What other pages show of the four lists."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.alliances.models import Alliance, Term
from lianjian.alliances.queries import term_name
from lianjian.directory.models import Organization
from lianjian.events.models import Venue, Visit
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Asking

from .. import rules
from ..models import Claim, Item
from .listing import claim_url, item_url, on_chain, waiting
from .people import speaks_for


def _newest(actor: Actor, rows: Any, day: date) -> Any:
    found = rows.visible_to(actor).offered(day).order_by("-pk")[:6]
    return found.values_list("key", "title", "kind", "category")


def _lines(found: Any) -> list[tuple[str, str, str]]:
    return [
        (title, item_url(key), f"{_(rules.KINDS[kind])} · {term_name(category)}")
        for key, title, kind, category in found
    ]


def organization_panel(*, actor: Actor, record: Organization, now: datetime) -> Asking:
    """What a body publishes now."""
    if not actor.scopes("lists.see"):
        return None
    (found,) = yield (_newest(actor, Item.objects.filter(organization=record), local_day(now)),)
    shown = _lines(found)
    may = speaks_for(actor, record) and record.dissolved_on is None
    if not shown and not may:
        return None
    new = f"{reverse('lists:publish')}?organization={record.key}" if may else ""
    every = f"{reverse('lists:list')}?body={record.key}"
    return "lists/_panel.html", {"items": shown, "new_url": new, "every_url": every}


def alliance_panel(*, actor: Actor, record: Alliance, now: datetime) -> Asking:
    """What is published within an alliance now."""
    if not actor.scopes("lists.see"):
        return None
    (found,) = yield (_newest(actor, Item.objects.filter(alliance=record), local_day(now)),)
    shown = _lines(found)
    every = f"{reverse('lists:list')}?alliance={record.key}"
    return "lists/_panel.html", {"items": shown, "new_url": "", "every_url": every}


def chain_panel(*, actor: Actor, record: Term, now: datetime) -> Asking:
    """What is published on an industry chain now: needs, resources, projects, activities."""
    if not actor.scopes("lists.see"):
        return None
    (found,) = yield (_newest(actor, on_chain(Item.objects.all(), record, actor), local_day(now)),)
    every = f"{reverse('lists:list')}?chain={record.key}"
    return "lists/_panel.html", {"items": _lines(found), "new_url": "", "every_url": every}


def visit_panel(*, actor: Actor, record: Visit, now: datetime) -> Asking:
    """What was published from a visit, and the way to do it."""
    body = record.organization
    if body is None or not actor.scopes("lists.see"):
        return None
    (found,) = yield (_newest(actor, Item.objects.filter(visit=record), local_day(now)),)
    shown = _lines(found)
    new = f"{reverse('lists:publish')}?visit={record.key}" if speaks_for(actor, body) else ""
    if not shown and not new:
        return None
    return "lists/_panel.html", {
        "items": shown,
        "new_url": new,
        "every_url": f"{reverse('lists:list')}?body={body.key}",
    }


def venue_panel(*, actor: Actor, record: Venue, now: datetime) -> Asking:
    """As what a venue is offered, and the way to offer it."""
    if not actor.scopes("lists.see"):
        return None
    (found,) = yield (_newest(actor, Item.objects.filter(venue=record), local_day(now)),)
    body, new = record.organization, ""
    if speaks_for(actor, body) and body.dissolved_on is None and record.closed_on is None:
        given = {"organization": body.key, "category": "设施阵地", "title": record.name, "venue": record.key}
        new = f"{reverse('lists:publish')}?{urlencode(given)}"
    if not found and not new:
        return None
    every = f"{reverse('lists:list')}?body={body.key}"
    return "lists/_panel.html", {"items": _lines(found), "new_url": new, "every_url": every}


def waiting_panel(*, actor: Actor, record: None, now: datetime) -> Asking:
    """On the workbench: proposals that wait for the actor's side."""
    if not actor.scopes("lists.write"):
        return None
    rows = waiting(Claim.objects.visible_to(actor), actor).filter(
        Q(item__expires_on__isnull=True) | Q(item__expires_on__gte=local_day(now))
    )
    columns = ("key", "item__title", "organization__name", "item__organization__name")
    (found,) = yield (rows.order_by("proposed_at").values_list(*columns)[:6],)
    shown = [(title, claim_url(key), f"{owner} – {body}") for key, title, body, owner in found]
    if not shown:
        return None
    return "lists/_waiting.html", {"claims": shown, "every_url": f"{reverse('lists:claims')}?turn=mine"}
