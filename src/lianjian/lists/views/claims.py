"""Doors to claims and what came of them."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, page

from .. import actions, rules
from ..forms import (
    ClaimForm,
    OutcomeForm,
    RatingForm,
    WithdrawForm,
    WordsForm,
)
from ..models import Claim, Outcome
from ..queries import (
    CLAIMS,
    claim_page,
    claim_url,
    item_url,
)
from ..queries.pages import sides_for
from .shared import act_on, claim_of, item_of, own_item


def _initial(request: Request) -> dict[str, str]:
    """Days that were clicked in the calendar, a body that was proposed."""
    names = ("since", "until", "organization")
    found = {name: request.GET[name] for name in names if name in request.GET}
    return {"until": found["since"], **found} if "since" in found else found


@door("lists.write")
def propose(request: Request, key: UUID) -> HttpResponse:
    """A body asks for an item, or answers a need."""
    held = item_of(request, key)
    form = ClaimForm(request.POST or None, actor=request.actor, item=held, initial=_initial(request))
    act = partial(actions.propose, item=held)
    words = {"title": _("提出对接"), "subject": held.title, "said": _("已提出,等待对方确认。")}
    return act_on(request, form, act, back=item_url(key), **words)


@door("lists.write")
def invite(request: Request, key: UUID) -> HttpResponse:
    """The owner asks a body."""
    held = own_item(request, key)
    form = ClaimForm(
        request.POST or None, actor=request.actor, item=held, invite=True, initial=_initial(request)
    )
    act = partial(actions.propose, item=held, side=rules.OWNER)
    words = {"title": _("邀请对接"), "subject": held.title, "said": _("已邀请,等待对方确认。")}
    return act_on(request, form, act, back=item_url(key), **words)


@door("lists.see", methods=("GET",))
def claims(request: Request) -> HttpResponse:
    """Claims of one's own sides."""
    return list_page(request, CLAIMS, "lists/claims.html")


@door("lists.see", methods=("GET",))
def claim(request: Request, key: UUID) -> HttpResponse:
    """One claim."""
    return page(
        request,
        "lists/claim.html",
        {"page": claim_page(request.actor, claim_of(request, key), clock.today())},
    )


@door("lists.write")
def move(request: Request, key: UUID, side: str, act: str) -> HttpResponse:
    """A side agrees, refuses, takes back, says that it is done, or how it went."""
    held = claim_of(request, key)
    if act not in rules.ACTS or side not in sides_for(request.actor, held):
        raise Http404
    allowed = rules.sides_of(rules.ACTS[act], held.state, held.proposed_by, held.item.kind)
    if request.method == "GET" and side not in allowed:
        raise rules.NotNow
    needed = act == "refuse" or (act == "take_back" and held.state == rules.AGREED)
    sent = request.POST if request.method == "POST" else None
    form: WordsForm = RatingForm(sent) if act == "rate" else WordsForm(sent, needed=needed)
    words = {"title": _(rules.ACTS[act].name), "subject": held.item.title, "said": _("已记下。")}
    verb = partial(getattr(actions, act), claim=held, side=side)
    return act_on(request, form, verb, back=claim_url(key), **words)


@door("lists.write")
def outcome(request: Request, key: UUID, side: str) -> HttpResponse:
    """What came of it."""
    held = claim_of(request, key)
    if side not in sides_for(request.actor, held):
        raise Http404
    form = OutcomeForm(request.POST or None, initial={"on": clock.today(), "kind": "money"})
    verb = partial(actions.add_outcome, claim=held, side=side)
    words = {"title": _("登记成效"), "subject": held.item.title, "said": _("已登记成效。")}
    return act_on(request, form, verb, back=claim_url(key), **words)


@door("lists.write")
def withdraw_outcome(request: Request, key: UUID) -> HttpResponse:
    """What was written down wrongly counts no more."""
    claims_ = Claim.objects.visible_to(request.actor).values("pk")
    rows = Outcome.objects.filter(claim__in=claims_, withdrawn_at__isnull=True)
    held = get_object_or_404(rows.select_related("claim__item__organization", "claim__organization"), key=key)
    if held.side not in sides_for(request.actor, held.claim):
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    words = {"title": _("撤销成效"), "subject": held.claim.item.title, "said": _("已撤销,不再计入统计。")}
    verb = partial(actions.withdraw_outcome, outcome=held)
    return act_on(request, form, verb, back=claim_url(held.claim.key), **words)
