"""A person corrects the guess; the office remembers it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import specs
from ..models import RIGHT, Import, ImportSheet, Memory
from ..refusals import ColumnTwice, UnknownKind, WrongStep
from .uploading import OPEN, write_sheets

Choices = Mapping[
    int, Mapping[str, Any]
]  # by sheet number: {"kind": code, "columns": {column number: field}}


@verb
def match(*, actor: Actor, imported: Import, choices: Choices, year: int | None, now: datetime) -> bool:
    """Take what a person chose, read again, remember what differed from the guess.

    Columns of a sheet whose kind changed are guessed anew and must be looked at; returns whether that is so.
    Raises `ColumnTwice`, `UnknownKind`, `WrongStep`.
    """
    require(actor, RIGHT, Whole(imported.jurisdiction_id))
    if imported.state not in OPEN:
        raise WrongStep(state=imported.get_state_display())
    sheets = {sheet.number: sheet for sheet in ImportSheet.objects.filter(imported=imported)}
    turned = False
    for number, choice in choices.items():
        if number in sheets:
            turned |= _choose(actor, sheets[number], choice, now)
    imported.year = year
    write_sheets(imported)
    imported.state = Import.State.GUESSED if turned else Import.State.CHECKED
    imported.error = ""
    imported.save(update_fields=["year", "state", "error"])
    record(actor=actor, verb="sheets.match", subject=imported, now=now)
    return turned


def _choose(actor: Actor, sheet: ImportSheet, choice: Mapping[str, Any], now: datetime) -> bool:
    """Write down one sheet's choice; True when its kind changed to one whose columns were not shown yet."""
    kind = str(choice.get("kind", sheet.kind))
    if kind and kind not in {item.code for item in specs.kinds_in_order()}:
        raise UnknownKind
    if kind != sheet.kind:
        sheet.chosen = {"kind": kind, "columns": {}}
        sheet.save(update_fields=["chosen"])
        if sheet.signature:
            _remember(actor, sheet, Memory.What.SHEET, "", sheet.signature, kind, now)
        return bool(kind)
    if not kind:
        return False
    columns = {int(index): str(field) for index, field in (choice.get("columns") or {}).items()}
    _check(sheet, kind, columns)
    differing = False
    for column in sheet.columns:
        wanted = columns.get(column["index"], column["field"])
        if wanted != column["field"]:
            differing = True
            if column["key"]:
                _remember(actor, sheet, Memory.What.COLUMN, kind, column["key"], wanted, now)
    if differing or sheet.chosen:
        sheet.chosen = {"kind": kind, "columns": {str(index): field for index, field in columns.items()}}
        sheet.save(update_fields=["chosen"])
    return False


def _check(sheet: ImportSheet, kind: str, columns: Mapping[int, str]) -> None:
    known = specs.kind_fields(kind)
    used: set[str] = set()
    for field in columns.values():
        if field and field not in known:
            raise UnknownKind
        if field and field in used:
            raise ColumnTwice(sheet=sheet.name, field=specs.field_title(kind, field))
        used.add(field)


def _remember(
    actor: Actor,
    sheet: ImportSheet,
    what: str,
    kind: str,
    word: str,
    target: str,
    now: datetime,
    field: str = "",
) -> None:
    Memory.objects.update_or_create(
        jurisdiction_id=sheet.jurisdiction_id,
        what=what,
        kind=kind,
        field=field,
        word=word[:400],
        defaults={"target": target, "by_name": actor.name[:80], "at": now},
    )


@verb
def learn_value(
    *, actor: Actor, imported: Import, sheet: ImportSheet, field: str, word: str, target: str, now: datetime
) -> None:
    """Remember what a word in a column of choices means, and read the file again with it."""
    require(actor, RIGHT, Whole(imported.jurisdiction_id))
    if imported.state not in OPEN:
        raise WrongStep(state=imported.get_state_display())
    if target not in {code for code, _word in specs.choices_of(sheet.kind, field)} or not word.strip():
        raise UnknownKind
    _remember(actor, sheet, Memory.What.VALUE, sheet.kind, word.strip(), target, now, field)
    write_sheets(imported)
    record(actor=actor, verb="sheets.learn_value", subject=imported, now=now)


@verb
def forget(*, actor: Actor, memory: Memory, now: datetime) -> None:
    """Take a remembered correction back: the next file is guessed without it."""
    require(actor, RIGHT, Whole(memory.jurisdiction_id))
    record(
        actor=actor,
        verb="sheets.forget",
        subject=memory,
        now=now,
        changes={"memory": (f"{memory.word[:200]} → {memory.target}", "")},
    )
    memory.delete()
