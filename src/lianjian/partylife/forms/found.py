"""What is typed about found members."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import rules
from .fields import BRANCHES, BodiesForm, BodyField, firm_field


class FoundForm(BodiesForm):
    """A member who was found in a firm."""

    person = forms.CharField(label=_("姓名"), max_length=40)
    enterprise = firm_field()
    found_on = forms.DateField(label=_("找出日期"), widget=forms.DateInput)
    home_branch = BodyField(
        label=_("组织关系所在党支部"), src="/members/choices/branch", classifications=BRANCHES, required=False
    )
    joint_branch = BodyField(
        label=_("联系共管党支部"), src="/members/choices/branch", classifications=BRANCHES, required=False
    )
    managed_on = forms.DateField(
        label=_("纳管日期"), widget=forms.DateInput, required=False, help_text=_("还没有纳入共管就空着。")
    )
    source = forms.ChoiceField(label=_("来源"), choices=lambda: [(c, _(w)) for c, w in rules.SOURCES.items()])
    note = forms.CharField(
        label=_("备注"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class CareForm(BodiesForm):
    """The joint branch takes a member up."""

    joint_branch = BodyField(
        label=_("联系共管党支部"), src="/members/choices/branch", classifications=BRANCHES
    )
    managed_on = forms.DateField(label=_("纳管日期"), widget=forms.DateInput)
