"""Doors to teams that serve: who of them came, one's own service, and the hours of a team's members."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.directory.models import Team
from lianjian.directory.queries.teams import team_url
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions
from ..forms.serving import ServingForm
from ..queries import meeting_url, writes
from ..queries.serving import hours_of_members, own_service, seats_of
from .meetings import own_meeting


@door("meetings.write")
def serve(request: Request, key: UUID, team: UUID) -> HttpResponse:
    """Who of a team came."""
    held = own_meeting(request, key)
    served = get_object_or_404(held.teams.select_related("team__organization"), team__key=team).team
    form = ServingForm(request.POST if request.method == "POST" else None, seats=seats_of(held, served))
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            people, seen = form.cleaned_data["people"], form.known()
            now = clock.now()
            actions.record_serving(actor=request.actor, meeting=held, team=served, people=people, seen=seen, now=now)
            return done(request, meeting_url(key), _("已登记到场人员。"))
    context = {"subject": held.title, "team": served, "cancel": meeting_url(key)}
    return page(request, "events/serving_form.html", context, form=form)


def _year(request: Request) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else 0
    return year if 2000 <= year <= 2100 else clock.today().year


@door("meetings.see", methods=("GET",))
def own(request: Request) -> HttpResponse:
    """One's own service."""
    shown = own_service(request.actor, _year(request))
    tabs = [(str(year), f"?year={year}", year == shown.year) for year in shown.years]
    return page(request, "events/own_service.html", {"own": shown, "own_tabs": tabs})


@door("meetings.write", methods=("GET",))
def team_hours(request: Request, key: UUID) -> HttpResponse:
    """Hours of a team's members, for who writes them down."""
    rows = Team.objects.visible_to(request.actor).select_related("organization")
    team = get_object_or_404(rows, key=key)
    if not writes(request.actor, "meetings.write", team.organization):
        raise Http404
    year = _year(request)
    years = range(clock.today().year, max(team.founded_on.year, clock.today().year - 9) - 1, -1)
    tabs = [(str(one), f"?year={one}", one == year) for one in years]
    context = {"team": team, "year": year, "tabs": tabs, "rows": hours_of_members(team, year)}
    return page(request, "events/team_hours.html", {**context, "back": team_url(key)})
