"""Parses one file in a process of its own and writes what it holds in a plain framed form.

Run as a file, not as a module (`python -I child.py KIND PATH`), so that nothing but the standard library and
the parser is loaded. The parser can abort the process and ask for any amount of memory; here it may.

The form, on standard output: a frame is 8 bytes of length and that many bytes. For each sheet one JSON frame (name,
hidden, top, left, height, width, merged), for each of its columns two frames - JSON `{"t": texts, "n": numbers,
"d": dates}` (distinct values) and the codes of all rows (unsigned 32 bit; 0 = empty, then texts, numbers, dates in one
numbering) - and one frame with the number of filled cells of each row (16 bit). An empty frame ends it all.
"""

from __future__ import annotations

import csv
import datetime
import gc
import json
import resource
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator
from itertools import count, islice
from typing import Any, BinaryIO

BATCH = 4096
CELL_CHARACTERS = 32_767
Row = list[Any]


class Column:
    """One column: distinct values, first by sight, and for each row the number of its value (0 = empty)."""

    def __init__(self) -> None:
        self.seen: dict[Any, int] = {"": 0}
        self.codes = array("I")

    def extend(self, values: tuple[Any, ...]) -> None:
        seen = self.seen
        fresh = [value for value in dict.fromkeys(values) if value not in seen]
        seen.update(zip(fresh, count(len(seen))))  # noqa: B905 - counts without an end
        self.codes.fromlist(list(map(seen.__getitem__, values)))


def limit(memory: int, cpu_seconds: int, output: int) -> None:
    """Bound this process; where the system knows a limit not (macOS: address space) the others remain."""
    wanted = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    )
    for what, amount in wanted:
        try:
            hard = resource.getrlimit(what)[1]
            amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
            resource.setrlimit(what, (amount, amount))
        except (OSError, ValueError):
            continue


def frame(out: BinaryIO, data: bytes) -> None:
    out.write(struct.pack("<Q", len(data)))
    out.write(data)


def pack_column(column: Column) -> tuple[bytes, bytes]:
    """The two frames of a column. A column of one type keeps its codes, a mixed one is numbered anew."""
    values = list(column.seen)[1:]
    kinds = set(map(type, values))
    held: dict[str, list[Any]] = {"t": [], "n": [], "d": []}
    codes = column.codes
    if kinds <= {str}:
        held["t"] = values
    elif kinds == {float}:
        held["n"] = values
    elif kinds == {datetime.date}:
        held["d"] = [value.isoformat() for value in values]
    else:
        codes = renumber(values, held, codes)
    if held["t"] and max(map(len, held["t"])) > CELL_CHARACTERS:
        sys.exit(5)
    data = json.dumps(held, ensure_ascii=False).encode("utf-8", "replace")  # lone surrogates become "?"
    return data, codes.tobytes()


def renumber(values: list[Any], held: dict[str, list[Any]], codes: array[int]) -> array[int]:
    """Sort mixed values by type into `held`; clock times become texts as Excel shows them."""
    places: list[tuple[str, int]] = []
    plain: Any
    for value in values:
        if isinstance(value, float | int) and value - value == 0:
            kind, plain = "n", value
        elif isinstance(value, datetime.date):
            kind, plain = "d", value.isoformat()
        else:
            kind, plain = "t", str(value)
        held[kind].append(plain)
        places.append((kind, len(held[kind])))
    starts = {"t": 0, "n": len(held["t"]), "d": len(held["t"]) + len(held["n"])}
    final = [0, *(starts[kind] + number for kind, number in places)]
    return array("I", map(final.__getitem__, codes))


def untwin(value: Any) -> Any:
    """True equals 1 as a dictionary key: make truth values texts before they meet numbers."""
    return ("TRUE" if value else "FALSE") if value is True or value is False else value


def collect(rows: Iterator[Row], width: int) -> tuple[list[Column], array[int]]:
    """All columns of one sheet and the number of filled cells of each row."""
    columns = [Column() for _ in range(width)]
    filled = array("H")
    while batch := list(islice(rows, BATCH)):
        filled.extend([len(row) - row.count("") for row in batch])
        for column, values in zip(columns, zip(*batch, strict=True), strict=True):
            if bool in set(map(type, values)):
                values = tuple(map(untwin, values))
            column.extend(values)
    return columns, filled


def write_sheets(out: BinaryIO, sheets: Iterable[tuple[dict[str, Any], Iterator[Row], int]]) -> None:
    for head, rows, width in sheets:
        columns, filled = collect(rows, width)
        frame(out, json.dumps({**head, "height": len(filled), "width": width}).encode("ascii"))
        for column in columns:
            for data in pack_column(column):
                frame(out, data)
        frame(out, filled.tobytes())
    frame(out, b"")


def workbook_sheets(path: str) -> Iterator[tuple[dict[str, Any], Iterator[Row], int]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_path(path)
    for index, about in enumerate(book.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(index)
        start = sheet.start
        top, left = start or (0, 0)
        merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()][:50_000]
        head = {
            "name": about.name,
            "hidden": about.visible != SheetVisibleEnum.Visible,
            "top": top,
            "left": left,
            "merged": merged,
        }
        if start is None:
            yield head, iter(()), 0
        else:
            # iter_rows starts at row 1 of the sheet, yet at the first filled column.
            yield head, islice(sheet.iter_rows(), top, None), sheet.width


def csv_sheets(path: str) -> Iterator[tuple[dict[str, Any], Iterator[Row], int]]:
    with open(path, "rb") as file:
        data = file.read()
    text = decode(data)
    csv.field_size_limit(40_000)
    sample = text[:20_000]
    first = sample.split("\n", 1)[0]
    counts = {mark: sample.count(mark) if mark in first else 0 for mark in (",", "\t", ";")}
    mark = max(counts, key=lambda key: counts[key]) if any(counts.values()) else ","
    rows = [
        [cell.strip() for cell in row] for row in csv.reader(text.splitlines(keepends=True), delimiter=mark)
    ]
    width = max(map(len, rows), default=0)
    if width > 512 or len(rows) > 200_000 or width * len(rows) > 6_000_000:
        sys.exit(4)
    for row in rows:
        row.extend([""] * (width - len(row)))
    yield {"name": "", "hidden": False, "top": 0, "left": 0, "merged": []}, iter(rows), width


def decode(data: bytes) -> str:
    """UTF-8 or UTF-16 by their mark, UTF-8 where it fits, else GB 18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def main() -> int:
    kind, path, memory, cpu_seconds, output = sys.argv[1:6]
    limit(int(memory), int(cpu_seconds), int(output))
    gc.disable()  # nothing here is cyclic, and this process ends at once
    try:
        sheets = csv_sheets(path) if kind == "csv" else workbook_sheets(path)
        write_sheets(sys.stdout.buffer, sheets)
        sys.stdout.buffer.flush()
    except MemoryError:
        return 3
    except Exception:  # the parent tells the person; whatever the parser said is of no use to them
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
