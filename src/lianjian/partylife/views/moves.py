"""Doors to transfers, members away, contacts and decisions of standing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions
from ..forms import moves as forms
from ..models import Absence, Transfer
from ..queries import MOBILE, TRANSFERS, proposals, transfer_page, transfer_url, transfers_of
from ..queries.branches import may_write
from ..queries.moves import member_of, whose
from .branches import _asked, _member
from .shared import form_page, listed, tabs


def _transfer(request: Request, key: UUID) -> Transfer:
    found: Transfer = get_object_or_404(transfers_of(request.actor), key=key)
    return found


def _mine(request: Request, key: UUID, side: str) -> Transfer:
    """A transfer of which the actor writes one side; the other side's doors do not exist for him."""
    row = _transfer(request, key)
    branch = getattr(row, side)
    if branch is None or not may_write(request.actor, branch):
        raise Http404
    return row


@door("partylife.see", methods=("GET",))
def transfers(request: Request) -> HttpResponse:
    """The list of transfers."""
    return listed(request, TRANSFERS, "transfers", None)


@door("partylife.see", methods=("GET",))
def transfer(request: Request, key: UUID) -> HttpResponse:
    """One transfer."""
    row = _transfer(request, key)
    context = {"transfer": row, "page": transfer_page(request.actor, row, clock.today())}
    return page(request, "partylife/transfer.html", context)


@door("partylife.write")
def open_transfer(request: Request, key: UUID) -> HttpResponse:
    """Send a member's relation out."""
    row = _member(request, key)
    form = forms.TransferOutForm(request.POST or None, actor=request.actor, initial={"opened_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.open_transfer(actor=request.actor, member=row, now=clock.now(), **form.values())
            return done(request, transfer_url(made.key), _("已开出介绍信,等待对方接收。"))
    return form_page(request, form, _("转接组织关系"), row.get_absolute_url(), subject=row.person.name)


def _moved(
    request: Request, row: Transfer, form: Form, act: Callable[..., Any], title: str, said: str
) -> HttpResponse:
    """One form about a transfer, and the verb that it is for."""
    back = transfer_url(row.key)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            act(actor=request.actor, transfer=row, now=clock.now(), **form.cleaned_data)
            return done(request, back, said)
    return form_page(request, form, title, back, subject=f"{whose(member_of(row))} {row}")


@door("partylife.write")
def accept_transfer(request: Request, key: UUID) -> HttpResponse:
    """The receiver accepts."""
    row = _mine(request, key, "to_branch")
    form = forms.AcceptForm(request.POST or None, initial={"day": clock.today()})
    return _moved(request, row, form, actions.accept_transfer, _("接收组织关系"), _("已接收,组织关系转入本支部。"))


@door("partylife.write")
def refuse_transfer(request: Request, key: UUID) -> HttpResponse:
    """The receiver does not accept."""
    row = _mine(request, key, "to_branch")
    form = forms.RefuseForm(request.POST or None, initial={"day": clock.today()})
    return _moved(request, row, form, actions.refuse_transfer, _("不予接收"), _("已答复原支部。"))


@door("partylife.write")
def withdraw_transfer(request: Request, key: UUID) -> HttpResponse:
    """The sender takes it back."""
    row = _mine(request, key, "branch")
    form = forms.WithdrawTransferForm(request.POST or None)
    return _moved(request, row, form, actions.withdraw_transfer, _("撤回转接"), _("已撤回,组织关系仍在本支部。"))


@door("partylife.write")
def confirm_transfer(request: Request, key: UUID) -> HttpResponse:
    """A place outside sent its receipt."""
    row = _mine(request, key, "branch")
    form = forms.ReceiptForm(request.POST or None, initial={"day": clock.today()})
    return _moved(request, row, form, actions.confirm_transfer, _("登记回执"), _("已登记,组织关系转出。"))


@door("partylife.see", methods=("GET",))
def mobile(request: Request) -> HttpResponse:
    """The list of members away."""
    return listed(request, MOBILE, "mobile", None)


@door("partylife.see", methods=("GET",))
def standing(request: Request) -> HttpResponse:
    """Whose recorded facts reach a period: for a body to decide, nothing is decided here."""
    rows = proposals(request.actor, clock.today())
    return page(request, "partylife/standing.html", {"rows": rows, "tabs": tabs("standing")})


@door("partylife.write")
def record_absence(request: Request, key: UUID) -> HttpResponse:
    """A member is away, or cannot be found."""
    row = _member(request, key)
    form = forms.AbsenceForm(request.POST or None, initial={"since": clock.today()})
    return _asked(request, row, form, actions.record_absence, _("登记外出或失联"), member=row)


@door("partylife.write")
def end_absence(request: Request, key: UUID) -> HttpResponse:
    """Back, or found."""
    rows = Absence.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    row = get_object_or_404(rows.select_related("member__person"), key=key)
    form = forms.EndAbsenceForm(request.POST or None, initial={"until": clock.today()})
    return _asked(request, row.member, form, actions.end_absence, _("结束登记"), absence=row)


@door("partylife.write")
def record_contact(request: Request, key: UUID) -> HttpResponse:
    """Somebody spoke with him, or tried to."""
    row = _member(request, key)
    form = forms.ContactForm(request.POST or None, initial={"day": clock.today(), "reached": True})
    return _asked(request, row, form, actions.record_contact, _("登记联系、查找"), member=row)


@door("partylife.write")
def decide_standing(request: Request, key: UUID) -> HttpResponse:
    """What a body decided."""
    row = _member(request, key)
    form = forms.DecisionForm(request.POST or None, initial={"day": clock.today(), "kind": request.GET.get("kind", "")})
    return _asked(request, row, form, actions.decide_standing, _("登记党籍决定"), member=row)
