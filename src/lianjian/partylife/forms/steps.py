"""What is typed about a step: one form for each kind of the 25."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.files.forms import ManyFilesField
from lianjian.foundation.errors import translate
from lianjian.rulebook.rules import full_years

from .. import rules
from ..rules import development as dev
from ..rules.facts import BALLOT, BODIES, OPINIONS, STATUSES, Facts, Guide
from .fields import BodiesForm, BodyField, firm_field

# What a step asks beside its day, its papers and its result.
GUIDED = ("first_name", "first_status", "second_name", "second_status")
VOTES = ("eligible", "present", "yes", "no", "abstain", "written", "written_yes")
ASKED: Mapping[int, tuple[str, ...]] = {
    dev.APPLIED: ("choice", "born", "of_age"),
    dev.TALK: ("choice",),
    dev.ACTIVIST: ("notice_from", "youth"),
    dev.CONTACTS: GUIDED,
    dev.TARGET: ("notice_from",),
    dev.SPONSORS: GUIDED,
    dev.REVIEW: ("mobile", "review_mobile"),
    dev.TRAINING: ("training_days", "training_hours", "override"),
    dev.PREREVIEW: ("leaves_on",),
    dev.FORM: ("form_number",),
    dev.MEETING: (*VOTES, "notice_from"),
    dev.APPROVAL: ("body_kind",),
    dev.FULL_MEETING: (*VOTES, "extend_months", "notice_from"),
    dev.FULL_APPROVAL: ("body_kind",),
}


def _words(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (code, translate(word["words"] if isinstance(word, Mapping) else word))
        for code, word in options.items()
    ]


class StepForm(forms.Form):
    """A step of the way into the party. Fields that the step does not ask for are left out."""

    done_on = forms.DateField(label=_("办理日期"), widget=forms.DateInput)
    choice = forms.ChoiceField(label=_("选项"), required=False)
    outcome = forms.ChoiceField(label=_("结果"), required=False)
    by_whom = forms.CharField(
        label=_("承办的组织或人员"),
        max_length=120,
        required=False,
        help_text=_("如党支部、乡镇党委、组织委员某某。"),
    )
    body_kind = forms.ChoiceField(label=_("作出审批的党组织"), required=False)
    born = forms.DateField(
        label=_("出生日期"),
        widget=forms.DateInput,
        required=False,
        help_text=_("只用来核对是否年满十八周岁,不保存。"),
    )
    of_age = forms.BooleanField(label=_("已核对证件:递交之日年满十八周岁"), required=False)
    first_name = forms.CharField(label=_("第一名"), max_length=40)
    first_status = forms.ChoiceField(label=_("第一名的身份"))
    second_name = forms.CharField(label=_("第二名"), max_length=40, required=False)
    second_status = forms.ChoiceField(label=_("第二名的身份"), required=False)
    mobile = forms.BooleanField(label=_("流动人员"), required=False)
    review_mobile = forms.MultipleChoiceField(
        label=_("流动人员还须有的意见"), widget=forms.CheckboxSelectMultiple, required=False
    )
    youth = forms.BooleanField(label=_("二十八周岁以下的共青团员"), required=False)
    training_days = forms.IntegerField(label=_("培训天数"), min_value=0, max_value=365, required=False)
    training_hours = forms.IntegerField(label=_("培训学时"), min_value=0, max_value=2000, required=False)
    override = forms.CharField(
        label=_("个别特殊情况的批准文件"), max_length=120, required=False,
        help_text=_("由有审批权的基层党委决定可以不经培训的,填写文号。"),
    )  # fmt: skip
    leaves_on = forms.DateField(
        label=_("预计离开本单位的日期"),
        widget=forms.DateInput,
        required=False,
        help_text=_("没有离开的打算就空着。"),
    )
    form_number = forms.CharField(label=_("入党志愿书编号"), max_length=40)
    eligible = forms.IntegerField(label=_("应到会人数(有表决权的正式党员)"), min_value=0, max_value=99999)
    present = forms.IntegerField(label=_("实到会人数(有表决权的正式党员)"), min_value=0, max_value=99999)
    yes = forms.IntegerField(label=_("赞成票数"), min_value=0, max_value=99999)
    no = forms.IntegerField(label=_("反对票数"), min_value=0, max_value=99999, required=False)
    abstain = forms.IntegerField(label=_("弃权票数"), min_value=0, max_value=99999, required=False)
    written = forms.IntegerField(
        label=_("会前提交的书面意见"), min_value=0, max_value=99999, required=False,
        help_text=_("因故不能到会的党员会前正式提出的书面意见,计入票数,不计入实到。请在下面勾选会前提交、正式提出。"),
    )  # fmt: skip
    written_yes = forms.IntegerField(
        label=_("其中赞成的书面意见"), min_value=0, max_value=99999, required=False
    )
    extend_months = forms.IntegerField(
        label=_("延长的月数"),
        min_value=0,
        max_value=99,
        required=False,
        help_text=_("只在结果为“延长预备期”时填写。"),
    )
    notice_from = forms.DateField(label=_("公示开始日期"), widget=forms.DateInput, required=False)
    observed = forms.MultipleChoiceField(
        label=_("已具备的材料和程序"), widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(
        label=_("备注"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    filed = forms.BooleanField(label=_("材料已收入发展党员档案"), required=False)
    file = ManyFilesField(label=_("材料扫描件"), required=False)
    reason = forms.CharField(
        label=_("与规定不一致的理由"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("只在系统提示与“一般”规定不一致时填写,理由随记录保存。"),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        number: int,
        papers: Mapping[str, Any],
        options: Mapping[str, Any],
        mobile: Mapping[str, Any],
        asked: frozenset[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        self._leave_out(asked)
        self._choices(options, papers, mobile)

    def _leave_out(self, asked: frozenset[str]) -> None:
        """`asked`: fields that the law of the place switches on (a notice, the youth)."""
        always = {"done_on", "by_whom", "note", "file", "reason"}
        kept = always | set(ASKED.get(self.number, ())) - ({"notice_from", "youth"} - asked)
        if self.number in dev.CHOICES:
            kept.add("outcome")
        if dev.STEPS[self.number].document:
            kept.add("filed")
        for name in [name for name in self.fields if name not in kept and name != "observed"]:
            del self.fields[name]

    def _choices(
        self, options: Mapping[str, Any], papers: Mapping[str, Any], mobile: Mapping[str, Any]
    ) -> None:
        lists: dict[str, list[tuple[str, str]]] = {
            "choice": _words(options),
            "outcome": [
                *([] if self.number in dev.LASTING else [("", "")]),
                *_words({code: dev.OUTCOMES[code] for code in dev.CHOICES.get(self.number, ())}),
            ],
            "body_kind": [("", ""), *_words(BODIES)],
            "first_status": _words(STATUSES),
            "second_status": _words(STATUSES),
            "review_mobile": _words(mobile),
            "observed": _words({**papers, **({**BALLOT, **OPINIONS} if self.number in dev.VOTED else {})}),
        }
        for name, found in lists.items():
            if name in self.fields:
                self.fields[name].choices = found  # type: ignore[attr-defined]
        if not lists["observed"]:
            del self.fields["observed"]
        if "choice" in self.fields:
            self.fields["choice"].label = _("交给哪个组织") if self.number == dev.APPLIED else _("谈话人")
        if self.number == dev.CONTACTS:
            self.fields["first_status"].help_text = _("须为正式党员。")
        if self.number == dev.SPONSORS:
            self.fields["second_name"].required = True

    def facts(self, people: Mapping[str, int]) -> Facts:
        """What the verb takes; `people`: ids of the members who are meant by name."""
        given = self.cleaned_data
        plain = {
            name: given[name]
            for name in (
                "choice", "outcome", "by_whom", "body_kind", "form_number", "leaves_on", "notice_from", "mobile",
                "override", "note", "filed", "reason", "of_age", "eligible", "present", "yes",
            )
            if name in given
        }  # fmt: skip
        numbers = {
            name: given.get(name) or 0
            for name in (
                "no",
                "abstain",
                "written",
                "written_yes",
                "training_days",
                "training_hours",
                "extend_months",
            )
        }
        if plain.get("outcome") != dev.EXTEND:
            numbers["extend_months"] = 0
        seen = {*given.get("observed", ()), *given.get("review_mobile", ())} | (
            {"youth"} if given.get("youth") else set()
        )
        if given.get("file"):  # a scan is the paper
            plain["filed"] = True
        return Facts(
            observed=frozenset(seen),
            years=self._years(),
            guides=tuple(self._guides(people)),
            **plain,
            **numbers,
        )

    def _years(self) -> int | None:
        born: date | None = self.cleaned_data.get("born")
        return full_years(born, self.cleaned_data["done_on"]) if born is not None else None

    def _guides(self, people: Mapping[str, int]) -> list[Guide]:
        pairs = (("first_name", "first_status"), ("second_name", "second_status"))
        named = [
            (self.cleaned_data.get(name, "").strip(), self.cleaned_data.get(status)) for name, status in pairs
        ]
        return [Guide(name, status or "full", people.get(name)) for name, status in named if name]


class CorrectionForm(StepForm):
    """A step put right, with the reason."""

    why = forms.CharField(label=_("更正理由"), max_length=200)

    def _leave_out(self, asked: frozenset[str]) -> None:
        super()._leave_out(asked)
        self.fields["why"] = self.base_fields["why"]
        for name in ("outcome", "file"):
            self.fields.pop(name, None)


class WhyForm(forms.Form):
    """Something is taken back."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class RecommendForm(forms.Form):
    """Members or a mass organization recommend an applicant."""

    kind = forms.ChoiceField(
        label=_("推荐方式"), choices=lambda: [(code, _(word)) for code, word in rules.RECOMMENDERS.items()]
    )
    by_text = forms.CharField(label=_("推荐的组织或党员"), max_length=120)
    recommended_on = forms.DateField(label=_("推荐日期"), widget=forms.DateInput)
    opinion = forms.CharField(
        label=_("推荐意见"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReturnForm(forms.Form):
    """Back to the training of activists."""

    returned_on = forms.DateField(label=_("退回日期"), widget=forms.DateInput)
    reason = forms.CharField(label=_("退回理由"), max_length=200)


class TransferForm(BodiesForm):
    """Another branch goes on."""

    transferred_on = forms.DateField(label=_("转移日期"), widget=forms.DateInput)
    branch = BodyField(
        label=_("转往的党支部"), src="/members/choices/branch", classifications=("party",),
        help_text=_("本地的党支部:记录直接转过去;外地的党支部:本地记录到此为止,已培养的时间和材料随人走。"),
    )  # fmt: skip
    enterprise = firm_field(required=False, help_text=_("工作单位也变了的,填写新单位。"))
    reason = forms.CharField(label=_("原因"), max_length=200, required=False)


class TakeOverForm(BodiesForm):
    """Go on here with somebody who was transferred."""

    branch = BodyField(label=_("接收的党支部"), src="/members/choices/branch", classifications=("party",))
    enterprise = firm_field()
