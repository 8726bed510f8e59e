"""Doors to imports: the wizard, the names to decide, what is remembered and what was kept."""

from __future__ import annotations

import io
import tempfile
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.files.serve import serve
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import XLSX, attachment, list_page, write_xlsx
from lianjian.foundation.jobs import enqueue
from lianjian.foundation.pages import Request, done, page, redirect, refusals_to

from . import actions, books, lists
from .forms import CommitForm, DecideForm, MatchForm, UploadForm, WordForm
from .models import RIGHT, Import, ImportSheet, KeptSheet, Memory, ReviewItem
from .queries import wizard
from .queries.addresses import import_url
from .queries.places import places_of
from .queries.receipts import kind_lines, model_name, problems, refused_lines

AT_ONCE = 1_500_000  # bytes read while the person waits; a larger file is read by a job
REHEARSED = 3_000  # rows stored and taken back for the preview
UNDONE_AT_ONCE = 3_000  # rows taken back while the person waits

_State = Import.State


def _import(request: Request, key: UUID) -> Import:
    found: Import = get_object_or_404(wizard.visible(request.actor).select_related("file"), key=key)
    return found


@door(RIGHT, methods=("GET",))
def imports(request: Request) -> HttpResponse:
    """All imports of the office."""
    waiting = ReviewItem.objects.visible_to(request.actor).filter(state="open").count()  # type: ignore[attr-defined]
    action = (_("导入一个表格"), reverse("sheets:new"))
    return list_page(request, lists.IMPORTS, "sheets/list.html", {"waiting": waiting}, empty_action=action)


@door(RIGHT)
def new(request: Request) -> HttpResponse:
    """Step 1: upload."""
    places = places_of(request.actor)
    form = UploadForm(request.POST or None, request.FILES or None, places=places)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            return redirect(request, import_url(_upload(request, form.cleaned_data)))
    return page(request, "sheets/new.html", {"steps": wizard.steps(None, 0)}, form=form)


def _upload(request: Request, data: dict[str, Any]) -> UUID:
    upload, now = data["file"], clock.now()
    with tempfile.NamedTemporaryFile(prefix="lianjian-upload-") as file:
        for piece in upload.chunks():
            file.write(piece)
        file.flush()
        imported = actions.upload(
            actor=request.actor,
            jurisdiction_id=data["place"],
            name=upload.name,
            path=file.name,
            now=now,
            year=data["year"],
        )
    if upload.size <= AT_ONCE:
        actions.read_import(actor=request.actor, imported=imported, now=now)
    else:
        ids: dict[str, Any] = {"imported_id": imported.pk, "user_id": request.actor.user_id}
        enqueue("sheets.read", jurisdiction_id=imported.jurisdiction_id, key=str(imported.key), **ids)
    return imported.key


@door(RIGHT, methods=("GET",))
def import_(request: Request, key: UUID) -> HttpResponse:
    """The import at whatever step it is: its address can be left and found again."""
    imported = _import(request, key)
    if imported.state == _State.GUESSED:
        return redirect(request, reverse("sheets:match", kwargs={"key": key}))
    if imported.state == _State.CHECKED:
        return redirect(request, reverse("sheets:preview", kwargs={"key": key}))
    if imported.state in (_State.UPLOADED, _State.RUNNING):
        return _running(request, imported)
    if imported.state == _State.FAILED:
        readable = ImportSheet.objects.filter(imported=imported).exists()
        return page(request, "sheets/failed.html", {"imported": imported, "readable": readable})
    return _receipt(request, imported)


def _running(request: Request, imported: Import) -> HttpResponse:
    at = 3 if imported.state == _State.RUNNING else 0
    last = imported.beat_at or imported.uploaded_at
    context = {
        "imported": imported,
        "steps": wizard.steps(imported, at),
        "words": wizard.step_words(imported) if at else _("正在读取文件"),
        "stale": bool(at) and (clock.now() - last).total_seconds() > wizard.STALE,
    }
    return page(request, "sheets/running.html", context)


