"""What is typed about a team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor

from ..models import Organization, Team, TeamMember, TeamUnit
from ..queries.teams import subject_names, villages_of
from .fields import OrganizationField, PersonField, day


class TeamForm(forms.Form):
    """A help team, a task force or volunteers."""

    kind = forms.ChoiceField(
        label=_("种类"), choices=Team.Kind.choices, widget=forms.RadioSelect, initial="help"
    )
    name = forms.CharField(label=_("名称"), max_length=60)
    organization = OrganizationField(label=_("所属单位"), help_text=_("牵头或者管理这个团队的单位。"))
    leader = PersonField(label=_("负责人"))
    purpose = forms.CharField(label=_("任务或服务宗旨"), max_length=200, required=False)
    founded_on = day(_("成立日期"), required=False, help_text=_("不填就是今天。"))
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
            del self.fields["founded_on"]

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        villages = Organization.objects.filter(key__in=self.cleaned_data["villages"])
        return {**self.cleaned_data, "villages": list(villages)}


class SeatForm(forms.Form):
    """Who joins."""

    person = PersonField(label=_("成员"))
    unit = OrganizationField(label=_("派出单位"), required=False)
    task = forms.CharField(label=_("分工"), max_length=60, required=False)
    since = day(_("加入日期"), required=False, help_text=_("不填就是今天。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person", "unit"):
            self.fields[name].actor = actor  # type: ignore[attr-defined]


class UnitForm(forms.Form):
    """A body that takes part."""

    organization = OrganizationField(label=_("成员单位"))
    since = day(_("加入日期"), required=False, help_text=_("不填就是今天。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """From which day on somebody belongs no more."""

    until = day(_("退出日期"), help_text=_("从这天起不再是成员,以前参加的服务不变。"))


class CorrectSeatForm(forms.Form):
    """From when to when; of a person also who sent them and what they do."""

    since = day(_("加入日期"))
    until = day(_("退出日期"), required=False, help_text=_("还在的不填。"))
    unit = OrganizationField(label=_("派出单位"), required=False)
    task = forms.CharField(label=_("分工"), max_length=60, required=False)

    def __init__(self, *args: Any, actor: Actor, row: TeamMember | TeamUnit, **kwargs: Any) -> None:
        initial = {"since": row.since, "until": row.until}
        if isinstance(row, TeamMember):
            initial |= {"unit": str(row.unit.key) if row.unit else "", "task": row.task}
        super().__init__(*args, initial=initial, **kwargs)
        if isinstance(row, TeamMember):
            self.fields["unit"].actor = actor  # type: ignore[attr-defined]
            self.fields["unit"].show(row.unit)  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]
            del self.fields["task"]
