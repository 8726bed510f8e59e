"""What an administrator typed about days and local numbers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import queries


class DayForm(forms.Form):
    """The day whose rules are shown."""

    day = forms.DateField(label=_("日期"), widget=forms.DateInput)


class LoadDaysForm(forms.Form):
    """A year's holidays and make-up days, pasted a line each."""

    year = forms.IntegerField(label=_("年份"), min_value=2020, max_value=2100)
    days = forms.CharField(
        label=_("放假和调休"),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=10_000,
        help_text=_("每行一段:“2027-10-01 至 2027-10-07 休 国庆节”,“2027-10-09 班 国庆节调休”。"),
    )
    source = forms.CharField(
        label=_("依据文件"), max_length=200, help_text=_("例如:国务院办公厅关于2027年部分节假日安排的通知")
    )
    complete = forms.BooleanField(
        label=_("这是全年的放假安排"),
        required=False,
        help_text=_("勾选后,这一年的期限不再标为“暂定”,已算出的暂定期限自动重算。"),
    )


class EndLocalForm(forms.Form):
    """The last day of a local rule."""

    valid_to = forms.DateField(label=_("停用日(含)"), widget=forms.DateInput)


class ProfileForm(forms.Form):
    """A profile for all categories or for one, from a day on."""

    profile = forms.ChoiceField(label=_("时限方案"), required=False)
    subject = forms.ChoiceField(
        label=_("用于哪类诉求"), required=False, help_text=_("单独选用的类别优先于“全部类别”。")
    )
    valid_from = forms.DateField(
        label=_("自哪天起"), widget=forms.DateInput, help_text=_("这一天以前登记的诉求仍按原方案。")
    )
    source = forms.CharField(
        label=_("依据文件"), max_length=200, help_text=_("文件名称和文号,没有依据不能改时限。")
    )

    def __init__(self, *args: Any, jurisdiction_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].choices = queries.profile_choices()  # type: ignore[attr-defined]
        self.fields["subject"].choices = list(queries.subject_names(jurisdiction_id).items())  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """For the verb."""
        return dict(self.cleaned_data)
