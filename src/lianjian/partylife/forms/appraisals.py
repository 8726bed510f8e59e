"""What is typed about the yearly appraisal of a branch's members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.events.models import Meeting
from lianjian.foundation.calendar import local_day
from lianjian.foundation.looks import show_date

from ..queries.appraisals import meetings_for
from ..rules import appraisals as rules
from .practice import _choices, _words, branch_field


def _count(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=9999, **options)


def _step(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput, required=False, **options)


class _Counts(forms.Form):
    """The steps of an appraisal and its counts."""

    held_on = forms.DateField(label=_("评议日期"), widget=forms.DateInput)
    self_on = _step(_("个人自评日期"), help_text=_("四步依次进行,可以在同一天。"))
    mutual_on = _step(_("党员互评日期"))
    rating_on = _step(_("民主测评日期"))
    verdict_on = _step(_("组织评定日期"))
    verdict_by = forms.ChoiceField(
        label=_("由谁评定"), choices=lambda: [("", "—"), *_choices(rules.VERDICTS_BY)()], required=False
    )
    reason = forms.CharField(
        label=_("程序有缺项或颠倒的理由"), max_length=200, required=False, help_text=_("按顺序齐全的不用填。")
    )
    members = _count(_("应参加的党员数"))
    excellent = _count(_("优秀"), initial=0)
    qualified = _count(_("合格"), initial=0)
    basic = _count(_("基本合格"), initial=0)
    unqualified = _count(_("不合格"), initial=0)
    exempt = _count(_("免予参加"), initial=0, help_text=_("年老体弱等不便参加的。"))
    words = _words(_("说明"))

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        found = dict(self.cleaned_data)
        names = (*rules.FIELDS.values(), "verdict_by", "reason")
        steps = rules.Steps(**{name: found.pop(name) for name in names})
        return {**found, "steps": steps}


class ChangeAppraisalForm(_Counts):
    """Steps and counts put right, and the meeting of the branch at which it took place."""

    meeting = forms.ChoiceField(label=_("会议"), required=False, help_text=_("先登记会议,再在这里选。"))
    field_order = ("held_on", "meeting")

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(one.key): one for one in meetings}
        told = ((key, f"{show_date(one.starts_at)} {one.title}") for key, one in self.meetings.items())
        self.fields["meeting"].choices = [("", "—"), *told]  # type: ignore[attr-defined]

    def clean_meeting(self) -> Meeting | None:
        """The meeting that was chosen."""
        return self.meetings.get(self.cleaned_data["meeting"])


class AppraisalForm(_Counts):
    """The yearly appraisal of a branch, in counts. Its meeting is the one that the branch held for it on that day; of
    several, and of one on another day, it is chosen afterwards.
    """

    branch = branch_field()
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    field_order = ("branch", "year", "held_on")

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].actor = actor  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the verb takes, with the meeting of the day."""
        found = super().values()
        held = meetings_for(found["branch"], found["year"])
        that_day = [one for one in held if local_day(one.starts_at) == found["held_on"]]
        return {**found, "meeting": that_day[0] if len(that_day) == 1 else None}
