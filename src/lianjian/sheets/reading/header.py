"""Finds the tables of a sheet: titles, headers of one to four rows, body, totals, notes, further tables below."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lianjian.foundation.dates import year_hint
from lianjian.foundation.text import fold, squeeze
from lianjian.sheets.reading import rowlook, words
from lianjian.sheets.reading.grid import Grid, unmerge_down
from lianjian.sheets.reading.rowlook import RowLook, look

DEEPEST: Final = 4  # header rows
SEARCHED: Final = 40  # rows looked at for the first header
CLOSE_LOOK: Final = 5_000  # sheets up to this height are searched row by row for further headers


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column of a table. `path` are its labels from the group down, `key` is what is compared and remembered."""

    index: int
    letter: str
    path: tuple[str, ...]
    key: str
    unit: str = ""
    serial: bool = False

    @property
    def label(self) -> str:
        """The labels as shown to people: 党建情况/党员数."""
        return "/".join(self.path)


@dataclass(slots=True)
class Table:
    """One table of a sheet; rows are grid rows, `grid.row_number` gives the number the office sees."""

    grid: Grid
    titles: list[str]
    notes: dict[str, str]
    header: tuple[int, int]
    columns: list[HeaderColumn]
    rows: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    year: int | None = None

    @property
    def signature(self) -> str:
        """What a remembered kind hangs on: the header words, in order."""
        return "|".join(column.key for column in self.columns)[:400]

    @property
    def words(self) -> str:
        """Titles and the sheet's name, to be searched for words of a kind."""
        return " ".join([*self.titles, self.grid.name])


@dataclass(frozen=True, slots=True)
class _Head:
    first: int
    last: int
    body: int  # first row below numbering and unit rows
    units: dict[int, str]


def find_tables(grid: Grid, known: frozenset[str] = frozenset()) -> list[Table]:
    """All tables of a sheet, from left to right and from top to bottom."""
    if not grid.height or not grid.width:
        return []
    vocabulary = known | words.GENERIC
    tables: list[Table] = []
    for part in _side_by_side(grid, vocabulary):
        start, titles = 0, list[str]()
        while start < part.height and len(tables) < 50:
            found = _next_table(part, start, vocabulary)
            if found is None:
                break
            table, start = found
            if not table.titles and titles:
                table.titles = titles[:]
                table.year = table.year or year_hint(*titles)
            titles = table.titles or titles
            tables.append(table)
    return tables


def _side_by_side(grid: Grid, known: frozenset[str]) -> list[Grid]:
    """The sheet cut at a column without any content, where both sides have known header words of their own."""
    for column in range(2, grid.width - 2):
        if any(grid.columns[column].codes):
            continue
        left, right = _cut(grid, 0, column), _cut(grid, column + 1, grid.width)
        if all(_has_own_header(part, known) for part in (left, right)):
            return [left, *_side_by_side(right, known)]
    return [grid]


def _has_own_header(part: Grid, known: frozenset[str]) -> bool:
    return any(
        seen.known >= 2 and (words.is_serial(seen.cells[0][1]) or seen.known >= 0.6 * seen.count)
        for seen in (look(part, row, known) for row in range(min(part.height, SEARCHED)))
        if seen.count >= 2
    )


def _cut(grid: Grid, first: int, stop: int) -> Grid:
    columns = grid.columns[first:stop]
    filled = grid.filled[:]
    for row in range(grid.height):
        filled[row] = sum(1 for column in columns if column.codes[row])
    merged = [
        (top, max(left, first) - first, bottom, min(right, stop - 1) - first)
        for top, left, bottom, right in grid.merged
        if left < stop and right >= first
    ]
    return Grid(grid.name, grid.hidden, grid.top, grid.left + first, grid.height, columns, filled, merged)


def _next_table(grid: Grid, start: int, known: frozenset[str]) -> tuple[Table, int] | None:
    """The table that begins at or after `start`, and the row after it."""
    head_row = _find_head(grid, start, known)
    if head_row is None:
        return None
    head = _measure(grid, head_row, known)
    titles, notes = _titles(grid, start, head.first)
    columns = _columns(grid, head)
    table = Table(grid, titles, notes, (head.first, head.last), columns)
    table.year = year_hint(*titles, *notes.values(), grid.name)
    stop = _fill_body(table, head, known)
    return table, stop


