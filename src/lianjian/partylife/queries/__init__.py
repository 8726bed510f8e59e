"""What the pages of party life show, by subject."""

from django.utils.translation import gettext_lazy as _

from lianjian.foundation.declare import SearchSource

from .life import SHORTFALLS, late_of_instructor
from .listing import APPLICANTS, FOUND, applicant_url, found_url, kind_word
from .pages import applicant_page, found_page, organization_panel, overview, search_people
from .practice import APPRAISALS, GUIDANCE, PLEDGES, STANDARDS
from .practice_pages import meeting_panel

SEARCHES = [SearchSource(_("党员发展"), "partylife.see", search_people, 60)]  # type: ignore[arg-type]

__all__ = [
    "APPLICANTS",
    "APPRAISALS",
    "FOUND",
    "GUIDANCE",
    "PLEDGES",
    "SEARCHES",
    "SHORTFALLS",
    "STANDARDS",
    "applicant_page",
    "applicant_url",
    "found_page",
    "found_url",
    "kind_word",
    "late_of_instructor",
    "meeting_panel",
    "organization_panel",
    "overview",
]
