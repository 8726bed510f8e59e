"""Fields that the forms of party life share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import named_organization
from lianjian.foundation.actor import Actor

FIRMS = ("enterprise", "social", "cooperative")
BRANCHES = ("party",)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


class BodyField(forms.CharField):
    """An organization of the register, or a name that is not in it: cleans to (organization or None, text)."""

    def __init__(self, *, src: str, classifications: tuple[str, ...], **options: Any) -> None:
        attrs = {"data-src": src, "data-free": "1", "autocomplete": "off"}
        super().__init__(max_length=120, widget=forms.TextInput(attrs=attrs), **options)
        self.classifications = classifications
        self.actor: Actor | None = None

    def clean(self, value: Any) -> tuple[Organization | None, str]:
        """The one organization that is meant; otherwise the words as they are."""
        text = super().clean(value)
        if not text:
            return None, ""
        if self.actor is None:
            raise TypeError("set `actor` before cleaning")
        found = named_organization(self.actor, text, self.classifications)
        if found is None and _is_key(text):
            raise forms.ValidationError(_("没有找到所选的组织,请重新选择。"))
        return found, "" if found is not None else text


class BodiesForm(forms.Form):
    """A form whose bodies become the pairs of fields of the model."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, BodyField):
                field.actor = actor

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        found: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            if isinstance(self.fields[name], BodyField):
                found[name], found[f"{name}_text"] = value
            else:
                found[name] = value
        return found


def firm_field(**options: Any) -> BodyField:
    """Where somebody works."""
    return BodyField(label=_("所在企业"), src="/members/choices/firm", classifications=FIRMS, **options)


class WithdrawForm(forms.Form):
    """A record made by mistake is taken back."""

    reason = forms.CharField(
        label=_("作废理由"), max_length=200, help_text=_("作废后不再计入任何统计,记录仍可查。")
    )


def show_names(form: forms.Form) -> None:
    """Let the comboboxes show the names of bodies already chosen, whose value is their name."""
    for name, field in form.fields.items():
        if isinstance(field, BodyField) and form.initial.get(name):
            field.widget.attrs["data-label"] = form.initial[name]
