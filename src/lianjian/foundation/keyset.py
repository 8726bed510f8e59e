"""Paging by keyset: a place in a list is the value it is sorted by and the id of the row beside it."""

from __future__ import annotations

import base64
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q


def beyond(name: str, value: Any, pk: int, down: bool, *, back: bool, empty: bool) -> Q:
    """Rows after (value, pk) in the order walked; rows without a value lie last, so first on the way back."""
    op = "lt" if down else "gt"
    if value is None:
        rest = Q(**{f"{name}__isnull": True, f"pk__{op}": pk})
        return rest | Q(**{f"{name}__isnull": False}) if back else rest
    # `>= and (> or pk)` lets a composite index seek, which `> or (= and pk)` does not.
    after = Q(**{f"{name}__{op}e": value}) & (Q(**{f"{name}__{op}": value}) | Q(**{f"pk__{op}": pk}))
    return after | Q(**{f"{name}__isnull": True}) if empty and not back else after


def read_key(text: str) -> tuple[Any, int, bool] | None:
    """(value, id, backwards) of the place in an address; None for none, or for what is no place."""
    if not text:
        return None
    try:
        value, pk, back = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return value, int(pk), bool(back)
    except (ValueError, TypeError, UnicodeDecodeError):
        return None


def write_key(value: Any, pk: int, back: bool) -> str:
    """A place for an address."""
    if isinstance(value, datetime | date):
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = str(value)
    text = json.dumps([value, pk, int(back)], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
