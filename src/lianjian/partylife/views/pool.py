"""Doors to reviews of those on their way into the party."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions
from ..forms.pool import NoteForm, ReviewForm
from ..forms.practice import ReasonForm
from ..models import PoolReview
from ..queries.branches import branches_of
from ..queries.pool import REVIEWS, review_page
from ..rules.cadence import COMMITTEES
from .shared import adding, form_page, listed


@door("partylife.see", methods=("GET",))
def reviews(request: Request) -> HttpResponse:
    """All reviews."""
    return listed(request, REVIEWS, "reviews", adding(request, "partylife:new_review", _("登记队伍分析")))


def _committee(request: Request) -> Organization | None:
    """The committee that the address or the form names; one's own otherwise."""
    rows, text = branches_of(request.actor), request.POST.get("body") or request.GET.get("body", "")
    try:
        return rows.filter(key=UUID(text)).first()
    except ValueError:
        own = getattr(request.actor, "organization_id", 0)
        return rows.filter(name=text).first() or rows.filter(pk=own, party__level__in=COMMITTEES).first()


@door("partylife.write")
def new_review(request: Request) -> HttpResponse:
    """A committee reviewed its pool."""
    body = _committee(request)
    initial = {"reviewed_on": clock.today(), "body": body}
    form = ReviewForm(request.POST or None, actor=request.actor, committee=body, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.review_pool(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, made.get_absolute_url(), _("已登记。"))
    return form_page(request, form, _("登记队伍分析"), reverse("partylife:reviews"))


def _review(request: Request, key: UUID, *, write: bool = False) -> PoolReview:
    rows = PoolReview.objects.visible_to(request.actor).select_related("body", "meeting")
    found: PoolReview = get_object_or_404(rows, key=key)
    may = found.jurisdiction_id in request.actor.writable and request.actor.may("partylife.write", found.body)
    if write and not may:
        raise Http404
    return found


@door("partylife.see", methods=("GET",))
def review(request: Request, key: UUID) -> HttpResponse:
    """One of them."""
    row = _review(request, key)
    return page(request, "partylife/review.html", {"review": row, "page": review_page(request.actor, row)})


@door("partylife.write")
def note(request: Request, key: UUID) -> HttpResponse:
    """Words on one applicant."""
    row = _review(request, key, write=True)
    form = NoteForm(request.POST or None, review=row)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.note_in_review(actor=request.actor, review=row, now=clock.now(), **form.cleaned_data)
            return done(request, row.get_absolute_url(), _("已登记。"))
    return form_page(request, form, _("补充个别情况"), row.get_absolute_url(), subject=str(row))


@door("partylife.write")
def strike(request: Request, key: UUID) -> HttpResponse:
    """It was a mistake."""
    row = _review(request, key, write=True)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.strike_review(actor=request.actor, review=row, now=clock.now(), **form.cleaned_data)
            return done(request, row.get_absolute_url(), _("已作废。"))
    return form_page(request, form, _("作废这次分析"), row.get_absolute_url(), subject=str(row))
