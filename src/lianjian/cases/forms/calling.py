"""What is typed about a call-back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import rules
from .pieces import area, words


class CallBackForm(forms.Form):
    """What who asked says."""

    note = _("回访不改变诉求的状态。诉求人认可或有异议的,另用“确认办结”“提出异议”。")
    way = forms.ChoiceField(label=_("方式"), widget=forms.RadioSelect, initial="phone")
    reached = forms.ChoiceField(label=_("联系上了吗"), widget=forms.RadioSelect, initial="yes")
    solved = forms.ChoiceField(label=_("解决了吗"), widget=forms.RadioSelect, required=False)
    satisfied = forms.ChoiceField(label=_("满意吗"), widget=forms.RadioSelect, required=False)
    words = area(_("诉求人怎么说"), rows=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = words(rules.CALL_WAYS)  # type: ignore[attr-defined]
        self.fields["reached"].choices = [("yes", gettext("联系上了")), ("no", gettext("没有联系上"))]  # type: ignore[attr-defined]
        self.fields["solved"].choices = words(rules.CALL_ANSWERS)  # type: ignore[attr-defined]
        self.fields["satisfied"].choices = words(rules.RATINGS)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {**self.cleaned_data, "reached": self.cleaned_data["reached"] == "yes"}
