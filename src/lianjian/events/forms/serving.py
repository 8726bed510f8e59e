"""What is typed about teams that serve at a meeting or activity, and about who of them came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import TeamsField
from lianjian.foundation.actor import Actor

from ..models import Meeting
from ..queries.serving import Seat


def serving_field() -> TeamsField:
    """The teams that serve."""
    return TeamsField(
        label=_("服务团队"), required=False, help_text=_("由哪支志愿服务队或帮办团服务;没有的不填。一行一个。")
    )


def serve(form: forms.Form, actor: Actor, meeting: Meeting | None) -> None:
    """Let the field know who asks, and which teams serve already."""
    rows = meeting.teams.select_related("team").order_by("pk") if meeting is not None else ()
    held = [row.team for row in rows]
    field: Any = form.fields["teams"]
    field.actor, field.held = actor, held
    form.initial.setdefault("teams", "\n".join(team.name for team in held))


class ServingForm(forms.Form):
    """Who came to serve with a team: its people of that day who are on no other list, and who is on its own."""

    people = forms.TypedMultipleChoiceField(
        label=_("到场的成员"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    # Sent along, so that nobody is taken off the list whom the recorder has not seen on it.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        free = [seat for seat in seats if not seat.elsewhere]
        field: Any = self.fields["people"]
        field.choices = [(seat.person_id, seat.label) for seat in free]
        field.initial = [seat.person_id for seat in free if seat.likely]
        self.fields["seen"].initial = ",".join(str(seat.person_id) for seat in free if seat.written)

    def known(self) -> set[int] | None:
        """The people whom the page that was sent showed as written down; None where it does not say."""
        if "seen" not in self.data:
            return None
        return {int(one) for one in self.cleaned_data["seen"].split(",") if one.isdecimal()}

    def elsewhere(self) -> list[Seat]:
        """Those of whom another list speaks."""
        return [seat for seat in self.seats if seat.elsewhere]
