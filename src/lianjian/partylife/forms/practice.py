"""What is typed about standards, guidance, pledges, appraisals, plans of training, and a missed cadence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField
from lianjian.foundation.actor import Actor

from ..rules import practice as rules


def _choices(words: Any) -> Any:
    return lambda: [(code, _(word)) for code, word in words.items()]


def _words(label: Any, *, most: int = 300, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=help_text,
    )


class _Acting(forms.Form):
    """A form whose organizations are looked up for the person who asks."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, OrganizationField):
                field.actor = actor


def branch_field(**options: Any) -> OrganizationField:
    """A party organization."""
    return OrganizationField(label=_("党支部"), classifications=("party",), **options)


class StandardForm(forms.Form):
    """A line of the checklist."""

    area = forms.ChoiceField(label=_("方面"), choices=_choices(rules.AREAS))
    title = forms.CharField(label=_("标准"), max_length=120)
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("文件名称和文号。"))
    position = forms.IntegerField(label=_("序号"), min_value=0, max_value=999, initial=0)
    valid_from = forms.DateField(label=_("起用日期"), widget=forms.DateInput)
    valid_to = forms.DateField(label=_("止用日期"), widget=forms.DateInput, required=False)


class EndStandardForm(forms.Form):
    """The last day on which a line is asked for."""

    valid_to = forms.DateField(label=_("止用日期"), widget=forms.DateInput, help_text=_("最后适用的一天。"))


class CheckForm(forms.Form):
    """How a branch stands on a line."""

    verdict = forms.ChoiceField(
        label=_("检查结果"), choices=_choices(rules.VERDICTS), widget=forms.RadioSelect, initial=rules.MET
    )
    words = _words(_("情况或问题"), help_text=_("待整改的,写明问题。"))
    mend_by = forms.DateField(label=_("整改期限"), widget=forms.DateInput, required=False)
    checked_on = forms.DateField(label=_("检查日期"), widget=forms.DateInput)


class RemarkForm(forms.Form):
    """An instructor's remark on a meeting."""

    branch = forms.ChoiceField(label=_("党支部"))
    quality = forms.ChoiceField(
        label=_("总体看"), choices=_choices(rules.QUALITIES), widget=forms.RadioSelect, initial="good"
    )
    words = _words(_("意见"), help_text=_("需要改进的,写明改进什么。"))
    mend_by = forms.DateField(label=_("改进期限"), widget=forms.DateInput, required=False)

    def __init__(self, *args: Any, branches: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].choices = branches  # type: ignore[attr-defined]


class MendForm(forms.Form):
    """How the branch mended it."""

    words = _words(_("改进情况"), required=True)


class PledgeForm(_Acting):
    """A post of honour or a pledge."""

    person = forms.CharField(label=_("姓名"), max_length=40)
    branch = branch_field()
    enterprise = OrganizationField(
        label=_("所在企业"), classifications=("enterprise", "social", "cooperative"), required=False
    )
    kind = forms.ChoiceField(label=_("种类"), choices=_choices(rules.PLEDGES))
    post = forms.CharField(
        label=_("岗位或项目"), max_length=60, help_text=_("如“一车间党员先锋岗”;致富带头人写领办的项目。")
    )
    promise = _words(_("承诺"), most=200, required=True)
    since = forms.DateField(label=_("亮出日期"), widget=forms.DateInput)
    consented = forms.BooleanField(label=_("本人同意公开展示"), required=False)


class ChangePledgeForm(forms.Form):
    """Other words, or the result."""

    post = forms.CharField(label=_("岗位或项目"), max_length=60)
    promise = _words(_("承诺"), most=200, required=True)
    since = forms.DateField(label=_("亮出日期"), widget=forms.DateInput)
    result = _words(_("业绩"))
    result_on = forms.DateField(label=_("业绩日期"), widget=forms.DateInput, required=False)
    consented = forms.BooleanField(label=_("本人同意公开展示"), required=False)


class EndPledgeForm(forms.Form):
    """When and why it ends."""

    until = forms.DateField(label=_("结束日期"), widget=forms.DateInput)
    reason = forms.CharField(label=_("结束原因"), max_length=200)


class ChangeTrainingForm(forms.Form):
    """A line of a year's plan of classes and activities."""

    title = forms.CharField(label=_("名称"), max_length=80)
    kind = forms.ChoiceField(
        label=_("活动种类"),
        required=False,
        help_text=_("按种类计数,如主题党日、互访;培训班可以不选,只按培训对象计数。"),
    )
    audiences = forms.MultipleChoiceField(
        label=_("培训对象"), widget=forms.CheckboxSelectMultiple, required=False, help_text=_("只有培训班才选。")
    )
    times = forms.IntegerField(label=_("次数(期数)"), min_value=1, max_value=366, initial=1)
    month = forms.IntegerField(label=_("最迟月份"), min_value=1, max_value=12, required=False)
    hours = forms.DecimalField(
        label=_("每期学时"), min_value=0, max_value=400, max_digits=4, decimal_places=1, required=False
    )
    document = forms.CharField(label=_("依据文件"), max_length=120, required=False)

    def __init__(self, *args: Any, words: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audiences"].choices = words["audience"]  # type: ignore[attr-defined]
        held = self.initial.get("kind", "")  # offered no longer, and kept by a line that has it
        kept = [(held, _(held))] if held and held not in dict(words["kind"]) else []
        self.fields["kind"].choices = [("", "—"), *words["kind"], *kept]  # type: ignore[attr-defined]


class TrainingForm(ChangeTrainingForm):
    """A new line: for whom it is planned, and in which year."""

    organization = OrganizationField(label=_("举办单位"))
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    field_order = ("organization", "year", "title")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]


class QuorumForm(forms.Form):
    """How many are entitled and how many of them came, where there is no list."""

    eligible = forms.IntegerField(
        label=_("应到人数"), min_value=1, max_value=9999,
        help_text=_("党员大会按有表决权的正式党员,支委会按支委会成员;预备党员不算在内。"),
    )  # fmt: skip
    present = forms.IntegerField(
        label=_("实到人数"), min_value=0, max_value=9999, help_text=_("应到的人里到会的,列席的不算。")
    )
    reason = forms.CharField(
        label=_("人数不够时的理由"), max_length=200, required=False,
        help_text=_("只有支委会(惯例,没有全国条文)写明理由后仍计入组织生活;党员大会不能用理由代替人数。"),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("理由"), max_length=200)
