"""Messages to persons, and documents with their reviews and publications."""

from .documents import Document, Opinion, Publication, Review, reference
from .messages import Message, MessageQuerySet

__all__ = ["Document", "Message", "MessageQuerySet", "Opinion", "Publication", "Review", "reference"]
