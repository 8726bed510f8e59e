"""Runs the parser in a child process with limits and takes its answer back without trusting it."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
import tempfile
from array import array
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from lianjian.sheets.reading import guard, limits, refusals
from lianjian.sheets.reading.grid import Grid, GridColumn, RawBook, Value

CHILD: Final = Path(__file__).with_name("child.py")
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
EXACT: Final = 10**15  # whole numbers below it are exact as floats


def parse(path: str | Path, known: guard.FileKind | None = None) -> RawBook:
    """Check the file at `path`, parse it in a child process, return its sheets. Raises UnreadableFile."""
    kind = known or guard.inspect(path)
    with tempfile.TemporaryFile(prefix="lianjian-sheet-") as out:
        _run(kind, Path(path).resolve(), out)
        out.seek(0)
        try:
            grids = list(_grids(out))
        except (
            ValueError,
            KeyError,
            TypeError,
            IndexError,
            OverflowError,
            struct.error,
            RecursionError,
        ) as error:
            raise refusals.ReadingFailed from error
    if not any(grid.height for grid in grids):
        raise refusals.NothingInside
    return RawBook(grids)


def _run(kind: str, path: Path, out: BinaryIO) -> None:
    figures = (limits.CHILD_MEMORY, limits.CHILD_CPU_SECONDS, limits.CHILD_OUTPUT_BYTES)
    command = [sys.executable, "-I", "-X", "utf8", str(CHILD), kind, str(path), *map(str, figures)]
    # Our own file, no shell, and no word of the command comes from the upload.
    child = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.DEVNULL,
        env={"PATH": "", "LANG": "C.UTF-8"},
        cwd=tempfile.gettempdir(),
        start_new_session=True,
    )
    try:
        code = child.wait(limits.CHILD_WALL_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise refusals.ReadingTooLong from error
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
    if code == 0:
        return
    if code == 4:
        raise refusals.TooManyCells(limit=limits.AREA)
    if code == 5:
        raise refusals.CellTooLong(limit=limits.CELL_CHARACTERS)
    if code in (-24, 152):  # SIGXCPU
        raise refusals.ReadingTooLong
    raise refusals.ReadingFailed


def _frame(file: BinaryIO) -> bytes:
    head = file.read(8)
    (size,) = struct.unpack("<Q", head)
    if size > limits.CHILD_OUTPUT_BYTES:
        raise ValueError("frame too large")
    data = file.read(size)
    if len(data) != size:
        raise ValueError("frame cut short")
    return data


def _grids(file: BinaryIO) -> Iterator[Grid]:
    while head := _frame(file):
        about: dict[str, Any] = json.loads(head)
        height, width = int(about["height"]), int(about["width"])
        if not 0 <= width <= limits.COLUMNS or not 0 <= height * width <= limits.AREA:
            raise ValueError("box")
        columns = [_column(_frame(file), _frame(file), height) for _ in range(width)]
        filled = array("H", _frame(file))
        if len(filled) != height:
            raise ValueError("rows")
        top, left = int(about["top"]), int(about["left"])
        yield Grid(
            name=_clean(str(about["name"]))[:200],
            hidden=bool(about["hidden"]),
            top=top,
            left=left,
            height=height,
            columns=columns,
            filled=filled,
            merged=_merged(about["merged"], top, left, height, width),
        )


def _merged(
    ranges: list[list[int]], top: int, left: int, height: int, width: int
) -> list[tuple[int, int, int, int]]:
    """Merged ranges counted from the first filled cell, cut to the filled box."""
    found = []
    for first_row, first_column, last_row, last_column in ranges:
        rows = (max(first_row - top, 0), min(last_row - top, height - 1))
        columns = (max(first_column - left, 0), min(last_column - left, width - 1))
        if rows[0] <= rows[1] and columns[0] <= columns[1] and (rows[0] < rows[1] or columns[0] < columns[1]):
            found.append((rows[0], columns[0], rows[1], columns[1]))
    return sorted(found)


def _column(held: bytes, packed: bytes, height: int) -> GridColumn:
    data: dict[str, list[Any]] = json.loads(held)
    texts: list[str] = data["t"]
    if b"\\u00" in held:  # so JSON writes control characters
        texts = [_clean(text) for text in texts]
    values: list[Value] = [None, *texts]
    values += [_number(number) for number in data["n"]]
    values += [
        date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text) for text in data["d"]
    ]
    codes = array("I")
    codes.frombytes(packed)
    if len(codes) != height or (height and max(codes) >= len(values)):
        raise ValueError("codes")
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("texts")
    return GridColumn(values, codes)


def _number(number: float) -> int | float:
    return int(number) if abs(number) < EXACT and number == int(number) else number


def _clean(text: str) -> str:
    return CONTROL.sub("", text)
