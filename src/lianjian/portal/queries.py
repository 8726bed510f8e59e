"""What public pages show, and the list of entrances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.cases import rules as cases
from lianjian.directory.models import Organization
from lianjian.directory.models.organizations import CURRENT
from lianjian.foundation import context
from lianjian.foundation.actor import Actor, PublicActor
from lianjian.foundation.searchdb import search
from lianjian.lists import rules as lists
from lianjian.lists.models import Item
from lianjian.notices import rules as documents
from lianjian.notices.models import Publication
from lianjian.notices.queries.listing import GONE, find_words
from lianjian.notices.queries.pages import DocumentPage, document_page

from .models import Entrance

_FIRMS = ("enterprise", "social", "cooperative", "bank", "park", "property")


def kinds_told(entrance: Entrance) -> list[cases.Kind]:
    """Kinds of cases that people tell at this entrance, never none."""
    firm = entrance.organization.classification in _FIRMS
    subjects = ("organization", "either") if firm else ("person", "either")
    found = [kind for kind in cases.KINDS.values() if kind.subject in subjects]
    if entrance.kinds:
        found = [kind for kind in cases.KINDS.values() if kind.code in entrance.kinds] or found
    return found


def entrance_of(code: str) -> Entrance | None:
    """An entrance that leads in, by its code; one query."""
    rows = Entrance.objects.filter(retired_on__isnull=True).select_related("organization", "jurisdiction")
    return rows.filter(code=code).first()


def town_entrances() -> list[Entrance]:
    """Entrances of whole places, for who comes without a code."""
    rows = Entrance.objects.filter(retired_on__isnull=True, organization__is_root=True)
    return list(rows.select_related("organization", "jurisdiction").order_by("jurisdiction__name", "id"))


def villages_of(jurisdiction_id: int) -> list[tuple[str, str]]:
    """(key, name) of the villages of a place."""
    rows = Organization.objects.filter(CURRENT, jurisdiction_id=jurisdiction_id, classification="village")
    return [(str(key), name) for key, name in rows.order_by("name").values_list("key", "name")[:500]]


def accusable(jurisdiction_id: int) -> list[tuple[str, str]]:
    """(key, name) of the bodies that a complaint may be against: the place itself first."""
    kinds = ("party", "government", "mass", "station", "centre", "village")
    rows = Organization.objects.filter(CURRENT, jurisdiction_id=jurisdiction_id, classification__in=kinds)
    found = rows.order_by("-is_root", "classification", "name").values_list("key", "name")[:500]
    return [(str(key), name) for key, name in found]


def body_by_key(jurisdiction_id: int, key: str) -> Organization | None:
    """The body that was chosen."""
    rows = Organization.objects.filter(CURRENT, jurisdiction_id=jurisdiction_id)
    return rows.filter(key=key).first() if key else None


def village_by_key(jurisdiction_id: int, key: str) -> Organization | None:
    """The village that was chosen."""
    rows = Organization.objects.filter(CURRENT, jurisdiction_id=jurisdiction_id, classification="village")
    return rows.filter(key=key).first() if key else None


@dataclass(frozen=True)
class EntranceLine:
    """One entrance as the office sees it."""

    entrance: Entrance
    kinds: str
    url: str


def entrance_lines(actor: Actor) -> list[EntranceLine]:
    """Those of the actor's own place, the ones that lead in first."""
    rows = Entrance.objects.filter(jurisdiction_id=actor.jurisdiction_id).select_related("organization")
    found = sorted(rows, key=lambda row: (row.retired_on is not None, row.organization.name, row.spot))
    return [
        EntranceLine(
            row,
            "、".join(str(kind.name) for kind in kinds_told(row)),
            reverse("portal:report", kwargs={"code": row.code}),
        )
        for row in found
    ]


PUBLIC_ITEMS = 50


