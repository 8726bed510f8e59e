"""What public pages show, and the list of entrances."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import qrcode  # type: ignore[import-untyped]
import qrcode.image.svg  # type: ignore[import-untyped]
from django.db.models import QuerySet
from django.urls import reverse
from markupsafe import Markup

from lianjian.cases import rules as cases
from lianjian.directory.models import Organization
from lianjian.directory.models.organizations import CURRENT
from lianjian.foundation.actor import Actor
from lianjian.foundation.searchdb import search
from lianjian.lists import rules as lists
from lianjian.lists.models import Item

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


def picture_of(address: str) -> Markup:
    """The QR code of an address as an SVG without styles, to be printed."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2)
    code.add_data(address)
    buffer = io.BytesIO()
    image = code.make_image(image_factory=qrcode.image.svg.SvgPathImage)
    image.save(buffer)
    text = buffer.getvalue().decode()
    return Markup(text[text.index("<svg") :])  # noqa: S704 - made here from an address of ours


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
