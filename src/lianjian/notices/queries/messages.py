"""What is in the inbox."""

from __future__ import annotations

from django.db.models import QuerySet

from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor

from ..models import Message

BADGE_LIMIT = 100


def unread_count(actor: Actor) -> int:
    """Unread messages of the actor, counted up to 100. One query on every page, so it stops early."""
    if actor.user_id is None:
        return 0
    key = getattr(actor, "fingerprint", None) or actor.user_id
    return len(prepared.recall(("notices.unread", key), lambda: _unread(actor)))


def _unread(actor: Actor) -> QuerySet[Message, tuple[int]]:
    unread = Message.objects.visible_to(actor).filter(state=Message.State.UNREAD)
    return unread.order_by().values_list("pk")[:BADGE_LIMIT]
