"""How one row looks: does it head a table, name units, number columns, or hold data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from lianjian.foundation.text import fold, squeeze
from lianjian.sheets.reading import words
from lianjian.sheets.reading.grid import Grid

LONGEST_LABEL: Final = 40
DATA_LIKE: Final = re.compile(
    r"\d{5,}|^\d+(?:\.\d+)?\D?$|^\d{2,4}[./年-]\d{1,2}(?:[./月-]\d{1,2}日?)?$|^\d{1,2}月\d{1,2}日$|^[√×✓✔xYNyn是否有无男女]$"
    r"|.(?:有限公司|有限责任公司|合作社|集团|厂)$|[。;；]"
)
ALPHABET: Final = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True, slots=True)
class RowLook:
    """The filled cells of a row as (column, text); `text` is "" for numbers and dates."""

    cells: tuple[tuple[int, str], ...]
    plain: bool  # all texts, short, none of them looks like data
    known: int  # how many are words of a known header
    meta: bool  # a line about the filling in

    @property
    def count(self) -> int:
        return len(self.cells)

    @property
    def columns(self) -> frozenset[int]:
        return frozenset(column for column, _text in self.cells)


def look(grid: Grid, row: int, known: frozenset[str]) -> RowLook:
    """Look at one row."""
    cells: list[tuple[int, str]] = []
    plain, hits, metas = True, 0, 0
    for column, value in enumerate(grid.row(row)):
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if not isinstance(value, str):
            cells.append((column, ""))
            plain = plain and isinstance(value, int) and 1990 <= value <= 2100
            continue
        text = squeeze(fold(value[:300]))
        cells.append((column, text))
        key = words.label_key(text)
        hit = key in known
        hits += hit
        metas += words.is_meta(text)
        if not hit and (len(key) > LONGEST_LABEL or DATA_LIKE.search(text)):
            plain = False
    texts = [text for _column, text in cells]
    plain = plain and bool(texts) and len(set(texts)) >= 0.6 * len(texts)
    meta = bool(texts) and metas >= max(1, 0.5 * len(texts)) and hits <= 1
    return RowLook(tuple(cells), plain, hits, meta)


def heads(grid: Grid, row: int, seen: RowLook, width: int) -> bool:
    """Whether the row can be the first row of a header over `width` columns."""
    if seen.count < 2 or not seen.plain or seen.meta:
        return False
    if words.is_total(seen.cells[0][1]):
        return False
    covered = sum(grid.span(row, column)[3] - column + 1 for column, _text in seen.cells)
    if seen.known >= max(2, 0.5 * seen.count):
        return True
    return covered >= max(2, 0.6 * width) and not _like_next(grid, row, seen)


def _like_next(grid: Grid, row: int, seen: RowLook) -> bool:
    """Rows of an all-text table look alike; a header shares hardly any value with the rows below it."""
    if seen.known:
        return False
    shared = total = 0
    for column, _text in seen.cells:
        codes = grid.columns[column].codes
        below = codes[row + 1 : row + 200]
        shared += codes[row] in below
        total += 1
    return shared > 0.3 * total


def is_units(seen: RowLook) -> bool:
    """A row that holds nothing but units."""
    return seen.count >= 1 and all(text and words.unit_only(text) for _column, text in seen.cells)


def is_numbering(grid: Grid, row: int, seen: RowLook) -> bool:
    """A row that numbers the columns: 1 2 3 ..., 甲 乙 1 2 ..., (1) (2) ..., A B C."""
    if seen.count < 3:
        return False
    previous = None
    for column, text in seen.cells:
        value = grid.at(row, column)
        if isinstance(value, date):
            return False
        if isinstance(value, int | float):
            number = int(value)
        else:
            inner = text.strip("()[]")
            if inner and inner in ALPHABET:
                continue
            if inner.isdigit() and len(inner) <= 3:
                number = int(inner)
            elif len(inner) == 1 and "A" <= inner <= "Z":
                number = ord(inner) - 64
            else:
                return False
        if previous is not None and number != previous + 1:
            return False
        previous = number
    return previous is not None
