"""What pages and reports show of the four lists."""

from .calendar import Month, month_of
from .listing import CLAIMS, EDITIONS, ITEMS, SEARCHES, claim_url, edition_url, item_url
from .pages import (
    ClaimPage,
    EditionPage,
    ItemPage,
    alliance_panel,
    claim_page,
    edition_lines,
    edition_page,
    item_page,
    organization_panel,
    visit_panel,
    waiting_panel,
)
from .people import own_bodies, speaks_for

__all__ = [
    "CLAIMS",
    "EDITIONS",
    "ITEMS",
    "SEARCHES",
    "ClaimPage",
    "EditionPage",
    "ItemPage",
    "Month",
    "alliance_panel",
    "claim_page",
    "claim_url",
    "edition_lines",
    "edition_page",
    "edition_url",
    "item_page",
    "item_url",
    "month_of",
    "organization_panel",
    "own_bodies",
    "speaks_for",
    "visit_panel",
    "waiting_panel",
]
