"""What is typed about people who went ahead."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import PersonField, day
from lianjian.foundation.actor import Actor

from ..rules.leading import LEADING


class LeadForm(forms.Form):
    """A person, in which way, since when."""

    person = PersonField(
        label=_("人员"),
        help_text=_("写姓名,从列出的人员中选择。姓名只有主办地区和本单位看得到;本人同意公开姓名的,其他地区也看得到。"),
    )
    way = forms.ChoiceField(label=_("方式"), choices=[(code, _(word)) for code, word in LEADING.items()])
    since = day(_("日期"), help_text=_("提出要求或开始带头的那天。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].actor = actor  # type: ignore[attr-defined]
