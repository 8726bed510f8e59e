"""What is typed about applicants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.errors import translate
from lianjian.rulebook.rules import full_years

from .. import rules
from ..rules.facts import Facts
from .fields import BRANCHES, BodiesForm, BodyField, firm_field


class ApplicationForm(BodiesForm):
    """A written application: who applies where, and what the rules ask of step 1."""

    person = forms.CharField(label=_("姓名"), max_length=40)
    enterprise = firm_field()
    branch = BodyField(
        label=_("接收申请的党支部"), src="/members/choices/branch", classifications=BRANCHES, required=False
    )
    committee_text = forms.CharField(
        label=_("有审批权的上级党委"), max_length=120, required=False, help_text=_("一般为乡镇、街道党委。")
    )
    kind = forms.CharField(
        label=_("身份"),
        max_length=30,
        required=False,
        help_text=_("如业务骨干、高管、企业负责人、产业人才,也可以写别的。"),
    )
    applied_on = forms.DateField(label=_("递交申请书日期"), widget=forms.DateInput)
    choice = forms.ChoiceField(label=_("交给哪个组织"))
    observed = forms.MultipleChoiceField(
        label=_("已具备的材料和程序"), widget=forms.CheckboxSelectMultiple, required=False
    )
    born = forms.DateField(
        label=_("出生日期"),
        widget=forms.DateInput,
        required=False,
        help_text=_("只用来核对是否年满十八周岁,不保存。"),
    )
    of_age = forms.BooleanField(label=_("已核对证件:递交之日年满十八周岁"), required=False)
    filed = forms.BooleanField(label=_("材料已收入发展党员档案"), required=False)
    note = forms.CharField(
        label=_("备注"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, papers: Mapping[str, Any], options: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("observed", papers), ("choice", options)):
            self.fields[name].choices = [(code, translate(str(word))) for code, word in words.items()]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the verb takes: the application, and the facts of step 1."""
        found = super().values()
        born = found.pop("born")
        years = full_years(born, found["applied_on"]) if born is not None else None
        told = {name: found.pop(name) for name in ("choice", "of_age", "filed")}
        found["facts"] = Facts(observed=frozenset(found.pop("observed")), years=years, **told)
        return found


class ChangeApplicationForm(BodiesForm):
    """What was recorded of a person, and days of steps that were taken on paper."""

    enterprise = firm_field()
    branch = BodyField(
        label=_("接收申请的党支部"), src="/members/choices/branch", classifications=BRANCHES, required=False
    )
    committee_text = forms.CharField(
        label=_("有审批权的上级党委"), max_length=120, required=False, help_text=_("一般为乡镇、街道党委。")
    )
    kind = forms.CharField(
        label=_("身份"),
        max_length=30,
        required=False,
        help_text=_("如业务骨干、高管、企业负责人、产业人才,也可以写别的。"),
    )
    applied_on = forms.DateField(label=_("递交申请书日期"), widget=forms.DateInput)
    activist_on = forms.DateField(label=_("确定积极分子日期"), widget=forms.DateInput, required=False)
    target_on = forms.DateField(label=_("确定发展对象日期"), widget=forms.DateInput, required=False)
    probationary_on = forms.DateField(label=_("接收预备党员日期"), widget=forms.DateInput, required=False)
    full_on = forms.DateField(label=_("转正日期"), widget=forms.DateInput, required=False)
    contacts = forms.CharField(label=_("培养联系人"), max_length=120, required=False)
    note = forms.CharField(
        label=_("备注"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class EndForm(forms.Form):
    """The way ends."""

    kind = forms.ChoiceField(
        label=_("终止方式"),
        choices=lambda: [(code, _(rules.ENDINGS[code])) for code in ("withdrew", "stopped", "removed")],
    )
    ended_on = forms.DateField(label=_("终止日期"), widget=forms.DateInput)
    reason = forms.CharField(
        label=_("终止原因"), max_length=200, help_text=_("终止前已办的各步照旧计入统计。")
    )
