"""Records that are kept from some people on every surface: the app that owns them says which.

An app registers `source(actor)`: a queryset of the keys of its records that this actor must not come across, in duties,
journal entries or wherever else a record leaves a trace under its key. Config/wiring lists the sources.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import QuerySet

from .actor import Actor

ModelRows = TypeVar("ModelRows", bound=QuerySet[Any])
Source = Callable[[Actor], "QuerySet[Any, Any] | None"]
sources: list[Source] = []


def without_withheld(rows: ModelRows, actor: Actor, field: str = "subject_key") -> ModelRows:
    """The rows whose `field` names no record that is kept from the actor."""
    for source in sources:
        keys = source(actor)
        if keys is not None:
            rows = rows.exclude(**{f"{field}__in": keys})
    return rows
