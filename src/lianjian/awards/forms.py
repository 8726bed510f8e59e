"""What is typed about awards, rounds and candidates."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField, day, long_text
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate

from . import rules
from .models import Nominee, Round
from .queries import choices_of_meetings

CRITERIA_HELP = _("一条一行,到现场能看清、能答“达到”或“没达到”。")


def _pairs(words: Any) -> list[tuple[str, Any]]:
    return [(code, _(name)) for code, name in words.items()]


class ChangeSchemeForm(forms.Form):
    """What an award is called and asks."""

    name = forms.CharField(label=_("评选名称"), max_length=40, help_text=_("例如:七净一规范、最美庭院、最美村民。"))
    criteria = long_text(_("评选标准"), 8, 1700, help_text=CRITERIA_HELP)
    needs_all = forms.BooleanField(label=_("各条全部达到才能获评"), required=False)
    show_days = forms.IntegerField(
        label=_("公示天数"), min_value=1, max_value=rules.MOST_DAYS, initial=5, help_text=_("按本地规定填写。")
    )
    source = forms.CharField(
        label=_("依据"), max_length=120, required=False, help_text=_("例如:村规民约第十二条、联建村党总支会议纪要。")
    )


class SchemeForm(ChangeSchemeForm):
    """An award, and which body gives it how often."""

    organization = OrganizationField(label=_("评选单位"), help_text=_("村、社区或联建党组织。"))
    subject = forms.ChoiceField(label=_("评选对象"), choices=_pairs(rules.SUBJECTS), widget=forms.RadioSelect)
    per = forms.ChoiceField(label=_("多久评一次"), choices=_pairs(rules.PERIODS), initial="quarter")
    field_order = ("organization", "name", "subject", "per")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]


class RoundForm(forms.Form):
    """The period of a round."""

    starts = forms.ChoiceField(label=_("期次"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].choices = periods  # type: ignore[attr-defined]
        if periods:
            self.fields["starts"].initial = periods[0][0]

    def clean_starts(self) -> date:
        """The first day of the period."""
        return date.fromisoformat(self.cleaned_data["starts"])


class NomineeForm(forms.Form):
    """Who is put forward."""

    name = forms.CharField(label=_("姓名"), max_length=40, help_text=_("农户和家庭写户主姓名。"))
    group = forms.CharField(label=_("村民小组"), max_length=40, required=False)
    way = forms.ChoiceField(label=_("推荐方式"), choices=_pairs(rules.WAYS), initial="group")
    on = day(_("推荐日期"))
    deeds = long_text(_("事迹"), 3, 300, help_text=_("只写与评选有关的,不写健康、收入等隐私。"))
    agreed = forms.BooleanField(
        label=_("本人(户主)同意公示姓名"), required=False, help_text=_("没有同意的,不能列入公示名单。")
    )


class CheckForm(forms.Form):
    """What was seen on the spot."""

    met = forms.MultipleChoiceField(label=_("达到的标准"), required=False, widget=forms.CheckboxSelectMultiple)
    on = day(_("核查日期"))
    by = forms.CharField(label=_("核查人"), max_length=80, required=False, help_text=_("例如:评选小组、网格员。"))
    agreed = forms.BooleanField(label=_("本人(户主)同意公示姓名"), required=False)

    def __init__(self, *args: Any, nominee: Nominee, today: date, **kwargs: Any) -> None:
        first = {"met": nominee.met, "by": nominee.checked_by, "agreed": nominee.agreed}
        first["on"] = nominee.checked_on or today
        super().__init__(*args, **{**kwargs, "initial": first})
        criteria = nominee.round.criteria
        self.fields["met"].choices = [(str(n), f"{n}. {text}") for n, text in enumerate(criteria, start=1)]  # type: ignore[attr-defined]
        if not criteria:
            del self.fields["met"]

    def clean_met(self) -> list[int]:
        """Numbers of criteria."""
        return [int(number) for number in self.cleaned_data["met"]]

    def clean(self) -> dict[str, Any]:
        """An award without criteria has none that are met."""
        found = super().clean() or {}
        return {"met": [], **found}


class ShowForm(forms.Form):
    """Who is on the list that hangs out, from when on, and by what."""

    chosen = forms.MultipleChoiceField(label=_("拟表扬对象"), widget=forms.CheckboxSelectMultiple, required=False)
    on = day(_("公示开始日期"))
    document = forms.CharField(
        label=_("依据"), max_length=120, help_text=_("例如:11月20日村民代表会议记录、评选小组会议纪要。")
    )

    def __init__(self, *args: Any, round: Round, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"on": today}})
        rows = round.nominees.filter(struck_on__isnull=True, checked_on__isnull=False).order_by("number")
        self.fields["chosen"].choices = [(str(one.key), _label(round, one)) for one in rows]  # type: ignore[attr-defined]

    def clean_chosen(self) -> list[UUID]:
        """Keys of candidates."""
        return [UUID(key) for key in self.cleaned_data["chosen"]]


def _label(round_: Round, one: Nominee) -> str:
    met = f"{len(one.met)}/{len(round_.criteria)}" if round_.criteria else ""
    told = "" if one.agreed else translate(str(_("未同意公示")))
    return " · ".join(filter(None, (one.name, one.group, met, told)))


class DecideForm(forms.Form):
    """When and by what a list became the result."""

    on = day(_("公布日期"))
    document = forms.CharField(label=_("依据"), max_length=120, help_text=_("表扬通报、公告或会议记录的名称或文号。"))
    meeting = forms.ChoiceField(label=_("在哪次会议或活动上公布"), required=False)

    def __init__(self, *args: Any, round: Round, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"on": today, "document": round.document}})
        choices = [("", _("不关联")), *choices_of_meetings(round)]
        self.fields["meeting"].choices = choices  # type: ignore[attr-defined]

    def clean_meeting(self) -> Meeting | None:
        """The meeting chosen."""
        key = self.cleaned_data["meeting"]
        return Meeting.objects.get(key=key) if key else None


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("写事情,不写姓名和隐私。"))
