"""What is known everywhere about visits and meetings, and what is refused."""

from .visits import (
    DEFAULT_PURPOSE,
    PURPOSES,
    NobodyVisited,
    PurposeExists,
    ReasonMissing,
    VisitInTheFuture,
    VisitWithdrawn,
    check_visit,
    purpose_of,
    split_names,
)

__all__ = [
    "DEFAULT_PURPOSE",
    "PURPOSES",
    "NobodyVisited",
    "PurposeExists",
    "ReasonMissing",
    "VisitInTheFuture",
    "VisitWithdrawn",
    "check_visit",
    "purpose_of",
    "split_names",
]
