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
from .serving import ServingTeam, member_then, served_by
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
    "ServingTeam",
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
    "member_then",
    "served_by",
    "stands",
    "task_of",
]
