"""What is typed about people in alliances."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField, PersonField, day
from lianjian.foundation.actor import Actor

from ..models import PersonSeat
from ..queries.terms import terms


class PersonSeatForm(forms.Form):
    """A person takes a role; of a `seat` that is there, all but who it is."""

    person = PersonField(label=_("人员"), help_text=_("写姓名,从列出的人员中选择;名册里没有的,先在“人员名册”登记。"))
    role = forms.ChoiceField(label=_("角色"))
    on_behalf = OrganizationField(
        label=_("代表单位"), required=False, help_text=_("代表哪个单位参加;不代表单位的不填。")
    )
    since = day(_("开始日期"))
    until = day(_("结束日期"), required=False, help_text=_("不再担任的第一天;还在担任的不填。"))
    ground = forms.CharField(label=_("依据"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, seat: PersonSeat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [seat.role] if seat is not None else []
        owner = actor.jurisdiction_id if seat is None else seat.jurisdiction_id
        words = terms(owner, "person", *held)
        self.fields["role"].choices = [*([] if held else [("", "—")]), *words]  # type: ignore[attr-defined]
        for name in ("person", "on_behalf"):
            self.fields[name].actor = actor  # type: ignore[attr-defined]
        if seat is not None:
            del self.fields["person"]
            self.fields["on_behalf"].show(seat.on_behalf)  # type: ignore[attr-defined]


class EndPersonForm(forms.Form):
    """From when on it is no more."""

    until = day(_("结束日期"), help_text=_("不再担任的第一天。"))
