"""A batch and rows as `sheets` hands them to the verbs, for tests of the verbs alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Row:
    """One good row."""

    number: int
    values: dict[str, Any]
    raw: dict[str, Any] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)


@dataclass
class Batch:
    """Keeps what the verbs report."""

    jurisdiction_id: int
    root: Any
    year: int | None = 2024
    label: str = "test.xlsx"
    made: list[Any] = field(default_factory=list)
    changed: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)
    problems: list[tuple[int, str, str, str]] = field(default_factory=list)

    def make(self, instance: Any, row: Any = None) -> None:
        self.made.append((type(instance), instance.pk))

    def make_many(self, model: Any, ids: Any, rows: Any = None) -> None:
        self.made += [(model, pk) for pk in ids]

    def change(self, instance: Any, before: dict[str, Any], row: Any = None) -> None:
        self.changed.append((instance, before))

    def problem(self, row: Any, field_code: str, severity: str, sentence: str) -> None:
        self.problems.append((row.number, field_code, severity, sentence))


def rows(*values: dict[str, Any]) -> list[Row]:
    """Rows numbered from 5, as a sheet with a title and a two-row header has them."""
    return [Row(number, value) for number, value in enumerate(values, start=5)]
