"""Visits, meetings and what comes of them, venues."""

from .attendance import Attendance, Audience
from .meetings import (
    Answer,
    Charge,
    Decision,
    Invitation,
    Meeting,
    Minutes,
    Series,
    Task,
    answer_of,
    inside,
    stands,
    task_of,
)
from .venues import Venue, VenueUser, Word
from .visits import INSTRUCTOR, Purpose, Visit, VisitPerson, covered_by

__all__ = [
    "INSTRUCTOR",
    "Answer",
    "Attendance",
    "Audience",
    "Charge",
    "Decision",
    "Invitation",
    "Meeting",
    "Minutes",
    "Purpose",
    "Series",
    "Task",
    "Venue",
    "VenueUser",
    "Visit",
    "VisitPerson",
    "Word",
    "answer_of",
    "covered_by",
    "inside",
    "stands",
    "task_of",
]
