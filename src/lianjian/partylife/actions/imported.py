"""What an import of party life did, and how a stored row takes what a sheet says anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import models

from lianjian.directory.models import Person
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused
from lianjian.journal.actions import record_bulk

CHUNK = 2000
ModelT = TypeVar("ModelT", bound=models.Model)


@dataclass
class Imported(Generic[ModelT]):
    """What an import did: rows made and changed by row number, new persons, and lines that could not be stored.

    `beside` and `beside_changed` are rows of other models that belong to a line's record.
    """

    made: dict[int, ModelT] = field(default_factory=dict)
    changed: dict[int, tuple[ModelT, dict[str, Any]]] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    refused: dict[int, Refused] = field(default_factory=dict)
    doubtful: dict[int, list[Refused]] = field(default_factory=dict)
    beside: dict[int, list[models.Model]] = field(default_factory=dict)
    beside_changed: dict[int, list[tuple[models.Model, dict[str, Any]]]] = field(default_factory=dict)

    def doubt(self, number: int, doubt: Refused) -> None:
        """The line is stored and put before a person."""
        self.doubtful.setdefault(number, []).append(doubt)

    def changes_of(self, number: int) -> Iterator[tuple[models.Model, dict[str, Any]]]:
        """Every row that the line changed, with its old values."""
        if number in self.changed:
            yield self.changed[number]
        yield from self.beside_changed.get(number, ())


def mended(
    result: Imported[Any],
    number: int,
    row: Any,
    values: Mapping[str, Any],
    settle: Callable[[Any], None],
    following: Sequence[str] = (),
) -> None:
    """Set what the new line says and the stored row does not; an empty cell erases nothing, and no rule is broken.

    `settle` checks the row and may change the fields in `following`.
    """
    before = {name: getattr(row, name) for name in (*values, *following)}
    for name, value in values.items():
        if value not in (None, ""):
            setattr(row, name, value)
    try:
        settle(row)
    except Refused as refusal:
        for name, value in before.items():
            setattr(row, name, value)
        result.refused[number] = refusal
        return
    changed = {name: value for name, value in before.items() if getattr(row, name) != value}
    if changed:
        result.changed[number] = (row, changed)


def write_changes(model: type[models.Model], changed: Sequence[tuple[Any, dict[str, Any]]]) -> None:
    """Write changed rows of one model, only the fields that changed in any of them."""
    fields = {name for _row, before in changed for name in before}
    if fields:
        rows: Any = model._default_manager
        rows.bulk_update([row for row, _before in changed], sorted(fields), batch_size=CHUNK)


def journal(
    actor: Actor, name: str, result: Imported[Any], jurisdiction_id: int, batch_key: str, now: datetime
) -> None:
    """One entry for all that was written; none where nothing was."""
    rows: dict[str, list[int]] = {
        "made": [row.pk for row in result.made.values()],
        "changed": [row.pk for row, _before in result.changed.values()],
        "directory.person": [person.pk for person in result.people],
    }
    for some in result.beside.values():
        for one in some:
            rows.setdefault(one._meta.label_lower, []).append(one.pk)
    for pairs in result.beside_changed.values():
        for one, _before in pairs:
            rows.setdefault(f"{one._meta.label_lower} changed", []).append(one.pk)
    if any(rows.values()):
        record_bulk(
            actor=actor,
            verb=name,
            subject=None,
            rows={label: ids for label, ids in rows.items() if ids},
            now=now,
            note=batch_key,
            jurisdiction_id=jurisdiction_id,
        )
