"""What pages and reports show of alliances."""

from .counting import Count, count_on, members_on
from .listing import ALLIANCES, SEARCHES, alliance_url
from .meetings import members_to_invite
from .pages import AlliancePage, alliance_page, organization_panel
from .terms import every_term, own_terms, term_name, terms

__all__ = [
    "ALLIANCES",
    "SEARCHES",
    "AlliancePage",
    "Count",
    "alliance_page",
    "alliance_url",
    "count_on",
    "every_term",
    "members_on",
    "members_to_invite",
    "organization_panel",
    "own_terms",
    "term_name",
    "terms",
]
