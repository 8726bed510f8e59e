"""All sheets of a file go into the records in one transaction; or, in a rehearsal, nearly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from lianjian.directory.actors import root_of
from lianjian.directory.models import Organization
from lianjian.foundation import registry
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.batch import SheetRow, uncollected
from lianjian.foundation.jobs import enqueue
from lianjian.foundation.once import first_time
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.notices.actions import notify

from .. import specs
from ..batches import Run, SheetBatch
from ..books import read_book
from ..models import RIGHT, Import, ImportSheet
from ..queries.addresses import import_url
from ..reading.book import Book, Row, Sheet
from ..refusals import BadRowsLeft, NoRoot, NothingToStore, WrongStep
from .keeping import keep_all
from .writing import last_ids, store_doubts, store_made, write_receipt

Told = Callable[[str, int, int], None]
MESSAGE = "sheets.import"
READY = (Import.State.CHECKED, Import.State.FAILED, Import.State.UNDONE)


@dataclass
class Passed:
    """What one sheet came to."""

    batch: SheetBatch
    record: ImportSheet
    rows: list[SheetRow] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """New, changed and unchanged rows, and those left out."""
        new = len(self.batch.new_rows)
        changed = len(self.batch.touched_rows)
        stored = len(self.rows) - len(self.batch.dropped)
        left = self.record.rows - stored
        return {"new": new, "changed": changed, "unchanged": stored - new - changed, "left": left}


def silent(step: str, done: int, total: int) -> None:
    """Nobody watches."""


def _root(imported: Import) -> Organization:
    found = root_of([imported.jurisdiction_id]).get(imported.jurisdiction_id)
    if found is None:
        raise NoRoot(name=imported.jurisdiction.name)
    return found


def _one_at_a_time(imported: Import) -> None:
    """Wait until no other file goes into this town: two that hold the same sheet would both find it new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sheets.commit'), %s)", [imported.jurisdiction_id])


def _sheets(imported: Import) -> dict[int, ImportSheet]:
    return {sheet.number: sheet for sheet in ImportSheet.objects.filter(imported=imported).order_by("number")}


@verb
def start(*, actor: Actor, imported: Import, mode: str, now: datetime, unchecked: bool = False) -> None:
    """Hand the import to the worker; see `prepare`."""
    imported.run = prepare(actor=actor, imported=imported, mode=mode, now=now, unchecked=unchecked)
    enqueue_commit(actor, imported)


def enqueue_commit(actor: Actor, imported: Import) -> None:
    """Put the job of this run in the queue; one that is there twice stores once."""
    enqueue(
        "sheets.commit",
        jurisdiction_id=imported.jurisdiction_id,
        imported_id=imported.pk,
        user_id=actor.user_id or 0,
        run=imported.run,
    )


@verb
def prepare(*, actor: Actor, imported: Import, mode: str, now: datetime, unchecked: bool = False) -> int:
    """Take the import to "running" for a new run, whose number it returns. `unchecked`: without a look at the columns.

    Raises `BadRowsLeft`, `NothingToStore`, `WrongStep`.
    """
    require(actor, RIGHT, Whole(imported.jurisdiction_id))
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if imported.state not in READY and not (unchecked and imported.state == Import.State.GUESSED):
        raise WrongStep(state=imported.get_state_display())
    sheets = _sheets(imported)
    bad = sum(sheet.rows - sheet.good_rows for sheet in sheets.values() if sheet.kind)
    if mode == Import.Mode.ALL and bad:
        raise BadRowsLeft(count=bad)
    total = sum(sheet.good_rows if sheet.kind else sheet.rows for sheet in sheets.values())
    if not total:
        raise NothingToStore
    imported.state, imported.mode, imported.run = Import.State.RUNNING, mode, imported.run + 1
    imported.step, imported.done_rows, imported.total_rows = "reading", 0, total
    imported.beat_at, imported.error = now, ""
    fields = ["state", "mode", "run", "step", "done_rows", "total_rows", "beat_at", "error"]
    imported.save(update_fields=fields)
    record(actor=actor, verb="sheets.start", subject=imported, now=now, note=mode)
    return imported.run


@verb
def resume(*, actor: Actor, imported: Import, now: datetime) -> None:
    """The worker died: let another take the same run. If the first still lives, the second finds it stored."""
    require(actor, RIGHT, Whole(imported.jurisdiction_id))
    if imported.state != Import.State.RUNNING:
        raise WrongStep(state=imported.get_state_display())
    enqueue_commit(actor, imported)
    Import.objects.filter(pk=imported.pk).update(beat_at=now)
    record(actor=actor, verb="sheets.resume", subject=imported, now=now)


