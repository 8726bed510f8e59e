"""Doors to one's own inbox."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock, pages
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request

from .. import actions, kinds, lists, queries
from ..models import Message


@door("inbox.read", methods=("GET",))
def inbox(request: Request) -> HttpResponse:
    """One's messages, the newest first."""
    return list_page(
        request, lists.INBOX, "notices/inbox.html", {"unread": queries.unread_count(request.actor)}
    )


@door("inbox.read", methods=("GET",))
def open_message(request: Request, key: UUID) -> HttpResponse:
    """Open a message: it counts as read; one with a record leads there unless it has more to say itself."""
    message = get_object_or_404(Message.objects.visible_to(request.actor), key=key)  # type: ignore[attr-defined]
    actions.mark_read(actor=request.actor, message=message, now=clock.now())
    if message.url and not message.text:
        return pages.redirect(request, message.url)
    return pages.page(
        request, "notices/message.html", {"message": message, "kind": kinds.label(message.kind)}
    )


@door("inbox.read", methods=("POST",))
def read_all(request: Request) -> HttpResponse:
    """Everything that has arrived so far is read."""
    count = actions.mark_all_read(actor=request.actor, now=clock.now())
    return pages.done(
        request, reverse("notices:inbox"), _("已将 %(count)d 条消息标为已读。") % {"count": count}
    )
