"""The rates of coverage: which firms they count (`directory.queries.scope`), which they find reached, which not.

Lists, tiles, figures and the programming interface narrow `enterprises(actor, day)` by the same words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from lianjian.directory.queries.scope import scope_words, with_scope, within
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate

from ..rules import RATES, percent
from .effective import reached, with_stage, worked
from .enterprises import RIGHT, Day


def in_scope(rows: QuerySet[Any], day: Day = None) -> QuerySet[Any]:
    """Firms that the rates count on the day."""
    return with_scope(rows, day).filter(within())


def by_rate(rows: QuerySet[Any], code: str, day: Day = None) -> QuerySet[Any]:
    """Firms of the scope under one word of `rules.RATES`; none for an unknown one."""
    rows = in_scope(rows, day)
    if code == "scope":
        return rows
    if code == "organized":
        return reached(rows, day)
    if code == "worked":
        return worked(rows, day)
    if code == "own":
        return with_stage(rows, day).filter(stage="own")
    if code in ("unorganized", "unworked"):
        done = reached(rows, day) if code == "unorganized" else worked(rows, day)
        return rows.exclude(pk__in=done.order_by().values("pk"))
    return rows.none()


def scope_of(actor: Actor, day: date) -> str:
    """In words, which firms the rates count in the places whose coverage the actor sees."""
    places = {place for scope in actor.scopes(RIGHT) for place in scope.jurisdiction_ids}
    return scope_words(sorted(places), day)


@dataclass(frozen=True)
class Rate:
    """A share of the firms of the scope, with the lists of those in it and of those not."""

    code: str
    label: str
    share: str
    number: int
    url: str
    lacking: int = 0
    lacking_label: str = ""
    lacking_url: str = ""


def rates_of(rated: Mapping[str, tuple[int, str]]) -> Sequence[Rate]:
    """The three rates from the number and the address of each list."""
    total = rated["scope"][0]
    found = []
    for code, lacking in (("organized", "unorganized"), ("worked", "unworked"), ("own", "")):
        number, url = rated[code]
        missing, missing_url = rated.get(lacking, (0, ""))
        words = translate(RATES[lacking][0]) if lacking else ""
        label = translate(RATES[code][1])
        found.append(Rate(code, label, percent(number, total), number, url, missing, words, missing_url))
    return found
