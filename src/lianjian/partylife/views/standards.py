"""Doors to standards of branches and to guidance on their meetings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions
from ..forms import practice as forms
from ..models import Guidance, Standard
from ..queries.practice import GUIDANCE, STANDARDS, guidance_url, year_of
from ..queries.practice_pages import branch_standards, guidance_page
from ..queries.reach import branches_of_meeting, visible_branches
from .shared import form_page, listed


def branch_of(request: Request, key: UUID) -> Organization:
    """A branch whose life one may see."""
    return get_object_or_404(visible_branches(request.actor), key=key)


@door("partylife.see", methods=("GET",))
def standards(request: Request) -> HttpResponse:
    """The place's checklist."""
    new = (_("增加标准"), reverse("partylife:add_standard")) if request.actor.scopes("partylife.standards") else None
    return listed(request, STANDARDS, "standards", new)


@door("partylife.standards")
def add_standard(request: Request) -> HttpResponse:
    """A line more."""
    form = forms.StandardForm(request.POST or None, initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.add_standard(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, reverse("partylife:standards"), _("已增加。"))
    return form_page(request, form, _("增加标准"), reverse("partylife:standards"))


@door("partylife.standards")
def end_standard(request: Request, key: UUID) -> HttpResponse:
    """A line is asked for no longer."""
    rows = Standard.objects.filter(jurisdiction_id__in=request.actor.writable)
    standard = get_object_or_404(rows, key=key)
    if not request.actor.may("partylife.standards", Whole(standard.jurisdiction_id)):
        raise Http404
    form = forms.EndStandardForm(request.POST or None, initial={"valid_to": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.end_standard(actor=request.actor, standard=standard, now=clock.now(), **form.cleaned_data)
            return done(request, reverse("partylife:standards"), _("已停用。"))
    return form_page(request, form, _("停用标准"), reverse("partylife:standards"), subject=standard.title)


@door("partylife.see", methods=("GET",))
def standards_of(request: Request, key: UUID) -> HttpResponse:
    """A branch's checklist in a year."""
    branch = branch_of(request, key)
    year = year_of(request.GET.get("year", ""), clock.today())
    shown = branch_standards(request.actor, branch, year)
    return page(request, "partylife/standards_of.html", {"page": shown, "branch": branch})


@door("partylife.write")
def check_standard(request: Request, key: UUID, standard: UUID) -> HttpResponse:
    """How a branch stands on one line."""
    branch = branch_of(request, key)
    if branch.jurisdiction_id not in request.actor.writable or not request.actor.may("partylife.write", branch):
        raise Http404
    line = get_object_or_404(Standard, key=standard, jurisdiction_id=branch.jurisdiction_id)
    year = year_of(request.GET.get("year", ""), clock.today())
    back = f"{reverse('partylife:standards_of', kwargs={'key': key})}?year={year}"
    held = line.checks.filter(branch=branch, year=year).first()
    kept = {name: getattr(held, name) for name in ("verdict", "words", "mend_by")} if held is not None else {}
    form = forms.CheckForm(request.POST or None, initial={"checked_on": clock.today(), **kept})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            values: dict[str, Any] = {"branch": branch, "standard": line, "year": year, **form.cleaned_data}
            actions.check_standard(actor=request.actor, now=clock.now(), **values)
            return done(request, back, _("已登记检查结果。"))
    return form_page(request, form, line.title, back, subject=f"{branch.name} · {year}")


@door("partylife.see", methods=("GET",))
def guidance_list(request: Request) -> HttpResponse:
    """What instructors remarked."""
    return listed(request, GUIDANCE, "guidance_list", None)


def _guidance(request: Request, key: UUID) -> Guidance:
    rows = Guidance.objects.visible_to(request.actor).select_related("branch", "meeting")
    found: Guidance = get_object_or_404(rows, key=key)
    return found


@door("partylife.see", methods=("GET",))
def guidance(request: Request, key: UUID) -> HttpResponse:
    """One remark."""
    row = _guidance(request, key)
    return page(request, "partylife/guidance.html", {"page": guidance_page(request.actor, row), "guidance": row})


@door("partylife.guide")
def remark(request: Request, key: UUID) -> HttpResponse:
    """An instructor's remark on a meeting of one of his branches."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.actor).held(), key=key)
    branches = branches_of_meeting(request.actor, meeting)
    if not branches:
        raise Http404
    choices = [(str(one.key), one.name) for one in branches]
    form = forms.RemarkForm(request.POST or None, branches=choices, initial={"branch": choices[0][0]})
    back = meeting.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            values = {**form.cleaned_data}
            chosen = values.pop("branch")
            branch = next(one for one in branches if str(one.key) == chosen)
            made = actions.remark(actor=request.actor, meeting=meeting, branch=branch, now=clock.now(), **values)
            return done(request, guidance_url(made.key), _("已登记指导意见。"))
    return form_page(request, form, _("写指导意见"), back, subject=meeting.title)


@door("partylife.write")
def mend(request: Request, key: UUID) -> HttpResponse:
    """The branch says how it mended what was remarked."""
    row = _guidance(request, key)
    if row.jurisdiction_id not in request.actor.writable or not request.actor.may("partylife.write", row.branch):
        raise Http404
    form = forms.MendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.mend(actor=request.actor, guidance=row, now=clock.now(), **form.cleaned_data)
            return done(request, guidance_url(key), _("已登记改进情况。"))
    return form_page(request, form, _("登记改进情况"), guidance_url(key), subject=row.words)
