"""Forms of the office: categories and routes, questions, words of answers, services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.events.forms import WhomField
from lianjian.foundation.actor import Actor

from .. import rules
from ..queries import category_names
from .pieces import area, words

UNIT_KINDS = ("government", "mass", "station", "centre", "institute", "village", "property")


def _units(**options: Any) -> WhomField:
    return WhomField(label=_("承办单位"), src="/cases/units", classifications=UNIT_KINDS, **options)


def _categories(actor: Actor, empty: str) -> list[tuple[str, str]]:
    return [("", empty), *category_names(actor.jurisdiction_id)]


class RouteForm(forms.Form):
    """To which unit matters of a category, of a village, or of both go."""

    category = forms.ChoiceField(label=_("类别"), required=False)
    village = WhomField(
        label=_("所在村(社区)"),
        src="/cases/villages",
        classifications=("village",),
        required=False,
        help_text=_("只管一个村的规则才填;与类别同填的优先。"),
    )
    organization = _units()
    ground = forms.CharField(label=_("依据"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organization", "village"):
            self.fields[name].actor = actor  # type: ignore[attr-defined]
        self.fields["category"].choices = _categories(actor, gettext("不分类别"))  # type: ignore[attr-defined]


class SpanForm(forms.Form):
    """From a day to a day."""

    since = forms.DateField(label=_("不早于"), widget=forms.DateInput)
    until = forms.DateField(label=_("不晚于"), widget=forms.DateInput)


class CategoryForm(forms.Form):
    """A category of one's own."""

    name = forms.CharField(label=_("名称"), max_length=40)
    parent = forms.ChoiceField(label=_("上级类别"), required=False)
    amount = forms.IntegerField(label=_("办理时限(工作日)"), min_value=1, max_value=250, required=False)
    kinds = forms.MultipleChoiceField(
        label=_("用于哪些事项"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都不选的,随上级类别;上级也没有选的,都可以用。"),
    )
    departmental = forms.BooleanField(
        label=_("部门职责事项"),
        required=False,
        help_text=_("勾选后,这一类别和下级类别的事项不能派给村(社区)、党建指导站和党群服务中心(国办函〔2025〕66号)。"),
    )

    def __init__(self, *args: Any, actor: Actor, code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [pair for pair in _categories(actor, gettext("没有,放在最上一级")) if pair[0] != code or not code]
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]
        self.fields["kinds"].choices = [(kind.code, str(kind.name)) for kind in rules.KINDS.values()]  # type: ignore[attr-defined]


class QuestionForm(forms.Form):
    """What is asked about matters of a category."""

    text = forms.CharField(label=_("问题"), max_length=100)
    kind = forms.ChoiceField(label=_("怎么回答"), widget=forms.RadioSelect, initial="text")
    choices = area(_("选项"), rows=3, required=False, help_text=_("“从选项中选”的才填,一行一个。"))
    required = forms.BooleanField(label=_("必须回答"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = words(rules.QUESTION_KINDS)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        return {**self.cleaned_data, "choices": self.cleaned_data["choices"].splitlines()}


class TemplateForm(forms.Form):
    """Words to begin an answer with."""

    name = forms.CharField(label=_("名称"), max_length=40)
    category = forms.ChoiceField(label=_("类别"), required=False)
    text = area(_("内容"), rows=6, help_text=_("可以用 {编号}、{诉求人}、{单位},套用时换成那一件的。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = _categories(actor, gettext("各类别都能用"))  # type: ignore[attr-defined]


class ServiceForm(forms.Form):
    """One entry of the service catalogue."""

    name = forms.CharField(label=_("服务名称"), max_length=40)
    about = area(_("服务内容"), rows=3)
    papers = area(_("需要的材料"), rows=3, required=False)
    kind = forms.ChoiceField(label=_("按哪种事项办"), initial="proxy")
    category = forms.ChoiceField(label=_("类别"))
    organization = _units(required=False)
    post = forms.CharField(label=_("岗位"), max_length=40, required=False, help_text=_("一岗通办的岗位,如“综合窗口”。"))
    days = forms.IntegerField(label=_("承诺工作日"), min_value=1, max_value=250, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(kind.code, str(kind.name)) for kind in rules.KINDS.values()]  # type: ignore[attr-defined]
        self.fields["category"].choices = _categories(actor, gettext("请选择"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Texts are cut by the verb; here they say so."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("about", "papers"):
            if len(found.get(name) or "") > 500:
                self.add_error(name, _("最多 500 字。"))
        return found
