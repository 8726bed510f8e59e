"""What is typed about venues and the words of a place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField, TagsField, day
from lianjian.foundation.actor import Actor

from ..models import Venue
from ..queries import every_word
from ..rules import meetings as rules


class VenueForm(forms.Form):
    """A venue; without its body where one is changed."""

    organization = OrganizationField(label=_("管理单位"))
    name = forms.CharField(label=_("名称"), max_length=60)
    address = forms.CharField(label=_("地址"), max_length=120, required=False)
    functions = forms.MultipleChoiceField(
        label=_("功能"), required=False, widget=forms.CheckboxSelectMultiple
    )
    double_reason = forms.CharField(
        label=_("重复设置的理由"),
        max_length=200,
        required=False,
        help_text=_("本地区别的阵地已有同样功能时要写。"),
    )
    area_m2 = forms.IntegerField(label=_("面积(平方米)"), min_value=1, max_value=1_000_000, required=False)
    service_m2 = forms.IntegerField(
        label=_("其中服务群众的面积(平方米)"), min_value=0, max_value=1_000_000, required=False
    )
    seats = forms.IntegerField(label=_("座位(个)"), min_value=1, max_value=100_000, required=False)
    facilities = TagsField(
        label=_("设施"), max_length=200, required=False, help_text=_("用顿号分开,例如:投影、音响、停车位。")
    )
    opening = forms.CharField(
        label=_("开放规则"), max_length=200, required=False, help_text=_("什么时候开放、怎么借用。")
    )
    several = forms.BooleanField(
        label=_("能同时开几场(有几间房)"),
        required=False,
        help_text=_("不勾选的,同一时间只能安排一场会议或活动。"),
    )
    opened_on = day(_("启用日期"))

    def __init__(self, *args: Any, actor: Actor, venue: Venue | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = every_word(actor.jurisdiction_id)["function"]
        kept = [(word, word) for word in (venue.functions if venue else ()) if word not in dict(words)]
        self.fields["functions"].choices = [*words, *kept]  # type: ignore[attr-defined]
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]
        if venue is not None:
            del self.fields["organization"]


class UserForm(forms.Form):
    """A body that shares the venue."""

    organization = OrganizationField(label=_("共用单位"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]


class WordForm(forms.Form):
    """A word of one's own."""

    list = forms.ChoiceField(
        label=_("选项表"), choices=[(code, _(name)) for code, (name, _known) in rules.LISTS.items()]
    )
    name = forms.CharField(label=_("名称"), max_length=30)
