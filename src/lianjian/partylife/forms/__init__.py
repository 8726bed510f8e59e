"""What is typed about party life, by subject."""

from .applicants import (
    ApplicationForm,
    ChangeApplicationForm,
    EndForm,
)
from .fields import (
    BRANCHES,
    FIRMS,
    BodyField,
    WithdrawForm,
    show_names,
)
from .found import CareForm, FoundForm
from .leads import EndLeadForm, FollowForm, LeadForm
from .members import (
    AddMemberForm,
    EndExemptionForm,
    EndHostForm,
    EndMemberForm,
    EnterForm,
    ExemptForm,
    HostForm,
    LeaveOutForm,
    MemberForm,
)
from .steps import (
    CorrectionForm,
    RecommendForm,
    ReturnForm,
    StepForm,
    TakeOverForm,
    TransferForm,
    WhyForm,
)

__all__ = [
    "AddMemberForm",
    "EndExemptionForm",
    "EndHostForm",
    "EndMemberForm",
    "EnterForm",
    "ExemptForm",
    "HostForm",
    "LeaveOutForm",
    "MemberForm",
    "ApplicationForm",
    "BRANCHES",
    "BodyField",
    "CareForm",
    "ChangeApplicationForm",
    "CorrectionForm",
    "EndForm",
    "EndLeadForm",
    "FollowForm",
    "LeadForm",
    "FIRMS",
    "FoundForm",
    "RecommendForm",
    "ReturnForm",
    "StepForm",
    "TakeOverForm",
    "TransferForm",
    "WhyForm",
    "WithdrawForm",
    "show_names",
]
