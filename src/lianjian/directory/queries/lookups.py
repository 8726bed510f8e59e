"""What the comboboxes and the search box ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor
from lianjian.foundation.names import mask_phone
from lianjian.foundation.searchdb import search

from ..models import Organization, Person
from .lists import find_people, organization_url, person_url


def _ranked(actor: Actor, text: str, classifications: Sequence[str]) -> QuerySet[Organization]:
    rows = Organization.objects.visible_to(actor).current()  # type: ignore[attr-defined]
    if classifications:
        rows = rows.filter(classification__in=classifications)
    text = text.strip()
    found: QuerySet[Organization] = (
        search(rows, text) if text else rows.filter(jurisdiction_id=actor.jurisdiction_id)
    )
    return found.order_by("name", "id")


def organization_choices(
    actor: Actor,
    text: str,
    *,
    classifications: Sequence[str] = (),
    jurisdiction_id: int | None = None,
    limit: int = 12,
) -> list[dict[str, str]]:
    """`[{key, label, note}]` for a combobox; organizations of one's own jurisdiction first."""
    rows = _ranked(actor, text, classifications)
    if jurisdiction_id is not None:
        rows = rows.filter(jurisdiction_id=jurisdiction_id)
    fields = ("key", "name", "code", "jurisdiction__name", "jurisdiction_id")
    found = list(rows.values_list(*fields)[: limit * 3])
    found.sort(key=lambda row: row[4] != actor.jurisdiction_id)
    return [
        {"key": str(key), "label": name, "note": " · ".join(filter(None, (town, code)))}
        for key, name, code, town, _j in found[:limit]
    ]


def person_choices(actor: Actor, text: str, *, limit: int = 12) -> list[dict[str, str]]:
    """`[{key, label, note}]` of visible people; the note tells namesakes apart without giving the phone."""
    rows: QuerySet[Person] = Person.objects.visible_to(actor)
    if text.strip():
        rows = find_people(rows, text.strip())
    found = rows.order_by("name", "id").values_list("key", "name", "phone", "jurisdiction__name")[:limit]
    return [
        {"key": str(key), "label": name, "note": " · ".join(filter(None, (town, mask_phone(phone))))}
        for key, name, phone, town in found
    ]


def body_to_start_with(actor: Actor, asked: str) -> Organization | None:
    """The body a form begins with: the one whose page one came from (`asked`), or one's own."""
    text = asked.replace("\0", "")
    found = named_organization(actor, text) if text else None
    own = Organization.objects.visible_to(actor).filter(pk=getattr(actor, "organization_id", 0))
    return found or own.first()


def named_organization(actor: Actor, text: str, classifications: Sequence[str] = ()) -> Organization | None:
    """The organization a form means: by key, code, or a name, short name or alias that is the only one."""
    from uuid import UUID

    from lianjian.foundation.codes import check_credit_code
    from lianjian.foundation.names import match_key

    def candidates() -> QuerySet[Organization]:
        rows: Any = Organization.objects.visible_to(actor).current()  # type: ignore[attr-defined]
        return rows.filter(classification__in=classifications) if classifications else rows  # type: ignore[no-any-return]

    text = text.strip()
    try:
        meant = UUID(text)
    except ValueError:
        pass
    else:
        who = getattr(actor, "fingerprint", None)
        known = ("directory.named", who, *classifications) if who is not None else None
        return prepared.one(known, lambda slot: candidates().filter(key=slot), meant)
    rows = candidates()
    checked = check_credit_code(text)
    if checked.ok:
        return rows.filter(code=checked.value).first()
    key = match_key(text)
    found: list[Any] = list(
        rows.filter(Q(name_key=key) | Q(short_name=text) | Q(aliases__name_key=key)).distinct()[:2]
    )
    return found[0] if len(found) == 1 else None


def search_organizations(actor: Actor, text: str, limit: int) -> list[tuple[str, str, str]]:
    """Rows for the search box."""
    rows = _ranked(actor, text, ()).values_list("name", "code", "jurisdiction__name", "key")[:limit]
    return [
        (name, " · ".join(filter(None, (town, code))), organization_url(key))
        for name, code, town, key in rows
    ]


def search_people(actor: Actor, text: str, limit: int) -> list[tuple[str, str, str]]:
    """Rows for the search box; only people the actor may see."""
    rows = find_people(Person.objects.visible_to(actor), text.strip())  # type: ignore[attr-defined]
    found = rows.order_by("name", "id").values_list("name", "jurisdiction__name", "key")[:limit]
    return [(name, town, person_url(key)) for name, town, key in found]
