"""What was asked of figures and reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.files.checking import MAX_SIZE


class PeriodForm(forms.Form):
    """Scope and period of figures."""

    scope = forms.ChoiceField(label=_("范围"), required=False)
    period = forms.CharField(
        label=_("时段"),
        required=False,
        max_length=30,
        help_text=_("如 2024、2024Q1、2024-03、2024-01-01..2024-10-31"),
    )

    def __init__(self, *args: Any, places: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = [(place.key, place.name) for place in places]  # type: ignore[attr-defined]


class RestateForm(forms.Form):
    """Why a frozen figure changes."""

    reason = forms.CharField(label=_("更正原因"), max_length=200)


class ReplaceForm(forms.Form):
    """Another file for a template."""

    file = forms.FileField(
        label=_("模板文件"),
        help_text=_("Word(docx)或 Excel(xlsx),不能含宏。"),
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx", "data-max": MAX_SIZE}),
    )


class TemplateForm(ReplaceForm):
    """A template of the office."""

    name = forms.CharField(label=_("模板名称"), max_length=60)
    field_order = ("name", "file")
