"""Doors to what a body discussed last, and to what it takes up regularly."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page

from .. import actions
from ..forms.activities import StandingTopicForm
from ..models import StandingTopic
from ..queries import standing_lines, topics_of, topics_url, writes
from .meetings import act


def _body(request: Request) -> Organization | None:
    """The body asked for, or one's own."""
    try:
        key = UUID(request.GET.get("organization", ""))
    except ValueError:
        key = None
    rows = Organization.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    if key is not None:
        return get_object_or_404(rows, key=key)
    own: Organization | None = rows.filter(pk=getattr(request.actor, "organization_id", 0)).first()
    return own


@door("meetings.see", methods=("GET",))
def topics(request: Request) -> HttpResponse:
    """What a body discussed last, and when; what it takes up regularly."""
    body, now = _body(request), clock.now()
    if body is None:
        return page(request, "events/topics.html", {"body": None, "topics": [], "standing": [], "set_url": ""})
    may = writes(request.actor, "meetings.write", body)
    context = {
        "body": body,
        "topics": topics_of(request.actor, body, now),
        "standing": standing_lines(request.actor, body, now),
        "set_url": reverse("events:set_topic", kwargs={"key": body.key}) if may else "",
    }
    return page(request, "events/topics.html", context)


@door("meetings.write")
def set_topic(request: Request, key: UUID) -> HttpResponse:
    """A topic that the body takes up regularly from now on."""
    rows = Organization.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    body: Organization = get_object_or_404(rows, key=key)
    if not writes(request.actor, "meetings.write", body):
        raise Http404
    form = StandingTopicForm(request.POST or None, actor=request.actor)
    words = {"title": _("设定定期研究的议题"), "said": _("已设定。"), "subject": body.name}
    return act(request, form, partial(actions.set_topic, organization=body), back=topics_url(body), **words)


@door("meetings.write", methods=("POST",))
def end_topic(request: Request, key: UUID) -> HttpResponse:
    """No longer regularly."""
    rows = StandingTopic.objects.visible_to(request.actor).select_related("organization")
    found: StandingTopic = get_object_or_404(rows, key=key)
    if not writes(request.actor, "meetings.write", found.organization):
        raise Http404
    actions.end_topic(actor=request.actor, standing=found, now=clock.now())
    return done(request, topics_url(found.organization), _("已停止。"))
