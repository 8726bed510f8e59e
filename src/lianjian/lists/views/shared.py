"""What the doors of the lists share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from lianjian.foundation import clock
from lianjian.foundation.pages import Request, done, page, refusals_to

from ..models import Claim, Item
from ..queries import (
    speaks_for,
)

FORM = "lists/form.html"


def item_of(request: Request, key: UUID) -> Item:
    """An item that the actor may see."""
    rows = Item.objects.visible_to(request.actor).select_related("organization", "alliance", "visit", "venue")
    return get_object_or_404(rows, key=key)


def own_item(request: Request, key: UUID) -> Item:
    """An item of one's own side."""
    held = item_of(request, key)
    if not speaks_for(request.actor, held.organization):
        raise Http404
    return held


def claim_of(request: Request, key: UUID) -> Claim:
    """A claim that the actor may see."""
    rows = Claim.objects.visible_to(request.actor).select_related("item__organization", "item__venue", "organization")
    return get_object_or_404(rows, key=key)


def act_on(request: Request, form: Form, act: Any, *, back: str, said: str, **context: Any) -> HttpResponse:
    """One form, one verb, and back to where it came from."""
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            values = form.values() if hasattr(form, "values") else form.cleaned_data
            act(actor=request.actor, now=clock.now(), **values)
            return done(request, back, said)
    return page(request, FORM, {"cancel": back, **context}, form=form)
