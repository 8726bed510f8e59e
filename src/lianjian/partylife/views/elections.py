"""Doors to terms and elections."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.foundation import clock
from lianjian.foundation.clock import local_day
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.rulebook.queries import rule_on

from .. import actions
from ..forms import bodies as forms
from ..models import Election
from ..queries.bodies import form_on
from ..queries.body_pages import election_page, may_decide, may_seat
from ..queries.cadence import moments
from ..queries.committees import TERMS, body_url, election_url, electors
from ..rules import bodies
from .bodies import asked, body_of, writable_body
from .shared import form_page, listed


@door("partylife.see", methods=("GET",))
def terms(request: Request) -> HttpResponse:
    """Terms, those that end first."""
    return listed(request, TERMS, "terms", None)


def _people(body: Organization, day: date) -> dict[str, Any]:
    """Full members of a body on a day, by name, and how many lines its leadership needs."""
    form = form_on(body, day)
    seats = electors(body, form, day).select_related("member__person").order_by("member__person__name", "pk")
    sized = form.level in bodies.BRANCHES
    lines = int(rule_on("branch.committee", day).params["max"]) if sized else forms.LINES
    return {"people": [seat.member for seat in seats], "lines": lines}


@door("partylife.write")
def record_term(request: Request, key: UUID) -> HttpResponse:
    """A leadership that sits already, or was appointed."""
    row = writable_body(request, key)
    if not may_seat(request.actor, row):
        raise Http404
    form = forms.TermForm(request.POST or None, **_people(row, clock.today()))
    if request.method == "POST" and form.is_valid():
        kept = {name: form.cleaned_data[name] for name in ("leadership", "way", "since", "due_on", "paper")}
        officers = [actions.Officer(member, offices) for member, offices, _votes in form.lines()]
        with refusals_to(form):
            actions.record_term(actor=request.actor, branch=row, officers=officers, now=clock.now(), **kept)
            return done(request, body_url(row.key), _("已登记。"))
    return _lines_page(request, form, _("登记现任班子"), row)


def _lines_page(request: Request, form: forms.OfficersForm, title: str, row: Organization) -> HttpResponse:
    context = {"title": title, "body": row, "cancel": body_url(row.key), "sections": form.sections()}
    return page(request, "partylife/officers.html", context, form=form)


@door("partylife.write")
def move_election(request: Request, key: UUID) -> HttpResponse:
    """Postponed or early, with the paper of the superior."""
    row = body_of(request, key)
    if not may_decide(request.actor, row):
        raise Http404
    form = forms.MoveForm(request.POST or None, initial={"approved_on": clock.today()})
    return asked(request, row, form, actions.move_election, _("批准延期或提前换届"), branch=row)


def _meetings(body: Organization) -> list[Meeting]:
    """Meetings of the last year that the body held."""
    today = clock.today()
    start, _end = moments(forms.recent(today), today)
    hosted = Q(invitations__organization=body, invitations__part="host", invitations__withdrawn_at__isnull=True)
    rows = Meeting.objects.held().filter(Q(convener=body) | hosted, starts_at__gte=start)
    return list(rows.distinct().order_by("-starts_at")[:100])


@door("partylife.write")
def record_election(request: Request, key: UUID) -> HttpResponse:
    """What was counted at a meeting."""
    row = writable_body(request, key)
    initial = {"meeting": request.GET.get("meeting", "")}
    meetings = _meetings(row)
    asked_for = request.POST.get("meeting") or initial["meeting"]
    held = next((one for one in meetings if str(one.key) == asked_for), meetings[0] if meetings else None)
    day = local_day(held.starts_at) if held is not None else clock.today()  # who could be elected that day
    form = forms.ElectionForm(request.POST or None, **_people(row, day), meetings=meetings, initial=initial)
    if request.method == "POST" and form.is_valid():
        plain = ("meeting", "leadership", "request_paper", "consent", "reason")
        kept = {name: form.cleaned_data[name] for name in plain}
        named = [actions.Named(*line) for line in form.lines()]
        with refusals_to(form):
            made = actions.record_election(
                actor=request.actor, branch=row, count=form.count(), named=named, now=clock.now(), **kept
            )
            return done(request, election_url(made.key), _("已登记,等待上级批复。"))
    return _lines_page(request, form, _("登记选举"), row)


def _election(request: Request, key: UUID) -> Election:
    rows = Election.objects.visible_to(request.actor).select_related("branch__parent", "meeting")
    found: Election = get_object_or_404(rows, key=key)
    return found


@door("partylife.see", methods=("GET",))
def election(request: Request, key: UUID) -> HttpResponse:
    """One election."""
    row = _election(request, key)
    return page(request, "partylife/election.html", {"election": row, "page": election_page(request.actor, row)})


@door("partylife.write")
def approve_election(request: Request, key: UUID) -> HttpResponse:
    """The superior approves: term and offices follow."""
    row = _election(request, key)
    if not (may_decide(request.actor, row.branch) and may_seat(request.actor, row.branch)):
        raise Http404
    form = forms.ApproveElectionForm(request.POST or None, initial={"settled_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.approve_election(actor=request.actor, election=row, now=clock.now(), **form.cleaned_data)
            return done(request, body_url(row.branch.key), _("已批复,新一届任期从选举之日开始。"))
    return form_page(request, form, _("批复选举结果"), election_url(key), subject=row.branch.name)


@door("partylife.write")
def return_election(request: Request, key: UUID) -> HttpResponse:
    """The superior does not."""
    row = _election(request, key)
    if not may_decide(request.actor, row.branch):
        raise Http404
    form = forms.ReturnElectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.return_election(actor=request.actor, election=row, now=clock.now(), **form.cleaned_data)
            return done(request, election_url(key), _("已退回。"))
    return form_page(request, form, _("退回选举结果"), election_url(key), subject=row.branch.name)
