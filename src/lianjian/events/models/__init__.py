"""Visits, meetings and what comes of them, venues."""

from .activities import Feed, Photo, Question, StandingTopic, Template, TemplateHost, Winner
from .attendance import Arrival, Attendance, Audience
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
from .signing import SignUp
from .venues import Display, Venue, VenueUser, Word
from .visits import INSTRUCTOR, Purpose, Visit, VisitPerson, covered_by

__all__ = [
    "INSTRUCTOR",
    "Answer",
    "Arrival",
    "Attendance",
    "Audience",
    "Charge",
    "Decision",
    "Display",
    "Feed",
    "Invitation",
    "Meeting",
    "Minutes",
    "Photo",
    "Purpose",
    "Question",
    "Series",
    "SignUp",
    "StandingTopic",
    "Task",
    "Template",
    "TemplateHost",
    "Venue",
    "VenueUser",
    "Visit",
    "VisitPerson",
    "Winner",
    "Word",
    "answer_of",
    "covered_by",
    "inside",
    "stands",
    "task_of",
]
