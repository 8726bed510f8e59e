"""What pages and reports show of the four lists."""

from .calendar import Month, month_of
from .editions import EditionPage, edition_lines, edition_page
from .listing import CLAIMS, EDITIONS, ITEMS, SEARCHES, claim_url, edition_url, item_url
from .matching import ADDRESSES, DOORS, Found, found_for, matches
from .matchpages import MatchPage, OfficePage, item_matches_panel, match_page, office_page
from .pages import ClaimPage, ItemPage, claim_page, item_page, public_facts
from .panels import (
    alliance_panel,
    chain_panel,
    organization_panel,
    venue_panel,
    visit_panel,
    waiting_panel,
)
from .people import own_bodies, speaks_for

__all__ = [
    "ADDRESSES",
    "CLAIMS",
    "ClaimPage",
    "DOORS",
    "EDITIONS",
    "EditionPage",
    "Found",
    "ITEMS",
    "ItemPage",
    "MatchPage",
    "Month",
    "OfficePage",
    "SEARCHES",
    "alliance_panel",
    "chain_panel",
    "claim_page",
    "claim_url",
    "edition_lines",
    "edition_page",
    "edition_url",
    "found_for",
    "item_matches_panel",
    "item_page",
    "item_url",
    "match_page",
    "matches",
    "month_of",
    "office_page",
    "organization_panel",
    "public_facts",
    "own_bodies",
    "speaks_for",
    "venue_panel",
    "visit_panel",
    "waiting_panel",
]
