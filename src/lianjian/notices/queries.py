"""What is in the inbox."""

from __future__ import annotations

from lianjian.foundation.actor import Actor

from .models import Message

BADGE_LIMIT = 100


def unread_count(actor: Actor) -> int:
    """Unread messages of the actor, counted up to 100. One query on every page, so it stops early."""
    if actor.user_id is None:
        return 0
    unread = Message.objects.visible_to(actor).filter(state=Message.State.UNREAD)
    return len(unread.order_by().values_list("pk", flat=True)[:BADGE_LIMIT])
