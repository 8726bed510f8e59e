"""The files that hang on the records of an organization, whatever app keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from lianjian.files.queries import size_text
from lianjian.foundation import registry
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import FileSource

from ..models import Organization

PAGE = 50
LATEST = 5


@dataclass(frozen=True)
class HeldFile:
    """A file, the record it hangs on, and who brought it when. `number` is where the next page goes on."""

    number: int
    name: str
    url: str
    size: str
    at: datetime
    by: str
    record: str
    record_url: str


def file_sources(actor: Actor) -> list[FileSource]:
    """The kinds of records whose files the actor may read."""
    if not actor.scopes("files.read"):
        return []
    return [source for source in registry.file_sources if actor.scopes(source.right)]


def files_of_organization(
    actor: Actor, organization: Organization, *, before: int = 0, limit: int = PAGE
) -> Sequence[HeldFile]:
    """The newest files first, from below the number `before`; at most `limit`, in one query."""
    sources = file_sources(actor)
    parts = [_part(actor, organization, source, n, before) for n, source in enumerate(sources)]
    if not parts:
        return []
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return [_held(sources, row) for row in rows.order_by("-file_id")[:limit]]


def _part(
    actor: Actor, organization: Organization, source: FileSource, number: int, before: int
) -> QuerySet[Any]:
    wanted: dict[str, Any] = {"bundle__files__isnull": False, "bundle__files__removed_at__isnull": True}
    if before:
        wanted["bundle__files__pk__lt"] = before
    rows: QuerySet[Any] = source.rows(actor, organization).filter(**wanted).order_by()
    found: QuerySet[Any] = rows.annotate(
        which=Value(number),
        file_id=F("bundle__files__pk"),
        told=Cast(F(source.title), TextField()),
    ).values_list(
        "which",
        "file_id",
        "key",
        "told",
        "bundle__files__key",
        "bundle__files__name",
        "bundle__files__size",
        "bundle__files__at",
        "bundle__files__uploaded_by__name",
    )
    return found


def _held(sources: Sequence[FileSource], row: Sequence[Any]) -> HeldFile:
    number, file_id, key, told, file_key, name, size, at, by = row
    source = sources[number]
    return HeldFile(
        number=file_id,
        name=name,
        url=source.file_url(key, file_key),
        size=size_text(size),
        at=at,
        by=by or "",
        record=f"{_(str(source.label))} {told}",
        record_url=source.record_url(key),
    )
