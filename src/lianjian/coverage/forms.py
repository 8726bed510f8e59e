"""What is typed about coverage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField
from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor

from . import rules
from .queries import guiding_people, stations, travel_places


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


class BandField(forms.ChoiceField):
    """In which band the rank of a posted cadre lies."""

    def __init__(self, **options: Any) -> None:
        choices = [("", _("不填")), *((code, _(word)) for code, word in rules.BANDS.items())]
        words = _("只用于统计驻企(助企)干部,不排名。")
        super().__init__(label=_("职级段"), choices=choices, required=False, help_text=words, **options)


class BandForm(forms.Form):
    """The band alone."""

    band = BandField()


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
    band = BandField()
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


class CapForm(forms.Form):
    """How many firms, within which places."""

    holder = PersonField(label=_("指导员"), help_text=_("选择已登记的人员;新的指导员先在人员名册里登记。"))
    most = forms.IntegerField(label=_("上限(家)"), min_value=1, max_value=500)
    places = forms.MultipleChoiceField(
        label=_("走访范围"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只去这些地方的企业:隶属于它、地址在它的行政区划内,或由这个指导站覆盖。不选为全域。"),
    )
    since = forms.DateField(label=_("开始日期"), widget=forms.DateInput)

    def __init__(
        self, *args: Any, actor: Actor, holder: Organization | Person | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].actor = actor  # type: ignore[attr-defined]
        if holder is not None:
            del self.fields["holder"]
        rows = travel_places(actor)
        self.places = {str(row.key): row for row in rows}
        self.fields["places"].choices = [(key, row.name) for key, row in self.places.items()]  # type: ignore[attr-defined]

    def clean_holder(self) -> Person:
        """Somebody who is registered."""
        found = self.cleaned_data["holder"]
        if not isinstance(found, Person):
            raise forms.ValidationError(_("没有找到这位人员,请从列出的名字中选择。"))
        return found

    def clean_places(self) -> list[Organization]:
        """The organizations themselves."""
        return [self.places[key] for key in self.cleaned_data["places"]]


class LeaveForm(forms.Form):
    """Who is away, from when to when."""

    person = forms.ChoiceField(label=_("指导员"))
    since = forms.DateField(label=_("离岗日期"), widget=forms.DateInput, help_text=_("不在岗的第一天。"))
    until = forms.DateField(
        label=_("返岗日期"),
        widget=forms.DateInput,
        required=False,
        help_text=_("回来的第一天;不再回来或还不知道的不填。"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(row.key): row for row in guiding_people(actor)}
        names = [("", "—"), *((key, row.name) for key, row in self.people.items())]
        self.fields["person"].choices = names  # type: ignore[attr-defined]

    def clean_person(self) -> Person:
        """The person."""
        return self.people[self.cleaned_data["person"]]


class ProposeForm(forms.Form):
    """Whom to assign to which firms."""

    kind = forms.ChoiceField(
        label=_("分派谁"), choices=[(code, _(word)) for code, word in rules.KINDS.items()], widget=forms.RadioSelect
    )
    scope = forms.ChoiceField(
        label=_("哪些企业"), choices=[(code, _(word)) for code, word in rules.SCOPES.items()], widget=forms.RadioSelect
    )
    since = forms.DateField(label=_("拟从"), widget=forms.DateInput, help_text=_("定案后从这一天起按新安排。"))


class ReasonForm(forms.Form):
    """Why not."""

    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class IntervalForm(forms.Form):
    """Days between two visits."""

    tier = forms.ChoiceField(label=_("分层"), choices=[(code, _(word)) for code, word in rules.TIERS.items()])
    days = forms.IntegerField(label=_("走访间隔(天)"), min_value=1, max_value=366)
    since = forms.DateField(label=_("开始日期"), widget=forms.DateInput)


class TierForm(forms.Form):
    """The tier of a firm."""

    tier = forms.ChoiceField(
        label=_("分层"),
        required=False,
        choices=[("", _("按规模和诉求自动定")), *((code, _(word)) for code, word in rules.TIERS.items())],
    )
    reason = forms.CharField(label=_("理由"), max_length=200)
    since = forms.DateField(label=_("开始日期"), widget=forms.DateInput)


class LeaderForm(forms.Form):
    """Who is responsible for which firm."""

    enterprise = OrganizationField(label=_("企业"), classifications=rules.COVERABLE)
    person = PersonField(label=_("领导(干部)"), help_text=_("选择已登记的人员,或直接写姓名。"))
    role = forms.ChoiceField(
        label=_("方式"),
        choices=[(code, _(word)) for code, word in rules.LEADERS.items()],
        widget=forms.RadioSelect,
        initial=rules.LEADER,
        help_text=_("包保只有一位:新的接手,原来的在前一天结束。"),
    )
    band = BandField()
    since = forms.DateField(label=_("开始日期"), widget=forms.DateInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("enterprise", "person"):
            self.fields[name].actor = actor  # type: ignore[attr-defined]


class GoalForm(forms.Form):
    """The next stage."""

    target = forms.ChoiceField(
        label=_("目标阶段"), choices=[(code, _(word)) for code, (word, _t) in list(rules.STAGES.items())[1:]]
    )
    due_on = forms.DateField(label=_("期限"), widget=forms.DateInput)
    step = forms.CharField(label=_("下一步"), max_length=200, help_text=_("谁做什么,例如:张某列为入党积极分子。"))
    since = forms.DateField(label=_("自"), widget=forms.DateInput)


class SurveyForm(forms.Form):
    """What is asked of whom."""

    name = forms.CharField(label=_("名称"), max_length=60)
    firms = forms.ChoiceField(
        label=_("范围"),
        choices=[(code, _(word)) for code, word in rules.SURVEY_FIRMS.items()],
        widget=forms.RadioSelect,
    )
    facts = forms.MultipleChoiceField(
        label=_("必填内容"),
        choices=[(code, _(word)) for code, (word, _kind) in rules.FACTS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都填了才算完成;其他内容也可以填。"),
    )
    opens_on = forms.DateField(label=_("开始"), widget=forms.DateInput)
    closes_on = forms.DateField(label=_("截止"), widget=forms.DateInput)


class _Owed(forms.Field):
    """Told to be required, and may be left empty for now."""

    def validate(self, value: Any) -> None:
        """Nothing is no error."""
        if value not in self.empty_values:
            super().validate(value)


class _OwedNumber(_Owed, forms.IntegerField):
    pass


class _OwedChoice(_Owed, forms.ChoiceField):
    pass


class _OwedText(_Owed, forms.CharField):
    pass


class AnswerForm(forms.Form):
    """What a firm answered; nothing need be answered at once."""

    def __init__(self, *args: Any, required: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, (word, kind) in rules.FACTS.items():
            if kind == "number":
                field: forms.Field = _OwedNumber(min_value=0, max_value=1_000_000)
            elif kind == "yes":
                field = _OwedChoice(choices=[("", _("未问到")), ("yes", _("是(有)")), ("no", _("否(无)"))])
            else:
                field = _OwedText(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
            field.required, field.label = code in required, _(word)
            self.fields[code] = field

    def clean(self) -> dict[str, Any]:
        """Yes and no as truth; what was not asked is left out."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for code, (_word, kind) in rules.FACTS.items():
            if kind == "yes" and code in found:
                found[code] = {"yes": True, "no": False}.get(found[code])
        return found
