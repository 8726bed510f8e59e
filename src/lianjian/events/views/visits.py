"""Doors to visits."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.files.actions import attach
from lianjian.files.models import File
from lianjian.files.serve import serve
from lianjian.foundation import clock, registry
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import Denied, require

from .. import actions
from ..forms import PurposeForm, UploadForm, VisitForm, WithdrawForm, show_choice
from ..models import Purpose, Visit
from ..queries import VISITS, covered_choices, may_change, purpose_rows, visit_page, visit_url, whom_choices
from ..queries.supervising import item_lines
from ..rules import PURPOSES


def _visit(actor: Actor, key: UUID) -> Visit:
    rows = Visit.objects.visible_to(actor).select_related("organization")  # type: ignore[attr-defined]
    found: Visit = get_object_or_404(rows, key=key)
    return found


@door("events.see", methods=("GET",))
def visits(request: Request) -> HttpResponse:
    """The list of visits."""
    may = bool(request.actor.scopes("events.write"))
    action = (_("记一次走访"), reverse("events:record")) if may else None
    own = request.actor.may("events.purposes", Whole(request.actor.jurisdiction_id))
    context = {"may_record": may, "may_purposes": own}
    return list_page(request, VISITS, "events/list.html", context, empty_action=action)


@door("events.see", methods=("GET",))
def visit(request: Request, key: UUID) -> HttpResponse:
    """One visit with what came of it."""
    found = _visit(request.actor, key)
    now = clock.now()
    shown = replace(visit_page(request.actor, found), items=item_lines(found, now))
    panels = registry.panels("events.visit", request.actor, found, now)
    return page(request, "events/visit.html", {"page": shown, "visit": found, "panels": panels})


@door("events.write", methods=("GET",))
def whom(request: Request) -> HttpResponse:
    """Choices of the combobox."""
    return JsonResponse(whom_choices(request.actor, request.GET.get("q", "")), safe=False)


@door("events.write")
def record(request: Request) -> HttpResponse:
    """The quick form."""
    form = VisitForm(request.POST or None, actor=request.actor, initial=_initial(request))
    show_choice(form.fields["organization"], form.initial.get("chosen"))
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.record_visit(actor=request.actor, now=clock.now(), **form.values())
            return done(request, visit_url(made.key), _("走访已记下。"))
    return page(
        request, "events/form.html", {"title": _("记一次走访"), "cancel": reverse("events:visits")}, form=form
    )


def _initial(request: Request) -> dict[str, object]:
    """Today, oneself, and the enterprise that was asked for, or the only one that one covers."""
    key = request.GET.get("organization", "")
    covered = covered_choices(request.actor) if request.method == "GET" else []
    if not key and len(covered) == 1:
        key = covered[0][0]
    try:
        chosen = Organization.objects.filter(key=UUID(key)).first() if key else None
    except ValueError:
        chosen = None
    return {
        "visited_on": clock.today(),
        "people": request.actor.name,
        "organization": str(chosen.key) if chosen else "",
        "chosen": chosen,
    }


@door("events.write")
def change(request: Request, key: UUID) -> HttpResponse:
    """Mend a visit."""
    found = _visit(request.actor, key)
    fields = ("visited_on", "purpose", "received_by", "content", "heard", "needs_found")
    initial = {**{name: getattr(found, name) for name in fields}, "people": found.visitors}
    form = VisitForm(request.POST or None, actor=request.actor, initial=initial)
    del form.fields["organization"]
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_visit(actor=request.actor, visit=found, now=clock.now(), **form.values())
            return done(request, visit_url(found.key), _("走访记录已修改。"))
    context = {"title": _("修改走访记录"), "visit": found, "cancel": visit_url(key)}
    return page(request, "events/form.html", context, form=form)


@door("events.write")
def withdraw(request: Request, key: UUID) -> HttpResponse:
    """Take a visit back."""
    found = _visit(request.actor, key)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.withdraw_visit(actor=request.actor, visit=found, now=clock.now(), **form.cleaned_data)
            return done(request, visit_url(found.key), _("走访记录已作废。"))
    context = {"title": _("作废走访记录"), "submit": _("作废"), "visit": found, "cancel": visit_url(key)}
    return page(request, "events/form.html", context, form=form)


@door("files.write", methods=("POST",))
def upload(request: Request, key: UUID) -> HttpResponse:
    """Hang a file on a visit."""
    found = _visit(request.actor, key)
    if not may_change(request.actor, found):
        raise Denied
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(
            request, "422.html", {"sentence": _("请选择要上传的文件。"), "back": visit_url(key)}, status=422
        )
    attach(actor=request.actor, record=found, upload=form.cleaned_data["file"], now=clock.now())
    return done(request, visit_url(key), _("附件已上传。"))


@door("files.read", methods=("GET",))
def file(request: Request, key: UUID, file_key: UUID) -> HttpResponseBase:
    """Download a file of a visit."""
    found = _visit(request.actor, key)
    rows = File.objects.present().filter(bundle_id=found.bundle_id or 0)  # type: ignore[attr-defined]
    return serve(get_object_or_404(rows, key=file_key))


def _purpose(actor: Actor, key: UUID) -> Purpose:
    """A purpose of one's own place; 404 for another's."""
    rows = Purpose.objects.filter(jurisdiction_id=actor.jurisdiction_id)
    found: Purpose = get_object_or_404(rows, key=key)
    require(actor, "events.purposes", Whole(found.jurisdiction_id))
    return found


@door("events.purposes", methods=("GET",))
def purposes(request: Request) -> HttpResponse:
    """The purposes that the place added."""
    require(request.actor, "events.purposes", Whole(request.actor.jurisdiction_id))
    context = {"rows": purpose_rows(request.actor.jurisdiction_id), "known": PURPOSES.values()}
    return page(request, "events/purposes.html", context)


@door("events.purposes")
def add_purpose(request: Request) -> HttpResponse:
    """One more."""
    require(request.actor, "events.purposes", Whole(request.actor.jurisdiction_id))
    form, back = PurposeForm(request.POST or None), reverse("events:purposes")
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.add_purpose(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, back, _("走访内容已增加。"))
    return page(request, "events/form.html", {"title": _("增加走访内容"), "cancel": back}, form=form)


@door("events.purposes")
def rename_purpose(request: Request, key: UUID) -> HttpResponse:
    """Another word for it."""
    found, back = _purpose(request.actor, key), reverse("events:purposes")
    form = PurposeForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.rename_purpose(
                actor=request.actor, purpose=found, now=clock.now(), **form.cleaned_data
            )
            return done(request, back, _("走访内容已改名。"))
    return page(request, "events/form.html", {"title": _("走访内容改名"), "cancel": back}, form=form)


@door("events.purposes", methods=("POST",))
def retire_purpose(request: Request, key: UUID) -> HttpResponse:
    """Offer it no longer, or again."""
    found = _purpose(request.actor, key)
    again = found.retired_on is not None
    actions.retire_purpose(actor=request.actor, purpose=found, again=again, now=clock.now())
    return done(
        request, reverse("events:purposes"), _("走访内容已恢复使用。") if again else _("走访内容已停用。")
    )
