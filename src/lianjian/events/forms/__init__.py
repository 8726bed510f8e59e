"""What is typed about visits, meetings and venues."""

from .visits import PurposeForm, UploadForm, VisitForm, WhomField, WithdrawForm, show_choice

__all__ = ["PurposeForm", "UploadForm", "VisitForm", "WhomField", "WithdrawForm", "show_choice"]
