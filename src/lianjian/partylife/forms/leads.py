"""What is typed about talent leads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField
from lianjian.foundation.actor import Actor

from .. import rules
from ..rules.leads import LEAD_SOURCES
from .fields import FIRMS


class FollowForm(forms.Form):
    """What came of it and what comes next."""

    kind = forms.ChoiceField(label=_("身份"), choices=lambda: [(c, _(w)) for c, w in rules.KINDS.items()])
    words = forms.CharField(
        label=_("情况"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("只写工作需要的情况。入党自愿,不记录本人不愿入党的理由。"),
    )  # fmt: skip
    next_step = forms.CharField(label=_("下一步"), max_length=120, required=False)
    next_by = forms.DateField(label=_("计划日期"), required=False, widget=forms.DateInput)


class LeadForm(FollowForm):
    """Somebody of a firm to keep in touch with."""

    person = forms.CharField(label=_("姓名"), max_length=40)
    enterprise = OrganizationField(label=_("所在企业"), classifications=FIRMS)
    noticed_on = forms.DateField(label=_("发现日期"), widget=forms.DateInput)
    source = forms.ChoiceField(label=_("来源"), choices=lambda: [(c, _(w)) for c, w in LEAD_SOURCES.items()])
    field_order = ("person", "enterprise", "kind", "noticed_on", "source", "words", "next_step", "next_by")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].actor = actor  # type: ignore[attr-defined]


class EndLeadForm(forms.Form):
    """The organization no longer keeps in touch."""

    ended_on = forms.DateField(label=_("结束日期"), widget=forms.DateInput)
    reason = forms.CharField(label=_("理由"), max_length=120, help_text=_("例如:已离职、已调离。"))
