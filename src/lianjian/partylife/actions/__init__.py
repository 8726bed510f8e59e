"""Verbs of party life, by subject."""

from .applicants import (
    change_application,
    end_application,
    on_paper,
    record_application,
    withdraw_application,
)
from .found import change_found_member, record_found_member, take_into_care, withdraw_found_member
from .holding import ProbationRuns, facts_of
from .importing import DevelopmentLine, FoundLine, adopt_firm, import_applicants, import_found_members
from .standing import require_open
from .steps import correct_step, file_paper, strike_step, take_step
from .ways import BeforeApplied, recommend, return_for_training, take_over, transfer_applicant

__all__ = [
    "BeforeApplied",
    "DevelopmentLine",
    "FoundLine",
    "ProbationRuns",
    "adopt_firm",
    "change_application",
    "change_found_member",
    "end_application",
    "import_applicants",
    "import_found_members",
    "correct_step",
    "facts_of",
    "file_paper",
    "on_paper",
    "recommend",
    "record_application",
    "record_found_member",
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
