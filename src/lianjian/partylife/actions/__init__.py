"""Verbs of party life, by subject."""

from .absences import decide_standing, end_absence, record_absence, record_contact
from .applicants import (
    change_application,
    end_application,
    on_paper,
    record_application,
    withdraw_application,
)
from .appraisals import change_appraisal, record_appraisal
from .bodies import (
    approve_exception,
    bodies_merge,
    change_form,
    end_exception,
    follow_profile,
    join_unit,
    seat_in_group,
)
from .cadence import derive_cadences, explain, follow_meeting
from .committees import Officer, derive_terms, move_election, record_term
from .deadlines import derive_deadlines
from .elections import Named, approve_election, record_election, return_election
from .found import change_found_member, record_found_member, take_into_care, withdraw_found_member
from .founding import approve_founding
from .holding import ProbationRuns, facts_of
from .import_members import MemberLine, import_members
from .importing import DevelopmentLine, FoundLine, adopt_firm, import_applicants, import_found_members
from .leads import TOLD as LEAD_TOLD
from .leads import end_talent, follow_talent, notice_talent
from .members import (
    add_host,
    add_member,
    change_member,
    end_exemption,
    end_host,
    end_membership,
    enter_branch,
    exempt,
    leave_out,
)
from .moves import (
    accept_transfer,
    confirm_transfer,
    follow_receiver,
    open_transfer,
    refuse_transfer,
    settle_transfer,
    withdraw_transfer,
)
from .pool import note_in_review, review_pool, strike_review
from .practice import (
    change_pledge,
    change_training,
    drop_training,
    end_pledge,
    plan_training,
    pledge,
)
from .quorum import count_quorum, judge_meeting
from .reporting import body_ended, report_change
from .standards import add_standard, check_standard, end_standard, mend, remark
from .standing import require_open
from .steps import correct_step, file_paper, strike_step, take_step
from .ways import BeforeApplied, recommend, return_for_training, take_over, transfer_applicant

__all__ = [
    "accept_transfer",
    "confirm_transfer",
    "decide_standing",
    "end_absence",
    "follow_receiver",
    "open_transfer",
    "record_absence",
    "record_contact",
    "refuse_transfer",
    "settle_transfer",
    "withdraw_transfer",
    "count_quorum",
    "judge_meeting",
    "Named",
    "Officer",
    "approve_election",
    "approve_exception",
    "approve_founding",
    "bodies_merge",
    "body_ended",
    "report_change",
    "change_form",
    "derive_terms",
    "end_exception",
    "follow_profile",
    "join_unit",
    "move_election",
    "record_election",
    "record_term",
    "return_election",
    "seat_in_group",
    "add_host",
    "add_member",
    "change_member",
    "end_exemption",
    "enter_branch",
    "end_host",
    "end_membership",
    "exempt",
    "leave_out",
    "BeforeApplied",
    "DevelopmentLine",
    "LEAD_TOLD",
    "end_talent",
    "follow_talent",
    "notice_talent",
    "FoundLine",
    "ProbationRuns",
    "add_standard",
    "adopt_firm",
    "change_application",
    "change_appraisal",
    "change_found_member",
    "change_pledge",
    "change_training",
    "check_standard",
    "correct_step",
    "derive_cadences",
    "derive_deadlines",
    "drop_training",
    "end_application",
    "end_pledge",
    "end_standard",
    "explain",
    "facts_of",
    "file_paper",
    "follow_meeting",
    "import_applicants",
    "import_found_members",
    "import_members",
    "MemberLine",
    "mend",
    "on_paper",
    "plan_training",
    "pledge",
    "recommend",
    "record_application",
    "note_in_review",
    "record_appraisal",
    "review_pool",
    "strike_review",
    "record_found_member",
    "remark",
    "require_open",
    "return_for_training",
    "strike_step",
    "take_into_care",
    "take_over",
    "take_step",
    "transfer_applicant",
    "withdraw_application",
    "withdraw_found_member",
]
