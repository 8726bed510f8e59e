"""Reads a workbook: parse, find tables, guess, clean. A column is cleaned once per distinct value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from lianjian.foundation.batch import uncollected
from lianjian.foundation.dates import NotADate, parse_date
from lianjian.foundation.units import BY_NAME
from lianjian.sheets.reading.book import Book, ReadColumn, Sheet
from lianjian.sheets.reading.cells import CLEANERS, Context
from lianjian.sheets.reading.grid import GridColumn, RawBook
from lianjian.sheets.reading.guard import FileKind
from lianjian.sheets.reading.guess import Guess, guess, known_words
from lianjian.sheets.reading.header import HeaderColumn, Table, find_tables
from lianjian.sheets.reading.problems import Problem
from lianjian.sheets.reading.process import parse
from lianjian.sheets.reading.spec import Choice, FieldSpec, KindSpec, Memory

DATED: Final = frozenset({"date", "deadline"})
SAMPLES: Final = 3
MOST_PROBLEMS: Final = 20_000  # of one table; beyond them the file is of another kind than was thought


def read_workbook(
    path: str | Path,
    kinds: Sequence[KindSpec],
    memory: Memory | None = None,
    choices: Mapping[int, Choice] | None = None,
    industries: Mapping[str, str] | None = None,
    year: int | None = None,
    known: FileKind | None = None,
) -> Book:
    """Check, parse and interpret the file at `path`. Raises UnreadableFile with a sentence that says how to mend it.

    `known` is what the check found a moment ago, where this very file was checked just now.
    """
    return interpret(parse(path, known), kinds, memory, choices, industries, year)


def interpret(
    raw: RawBook,
    kinds: Sequence[KindSpec],
    memory: Memory | None = None,
    choices: Mapping[int, Choice] | None = None,
    industries: Mapping[str, str] | None = None,
    year: int | None = None,
) -> Book:
    """Make tables of a parsed file; may be called again with other `choices` (by `Sheet.number`) without parsing.

    `memory` are earlier corrections of the office; `industries` maps industry codes to names where the full table
    is loaded; `year` is what a person said for tables that name none and have no full date.
    """
    known = known_words(kinds, memory)
    sheets: list[Sheet] = []
    for grid in raw:
        tables: Sequence[Table | None] = find_tables(grid, known) or ([None] if grid.height else [])
        for part, table in enumerate(tables):
            choice = (choices or {}).get(len(sheets))
            guessed = guess(table, kinds, memory, choice) if table else Guess(None, 1.0)
            kind = next((kind for kind in kinds if kind.code == guessed.kind), None)
            sheets.append(Sheet(len(sheets), grid.name, part, grid.hidden, grid, table, guessed, kind))
    book_year = year or _commonest(sheet.table.year for sheet in sheets if sheet.table)
    with uncollected():
        for sheet in sheets:
            if sheet.table is not None:
                _read(sheet, sheet.table, book_year, industries)
    return Book(sheets)


def _read(sheet: Sheet, table: Table, book_year: int | None, industries: Mapping[str, str] | None) -> None:
    fields = {spec.code: spec for spec in sheet.kind.fields} if sheet.kind else {}
    mapped: list[tuple[HeaderColumn, FieldSpec]] = []
    for column in table.columns:
        match = sheet.guess.columns.get(column.index)
        if match and match.field in fields:
            mapped.append((column, fields[match.field]))
        sheet.columns.append(
            ReadColumn(
                column.index,
                column.letter,
                column.label,
                column.key,
                column.unit,
                match.field if match else "",
                match.score if match else 0.0,
                match.source if match else None,
                _samples(table.grid.columns[column.index], table.rows),
            )
        )
    sheet.year = table.year or _year_of_dates(table, mapped) or book_year
    if sheet.kind is None:
        return
    for column, spec in mapped:
        context = Context.of(spec, unit=_unit(column, spec, table), year=sheet.year, industries=industries)
        sheet.data[spec.code] = _clean_column(sheet, table, column, context)
    _missing_columns(sheet, {spec.code for _column, spec in mapped})
    places = {column.letter: column.index for column in table.columns}
    sheet.problems.sort(key=lambda item: (item.row or 0, places.get(item.cell.rstrip("0123456789"), 0)))


def _clean_column(sheet: Sheet, table: Table, column: HeaderColumn, context: Context) -> list[Any]:
    """The clean values of all rows; what is wrong goes to the sheet's problems."""
    grid_column = table.grid.columns[column.index]
    rows, codes = table.rows, grid_column.codes
    whole = bool(rows) and rows[-1] - rows[0] + 1 == len(rows)
    used = codes[rows[0] : rows[-1] + 1] if whole else [codes[row] for row in rows]
    values: list[Any] = [None] * len(grid_column.values)
    faults: dict[int, Any] = {}
    cleaner = CLEANERS[context.spec.type]
    for code in set(used) - {0}:
        cleaned = cleaner(grid_column.values[code], context)
        values[code] = cleaned[0]
        if cleaned[1]:
            faults[code] = cleaned
    if context.spec.type == "yes_no" and False not in values:
        # A column of ticks: the blank means no. Where 否 is written too, a blank is unknown.
        values[0] = False if True in values else None
    found = [values[code] for code in used]
    if faults:
        _report_faults(sheet, table, column, context, used, faults)
    if context.spec.required or context.spec.expected:
        _report_missing(sheet, table, column, context, used, values, faults)
    return found


