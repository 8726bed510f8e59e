"""Doors to cases."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_choices
from lianjian.events.forms import UploadForm, show_choice
from lianjian.events.models import Visit
from lianjian.events.queries import visit_url
from lianjian.files.actions import attach
from lianjian.files.models import File
from lianjian.files.serve import serve
from lianjian.foundation import clock, prepared, registry
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import Denied, require

from . import actions, rules
from .actions.offering import OFFER_ACTS
from .forms import (
    MOVE_FORMS,
    CategoryForm,
    MeasureForm,
    RegisterForm,
    ReplyForm,
    RouteForm,
    VisitWithNeedsForm,
)
from .models import Case, Handover, Measure
from .queries import CASES, case_page, case_url, may_attach, routes, visible
from .queries.askers import asker_choices, own_bodies, village_choices
from .queries.categories import category_to_change

_WITH = (
    "organization",
    "handler",
    "category__parent",
    "evaluation",
    "visit",
    "village",
    "lent_to",
    "merged_into",
    "part_of",
)


def _case(actor: Actor, key: UUID, *related: str) -> Case:
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
    found = _case(request.actor, key)
    now = clock.now()
    shown = case_page(request.actor, found, now)
    panels = registry.panels("cases.case", request.actor, found, now)
    return page(request, "cases/case.html", {"page": shown, "case": found, "panels": panels})


@door("cases.see", methods=("GET",))
def paper(request: Request, key: UUID) -> HttpResponse:
    """The case on A4."""
    found = _case(request.actor, key)
    shown = case_page(request.actor, found, clock.now())
    return page(request, "cases/paper.html", {"page": shown, "case": found})


@door("cases.see")
def move(request: Request, key: UUID, move: str) -> HttpResponse:
    """The form of one move, and the move."""
    if move not in MOVE_FORMS:
        raise Http404
    found = _case(request.actor, key)
    step = rules.check_move(move, found.state) if request.method == "GET" else rules.MOVES[move]
    form = MOVE_FORMS[move](request.POST or None, actor=request.actor, case=found, now=clock.now())
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
    found = _case(request.actor, key)
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
    found = _case(request.actor, key)
    form = MeasureForm(request.POST or None, initial={"done_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.add_measure(actor=request.actor, case=found, now=clock.now(), **form.cleaned_data)
            return done(request, case_url(key), _("已记下。"))
    context = {"title": _("记办理措施"), "case": found, "cancel": case_url(key)}
    return page(request, "cases/move.html", context, form=form)


@door("cases.handle", methods=("POST",))
def withdraw_measure(request: Request, key: UUID, measure: UUID) -> HttpResponse:
    """Take a measure back, or let it count again."""
    found = _case(request.actor, key)
    row = get_object_or_404(Measure.objects.filter(case=found), key=measure)
    row = actions.withdraw_measure(actor=request.actor, case=found, measure=row, now=clock.now())
    return done(request, case_url(key), _("已作废。") if row.withdrawn_at else _("已恢复。"))


def _fixed(request: Request) -> Organization | None:
    """The one body for which this person files: the contact's own firm."""
    bodies = own_bodies(request.actor)
    return bodies[0] if len(bodies) == 1 else None


@door("cases.register")
def register(request: Request) -> HttpResponse:
    """Register a need at the desk, on the phone, or as the firm's own contact."""
    fixed = _fixed(request)
    key = request.GET.get("organization", "")
    initial = {"registered_on": clock.today(), "source": "desk", "urgency": "normal", "organization": key}
    initial["kind"] = request.GET.get("kind", "need")
    form = RegisterForm(request.POST or None, actor=request.actor, fixed=fixed, initial=initial)
    if key and fixed is None:
        show_choice(form.fields["organization"], form.fields["organization"].clean(key))
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            values = {"source": "online", **form.values()}
            made = actions.register_case(actor=request.actor, now=clock.now(), **values)
            return done(request, case_url(made.key), _("已登记,编号 %(number)s。") % {"number": made.number})
    context = {"title": _("登记诉求"), "firm": fixed, "cancel": reverse("cases:list")}
    return page(request, "cases/register.html", context, form=form)


