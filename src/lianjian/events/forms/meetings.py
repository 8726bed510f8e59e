"""What is typed about meetings, what they decide, and what recurs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import LOOKUP, OrganizationField, day, long_text
from lianjian.directory.models import Organization
from lianjian.directory.queries import named_organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused

from ..models import Decision, Meeting, Venue
from ..queries import every_word, venue_choices
from ..rules import meetings as rules
from ..rules.activities import split_parts
from ..rules.recurrence import RHYTHMS
from .serving import serve, serving_field

BLANK = ("", "—")
MOST_BODIES = 300


class OrganizationsField(forms.CharField):
    """Several organizations by name or code, one a line or parted by 顿号. Set `actor` before cleaning."""

    def __init__(self, **options: Any) -> None:
        rows = options.pop("rows", 2)
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows, "data-add": LOOKUP}))
        options.setdefault("max_length", 20_000)
        super().__init__(**options)
        self.actor: Actor | None = None

    def clean(self, value: Any) -> list[Organization]:
        """The organizations in order, once each; an error that names those that nobody recognises."""
        text = super().clean(value)
        if self.actor is None:
            raise TypeError("an OrganizationsField needs its actor")
        names = list(dict.fromkeys(filter(None, (name.strip() for name in re.split(r"[\n、;;]", text or "")))))
        if len(names) > MOST_BODIES:
            raise forms.ValidationError(
                gettext("一次最多写%(most)s个单位,请分几次邀请。"), params={"most": MOST_BODIES}
            )
        known = _by_name(self.actor, names)
        found = {name: known.get(name) or named_organization(self.actor, name) for name in names}
        lost = [name for name, body in found.items() if body is None]
        if lost:
            raise forms.ValidationError(
                gettext("没有找到或有重名:%(names)s。请写全称或统一社会信用代码。"),
                params={"names": "、".join(lost[:10])},
            )
        return list({body.pk: body for body in found.values() if body is not None}.values())


def _by_name(actor: Actor, names: Sequence[str]) -> dict[str, Organization]:
    """Those whose full name only one organization bears; one query for all."""
    rows = Organization.objects.visible_to(actor).current().filter(name__in=names)  # type: ignore[attr-defined]
    found: dict[str, list[Organization]] = {}
    for row in rows:
        found.setdefault(row.name, []).append(row)
    return {name: same[0] for name, same in found.items() if len(same) == 1}


class PartsField(forms.CharField):
    """Parts of an activity, one a line."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 2000)
        options.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        options.setdefault("help_text", _("一行一个,按先后写。"))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """What is kept as a list is shown as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The parts in order."""
        return split_parts(super().clean(value) or "")


def moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    """A day and time of day."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, help_text=help_text)


def told(refusal: type[Refused]) -> dict[str, Any]:
    """What is said where a needed text is missing: the sentence of the verb's own refusal."""
    return {"required": _(refusal.sentence)}


BODIES = (
    ("members", rules.MEMBER),
    ("hosts", rules.HOST),
    ("guests", rules.GUEST),
    ("departments", rules.DEPARTMENT),
)


