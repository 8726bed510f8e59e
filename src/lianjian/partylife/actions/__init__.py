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
from .found import change_found_member, record_found_member, take_into_care, withdraw_found_member
from .importing import DevelopmentLine, FoundLine, adopt_firm, import_applicants, import_found_members

__all__ = [
    "DevelopmentLine",
    "FoundLine",
    "adopt_firm",
    "change_application",
    "change_found_member",
    "end_application",
    "import_applicants",
    "import_found_members",
    "mark_activist",
    "mark_full",
    "mark_probationary",
    "record_application",
    "record_found_member",
    "take_into_care",
    "withdraw_application",
    "withdraw_found_member",
]
