"""What coverage keeps beside the dated links and roles: caps, tiers, proposals, surveys, goals."""

from .care import FirmTier, Goal, Interval
from .planning import Cap, CapPlace, Leave, Proposal, ProposedCover
from .surveys import Survey, SurveyFirm

__all__ = [
    "Cap",
    "CapPlace",
    "FirmTier",
    "Goal",
    "Interval",
    "Leave",
    "Proposal",
    "ProposedCover",
    "Survey",
    "SurveyFirm",
]
