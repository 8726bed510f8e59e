"""Private addresses at which other calendars fetch meetings."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from lianjian.accounts.models import User
from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.rights import Denied, require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Feed


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@verb
def make_feed(*, actor: Actor, user: User, now: datetime, organization: Organization | None = None) -> tuple[Feed, str]:
    """A new address (its secret part is given this once); the one before stops at once. Raises `Denied`."""
    require(actor, "meetings.see")
    if actor.user_id != user.pk:
        raise Denied
    token = token_urlsafe(32)
    feed, made = Feed.objects.update_or_create(
        user=user, organization=organization, defaults={"digest": _digest(token), "made_at": now}
    )
    name = organization.name if organization is not None else ""
    changes = {"organization": ("", name), "renewed": ("", not made)}
    record(actor=actor, verb="events.make_feed", subject=None, now=now, changes=changes)
    return feed, token


@verb
def end_feed(*, actor: Actor, feed: Feed, now: datetime) -> None:
    """The address answers no more. Raises `Denied`."""
    if actor.user_id != feed.user_id:
        raise Denied
    name = feed.organization.name if feed.organization is not None else ""
    feed.delete()
    record(actor=actor, verb="events.end_feed", subject=None, now=now, changes={"organization": (name, "")})


def feed_of(token: str) -> Feed | None:
    """The feed of an address, if its owner's account is open."""
    rows = Feed.objects.select_related("organization", "user")
    return rows.filter(digest=_digest(token), user__is_active=True, user__must_change_password=False).first()
