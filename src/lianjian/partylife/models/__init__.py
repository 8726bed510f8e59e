"""Party life: who is on the way in, who was found, how branches live."""

from .applicants import Applicant
from .bodies import Approval, BodyForm
from .cadence import Appraisal, Quorum, Shortfall
from .committees import Elected, Election, ElectionGround, Term
from .development import DevelopmentStep, Guide, Recommendation, StepGround
from .doors import RIGHT
from .found import FoundMember
from .leads import TalentLead
from .members import BranchMembership, MemberExemption, PartyMember
from .moves import Absence, MemberContact, StandingDecision, Transfer, TransferAnswer
from .pool import PoolNote, PoolReview
from .practice import Guidance, Pledge, Standard, StandardCheck, TrainingLine

__all__ = [
    "Absence",
    "MemberContact",
    "StandingDecision",
    "Transfer",
    "TransferAnswer",
    "BranchMembership",
    "MemberExemption",
    "PartyMember",
    "RIGHT",
    "Applicant",
    "Approval",
    "BodyForm",
    "Elected",
    "Election",
    "ElectionGround",
    "Term",
    "Appraisal",
    "DevelopmentStep",
    "FoundMember",
    "Guidance",
    "Guide",
    "Pledge",
    "PoolNote",
    "PoolReview",
    "Recommendation",
    "Quorum",
    "Shortfall",
    "Standard",
    "StandardCheck",
    "StepGround",
    "TalentLead",
    "TrainingLine",
]
