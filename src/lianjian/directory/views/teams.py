"""Doors to teams and who is in them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock, registry
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require
from lianjian.foundation.stale import watch

from .. import actions
from ..forms.teams import CorrectSeatForm, LeaveForm, SeatForm, TeamForm, UnitForm
from ..models import Team, TeamMember, TeamUnit
from ..queries.teams import TEAM_MEMBERS, TEAMS, team_choices, team_page, team_url
from .organizations import FORM


def _team(request: Request, key: UUID) -> Team:
    rows = Team.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("organization", "leader"), key=key)


def _seat(request: Request, kind: type[TeamMember] | type[TeamUnit], key: UUID) -> Any:
    related = ("person", "unit") if kind is TeamMember else ("organization",)
    return get_object_or_404(kind.objects.visible_to(request.actor).select_related("team", *related), key=key)


@door("directory.read", methods=("GET",))
def teams(request: Request) -> HttpResponse:
    """All teams."""
    may = request.actor.may("people.write", Whole(request.actor.jurisdiction_id))
    found = (_("成立团队"), reverse("directory:found_team")) if may else None
    return list_page(request, TEAMS, "directory/teams.html", {"may_write": may}, empty_action=found)


@door("directory.read", methods=("GET",))
def team_members(request: Request) -> HttpResponse:
    """Who is in which team, from when to when."""
    may = request.actor.may("sheets.import")
    return list_page(request, TEAM_MEMBERS, "directory/team_members.html", {"may_import": may})


@door("directory.read", methods=("GET",))
def lookup_team(request: Request) -> HttpResponseBase:
    """Choices of teams for pickers."""
    return JsonResponse(team_choices(request.actor, request.GET.get("q", "")), safe=False)


def _day(request: Request) -> date:
    """The day asked for; today where none is."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return clock.today()


@door("directory.read", methods=("GET",))
def team(request: Request, key: UUID) -> HttpResponse:
    """One team with who is in it on a day, and what it does."""
    found = _team(request, key)
    panels = registry.panels("directory.team", request.actor, found, clock.now())
    shown = team_page(request.actor, found, _day(request))
    return page(request, "directory/team.html", {"page": shown, "panels": panels, "today": clock.today()})


@door("people.write")
def found_team(request: Request) -> HttpResponse:
    """A new team."""
    require(request.actor, "people.write", Whole(request.actor.jurisdiction_id))
    form = TeamForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.found_team(actor=request.actor, now=clock.now(), **form.values())
            return done(request, team_url(made.key), _("团队已成立。"))
    context = {"title": _("成立团队"), "cancel": reverse("directory:teams")}
    return page(request, FORM, context, form=form)


@door("people.write")
def change_team(request: Request, key: UUID) -> HttpResponse:
    """Other words, leader, subjects, area."""
    found = _team(request, key)
    names = ("name", "project", "subjects", "skills", "purpose")
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


@door("people.write")
def add_unit_to_team(request: Request, key: UUID) -> HttpResponse:
    """A body takes part."""
    found = _team(request, key)
    form = UnitForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.add_unit_to_team(actor=request.actor, team=found, now=clock.now(), **form.cleaned_data)
            return done(request, team_url(key), _("已加入。"))
    context = {"title": _("添加成员单位"), "subject": found.name, "cancel": team_url(key)}
    return page(request, FORM, context, form=form)


def _leave(request: Request, row: Any, name: str) -> HttpResponse:
    form = LeaveForm(request.POST or None, initial={"until": clock.today()})
    back = team_url(row.team.key)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.leave_team(actor=request.actor, member=row, now=clock.now(), **form.cleaned_data)
            return done(request, back, _("已退出。"))
    context = {"title": _("退出团队"), "subject": f"{row.team.name} · {name}", "cancel": back}
    return page(request, FORM, context, form=form)


@door("people.write")
def leave_team(request: Request, key: UUID) -> HttpResponse:
    """Somebody leaves."""
    row = _seat(request, TeamMember, key)
    return _leave(request, row, row.person.name)


@door("people.write")
def leave_unit(request: Request, key: UUID) -> HttpResponse:
    """A body leaves."""
    row = _seat(request, TeamUnit, key)
    return _leave(request, row, row.organization.name)


def _correct(request: Request, row: Any, name: str) -> HttpResponse:
    form = CorrectSeatForm(request.POST or None, actor=request.actor, row=row)
    watch(form, row, ["since", "until"])
    back = team_url(row.team.key)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.correct_seat(actor=request.actor, member=row, now=clock.now(), **form.cleaned_data)
            return done(request, back, _("已修改。"))
    context = {"title": _("更正成员"), "subject": f"{row.team.name} · {name}", "cancel": back}
    return page(request, FORM, context, form=form)


@door("people.write")
def correct_seat(request: Request, key: UUID) -> HttpResponse:
    """Put a person's days right."""
    row = _seat(request, TeamMember, key)
    return _correct(request, row, row.person.name)


@door("people.write")
def correct_unit(request: Request, key: UUID) -> HttpResponse:
    """Put a body's days right."""
    row = _seat(request, TeamUnit, key)
    return _correct(request, row, row.organization.name)


@door("people.write", methods=("POST",))
def dissolve_team(request: Request, key: UUID) -> HttpResponse:
    """It is no more."""
    actions.dissolve_team(actor=request.actor, team=_team(request, key), now=clock.now())
    return done(request, team_url(key), _("团队已解散,做过的事不变。"))
