"""What the pages of coverage show, by subject."""

from .asked import days_asked, leader_page
from .caring import DUE, HATCHING, LEADING, intervals
from .drafts import PROPOSALS, caps_page, proposal_page, proposal_url
from .enterprises import GAP_CODES, enterprises, in_gap, stations
from .listing import COVERAGE, gap_counts, gap_url, instructor_url, list_url, station_url
from .owed import days_panel, guiding_panel
from .pages import (
    choices_for_assignment,
    home_page,
    instructor_page,
    organization_panel,
    station_page,
)
from .planning import guiding_people, travel_places
from .rates import scope_of
from .surveys import ANSWERS, SURVEYS, answers_url, survey_page, survey_url

__all__ = [
    "ANSWERS",
    "COVERAGE",
    "DUE",
    "GAP_CODES",
    "HATCHING",
    "LEADING",
    "PROPOSALS",
    "SURVEYS",
    "answers_url",
    "caps_page",
    "choices_for_assignment",
    "days_asked",
    "enterprises",
    "gap_counts",
    "gap_url",
    "days_panel",
    "guiding_panel",
    "guiding_people",
    "home_page",
    "in_gap",
    "instructor_page",
    "instructor_url",
    "intervals",
    "leader_page",
    "list_url",
    "organization_panel",
    "proposal_page",
    "proposal_url",
    "scope_of",
    "station_page",
    "station_url",
    "stations",
    "survey_page",
    "survey_url",
    "travel_places",
]
