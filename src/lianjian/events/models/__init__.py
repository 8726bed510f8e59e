"""Visits, meetings and what comes of them, venues."""

from .activities import Feed, Photo, Question, StandingTopic, Template, TemplateHost, Winner
from .attendance import Arrival, Attendance, Audience
from .bookings import MEETING, Booking, VenueCount, VenueService
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
from .supervising import VisitItem
from .venues import Display, Venue, VenueUser, Word
from .visits import INSTRUCTOR, Purpose, Visit, VisitPerson, covered_by

__all__ = [
    "INSTRUCTOR",
    "MEETING",
    "Answer",
    "Arrival",
    "Attendance",
    "Audience",
    "Booking",
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
    "VenueCount",
    "VenueService",
    "VenueUser",
    "Visit",
    "VisitItem",
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
