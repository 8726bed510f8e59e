"""Party life: who is on the way in, who was found, how branches live."""

from .applicants import Applicant
from .development import DevelopmentStep, Guide, Recommendation, StepGround
from .doors import RIGHT
from .found import FoundMember

__all__ = [
    "Applicant",
    "DevelopmentStep",
    "FoundMember",
    "Guide",
    "RIGHT",
    "Recommendation",
    "StepGround",
]
