"""Doors to documents: lists, one document, its files and paper; writing and changing."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.files.forms import UploadForm
from lianjian.files.models import File
from lianjian.files.serve import serve
from lianjian.foundation import clock, registry
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.stale import FIELD, watch

from .. import actions, subjects
from ..forms import DocumentForm, SubjectForm
from ..models import Document
from ..queries import PUBLISHED, REGISTER, WAITING, document_page, document_url, find_document
from ..queries.pages import DocumentPage, last_number
from ..queries.pictures import draft_file, published_file
from ..rules import layout

FORM = "notices/document_form.html"


def _sections(form: DocumentForm) -> list[tuple[str, list[str]]]:
    """The fields of a document by what they are about."""
    parts = [
        ("", ["issuer", "kind", "title", "number", "made_on", "text"]),
        (_("署名"), ["bylines", "agreed"]),
        (_("公布"), ["audience", "publish_on", "since", "until"]),
        (_("关联"), ["about"]),
    ]
    return [(title, kept) for title, names in parts if (kept := [name for name in names if name in form.fields])]


def _tabs(request: Request, here: str) -> list[tuple[str, str, bool]]:
    """Published; and for a desk its register and reviews."""
    lines = [("documents:list", _("已公布"))]
    if request.actor.may("documents.desk"):
        lines += [("documents:register", _("文件登记簿")), ("documents:waiting", _("待我审核"))]
    return [(word, reverse(name), name == f"documents:{here}") for name, word in lines] if len(lines) > 1 else []


def _context(request: Request, here: str) -> dict[str, object]:
    return {"tabs": _tabs(request, here), "may_write": request.actor.may("documents.write")}


@door("documents.see", methods=("GET",))
def documents(request: Request) -> HttpResponse:
    """What is out."""
    return list_page(request, PUBLISHED, "notices/documents.html", _context(request, "list"))


@door("documents.desk", methods=("GET",))
def register(request: Request) -> HttpResponse:
    """All documents of the desk, whatever their state."""
    return list_page(request, REGISTER, "notices/documents.html", _context(request, "register"))


@door("documents.desk", methods=("GET",))
def waiting(request: Request) -> HttpResponse:
    """What waits for one's own review."""
    return list_page(request, WAITING, "notices/documents.html", _context(request, "waiting"))


def at_desk(request: Request, key: UUID, right: str = "documents.write") -> Document:
    """A document that the actor may act on; 404 for others."""
    rows = Document.objects.visible_to(request.actor).select_related("issuer", "jurisdiction")
    found = get_object_or_404(rows, key=key)
    if not request.actor.may(right, found.issuer) or found.jurisdiction_id not in request.actor.writable:
        raise Http404
    return found


def _shown(request: Request, key: UUID) -> DocumentPage:
    document, out = find_document(request.actor, key)
    if document is None and not out:
        raise Http404
    asked = request.GET.get("version", "")
    version = int(asked) if asked.isdecimal() and len(asked) < 5 else None
    return document_page(request.actor, document, out, version, clock.today())


@door("documents.see", methods=("GET",))
def document(request: Request, key: UUID) -> HttpResponse:
    """One document."""
    shown = _shown(request, key)
    panels = registry.panels("documents.document", request.actor, shown, clock.now())
    return page(request, "notices/document.html", {"page": shown, "panels": panels})


@door("documents.see", methods=("GET",))
def paper(request: Request, key: UUID) -> HttpResponse:
    """The document on A4, to be printed."""
    context = {"page": _shown(request, key), "back": document_url(key), "picture_door": "documents:picture"}
    return page(request, "notices/paper.html", context)


@door("documents.see", methods=("GET",))
def file(request: Request, key: UUID, file_key: UUID) -> HttpResponseBase:
    """A file of a version, or of the draft."""
    document, out = find_document(request.actor, key)
    for one in out:
        found = published_file(request.actor.readable, one, file_key)
        if found is not None:
            return serve(found)
    held = draft_file(request.actor, document, file_key)
    if held is None:
        raise Http404
    return serve(held)


