"""Doors to pledges and plans of training."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.queries import body_to_start_with
from lianjian.events.queries import every_word
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions
from ..forms import practice as forms
from ..models import Pledge, TrainingLine
from ..queries.planned import training_page
from ..queries.practice import PLEDGES, pledge_url, training_address, year_of
from ..queries.practice_pages import display_sheet, pledge_page
from .shared import adding, form_page, listed, tabs
from .standards import branch_of


def _writable(request: Request, row: Any, body: Any) -> None:
    """404 for who may read it only."""
    if row.jurisdiction_id not in request.actor.writable or not request.actor.may("partylife.write", body):
        raise Http404


@door("partylife.see", methods=("GET",))
def pledges(request: Request) -> HttpResponse:
    """Posts of honour and pledges."""
    return listed(request, PLEDGES, "pledges", adding(request, "partylife:new_pledge", _("登记先锋岗或承诺")))


def _pledge(request: Request, key: UUID) -> Pledge:
    rows = Pledge.objects.visible_to(request.actor).select_related("branch", "person", "enterprise")
    found: Pledge = get_object_or_404(rows, key=key)
    return found


@door("partylife.see", methods=("GET",))
def pledge(request: Request, key: UUID) -> HttpResponse:
    """One of them."""
    row = _pledge(request, key)
    return page(request, "partylife/pledge.html", {"pledge": row, "page": pledge_page(request.actor, row)})


@door("partylife.write")
def new_pledge(request: Request) -> HttpResponse:
    """A member shows who he is and what he promises."""
    form = forms.PledgeForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.pledge(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, pledge_url(made.key), _("已登记。"))
    return form_page(request, form, _("登记先锋岗或承诺"), reverse("partylife:pledges"))


@door("partylife.write")
def change_pledge(request: Request, key: UUID) -> HttpResponse:
    """Other words, or the result."""
    row = _pledge(request, key)
    _writable(request, row, row.branch)
    kept = {name: getattr(row, name) for name in forms.ChangePledgeForm.base_fields}
    form = forms.ChangePledgeForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_pledge(actor=request.actor, pledge=row, now=clock.now(), **form.cleaned_data)
            return done(request, pledge_url(key), _("已保存。"))
    return form_page(request, form, _("修改或登记业绩"), pledge_url(key), subject=row.person.name)


@door("partylife.write")
def end_pledge(request: Request, key: UUID) -> HttpResponse:
    """It is over."""
    row = _pledge(request, key)
    _writable(request, row, row.branch)
    form = forms.EndPledgeForm(request.POST or None, initial={"until": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.end_pledge(actor=request.actor, pledge=row, now=clock.now(), **form.cleaned_data)
            return done(request, pledge_url(key), _("已结束。"))
    return form_page(request, form, _("结束"), pledge_url(key), subject=row.person.name)


@door("partylife.see", methods=("GET",))
def display(request: Request, key: UUID) -> HttpResponse:
    """The sheet for a branch's wall."""
    branch = branch_of(request, key)
    rows = display_sheet(request.actor, branch)
    return page(request, "partylife/display.html", {"branch": branch, "rows": rows})


@door("partylife.see", methods=("GET",))
def training(request: Request) -> HttpResponse:
    """A year's plan and what was held of it."""
    today = clock.today()
    year = year_of(request.GET.get("year", ""), today)
    shown = {
        "year": year,
        "lines": training_page(request.actor, year, today),
        "tabs": tabs("training"),
        "may_write": bool(request.actor.scopes("partylife.write")),
    }
    return page(request, "partylife/training.html", shown)


@door("partylife.write")
def plan_training(request: Request) -> HttpResponse:
    """A line more."""
    year = year_of(request.GET.get("year", ""), clock.today())
    body = body_to_start_with(request.actor, request.GET.get("organization", ""))
    initial = {"year": year, "organization": str(body.key) if body is not None else ""}
    words = every_word(request.actor.jurisdiction_id)
    form = forms.TrainingForm(request.POST or None, actor=request.actor, words=words, initial=initial)
    form.fields["organization"].show(body)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.plan_training(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, training_address(made.year), _("已增加。"))
    return form_page(request, form, _("增加一项计划"), training_address(year))


def _line(request: Request, key: UUID) -> TrainingLine:
    rows = TrainingLine.objects.visible_to(request.actor).select_related("organization")
    found: TrainingLine = get_object_or_404(rows, key=key)
    _writable(request, found, found.organization)
    return found


@door("partylife.write")
def change_training(request: Request, key: UUID) -> HttpResponse:
    """Another number or month."""
    row = _line(request, key)
    kept = {name: getattr(row, name) for name in forms.ChangeTrainingForm.base_fields}
    form = forms.ChangeTrainingForm(
        request.POST or None, words=every_word(request.actor.jurisdiction_id), initial=kept
    )
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_training(actor=request.actor, line=row, now=clock.now(), **form.cleaned_data)
            return done(request, training_address(row.year), _("已保存。"))
    return form_page(request, form, _("修改计划"), training_address(row.year), subject=row.title)


@door("partylife.write")
def drop_training(request: Request, key: UUID) -> HttpResponse:
    """It is no longer planned."""
    row = _line(request, key)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.drop_training(actor=request.actor, line=row, now=clock.now(), **form.cleaned_data)
            return done(request, training_address(row.year), _("已记下,不再举办。"))
    return form_page(request, form, _("不再举办"), training_address(row.year), subject=row.title)
