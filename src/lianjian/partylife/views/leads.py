"""Doors to talent leads."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.stale import watch

from .. import actions, forms
from ..models import TalentLead
from ..queries import LEADS, lead_page, lead_url
from .shared import adding, firm_of, form_page, listed


def _lead(request: Request, key: UUID) -> TalentLead:
    rows = TalentLead.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    found: TalentLead = get_object_or_404(rows.select_related("person", "enterprise", "applicant"), key=key)
    return found


@door("partylife.see", methods=("GET",))
def lead_list(request: Request) -> HttpResponse:
    """The list of talent leads."""
    return listed(request, LEADS, "leads", adding(request, "partylife:notice_talent", _("登记人才线索")))


@door("partylife.see", methods=("GET",))
def lead(request: Request, key: UUID) -> HttpResponse:
    """One talent lead."""
    row = _lead(request, key)
    return page(request, "partylife/lead.html", {"lead": row, "page": lead_page(request.actor, row)})


@door("partylife.write")
def notice_talent(request: Request) -> HttpResponse:
    """Record a talent lead."""
    initial = {"noticed_on": clock.today(), "enterprise": firm_of(request)}
    form = forms.LeadForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.notice_talent(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, lead_url(made.key), _("已登记。"))
    return form_page(request, form, _("登记人才线索"), reverse("partylife:leads"))


@door("partylife.write")
def follow_talent(request: Request, key: UUID) -> HttpResponse:
    """What came of it and what comes next."""
    row = _lead(request, key)
    initial = {name: getattr(row, name) for name in actions.LEAD_TOLD}
    form = forms.FollowForm(request.POST or None, initial=initial)
    watch(form, row, actions.LEAD_TOLD)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.follow_talent(actor=request.actor, lead=row, now=clock.now(), **form.cleaned_data)
            return done(request, lead_url(key), _("已保存。"))
    return form_page(request, form, _("登记联系情况"), lead_url(key), subject=row.person.name)


@door("partylife.write")
def end_talent(request: Request, key: UUID) -> HttpResponse:
    """The organization no longer keeps in touch."""
    row = _lead(request, key)
    form = forms.EndLeadForm(request.POST or None, initial={"ended_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.end_talent(actor=request.actor, lead=row, now=clock.now(), **form.cleaned_data)
            return done(request, lead_url(key), _("已保存。"))
    return form_page(request, form, _("不再联系"), lead_url(key), subject=row.person.name)
