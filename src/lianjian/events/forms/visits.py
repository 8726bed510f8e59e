"""What is typed about a visit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import named_organization
from lianjian.foundation.actor import Actor

from ..queries import purposes


class WhomField(forms.CharField):
    """An organization by choice or by its name, short name, alias or credit code. Set `actor` before cleaning."""

    def __init__(self, *, src: str, classifications: tuple[str, ...] = (), **options: Any) -> None:
        options.setdefault("max_length", 120)
        options.setdefault("widget", forms.TextInput(attrs={"data-src": src, "autocomplete": "off"}))
        super().__init__(**options)
        self.classifications = classifications
        self.actor: Actor | None = None

    def clean(self, value: Any) -> Organization | None:
        """The organization; an error with advice when the text means none or several."""
        text = super().clean(value)
        if not text:
            return None
        if self.actor is None:
            raise RuntimeError("a WhomField is cleaned for an actor")
        found = named_organization(self.actor, text, self.classifications)
        if found is None:
            raise forms.ValidationError(
                _("没有找到“%(text)s”。请写全称或统一社会信用代码,或从列出的名称中选择。"),
                params={"text": text},
            )
        # A form that comes back shows the name again, not the key.
        self.widget.attrs["data-label"] = found.name
        return found


def show_choice(field: forms.Field, organization: Organization | None) -> None:
    """Let the combobox show the name of an organization that is already chosen."""
    if organization is not None:
        field.widget.attrs["data-label"] = organization.name


class VisitForm(forms.Form):
    """A visit, made to be filled in on a phone within a minute."""

    organization = WhomField(label=_("走访对象"), src="/events/visits/whom")
    visited_on = forms.DateField(label=_("走访日期"), widget=forms.DateInput)
    people = forms.CharField(label=_("走访人"), max_length=200, help_text=_("几个人同去,用顿号分开。"))
    purpose = forms.ChoiceField(label=_("走访内容"))
    received_by = forms.CharField(label=_("接待人"), max_length=60, required=False)
    content = forms.CharField(
        label=_("走访情况"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    heard = forms.CharField(
        label=_("听到的意见和需求"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    needs_found = forms.IntegerField(label=_("发现需求(个)"), min_value=0, max_value=99, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]
        self.fields["purpose"].choices = purposes(  # type: ignore[attr-defined]
            actor.jurisdiction_id, retired=False, held=self.initial.get("purpose", "")
        )

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        found = {**self.cleaned_data, "needs_found": self.cleaned_data.get("needs_found") or 0}
        found["people"] = [found["people"]]
        return found


class WithdrawForm(forms.Form):
    """Why a visit is taken back."""

    reason = forms.CharField(
        label=_("作废理由"), max_length=200, help_text=_("作废后不再计入任何统计,记录仍可查。")
    )


class PurposeForm(forms.Form):
    """A purpose of visits that the place uses beside the known ones."""

    name = forms.CharField(label=_("走访内容"), max_length=30)


class UploadForm(forms.Form):
    """One file for a record."""

    file = forms.FileField(label=_("附件"))
