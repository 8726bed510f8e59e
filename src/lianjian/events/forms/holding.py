"""What is typed about a meeting that was held: who came, what was said, which teams served."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor

from ..models import Invitation, Meeting, answer_of
from ..queries.door import numbers_by_body
from ..rules import meetings as rules
from .meetings import told
from .serving import serve, serving_field


class HoldForm(forms.Form):
    """Who came and what was said; one group of fields for each body."""

    text = forms.CharField(
        label=_("会议纪要"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("讨论了什么、各方意见;决定的事项保存后逐项登记。"),
    )
    parts_held = forms.TypedMultipleChoiceField(
        label=_("开展了的环节"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    teams = serving_field()
    reason = forms.CharField(
        label=_("更正的原因"), max_length=200, error_messages=told(rules.ReasonNeeded)
    )

    def __init__(
        self, *args: Any, actor: Actor, meeting: Meeting, correct: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        serve(self, actor, meeting)
        # Who came by the code at the door is the first guess of how many came.
        self.arrived = numbers_by_body(meeting) if meeting.door_opened_at is not None and not correct else {}
        if not correct:
            del self.fields["reason"]
        self.fields["parts_held"].choices = [  # type: ignore[attr-defined]
            (number, part) for number, part in enumerate(meeting.parts, start=1)
        ]
        if not meeting.parts:
            del self.fields["parts_held"]
        rows = meeting.invitations.filter(withdrawn_at__isnull=True).select_related("organization", "answer")
        self.rows: list[Invitation] = list(rows.order_by("pk"))
        for row in self.rows:
            self._add(row)

    def _add(self, row: Invitation) -> None:
        answer = answer_of(row)
        coming = answer is not None and answer.coming == "yes"
        number = self.arrived.get(row.organization_id, 0)
        away = answer is not None and answer.coming == "no" and not number
        first = rules.EXCUSED if away else rules.ATTENDED
        self.fields[f"attendance_{row.pk}"] = forms.ChoiceField(
            label=_("到会情况"),
            choices=[(code, _(word)) for code, word in rules.ATTENDANCE.items()],
            initial=row.attendance or first,
        )
        self.fields[f"people_{row.pk}"] = forms.IntegerField(
            label=_("到会人数"),
            min_value=0,
            max_value=9999,
            required=False,
            initial=row.people or number or (answer.people if answer is not None and coming else None),
        )
        self.fields[f"words_{row.pk}"] = forms.CharField(
            label=_("没来的说明"), max_length=100, required=False, initial=row.words
        )

    def sections(self) -> list[tuple[str, list[str]]]:
        """The fields of each body."""
        return [
            (row.organization.name, [f"attendance_{row.pk}", f"people_{row.pk}", f"words_{row.pk}"])
            for row in self.rows
        ]

    def came(self) -> dict[int, tuple[str, int, str]]:
        """Attendance, people and words by invitation."""
        data = self.cleaned_data
        return {
            row.pk: (
                data[f"attendance_{row.pk}"],
                data[f"people_{row.pk}"] or 0,
                data[f"words_{row.pk}"],
            )
            for row in self.rows
        }
