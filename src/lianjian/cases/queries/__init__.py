"""What the pages of cases show, by subject."""

from .calling import callback_panel
from .categories import routes, suggest, suggestions, units_for
from .channels import CHANNELS, LESSONS, lesson_panel
from .handovers import handover_panel
from .line import escalation_panel
from .listing import CASES, FILE_SOURCES, SEARCHES, case_url, overdue, visible
from .measures import measure_panel
from .moves import may_attach
from .pages import case_page, organization_panel, visit_panel
from .public import follower_panel
from .published import item_panel, matches_panel, publication_panel
from .settling import HEARINGS, hearing_panel, mediation_panel
from .solved import alliance_panel
from .teams import team_panel
from .tree import category_names

__all__ = [
    "CHANNELS",
    "alliance_panel",
    "LESSONS",
    "lesson_panel",
    "callback_panel",
    "HEARINGS",
    "hearing_panel",
    "mediation_panel",
    "CASES",
    "FILE_SOURCES",
    "SEARCHES",
    "case_page",
    "case_url",
    "category_names",
    "escalation_panel",
    "follower_panel",
    "item_panel",
    "matches_panel",
    "publication_panel",
    "handover_panel",
    "may_attach",
    "measure_panel",
    "organization_panel",
    "overdue",
    "routes",
    "suggest",
    "suggestions",
    "team_panel",
    "units_for",
    "visible",
    "visit_panel",
]
