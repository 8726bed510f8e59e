"""The figures that visits, meetings, venues and volunteer service can answer for, by subject."""

from . import meetings, serving, supervising
from .meetings import (
    attendances,
    audiences,
    classes,
    decisions_due,
    decisions_in_time,
    in_parts,
    meetings_held,
    party_days,
    services,
    visited_enterprises,
    visits_in,
)
from .venues import VENUES

INDICATORS = [*meetings.INDICATORS, *VENUES, *serving.INDICATORS, *supervising.INDICATORS]

__all__ = [
    "INDICATORS",
    "attendances",
    "audiences",
    "classes",
    "decisions_due",
    "decisions_in_time",
    "in_parts",
    "meetings_held",
    "party_days",
    "services",
    "visited_enterprises",
    "visits_in",
]
