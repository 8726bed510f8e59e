"""What the pages of coverage show, by subject."""

from .enterprises import GAP_CODES, enterprises, in_gap, stations
from .listing import COVERAGE, gap_counts, gap_url, instructor_url, list_url, station_url
from .pages import (
    choices_for_assignment,
    home_page,
    instructor_page,
    organization_panel,
    station_page,
)

__all__ = [
    "COVERAGE",
    "GAP_CODES",
    "choices_for_assignment",
    "enterprises",
    "gap_counts",
    "gap_url",
    "home_page",
    "in_gap",
    "instructor_page",
    "instructor_url",
    "list_url",
    "organization_panel",
    "station_page",
    "station_url",
    "stations",
]
