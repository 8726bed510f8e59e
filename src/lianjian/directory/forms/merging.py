"""What is typed for a merge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor

from .fields import OrganizationField


class OtherForm(forms.Form):
    """The record that is to be merged into this one."""

    other = OrganizationField(
        label=_("并入的另一条记录"), help_text=_("它的全部关系和记录会转到这一条名下。")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].actor = actor  # type: ignore[attr-defined]


class ChoicesForm(forms.Form):
    """For each fact on which the two differ, which side wins."""

    def __init__(self, *args: Any, conflicts: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for conflict in conflicts:
            self.fields[conflict.field] = forms.ChoiceField(
                label=conflict.label,
                choices=[
                    ("winner", gettext("保留:%(value)s") % {"value": conflict.winner}),
                    ("loser", gettext("改用:%(value)s") % {"value": conflict.loser}),
                ],
                initial=conflict.chosen,
                widget=forms.RadioSelect,
            )
