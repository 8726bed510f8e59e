"""What is typed about templates, results, photos, displays and feeds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField, day, long_text
from lianjian.foundation.actor import Actor

from ..models import Display, Template, Venue
from ..queries import every_word, venue_choices
from ..rules.recurrence import RHYTHMS
from ..rules.topics import PERIODS
from .meetings import BLANK, OrganizationsField, PartsField


class TemplateForm(forms.Form):
    """A template; without its body where one is changed."""

    organization = OrganizationField(label=_("使用单位"))
    name = forms.CharField(label=_("模板名称"), max_length=60)
    kind = forms.ChoiceField(label=_("种类"))
    parts = PartsField(label=_("环节"), required=False)
    agenda = long_text(_("议程"), 3)
    rhythm = forms.ChoiceField(label=_("多久一次"), required=False)
    minutes = forms.IntegerField(label=_("时长(分钟)"), min_value=5, max_value=1440, initial=120)
    venue = forms.ChoiceField(label=_("阵地"), required=False)
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    hosts = OrganizationsField(label=_("主办(接待)单位"), required=False, help_text=_("一行一个,写全称或信用代码。"))

    def __init__(
        self, *args: Any, actor: Actor, today: date, template: Template | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        words = every_word(actor.jurisdiction_id)["kind"]
        kept = [(template.kind, template.kind)] if template and template.kind not in dict(words) else []
        self.fields["kind"].choices = [*words, *kept]  # type: ignore[attr-defined]
        rhythms = [(code, _(words)) for code, (_f, _i, words) in RHYTHMS.items()]
        self.fields["rhythm"].choices = [("", _("不定期")), *rhythms]  # type: ignore[attr-defined]
        venues = venue_choices(actor, today, template.venue if template is not None else None)
        self.fields["venue"].choices = [BLANK, *venues]  # type: ignore[attr-defined]
        for name in ("organization", "hosts"):
            self.fields[name].actor = actor  # type: ignore[attr-defined]
        if template is not None:
            del self.fields["organization"]

    def clean_venue(self) -> Venue | None:
        """The venue chosen."""
        key = self.cleaned_data["venue"]
        return Venue.objects.get(key=key) if key else None


class StandingTopicForm(forms.Form):
    """A topic that a body takes up regularly."""

    topic = forms.ChoiceField(label=_("议题"))
    per = forms.ChoiceField(label=_("多久研究一次"), initial="quarter")
    kind = forms.ChoiceField(
        label=_("哪种会议才算"), required=False, help_text=_("不选时,本单位召集或主办的会议都算。")
    )
    source = forms.CharField(
        label=_("依据"), max_length=200, required=False, help_text=_("例如:镇党委〔2026〕3号文件。")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = every_word(actor.jurisdiction_id)
        self.fields["topic"].choices = words["topic"]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("不限")), *words["kind"]]  # type: ignore[attr-defined]
        periods = [(code, _(name)) for code, name in PERIODS.items()]
        self.fields["per"].choices = periods  # type: ignore[attr-defined]


class WinnerForm(forms.Form):
    """A result as it was announced."""

    prize = forms.CharField(label=_("奖项"), max_length=60, help_text=_("例如:一等奖、最美庭院、技术标兵。"))
    person_name = forms.CharField(
        label=_("获奖人"), max_length=40, required=False, help_text=_("只写公布的姓名,不写其他个人信息。")
    )
    organization = OrganizationField(label=_("获奖单位或所在单位"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]


class QuestionForm(forms.Form):
    """What was asked and answered."""

    asked_by = forms.CharField(
        label=_("提问方"), max_length=80, required=False, help_text=_("单位或“一位参会企业”即可。")
    )
    text = forms.CharField(label=_("问题"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    answer = forms.CharField(
        label=_("答复"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("会上没有答完的先空着,以后补上。"),
    )
    answered_by = forms.CharField(label=_("答复方"), max_length=80, required=False)


class PhotoForm(forms.Form):
    """A picture, or without the file what is said of one."""

    file = forms.FileField(label=_("照片"), widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}))
    caption = forms.CharField(label=_("图片说明"), max_length=100)
    credit = forms.CharField(label=_("摄影或供图"), max_length=40)
    consent = forms.BooleanField(
        label=_("照片上的人同意公开"),
        required=False,
        help_text=_("不勾选的,只有召集方和参加单位能看。"),
    )

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["file"]


class DisplayForm(forms.Form):
    """Something on show."""

    kind = forms.ChoiceField(label=_("展示种类"))
    title = forms.CharField(label=_("名称"), max_length=60)
    text = long_text(_("内容"), 3, 500)
    since = day(_("设置日期"))

    def __init__(self, *args: Any, actor: Actor, display: Display | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = every_word(actor.jurisdiction_id)["display"]
        kept = [(display.kind, display.kind)] if display and display.kind not in dict(words) else []
        self.fields["kind"].choices = [*words, *kept]  # type: ignore[attr-defined]


class FeedForm(forms.Form):
    """For whom the address is."""

    organization = OrganizationField(
        label=_("单位"), required=False, help_text=_("不填的,订阅与您所在单位有关的全部会议和活动。")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]


