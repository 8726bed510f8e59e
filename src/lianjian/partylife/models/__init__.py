"""Party life: who is on the way in, who was found, how branches live."""

from .applicants import Applicant
from .cadence import Appraisal, Shortfall
from .doors import RIGHT
from .found import FoundMember
from .practice import Guidance, Pledge, Standard, StandardCheck, TrainingLine

__all__ = [
    "RIGHT",
    "Applicant",
    "Appraisal",
    "FoundMember",
    "Guidance",
    "Pledge",
    "Shortfall",
    "Standard",
    "StandardCheck",
    "TrainingLine",
]
