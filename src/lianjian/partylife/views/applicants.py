"""Doors to people on their way into the party."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions, forms
from ..models import Applicant
from ..queries import APPLICANTS, Law, applicant_url, kind_word, may_write, staircase, steps_of
from .shared import adding, firm_of, form_page, listed


def applicant_of(request: Request, key: UUID) -> Applicant:
    rows = Applicant.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    found: Applicant = get_object_or_404(rows.select_related("person", "enterprise", "branch"), key=key)
    return found


@door("partylife.see", methods=("GET",))
def applicant_list(request: Request) -> HttpResponse:
    """The list of applicants."""
    return listed(
        request, APPLICANTS, "applicants", adding(request, "partylife:record_applicant", _("登记入党申请"))
    )


@door("partylife.see", methods=("GET",))
def applicant(request: Request, key: UUID) -> HttpResponse:
    """One applicant: the staircase of 25 steps, with the next one on top."""
    row = applicant_of(request, key)
    return page(request, "partylife/applicant.html", {"applicant": row, "page": shown(request, row)})


def shown(request: Request, row: Applicant) -> Any:
    """The staircase as who asks may see and use it."""
    away = row.ended_kind == "transferred" and row.jurisdiction_id not in request.actor.writable
    takes = away and bool(request.actor.scopes("partylife.write"))
    return staircase(request.actor, row, clock.today(), may_write(request.actor, row), takes)


@door("partylife.write")
def record_applicant(request: Request) -> HttpResponse:
    """Record an application."""
    asked = {"enterprise": firm_of(request), "person": request.GET.get("person", "")[:40]}
    initial = {"applied_on": clock.today(), **asked}
    law, day = Law(request.actor.jurisdiction_id), clock.today()
    lists = {"papers": law.papers("member.written", day), "options": law.papers("member.addressed", day)}
    form = forms.ApplicationForm(request.POST or None, actor=request.actor, initial=initial, **lists)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.record_application(actor=request.actor, now=clock.now(), **form.values())
            return done(request, applicant_url(made.key), _("已登记。"))
    return form_page(request, form, _("登记入党申请"), reverse("partylife:applicants"))


@door("partylife.write")
def change_applicant(request: Request, key: UUID) -> HttpResponse:
    """Mend an application."""
    row = applicant_of(request, key)
    days = ("applied_on", "activist_on", "target_on", "probationary_on", "full_on")
    initial = {name: getattr(row, name) for name in (*days, "contacts", "note", "committee_text")}
    initial |= {"enterprise": row.where, "branch": row.branch_name, "kind": kind_word(row.kind)}
    form = forms.ChangeApplicationForm(request.POST or None, actor=request.actor, initial=initial)
    recorded = max((step.number for step in steps_of(row) if step.standing), default=0)
    for name in set(days) - set(actions.on_paper(row, recorded)):
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_application(actor=request.actor, applicant=row, now=clock.now(), **form.values())
            return done(request, applicant_url(key), _("已修改。"))
    return form_page(request, form, _("修改“%(name)s”") % {"name": row.person.name}, applicant_url(key))


@door("partylife.write")
def end_applicant(request: Request, key: UUID) -> HttpResponse:
    """The way ends."""
    row = applicant_of(request, key)
    form = forms.EndForm(request.POST or None, initial={"ended_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.end_application(actor=request.actor, applicant=row, now=clock.now(), **form.cleaned_data)
            return done(request, applicant_url(key), _("已终止。"))
    return form_page(
        request, form, _("终止发展"), applicant_url(key), subject=row.person.name, submit=_("终止发展")
    )


@door("partylife.write")
def withdraw_applicant(request: Request, key: UUID) -> HttpResponse:
    """Take an application back."""
    row = applicant_of(request, key)
    form = forms.WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.withdraw_application(
                actor=request.actor, applicant=row, now=clock.now(), **form.cleaned_data
            )
            return done(request, reverse("partylife:applicants"), _("已作废。"))
    return form_page(
        request, form, _("作废记录"), applicant_url(key), subject=row.person.name, submit=_("作废")
    )
