"""What is typed about posts and their holders, made clean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..queries.lists import role_choices
from .fields import day


class PostForm(forms.Form):
    """A post, whoever holds it."""

    title = forms.CharField(label=_("职务名称"), max_length=60)
    role = forms.ChoiceField(
        label=_("按哪类任职统计"), choices=role_choices, help_text=_("任职人员在名册和统计中归入这一类。")
    )


class TermForm(forms.Form):
    """From when until when a post is held."""

    since = day(_("从哪天起"))
    until = day(_("到哪天止"), required=False, help_text=_("这一天起不再有效;还在任的不填。"))


class AppointForm(TermForm):
    """A person who holds a post."""

    person = forms.CharField(
        label=_("人员"),
        max_length=80,
        widget=forms.TextInput(attrs={"data-src": "/directory/people/lookup", "autocomplete": "off"}),
        help_text=_("从人员名册中选择;名册里没有的先登记人员。"),
    )
    field_order = ("person", "since", "until")

    def term(self) -> dict[str, Any]:
        """What the verb takes beside the person."""
        return {name: self.cleaned_data[name] for name in ("since", "until")}


class EndPostForm(forms.Form):
    """The first day without the post."""

    until = day(_("从哪天起不再设置"), help_text=_("以前的任职记录保留。"))
