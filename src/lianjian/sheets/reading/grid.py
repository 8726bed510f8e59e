"""What the child process read, held by columns: distinct values and, for each row, the number of its value."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

Value = str | int | float | date | None


def letters(index: int) -> str:
    """Column letters of a column number from 0: 0 -> A, 26 -> AA."""
    text = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


@dataclass(slots=True)
class GridColumn:
    """`values[0]` is None, the empty cell; `codes[row]` points into `values`."""

    values: list[Value]
    codes: array[int]

    def at(self, row: int) -> Value:
        return self.values[self.codes[row]]


@dataclass(slots=True)
class Grid:
    """One sheet. Rows and columns count from 0 at its first filled cell, `top` and `left` lead back to the sheet."""

    name: str
    hidden: bool
    top: int
    left: int
    height: int
    columns: list[GridColumn]
    filled: array[int]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.columns)

    def at(self, row: int, column: int) -> Value:
        """The value of a cell, None when it is empty."""
        return self.columns[column].at(row)

    def row(self, row: int) -> list[Value]:
        """All values of one row."""
        return [column.values[column.codes[row]] for column in self.columns]

    def row_number(self, row: int) -> int:
        """The row's number as the office sees it."""
        return self.top + row + 1

    def letter(self, column: int) -> str:
        """The column's letters as the office sees them."""
        return letters(self.left + column)

    def address(self, row: int, column: int) -> str:
        """The cell's name as the office sees it, such as C17."""
        return f"{self.letter(column)}{self.top + row + 1}"

    def span(self, row: int, column: int) -> tuple[int, int, int, int]:
        """The merged range that begins at this cell, or the cell alone."""
        for first_row, first_column, last_row, last_column in self.merged:
            if first_row == row and first_column == column:
                return first_row, first_column, last_row, last_column
        return row, column, row, column


@dataclass(slots=True)
class RawBook:
    """A parsed file, before anything is made of it."""

    grids: list[Grid]

    def __iter__(self) -> Iterator[Grid]:
        return iter(self.grids)


def unmerge_down(grid: Grid, first: int, last: int) -> None:
    """Give texts and dates of cells merged downwards to every row they cover; numbers stay where they stand.

    A village written once over its five firms belongs to each of them; a number of 20 people must not become 100.
    """
    for top, left, bottom, right in grid.merged:
        if bottom == top or left != right or top < first or top > last:
            continue
        column = grid.columns[left]
        code = column.codes[top]
        if not code or isinstance(column.values[code], int | float):
            continue
        for row in range(top + 1, min(bottom, last) + 1):
            if not column.codes[row]:
                column.codes[row] = code
                grid.filled[row] += 1