def _receipt(request: Request, imported: Import) -> HttpResponse:
    reviews = ReviewItem.objects.filter(imported=imported).order_by("id")
    context = {
        "imported": imported,
        "steps": wizard.steps(imported, 5),
        "kinds": kind_lines(imported),
        "made": [(model_name(label), count) for label, count in imported.receipt.get("made", {}).items()],
        "changed": [
            (model_name(label), count) for label, count in imported.receipt.get("changed", {}).items()
        ],
        "kept": imported.receipt.get("kept", []),
        "reviews": [
            (item.key, item.name, item.get_state_display(), item.state == "open") for item in reviews
        ],
        "refused": refused_lines(imported),
        "problems": wizard.problem_page(imported, request.GET, request.path),
        "tone": wizard.TONES[Import.State(imported.state)],
    }
    return page(request, "sheets/receipt.html", context)


@door(RIGHT)
def match(request: Request, key: UUID) -> HttpResponse:
    """Step 2: kinds and columns."""
    imported = _import(request, key)
    sheets = wizard.sheets_of(imported)
    form = MatchForm(request.POST or None, imported=imported, sheets=sheets)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            now, year = clock.now(), form.cleaned_data["year"]
            actor, choices = request.actor, form.choices()
            with books.held():
                if actions.match(actor=actor, imported=imported, choices=choices, year=year, now=now):
                    return done(request, request.path, _("已按新的种类重新猜列，请核对。"))
                if sum(sheet.rows for sheet in wizard.sheets_of(imported) if sheet.kind) <= REHEARSED:
                    actions.rehearse(actor=actor, imported=imported, now=now)
            return redirect(request, reverse("sheets:preview", kwargs={"key": key}))
    context = {
        "imported": imported,
        "sheets": sheets,
        "steps": wizard.steps(imported, 1),
        "titles": wizard.kind_titles(),
    }
    return page(request, "sheets/match.html", context, form=form)


@door(RIGHT, methods=("GET",))
def preview(request: Request, key: UUID) -> HttpResponse:
    """Step 3: every problem by sheet, row and cell, and what would come of the rows."""
    imported = _import(request, key)
    if imported.state not in (_State.CHECKED, _State.FAILED, _State.UNDONE):
        return redirect(request, import_url(key))
    lines = wizard.lines(wizard.sheets_of(imported))
    context = {
        "imported": imported,
        "steps": wizard.steps(imported, 2),
        "lines": lines,
        "bad": sum(line.bad for line in lines),
        "good": sum(line.good for line in lines),
        "rehearsed": any(line.outcome for line in lines),
        "problems": wizard.problem_page(imported, request.GET, request.path),
    }
    return page(request, "sheets/preview.html", context)


@door(RIGHT, methods=("POST",))
def word(request: Request, key: UUID) -> HttpResponse:
    """Explain a word of a column of choices."""
    imported = _import(request, key)
    form = WordForm(request.POST)
    back = reverse("sheets:preview", kwargs={"key": key})
    if not form.is_valid():
        return redirect(request, back)
    sheet = get_object_or_404(ImportSheet, imported=imported, number=form.cleaned_data.pop("sheet"))
    actions.learn_value(
        actor=request.actor, imported=imported, sheet=sheet, now=clock.now(), **form.cleaned_data
    )
    return done(request, back, _("已记住，下次照办。"))


@door(RIGHT, methods=("POST",))
def commit(request: Request, key: UUID) -> HttpResponse:
    """Step 4: hand it to the worker."""
    imported = _import(request, key)
    form = CommitForm(request.POST)
    mode = form.cleaned_data["mode"] if form.is_valid() else Import.Mode.GOOD
    actions.start(actor=request.actor, imported=imported, mode=mode, now=clock.now())
    return redirect(request, import_url(key))


@door(RIGHT, methods=("GET",))
def progress(request: Request, key: UUID) -> HttpResponse:
    """How far it is, for the script of the waiting page."""
    imported = _import(request, key)
    running = imported.state in (_State.UPLOADED, _State.RUNNING)
    text = f"{wizard.step_words(imported)} {imported.done_rows} / {imported.total_rows}"
    answer = {
        "done": imported.done_rows,
        "total": imported.total_rows,
        "text": text if imported.state == _State.RUNNING else _("正在读取文件"),
        "finished": not running,
        "url": import_url(key),
    }
    return JsonResponse(answer)


@door(RIGHT, methods=("POST",))
def resume(request: Request, key: UUID) -> HttpResponse:
    """The worker fell silent: let another take over."""
    actions.resume(actor=request.actor, imported=_import(request, key), now=clock.now())
    return done(request, import_url(key), _("已重新排队。"))


