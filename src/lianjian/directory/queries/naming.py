"""Whom a form means."""

from __future__ import annotations

from uuid import UUID

from lianjian.foundation.actor import Actor

from ..models import Person


def named_person(actor: Actor, text: str) -> Person | None:
    """The visible person a form means: by key, or a name that only one bears."""
    rows = Person.objects.visible_to(actor)  # type: ignore[attr-defined]
    try:
        return rows.filter(key=UUID(text)).first()  # type: ignore[no-any-return]
    except ValueError:
        named = list(rows.filter(name=text.strip())[:2])
        return named[0] if len(named) == 1 else None
