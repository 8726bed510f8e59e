"""Verbs of party life, by subject."""

from .applicants import (
    change_application,
    end_application,
    mark_activist,
    mark_full,
    mark_probationary,
    record_application,
    withdraw_application,
)
from .cadence import derive_cadences, explain, follow_meeting
from .found import change_found_member, record_found_member, take_into_care, withdraw_found_member
from .importing import DevelopmentLine, FoundLine, adopt_firm, import_applicants, import_found_members
from .practice import (
    change_appraisal,
    change_pledge,
    change_training,
    drop_training,
    end_pledge,
    plan_training,
    pledge,
    record_appraisal,
)
from .standards import add_standard, check_standard, end_standard, mend, remark

__all__ = [
    "DevelopmentLine",
    "FoundLine",
    "add_standard",
    "adopt_firm",
    "change_application",
    "change_appraisal",
    "change_found_member",
    "change_pledge",
    "change_training",
    "check_standard",
    "derive_cadences",
    "drop_training",
    "end_application",
    "end_pledge",
    "end_standard",
    "explain",
    "follow_meeting",
    "import_applicants",
    "import_found_members",
    "mark_activist",
    "mark_full",
    "mark_probationary",
    "mend",
    "plan_training",
    "pledge",
    "record_application",
    "record_appraisal",
    "record_found_member",
    "remark",
    "take_into_care",
    "withdraw_application",
    "withdraw_found_member",
]
