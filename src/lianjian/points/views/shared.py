"""What the doors of points share: their form page, and records reached by who asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.events.models import Meeting
from lianjian.events.queries import writes
from lianjian.foundation import pages
from lianjian.foundation.clock import local_day
from lianjian.foundation.pages import Request

from .. import forms
from ..models import WRITE, Scheme


def act(request: Request, form: BaseForm, verb: Callable[..., Any], **more: Any) -> HttpResponse:
    """`pages.act` with the form's page of points."""
    words = {"submit": _("保存"), "lead": "", "subject": "", "trail": "", **more}
    return pages.act(request, form, verb, template="points/form.html", **words)


def scheme_of(request: Request, key: UUID, *, write: bool = False) -> Scheme:
    """A scheme that the actor reads, or writes."""
    rows = Scheme.objects.visible_to(request.actor).select_related("organization")
    found: Scheme = get_object_or_404(rows, key=key)
    if write and not writes(request.actor, WRITE, found.organization):
        raise Http404
    return found


def held(request: Request, model: Any, key: UUID, *more: str, write: bool = False) -> Any:
    """A record of a scheme that the actor reads, or writes, with `more` of what belongs to it."""
    rows = model.objects.visible_to(request.actor)
    found = get_object_or_404(rows.select_related("scheme__organization", *more), key=key)
    if write and not writes(request.actor, WRITE, found.scheme.organization):
        raise Http404
    return found


def asked_meeting(request: Request) -> dict[str, object]:
    """What a form begins with where one came from the page of a meeting: it, and its day."""
    try:
        key = UUID(request.GET.get("meeting", ""))
    except ValueError:
        return {}
    meeting = Meeting.objects.visible_to(request.actor).filter(key=key).first()
    return {"meeting": str(key), "on": local_day(meeting.starts_at)} if meeting is not None else {}


def with_reason(
    request: Request, verb: Callable[..., object], record: dict[str, object], back: str, **words: Any
) -> HttpResponse:
    """One verb that asks why."""
    form = forms.ReasonForm(request.POST or None)
    return act(request, form, partial(verb, **record), back=back, submit=words["title"], **words)
