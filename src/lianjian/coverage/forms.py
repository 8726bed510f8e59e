"""What is typed about coverage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Person
from lianjian.foundation.actor import Actor

from .queries import stations


class PersonField(forms.CharField):
    """A person by choice, or a name: the verb finds or makes the person of that name. Set `actor` before cleaning."""

    def __init__(self, **options: Any) -> None:
        attrs = {"data-src": "/coverage/people", "data-free": "1", "autocomplete": "off"}
        super().__init__(max_length=60, widget=forms.TextInput(attrs=attrs), **options)
        self.actor: Actor | None = None

    def clean(self, value: Any) -> Person | str:
        """The chosen person, or the name as written."""
        text = super().clean(value)
        try:
            key = UUID(text)
        except ValueError:
            return str(text)
        found = Person.objects.visible_to(self.actor).filter(key=key).first()  # type: ignore[attr-defined]
        if found is None:
            raise forms.ValidationError(_("没有找到所选的人员,请重新选择。"))
        return found  # type: ignore[no-any-return]


class AssignForm(forms.Form):
    """Several enterprises get one station, one instructor, or both."""

    enterprises = forms.MultipleChoiceField(label=_("企业"), widget=forms.CheckboxSelectMultiple)
    station = forms.ChoiceField(label=_("指导站"), required=False)
    person = PersonField(label=_("红管家"), required=False, help_text=_("选择已登记的人员,或直接写姓名。"))
    since = forms.DateField(
        label=_("开始日期"), widget=forms.DateInput, help_text=_("这一天起按新安排,之前的安排照旧保留。")
    )

    def __init__(self, *args: Any, actor: Actor, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["person"].actor = actor  # type: ignore[attr-defined]
        self.fields["enterprises"].choices = choices  # type: ignore[attr-defined]
        rows = stations(actor).filter(jurisdiction_id__in=actor.writable).order_by("name", "id")
        self.stations = {str(row.key): row for row in rows}
        names = [(key, row.name) for key, row in self.stations.items()]
        self.fields["station"].choices = [("", _("不变")), *names]  # type: ignore[attr-defined]

    def clean_station(self) -> Any:
        """The station itself, None for no change."""
        return self.stations.get(self.cleaned_data["station"])


class DispatchForm(forms.Form):
    """A cadre is sent to a station."""

    person = PersonField(label=_("干部"), help_text=_("选择已登记的人员,或直接写姓名。"))
    origin = forms.CharField(label=_("原单位及职务"), max_length=80, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=20, required=False)
    resident = forms.BooleanField(label=_("常驻党群服务中心"), required=False)
    since = forms.DateField(label=_("派驻起始"), widget=forms.DateInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].actor = actor  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """A phone in its plain form."""
        from lianjian.foundation.codes import check_phone

        text = self.cleaned_data["phone"].strip()
        if not text:
            return ""
        checked = check_phone(text)
        if checked.problem is not None:
            raise forms.ValidationError(_("电话号码不对,请核对。"))
        return str(checked.value)


class EndForm(forms.Form):
    """The first day without."""

    until = forms.DateField(label=_("结束日期"), widget=forms.DateInput, help_text=_("从这一天起不再有效。"))
