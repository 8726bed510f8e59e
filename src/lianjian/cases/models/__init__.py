"""Cases: categories and routing, the case, its story, requests for more time."""

from .callbacks import CallBack
from .cases import Case, CaseEvent, Extension
from .categories import Category, Question, ReplyTemplate, Route, Service
from .channels import Channel, ChannelMember, ChannelPost, Lesson
from .clock import Escalation, Pause
from .counts import CaseCount
from .followers import Follower
from .handovers import Handover
from .measures import Measure
from .recusals import Recusal
from .settling import Agreement, Attempt, Hearing, HearingCase, HearingPerson, Party

__all__ = [
    "Channel",
    "ChannelMember",
    "ChannelPost",
    "Lesson",
    "Agreement",
    "Attempt",
    "Hearing",
    "HearingCase",
    "HearingPerson",
    "Party",
    "CallBack",
    "Case",
    "CaseCount",
    "CaseEvent",
    "Category",
    "Escalation",
    "Extension",
    "Follower",
    "Handover",
    "Measure",
    "Pause",
    "Question",
    "Recusal",
    "ReplyTemplate",
    "Route",
    "Service",
]
