"""Doors to help teams and task forces."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock, registry
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions
from ..forms.teams import SeatForm, TeamForm
from ..models import Team, TeamMember
from ..queries.teams import TEAMS, team_page, team_url
from .organizations import FORM


def _team(request: Request, key: UUID) -> Team:
    rows = Team.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    found: Team = get_object_or_404(rows.select_related("organization", "leader"), key=key)
    return found


@door("people.see", methods=("GET",))
def teams(request: Request) -> HttpResponse:
    """All teams."""
    may = request.actor.may("people.write", Whole(request.actor.jurisdiction_id))
    return list_page(request, TEAMS, "directory/teams.html", {"may_write": may})


@door("people.see", methods=("GET",))
def team(request: Request, key: UUID) -> HttpResponse:
    """One team with what it has in hand."""
    found = _team(request, key)
    panels = registry.panels("directory.team", request.actor, found, clock.now())
    return page(request, "directory/team.html", {"page": team_page(request.actor, found), "panels": panels})


@door("people.write")
def found_team(request: Request) -> HttpResponse:
    """A new team."""
    require(request.actor, "people.write", Whole(request.actor.jurisdiction_id))
    form = TeamForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.found_team(actor=request.actor, now=clock.now(), **form.values())
            return done(request, team_url(made.key), _("团队已成立。"))
    context = {"title": _("成立帮办团或专班"), "cancel": reverse("directory:teams")}
    return page(request, FORM, context, form=form)


@door("people.write")
def change_team(request: Request, key: UUID) -> HttpResponse:
    """Other words, leader, subjects, area."""
    found = _team(request, key)
    names = ("name", "project", "subjects", "skills")
    initial = {name: getattr(found, name) for name in names}
    initial |= {"organization": str(found.organization.key), "leader": str(found.leader.key)}
    initial["villages"] = [str(one) for one in found.areas.values_list("village__key", flat=True)]
    form = TeamForm(request.POST or None, actor=request.actor, team=found, initial=initial)
    form.fields["organization"].show(found.organization)  # type: ignore[attr-defined]
    form.fields["leader"].widget.attrs["data-label"] = found.leader.name
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_team(actor=request.actor, team=found, now=clock.now(), **form.values())
            return done(request, team_url(key), _("已修改。"))
    context = {"title": _("修改团队"), "subject": found.name, "cancel": team_url(key)}
    return page(request, FORM, context, form=form)


@door("people.write")
def add_to_team(request: Request, key: UUID) -> HttpResponse:
    """Somebody joins."""
    found = _team(request, key)
    form = SeatForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.add_to_team(actor=request.actor, team=found, now=clock.now(), **form.cleaned_data)
            return done(request, team_url(key), _("已加入。"))
    context = {"title": _("添加成员"), "subject": found.name, "cancel": team_url(key)}
    return page(request, FORM, context, form=form)


@door("people.write", methods=("POST",))
def leave_team(request: Request, key: UUID) -> HttpResponse:
    """Somebody leaves."""
    rows = Team.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    member = get_object_or_404(
        TeamMember.objects.filter(team__in=rows).select_related("team", "person"), key=key
    )
    actions.leave_team(actor=request.actor, member=member, now=clock.now())
    return done(request, team_url(member.team.key), _("已退出。"))


@door("people.write", methods=("POST",))
def dissolve_team(request: Request, key: UUID) -> HttpResponse:
    """It is no more."""
    actions.dissolve_team(actor=request.actor, team=_team(request, key), now=clock.now())
    return done(request, team_url(key), _("团队已解散,做过的事不变。"))
