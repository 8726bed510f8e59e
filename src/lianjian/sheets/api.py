"""Imports in the programming interface: upload, look, store, receipt, take back."""

from __future__ import annotations

import tempfile
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from lianjian.foundation import clock
from lianjian.foundation.apidoor import need, once

from . import actions
from .models import RIGHT, Import, ImportSheet
from .queries import wizard
from .queries.places import places_of
from .queries.receipts import receipt

router = Router()


class SheetOut(Schema):
    """One table of the file. `fields` maps column letters to fields; a table without a kind is kept as it is."""

    number: int
    name: str
    title: str
    kind: str
    confidence: float
    runner_up: str
    rows: int
    good_rows: int
    fields: dict[str, str]


class ImportOut(Schema):
    """Where an import stands."""

    key: UUID
    name: str
    state: str
    error: str
    uploaded_at: datetime
    done: int
    total: int
    sheets: list[SheetOut]


class ImportList(Schema):
    """The newest imports of the office."""

    imports: list[ImportOut]


class ReceiptOut(Schema):
    """What came of an import: rows by kind, rows made and changed by model, problems by cell, what was kept."""

    key: UUID
    file: str
    sha256: str
    state: str
    error: str
    rows: int
    left: int
    kinds: list[dict[str, Any]]
    made: dict[str, int]
    changed: dict[str, int]
    kept: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    reviews: list[dict[str, Any]]
    undo: dict[str, Any]


def _shown(imported: Import) -> dict[str, Any]:
    sheets = wizard.sheets_of(imported)
    return {
        "key": imported.key,
        "name": imported.name,
        "state": imported.state,
        "error": imported.error,
        "uploaded_at": imported.uploaded_at,
        "done": imported.done_rows,
        "total": imported.total_rows,
        "sheets": [_sheet(sheet) for sheet in sheets],
    }


def _sheet(sheet: ImportSheet) -> dict[str, Any]:
    plain = ("number", "name", "title", "kind", "confidence", "runner_up", "rows", "good_rows")
    fields = {column["letter"]: column["field"] for column in sheet.columns if column["field"]}
    return {**{name: getattr(sheet, name) for name in plain}, "fields": fields}


def _import(request: HttpRequest, key: UUID) -> Import:
    found: Import = get_object_or_404(wizard.visible(request.actor), key=key)  # type: ignore[attr-defined]
    return found


def _answer(imported: Import, status: int = 200) -> HttpResponseBase:
    imported.refresh_from_db()
    return JsonResponse(ImportOut(**_shown(imported)).dict(), status=status)


@router.get("", response=ImportList, auth=need(RIGHT))
def list_imports(request: HttpRequest) -> dict[str, Any]:
    """The fifty newest imports."""
    rows = wizard.visible(request.actor).order_by("-uploaded_at")[:50]  # type: ignore[attr-defined]
    return {"imports": [_shown(imported) for imported in rows]}


@router.post("", response={201: ImportOut}, auth=need(RIGHT))
def upload_import(request: HttpRequest, file: File[UploadedFile], year: Form[int | None] = None) -> HttpResponseBase:
    """Upload a workbook (xlsx or csv) for one's own place. It is read at once; nothing is stored yet."""

    def answer() -> HttpResponseBase:
        actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
        with tempfile.NamedTemporaryFile(prefix="lianjian-upload-") as held:
            for piece in file.chunks():
                held.write(piece)
            held.flush()
            place = places_of(actor)[0][0]
            imported = actions.upload(
                actor=actor, jurisdiction_id=place, name=file.name or "", path=held.name, now=now, year=year
            )
        actions.read_import(actor=actor, imported=imported, now=now)
        return _answer(imported, 201)

    return once(request, answer)


@router.get("/{uuid:key}", response=ImportOut, auth=need(RIGHT))
def get_import(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """How far an import is."""
    return _shown(_import(request, key))


@router.post("/{uuid:key}/commit", response={202: ImportOut}, auth=need(RIGHT))
def commit_import(request: HttpRequest, key: UUID, mode: str = Import.Mode.GOOD) -> HttpResponseBase:
    """Store the good rows, or all of them (`mode=all`, refused while any is wrong), by a job."""

    def answer() -> HttpResponseBase:
        imported = _import(request, key)
        wanted = Import.Mode.ALL if mode == Import.Mode.ALL else Import.Mode.GOOD
        actor = request.actor  # type: ignore[attr-defined]
        actions.start(actor=actor, imported=imported, mode=wanted, now=clock.now(), unchecked=True)
        return _answer(imported, 202)

    return once(request, answer)


@router.get("/{uuid:key}/receipt", response=ReceiptOut, auth=need(RIGHT))
def get_receipt(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """What came of an import, with every problem by sheet, row and cell."""
    return receipt(_import(request, key))


@router.post("/{uuid:key}/undo", response=ReceiptOut, auth=need(RIGHT))
def undo_import(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Take an import back; `undo` in the answer names what stays and why."""

    def answer() -> HttpResponseBase:
        imported = _import(request, key)
        actions.undo(actor=request.actor, imported=imported, now=clock.now())  # type: ignore[attr-defined]
        return JsonResponse(ReceiptOut(**receipt(imported)).dict())

    return once(request, answer)
