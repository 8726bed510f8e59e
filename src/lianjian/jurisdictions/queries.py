"""Reads on jurisdictions."""

from __future__ import annotations

import time
from functools import lru_cache

from django.db import DatabaseError

from lianjian.foundation import prepared
from lianjian.foundation.actor import Whole
from lianjian.foundation.remembered import remembered

from .models import Jurisdiction

NAME_KEPT_SECONDS = 300
_name: list[tuple[float, str]] = []


def site_name() -> str:
    """The name of the place that runs this house: its highest jurisdiction. Kept for some minutes per process."""
    if not _name or _name[0][0] < time.monotonic():
        try:
            highest = Jurisdiction.objects.filter(parent__isnull=True).order_by("id")
            first = highest.values_list("name", flat=True).first()
        except DatabaseError:  # the page that says so must still come
            return ""
        _name[:] = [(time.monotonic() + NAME_KEPT_SECONDS, first or "")]
    return _name[0][1]


def top() -> Whole:
    """The highest jurisdiction, for what is one for the whole house: working days, public tables."""
    highest = Jurisdiction.objects.filter(parent__isnull=True).order_by("pk")
    return Whole(highest.values_list("pk", flat=True).first() or 0)


def family() -> dict[int, tuple[int, ...]]:
    """Each jurisdiction with itself and all below it, by id. A county has tens of towns; a city some hundreds."""
    return family_of(parents())


PARENTS = "jurisdictions.parents"


def parents() -> tuple[tuple[int, int | None], ...]:
    """Every jurisdiction with the one above it, as pairs of ids; asked once a request."""
    return remembered(PARENTS, _parents)


def _parents() -> tuple[tuple[int, int | None], ...]:
    rows = prepared.recall(
        "jurisdictions.parents", lambda: Jurisdiction.objects.order_by("id").values_list("id", "parent_id")
    )
    return tuple((key, above) for key, above in rows)


@lru_cache(maxsize=4)
def family_of(pairs: tuple[tuple[int, int | None], ...]) -> dict[int, tuple[int, ...]]:
    """The same from pairs of id and parent (none or 0: no parent). The answer is shared: do not change it."""
    above = dict(pairs)
    found: dict[int, list[int]] = {key: [key] for key in above}
    for key in above:
        parent = above[key]
        while parent:
            found[parent].append(key)
            parent = above[parent]
    return {key: tuple(sorted(below)) for key, below in found.items()}