@door(RIGHT, methods=("POST",))
def undo(request: Request, key: UUID) -> HttpResponse:
    """Step 6: take it back."""
    imported = _import(request, key)
    if imported.receipt.get("rows", 0) > UNDONE_AT_ONCE and imported.state == _State.DONE:
        ids: dict[str, Any] = {"imported_id": imported.pk, "user_id": request.actor.user_id}
        enqueue("sheets.undo", jurisdiction_id=imported.jurisdiction_id, **ids)
        return done(request, import_url(key), _("正在撤销，完成后会放到消息里。"))
    report = actions.undo(actor=request.actor, imported=imported, now=clock.now())
    if report["refused_count"]:
        return done(
            request,
            import_url(key),
            _("已撤销其余部分，有 %(n)s 条不能撤销，见下。") % {"n": report["refused_count"]},
        )
    return done(request, import_url(key), _("已撤销，导入前的内容都已恢复。"))


@door(RIGHT, methods=("GET",))
def problem_list(request: Request, key: UUID) -> HttpResponse:
    """All problems as a spreadsheet, to be mended in the office's own file."""
    imported = _import(request, key)
    words = wizard.severity_words()
    rows = [
        (one["sheet"], one["row"], one["cell"], words[one["severity"]], one["sentence"])
        for one in problems(imported)
    ]
    buffer = io.BytesIO()
    labels = [_("表"), _("行"), _("单元格"), _("程度"), _("问题")]
    write_xlsx(buffer, _("问题清单"), labels, rows)
    return attachment(buffer.getvalue(), f"{_('问题清单')} {imported.name.rpartition('.')[0]}.xlsx", XLSX)


@door(RIGHT, methods=("GET",))
def file(request: Request, key: UUID) -> HttpResponseBase:
    """The workbook as it was uploaded."""
    return serve(_import(request, key).file)


@door(RIGHT, methods=("GET",))
def reviews(request: Request) -> HttpResponse:
    """Names to decide."""
    return list_page(request, lists.REVIEWS, "sheets/reviews.html")


@door(RIGHT)
def review(request: Request, key: UUID) -> HttpResponse:
    """One name with its candidates, and the decision."""
    item = get_object_or_404(ReviewItem.objects.visible_to(request.actor), key=key)  # type: ignore[attr-defined]
    form = DecideForm(
        request.POST or None, actor=request.actor, item=item, lookup=reverse("directory:lookup")
    )
    if request.method == "POST" and form.is_valid():
        organization = form.decided()
        if not form.errors:
            with refusals_to(form):
                linked = actions.decide(
                    actor=request.actor, item=item, organization=organization, now=clock.now()
                )
                words = _("已记住，并关联了 %(n)s 条记录。") if linked else _("已记住。")
                return done(request, reverse("sheets:reviews"), words % {"n": linked} if linked else words)
    return page(request, "sheets/review.html", {"item": item}, form=form)


@door(RIGHT, methods=("GET",))
def memories(request: Request) -> HttpResponse:
    """What the office corrected before."""
    return list_page(request, lists.MEMORIES, "sheets/memories.html")


@door(RIGHT)
def forget(request: Request, key: UUID) -> HttpResponse:
    """One correction, and taking it back."""
    memory = get_object_or_404(Memory.objects.visible_to(request.actor), key=key)  # type: ignore[attr-defined]
    if request.method == "POST":
        actions.forget(actor=request.actor, memory=memory, now=clock.now())
        return done(request, reverse("sheets:memories"), _("已忘记这条更正。"))
    return page(request, "sheets/memory.html", {"memory": memory})


@door(RIGHT, methods=("GET",))
def kept_sheets(request: Request) -> HttpResponse:
    """Sheets and columns that nothing reads yet."""
    return list_page(request, lists.KEPT, "sheets/kept_list.html")


@door(RIGHT, methods=("GET",))
def kept_sheet(request: Request, key: UUID) -> HttpResponse:
    """The rows of one of them, as they were written."""
    sheet = get_object_or_404(KeptSheet.objects.visible_to(request.actor), key=key)  # type: ignore[attr-defined]
    return page(request, "sheets/kept.html", {"sheet": sheet, **wizard.kept_rows(sheet, request.GET)})