def _find_head(grid: Grid, start: int, known: frozenset[str]) -> int | None:
    stop = min(grid.height, start + SEARCHED)
    width = max((grid.filled[row] for row in range(start, min(grid.height, start + SEARCHED * 3))), default=0)
    best: int | None = None
    for row in range(start, stop):
        if grid.filled[row] < 2:
            continue
        seen = look(grid, row, known)
        if rowlook.heads(grid, row, seen, width):
            best = row
            break
    if best is None:
        return None
    # Group labels that were never merged stand above the row found: 基本情况 _ _ 党建情况 _ _
    while best > start and grid.filled[best - 1] >= 2:
        seen = look(grid, best - 1, known)
        if not seen.plain or seen.meta or words.is_total(seen.cells[0][1]):
            break
        best -= 1
    return best


def _measure(grid: Grid, first: int, known: frozenset[str]) -> _Head:
    """How deep the header is: merged cells say so, or labels that stand only under blank ones."""
    last = first
    limit = min(first + DEEPEST, grid.height)
    while last + 1 < limit:
        here, below = look(grid, last, known), look(grid, last + 1, known)
        bottom = max((grid.span(last, column)[2] for column, _text in here.cells), default=last)
        earlier = max((low for top, _l, low, _r in grid.merged if first <= top <= last), default=last)
        if min(max(bottom, earlier), limit - 1) > last:
            last += 1
            continue
        if not _continues(grid, last, here, below):
            break
        last += 1
    units: dict[int, str] = {}
    body = last + 1
    while body < min(last + 3, grid.height):
        seen = look(grid, body, known)
        if rowlook.is_units(seen):
            units = {column: words.unit_only(text) for column, text in seen.cells}
        elif not rowlook.is_numbering(grid, body, seen) or body + 1 >= grid.height:
            break
        body += 1
    return _Head(first, last, body, units)


def _continues(grid: Grid, row: int, here: RowLook, below: RowLook) -> bool:
    """Whether the row below is still header."""
    if not below.count or not below.plain or below.meta or rowlook.is_units(below):
        return False
    wide = [grid.span(row, column) for column, _text in here.cells]
    groups = [(left, right) for _top, left, _bottom, right in wide if right > left]
    if groups and not (len(groups) == 1 and here.count == 1):
        inside = [
            column for column in below.columns if any(left <= column <= right for left, right in groups)
        ]
        return len(inside) == below.count or below.known >= 0.5 * below.count
    if words.is_total(below.cells[0][1]):
        return False
    first = min(here.columns | below.columns)
    under_blank = len(below.columns - here.columns)
    return first not in below.columns and under_blank >= 1 and below.count < grid.width


def _titles(grid: Grid, start: int, stop: int) -> tuple[list[str], dict[str, str]]:
    """Titles and filled-in-by notes above a header."""
    titles: list[str] = []
    notes: dict[str, str] = {}
    for row in range(start, stop):
        for value in grid.row(row):
            if value is None:
                continue
            text = squeeze(fold(str(value)))[:300]
            if not text or words.is_note(text):
                continue
            pairs = words.meta_pairs(text) if words.is_meta(text) else {}
            if pairs:
                notes.update(pairs)
            elif not words.is_total(text):
                titles.append(text)
    return titles[:12], dict(list(notes.items())[:20])


def _columns(grid: Grid, head: _Head) -> list[HeaderColumn]:
    labels = _labels(grid, head.first, head.last)
    columns = []
    for index in range(grid.width):
        path = tuple(dict.fromkeys(label for label in labels[index] if label))
        if not path and not any(grid.columns[index].codes[head.body :]):
            continue
        unit = head.units.get(index) or next((u for u in map(words.label_unit, reversed(path)) if u), "")
        serial = bool(path) and words.is_serial(path[-1])
        key = "/".join(filter(None, map(words.label_key, path)))
        columns.append(HeaderColumn(index, grid.letter(index), path, key, unit, serial))
    return columns


