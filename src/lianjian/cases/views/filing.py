"""A matter is told: at the desk, by the firm itself, at a visit."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
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
from ..queries import case_url
from ..queries.askers import asker_choices, own_bodies, village_choices


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
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            values = {"source": "online", **form.values()}
            made = actions.register_case(actor=request.actor, now=clock.now(), **values)
            return done(request, case_url(made.key), _("已登记,编号 %(number)s。") % {"number": made.number})
    context = {"title": _("登记诉求"), "firm": fixed, "cancel": reverse("cases:list")}
    return page(request, "cases/register.html", context, form=form, fragment="questions")


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
