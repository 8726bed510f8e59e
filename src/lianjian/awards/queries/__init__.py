"""What is read of awards."""

from .lists import ROUNDS, SCHEMES, SEARCHES, round_url, scheme_url
from .pages import (
    choices_of_meetings,
    organization_panel,
    period_choices,
    result_lines,
    round_page,
    scheme_page,
)

__all__ = [
    "ROUNDS",
    "SCHEMES",
    "SEARCHES",
    "choices_of_meetings",
    "organization_panel",
    "period_choices",
    "result_lines",
    "round_page",
    "round_url",
    "scheme_page",
    "scheme_url",
]