@verb
@uncollected()
def commit(
    *, actor: Actor, imported: Import, run: int, mode: str, now: datetime, tell: Told = silent
) -> dict[str, Any]:
    """Store the rows, once per `run` however often a job comes: all of it or, where anything fails, nothing.

    Returns the receipt; an empty one when this run was stored before. Raises what a store raises.
    """
    require(actor, RIGHT, Whole(imported.jurisdiction_id))
    _one_at_a_time(imported)
    if not first_time(f"sheets.commit:{imported.key}:{run}"):
        return {}
    before = last_ids()
    tell("reading", 0, imported.total_rows)
    sheets = _sheets(imported)
    book = read_book(imported, sheets.values())
    work = Run(actor=actor, imported=imported, root=_root(imported), now=now)
    passed = _pass_over(work, book, sheets, tell)
    left = sum(len(one.batch.dropped) for one in passed)
    if mode == Import.Mode.ALL and left:
        raise BadRowsLeft(count=left)
    tell("finishing", imported.total_rows, imported.total_rows)
    for one in passed:
        store_made(imported, one.batch)
        one.record.outcome = {**one.counts, "problems": one.batch.problems}
        one.record.save(update_fields=["outcome"])
    kept = keep_all(imported, book, sheets, {one.record.number: one.rows for one in passed})
    doubts = store_doubts(work)
    receipt = write_receipt(imported, passed, kept, doubts)
    record(actor=actor, verb="sheets.commit", subject=imported, now=now, note=str(receipt["rows"]))
    marks = last_ids()
    imported.state, imported.mode, imported.finished_at = Import.State.DONE, mode, now
    imported.marks_before, imported.marks, imported.entry_mark = before, marks, marks.get("journal_entry", 0)
    imported.receipt, imported.undo_report, imported.error, imported.step = receipt, {}, "", ""
    imported.done_rows = imported.total_rows
    fields = ("state", "mode", "finished_at", "marks_before", "marks", "entry_mark", "receipt")
    imported.save(update_fields=[*fields, "undo_report", "error", "step", "done_rows"])
    return receipt


def _pass_over(work: Run, book: Book, sheets: dict[int, ImportSheet], tell: Told) -> list[Passed]:
    """Give every good row to the stores of its kind, kinds in their order."""
    order = {kind.code: place for place, kind in enumerate(specs.kinds_in_order())}
    known = [sheet for sheet in book if sheet.kind is not None and sheet.number in sheets]
    known.sort(key=lambda sheet: (order[sheet.kind.code], sheet.number))  # type: ignore[union-attr]
    total = work.imported.total_rows
    done = 0
    passed = []
    for sheet in known:
        record_ = sheets[sheet.number]
        one = Passed(SheetBatch(work, sheet, record_.pk), record_)
        passed.append(one)
        if record_.blocked:
            continue
        tell(record_.kind, done, total)
        one.rows = good_rows(sheet)
        _store(work, one)
        done += len(one.rows)
    return passed


def _store(work: Run, one: Passed) -> None:
    batch, rows = one.batch, one.rows
    for part in registry.parts_of(one.record.kind):
        for step in (part.check, part.store):
            if step is not None and rows:
                step(actor=work.actor, batch=batch, rows=rows, now=work.now)
                if batch.dropped:
                    rows = [row for row in rows if row.number not in batch.dropped]
        work.forget()
    batch.attribute(rows)


def good_rows(sheet: Sheet) -> list[SheetRow]:
    """The rows of a sheet that have no error."""
    bad = sheet.bad_rows
    codes = list(sheet.data)
    first = sheet.grid.top + 1

    def raw(number: int) -> Any:
        return sheet.raw(Row(number - first, number, {}))

    return [
        SheetRow(number, dict(zip(codes, values, strict=True)), raw)
        for number, values in zip(sheet.row_numbers, zip(*sheet.data.values(), strict=True), strict=True)
        if number not in bad
    ]


class _Rehearsed(Exception):
    """Ends a rehearsal: everything it wrote goes with the savepoint."""


@verb
def rehearse(*, actor: Actor, imported: Import, now: datetime) -> None:
    """Store everything and take it back, to say which rows would be new, changed or as they are."""
    require(actor, RIGHT, Whole(imported.jurisdiction_id))
    _one_at_a_time(imported)
    sheets = _sheets(imported)
    book = read_book(imported, sheets.values())
    passed: list[Passed] = []
    try:
        with transaction.atomic():
            work = Run(actor=actor, imported=imported, root=_root(imported), now=now)
            passed = _pass_over(work, book, sheets, silent)
            raise _Rehearsed
    except _Rehearsed:
        pass
    for one in passed:
        one.record.outcome = {**one.counts, "problems": one.batch.problems, "rehearsed": True}
        one.record.save(update_fields=["outcome"])
    record(actor=actor, verb="sheets.rehearse", subject=imported, now=now)


@verb
def mark_failed(*, actor: Actor, imported: Import, run: int, sentence: str, now: datetime) -> None:
    """The job ended without storing anything: say why, on the page and in the inbox."""
    under_way = (Import.State.UPLOADED, Import.State.RUNNING)
    changed = Import.objects.filter(pk=imported.pk, run=run, state__in=under_way).update(
        state=Import.State.FAILED, error=sentence[:300], step="", finished_at=now
    )
    if changed:
        record(actor=actor, verb="sheets.fail", subject=imported, now=now)
        title = _("导入未成功：%(name)s") % {"name": imported.name}
        tell_done(actor, imported, title, sentence, now)


def tell_done(
    actor: Actor, imported: Import, title: str, text: str, now: datetime, what: str = "commit"
) -> None:
    """A message to who uploaded the file."""
    notify(
        actor=actor,
        user_ids=[imported.uploaded_by] if imported.uploaded_by else [],
        kind=MESSAGE,
        title=title,
        url=import_url(imported.key),
        now=now,
        text=text,
        key=f"import:{what}:{imported.key}:{imported.run}",
    )
