"""What is typed about a team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor

from ..models import Organization, Team
from ..queries.teams import subject_names, villages_of
from .fields import OrganizationField, PersonField


class TeamForm(forms.Form):
    """A help team or a task force."""

    kind = forms.ChoiceField(
        label=_("种类"), choices=Team.Kind.choices, widget=forms.RadioSelect, initial="help"
    )
    name = forms.CharField(label=_("名称"), max_length=60)
    organization = OrganizationField(label=_("牵头单位"))
    leader = PersonField(label=_("负责人"))
    project = forms.CharField(
        label=_("负责的项目"), max_length=120, required=False, help_text=_("专班必填,一个项目一个专班。")
    )
    subjects = forms.MultipleChoiceField(
        label=_("帮办的事"), required=False, widget=forms.CheckboxSelectMultiple
    )
    villages = forms.MultipleChoiceField(
        label=_("负责的村"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都不选的,负责全部。"),
    )
    skills = forms.CharField(label=_("擅长"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organization", "leader"):
            self.fields[name].actor = actor  # type: ignore[attr-defined]
        home = actor.jurisdiction_id
        self.fields["subjects"].choices = subject_names(home)  # type: ignore[attr-defined]
        self.fields["villages"].choices = villages_of(home)  # type: ignore[attr-defined]
        if team is not None:
            del self.fields["kind"]

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        villages = Organization.objects.filter(key__in=self.cleaned_data["villages"])
        return {**self.cleaned_data, "villages": list(villages)}


class SeatForm(forms.Form):
    """Who joins."""

    person = PersonField(label=_("成员"))
    unit = OrganizationField(label=_("派出单位"), required=False)
    task = forms.CharField(label=_("分工"), max_length=60, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person", "unit"):
            self.fields[name].actor = actor  # type: ignore[attr-defined]
