"""What the office sets: categories and who deals with them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.events.forms import WhomField
from lianjian.foundation.actor import Actor

from ..queries import category_names


class RouteForm(forms.Form):
    """To which unit needs of a category go."""

    category = forms.ChoiceField(label=_("类别"))
    organization = WhomField(
        label=_("承办单位"),
        src="/cases/units",
        classifications=("government", "mass", "station", "centre", "institute"),
    )
    ground = forms.CharField(label=_("依据"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]
        self.fields["category"].choices = category_names(actor.jurisdiction_id)  # type: ignore[attr-defined]


class CategoryForm(forms.Form):
    """A category of one's own."""

    name = forms.CharField(label=_("名称"), max_length=40)
    amount = forms.IntegerField(label=_("办理时限(工作日)"), min_value=1, max_value=250, required=False)