def _report_faults(
    sheet: Sheet,
    table: Table,
    column: HeaderColumn,
    context: Context,
    used: Sequence[int],
    faults: Mapping[int, Any],
) -> None:
    spec, grid = context.spec, table.grid
    for place, code in enumerate(used):
        if code in faults:
            if len(sheet.problems) >= MOST_PROBLEMS:
                return
            _value, problem, severity, params = faults[code]
            number = grid.row_number(table.rows[place])
            cell = f"{column.letter}{number}"
            told = {"title": spec.title, **params}
            sheet.problems.append(Problem(sheet.name, number, cell, spec.code, severity, problem, told))


def _report_missing(
    sheet: Sheet,
    table: Table,
    column: HeaderColumn,
    context: Context,
    used: Sequence[int],
    values: Sequence[Any],
    faults: Mapping[int, Any],
) -> None:
    empty = {code for code in set(used) if values[code] is None and code not in faults}
    if not empty:
        return
    spec = context.spec
    for place, code in enumerate(used):
        if code in empty:
            if len(sheet.problems) >= MOST_PROBLEMS:
                return
            number = table.grid.row_number(table.rows[place])
            told = {"title": spec.title}
            cell = f"{column.letter}{number}"
            sheet.problems.append(
                Problem(sheet.name, number, cell, spec.code, context.severity, "missing", told)
            )


def _missing_columns(sheet: Sheet, found: set[str]) -> None:
    if sheet.kind is None:
        return
    for spec in sheet.kind.fields:
        if spec.required and spec.code not in found:
            sheet.problems.append(
                Problem(sheet.name, None, "", spec.code, "error", "column_missing", {"title": spec.title})
            )


def _unit(column: HeaderColumn, spec: FieldSpec, table: Table) -> str:
    """The unit of a bare number: of the header, else of a note (单位:万元) of the same dimension, else of the field."""
    if column.unit:
        return column.unit
    if spec.type in ("money", "area"):
        named = [
            BY_NAME[name]
            for name in table.notes.get("单位", "").replace("，", "、").split("、")
            if name in BY_NAME
        ]
        fitting = [unit for unit in named if unit.dimension == spec.type]
        if len(fitting) == 1:
            return fitting[0].zh
    return spec.unit


def _year_of_dates(table: Table, mapped: Sequence[tuple[HeaderColumn, FieldSpec]]) -> int | None:
    """The commonest year of the full dates of a table that names no year above."""
    years: list[int | None] = []
    for column, spec in mapped:
        if spec.type not in DATED:
            continue
        for value in table.grid.columns[column.index].values[1:2_000]:
            if isinstance(value, date):
                years.append(value.year)
            elif isinstance(value, str) and len(value) < 30:
                try:
                    years.append(parse_date(value).value.year)
                except NotADate:
                    continue
    return _commonest(years)


def _commonest(years: Any) -> int | None:
    counted = Counter(year for year in years if year)
    return min(counted, key=lambda year: (-counted[year], -year)) if counted else None


def _samples(column: GridColumn, rows: Sequence[int]) -> tuple[str, ...]:
    """The first few different values, for the wizard."""
    seen: dict[int, None] = {}
    for row in rows[:200]:
        if column.codes[row]:
            seen[column.codes[row]] = None
        if len(seen) == SAMPLES:
            break
    return tuple(str(column.values[code])[:40] for code in seen)
