"""Doors to branches and their members."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions, forms
from ..models import BranchMembership, MemberExemption, PartyMember
from ..queries import (
    BRANCHES,
    ROSTER,
    branch_notes,
    branch_page,
    branch_url,
    branches_of,
    member_moves,
    member_page,
    member_url,
    review_notes,
)
from .shared import form_page, importing, listed


def _branch(request: Request, key: UUID) -> Organization:
    return get_object_or_404(branches_of(request.actor).select_related("party"), key=key)


def _member(request: Request, key: UUID) -> PartyMember:
    rows = PartyMember.objects.visible_to(request.actor).select_related("person")  # type: ignore[attr-defined]
    found: PartyMember = get_object_or_404(rows, key=key)
    return found


@door("partylife.see", methods=("GET",))
def branch_list(request: Request) -> HttpResponse:
    """The list of branches."""
    return listed(request, BRANCHES, "branches", importing(request))


@door("partylife.see", methods=("GET",))
def roster(request: Request) -> HttpResponse:
    """The list of members."""
    return listed(request, ROSTER, "roster", importing(request))


@door("partylife.see", methods=("GET",))
def branch(request: Request, key: UUID) -> HttpResponse:
    """One branch."""
    row = _branch(request, key)
    today = clock.today()
    notes = [*review_notes(row), *branch_notes(request.actor, row, today)]
    context = {"branch": row, "page": branch_page(request.actor, row, today), "notes": notes}
    return page(request, "partylife/branch.html", context)


@door("partylife.see", methods=("GET",))
def member(request: Request, key: UUID) -> HttpResponse:
    """One member."""
    row = _member(request, key)
    today = clock.today()
    moves = member_moves(request.actor, row, today)
    context = {"member": row, "page": member_page(request.actor, row, today), "moves": moves}
    return page(request, "partylife/member.html", context)


@door("partylife.write")
def add_member(request: Request, key: UUID) -> HttpResponse:
    """Enter a member into a branch."""
    row = _branch(request, key)
    form = forms.AddMemberForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.add_member(actor=request.actor, branch=row, now=clock.now(), **form.cleaned_data)
            return done(request, member_url(made.key), _("已编入支部。"))
    return form_page(request, form, _("编入党员"), branch_url(key), subject=row.name)


def _asked(
    request: Request, row: PartyMember, form: Form, act: Callable[..., Any], title: str, **more: Any
) -> HttpResponse:
    """One form about a member, and the verb that it is for."""
    back = member_url(row.key)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            act(actor=request.actor, now=clock.now(), **more, **form.cleaned_data)
            return done(request, back, _("已保存。"))
    return form_page(request, form, title, back, subject=row.person.name)


@door("partylife.write")
def change_member(request: Request, key: UUID) -> HttpResponse:
    """Mend a member's days and work."""
    row = _member(request, key)
    initial = {name: getattr(row, name) for name in ("joined_on", "full_on", "occupation")}
    form = forms.MemberForm(request.POST or None, initial=initial)
    return _asked(request, row, form, actions.change_member, _("修改党员"), member=row)


@door("partylife.write")
def end_membership(request: Request, key: UUID) -> HttpResponse:
    """A member leaves the branch."""
    row = _member(request, key)
    form = forms.EndMemberForm(request.POST or None, initial={"until": clock.today()})
    return _asked(request, row, form, actions.end_membership, _("离开支部"), member=row)


@door("partylife.write")
def enter_branch(request: Request, key: UUID) -> HttpResponse:
    """A member who belongs to no branch here enters one again."""
    row = _member(request, key)
    form = forms.EnterForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    return _asked(request, row, form, actions.enter_branch, _("重新编入支部"), member=row)


@door("partylife.write")
def add_host(request: Request, key: UUID) -> HttpResponse:
    """A second branch looks after a member."""
    row = _member(request, key)
    form = forms.HostForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    return _asked(request, row, form, actions.add_host, _("双联共管"), member=row)


@door("partylife.write")
def exempt(request: Request, key: UUID) -> HttpResponse:
    """No duty to attend for a time."""
    row = _member(request, key)
    form = forms.ExemptForm(request.POST or None, initial={"since": clock.today()})
    return _asked(request, row, form, actions.exempt, _("不作出勤硬性要求"), member=row)


@door("partylife.write")
def leave_out(request: Request, key: UUID) -> HttpResponse:
    """Not counted among those who should come to vote."""
    row = _member(request, key)
    form = forms.LeaveOutForm(request.POST or None, today=clock.today(), initial={"since": clock.today()})
    return _asked(request, row, form, actions.leave_out, _("不计入应到会人数"), member=row)


@door("partylife.write")
def end_host(request: Request, key: UUID) -> HttpResponse:
    """The second branch stops."""
    seats = BranchMembership.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    row = get_object_or_404(seats.select_related("branch", "member__person"), key=key, role=BranchMembership.HOST)
    form = forms.EndHostForm(request.POST or None, initial={"until": clock.today()})
    return _asked(request, row.member, form, actions.end_host, _("停止共管"), seat=row)


@door("partylife.write")
def end_exemption(request: Request, key: UUID) -> HttpResponse:
    """Bound, or counted, again."""
    rows = MemberExemption.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    row = get_object_or_404(rows.select_related("member__person"), key=key)
    form = forms.EndExemptionForm(request.POST or None, initial={"until": clock.today()})
    return _asked(request, row.member, form, actions.end_exemption, _("结束登记"), exemption=row)
