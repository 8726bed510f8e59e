"""Steps of an import, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from lianjian.sheets import actions
from lianjian.sheets.models import Import
from tests.cast import NOW


def workbook(path: Path, *sheets: tuple[str, Sequence[Sequence[Any]]]) -> Path:
    """An xlsx file with these sheets: (name, rows)."""
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets:
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.close()
    return path


def read(actor: Any, place: Any, path: Any, name: str = "台账.xlsx") -> Import:
    """Upload and read."""
    imported = actions.upload(actor=actor, jurisdiction_id=place.pk, name=name, path=path, now=NOW)
    actions.read_import(actor=actor, imported=imported, now=NOW)
    return imported


def store(actor: Any, place: Any, path: Any, name: str = "台账.xlsx", mode: str = "good") -> Import:
    """All steps at once, as the command does."""
    imported = read(actor, place, path, name)
    return go(actor, imported, mode)


def go(actor: Any, imported: Import, mode: str = "good") -> Import:
    """Store what was read."""
    number = actions.prepare(actor=actor, imported=imported, mode=mode, now=NOW, unchecked=True)
    imported.refresh_from_db()
    actions.commit(actor=actor, imported=imported, run=number, mode=mode, now=NOW)
    imported.refresh_from_db()
    return imported
