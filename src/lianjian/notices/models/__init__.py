"""Messages to persons, and documents with their reviews and publications."""

from .messages import Message, MessageQuerySet

__all__ = ["Message", "MessageQuerySet"]
