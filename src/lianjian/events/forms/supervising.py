"""What is typed about supervised items."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField, day
from lianjian.foundation.actor import Actor

from ..rules import supervising as rules
from ..rules.meetings import ReasonNeeded
from .meetings import told


class ItemForm(forms.Form):
    """What is to be done, by whom, by when; a change says why."""

    text = forms.CharField(
        label=_("要办什么"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("一件事一条,写到能看出办没办完。"),
        error_messages=told(rules.WordsNeeded),
    )
    organization = OrganizationField(label=_("办理单位"), help_text=_("走访的企业、村自己,或本地的一个部门。"))
    due_on = day(_("办理期限"))
    reason = forms.CharField(label=_("修改原因"), max_length=200, error_messages=told(ReasonNeeded))

    def __init__(self, *args: Any, actor: Actor, change: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]
        if not change:
            del self.fields["reason"]


class OutcomeForm(forms.Form):
    """What was done."""

    outcome = forms.CharField(
        label=_("办理结果"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("做了什么、哪一天做的;写了就算办结。"),
        error_messages=told(rules.OutcomeNeeded),
    )
