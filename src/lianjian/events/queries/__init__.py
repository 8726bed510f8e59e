"""What the pages of visits, meetings and venues show."""

from .activities import (
    feeds_of,
    results_panel,
    template_lines,
    template_page,
    template_url,
    templates_of,
    topics_of,
)
from .calendar import Month, ical, month_of, month_page, own_calendar
from .meeting import MeetingPage, meeting_page, venue_choices, writes
from .meetings import MEETING_SEARCH, MEETINGS, held_since, meeting_url
from .panels import joint_meetings_panel, meeting_panel, meetings_of, team_services_panel
from .topics import standing_lines, topics_url
from .venues import VENUES, VenuePage, venue_page, venue_url
from .visits import (
    FILE_SOURCES,
    VISIT_SEARCHES,
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
from .words import every_word, own_words, word_name

SEARCHES = [*VISIT_SEARCHES, MEETING_SEARCH]

__all__ = [
    "FILE_SOURCES",
    "MEETINGS",
    "SEARCHES",
    "VENUES",
    "VISITABLE",
    "VISITS",
    "MeetingPage",
    "Month",
    "VenuePage",
    "covered_choices",
    "day_of",
    "every_word",
    "feeds_of",
    "ical",
    "held_since",
    "joint_meetings_panel",
    "may_change",
    "meeting_page",
    "meeting_panel",
    "meeting_url",
    "meetings_of",
    "month_of",
    "month_page",
    "organization_panel",
    "own_calendar",
    "own_words",
    "purpose_name",
    "purpose_rows",
    "purposes",
    "results_panel",
    "standing_lines",
    "team_services_panel",
    "template_lines",
    "template_page",
    "template_url",
    "templates_of",
    "topics_of",
    "topics_url",
    "venue_choices",
    "venue_page",
    "venue_url",
    "visit_page",
    "visit_url",
    "whom_choices",
    "word_name",
    "writes",
]
