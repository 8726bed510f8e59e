"""Doors to private calendar addresses: one's own, and the feed that a calendar fetches without signing in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.actors import actor_of_user
from lianjian.foundation import clock
from lianjian.foundation.doors import PUBLIC, door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions
from ..forms.activities import FeedForm
from ..models import Feed
from ..queries import feeds_of, meetings_of, own_calendar
from ..queries.calendar import FED
from .meetings import calendar_file


@door("meetings.see")
def feeds(request: Request) -> HttpResponse:
    """My addresses; a new one is shown once, in the answer that made it."""
    # Without a body nothing but the form's own key is sent.
    form = FeedForm(request.POST if request.method == "POST" else None, actor=request.actor)
    address = ""
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            given: dict[str, Any] = form.cleaned_data
            _feed, token = actions.make_feed(actor=request.actor, user=request.user, now=clock.now(), **given)
            address = request.build_absolute_uri(reverse("events:feed", kwargs={"token": token}))
            form = FeedForm(actor=request.actor)
    context = {"feeds": feeds_of(request.actor), "address": address, "most": FED}
    return page(request, "events/feeds.html", context, form=form)


@door("meetings.see", methods=("POST",))
def end_feed(request: Request, key: UUID) -> HttpResponse:
    """It answers no more."""
    rows = Feed.objects.filter(user_id=request.actor.user_id).select_related("organization")
    actions.end_feed(actor=request.actor, feed=get_object_or_404(rows, key=key), now=clock.now())
    return done(request, reverse("events:feeds"), _("订阅地址已停用。"))


@door(PUBLIC, methods=("GET",))
def feed(request: Request, token: str) -> HttpResponseBase:
    """The meetings, with the rights that the owner of the address has today; nothing for an address that ended."""
    found = actions.feed_of(token)
    actor = actor_of_user(found.user_id, day=clock.today()) if found is not None else None
    if found is None or actor is None or not actor.scopes("meetings.see"):
        raise Http404
    now, body = clock.now(), found.organization
    rows = own_calendar(actor, now) if body is None else own_calendar(actor, now, meetings_of(actor, body))
    answer = calendar_file(request, rows, _("会议与活动") if body is None else body.name)
    # A calendar keeps it and asks each time whether it is still right; nobody between does.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
