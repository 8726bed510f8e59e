"""What is typed about members of a branch."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField
from lianjian.directory.models import Person
from lianjian.directory.queries.naming import named_person
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.rulebook.queries import rule_on

from .. import rules
from .fields import BRANCHES


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput, **options)


def _reasons(words: Any) -> list[tuple[str, str]]:
    return [("", _("请选择")), *((code, translate(word)) for code, word in words.items())]


class MemberForm(forms.Form):
    """Days and work of a member."""

    joined_on = _day(_("入党日期"), help_text=_("支部大会通过接收为预备党员的日期。"))
    full_on = _day(_("转正日期"), required=False, help_text=_("预备党员空着。"))
    occupation = forms.CharField(label=_("职业(岗位)"), max_length=40, required=False)


class AddMemberForm(MemberForm):
    """A member enters the branch that he belongs to."""

    person = forms.CharField(
        label=_("姓名"), max_length=60, help_text=_("已登记的人从列出的名字中选择;没有登记的直接写姓名。"),
        widget=forms.TextInput(attrs={"data-src": "/directory/people/lookup", "data-free": "1", "autocomplete": "off"}),
    )  # fmt: skip
    namesake = forms.BooleanField(label=_("是同名的另一个人,新建人员"), required=False)
    since = _day(_("编入本支部日期"))
    origin = forms.CharField(
        label=_("从系统外转入的,原党组织"), max_length=120, required=False,
        help_text=_("凭介绍信从系统外转入时填写;本系统内的用“转接组织关系”。"),
    )  # fmt: skip
    letter_number = forms.CharField(label=_("介绍信编号"), max_length=60, required=False)
    field_order = ("person", "namesake", "joined_on", "full_on", "since", "occupation", "origin", "letter_number")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean(self) -> dict[str, Any]:
        """The person who is meant: chosen, the only bearer of the name, or a new name."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        text = str(found.get("person") or "").strip()
        if not text or found.get("namesake"):
            return found
        person = named_person(self.actor, text)
        if person is not None:
            found["person"] = person
        elif Person.objects.visible_to(self.actor).filter(name=text).exists():  # type: ignore[attr-defined]
            self.add_error("person", _("有同名的人,请从列出的名字中选择,或勾选“新建人员”。"))
        return found


class EnterForm(forms.Form):
    """A member on record enters a branch again."""

    branch = OrganizationField(label=_("党支部"), classifications=BRANCHES)
    since = _day(_("编入日期"))
    origin = forms.CharField(label=_("从系统外转入的,原党组织"), max_length=120, required=False)
    letter_number = forms.CharField(label=_("介绍信编号"), max_length=60, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].actor = actor  # type: ignore[attr-defined]


class HostForm(forms.Form):
    """A second branch looks after a member."""

    branch = OrganizationField(label=_("联系共管党支部"), classifications=BRANCHES)
    since = _day(_("开始日期"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].actor = actor  # type: ignore[attr-defined]


class EndHostForm(forms.Form):
    """The second branch stops."""

    until = _day(_("停止日期"), help_text=_("从这一天起不再共管。"))
    reason = forms.CharField(label=_("理由"), max_length=200)


class EndMemberForm(forms.Form):
    """A member leaves the branch for none that is kept here."""

    until = _day(_("离开日期"), help_text=_("从这一天起不再是本支部党员。"))
    kind = forms.ChoiceField(label=_("去向"), choices=lambda: _reasons(rules.LEAVINGS))
    reason = forms.CharField(
        label=_("说明"), max_length=200, help_text=_("写明接收单位或决定文号,由人决定,系统不会自动处理。")
    )


class ExemptForm(forms.Form):
    """A time without duty to attend."""

    kind = forms.ChoiceField(label=_("情形"), choices=lambda: _reasons(rules.EXEMPTIONS))
    since = _day(_("开始日期"))
    until = _day(_("结束日期"), required=False, help_text=_("从这一天起恢复;长期的空着。不要填写健康状况。"))


class LeaveOutForm(forms.Form):
    """Not counted among those who should come to vote."""

    kind = forms.ChoiceField(label=_("情形"))
    consent = forms.CharField(label=_("上级党组织批复文号"), max_length=60)
    adopted_on = _day(_("党员大会通过日期"))
    since = _day(_("开始日期"))
    until = _day(_("结束日期"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = rule_on("election.left_out", today).params["one_of"]
        self.fields["kind"].choices = _reasons(words)  # type: ignore[attr-defined]


class EndExemptionForm(forms.Form):
    """Bound, or counted, again."""

    until = _day(_("结束日期"), help_text=_("从这一天起恢复。"))
