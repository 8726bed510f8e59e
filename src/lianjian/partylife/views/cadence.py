"""Doors to how branches live: what is missing, a branch's year, hours of education."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.events.models import Meeting
from lianjian.events.queries import meeting_url, writes
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions
from ..forms.practice import QuorumForm, ReasonForm
from ..models import Shortfall
from ..queries.education import EDUCATION, education_laws
from ..queries.life import SHORTFALLS, branch_year, shortfall_page, shortfall_url
from ..queries.practice import year_of
from ..queries.quorum import hosts_of
from ..queries.training import branch_hours
from ..queries.two_track import two_track
from .shared import form_page, listed, tabs
from .standards import branch_of


@door("partylife.see", methods=("GET",))
def shortfalls(request: Request) -> HttpResponse:
    """What branches have not held."""
    return listed(request, SHORTFALLS, "shortfalls", None)


def _shortfall(request: Request, key: UUID) -> Shortfall:
    rows = Shortfall.objects.visible_to(request.actor).select_related("branch", "evaluation")
    found: Shortfall = get_object_or_404(rows, key=key)
    return found


@door("partylife.see", methods=("GET",))
def shortfall(request: Request, key: UUID) -> HttpResponse:
    """One of them, with its rule."""
    row = _shortfall(request, key)
    shown = shortfall_page(request.actor, row)
    return page(request, "partylife/shortfall.html", {"page": shown, "shortfall": row})


@door("partylife.write")
def explain(request: Request, key: UUID) -> HttpResponse:
    """Why it was not held."""
    row = _shortfall(request, key)
    if row.jurisdiction_id not in request.actor.writable or not request.actor.may("partylife.write", row.branch):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.explain(actor=request.actor, shortfall=row, now=clock.now(), **form.cleaned_data)
            return done(request, shortfall_url(key), _("已说明。"))
    return form_page(request, form, _("说明原因"), shortfall_url(key), subject=row.branch.name)


@door("partylife.write")
def count_quorum(request: Request, key: UUID, body: UUID) -> HttpResponse:
    """How many were entitled and came, where no list was written."""
    meeting: Meeting = get_object_or_404(Meeting.objects.visible_to(request.actor).select_related("convener"), key=key)
    branch = next((one for one in hosts_of(meeting) if one.key == body), None)
    if branch is None or not writes(request.actor, "partylife.write", branch):
        raise Http404
    form, back = QuorumForm(request.POST or None), meeting_url(key)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            asked = {"meeting": meeting, "branch": branch, **form.cleaned_data}
            actions.count_quorum(actor=request.actor, now=clock.now(), **asked)
            return done(request, back, _("已登记,并按规定核对。"))
    return form_page(request, form, _("登记应到和实到人数"), back, subject=f"{meeting.title} · {branch.name}")


@door("partylife.see", methods=("GET",))
def life(request: Request, key: UUID) -> HttpResponse:
    """A branch's year, rule by rule."""
    branch, today = branch_of(request, key), clock.today()
    year = year_of(request.GET.get("year", ""), today)
    context = {
        "branch": branch, "year": year, "lines": branch_year(branch, year, today),
        "tracks": two_track(branch, year, today),
    }  # fmt: skip
    return page(request, "partylife/life.html", context)


@door("partylife.see", methods=("GET",))
def education(request: Request) -> HttpResponse:
    """Hours, courses and new secretaries of the year, over all branches one answers for."""
    laws = education_laws(request.actor.jurisdiction_id, clock.today())
    shown = {"tabs": tabs("education"), "new": None, "laws": laws}
    return list_page(request, EDUCATION, "partylife/education.html", shown)


@door("partylife.see", methods=("GET",))
def hours(request: Request, key: UUID) -> HttpResponse:
    """Class hours of a branch's members in a year."""
    branch, today = branch_of(request, key), clock.today()
    year = year_of(request.GET.get("year", ""), today)
    shown = branch_hours(request.actor, branch, year, today)
    return page(request, "partylife/hours.html", {"branch": branch, "year": year, "page": shown})
