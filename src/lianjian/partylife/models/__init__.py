"""Party life: who is on the way in, who was found, how branches live."""

from .applicants import Applicant
from .doors import RIGHT
from .found import FoundMember

__all__ = [
    "Applicant",
    "FoundMember",
    "RIGHT",
]