def _labels(grid: Grid, first: int, last: int) -> list[list[str]]:
    """The labels of each column from the top header row down, merged and unmerged groups spread over their columns."""
    table = [[_label(grid.at(row, column)) for column in range(grid.width)] for row in range(first, last + 1)]
    spread = [line[:] for line in table]
    for top, left, bottom, right in grid.merged:
        if first <= top <= last and right - left < grid.width:
            for row in range(top, min(bottom, last) + 1):
                for column in range(left, right + 1):
                    spread[row - first][column] = table[top - first][left]
    merged_rows = {top for top, left, _bottom, right in grid.merged if right > left and first <= top <= last}
    for offset in range(last - first):
        if first + offset in merged_rows:
            continue
        group = ""
        for column in range(grid.width):
            below = any(table[lower][column] for lower in range(offset + 1, len(table)))
            if spread[offset][column]:
                group = spread[offset][column] if below else ""
            elif below and group:
                spread[offset][column] = group
            else:
                group = ""
    return [[line[column] for line in spread] for column in range(grid.width)]


def _label(value: object) -> str:
    return (
        squeeze(fold(str(value))).replace(" ", "" if not str(value).isascii() else " ")[:80]
        if value is not None
        else ""
    )


def _fill_body(table: Table, head: _Head, known: frozenset[str]) -> int:
    """Sort the rows below the header into body, totals and remarks; returns where the next table may begin."""
    grid = table.grid
    doubtful = _doubtful(table, head, known)
    stop = grid.height
    skipped: set[int] = set()
    for row in doubtful:
        verdict = _judge(table, head, row, known)
        if verdict == "table":
            stop = row
            break
        if verdict != "data":
            skipped.add(row)
        if verdict == "total":
            table.totals.append(row)
    unmerge_down(grid, head.body, stop - 1)
    table.rows = [row for row in range(head.body, stop) if row not in skipped]
    return stop


def _doubtful(table: Table, head: _Head, known: frozenset[str]) -> list[int]:
    """Rows that may be something else than data: nearly empty ones, totals, and those with words of the header."""
    grid = table.grid
    rows = {row for row in range(head.body, grid.height) if grid.filled[row] <= 2}
    own = {words.label_key(column.path[-1]) for column in table.columns if column.path}
    for place, column in enumerate(table.columns):
        values = grid.columns[column.index].values
        close = grid.height <= CLOSE_LOOK
        if place >= 4 and not close:
            break
        marks = {
            code
            for code, value in enumerate(values)
            if isinstance(value, str)
            and len(value) <= 16
            and _marks(value, place, own, known if close else frozenset())
        }
        if marks:
            codes = grid.columns[column.index].codes
            rows.update(row for row in range(head.body, grid.height) if codes[row] in marks)
    return sorted(rows)


def _marks(value: str, place: int, own: set[str], known: frozenset[str]) -> bool:
    key = words.label_key(value)
    return key in own or key in known or (place < 4 and words.is_total(value))


def _judge(table: Table, head: _Head, row: int, known: frozenset[str]) -> str:
    """data, blank, total, note, repeat (of the header) or table (another one begins here)."""
    grid = table.grid
    seen = look(grid, row, known)
    if not seen.count:
        return "blank"
    texts = [text for _column, text in seen.cells if text]
    first = seen.cells[0][1]
    if any(words.is_total(text) for text in [text for _c, text in seen.cells[:3]]) and seen.known <= 2:
        return "total"
    own = {words.label_key(label) for column in table.columns for label in column.path}
    if seen.plain and seen.count >= 2 and all(words.label_key(text) in own for text in texts):
        return "repeat"
    if seen.known >= max(2, 0.6 * seen.count) and seen.plain and seen.count >= 2:
        return "table"
    if seen.count > 2:
        return "data"
    if not texts:
        serial = [column.index for column in table.columns if column.serial]
        return "blank" if seen.count == 1 and seen.cells[0][0] in serial else "data"
    if words.is_note(first) or seen.meta:
        table.remarks.append(" ".join(texts)[:500])
        return "note"
    if seen.count == 1 and _title_of_next(grid, row, known):
        return "table"
    lone = seen.count == 1 and (len(first) > 30 or grid.span(row, seen.cells[0][0])[3] > seen.cells[0][0])
    if lone:
        table.remarks.append(first[:500])
        return "note"
    return "data"


def _title_of_next(grid: Grid, row: int, known: frozenset[str]) -> bool:
    """Whether a line standing alone is the title of a table that begins within the next rows."""
    for below in range(row + 1, min(row + 5, grid.height)):
        seen = look(grid, below, known)
        if seen.count >= 2 and not seen.meta:
            return seen.plain and seen.known >= max(2, 0.5 * seen.count)
    return False
