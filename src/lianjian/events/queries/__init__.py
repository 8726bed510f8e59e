"""What the pages of visits, meetings and venues show."""

from .visits import (
    FILE_SOURCES,
    SEARCHES,
    VISITABLE,
    VISITS,
    covered_choices,
    day_of,
    may_change,
    organization_panel,
    purpose_name,
    purpose_rows,
    purposes,
    visit_page,
    visit_url,
    whom_choices,
)

__all__ = [
    "FILE_SOURCES",
    "SEARCHES",
    "VISITABLE",
    "VISITS",
    "covered_choices",
    "day_of",
    "may_change",
    "organization_panel",
    "purpose_name",
    "purpose_rows",
    "purposes",
    "visit_page",
    "visit_url",
    "whom_choices",
]
