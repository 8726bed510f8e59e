"""Sheets and columns that nothing reads yet are kept as they were written, until a later part claims them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from lianjian.directory.actions.bulk.rows import insert, new_keys
from lianjian.foundation.batch import SheetRow

from ..books import unread_columns
from ..models import Import, ImportSheet, KeptRow, KeptSheet
from ..reading.book import Book, Sheet, plain
from ..reading.grid import GridColumn

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
    known = set(KeptRow.objects.filter(sheet=held).values_list("digest", flat=True))
    fresh = [place for place, digest in enumerate(digests) if digest not in known]
    insert(
        KeptRow,
        {
            "key": list(new_keys(len(fresh))),
            "number": [rows[place][0] for place in fresh],
            "values": [rows[place][1] for place in fresh],
            "digest": [digests[place] for place in fresh],
            "label": [rows[place][3] for place in fresh],
            "row_id": [rows[place][4] for place in fresh],
        },
        {"jurisdiction_id": imported.jurisdiction_id, "sheet_id": held.pk, "imported_id": imported.pk},
    )
    return held, len(fresh)
