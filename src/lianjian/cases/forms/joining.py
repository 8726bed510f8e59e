"""What is typed at the moves that join other units or other cases, and at second looks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.calendar import day_end

from .. import actions, rules
from ..queries.likes import likely_same
from .moves import MoveForm, unit_choices, unit_of
from .pieces import area, words


class _UnitForm(MoveForm):
    """A move that names a unit."""

    unit_field = "handler"

    def prepare(self) -> None:
        """Units of the place."""
        self.fields[self.unit_field].choices = [("", gettext("请选择")), *unit_choices(self)]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """With the unit itself."""
        return {**self.cleaned_data, self.unit_field: unit_of(self.cleaned_data[self.unit_field])}


class RuleForm(_UnitForm):
    """Who handles it, finally."""

    handler = forms.ChoiceField(label=_("承办单位"), widget=forms.Select(attrs={"data-combobox": "1"}))
    ground = area(_("裁定依据"), rows=3, help_text=_("被裁定的单位不能再退回。"))
    make_route = forms.BooleanField(label=_("以后这一类别都派给该单位"), required=False)
    verb = staticmethod(actions.rule_case)
    done = _("已裁定。")


class RecallForm(MoveForm):
    """Why the office takes it back."""

    reason = area(_("收回理由"), rows=3)
    verb = staticmethod(actions.recall_case)
    done = _("已收回,请重新派单。")
    note = _("时限照常计算,不因收回重新起算。")


class RecuseForm(MoveForm):
    """Why one has an interest in it."""

    reason = area(_("回避理由"), rows=3, help_text=_("写明与当事人的关系。之后由本单位其他同志签收,时限不变。"))
    verb = staticmethod(actions.recuse_handler)
    done = _("已回避。")


class DeclineForm(MoveForm):
    """Which lawful way it has instead."""

    reason_code = forms.ChoiceField(label=_("不予受理的理由"), widget=forms.RadioSelect)
    text = area(_("告知内容"), rows=4, help_text=_("写明应当走的法定途径、受理的机关和办法。"))
    verb = staticmethod(actions.decline_case)
    done = _("已告知不予受理。")

    def prepare(self) -> None:
        """Reasons."""
        self.fields["reason_code"].choices = words(rules.DECLINE_REASONS)  # type: ignore[attr-defined]


class VetForm(MoveForm):
    """Is there really nothing to be done?"""

    approve = forms.ChoiceField(label=_("复核意见"), widget=forms.RadioSelect)
    ground = area(_("理由"), rows=3)
    verb = staticmethod(actions.vet_case)
    done = _("复核结果已记下。")

    def prepare(self) -> None:
        """Both answers."""
        choices = [("yes", gettext("确实解决不了,同意反馈")), ("no", gettext("还应继续办理"))]
        self.fields["approve"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """With a truth value."""
        return {**self.cleaned_data, "approve": self.cleaned_data["approve"] == "yes"}


class OfferForm(_UnitForm):
    """Which unit comes in, how, until when and why."""

    unit_field = "organization"
    kind = forms.ChoiceField(label=_("方式"), widget=forms.RadioSelect, initial="co")
    organization = forms.ChoiceField(label=_("单位"), widget=forms.Select(attrs={"data-combobox": "1"}))
    due_on = forms.DateField(
        label=_("最迟反馈日期"),
        required=False,
        widget=forms.DateInput,
        help_text=_("不填或晚于本件时限的,以本件时限为准。"),
    )
    ground = area(_("请其办理什么、为什么"), rows=3)
    verb = staticmethod(actions.offer_case)
    done = _("已送达该单位,等其接受。")

    def prepare(self) -> None:
        """Ways and units."""
        super().prepare()
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("co", gettext("协办:一起办,各自反馈")),
            ("refer", gettext("委托办理:办完交回本单位")),
            ("transfer", gettext("移交:对方接受后成为承办单位")),
        ]

    def values(self) -> dict[str, Any]:
        """With the end of the day."""
        found = super().values()
        day = found.pop("due_on", None)
        return {**found, "due_at": day_end(day) if day else None}


class ReopenForm(MoveForm):
    """Why it is not done after all."""

    reason = area(_("重新办理的理由"), rows=3)
    verb = staticmethod(actions.reopen_case)
    done = _("已重新办理,由原承办单位继续。")
    note = _("办结期间不计时限;办结前已超期的仍算超期。")


class MergeForm(MoveForm):
    """Which open case is the same."""

    into = forms.ChoiceField(label=_("并入"), widget=forms.Select(attrs={"data-combobox": "1"}))
    reason = area(_("并案理由"), rows=2)
    verb = staticmethod(actions.merge_case)
    done = _("已并案。")
    note = _("并案后与被并入的诉求合为一件计数,诉求人随其结果得到告知。")

    def prepare(self) -> None:
        """Open cases, the likeliest first."""
        self.found = {str(one.key): one for one in likely_same(self.actor, self.case)}
        shown = [(key, f"{one.number} {one.title}") for key, one in self.found.items()]
        self.fields["into"].choices = [("", gettext("请选择")), *shown]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """With the case itself."""
        return {**self.cleaned_data, "into": self.found[str(UUID(self.cleaned_data["into"]))]}


class UnmergeForm(MoveForm):
    """Why it is another matter."""

    reason = area(_("取消并案的理由"), rows=2)
    verb = staticmethod(actions.unmerge_case)
    done = _("已取消并案,请重新派单。")


class SplitForm(MoveForm):
    """The matters in it, one a line."""

    parts = area(_("拆出的事项"), rows=5, help_text=_("一行一件。原件保留,拆出的另编号。"))
    reason = forms.CharField(label=_("说明"), max_length=300, required=False)
    verb = staticmethod(actions.split_case)
    done = _("已拆分。")

    def values(self) -> dict[str, Any]:
        """One text a line."""
        return {**self.cleaned_data, "parts": self.cleaned_data["parts"].splitlines()}


class RewordForm(MoveForm):
    """The words that others read."""

    title = forms.CharField(label=_("标题"), max_length=120)
    text = area(_("公开表述"), rows=6, help_text=_("原话保留。请去掉姓名、电话等个人信息。"))
    publish = forms.BooleanField(
        label=_("在公开页面显示,让有同样诉求的人一起跟进"), required=False
    )
    verb = staticmethod(actions.reword_case)
    done = _("公开表述已修改。")

    def prepare(self) -> None:
        """As it stands."""
        self.fields["title"].initial, self.fields["text"].initial = self.case.title, self.case.text
        self.fields["publish"].initial = self.case.published
        if self.case.sort.private:
            del self.fields["publish"]


class ReplyForm(forms.Form):
    """A reply to an offer, or its end, in words."""

    reason = area(_("理由"), rows=3)
    note = ""

    def __init__(self, *args: Any, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if act == "hand_back":
            self.fields["reason"].label = gettext("办理情况")
        if act in ("accept", "revoke"):
            self.fields["reason"].required = False
        if act == "accept":
            del self.fields["reason"]


MOVE_FORMS: dict[str, type[MoveForm]] = {
    "recuse": RecuseForm,
    "rule": RuleForm,
    "recall": RecallForm,
    "decline": DeclineForm,
    "vet": VetForm,
    "offer": OfferForm,
    "reopen": ReopenForm,
    "merge": MergeForm,
    "unmerge": UnmergeForm,
    "split": SplitForm,
    "reword": RewordForm,
}
