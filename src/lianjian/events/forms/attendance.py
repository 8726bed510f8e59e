"""What is typed about who came, and about what an activity came to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Person
from lianjian.directory.queries.naming import named_person
from lianjian.foundation.actor import Actor

from ..models import Attendance, Meeting
from ..queries import every_word
from ..queries.door import Came
from ..queries.signing import Signed
from ..rolls import OnRoll, Roll
from ..rules import attendance as rules
from ..rules.attendance import Said


class PeopleField(forms.CharField):
    """Several persons by name, one a line or parted by 顿号. Set `actor` before cleaning."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=4000, widget=forms.Textarea(attrs={"rows": 2}), **options)
        self.actor: Actor | None = None

    def clean(self, value: Any) -> list[Person]:
        """The persons in order; an error that names those whom nobody knows or of whom there are several."""
        text = super().clean(value)
        if self.actor is None:
            raise TypeError("a PeopleField needs its actor")
        names = list(dict.fromkeys(filter(None, (name.strip() for name in re.split(r"[\n、,,;;]", text or "")))))
        found = {name: named_person(self.actor, name) for name in names[:100]}
        lost = [name for name, person in found.items() if person is None]
        if lost:
            words = gettext("没有找到或有重名:%(names)s。请先在人员里登记,有重名的请到各自的支部登记。")
            raise forms.ValidationError(words, params={"names": "、".join(lost[:10])})
        return list({person.pk: person for person in found.values() if person is not None}.values())


class AttendanceForm(forms.Form):
    """A body's list: one state for each person, and for a leave its reason."""

    guests = PeopleField(
        label=_("别处来参加的"),
        required=False,
        help_text=_("别的支部的党员来参加的,写姓名,一行一个;计入本人所在支部。"),
    )

    came_by_code = forms.TypedMultipleChoiceField(
        label=_("报名或扫码来的客人"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("计入本人所在支部;没有来的,去掉勾选。"),
    )

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        roll: Roll,
        held: Mapping[int, Attendance],
        came: Sequence[Came] = (),
        signed: Mapping[int, Signed] | None = None,
        **kwargs: Any,
    ) -> None:
        """`held`: what is written already, by person; `came`: who came by the code at the door; `signed`: who signed
        up.
        """
        super().__init__(*args, **kwargs)
        self.roll = roll
        known = {one.person_id for one in roll.people}
        self.arrived = {one.person_id: one.at for one in came if one.person_id in known}
        self.signed = {pk: one for pk, one in (signed or {}).items() if pk in known}
        guests = [one for one in came if one.person_id not in known and one.person_id not in held]
        there = {one.person_id for one in guests}
        waited = {pk: one for pk, one in (signed or {}).items() if pk not in {*known, *held, *there}}
        self._guests(guests, waited, written=any(row.team_id is None for row in held.values()))
        # Sent along, so that the verb can tell an arrival that the recorder has not seen.
        self.seen_now = ",".join(str(one.person_id) for one in came)
        self.fields["guests"].actor = actor  # type: ignore[attr-defined]
        states = [(code, gettext(word)) for code, word in rules.STATES.items()]
        reasons = [("", gettext("事由")), *((code, gettext(word)) for code, word in rules.REASONS.items())]
        for one in roll.people:
            said = held.get(one.person_id)
            first = said.state if said is not None else self._first(one)
            self.fields[f"state_{one.person_id}"] = forms.ChoiceField(
                label=one.name, choices=states, widget=forms.RadioSelect, initial=first
            )
            self.fields[f"reason_{one.person_id}"] = forms.ChoiceField(
                label=gettext("请假的事由"),
                choices=reasons,
                required=False,
                initial=said.reason if said is not None else "",
            )

    def _guests(self, guests: Sequence[Came], signed: Mapping[int, Signed], *, written: bool) -> None:
        if not guests and not signed:
            del self.fields["came_by_code"]
            return
        words = gettext("%(name)s(%(body)s,%(at)s 扫码)")
        field: Any = self.fields["came_by_code"]
        own = gettext("本单位")
        field.choices = [
            (one.person_id, words % {"name": one.name, "body": one.body or own, "at": one.at}) for one in guests
        ]
        told = gettext("%(name)s(%(body)s,已报名)")
        field.choices += [(pk, told % {"name": one.name, "body": one.body or own}) for pk, one in signed.items()]
        # Guests who were left out of a list that is written stay left out.
        field.initial = [] if written else [one.person_id for one in guests]

    def _first(self, one: OnRoll) -> str:
        """What stands beside a name at first: nothing, where others came by the code, or where nobody did and others
        signed up, and this one did not.
        """
        has_seat = one.person_id in self.signed and not self.signed[one.person_id].waits
        if one.person_id in self.arrived or (has_seat and not self.arrived):
            return rules.PRESENT
        if one.exempt:
            return rules.EXEMPT
        return "" if self.arrived or self.signed else rules.PRESENT

    def lines(self) -> Iterable[tuple[str, bool, str, str, Any, Any]]:
        """(name, exempt, when they came by the code, what they signed up for, field of the state, field of the reason)
        of each person.
        """
        for one in self.roll.people:
            pk = one.person_id
            said = self.signed.get(pk)
            word = "" if said is None else gettext("候补") if said.waits else gettext("已报名")
            yield one.name, one.exempt, self.arrived.get(pk, ""), word, self[f"state_{pk}"], self[f"reason_{pk}"]

    def from_elsewhere(self) -> list[Person]:
        """Those typed, and those who came by the code."""
        wanted = self.cleaned_data.get("came_by_code", [])
        by_code = Person.objects.filter(pk__in=wanted).order_by("pk") if wanted else ()
        return list({one.pk: one for one in [*self.cleaned_data["guests"], *by_code]}.values())

    def seen(self) -> set[int]:
        """The people whose arrival the page showed that was sent."""
        return {int(one) for one in self.data.get("seen", "").split(",") if one.isdecimal()}

    def said(self) -> dict[int, Said]:
        """What the verb takes."""
        found = {}
        for one in self.roll.people:
            state = self.cleaned_data[f"state_{one.person_id}"]
            reason = self.cleaned_data[f"reason_{one.person_id}"] if state == rules.LEAVE else ""
            found[one.person_id] = Said(state, reason)
        return found


class ResultsForm(forms.Form):
    """What a class or a service came to."""

    audiences = forms.MultipleChoiceField(
        label=_("培训对象"), required=False, widget=forms.CheckboxSelectMultiple
    )
    hours = forms.DecimalField(
        label=_("学时"),
        min_value=0,
        max_value=400,
        max_digits=4,
        decimal_places=1,
        required=False,
        help_text=_("每个到会的人记多少学时;不是学习培训的不填。"),
    )
    service_hours = forms.DecimalField(
        label=_("服务时长(小时)"),
        min_value=0,
        max_value=400,
        max_digits=4,
        decimal_places=1,
        required=False,
        help_text=_("每个到场的志愿者记多少小时;没有团队服务的不填。"),
    )
    served = forms.IntegerField(label=_("服务人数"), min_value=0, max_value=9_999_999, required=False)
    served_times = forms.IntegerField(
        label=_("服务人次"),
        min_value=0,
        max_value=9_999_999,
        required=False,
        help_text=_("一个人来两次是一人、两人次;两个数不相加。"),
    )

    def __init__(self, *args: Any, meeting: Meeting, held: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = every_word(meeting.jurisdiction_id)["audience"]
        kept = [(word, word) for word in held if word not in dict(words)]
        self.fields["audiences"].choices = [*words, *kept]  # type: ignore[attr-defined]
