"""What the security administrator types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor

from ..models import Organization
from ..queries.accounts import grantable_organizations
from ..roles import ROLE_CHOICES


class GrantForm(forms.Form):
    """A role over an organization and all below it, from a day on."""

    role = forms.ChoiceField(label=_("角色"))
    organization = forms.ModelChoiceField(
        label=_("在哪个单位"),
        queryset=Organization.objects.none(),
        to_field_name="key",
        help_text=_("含其全部下级;选镇党委即为全镇。"),
        widget=forms.Select(attrs={"data-combobox": "1"}),
    )
    since = forms.DateField(label=_("自"))
    until = forms.DateField(label=_("到(不含当日)"), required=False, help_text=_("不填为长期有效。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(code, gettext(name)) for code, name in ROLE_CHOICES]  # type: ignore[attr-defined]
        self.fields["organization"].queryset = grantable_organizations(actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An end lies after its beginning."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] <= data["since"]:
            self.add_error("until", gettext("结束日期要晚于开始日期。"))
        return data


class AccountForm(GrantForm):
    """A new account with its first role."""

    username = forms.CharField(label=_("用户名"), max_length=40, help_text=_("登录用,建议用姓名拼音或工号。"))
    name = forms.CharField(label=_("姓名"), max_length=40)
    field_order = ("name", "username", "role", "organization", "since", "until")


class EndForm(forms.Form):
    """From when on a grant no longer holds."""

    until = forms.DateField(label=_("自哪天起失效"))
