"""What is typed about model cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField
from lianjian.foundation.actor import Actor


class ChangeModelCaseForm(forms.Form):
    """What a case is called, who named it, what it tells and teaches."""

    title = forms.CharField(label=_("典型案例"), max_length=80)
    year = forms.IntegerField(label=_("年份"), min_value=1990, max_value=2100)
    named_by = forms.CharField(label=_("推出单位"), max_length=80, help_text=_("把它列为典型的单位,如:市委组织部。"))
    document = forms.CharField(label=_("依据文件"), max_length=120, help_text=_("文号或标题。"))
    story = forms.CharField(
        label=_("基本做法"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    lessons = forms.CharField(
        label=_("可学的做法"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("别处照着能做的,一条一行。"),
    )


class ModelCaseForm(ChangeModelCaseForm):
    """A case, and where it was done: a body of the register, or a place elsewhere in words."""

    organization = OrganizationField(
        label=_("单位"), required=False, help_text=_("名册里的单位:乡镇、村、企业或联盟。")
    )
    place = forms.CharField(
        label=_("外地的地方或单位"),
        max_length=80,
        required=False,
        help_text=_("名册里没有的,在这里写明。两项填一项。"),
    )
    field_order = ("title", "organization", "place", "year")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]
