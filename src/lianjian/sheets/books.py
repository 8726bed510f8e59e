"""The file of an import, read again whenever it is needed: nothing between two steps is kept but what people said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, cast

from lianjian.files import store
from lianjian.foundation.names import mask_phone, mask_resident_id

from . import specs
from .models import Import, ImportSheet
from .reading.book import Book, Sheet
from .reading.guard import FileKind
from .reading.problems import Problem
from .reading.rows import read_workbook
from .reading.spec import Choice
from .reading.words import label_key

IDENTITY = re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)", re.ASCII)
_held: ContextVar[dict[Any, Any] | None] = ContextVar("books_held", default=None)


@contextmanager
def held() -> Iterator[None]:
    """Inside the block the same file with the same choices is read once: steps that follow at once share it."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def remember_kind(sha256: str, kind: FileKind) -> None:
    """Inside of `held`: this file was examined just now."""
    shared = _held.get()
    if shared is not None:
        shared["kind", sha256] = kind


def read_book(imported: Import, sheets: Iterable[ImportSheet] = ()) -> Book:
    """Parse and interpret the file with what the office taught and a person chose. Raises UnreadableFile."""
    memories = specs.memories(imported.jurisdiction_id)
    choices = {sheet.number: choice_of(sheet) for sheet in sheets if sheet.chosen}
    shared = _held.get()
    taught = [(row.what, row.kind, row.field, row.word, row.target) for row in memories]
    key = (imported.sha256, imported.year, repr(sorted(choices.items())), repr(taught))
    if shared is not None and key in shared:
        return cast("Book", shared[key])
    book = read_workbook(
        store.path_of(imported.sha256),
        specs.kind_specs(memories),
        specs.remembered(memories),
        choices,
        specs.industries(),
        imported.year,
        (shared or {}).get(("kind", imported.sha256)),
    )
    if shared is not None:
        shared.clear()  # one book at a time: they are large
        shared[key] = book
    return book


def choice_of(sheet: ImportSheet) -> Choice:
    """What a person said about a sheet, as the reader takes it."""
    columns = sheet.chosen.get("columns") or {}
    return Choice(sheet.chosen.get("kind"), {int(index): field for index, field in columns.items()})


def sheet_facts(sheet: Sheet) -> dict[str, Any]:
    """What the wizard keeps of a table: everything but the rows."""
    bad = sheet.bad_rows
    warned = {p.row for p in sheet.problems if p.severity == "warning" and p.row is not None} - bad
    table = sheet.table
    header: dict[str, Any] = {}
    if table is not None:
        header = {
            "rows": [sheet.grid.row_number(row) for row in table.header],
            "titles": table.titles[:6],
            "notes": table.notes,
            "totals": [sheet.grid.row_number(row) for row in table.totals],
        }
    return {
        "name": sheet.name[:200],
        "title": sheet.title[:300],
        "hidden": sheet.hidden,
        "signature": sheet.signature[:400],
        "year": sheet.year,
        "kind": sheet.kind.code if sheet.kind else "",
        "confidence": sheet.guess.confidence,
        "runner_up": sheet.guess.runner_up or "",
        "source": sheet.guess.source,
        "columns": [_column(sheet, column) for column in sheet.columns],
        "header": header,
        "rows": len(sheet.row_numbers) if sheet.kind else sum(1 for _ in sheet.raw_rows()),
        "bad_rows": len(bad),
        "warned_rows": len(warned),
        "blocked": any(p.severity == "error" and p.row is None for p in sheet.problems),
        "problems": [problem_facts(problem) for problem in sheet.problems],
    }


def _column(sheet: Sheet, column: Any) -> dict[str, Any]:
    unkept = _unkept(sheet, column)
    return {
        "index": column.index,
        "letter": column.letter,
        "label": column.label,
        "key": column.key,
        "unit": column.unit,
        "field": column.field,
        "score": column.score,
        "source": column.source or "",
        "samples": [] if unkept else [_masked(sample) for sample in column.samples],
        "unkept": unkept,
    }


def _unkept(sheet: Sheet, column: Any) -> bool:
    """Whether the kind leaves a column alone that no field takes: by its header, or for identity numbers in it."""
    if column.field or sheet.kind is None or not sheet.kind.unkept:
        return False
    key = label_key(column.label)
    if any(label_key(word) in key for word in sheet.kind.unkept):
        return True
    return any(IDENTITY.search(str(value)) for value in sheet.grid.columns[column.index].values[1:])


def _masked(sample: str) -> str:
    """Phones and identity numbers are examples enough with their middle hidden."""
    if re.fullmatch(r"1\d{10}", sample):
        return mask_phone(sample)
    return mask_resident_id(sample) if re.fullmatch(r"\d{17}[\dXx]", sample) else sample


def problem_facts(problem: Problem) -> dict[str, Any]:
    """A problem of the reader as it is kept: in parts, so that it can be said in either language."""
    return {
        "row": problem.row,
        "cell": problem.cell,
        "field": problem.field,
        "severity": problem.severity,
        "code": problem.code,
        "params": {name: _plain(value) for name, value in problem.params.items()},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def sentence_of(held: dict[str, Any], sheet: str = "") -> str:
    """The sentence of a kept problem in the active language; a store's own was said when it happened."""
    if "sentence" in held:
        return str(held["sentence"])
    problem = Problem(
        sheet,
        held["row"],
        held["cell"],
        held["field"],
        held["severity"],
        held["code"],
        held.get("params", {}),
    )
    return problem.sentence


def unread_columns(sheet: Sheet) -> Sequence[Any]:
    """Columns of a known kind that no field takes, that hold more than running numbers and that the kind may keep."""
    serial = {column.index for column in sheet.table.columns if column.serial} if sheet.table else set()
    return [
        column
        for column in sheet.columns
        if not column.field and column.index not in serial and not _unkept(sheet, column)
    ]
