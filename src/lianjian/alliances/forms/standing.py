"""What is typed about alliances."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField
from lianjian.foundation.actor import Actor

from .. import rules
from ..models import Alliance
from ..queries.terms import every_term

BLANK = ("", "—")


class AllianceForm(forms.Form):
    """An alliance: an organization that is there, or a new name."""

    form = forms.ChoiceField(
        label=_("形式"),
        choices=[(code, _(word)) for code, word in rules.FORMS.items()],
        widget=forms.RadioSelect,
        initial="functional",
        help_text=_("联建党组织是正式成立的党组织,参加选举和统计;功能型联盟不是。"),
    )
    organization = OrganizationField(
        label=_("已登记的组织"),
        classifications=("party", "joint"),
        required=False,
        help_text=_("组织机构里已有的,从这里选;没有的,在下面写名称。"),
    )
    name = forms.CharField(label=_("名称"), max_length=120, required=False)
    parent = OrganizationField(
        label=_("上级"), required=False, help_text=_("新登记的组织隶属于谁;不填的隶属于本地区。")
    )
    mode = forms.ChoiceField(label=_("联建模式"))
    basis = forms.ChoiceField(label=_("组建依据"), required=False)
    chain = forms.ChoiceField(label=_("产业链"), required=False)
    functions = forms.MultipleChoiceField(
        label=_("功能"), required=False, widget=forms.CheckboxSelectMultiple
    )
    tags = forms.MultipleChoiceField(label=_("工作方法"), required=False, widget=forms.CheckboxSelectMultiple)
    founded_on = forms.DateField(label=_("成立日期"), widget=forms.DateInput)
    document = forms.CharField(
        label=_("成立文件"), max_length=80, required=False, help_text=_("文号或标题。")
    )
    term_until = forms.DateField(label=_("本届任期至"), widget=forms.DateInput, required=False)
    charter = forms.CharField(label=_("章程要点"), widget=forms.Textarea(attrs={"rows": 4}), required=False)

    def __init__(self, *args: Any, actor: Actor, alliance: Alliance | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = every_term(actor.jurisdiction_id)
        for name, code in (
            ("mode", "mode"),
            ("basis", "basis"),
            ("chain", "chain"),
            ("functions", "function"),
            ("tags", "tag"),
        ):
            held = getattr(alliance, name, "") or ()
            kept = [
                (one, one)
                for one in ([held] if isinstance(held, str) else held)
                if one not in dict(words[code])
            ]
            first = [BLANK] if name in ("basis", "chain") else []
            self.fields[name].choices = [*first, *words[code], *kept]  # type: ignore[attr-defined]
        for name in ("organization", "parent"):
            self.fields[name].actor = actor  # type: ignore[attr-defined]
        if alliance is not None:
            for name in ("form", "organization", "name", "parent", "founded_on"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """One of the two: an organization or a name."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if "name" in self.fields and "organization" not in self.errors:
            if bool(found.get("organization")) == bool(found.get("name")):
                self.add_error("name", gettext("请选择已登记的组织,或写新的名称,二者填一个。"))
        return found


class SeatForm(forms.Form):
    """A body joins."""

    organization = OrganizationField(label=_("单位"), help_text=_("本县任何乡镇的组织都可以加入。"))
    role = forms.ChoiceField(label=_("角色"))
    since = forms.DateField(label=_("加入日期"), widget=forms.DateInput)
    until = forms.DateField(
        label=_("退出日期"),
        widget=forms.DateInput,
        required=False,
        help_text=_("不再是成员的第一天;还在的不填。"),
    )
    ground = forms.CharField(label=_("依据"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]
        self.fields["role"].choices = every_term(actor.jurisdiction_id)["role"]  # type: ignore[attr-defined]
        self.fields["role"].initial = rules.MEMBER


class EndForm(forms.Form):
    """From when on it is no more."""

    until = forms.DateField(label=_("退出日期"), widget=forms.DateInput, help_text=_("不再是成员的第一天。"))


class DissolveForm(forms.Form):
    """From when on the alliance is no more."""

    on = forms.DateField(
        label=_("解散日期"), widget=forms.DateInput, help_text=_("不再存在的第一天;以前的日子不变。")
    )


class TermForm(forms.Form):
    """A word of one's own."""

    list = forms.ChoiceField(
        label=_("选项"), choices=[(code, _(name)) for code, (name, _known) in rules.LISTS.items()]
    )
    name = forms.CharField(label=_("名称"), max_length=30)


class BrandForm(forms.Form):
    """The brand of a body."""

    name = forms.CharField(label=_("品牌"), max_length=40)
    about = forms.CharField(label=_("说明"), max_length=300, required=False)
    since = forms.DateField(label=_("自"), widget=forms.DateInput)


class DemonstrationForm(forms.Form):
    """A demonstration project."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    title = forms.CharField(label=_("示范项目"), max_length=80)


class DayForm(forms.Form):
    """What is counted: on which day, which alliances."""

    day = forms.DateField(label=_("日期"), widget=forms.DateInput)
    form = forms.ChoiceField(
        label=_("形式"),
        required=False,
        choices=[("", _("全部")), *((code, _(word)) for code, word in rules.FORMS.items())],
    )
    mode = forms.ChoiceField(label=_("联建模式"), required=False)
    chain = forms.ChoiceField(label=_("产业链"), required=False)

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        words = every_term(actor.jurisdiction_id)
        for name in ("mode", "chain"):
            self.fields[name].choices = [("", gettext("全部")), *words[name]]  # type: ignore[attr-defined]
