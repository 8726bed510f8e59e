"""Doors to honours, brands and agreements by which two bodies share."""

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
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions
from ..forms import campaigns as forms
from ..models import BenefitAgreement, BenefitItem, Honour
from ..queries import BENEFITS, BRANDS, HONOURS, benefit_page, benefit_url, honour_url
from ..rules import honours as rules
from .campaigns import office
from .programmes import act

FORM = "alliances/honour_form.html"
BENEFIT_FORM = "alliances/benefit_form.html"


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


@door("alliances.see", methods=("GET",))
def benefits(request: Request) -> HttpResponse:
    """All agreements of the place, and those of one's own body."""
    may = office(request, request.actor.jurisdiction_id)
    return list_page(request, BENEFITS, "alliances/benefits.html", {"may_write": may})


def _agreement(request: Request, key: UUID, *, write: bool = False) -> BenefitAgreement:
    rows = BenefitAgreement.objects.visible_to(request.actor).select_related("first", "second")
    held: BenefitAgreement = get_object_or_404(rows, key=key)
    if write and not office(request, held.jurisdiction_id):
        raise Http404
    return held


@door("alliances.see", methods=("GET",))
def benefit(request: Request, key: UUID) -> HttpResponse:
    """One agreement."""
    return page(
        request, "alliances/benefit.html", {"page": benefit_page(request.actor, _agreement(request, key))}
    )


@door("alliances.write")
def sign(request: Request) -> HttpResponse:
    """A new agreement."""
    require(request.actor, "alliances.write", Whole(request.actor.jurisdiction_id))
    form = forms.BenefitForm(request.POST or None, actor=request.actor, initial={"signed_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.sign_benefit(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, benefit_url(made.key), _("已登记。下一步:约定各项的分享比例。"))
    context = {"title": _("登记利益共享协议"), "cancel": reverse("alliances:benefits"), "submit": _("保存")}
    return page(request, BENEFIT_FORM, context | {"subject": "", "lead": ""}, form=form)


@door("alliances.write")
def share(request: Request, key: UUID) -> HttpResponse:
    """One thing more that is shared."""
    held = _agreement(request, key, write=True)
    form = forms.ShareForm(request.POST or None)
    verb = partial(actions.share_benefit, agreement=held)
    lead = _("甲方:%(first)s;乙方:%(second)s。") % {"first": held.first.name, "second": held.second.name}
    words = {"title": _("约定分享比例"), "said": _("已约定。"), "subject": held.title, "lead": lead}
    return act(request, form, verb, back=benefit_url(key), template=BENEFIT_FORM, **words)


@door("alliances.write")
def number(request: Request, key: UUID) -> HttpResponse:
    """The number of a year."""
    rows = BenefitItem.objects.visible_to(request.actor).select_related("agreement")
    held: BenefitItem = get_object_or_404(rows, key=key)
    if not office(request, held.jurisdiction_id):
        raise Http404
    form = forms.BenefitNumberForm(request.POST or None, initial={"year": clock.today().year - 1})
    verb = partial(actions.state_benefit, item=held)
    name, unit = rules.KINDS[held.kind]
    title = _("登记年度数字:%(what)s(%(unit)s)") % {"what": _(name), "unit": _(unit)}
    words = {"title": title, "said": _("已登记。"), "subject": held.agreement.title}
    return act(request, form, verb, back=benefit_url(held.agreement.key), template=BENEFIT_FORM, **words)


@door("alliances.write")
def end(request: Request, key: UUID) -> HttpResponse:
    """It holds no more."""
    held = _agreement(request, key, write=True)
    form = forms.EndBenefitForm(request.POST or None, initial={"until": clock.today()})
    verb = partial(actions.end_benefit, agreement=held)
    words = {
        "title": _("终止协议"),
        "said": _("已终止,以前的数字不变。"),
        "submit": _("终止协议"),
        "subject": held.title,
    }
    return act(request, form, verb, back=benefit_url(key), template=BENEFIT_FORM, **words)
