"""A workbook arrives: examined, kept, read, guessed."""

from __future__ import annotations

from datetime import datetime
from os import PathLike
from pathlib import Path

from lianjian.files.actions import keep_file
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..books import read_book, remember_kind, sheet_facts
from ..models import RIGHT, Import, ImportSheet
from ..reading import guard
from ..refusals import WrongStep

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
OPEN = (
    Import.State.UPLOADED,
    Import.State.GUESSED,
    Import.State.CHECKED,
    Import.State.FAILED,
    Import.State.UNDONE,
)


@verb
def upload(
    *,
    actor: Actor,
    jurisdiction_id: int,
    name: str,
    path: str | PathLike[str],
    now: datetime,
    year: int | None = None,
) -> Import:
    """Examine the workbook at `path` without parsing it, and keep it. Raises `UnreadableFile`."""
    require(actor, RIGHT, Whole(jurisdiction_id))
    kind = guard.inspect(Path(path))
    file = keep_file(
        actor=actor,
        jurisdiction_id=jurisdiction_id,
        name=name,
        path_or_bytes=Path(path),
        media_type=MEDIA[kind],
        now=now,
        own=False,
    )
    remember_kind(file.sha256, kind)
    imported = Import.objects.create(
        jurisdiction_id=jurisdiction_id,
        file=file,
        name=file.name,
        sha256=file.sha256,
        year=year,
        uploaded_by=actor.user_id,
        uploaded_by_name=actor.name[:80],
        uploaded_at=now,
    )
    record(actor=actor, verb="sheets.upload", subject=imported, now=now, note=file.sha256)
    return imported


@verb
def read_import(*, actor: Actor, imported: Import, now: datetime) -> None:
    """Read the file and guess its sheets, with what a person chose so far. Raises `UnreadableFile`."""
    require(actor, RIGHT, Whole(imported.jurisdiction_id))
    if imported.state not in OPEN:
        raise WrongStep(state=imported.get_state_display())
    write_sheets(imported)
    imported.state, imported.error = Import.State.GUESSED, ""
    imported.save(update_fields=["state", "error"])
    record(actor=actor, verb="sheets.read", subject=imported, now=now)


def write_sheets(imported: Import) -> list[ImportSheet]:
    """What the reader makes of the file now, in the rows of its sheets. Part of the caller's verb."""
    held = {sheet.number: sheet for sheet in ImportSheet.objects.filter(imported=imported)}
    book = read_book(imported, held.values())
    found = []
    for sheet in book:
        facts = sheet_facts(sheet)
        row = held.pop(sheet.number, None)
        if row is None:
            row = ImportSheet(
                jurisdiction_id=imported.jurisdiction_id, imported=imported, number=sheet.number
            )
        if facts["source"] != "person":
            row.guessed = facts["kind"]
        for name, value in facts.items():
            setattr(row, name, value)
        row.outcome = {}
        if row.pk is None:
            row.save(force_insert=True)
        else:
            row.save(update_fields=[*facts, "guessed", "outcome"])
        found.append(row)
    if held:
        ImportSheet.objects.filter(pk__in=[row.pk for row in held.values()]).delete()
    return found
