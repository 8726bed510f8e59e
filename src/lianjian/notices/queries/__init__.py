"""What is in the inbox, and what the pages of documents show."""

from .listing import PUBLISHED, REGISTER, SEARCHES, WAITING, waiting
from .messages import unread_count
from .pages import document_page, find_document
from .panels import record_panel, waiting_panel
from .people import document_url

__all__ = [
    "PUBLISHED",
    "REGISTER",
    "SEARCHES",
    "WAITING",
    "document_page",
    "document_url",
    "find_document",
    "record_panel",
    "unread_count",
    "waiting",
    "waiting_panel",
]
