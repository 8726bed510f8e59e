"""The list, one case, its moves, its files."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lianjian.events.forms import UploadForm
from lianjian.files.actions import attach
from lianjian.files.models import File
from lianjian.files.serve import serve
from lianjian.foundation import clock, prepared, registry
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import Denied

from .. import actions, rules
from ..actions.offering import OFFER_ACTS
from ..forms import MOVE_FORMS, MeasureForm, ReplyForm
from ..forms.calling import CallBackForm
from ..models import Case, Handover, Measure
from ..queries import CASES, case_page, case_url, may_attach, visible

_WITH = (
    "organization",
    "handler",
    "category",
    "accused",
    "team",
    "service",
    "evaluation",
    "visit",
    "village",
    "lent_to",
    "merged_into",
    "part_of",
    "item",
)


def case_of(actor: Actor, key: UUID, *related: str) -> Case:
    """The case, for who may see it; 404 for others."""
    names = related or _WITH
    who = getattr(actor, "fingerprint", None)
    found = prepared.one(
        ("cases.case", names, who) if who is not None else None,
        lambda slot: visible(actor).select_related(*names).filter(key=slot),
        key,
    )
    if found is None:
        raise Http404
    return cast("Case", found)


@door("cases.see", methods=("GET",))
def cases(request: Request) -> HttpResponse:
    """The list of cases."""
    may = bool(request.actor.scopes("cases.register"))
    office = request.actor.may("cases.dispatch", Whole(request.actor.jurisdiction_id))
    action = (_("登记诉求"), reverse("cases:register")) if may else None
    return list_page(
        request, CASES, "cases/list.html", {"may_register": may, "office": office}, empty_action=action
    )


@door("cases.see", methods=("GET",))
def case(request: Request, key: UUID) -> HttpResponse:
    """One case: where it is, what happened, how its limit was reckoned, what can be done now."""
    found = case_of(request.actor, key)
    now = clock.now()
    shown = case_page(request.actor, found, now)
    panels = registry.panels("cases.case", request.actor, found, now)
    return page(request, "cases/case.html", {"page": shown, "case": found, "panels": panels})


@door("cases.see", methods=("GET",))
def paper(request: Request, key: UUID) -> HttpResponse:
    """The case on A4."""
    found = case_of(request.actor, key)
    shown = case_page(request.actor, found, clock.now())
    return page(request, "cases/paper.html", {"page": shown, "case": found})


@door("cases.see")
def move(request: Request, key: UUID, move: str) -> HttpResponse:
    """The form of one move, and the move."""
    if move not in MOVE_FORMS:
        raise Http404
    found = case_of(request.actor, key)
    step = rules.check_move(move, found.state) if request.method == "GET" else rules.MOVES[move]
    given = {"template": request.GET.get("template", "")}
    form = MOVE_FORMS[move](
        request.POST or None, actor=request.actor, case=found, now=clock.now(), initial=given
    )
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            form.run()
            return done(request, case_url(key), str(form.done))
    return page(
        request,
        "cases/move.html",
        {"title": _(step.label), "case": found, "cancel": case_url(key)},
        form=form,
    )


_SAID = {
    "accept": _lazy("已接受。"),
    "refuse": _lazy("已回复不接受。"),
    "hand_back": _lazy("已反馈并交回。"),
    "revoke": _lazy("已撤销。"),
}


@door("cases.see")
def handover(request: Request, key: UUID, held: UUID, act: str) -> HttpResponse:
    """Reply to an offer to another unit, or end it."""
    if act not in OFFER_ACTS:
        raise Http404
    found = case_of(request.actor, key)
    offer = get_object_or_404(Handover.objects.select_related("organization"), key=held, case=found)
    verb, words = OFFER_ACTS[act]
    form = ReplyForm(request.POST if request.method == "POST" else None, act=act)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            more = {words: form.cleaned_data["reason"]} if words else {}
            verb(actor=request.actor, case=found, handover=offer, now=clock.now(), **more)
            return done(request, case_url(key), str(_SAID[act]))
    context = {"title": str(offer), "case": found, "cancel": case_url(key)}
    return page(request, "cases/move.html", context, form=form)


@door("cases.handle")
def measure(request: Request, key: UUID) -> HttpResponse:
    """Write down a measure with its quantity."""
    found = case_of(request.actor, key)
    form = MeasureForm(request.POST or None, initial={"done_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.add_measure(actor=request.actor, case=found, now=clock.now(), **form.cleaned_data)
            return done(request, case_url(key), _("已记下。"))
    context = {"title": _("记办理措施"), "case": found, "cancel": case_url(key)}
    return page(request, "cases/move.html", context, form=form)


@door("cases.confirm_for")
def call_back(request: Request, key: UUID) -> HttpResponse:
    """Write down a call-back."""
    found = case_of(request.actor, key)
    form = CallBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.record_call_back(actor=request.actor, case=found, now=clock.now(), **form.values())
            return done(request, case_url(key), _("回访已记下。"))
    context = {"title": _("记回访"), "case": found, "cancel": case_url(key)}
    return page(request, "cases/move.html", context, form=form)


@door("cases.handle", methods=("POST",))
def withdraw_measure(request: Request, key: UUID, measure: UUID) -> HttpResponse:
    """Take a measure back, or let it count again."""
    found = case_of(request.actor, key)
    row = get_object_or_404(Measure.objects.filter(case=found), key=measure)
    row = actions.withdraw_measure(actor=request.actor, case=found, measure=row, now=clock.now())
    return done(request, case_url(key), _("已作废。") if row.withdrawn_at else _("已恢复。"))


@door("files.write", methods=("POST",))
def upload(request: Request, key: UUID) -> HttpResponse:
    """Hang a file on a case."""
    found = case_of(request.actor, key, "organization", "handler")
    if not may_attach(request.actor, found):
        raise Denied
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(
            request, "422.html", {"sentence": _("请选择要上传的文件。"), "back": case_url(key)}, status=422
        )
    attach(actor=request.actor, record=found, upload=form.cleaned_data["file"], now=clock.now())
    return done(request, case_url(key), _("附件已上传。"))


@door("files.read", methods=("GET",))
def file(request: Request, key: UUID, file_key: UUID) -> HttpResponseBase:
    """Download a file of a case."""
    found = case_of(request.actor, key, "organization")
    rows = File.objects.present().filter(bundle_id=found.bundle_id or 0)  # type: ignore[attr-defined]
    return serve(get_object_or_404(rows, key=file_key))
