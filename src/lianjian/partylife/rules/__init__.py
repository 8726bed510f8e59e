"""What is known everywhere about party life, and what is refused, by subject."""

from .applicants import (
    KINDS,
    STAGES,
    AlreadyApplied,
    BeforeApplication,
    NotYetActivist,
    NotYetProbationary,
    ProbationTooShort,
    StepTaken,
    TooSoonAfterActivist,
    check_order,
    kind_code,
    stage_of,
)
from .found import (
    SOURCES,
    AlreadyFound,
    AlreadyManaged,
    JointBranchMissing,
    ManagedBeforeFound,
)
from .shared import (
    Ended,
    EnterpriseMissing,
    InTheFuture,
    NameMissing,
    ReasonMissing,
)

__all__ = [
    "AlreadyApplied",
    "AlreadyFound",
    "AlreadyManaged",
    "BeforeApplication",
    "Ended",
    "EnterpriseMissing",
    "InTheFuture",
    "JointBranchMissing",
    "KINDS",
    "ManagedBeforeFound",
    "NameMissing",
    "NotYetActivist",
    "NotYetProbationary",
    "ProbationTooShort",
    "ReasonMissing",
    "SOURCES",
    "STAGES",
    "StepTaken",
    "TooSoonAfterActivist",
    "check_order",
    "kind_code",
    "stage_of",
]
