"""Messages to persons inside the house."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned


class MessageQuerySet(models.QuerySet["Message"]):
    """Doors to messages."""

    def visible_to(self, actor: Actor) -> MessageQuerySet:
        """One's own messages, nobody else's."""
        return self.filter(user_id=actor.user_id or 0)


class Message(Owned):
    """One message to one account; it lies in the jurisdiction of the recipient's first grant.

    `once` makes the same message arrive once: unique for the recipient. Whether it was read is the reader's own
    affair and not journalled.
    """

    class State(models.TextChoices):
        UNREAD = "unread", _("未读")
        READ = "read", _("已读")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    sender = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.UNREAD)
    read_at = models.DateTimeField(null=True, blank=True)
    once = models.CharField(max_length=120, null=True, blank=True)  # noqa: DJ001 - null is no key

    objects: ClassVar[models.Manager[Message]] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["user", "once"], name="one_message_per_once_key"),
            models.CheckConstraint(
                condition=Q(state="unread", read_at__isnull=True) | Q(state="read", read_at__isnull=False),
                name="message_read_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-at"], name="message_by_user"),
            models.Index(fields=["user"], name="message_unread", condition=Q(state="unread")),
            models.Index(fields=["jurisdiction", "at"], name="message_by_age"),
        ]
