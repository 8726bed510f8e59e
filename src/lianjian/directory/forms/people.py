"""What is typed about people, made clean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor

from ..models import Person
from ..queries.lists import role_choices
from .fields import OrganizationField, PhoneField, ResidentIdField, day


class PersonForm(forms.Form):
    """The least the work needs. Phone and identity number are encrypted; left empty they stay as they are."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    sex = forms.ChoiceField(label=_("性别"), required=False, choices=[("", "—"), *Person.Sex.choices])
    phone = PhoneField(
        label=_("电话"), max_length=40, required=False, help_text=_("加密保存,页面上只显示首尾几位。")
    )
    identity_number = ResidentIdField(
        label=_("身份证号"), max_length=30, required=False, help_text=_("工作不需要就不要填。加密保存。")
    )
    name_published = forms.BooleanField(
        label=_("姓名可在公开页面出现"), required=False, help_text=_("只有公职身份的人员才勾选。")
    )
    note = forms.CharField(label=_("备注"), max_length=200, required=False)

    def changes(self) -> dict[str, Any]:
        """What the verb takes: secrets only where something was typed."""
        values = dict(self.cleaned_data)
        for name in ("phone", "identity_number"):
            if not values[name]:
                del values[name]
        return values


class RoleForm(forms.Form):
    """A role of this person in an organization."""

    organization = OrganizationField(label=_("组织"))
    role = forms.ChoiceField(label=_("任职"), choices=role_choices)
    since = day(_("从哪天起"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]


class UnmaskForm(forms.Form):
    """Why a masked value is looked at."""

    field = forms.ChoiceField(
        choices=[("phone", _("电话")), ("identity_number", _("身份证号"))], widget=forms.HiddenInput
    )
    reason = forms.CharField(label=_("查看理由"), max_length=200, help_text=_("理由和查看的人会记入日志。"))
