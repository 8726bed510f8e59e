"""Looks at raw XML without parsing it: definitions, foreign encodings, far cells, counts and huge texts.

The quick look costs about 5 nanoseconds a byte. Where it cannot be sure (more than 26 columns, unusual quoting, very
long sheets) the exact look reads every cell reference; the `<dimension>` tag is never believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lianjian.sheets.reading import limits, refusals

DEFINITION: Final = re.compile(rb"<!(?!--|\[CDATA\[)")
ENCODING: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"'>]*)["']""")
UNSURE: Final = re.compile(rb'<c(?:>| r="(?:[A-Za-z]{2}|[A-Za-z]?(?:[2-9]\d{5}|\d{7})))')
USUAL_CELL: Final = re.compile(rb'<c r="([A-Za-z]+)(\d+)"[^<>]*(?<!/)>')
CELL: Final = re.compile(
    rb"""<(?:[\w.-]+:)?c\s(?:[^<>]*?\s)?r\s*=\s*["']\s*([A-Za-z]+)(\d+)[^<>]*(?<!/)>""",
)
UNNAMED: Final = re.compile(rb"<(?:[\w.-]+:)?c(?:\s(?![^<>]*\br\s*=)[^<>]*)?(?<!/)>")
ROW: Final = re.compile(rb"""<(?:[\w.-]+:)?row\s(?:[^<>]*?\s)?r\s*=\s*["']\s*(\d+)""")
MACRO_TYPE: Final = b"macroEnabled"
PLAIN_ENCODINGS: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})


class SheetScan:
    """Scans the XML parts of one workbook and keeps the running number of cells."""

    def __init__(self) -> None:
        self.cells = 0

    def quick(self, chunks: Iterable[bytes]) -> bool:
        """Scan one part. True when it is surely harmless, False when the exact look is needed."""
        tail, run, rows, cells, sure, first = b"", 0, 0, 0, True, True
        for chunk in chunks:
            if first:
                _check_encoding(chunk[:1024])
                first = False
            run = _check_runs(chunk, run)
            text = tail + chunk
            cut = max(text.rfind(b"<"), 0)
            text, tail = text[:cut], text[cut:]
            _check_text(text)
            rows += text.count(b"<row")
            here = text.count(b"<c ")
            cells += here
            self._check_counts(rows, cells)
            sure = sure and not _is_unsure(text, here)
        _check_text(tail)
        self.cells += cells
        return sure

    def exact(self, chunks: Iterable[bytes]) -> None:
        """Read every reference of a filled cell of one part; styled empty cells cost the parser nothing."""
        columns: set[bytes] = set()
        rows: set[bytes] = set()
        tail = b""
        found = 0
        for chunk in chunks:
            text = tail + chunk
            cut = text.rfind(b"<")
            text, tail = text[:cut], text[cut:]
            usual = text.count(b'<c r="') == text.count(b"<c ") and b":c" not in text and b"<c>" not in text
            refs = (USUAL_CELL if usual else CELL).findall(text)
            if refs:
                letters, digits = zip(*refs, strict=True)
                columns.update(letters)
                rows.update(digits)
                found += len(refs)
            if not usual and UNNAMED.search(text):  # a cell without its own reference stands in its row
                rows.update(ROW.findall(text))
            if len(tail) > limits.RUN_BYTES or found > limits.CELLS:
                raise refusals.TooManyCells(limit=limits.CELLS)
        _check_box(columns, rows)

    def _check_counts(self, rows: int, cells: int) -> None:
        if rows > limits.ROWS * 2:  # empty styled rows are common below a table; only absurd numbers end here
            raise refusals.TooManyRows(count=rows, limit=limits.ROWS)
        if self.cells + cells > limits.CELLS:
            raise refusals.TooManyCells(limit=limits.CELLS)


def _check_box(columns: set[bytes], rows: set[bytes]) -> None:
    """The box around the filled cells must be one that a person could have filled."""
    if not columns and not rows:
        return
    columns = columns or {b"A"}
    if max(map(len, columns)) > 3 or max(map(len, rows)) > 9:
        raise refusals.FarCell(cell="…")
    widest, lowest = max(columns, key=column_number), max(rows, key=int)
    width, height = column_number(widest), int(lowest)
    cell = (widest + lowest).decode("ascii")
    if width > limits.COLUMNS:
        if len(columns) > limits.COLUMNS:
            raise refusals.TooManyColumns(count=len(columns), limit=limits.COLUMNS)
        raise refusals.FarCell(cell=cell)
    if height > limits.ROWS:
        if len(rows) > limits.ROWS:
            raise refusals.TooManyRows(count=len(rows), limit=limits.ROWS)
        raise refusals.FarCell(cell=cell)
    if width * height > limits.AREA:
        raise refusals.FarCell(cell=cell)


def column_number(letters: bytes) -> int:
    """A -> 1, Z -> 26, AA -> 27."""
    number = 0
    for byte in letters.upper():
        number = number * 26 + byte - 64
    return number


def _check_encoding(head: bytes) -> None:
    """Only UTF-8: in another encoding the checks below would look at the wrong bytes."""
    declared = ENCODING.search(head)
    plain = declared is None or declared.group(1).lower() in PLAIN_ENCODINGS
    if not plain or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusals.SuspiciousFile(part="encoding")


def _check_text(text: bytes) -> None:
    if b"\0" in text:
        raise refusals.SuspiciousFile(part="NUL")
    if b"<!" in text and DEFINITION.search(text):
        raise refusals.HasDoctype
    if len(text) < 1 << 16 and MACRO_TYPE in text:
        raise refusals.HasMacros


def _check_runs(chunk: bytes, run: int) -> int:
    """Hop from tag to tag; returns how far the end of the chunk lies behind the last tag."""
    first = chunk.find(b"<")
    if first < 0:
        run += len(chunk)
        if run > limits.RUN_BYTES:
            raise refusals.CellTooLong(limit=limits.CELL_CHARACTERS)
        return run
    if run + first > limits.RUN_BYTES:
        raise refusals.CellTooLong(limit=limits.CELL_CHARACTERS)
    place, end = first, len(chunk)
    while place + limits.RUN_BYTES < end:
        following = chunk.rfind(b"<", place + 1, place + limits.RUN_BYTES)
        if following < 0:
            raise refusals.CellTooLong(limit=limits.CELL_CHARACTERS)
        place = following
    return end - chunk.rfind(b"<", place)


def _is_unsure(text: bytes, cells: int) -> bool:
    """Whether the part is written so that the quick look may miss a far cell."""
    if text.count(b'<c r="') != cells or b":c" in text or UNSURE.search(text):
        return True
    return any(blank in text and b"<c" + blank in text for blank in (b"\t", b"\n", b"\r"))
