"""What is typed about venues and the words of a place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField, TagsField, day
from lianjian.foundation.actor import Actor
from lianjian.foundation.looks import show_date

from ..models import Venue, VenueService
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


class ServiceForm(forms.Form):
    """A service that a venue offers."""

    name = forms.CharField(label=_("服务"), max_length=40, help_text=_("例如:热水、打印复印、血压测量。"))
    charge = forms.CharField(label=_("收费说明"), max_length=60, required=False, help_text=_("免费的不填。"))
    hours = forms.CharField(
        label=_("服务时间"), max_length=80, required=False, help_text=_("例如:工作日9:00至17:00;全天提供的不填。")
    )
    since = day(_("开始日期"))


class ServiceChangeForm(ServiceForm):
    """Other words about a service; from which day on it costs something else."""

    on = day(
        _("收费从哪天起变"),
        required=False,
        help_text=_("收费说明变了才用:这一天以前仍按原来的算;原来就写错了的,填这项服务的开始日期。"),
    )


def people(label: Any, help_text: Any = "") -> forms.IntegerField:
    """A number of person-times."""
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, initial=0, help_text=help_text)


class CountForm(forms.Form):
    """How many came, party members and others apart."""

    members = people(_("党员(人次)"))
    others = people(_("群众(人次)"), _("只填人数,不记姓名。同一个人用两次算两人次。"))


def _until(service: VenueService) -> str:
    """Its name, and till when it was offered: the same may be offered again, for another price."""
    if service.until is None:
        return service.name
    return f"{service.name}({gettext('%(day)s 停止') % {'day': show_date(service.until)}})"


class DayCountForm(CountForm):
    """The same for a day without a booking, or for one service."""

    on = day(_("日期"))
    service = forms.ChoiceField(
        label=_("服务"), required=False, help_text=_("来用某一项服务的才选;只是来坐坐、看书的不选。")
    )
    field_order = ("on", "service", "members", "others")

    def __init__(self, *args: Any, venue: Venue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = venue.services.order_by(F("until").desc(nulls_first=True), "name", "pk")
        self.services = {str(one.key): one for one in rows}
        names = [(key, _until(one)) for key, one in self.services.items()]
        self.fields["service"].choices = [("", gettext("日常开放")), *names]  # type: ignore[attr-defined]

    def clean_service(self) -> VenueService | None:
        """The service itself."""
        return self.services.get(self.cleaned_data["service"])
