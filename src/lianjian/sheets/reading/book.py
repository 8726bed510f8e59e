"""What a file turned out to hold: tables with their guess, clean rows, raw values and problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lianjian.sheets.reading.grid import Grid, Value
from lianjian.sheets.reading.guess import Guess, Source
from lianjian.sheets.reading.header import Table
from lianjian.sheets.reading.problems import Problem
from lianjian.sheets.reading.spec import KindSpec

Plain = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """One column as the wizard shows it. `field` is "" for a column kept as it is."""

    index: int
    letter: str
    label: str
    key: str
    unit: str
    field: str
    score: float
    source: Source | None
    samples: tuple[str, ...] = ()


class Row:
    """One row: `number` as the office sees it, `values` by field code. A plain class: there may be 200,000."""

    __slots__ = ("index", "number", "values")

    def __init__(self, index: int, number: int, values: dict[str, Any]) -> None:
        self.index = index
        self.number = number
        self.values = values

    def __repr__(self) -> str:
        return f"Row({self.number}, {self.values!r})"


@dataclass(slots=True)
class Sheet:
    """One table of the file (a sheet may hold several). `kind` None: unknown, kept whole; see `raw_rows`."""

    number: int
    name: str
    part: int
    hidden: bool
    grid: Grid
    table: Table | None
    guess: Guess
    kind: KindSpec | None = None
    columns: list[ReadColumn] = field(default_factory=list)
    data: dict[str, list[Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    year: int | None = None
    _rows: list[Row] | None = None

    @property
    def rows(self) -> list[Row]:
        """All rows of a known kind, made when first asked for; `data` holds the same by columns, for bulk storing."""
        if self._rows is None:
            codes, indexes = list(self.data), self.table.rows if self.table and self.data else []
            first = self.grid.top + 1
            self._rows = [
                Row(index, index + first, dict(zip(codes, values, strict=True)))
                for index, values in zip(indexes, zip(*self.data.values(), strict=True), strict=True)
            ]
        return self._rows

    @property
    def row_numbers(self) -> list[int]:
        """Row numbers as the office sees them, in the order of `data`."""
        first = self.grid.top + 1
        return [index + first for index in self.table.rows] if self.table and self.data else []

    @property
    def title(self) -> str:
        """The first title line, or the sheet's name."""
        return self.table.titles[0] if self.table and self.table.titles else self.name

    @property
    def signature(self) -> str:
        """Key under which an office's correction of the kind is remembered."""
        return self.table.signature if self.table else ""

    @property
    def bad_rows(self) -> frozenset[int]:
        """Numbers of the rows with an error; they are left out when the good rows are committed."""
        return frozenset(
            item.row for item in self.problems if item.severity == "error" and item.row is not None
        )

    @property
    def good_rows(self) -> list[Row]:
        """Rows without an error."""
        bad = self.bad_rows
        return [row for row in self.rows if row.number not in bad] if bad else self.rows

    def cell(self, row: Row | int, field_code: str) -> str:
        """Address of a field in a row (a Row or its number), such as C17; "" when no column holds the field."""
        number = row.number if isinstance(row, Row) else row
        return next((f"{column.letter}{number}" for column in self.columns if column.field == field_code), "")

    def raw(self, row: Row) -> dict[str, Plain]:
        """The row as it stood in the file, by header label (column letter where there is none)."""
        return {label: plain(self.grid.at(row.index, index)) for index, label in self._labels()}

    def kept(self, row: Row) -> dict[str, Plain]:
        """Only what belongs to no field, and is not empty."""
        mapped = {column.index for column in self.columns if column.field}
        values = {
            label: plain(self.grid.at(row.index, index))
            for index, label in self._labels()
            if index not in mapped
        }
        return {label: value for label, value in values.items() if value is not None}

    def raw_rows(self) -> Iterator[tuple[int, dict[str, Plain]]]:
        """All filled rows with their numbers, raw: how an unknown sheet is stored whole."""
        labels = self._labels()
        rows: Sequence[int] = self.table.rows if self.table else range(self.grid.height)
        for index in rows:
            if self.grid.filled[index]:
                values = {label: plain(self.grid.at(index, column)) for column, label in labels}
                yield (
                    self.grid.row_number(index),
                    {label: value for label, value in values.items() if value is not None},
                )

    def _labels(self) -> list[tuple[int, str]]:
        """Column numbers with labels made unique by their letters."""
        if self.table is None:
            return [(index, self.grid.letter(index)) for index in range(self.grid.width)]
        seen: set[str] = set()
        labels = []
        for column in self.table.columns:
            label = column.label or column.letter
            labels.append((column.index, label if label not in seen else f"{label} ({column.letter})"))
            seen.add(label)
        return labels


@dataclass(slots=True)
class Book:
    """All tables of a file in order."""

    sheets: list[Sheet]

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets)

    @property
    def problems(self) -> list[Problem]:
        """Problems of all tables, in order of sheet, row and column."""
        return [problem for sheet in self.sheets for problem in sheet.problems]

    def of_kind(self, code: str) -> list[Sheet]:
        """Tables taken for a kind."""
        return [sheet for sheet in self.sheets if sheet.kind is not None and sheet.kind.code == code]

    def counts(self) -> Mapping[str, int]:
        """Rows by kind, "" for what is kept unread."""
        found: dict[str, int] = {}
        for sheet in self.sheets:
            code = sheet.kind.code if sheet.kind else ""
            found[code] = found.get(code, 0) + (
                len(sheet.row_numbers) if sheet.kind else sum(1 for _ in sheet.raw_rows())
            )
        return found


def plain(value: Value) -> Plain:
    """A raw value as JSON can hold it."""
    return value.isoformat() if isinstance(value, date) else value
