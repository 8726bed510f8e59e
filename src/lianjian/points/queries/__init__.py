"""What the pages of points show."""

from .lists import ACCOUNTS, CLAIMS, DAYS, SCHEMES, SEARCHES, account_name, claim_words, url_of
from .pages import account_page, choices_of_meetings, claim_page, edition_lines, good_page, scheme_page
from .standing import held_days, last_exchange
from .turns import day_page, meeting_panel, organization_panel, paper_lines, review_page

__all__ = [
    "ACCOUNTS",
    "CLAIMS",
    "DAYS",
    "SCHEMES",
    "SEARCHES",
    "account_name",
    "account_page",
    "choices_of_meetings",
    "claim_page",
    "claim_words",
    "day_page",
    "edition_lines",
    "good_page",
    "held_days",
    "last_exchange",
    "meeting_panel",
    "organization_panel",
    "paper_lines",
    "review_page",
    "scheme_page",
    "url_of",
]
