"""Doors to honours and brands."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, page
from lianjian.foundation.rights import require

from .. import actions
from ..forms import campaigns as forms
from ..models import Honour
from ..queries import BRANDS, HONOURS, honour_url
from ..rules import honours as rules
from .campaigns import office
from .programmes import act

FORM = "alliances/honour_form.html"


@door("alliances.see", methods=("GET",))
def honours(request: Request) -> HttpResponse:
    """All honours."""
    may = office(request, request.actor.jurisdiction_id)
    return list_page(request, HONOURS, "alliances/honours.html", {"may_write": may})


@door("alliances.see", methods=("GET",))
def brands(request: Request) -> HttpResponse:
    """Brands of branches."""
    return list_page(request, BRANDS, "alliances/brands.html", {})


@door("alliances.write")
def award(request: Request) -> HttpResponse:
    """One honour more."""
    require(request.actor, "alliances.write", Whole(request.actor.jurisdiction_id))
    initial = {"awarded_on": clock.today(), "level": "county"}
    form = forms.HonourForm(request.POST or None, actor=request.actor, initial=initial)
    words = {"title": _("登记荣誉"), "said": _("已登记。")}
    return act(request, form, actions.award_honour, back=reverse("alliances:honours"), template=FORM, **words)


def _honour(request: Request, key: UUID) -> Honour:
    held: Honour = get_object_or_404(
        Honour.objects.visible_to(request.actor).select_related("organization"), key=key
    )
    return held


def _may_withdraw(request: Request, held: Honour) -> bool:
    actor = request.actor
    return held.jurisdiction_id in actor.writable and actor.may("alliances.write", held.organization)


@door("alliances.see", methods=("GET",))
def honour(request: Request, key: UUID) -> HttpResponse:
    """One honour."""
    held = _honour(request, key)
    may = held.withdrawn_on is None and _may_withdraw(request, held)
    context = {"honour": held, "level": _(rules.LEVELS[held.level]), "may_write": may}
    return page(request, "alliances/honour.html", context)


@door("alliances.write")
def withdraw(request: Request, key: UUID) -> HttpResponse:
    """It is no more."""
    held = _honour(request, key)
    if not _may_withdraw(request, held):
        raise Http404
    form = forms.WithdrawHonourForm(request.POST or None, initial={"on": clock.today()})
    verb = partial(actions.withdraw_honour, honour=held)
    words = {
        "title": _("撤销荣誉"),
        "said": _("已撤销,记录保留。"),
        "submit": _("撤销荣誉"),
        "subject": held.title,
    }
    return act(request, form, verb, back=honour_url(key), template=FORM, **words)