@door("cases.register")
def at_visit(request: Request, key: UUID) -> HttpResponse:
    """A need that came of a visit."""
    rows = Visit.objects.visible_to(request.actor).standing().select_related("organization")  # type: ignore[attr-defined]
    visit = get_object_or_404(rows, key=key, organization__isnull=False)
    initial = {
        "registered_on": visit.visited_on,
        "reporter": visit.received_by,
        "text": visit.heard,
        "source": "visit",
    }
    form = RegisterForm(request.POST or None, actor=request.actor, fixed=visit.organization, initial=initial)
    for name in ("source", "kind", "village", "tier"):
        form.fields.pop(name, None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            values = {"registered_on": visit.visited_on, **form.values(), "source": "visit"}
            made = actions.register_case(actor=request.actor, visit=visit, now=clock.now(), **values)
            return done(request, case_url(made.key), _("已登记,编号 %(number)s。") % {"number": made.number})
    context = {"title": _("登记走访需求"), "firm": visit.organization, "cancel": visit_url(key)}
    return page(request, "cases/register.html", context, form=form)


@door("events.write")
def visit_with_needs(request: Request) -> HttpResponse:
    """A visit together with its needs, in one form."""
    initial = {"visited_on": clock.today(), "people": request.actor.name}
    form = VisitWithNeedsForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            visit, cases = actions.record_visit_with_needs(
                actor=request.actor, now=clock.now(), **form.values()
            )
            return done(
                request, visit_url(visit.key), _("走访已记下,登记需求 %(n)d 件。") % {"n": len(cases)}
            )
    return page(request, "cases/with_needs.html", {"cancel": reverse("events:visits")}, form=form)


@door("cases.register", methods=("GET",))
def whom(request: Request) -> HttpResponse:
    """Choices of the combobox for who asks."""
    return JsonResponse(asker_choices(request.actor, request.GET.get("q", "")), safe=False)


@door("cases.register", methods=("GET",))
def villages(request: Request) -> HttpResponse:
    """Choices of the combobox for the place of a matter."""
    return JsonResponse(village_choices(request.actor, request.GET.get("q", "")), safe=False)


@door("cases.dispatch", methods=("GET",))
def units(request: Request) -> HttpResponse:
    """Choices of the combobox for units of the own place."""
    kinds = ("government", "mass", "station", "centre", "institute")
    home = request.actor.jurisdiction_id
    found = organization_choices(
        request.actor, request.GET.get("q", ""), classifications=kinds, jurisdiction_id=home
    )
    return JsonResponse(found, safe=False)


@door("cases.dispatch")
def routing(request: Request) -> HttpResponse:
    """Which unit deals with which category."""
    require(request.actor, "cases.dispatch", Whole(request.actor.jurisdiction_id))
    form = RouteForm(
        request.POST or None, actor=request.actor, initial={"category": request.GET.get("category", "")}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.set_route(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, reverse("cases:routing"), _("派单规则已保存。"))
    lines, retired = routes(request.actor.jurisdiction_id)
    return page(request, "cases/routing.html", {"lines": lines, "retired": retired}, form=form)


@door("cases.dispatch")
def category(request: Request) -> HttpResponse:
    """Add a category of one's own."""
    form = CategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            unit = "wd" if form.cleaned_data["amount"] else ""
            actions.add_category(actor=request.actor, now=clock.now(), unit=unit, **form.cleaned_data)
            return done(request, reverse("cases:routing"), _("类别已添加。"))
    return page(
        request,
        "cases/register.html",
        {"title": _("添加类别"), "firm": None, "cancel": reverse("cases:routing"), "submit": _("添加")},
        form=form,
    )


def _category(request: Request, code: str) -> tuple[str, int | None, bool]:
    """A category of one's own place; 404 for a code it does not have."""
    require(request.actor, "cases.dispatch", Whole(request.actor.jurisdiction_id))
    found = category_to_change(code, request.actor.jurisdiction_id)
    if found is None:
        raise Http404
    return found


@door("cases.dispatch")
def change_category(request: Request, code: str) -> HttpResponse:
    """Another name or other working days for a category."""
    name, amount, active = _category(request, code)
    form = CategoryForm(request.POST or None, initial={"name": name, "amount": amount})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_category(actor=request.actor, code=code, now=clock.now(), **form.cleaned_data)
            return done(request, reverse("cases:routing"), _("类别已修改。"))
    context = {"name": name, "code": code, "active": active}
    return page(request, "cases/category.html", context, form=form)


@door("cases.dispatch", methods=("POST",))
def retire_category(request: Request, code: str) -> HttpResponse:
    """Offer it no longer for new cases, or again."""
    again = not _category(request, code)[2]
    actions.retire_category(actor=request.actor, code=code, again=again, now=clock.now())
    return done(request, reverse("cases:routing"), _("类别已恢复使用。") if again else _("类别已停用。"))


@door("files.write", methods=("POST",))
def upload(request: Request, key: UUID) -> HttpResponse:
    """Hang a file on a case."""
    found = _case(request.actor, key, "organization", "handler")
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
    found = _case(request.actor, key, "organization")
    rows = File.objects.present().filter(bundle_id=found.bundle_id or 0)  # type: ignore[attr-defined]
    return serve(get_object_or_404(rows, key=file_key))
