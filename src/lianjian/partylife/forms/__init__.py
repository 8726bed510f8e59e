"""What is typed about party life, by subject."""

from .applicants import (
    ActivistForm,
    ApplicationForm,
    ChangeApplicationForm,
    EndForm,
    FullForm,
    ProbationaryForm,
)
from .fields import (
    BRANCHES,
    FIRMS,
    BodyField,
    WithdrawForm,
    show_names,
)
from .found import CareForm, FoundForm

__all__ = [
    "ActivistForm",
    "ApplicationForm",
    "BRANCHES",
    "BodyField",
    "CareForm",
    "ChangeApplicationForm",
    "EndForm",
    "FIRMS",
    "FoundForm",
    "FullForm",
    "ProbationaryForm",
    "WithdrawForm",
    "show_names",
]
