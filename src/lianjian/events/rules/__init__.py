"""What is known everywhere, and what is refused: visits here, meetings and venues in `meetings`, dates of what recurs
in `recurrence`.
"""

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