class MeetingForm(forms.Form):
    """A meeting to plan; without the bodies where one is changed."""

    convener = OrganizationField(label=_("召集方"), help_text=_("联盟、党组织或别的单位。"))
    kind = forms.ChoiceField(label=_("种类"))
    title = forms.CharField(label=_("名称"), max_length=80)
    starts_at = moment(_("开始时间"))
    ends_at = moment(_("结束时间"))
    venue = forms.ChoiceField(
        label=_("阵地"), required=False, help_text=_("登记过的阵地从这里选,没有的在下面写地点。")
    )
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    topics = forms.MultipleChoiceField(
        label=_("议题和标签"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agenda = long_text(_("议程"), 4)
    parts = PartsField(label=_("环节"), required=False)
    members = OrganizationsField(
        label=_("参加单位"), required=False, rows=6,
        help_text=_("一行一个全称或信用代码,可以整段粘贴;别的乡镇的单位也可以。"),
    )
    hosts = OrganizationsField(label=_("主办(接待)单位"), required=False)
    guests = OrganizationsField(
        label=_("来访单位"), required=False, help_text=_("互访时写明谁来访、谁接待。")
    )
    departments = OrganizationsField(label=_("邀请部门"), required=False)
    teams = serving_field()
    audience = forms.ChoiceField(
        label=_("谁能看"),
        choices=[(code, _(word)) for code, word in rules.AUDIENCES.items()],
        widget=forms.RadioSelect,
        initial=rules.OPEN,
    )
    answer_by = day(
        _("请答复至"), required=False, help_text=_("填了日期,参加单位会收到待办,答复来不来;不需要答复的不填。")
    )

    def __init__(
        self, *args: Any, actor: Actor, today: date, meeting: Meeting | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        words = every_word(actor.jurisdiction_id)
        held = {"kind": [meeting.kind], "topic": meeting.topics} if meeting is not None else {}
        for name, code in (("kind", "kind"), ("topics", "topic")):
            kept = [(word, word) for word in held.get(code, ()) if word not in dict(words[code])]
            self.fields[name].choices = [*words[code], *kept]  # type: ignore[attr-defined]
        venues = venue_choices(actor, today, meeting.venue if meeting is not None else None)
        self.fields["venue"].choices = [BLANK, *venues]  # type: ignore[attr-defined]
        for name in ("convener", *(name for name, _part in BODIES)):
            self.fields[name].actor = actor  # type: ignore[attr-defined]
        serve(self, actor, meeting)
        if meeting is not None:
            for name in ("convener", *(name for name, _part in BODIES)):
                del self.fields[name]

    def clean_venue(self) -> Venue | None:
        """The venue chosen."""
        key = self.cleaned_data["venue"]
        return Venue.objects.get(key=key) if key else None

    def sections(self) -> list[tuple[str, list[str]]]:
        """The groups of fields, without those that this form does not have."""
        groups = (
            (gettext("什么会"), ("convener", "kind", "title", "topics", "agenda", "parts")),
            (gettext("时间和地点"), ("starts_at", "ends_at", "rhythm", "by_weekday", "last_on", "venue", "place")),
            (gettext("参加的单位"), (*(name for name, _part in BODIES), "teams")),
            (gettext("答复和公开"), ("answer_by", "audience")),
        )
        kept = [(title, [name for name in names if name in self.fields]) for title, names in groups]
        return [(title, names) for title, names in kept if names]

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        found = dict(self.cleaned_data)
        if "members" in self.fields:
            found["bodies"] = [(body, part) for name, part in BODIES for body in found.pop(name)]
        return found


class SeriesForm(MeetingForm):
    """What recurs: the first one, the rhythm and the last day."""

    rhythm = forms.ChoiceField(
        label=_("多久一次"), choices=[(code, _(words)) for code, (_f, _i, words) in RHYTHMS.items()]
    )
    by_weekday = forms.BooleanField(
        label=_("按星期几(例如每月第二个星期二),不按几号"), required=False
    )
    last_on = day(_("最后一天"), help_text=_("按周期排到这一天为止,最多60次;以后可以接着排。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["answer_by"]
        self.fields["starts_at"].label = _("第一次开始时间")
        self.fields["ends_at"].label = _("第一次结束时间")


class ExtendForm(forms.Form):
    """Carry a series on."""

    last_on = day(_("新的最后一天"))


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=told(rules.ReasonNeeded),
    )


class InviteForm(forms.Form):
    """One more body; after the meeting with how many came."""

    organization = OrganizationField(label=_("单位"))
    part = forms.ChoiceField(
        label=_("作为"), choices=[(code, _(word)) for code, word in rules.PARTS.items()]
    )
    people = forms.IntegerField(label=_("到会人数"), min_value=1, max_value=9999)

    def __init__(self, *args: Any, actor: Actor, came: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]
        if not came:
            del self.fields["people"]


class AnswerForm(forms.Form):
    """What an invited body says."""

    coming = forms.ChoiceField(
        label=_("参加吗"),
        choices=[(code, _(word)) for code, word in rules.COMING.items()],
        widget=forms.RadioSelect,
    )
    people = forms.IntegerField(label=_("几个人"), min_value=1, max_value=9999, required=False)
    words = forms.CharField(label=_("说明"), max_length=200, required=False)


class DecisionForm(forms.Form):
    """What was decided, who does it, by when."""

    text = forms.CharField(
        label=_("决定事项"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    organizations = forms.MultipleChoiceField(
        label=_("落实单位"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=told(rules.NobodyCharged),
    )
    due_on = day(_("完成期限"))
    reason = forms.CharField(
        label=_("修改原因"), max_length=200, error_messages=told(rules.ReasonNeeded)
    )

    def __init__(
        self, *args: Any, meeting: Meeting, decision: Decision | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if decision is not None:
            del self.fields["organizations"]
            return
        del self.fields["reason"]
        rows = meeting.invitations.filter(withdrawn_at__isnull=True).select_related("organization")
        bodies = [*(row.organization for row in rows.order_by("pk")), meeting.convener]
        self.bodies = {str(body.key): body for body in bodies}
        self.fields["organizations"].choices = [(key, body.name) for key, body in self.bodies.items()]  # type: ignore[attr-defined]

    def clean_organizations(self) -> list[Organization]:
        """The bodies chosen."""
        return [self.bodies[key] for key in self.cleaned_data["organizations"]]


class EvidenceForm(forms.Form):
    """What shows that it is done."""

    evidence = forms.CharField(
        label=_("落实情况"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=told(rules.EvidenceNeeded),
    )


class ReportForm(forms.Form):
    """What a body in charge has done."""

    text = forms.CharField(
        label=_("做了什么"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=told(rules.EvidenceNeeded),
        help_text=_("召集方核对以后办结。"),
    )
