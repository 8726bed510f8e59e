"""Sheets and columns that nothing reads yet are kept as they were written, until a later part claims them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from lianjian.directory.actions.bulk.rows import insert, joined_text, new_keys
from lianjian.foundation.batch import SheetRow

from ..books import unread_columns
from ..models import Import, ImportSheet, KeptChunk, KeptSheet
from ..reading.book import Book, Sheet, plain
from ..reading.grid import GridColumn

CHUNK = 1_000
Kept = tuple[int, str, str, str, int | None]  # row number, values as JSON, identity, model label, row id


def keep_all(
    imported: Import, book: Book, sheets: Mapping[int, ImportSheet], stored: Mapping[int, Sequence[SheetRow]]
) -> list[dict[str, Any]]:
    """Keep what no field took; returns one line for the receipt for each sheet that has such."""
    lines = []
    for sheet in book:
        if sheet.number not in sheets:
            continue
        if sheet.kind is None:
            rows: list[Kept] = [
                (number, _json(dict(values)), "", "", None) for number, values in sheet.raw_rows() if values
            ]
            columns = [column.label or column.letter for column in sheet.columns]
        else:
            rows = _unread(sheet, stored.get(sheet.number, ()))
            columns = [column.label or column.letter for column in unread_columns(sheet)]
        if rows:
            held, new = _keep(imported, sheet, columns, rows)
            lines.append(
                {
                    "sheet": sheet.name,
                    "title": sheet.title,
                    "kind": sheet.kind.code if sheet.kind else "",
                    "key": str(held.key),
                    "rows": len(rows),
                    "new": new,
                    "columns": columns,
                }
            )
    return lines


def _unread(sheet: Sheet, rows: Sequence[SheetRow]) -> list[Kept]:
    """The values of unread columns, with the record that the row became."""
    columns: dict[str, list[GridColumn]] = {}
    for column in unread_columns(sheet):
        columns.setdefault(column.label or column.letter, []).append(sheet.grid.columns[column.index])
    if not columns or sheet.kind is None:
        return []
    needed = [spec.code for spec in sheet.kind.fields if spec.required]
    first = sheet.grid.top + 1
    pieces = [
        _pieces(label, columns[label], [row.number - first for row in rows]) for label in sorted(columns)
    ]
    found: list[Kept] = []
    for row, texts in zip(rows, zip(*pieces, strict=True), strict=True):
        text = ", ".join(filter(None, texts))
        if text:
            identity = "|".join(str(row.values.get(code)) for code in needed)
            found.append((row.number, f"{{{text}}}", identity, *_subject(row)))
    return found


def _pieces(label: str, columns: Sequence[GridColumn], places: Sequence[int]) -> list[str]:
    """What each row holds under one label, as JSON ("label": value), empty for nothing; written once per value.

    Of several columns with the same label the last filled one counts.
    """
    found = [""] * len(places)
    for column in columns:
        codes = column.codes
        head = _json(label) + ": "
        texts = ["", *(head + _json(plain(value)) for value in column.values[1:])]
        found = [texts[codes[place]] or held for place, held in zip(places, found, strict=True)]
    return found


_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _subject(row: SheetRow) -> tuple[str, int | None]:
    for held in row.made.values():
        if isinstance(held, models.Model) and held.pk is not None:
            return held._meta.label_lower, int(held.pk)
    return "", None


def _keep(
    imported: Import, sheet: Sheet, columns: Sequence[str], rows: Sequence[Kept]
) -> tuple[KeptSheet, int]:
    """Store the rows that are not kept yet; the same row twice in one sheet is two."""
    held, _new = KeptSheet.objects.get_or_create(
        jurisdiction_id=imported.jurisdiction_id,
        kind=sheet.kind.code if sheet.kind else "",
        name=sheet.name[:200],
        signature=sheet.signature[:400],
        defaults={"title": sheet.title[:300], "columns": list(columns), "first_import": imported},
    )
    copies: dict[str, int] = {}
    digests = []
    for _number, text, identity, _label, _pk in rows:
        mark = f"{identity}\0{text}"
        copies[mark] = copies.get(mark, 0) + 1
        digests.append(hashlib.sha1(f"{mark}\0{copies[mark]}".encode(), usedforsecurity=False).hexdigest())
    # Two files with the same sheet wait for each other here: the second finds what the first kept.
    KeptSheet.objects.select_for_update().get(pk=held.pk)
    known: set[str] = set()
    known.update(*KeptChunk.objects.filter(sheet=held).values_list("digests", flat=True))
    fresh = [
        (digest, row) for digest, row in zip(digests, rows, strict=True) if digest not in known
    ]
    _insert(imported, held, fresh)
    return held, len(fresh)


def _insert(imported: Import, held: KeptSheet, fresh: Sequence[tuple[str, Kept]]) -> None:
    """Write rows, each with its digest, a thousand of one model to a line."""
    by_label: dict[str, list[tuple[str, Kept]]] = {}
    for one in fresh:
        by_label.setdefault(one[1][3], []).append(one)
    pieces = [
        (label, some[start : start + CHUNK])
        for label, some in by_label.items()
        for start in range(0, len(some), CHUNK)
    ]
    insert(
        KeptChunk,
        {
            "key": list(new_keys(len(pieces))),
            "label": [label for label, _some in pieces],
            "numbers": [joined_text([str(row[0]) for _digest, row in some]) for _label, some in pieces],
            "lines": [joined_text([row[1] for _digest, row in some]) for _label, some in pieces],
            "digests": [joined_text([digest for digest, _row in some]) for _label, some in pieces],
            "row_ids": [
                joined_text(["-" if row[4] is None else str(row[4]) for _digest, row in some])
                for _label, some in pieces
            ],
        },
        {"jurisdiction_id": imported.jurisdiction_id, "sheet_id": held.pk, "imported_id": imported.pk},
        joined=("numbers", "lines", "digests", "row_ids"),
    )
