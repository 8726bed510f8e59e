"""Doors to members found in firms."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions, forms
from ..models import FoundMember
from ..queries import FOUND, found_page, found_url
from .shared import adding, firm_of, form_page, listed


def _found(request: Request, key: UUID) -> FoundMember:
    rows = FoundMember.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    related = ("person", "enterprise", "home_branch", "joint_branch")
    found: FoundMember = get_object_or_404(rows.select_related(*related), key=key)
    return found


@door("partylife.see", methods=("GET",))
def found_list(request: Request) -> HttpResponse:
    """The list of found members."""
    return listed(request, FOUND, "found", adding(request, "partylife:record_found", _("登记找出的党员")))


@door("partylife.see", methods=("GET",))
def found_member(request: Request, key: UUID) -> HttpResponse:
    """One found member."""
    row = _found(request, key)
    return page(
        request, "partylife/found_member.html", {"found": row, "page": found_page(request.actor, row)}
    )


@door("partylife.write")
def record_found(request: Request) -> HttpResponse:
    """Record a found member."""
    initial = {"found_on": clock.today(), "enterprise": firm_of(request)}
    form = forms.FoundForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.record_found_member(actor=request.actor, now=clock.now(), **form.values())
            return done(request, found_url(made.key), _("已登记。"))
    return form_page(request, form, _("登记找出的党员"), reverse("partylife:found"))


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
    return form_page(request, form, _("纳入共管"), found_url(key), subject=row.person.name)


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
    return form_page(request, form, _("修改“%(name)s”") % {"name": row.person.name}, found_url(key))


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
    return form_page(request, form, _("作废记录"), found_url(key), subject=row.person.name, submit=_("作废"))
