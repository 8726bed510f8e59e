"""Doors to party life."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_choices
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to

from . import actions, forms
from .models import Applicant, FoundMember
from .queries import (
    APPLICANTS,
    FOUND,
    applicant_page,
    applicant_url,
    found_page,
    found_url,
    kind_word,
    overview,
)

CHOICES = {"firm": forms.FIRMS, "branch": forms.BRANCHES}


def _found(request: Request, key: UUID) -> FoundMember:
    rows = FoundMember.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    related = ("person", "enterprise", "home_branch", "joint_branch")
    found: FoundMember = get_object_or_404(rows.select_related(*related), key=key)
    return found


def _applicant(request: Request, key: UUID) -> Applicant:
    rows = Applicant.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    found: Applicant = get_object_or_404(rows.select_related("person", "enterprise", "evaluation"), key=key)
    return found


def _tabs(here: str) -> list[tuple[str, str, bool]]:
    items = (("home", _("概览")), ("found", _("找出的党员")), ("applicants", _("发展党员")))
    return [(label, reverse(f"partylife:{name}"), name == here) for name, label in items]


def _form(
    request: Request, form: Form, title: str, cancel: str, *, subject: str = "", submit: str = ""
) -> HttpResponse:
    forms.show_names(form)
    context = {"title": title, "cancel": cancel, "subject": subject, "submit": submit or _("保存")}
    return page(request, "partylife/form.html", context, form=form)


def _firm(request: Request) -> str:
    """The name of the firm that the address asks for."""
    try:
        key = UUID(request.GET.get("enterprise", ""))
    except ValueError:
        return ""
    return Organization.objects.filter(key=key).values_list("name", flat=True).first() or ""


@door("partylife.see", methods=("GET",))
def home(request: Request) -> HttpResponse:
    """The overview."""
    return page(request, "partylife/home.html", {"page": overview(request.actor), "tabs": _tabs("home")})


@door("partylife.write", methods=("GET",))
def choices(request: Request, what: str) -> HttpResponse:
    """Choices of the comboboxes: firms or branches."""
    found = organization_choices(
        request.actor, request.GET.get("q", ""), classifications=CHOICES.get(what, ("none",))
    )
    return JsonResponse(found, safe=False)


@door("partylife.see", methods=("GET",))
def found_list(request: Request) -> HttpResponse:
    """The list of found members."""
    return _list(request, FOUND, "found", "partylife:record_found", _("登记找出的党员"))


@door("partylife.see", methods=("GET",))
def applicant_list(request: Request) -> HttpResponse:
    """The list of applicants."""
    return _list(request, APPLICANTS, "applicants", "partylife:record_applicant", _("登记入党申请"))


def _list(request: Request, spec: Any, tab: str, action: str, label: str) -> HttpResponse:
    new = (label, reverse(action)) if request.actor.scopes("partylife.write") else None
    return list_page(request, spec, "partylife/list.html", {"tabs": _tabs(tab), "new": new}, empty_action=new)


@door("partylife.see", methods=("GET",))
def found_member(request: Request, key: UUID) -> HttpResponse:
    """One found member."""
    row = _found(request, key)
    return page(
        request, "partylife/found_member.html", {"found": row, "page": found_page(request.actor, row)}
    )


@door("partylife.see", methods=("GET",))
def applicant(request: Request, key: UUID) -> HttpResponse:
    """One applicant."""
    row = _applicant(request, key)
    return page(
        request, "partylife/applicant.html", {"applicant": row, "page": applicant_page(request.actor, row)}
    )


@door("partylife.write")
def record_found(request: Request) -> HttpResponse:
    """Record a found member."""
    initial = {"found_on": clock.today(), "enterprise": _firm(request)}
    form = forms.FoundForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.record_found_member(actor=request.actor, now=clock.now(), **form.values())
            return done(request, found_url(made.key), _("已登记。"))
    return _form(request, form, _("登记找出的党员"), reverse("partylife:found"))


@door("partylife.write")
def care(request: Request, key: UUID) -> HttpResponse:
    """The joint branch takes a member up."""
    row = _found(request, key)
    initial = {"managed_on": clock.today(), "joint_branch": row.joint}
    form = forms.CareForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.take_into_care(actor=request.actor, found=row, now=clock.now(), **form.values())
            return done(request, found_url(key), _("已纳入共管。"))
    return _form(request, form, _("纳入共管"), found_url(key), subject=row.person.name)


@door("partylife.write")
def change_found(request: Request, key: UUID) -> HttpResponse:
    """Mend a finding."""
    row = _found(request, key)
    initial = {
        **{name: getattr(row, name) for name in ("found_on", "managed_on", "source", "note")},
        "enterprise": row.where,
        "home_branch": row.home,
        "joint_branch": row.joint,
    }
    form = forms.FoundForm(request.POST or None, actor=request.actor, initial=initial)
    del form.fields["person"]
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_found_member(actor=request.actor, found=row, now=clock.now(), **form.values())
            return done(request, found_url(key), _("已修改。"))
    return _form(request, form, _("修改“%(name)s”") % {"name": row.person.name}, found_url(key))


@door("partylife.write")
def withdraw_found(request: Request, key: UUID) -> HttpResponse:
    """Take a finding back."""
    row = _found(request, key)
    form = forms.WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.withdraw_found_member(
                actor=request.actor, found=row, now=clock.now(), **form.cleaned_data
            )
            return done(request, reverse("partylife:found"), _("已作废。"))
    return _form(request, form, _("作废记录"), found_url(key), subject=row.person.name, submit=_("作废"))


@door("partylife.write")
def record_applicant(request: Request) -> HttpResponse:
    """Record an application."""
    initial = {"applied_on": clock.today(), "enterprise": _firm(request)}
    form = forms.ApplicationForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.record_application(actor=request.actor, now=clock.now(), **form.values())
            return done(request, applicant_url(made.key), _("已登记。"))
    return _form(request, form, _("登记入党申请"), reverse("partylife:applicants"))


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
    return _form(request, form, titles[row.stage], applicant_url(key), subject=row.person.name)


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
    return _form(request, form, _("修改“%(name)s”") % {"name": row.person.name}, applicant_url(key))


@door("partylife.write")
def end_applicant(request: Request, key: UUID) -> HttpResponse:
    """The way ends."""
    row = _applicant(request, key)
    form = forms.EndForm(request.POST or None, initial={"ended_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.end_application(actor=request.actor, applicant=row, now=clock.now(), **form.cleaned_data)
            return done(request, applicant_url(key), _("已终止。"))
    return _form(
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
    return _form(request, form, _("作废记录"), applicant_url(key), subject=row.person.name, submit=_("作废"))
