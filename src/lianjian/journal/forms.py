"""What the auditor types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    """Which values of an entry are erased, and why."""

    fields_ = forms.MultipleChoiceField(label=_("清除哪些内容"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("例如:本人依法要求删除个人信息"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_"].choices = choices  # type: ignore[attr-defined]
