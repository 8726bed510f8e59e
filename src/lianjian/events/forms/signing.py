"""What is typed about signing up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization

from ..models import Meeting
from ..queries.signing import choices_for
from ..rules import signing as rules
from .meetings import moment, told


class SignUpOpeningForm(forms.Form):
    """Till when, and for how many."""

    until = moment(_("报名截止"), _("最晚到活动开始。"))
    seats = forms.IntegerField(
        label=_("名额"), min_value=1, max_value=20_000, required=False, help_text=_("不限人数就留空;报满以后自动候补。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].error_messages |= told(rules.UntilNeeded)
        self.fields["seats"].error_messages |= dict.fromkeys(("invalid", "min_value"), _(rules.SeatsNeeded.sentence))


class SignUpPeopleForm(forms.Form):
    """People of one body, by their names."""

    body = forms.ChoiceField(label=_("单位"), required=False)
    people = forms.TypedMultipleChoiceField(
        label=_("报名人员"), coerce=int, widget=forms.CheckboxSelectMultiple, error_messages=told(rules.NobodyNamed)
    )

    def __init__(
        self, *args: Any, meeting: Meeting, bodies: Sequence[Organization], body: Organization, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["people"]
        people.choices = choices_for(meeting, body)
        if len(bodies) > 1:
            choice: Any = self.fields["body"]
            choice.choices = [(str(one.key), one.name) for one in bodies]
            choice.initial = str(body.key)
        else:
            del self.fields["body"]
