"""What the pages of party life show, by subject."""

from django.utils.translation import gettext_lazy as _

from lianjian.foundation.declare import SearchSource

from .appraisals import APPRAISALS
from .branches import BRANCHES, branch_page, branch_panel, branch_url, branches_of, member_page, member_url
from .campaigns import GOAL_SOURCES
from .guiding import late_behind, owed_of_instructor
from .ladder import Law, history_of, steps_of, window
from .leads import LEADS, lead_page, lead_url
from .life import SHORTFALLS
from .listing import APPLICANTS, FOUND, applicant_url, found_url, kind_word
from .members import branch_roll, home_branch, home_branches, looked_after, voters
from .moves import (
    MOBILE,
    TRANSFERS,
    transfer_page,
    transfer_url,
    transfers_of,
)
from .pages import found_page, may_write, organization_panel, overview, search_people
from .planned import plan_panel
from .pool import REVIEWS, review_notes
from .practice import GUIDANCE, PLEDGES, STANDARDS
from .practice_pages import meeting_panel
from .projects import team_panel
from .quorum import electorate, quorum_panel, quorum_paper
from .roster import ROSTER
from .staircase import next_of, papers_asked, people_named, staircase
from .standing import branch_notes, member_moves, proposals
from .waiting import DOSSIERS, WAITING, lacking

SEARCHES = [SearchSource(_("党内生活"), "partylife.see", search_people, 60)]  # type: ignore[arg-type]

__all__ = [
    "MOBILE",
    "TRANSFERS",
    "branch_notes",
    "member_moves",
    "proposals",
    "transfer_page",
    "transfer_url",
    "transfers_of",
    "GOAL_SOURCES",
    "branch_panel",
    "plan_panel",
    "BRANCHES",
    "branch_page",
    "branch_url",
    "branches_of",
    "member_page",
    "member_url",
    "branch_roll",
    "home_branch",
    "home_branches",
    "looked_after",
    "voters",
    "APPLICANTS",
    "APPRAISALS",
    "DOSSIERS",
    "FOUND",
    "GUIDANCE",
    "LEADS",
    "lead_page",
    "lead_url",
    "PLEDGES",
    "REVIEWS",
    "review_notes",
    "ROSTER",
    "SEARCHES",
    "SHORTFALLS",
    "STANDARDS",
    "WAITING",
    "Law",
    "applicant_url",
    "found_page",
    "found_url",
    "history_of",
    "kind_word",
    "lacking",
    "late_behind",
    "may_write",
    "electorate",
    "meeting_panel",
    "quorum_panel",
    "quorum_paper",
    "team_panel",
    "next_of",
    "organization_panel",
    "overview",
    "owed_of_instructor",
    "papers_asked",
    "people_named",
    "staircase",
    "steps_of",
    "window",
]
