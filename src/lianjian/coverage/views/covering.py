"""Doors to who covers whom."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianjian.directory.models import Membership, Organization, Person
from lianjian.directory.queries import organization_url, person_choices
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.partylife.queries import owed_of_instructor

from .. import actions
from ..forms import AssignForm, BandForm, DispatchForm, EndForm
from ..queries import (
    COVERAGE,
    choices_for_assignment,
    days_asked,
    enterprises,
    home_page,
    instructor_page,
    scope_of,
    station_page,
    station_url,
    stations,
)
from ..rules import COVERABLE, LEADERS, POSTED
from .common import form_page

ROLES = {
    "instructor": actions.end_instructor,
    "dispatched": actions.end_dispatch,
    **dict.fromkeys(LEADERS, actions.end_leader),
}


def _station(request: Request, key: UUID) -> Organization:
    found: Organization = get_object_or_404(stations(request.actor), key=key)
    return found


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@door("coverage.see", methods=("GET",))
def home(request: Request) -> HttpResponse:
    """Stations with their load, and the gaps."""
    return page(request, "coverage/home.html", {"page": home_page(request.actor, clock.today())})


@door("coverage.see", methods=("GET",))
def enterprise_list(request: Request) -> HttpResponse:
    """Who covers whom."""
    may = bool(request.actor.scopes("coverage.write"))
    assign = f"{reverse('coverage:assign')}?{request.GET.urlencode()}" if may else ""
    scope = scope_of(request.actor, clock.today()) if request.GET.get("rate") else ""
    return list_page(request, COVERAGE, "coverage/list.html", {"assign_url": assign, "scope": scope})


@door("coverage.see", methods=("GET",))
def station(request: Request, key: UUID) -> HttpResponse:
    """One station."""
    found = _station(request, key)
    return page(
        request, "coverage/station.html", {"station": found, "page": station_page(request.actor, found)}
    )


@door("coverage.see", methods=("GET",))
def instructor(request: Request, key: UUID) -> HttpResponse:
    """One instructor: whom I cover, when I was there last, what is open."""
    person = get_object_or_404(Person, key=key)
    shown = instructor_page(request.actor, person, today=clock.today())
    if shown is None:
        raise Http404
    days = days_asked(request.actor, person, clock.today())
    owed = owed_of_instructor(request.actor, person, clock.today()) if request.actor.scopes("partylife.see") else None
    return page(request, "coverage/instructor.html", {"page": shown, "owed": owed, "days": days})


@door("coverage.write", methods=("GET",))
def people(request: Request) -> HttpResponse:
    """Choices of the combobox of persons."""
    return JsonResponse(person_choices(request.actor, request.GET.get("q", "")), safe=False)


@door("coverage.write")
def assign(request: Request) -> HttpResponse:
    """Give the enterprises of a list a station, an instructor, or both."""
    one = _key(request.GET.get("one", ""))
    query = {k: v for k, v in request.GET.items() if v and k not in ("one", "at", "sort")}
    choices, total = choices_for_assignment(request.actor, query, one)
    initial = {"since": clock.today(), "enterprises": [str(one)] if one else []}
    form = AssignForm(request.POST or None, actor=request.actor, choices=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            count = _assign(request, form)
            sentence = ngettext("%(count)d 家企业的安排已改。", "%(count)d 家企业的安排已改。", count)
            return done(request, reverse("coverage:enterprises"), sentence % {"count": count})
    context = {"total": total, "shown": len(choices), "cancel": reverse("coverage:enterprises")}
    return page(request, "coverage/assign.html", context, form=form)


def _assign(request: Request, form: AssignForm) -> int:
    values = form.cleaned_data
    rows = enterprises(request.actor, None, COVERABLE).filter(key__in=values["enterprises"])
    return actions.assign_many(
        actor=request.actor,
        enterprises=list(rows),
        station=values["station"],
        person=values["person"] or None,
        since=values["since"],
        now=clock.now(),
    )


@door("coverage.write")
def dispatch(request: Request, key: UUID) -> HttpResponse:
    """Send a cadre to a station."""
    found = _station(request, key)
    form = DispatchForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.dispatch_cadre(actor=request.actor, station=found, now=clock.now(), **form.cleaned_data)
            return done(request, station_url(key), _("干部已派驻。"))
    return form_page(request, form, _("派驻干部到%(station)s") % {"station": found.name}, station_url(key))


@door("coverage.write")
def end_coverage(request: Request, key: UUID) -> HttpResponse:
    """No station covers an enterprise any more."""
    found = get_object_or_404(enterprises(request.actor, None, COVERABLE), key=key)
    form = EndForm(request.POST or None, initial={"until": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.end_coverage(actor=request.actor, enterprise=found, now=clock.now(), **form.cleaned_data)
            return done(request, organization_url(key), _("覆盖已结束。"))
    return form_page(
        request,
        form,
        _("结束指导站覆盖:%(name)s") % {"name": found.name},
        organization_url(key),
        submit=_("结束"),
    )


@door("coverage.write")
def end_membership(request: Request, key: UUID) -> HttpResponse:
    """An instructor or a cadre is called back."""
    rows = Membership.objects.visible_to(request.actor).filter(role__in=ROLES)  # type: ignore[attr-defined]
    held = get_object_or_404(rows.select_related("person", "organization"), key=key)
    back = organization_url(held.organization.key)
    form = EndForm(request.POST or None, initial={"until": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            ROLES[held.role](actor=request.actor, membership=held, now=clock.now(), **form.cleaned_data)
            return done(request, back, _("已结束。"))
    return form_page(request, form, _("结束任职:%(name)s") % {"name": held.person.name}, back, submit=_("结束"))


@door("coverage.write")
def band(request: Request, key: UUID) -> HttpResponse:
    """In which band the rank of a posted cadre lies."""
    rows = Membership.objects.visible_to(request.actor).filter(role__in=POSTED)  # type: ignore[attr-defined]
    held = get_object_or_404(rows.select_related("person", "organization"), key=key)
    back = station_url(held.organization.key) if held.role == "dispatched" else reverse("coverage:leaders")
    form = BandForm(request.POST or None, initial={"band": held.details.get("band", "")})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.set_band(actor=request.actor, membership=held, now=clock.now(), **form.cleaned_data)
            return done(request, back, _("已保存。"))
    return form_page(request, form, _("职级段"), back, subject=f"{held.person.name} · {held.organization.name}")
