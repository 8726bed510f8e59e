"""What is typed about applicants."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import BodiesForm, firm_field


class ApplicationForm(BodiesForm):
    """A written application."""

    person = forms.CharField(label=_("姓名"), max_length=40)
    enterprise = firm_field()
    kind = forms.CharField(
        label=_("身份"),
        max_length=30,
        required=False,
        help_text=_("如业务骨干、高管、企业负责人、产业人才,也可以写别的。"),
    )
    applied_on = forms.DateField(label=_("递交申请书日期"), widget=forms.DateInput)
    contacts = forms.CharField(label=_("培养联系人"), max_length=120, required=False)
    note = forms.CharField(
        label=_("备注"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ChangeApplicationForm(ApplicationForm):
    """What was recorded of a way into the party; a step is entered only after the one before it."""

    activist_on = forms.DateField(label=_("确定积极分子日期"), widget=forms.DateInput, required=False)
    probationary_on = forms.DateField(label=_("接收预备党员日期"), widget=forms.DateInput, required=False)
    full_on = forms.DateField(label=_("转正日期"), widget=forms.DateInput, required=False)


class ActivistForm(forms.Form):
    """Chosen as activist."""

    activist_on = forms.DateField(label=_("确定积极分子日期"), widget=forms.DateInput)
    contacts = forms.CharField(
        label=_("培养联系人"),
        max_length=120,
        required=False,
        help_text=_("一至两名正式党员(发展党员工作细则第9条)。"),
    )


class ProbationaryForm(forms.Form):
    """Accepted as probationary member."""

    probationary_on = forms.DateField(
        label=_("接收预备党员日期"),
        widget=forms.DateInput,
        help_text=_("支部大会通过之日,预备期从这一天算起。"),
    )


class FullForm(forms.Form):
    """Became a full member."""

    full_on = forms.DateField(label=_("转正日期"), widget=forms.DateInput)


class EndForm(forms.Form):
    """The way ends."""

    ended_on = forms.DateField(label=_("终止日期"), widget=forms.DateInput)
    reason = forms.CharField(
        label=_("终止原因"), max_length=200, help_text=_("终止前已办的各步照旧计入统计。")
    )
