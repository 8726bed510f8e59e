"""What is typed on public pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.cases import rules as cases
from lianjian.cases.forms.answers import AnswersForm
from lianjian.cases.queries import category_names
from lianjian.directory.models import Organization
from lianjian.events.forms import WhomField
from lianjian.foundation.actor import Actor
from lianjian.notices import rules as documents

from . import limits
from .models import Entrance
from .queries import accusable, kinds_told, villages_of

NONE_OF_THESE = "none"


def _area(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=label, max_length=4000, help_text=help_text, widget=widget)


class ReportForm(forms.Form):
    """A matter told by anybody, made to be filled in on a phone within a minute."""

    kind = forms.ChoiceField(label=_("事项种类"), widget=forms.RadioSelect)
    text = _area(_("您要反映什么"), _("写清楚时间、地点、什么事、希望怎么办。"))
    category = forms.ChoiceField(label=_("类别"))
    village = forms.ChoiceField(label=_("所在村(社区)"), required=False)
    address = forms.CharField(label=_("具体地点"), max_length=200, required=False)
    accused = forms.ChoiceField(
        label=_("反映的是哪个单位"),
        required=False,
        help_text=_("投诉举报单位的才选。选了以后,该单位看不到这件事;反映镇村本级的,由上一级受理。"),
    )
    accused_text = forms.CharField(label=_("反映的人或部门"), max_length=120, required=False)
    reporter = forms.CharField(
        label=_("您的姓名"), max_length=40, required=False, help_text=_("可以不留;留下的只有承办人员看得到。")
    )
    reporter_phone = forms.CharField(
        label=_("联系电话"), max_length=20, required=False, help_text=_("留电话便于回访,不会公开。")
    )
    join = forms.ChoiceField(label=_("已有人反映过类似的事"), widget=forms.RadioSelect, required=False)
    sum = forms.CharField(label="", max_length=4, required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    mark = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, entrance: Entrance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = entrance.jurisdiction_id
        kinds = kinds_told(entrance)
        self.fields["kind"].choices = [(kind.code, str(kind.name)) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["kind"].initial = kinds[0].code
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
        self.fields["category"].choices = [("", gettext("请选择")), *category_names(place)]  # type: ignore[attr-defined]
        self.fields["category"].widget.attrs |= {
            "hx-get": "", "hx-target": "#questions", "hx-include": "this", "hx-trigger": "change"
        }  # fmt: skip
        if any(kind.has(cases.ACCUSATION) for kind in kinds):
            choices = [("", gettext("不针对单位")), *accusable(place)]
            self.fields["accused"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["accused"], self.fields["accused_text"]
        if entrance.organization.classification == Organization.Classification.VILLAGE:
            del self.fields["village"]
        else:
            choices = [("", gettext("不选")), *villages_of(place)]
            self.fields["village"].choices = choices  # type: ignore[attr-defined]
        code = (self.data if self.is_bound else self.initial).get("category", "")
        self.questions = AnswersForm(self.data if self.is_bound else None, code=code, jurisdiction_id=place)
        self.near: list[tuple[str, str]] = []
        self.fields["opened"].initial = limits.opened()
        del self.fields["sum"]
        del self.fields["join"]

    def clean(self) -> dict[str, Any]:
        """Questions of the category that were not asked yet come first."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if self.questions.wanting():
            self.add_error(None, _("这一类别还要问几个问题,请在页面下方回答后再提交。"))
        return found

    def offer(self, near: list[tuple[str, str]]) -> None:
        """Ask whether it is one of these."""
        choices = [*near, (NONE_OF_THESE, gettext("都不是,我要单独提交"))]
        self.fields["join"] = forms.ChoiceField(
            label=gettext("已有人反映过类似的事,是其中一件吗?"), choices=choices, widget=forms.RadioSelect
        )
        self.order_fields(["join"])

    def ask_sum(self) -> None:
        """A small sum, new each time."""
        question, mark = limits.new_sum()
        self.fields["sum"] = forms.CharField(label=question, max_length=4)
        data = self.data.copy()
        data["mark"], data["sum"] = mark, ""
        self.data = data

    def renew(self) -> None:
        """The form is given out once more, from now."""
        data = self.data.copy()
        data["opened"] = limits.opened()
        self.data = data


class FollowForm(forms.Form):
    """Number and code."""

    number = forms.CharField(label=_("编号"), max_length=30)
    code = forms.CharField(label=_("查询码"), max_length=12, help_text=_("提交时显示的八位字母数字。"))


class ConfirmForm(forms.Form):
    """It is so."""

    rating = forms.ChoiceField(label=_("您满意吗"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rating"].choices = [(code, gettext(word)) for code, word in cases.RATINGS.items()]  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """A reason, or more of what was told."""

    words = _area(_("内容"))

    def __init__(self, *args: Any, label: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].required = label, needed


class EntranceForm(forms.Form):
    """Where the code hangs and what is told there."""

    organization = WhomField(label=_("单位或村(社区)"), src="/portal/bodies")
    spot = forms.CharField(
        label=_("位置"), max_length=60, required=False, help_text=_("如“第三网格”“东门卫室”,同一单位可以有几个。")
    )
    kinds = forms.MultipleChoiceField(
        label=_("可以提交的事项"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都不选的,按单位的种类给出。"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]
        self.fields["kinds"].choices = [(kind.code, str(kind.name)) for kind in cases.KINDS.values()]  # type: ignore[attr-defined]


class NoticesForm(forms.Form):
    """Which public documents."""

    q = forms.CharField(required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(required=False)
    since = forms.DateField(required=False, widget=forms.DateInput)
    until = forms.DateField(required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(code, gettext(word)) for code, word in documents.KINDS.items()]
        self.fields["kind"].choices = [("", gettext("全部")), *words]  # type: ignore[attr-defined]
