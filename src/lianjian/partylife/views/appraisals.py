"""Doors to the yearly appraisals of members."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions
from ..forms import appraisals as forms
from ..models import Appraisal
from ..queries.appraisals import APPRAISALS, appraisal_page, appraisal_url, meetings_for
from .shared import adding, form_page, listed


def _appraisal(request: Request, key: UUID) -> Appraisal:
    rows = Appraisal.objects.visible_to(request.actor).select_related("branch", "evaluation", "meeting")
    found: Appraisal = get_object_or_404(rows, key=key)
    return found


@door("partylife.see", methods=("GET",))
def appraisals(request: Request) -> HttpResponse:
    """What yearly appraisals came to."""
    return listed(request, APPRAISALS, "appraisals", adding(request, "partylife:new_appraisal", _("登记民主评议")))


@door("partylife.see", methods=("GET",))
def appraisal(request: Request, key: UUID) -> HttpResponse:
    """One of them: its steps and its counts."""
    row = _appraisal(request, key)
    return page(request, "partylife/appraisal.html", {"appraisal": row, "page": appraisal_page(request.actor, row)})


@door("partylife.write")
def new_appraisal(request: Request) -> HttpResponse:
    """The steps and counts of one branch in one year."""
    today = clock.today()
    initial = {"year": today.year, "held_on": today}
    form = forms.AppraisalForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.record_appraisal(actor=request.actor, now=clock.now(), **form.values())
            return done(request, appraisal_url(made.key), _("已登记。"))
    return form_page(request, form, _("登记民主评议"), reverse("partylife:appraisals"))


@door("partylife.write")
def change_appraisal(request: Request, key: UUID) -> HttpResponse:
    """Put steps or counts right."""
    row = _appraisal(request, key)
    if row.jurisdiction_id not in request.actor.writable or not request.actor.may("partylife.write", row.branch):
        raise Http404
    kept = {name: getattr(row, name, "") for name in forms.ChangeAppraisalForm.base_fields}
    kept |= {"reason": row.order_reason, "meeting": row.meeting.key if row.meeting is not None else ""}
    meetings = meetings_for(row.branch, row.year, row.meeting)
    form = forms.ChangeAppraisalForm(request.POST or None, initial=kept, meetings=meetings)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_appraisal(actor=request.actor, appraisal=row, now=clock.now(), **form.values())
            return done(request, appraisal_url(key), _("已保存。"))
    return form_page(request, form, _("修改民主评议"), appraisal_url(key), subject=f"{row.branch.name} · {row.year}")
