"""Doors to claims and their reviews."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, page

from .. import actions, forms
from ..models import RIGHT, WRITE, Claim, Review
from ..queries import CLAIMS, claim_page, paper_lines, review_page, url_of
from ..rules import points as rules
from .shared import act, asked_meeting, held, scheme_of, with_reason


@door(RIGHT, methods=("GET",))
def claims(request: Request) -> HttpResponse:
    """All claims that one may see."""
    return list_page(request, CLAIMS, "points/list.html", {"here": "claims", "may": False})


@door(RIGHT, methods=("GET",))
def claim(request: Request, key: UUID) -> HttpResponse:
    """One claim."""
    found = held(request, Claim, key, "account", "item", "review", "meeting")
    return page(request, "points/claim.html", {"page": claim_page(request.actor, found)})


@door(WRITE)
def file_claims(request: Request, key: UUID) -> HttpResponse:
    """What accounts did on a day."""
    found = scheme_of(request, key, write=True)
    first = {"on": clock.today(), **asked_meeting(request)}
    form = forms.ClaimsForm(
        request.POST or None, actor=request.actor, now=clock.now(), scheme=found, initial=first
    )
    words = {"title": _("登记积分"), "said": _("已登记。下一步:初核凭据。"), "subject": found.name}
    lead = _("一次登记同一天做同一件事的各户。登记后经初核、评议、公示才入账。")
    verb = partial(actions.file_claims, scheme=found)
    return act(request, form, verb, back=url_of("scheme", key), lead=lead, **words)


@door(WRITE)
def check_claims(request: Request, key: UUID) -> HttpResponse:
    """Whose proof was seen."""
    found = scheme_of(request, key, write=True)
    rows = found.claims.filter(state=rules.FILED).select_related("account", "item").order_by("pk")[: rules.MOST_LINES]
    form = forms.CheckForm(request.POST or None, rows=list(rows), initial={"on": clock.today()})
    words = {"title": _("初核"), "said": _("已初核。下一步:开展评议。"), "subject": found.name, "submit": _("初核通过")}
    return act(request, form, partial(actions.check_claims, scheme=found), back=url_of("scheme", key), **words)


@door(WRITE)
def withdraw_claim(request: Request, key: UUID) -> HttpResponse:
    """Taken back before it is reviewed."""
    found = held(request, Claim, key, "account", "item", write=True)
    words = {"title": _("撤回登记"), "said": _("已撤回,记录保留。"), "subject": found.account.name}
    return with_reason(request, actions.withdraw_claim, {"claim": found}, url_of("claim", key), **words)


@door(WRITE)
def refuse_claim(request: Request, key: UUID) -> HttpResponse:
    """It leaves the review."""
    found = held(request, Claim, key, "account", "item", "review", write=True)
    back = url_of("review", found.review.key) if found.review else url_of("claim", key)
    words = {"title": _("不予积分"), "said": _("已登记,记录保留。"), "subject": found.account.name}
    lead = _("群众有异议并查实,或凭据不属实的,写明理由。")
    return with_reason(request, actions.refuse_claim, {"claim": found}, back, lead=lead, **words)


@door(WRITE)
def open_review(request: Request, key: UUID) -> HttpResponse:
    """The panel takes up what was seen."""
    found = scheme_of(request, key, write=True)
    first = {"on": clock.today(), "jurors": forms.panel_text(found)}
    form = forms.ReviewForm(request.POST or None, initial=first)
    words = {"title": _("开展评议"), "said": _("已开始评议。下一步:登记同意票。"), "subject": found.name}
    lead = _("评议小组评议到这一天为止初核过的积分,一次最多500项;自家的回避。")
    onward, verb = (lambda made: url_of("review", made.key)), partial(actions.open_review, scheme=found)
    return act(request, form, verb, back=url_of("scheme", key), lead=lead, onward=onward, **words)


@door(RIGHT, methods=("GET",))
def review(request: Request, key: UUID) -> HttpResponse:
    """One review with its claims."""
    shown = review_page(request.actor, held(request, Review, key), clock.today())
    return page(request, "points/review.html", {"page": shown})


@door(RIGHT, methods=("GET",))
def paper(request: Request, key: UUID) -> HttpResponse:
    """The list that hangs out, or what was entered, to print."""
    found = held(request, Review, key)
    lines = paper_lines(found) if found.state in (rules.SHOWN, rules.DONE) else []
    if not lines:
        raise Http404
    return page(request, "points/review_paper.html", {"review": found, "lines": lines})


@door(WRITE)
def vote_on_claims(request: Request, key: UUID) -> HttpResponse:
    """How many said yes."""
    found = held(request, Review, key, write=True)
    rows = list(found.claims.filter(state=rules.REVIEWED).select_related("account", "item").order_by("pk"))
    form = forms.VotesForm(request.POST or None, rows=rows)
    words: dict[str, Any] = {"title": _("登记同意票"), "said": _("已登记。"), "subject": found.scheme.name}
    lead = _("同意票超过可评议人数一半的通过。")
    verb, back = partial(actions.vote_on_claims, review=found), url_of("review", key)
    return act(request, form, verb, back=back, lead=lead, values=lambda form: {"votes": form.votes()}, **words)


@door(WRITE)
def show_review(request: Request, key: UUID) -> HttpResponse:
    """The list hangs out."""
    found = held(request, Review, key, write=True)
    form = forms.ShowForm(request.POST or None, initial={"on": clock.today()})
    words = {"title": _("公示积分"), "said": _("已公示,可打印张贴。"), "submit": _("开始公示")}
    lead = _("公示%(n)s天,期满没有异议再入账;没有过半的不列入。") % {"n": found.show_days}
    verb = partial(actions.show_review, review=found)
    return act(request, form, verb, back=url_of("review", key), lead=lead, subject=found.scheme.name, **words)


@door(WRITE)
def reopen_review(request: Request, key: UUID) -> HttpResponse:
    """The list is taken down."""
    found = held(request, Review, key, write=True)
    words = {"title": _("撤回公示"), "said": _("已撤回,可以改同意票。"), "subject": found.scheme.name}
    return with_reason(request, actions.reopen_review, {"review": found}, url_of("review", key), **words)


@door(WRITE)
def post_review(request: Request, key: UUID) -> HttpResponse:
    """Its claims are entered."""
    found = held(request, Review, key, write=True)
    form = forms.OnForm(request.POST or None, initial={"on": clock.today()})
    words = {"title": _("积分入账"), "said": _("已入账。"), "subject": found.scheme.name, "submit": _("入账")}
    verb = partial(actions.post_review, review=found)
    return act(request, form, verb, back=url_of("review", key), lead=_("公示期满没有异议的,记入各户台账。"), **words)


@door(WRITE)
def call_off_review(request: Request, key: UUID) -> HttpResponse:
    """It does not count."""
    found = held(request, Review, key, write=True)
    words = {"title": _("取消这次评议"), "said": _("已取消,各项回到待评议。"), "subject": found.scheme.name}
    return with_reason(request, actions.call_off_review, {"review": found}, url_of("review", key), **words)
