"""Rows of a spreadsheet on their way into the records, as `sheets` hands them to the stores of `SheetPart`.

`store(*, actor, batch, rows, now)` is called once per sheet and part, with the good rows in the order of the sheet.
It writes in bulk, journals once (`record_bulk`), reports every row it wrote by `batch.make` or `batch.change`, and
leaves a row alone that says nothing new: the same sheet stored twice changes nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal, Protocol

Severity = Literal["error", "warning", "note"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Rows are many and hold no cycles; looking for some again and again costs a third of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


class SheetRow:
    """One row. `number` is the row as the office sees it, `values` clean values by field code (None for an empty cell).

    `made` is filled by the stores: later parts of the same kind find there what earlier ones made or recognised,
    under a word such as "organization". `raw` is the row as it was written, by header label.
    """

    __slots__ = ("_raw", "made", "number", "values")

    def __init__(
        self, number: int, values: dict[str, Any], raw: Callable[[int], Mapping[str, Any]] | None = None
    ) -> None:
        self.number = number
        self.values = values
        self.made: dict[str, Any] = {}
        self._raw = raw

    @property
    def raw(self) -> Mapping[str, Any]:
        """The row as it was written; read from the sheet when first asked for."""
        return self._raw(self.number) if self._raw else {}

    def __repr__(self) -> str:
        return f"SheetRow({self.number}, {self.values!r})"


class Batch(Protocol):
    """What a store may ask and must report. Implemented by `sheets.batches`."""

    @property
    def jurisdiction_id(self) -> int:
        """The town into which the file goes."""
        ...

    @property
    def root(self) -> Any:
        """The root organization of that town."""
        ...

    @property
    def year(self) -> int | None:
        """The year that the sheet is about; None where nothing says so."""
        ...

    @property
    def label(self) -> str:
        """The file's name and the import's number, for journal entries."""
        ...

    def resolve_org(
        self,
        name: str,
        code: str = "",
        classification: str | Sequence[str] | None = None,
        *,
        row: SheetRow | None = None,
        field: str = "",
    ) -> Any | None:
        """The organization meant by code, exact name, an alias or short name of the register; else None.

        A name that is only like others goes to the review list, where a clerk decides. `row` and `field` say where
        it stands. No query per call.
        """
        ...

    def resolve_person(self, name: str, phone: str = "", organization: Any | None = None) -> Any | None:
        """The only person of the town with this name (and phone, or a post in `organization`, if given); else None."""
        ...

    def make(self, instance: Any, row: SheetRow | None = None) -> None:
        """A row was made. Rows that hang on it by a foreign key (details, story lines) need not be told."""
        ...

    def make_many(
        self, model: Any, ids: Iterable[int], rows: Iterable[SheetRow | None] | None = None
    ) -> None:
        """Many rows of one model were made; `rows` say of which sheet rows, in the same order."""
        ...

    def change(self, instance: Any, before: Mapping[str, Any], row: SheetRow | None = None) -> None:
        """A row was changed; `before` holds the old values by field name, `instance` the new ones."""
        ...

    def problem(self, row: SheetRow, field: str, severity: Severity, sentence: str) -> None:
        """Something to look at in a row; an `error` means that the row was not stored."""
        ...