def public_items(day: date, kind: str, text: str, after: int) -> tuple[list[Item], int]:
    """What is published to everybody and on offer, newest first, and after which id the next page begins (0: none)."""
    rows: QuerySet[Item] = Item.objects.offered(day).filter(visibility="public")
    rows = rows.filter(kind=kind) if kind in lists.KINDS else rows
    rows = search(rows, text) if text else rows
    rows = rows.filter(pk__lt=after) if after else rows
    found = list(rows.select_related("organization").order_by("-pk")[: PUBLIC_ITEMS + 1])
    return found[:PUBLIC_ITEMS], found[PUBLIC_ITEMS - 1].pk if len(found) > PUBLIC_ITEMS else 0


def public_item(day: date, key: UUID) -> Item | None:
    """One of them."""
    rows = Item.objects.offered(day).filter(visibility="public", key=key)
    return rows.select_related("organization").first()


def entrance_at(jurisdiction_id: int) -> Entrance | None:
    """The entrance of a whole place."""
    rows = Entrance.objects.filter(retired_on__isnull=True, organization__is_root=True)
    return rows.filter(jurisdiction_id=jurisdiction_id).order_by("id").first()


NOTICES_SHOWN: Final = 20


@dataclass(frozen=True)
class NoticeLine:
    """One published document in the public list."""

    title: str
    note: str
    url: str
    down: bool


def public_notices(asked: Mapping[str, Any], after: str) -> tuple[list[NoticeLine], str]:
    """Documents addressed to the public, newest first, with the mark of the next page.

    Read under a context that belongs to no place: the database itself shows nothing that is not public.
    """
    with context.jurisdictions((), ()):
        rows = _after(_asked(Publication.objects.public().current(), asked), after)
        found = list(rows.select_related("issuer").order_by("-published_on", "-pk")[: NOTICES_SHOWN + 1])
    lines = [
        NoticeLine(
            one.title or str(GONE),
            " · ".join(
                filter(None, (one.number, _(documents.KINDS[one.kind]), one.issuer.name, str(one.published_on)))
            ),
            reverse("portal:notice", kwargs={"key": one.document_key}),
            one.down_at is not None,
        )
        for one in found[:NOTICES_SHOWN]
    ]
    last = found[NOTICES_SHOWN - 1] if len(found) > NOTICES_SHOWN else None
    return lines, f"{last.published_on}~{last.pk}" if last is not None else ""


def _asked(rows: QuerySet[Publication], asked: Mapping[str, Any]) -> QuerySet[Publication]:
    if asked.get("q"):
        rows = find_words(rows, asked["q"])
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    if asked.get("since"):
        rows = rows.filter(published_on__gte=asked["since"])
    if asked.get("until"):
        rows = rows.filter(published_on__lte=asked["until"])
    return rows


def _after(rows: QuerySet[Publication], mark: str) -> QuerySet[Publication]:
    """What follows the last row of a page; everything for a mark that nobody gave out."""
    day, _tilde, number = mark.partition("~")
    try:
        last = date.fromisoformat(day)
    except ValueError:
        return rows
    if not number.isdecimal() or len(number) > 18:
        return rows
    return rows.filter(Q(published_on__lt=last) | Q(published_on=last, pk__lt=int(number)))


def next_page(asked: Mapping[str, Any], mark: str) -> str:
    """The address of the following page under the same filters."""
    kept = {name: str(value) for name, value in asked.items() if value}
    return f"?{urlencode({**kept, 'after': mark})}" if mark else ""


def public_document(key: UUID, version: int | None, day: date) -> DocumentPage | None:
    """One document as the public reads it."""
    out = public_versions(key)
    return document_page(PublicActor(0), None, out, version, day) if out else None


def public_versions(key: UUID) -> list[Publication]:
    """Its versions that are addressed to the public, newest first."""
    with context.jurisdictions((), ()):
        rows = Publication.objects.public().filter(document_key=key)
        return list(rows.select_related("issuer", "jurisdiction").order_by("-version"))
