"""What the sheets of party life share: words of a cell, and what an import did told to the batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lianjian.foundation.batch import Batch, SheetRow

from ..actions.imported import Imported

SEX = {"male": ("男", "m"), "female": ("女", "f")}


def text_of(value: Any) -> str:
    """A cell as text; several names are joined."""
    return value.strip() if isinstance(value, str) else "、".join(str(part) for part in value or ())


def _by_column(instance: Any, before: Mapping[str, Any]) -> dict[str, Any]:
    """Old values by the names of columns, an organization as its id."""
    return {
        instance._meta.get_field(name).attname: getattr(value, "pk", value) if value is not None else None
        for name, value in before.items()
    }


def report(batch: Batch, rows: Sequence[SheetRow], result: Imported[Any], label: str) -> None:
    """Tell the batch what was made, changed and left out."""
    for person in result.people:
        batch.make(person)
    for row in rows:
        number = row.number
        if number in result.made:
            row.made[label] = result.made[number]
            batch.make(result.made[number], row)
        for instance in result.beside.get(number, ()):
            batch.make(instance, row)
        for instance, before in result.changes_of(number):
            batch.change(instance, _by_column(instance, before), row)
        if number in result.refused:
            refusal = result.refused[number]
            batch.problem(row, refusal.field or "name", "error", str(refusal))
        for doubt in result.doubtful.get(number, ()):
            batch.problem(row, doubt.field or "name", "warning", str(doubt))
