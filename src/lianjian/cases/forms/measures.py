"""What is typed about a measure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import rules
from .pieces import words


class MeasureForm(forms.Form):
    """What was done, how much, when."""

    note = ""
    kind = forms.ChoiceField(label=_("记什么"), widget=forms.RadioSelect, initial="work")
    what = forms.CharField(label=_("内容"), max_length=120, help_text=_("例如:硬化道路、新修水渠、新增就业。"))
    quantity = forms.CharField(
        label=_("数量和单位"), max_length=40, help_text=_("照实写,例如:1600平方米、1.5公里、12人、30万元。")
    )
    channel = forms.CharField(
        label=_("渠道"), max_length=40, required=False, help_text=_("新增就业的写怎么招的,例如:招聘会、自行招聘。")
    )
    done_on = forms.DateField(label=_("完成日期"), widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = words(rules.MEASURE_KINDS)  # type: ignore[attr-defined]
