"""Doors to people on their way into the party."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions, forms
from ..models import Applicant
from ..queries import APPLICANTS, applicant_page, applicant_url, kind_word
from .shared import adding, firm_of, form_page, listed


def _applicant(request: Request, key: UUID) -> Applicant:
    rows = Applicant.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    found: Applicant = get_object_or_404(rows.select_related("person", "enterprise", "evaluation"), key=key)
    return found


@door("partylife.see", methods=("GET",))
def applicant_list(request: Request) -> HttpResponse:
    """The list of applicants."""
    return listed(
        request, APPLICANTS, "applicants", adding(request, "partylife:record_applicant", _("登记入党申请"))
    )


@door("partylife.see", methods=("GET",))
def applicant(request: Request, key: UUID) -> HttpResponse:
    """One applicant."""
    row = _applicant(request, key)
    return page(
        request, "partylife/applicant.html", {"applicant": row, "page": applicant_page(request.actor, row)}
    )


@door("partylife.write")
def record_applicant(request: Request) -> HttpResponse:
    """Record an application."""
    initial = {"applied_on": clock.today(), "enterprise": firm_of(request)}
    form = forms.ApplicationForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.record_application(actor=request.actor, now=clock.now(), **form.values())
            return done(request, applicant_url(made.key), _("已登记。"))
    return form_page(request, form, _("登记入党申请"), reverse("partylife:applicants"))


STEPS: dict[str, tuple[type[Form], Any]] = {
    "applicant": (forms.ActivistForm, actions.mark_activist),
    "activist": (forms.ProbationaryForm, actions.mark_probationary),
    "probationary": (forms.FullForm, actions.mark_full),
}


@door("partylife.write")
def step(request: Request, key: UUID) -> HttpResponse:
    """The next step of an applicant."""
    row = _applicant(request, key)
    if row.stage not in STEPS:
        return done(request, applicant_url(key), _("已是正式党员,没有下一步。"))
    kind, act = STEPS[row.stage]
    form = kind(request.POST or None, initial={"contacts": row.contacts})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            act(actor=request.actor, applicant=row, now=clock.now(), **form.cleaned_data)
            return done(request, applicant_url(key), _("已登记。"))
    titles = {
        "applicant": _("确定为积极分子"),
        "activist": _("接收为预备党员"),
        "probationary": _("转为正式党员"),
    }
    return form_page(request, form, titles[row.stage], applicant_url(key), subject=row.person.name)


@door("partylife.write")
def change_applicant(request: Request, key: UUID) -> HttpResponse:
    """Mend an application."""
    row = _applicant(request, key)
    days = ("applied_on", "activist_on", "probationary_on", "full_on")
    initial = {name: getattr(row, name) for name in (*days, "contacts", "note")}
    initial |= {"enterprise": row.where, "kind": kind_word(row.kind)}
    form = forms.ChangeApplicationForm(request.POST or None, actor=request.actor, initial=initial)
    del form.fields["person"]
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_application(actor=request.actor, applicant=row, now=clock.now(), **form.values())
            return done(request, applicant_url(key), _("已修改。"))
    return form_page(request, form, _("修改“%(name)s”") % {"name": row.person.name}, applicant_url(key))


@door("partylife.write")
def end_applicant(request: Request, key: UUID) -> HttpResponse:
    """The way ends."""
    row = _applicant(request, key)
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
    row = _applicant(request, key)
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