@door("documents.write")
def new(request: Request) -> HttpResponse:
    """A new draft, about the record that the address names and of the kind that it names."""
    actor = request.actor
    home = Organization.objects.filter(pk=getattr(actor, "organization_id", 0)).first()
    about = next(iter(subjects.named(actor, [request.GET.get("about", "")])), None)
    initial = {"issuer": str(home.key) if home else "", "made_on": clock.today(), "audience": "place"}
    initial["about"] = about.reference if about else ""
    initial["kind"] = request.GET.get("kind", "")
    last = last_number(actor, home.pk) if home else ""
    form = DocumentForm(request.POST or None, actor=actor, last=last, initial=initial)
    form.fields["issuer"].show(home)  # type: ignore[attr-defined]
    form.fields["about"].show(about)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.start_document(actor=actor, now=clock.now(), **form.values())
            return done(request, document_url(made.key), _("草稿已保存。上传附件后送审。"))
    context = {"title": _("起草文件"), "cancel": reverse("documents:list"), "sections": _sections(form)}
    return page(request, FORM, context, form=form)


@door("documents.write")
def change(request: Request, key: UUID) -> HttpResponse:
    """Other words; who began from others than those that stand there now sees both."""
    held = at_desk(request, key)
    initial = {name: getattr(held, name) for name in actions.WORDS} | {"bylines": "、".join(held.bylines)}
    form = DocumentForm(request.POST or None, actor=request.actor, document=held, initial=initial)
    watch(form, held, [*actions.WORDS, "bylines", "state", "version"])
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_document(actor=request.actor, document=held, now=clock.now(), **form.values())
            return done(request, document_url(key), _("已修改。"))
    context = {"title": _("修改文件"), "subject": held.title, "cancel": document_url(key), "document": held}
    stale = form.data.get(FIELD, "") != request.POST.get(FIELD, "")
    context |= {"sections": _sections(form), "newer": layout.laid_out(held.text) if stale else None}
    return page(request, FORM, context, form=form)


@door("documents.write", methods=("POST",))
def hide(request: Request, key: UUID) -> HttpResponse:
    """Hide the numbers of persons."""
    actions.hide_numbers(actor=request.actor, document=at_desk(request, key), now=clock.now())
    return done(request, document_url(key), _("号码中间各位已隐去,请再看一遍。"))


@door("documents.write")
def upload(request: Request, key: UUID) -> HttpResponse:
    """Hang files on it; what is refused is named, the good ones are kept."""
    held = at_desk(request, key)
    form = UploadForm(request.POST or None, request.FILES or None)
    kept = 0
    if request.method == "POST" and form.is_valid():
        for one in form.cleaned_data["file"]:
            with refusals_to(form):
                actions.attach_to_document(actor=request.actor, document=held, upload=one, now=clock.now())
                kept += 1
        if not form.errors:
            return done(request, document_url(key), _("附件已上传。"))
    words = _("附件已上传。") if kept else ""
    return page(request, "files/upload.html", {"back": document_url(key), "kept": words}, form=form)


@door("documents.write", methods=("POST",))
def remove(request: Request, key: UUID, file_key: UUID) -> HttpResponse:
    """Take a file off it."""
    held = at_desk(request, key)
    rows = File.objects.present().filter(bundle_id=held.bundle_id or 0)  # type: ignore[attr-defined]
    found = get_object_or_404(rows, key=file_key)
    actions.remove_from_document(actor=request.actor, document=held, file=found, now=clock.now())
    return done(request, document_url(key), _("附件已移除。"))


@door("documents.write")
def link(request: Request, key: UUID) -> HttpResponse:
    """A record that it is about."""
    held = at_desk(request, key)
    form = SubjectForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.link_document(actor=request.actor, document=held, now=clock.now(), **form.cleaned_data)
            return done(request, document_url(key), _("已关联。"))
    context = {"title": _("关联记录"), "subject": held.title, "cancel": document_url(key)}
    return page(request, FORM, context, form=form)


@door("documents.write", methods=("POST",))
def unlink(request: Request, key: UUID) -> HttpResponse:
    """It is not about that record."""
    named = request.POST.get("subject", "")
    actions.unlink_document(
        actor=request.actor, document=at_desk(request, key), subject=named, now=clock.now()
    )
    return done(request, document_url(key), _("已取消关联。"))


@door("documents.write", methods=("GET",))
def subject_choices(request: Request) -> HttpResponse:
    """Choices of the combobox: records of every kind."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:60]
    found = subjects.find(request.actor, text, 6) if text else []
    return JsonResponse(
        [{"key": one.reference, "label": one.name, "note": one.kind} for one in found], safe=False
    )
