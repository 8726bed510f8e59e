"""What other pages show of documents: those about a record, and what waits for one's review."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Asking

from .. import rules
from ..models import Document, Publication, reference
from .listing import GONE, waiting
from .people import document_url

SHOWN = 6


def record_panel(*, actor: Actor, record: Any, now: datetime) -> Asking:
    """A panel for the page of an organization, or of any record that has one: documents about it and those that it
    issued, out or still at the desk.
    """
    if not actor.scopes("documents.see"):
        return None
    wanted = Q(subjects__contains=[reference(record)])
    if isinstance(record, Organization):  # those about records that were merged into it are about it
        code = Value(f"{record._meta.label_lower}:")
        merged = record.merged.annotate(named=Concat(code, Cast("key", CharField()))).order_by().values("named")
        wanted |= Q(issuer=record) | Q(subjects__overlap=ArraySubquery(merged))
    current = Publication.objects.visible_to(actor).current().filter(wanted)
    desk = Document.objects.at_desk(actor).filter(wanted, state__in=rules.UNDER_WAY)
    out, held = yield (
        current.order_by("-published_on", "-pk").values_list(
            "document_key", "title", "number", "published_on", "down_at"
        )[: SHOWN + 1],
        desk.order_by("-changed_at").values_list("key", "title", "number", "state")[:SHOWN],
    )
    body = record if isinstance(record, Organization) else getattr(record, "organization", None)
    may = body is not None and actor.may("documents.write", body)
    if not out and not held and (not may or body is record):
        return None
    named = urlencode({"about": reference(record)})
    return "notices/_documents.html", {
        "out": [
            (title or GONE, " · ".join(filter(None, (number, str(day)))), document_url(key), down is not None)
            for key, title, number, day, down in out[:SHOWN]
        ],
        "held": [
            (title, number, gettext(rules.STATES[state]), rules.TONES[state], document_url(key))
            for key, title, number, state in held
        ],
        "all_url": f"{reverse('documents:list')}?{named}" if len(out) > SHOWN else "",
        "new_url": f"{reverse('documents:new')}?{named}" if may else "",
    }


def waiting_panel(*, actor: Actor, record: Any, now: datetime) -> Asking:
    """On the workbench: reviews that wait for the actor, the oldest first."""
    if not any(actor.scopes(right) for right in rules.RIGHT_OF.values()):
        return None
    rows = waiting(actor).order_by("changed_at", "pk")
    (found,) = yield (rows.values_list("key", "title", "state", "issuer__name")[: SHOWN + 1],)
    if not found:
        return None
    lines = [
        ((gettext(rules.STATES[state]), "due"), title, issuer, document_url(key))
        for key, title, state, issuer in found[:SHOWN]
    ]
    return "notices/_waiting.html", {"lines": lines, "more": len(found) > SHOWN}
