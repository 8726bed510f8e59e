"""A matter is told: at the desk, by the firm itself, at a visit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_choices
from lianjian.events.forms import show_choice
from lianjian.events.models import Visit
from lianjian.events.queries import visit_url
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions
from ..forms import RegisterForm, VisitWithNeedsForm
from ..forms.office import UNIT_KINDS
from ..queries import case_url, visible
from ..queries.askers import asker_choices, own_bodies, village_choices
from ..queries.likes import told_near


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
    initial |= {name: request.GET.get(name, "") for name in ("category", "service")}
    initial["kind"] = request.GET.get("kind", "need")
    form = RegisterForm(request.POST or None, actor=request.actor, fixed=fixed, initial=initial)
    if key and fixed is None:
        show_choice(form.fields["organization"], form.fields["organization"].clean(key))
    context = {"title": _("登记诉求"), "firm": fixed, "cancel": reverse("cases:list"), "near": None}
    if "look" in request.POST or "join" in request.POST:
        return _meanwhile(request, form, context)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            values = {"source": "online", **form.values()}
            made = actions.register_case(actor=request.actor, now=clock.now(), **values)
            return done(request, case_url(made.key), _("已登记,编号 %(number)s。") % {"number": made.number})
    return page(request, "cases/register.html", context, form=form, fragment="questions")


def _meanwhile(request: Request, form: RegisterForm, context: dict[str, Any]) -> HttpResponse:
    """Before it is filed: look for what was told already, or let who came follow such a case."""
    if "join" in request.POST:
        with refusals_to(form.as_typed()):
            return _join(request)
        return page(request, "cases/register.html", context, form=form)
    typed = {name: str(value) for name, value in request.POST.items()}
    if form.fixed is not None:
        typed["organization"] = str(form.fixed.key)
    context["near"] = told_near(request.actor, typed, form.owner)
    return page(request, "cases/register.html", context, form=form.as_typed(), fragment="near")


def _join(request: Request) -> HttpResponse:
    try:
        key = UUID(request.POST["join"])
    except ValueError:
        raise Http404 from None
    case = get_object_or_404(visible(request.actor), key=key)
    name, phone = (request.POST.get(field, "") for field in ("reporter", "reporter_phone"))
    code = actions.join_case(actor=request.actor, case=case, now=clock.now(), name=name, phone=phone)
    said = _("已加入 %(number)s 的跟进人,查询码 %(code)s,请告诉来人。") % {"number": case.number, "code": code}
    return done(request, case_url(case.key), said)


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
    for name in ("source", "kind", "village", "tier", "accused", "accused_text"):
        form.fields.pop(name, None)
    context = {"title": _("登记走访需求"), "firm": visit.organization, "cancel": visit_url(key), "near": None}
    if "look" in request.POST or "join" in request.POST:
        return _meanwhile(request, form, context)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            values = {"registered_on": visit.visited_on, **form.values(), "source": "visit"}
            made = actions.register_case(actor=request.actor, visit=visit, now=clock.now(), **values)
            return done(request, case_url(made.key), _("已登记,编号 %(number)s。") % {"number": made.number})
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
def accusable(request: Request) -> HttpResponse:
    """Choices of the combobox for whom a complaint is against."""
    home = request.actor.jurisdiction_id
    found = organization_choices(request.actor, request.GET.get("q", ""), jurisdiction_id=home)
    return JsonResponse(found, safe=False)


@door("cases.dispatch", methods=("GET",))
def units(request: Request) -> HttpResponse:
    """Choices of the combobox for units of the own place."""
    home = request.actor.jurisdiction_id
    found = organization_choices(
        request.actor, request.GET.get("q", ""), classifications=UNIT_KINDS, jurisdiction_id=home
    )
    return JsonResponse(found, safe=False)
