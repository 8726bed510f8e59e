"""Send messages and mark them read."""

from .messages import (
    Note,
    check_url,
    deliver_export,
    forget_old,
    mark_all_read,
    mark_read,
    notify,
    notify_all,
)

__all__ = [
    "Note",
    "check_url",
    "deliver_export",
    "forget_old",
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_all",
]
