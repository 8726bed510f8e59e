"""What is in the inbox."""

from .messages import unread_count

__all__ = ["unread_count"]
