"""Doors to agreements by which several parties share."""

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
from ..forms import benefits as forms
from ..models import BenefitAgreement, BenefitItem, BenefitPayout
from ..queries import BENEFITS, benefit_page, benefit_url, item_words
from ..rules import benefits as rules
from .campaigns import office
from .programmes import act

FORM = "alliances/benefit_form.html"


@door("alliances.see", methods=("GET",))
def benefits(request: Request) -> HttpResponse:
    """All agreements of the place, and those of one's own body."""
    may = office(request, request.actor.jurisdiction_id)
    return list_page(request, BENEFITS, "alliances/benefits.html", {"may_write": may})


def _agreement(request: Request, key: UUID, *, write: bool = False) -> BenefitAgreement:
    held: BenefitAgreement = get_object_or_404(BenefitAgreement.objects.visible_to(request.actor), key=key)
    if write and not office(request, held.jurisdiction_id):
        raise Http404
    return held


@door("alliances.see", methods=("GET",))
def benefit(request: Request, key: UUID) -> HttpResponse:
    """One agreement."""
    shown = benefit_page(request.actor, _agreement(request, key), clock.today())
    return page(request, "alliances/benefit.html", {"page": shown})


@door("alliances.write")
def sign(request: Request) -> HttpResponse:
    """A new agreement."""
    require(request.actor, "alliances.write", Whole(request.actor.jurisdiction_id))
    count = forms.parties_asked(request.GET.get("parties", ""), request.POST)
    initial = {"signed_on": clock.today()}
    form = forms.BenefitForm(request.POST or None, actor=request.actor, count=count, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            parties = [actions.Signer(*one) for one in form.parties()]
            values = form.agreement()
            made = actions.sign_benefit(actor=request.actor, parties=parties, now=clock.now(), **values)
            return done(request, benefit_url(made.key), _("已登记。下一步:约定各项的分享比例。"))
    context = {"title": _("登记利益共享协议"), "cancel": reverse("alliances:benefits"), "submit": _("保存")}
    return page(request, FORM, context | {"subject": "", "lead": ""}, form=form)


@door("alliances.write")
def share(request: Request, key: UUID) -> HttpResponse:
    """One thing more that is shared."""
    held = _agreement(request, key, write=True)
    parties = list(held.parties.select_related("organization").order_by("number"))
    form = forms.ShareForm(request.POST or None, parties=parties)
    verb = partial(actions.share_benefit, agreement=held)
    words = {"title": _("约定分享比例"), "said": _("已约定。"), "subject": held.title}
    return act(request, form, verb, back=benefit_url(key), template=FORM, **words)


def _item(request: Request, key: UUID) -> BenefitItem:
    """A thing shared, of an agreement that the actor's office looks after."""
    rows = BenefitItem.objects.visible_to(request.actor).select_related("agreement")
    held: BenefitItem = get_object_or_404(rows, key=key)
    if not office(request, held.jurisdiction_id):
        raise Http404
    return held


@door("alliances.write")
def number(request: Request, key: UUID) -> HttpResponse:
    """The number of a year."""
    held = _item(request, key)
    form = forms.BenefitNumberForm(request.POST or None, initial={"year": clock.today().year - 1})
    verb = partial(actions.state_benefit, item=held)
    name, unit = item_words(held)
    title = _("登记年度数字:%(what)s(%(unit)s)") % {"what": name, "unit": unit}
    words = {"title": title, "said": _("已登记。"), "subject": held.agreement.title}
    return act(request, form, verb, back=benefit_url(held.agreement.key), template=FORM, **words)


@door("alliances.write")
def pay(request: Request, key: UUID) -> HttpResponse:
    """A party was paid."""
    held = _item(request, key)
    if not rules.in_yuan(held.kind, held.unit):
        raise Http404
    parties = list(held.agreement.parties.select_related("organization").order_by("number"))
    form = forms.PayoutForm(request.POST or None, parties=parties, initial={"on": clock.today()})
    verb = partial(actions.pay_benefit, item=held)
    title = _("登记兑现:%(what)s") % {"what": item_words(held)[0]}
    words = {"title": title, "said": _("已登记。"), "subject": held.agreement.title}
    return act(request, form, verb, back=benefit_url(held.agreement.key), template=FORM, **words)


@door("alliances.write")
def strike(request: Request, key: UUID) -> HttpResponse:
    """A payment was written down by mistake."""
    rows = BenefitPayout.objects.visible_to(request.actor).select_related("item__agreement", "party__organization")
    held: BenefitPayout = get_object_or_404(rows, key=key)
    if not office(request, held.jurisdiction_id):
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    verb = partial(actions.strike_payout, payout=held)
    words = {"title": _("作废这笔兑现"), "said": _("已作废。"), "submit": _("作废")}
    words["subject"] = f"{held.party} {held.on}"
    return act(request, form, verb, back=benefit_url(held.item.agreement.key), template=FORM, **words)


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
    return act(request, form, verb, back=benefit_url(key), template=FORM, **words)
