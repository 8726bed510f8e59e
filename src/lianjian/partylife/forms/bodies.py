"""What is typed about forms, approvals, terms and elections of party organizations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField
from lianjian.directory.models import Organization, PartyProfile
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.looks import show_date

from ..models import PartyMember
from ..rules import bodies, elections
from .fields import FIRMS

DECIDERS: Final = {"township": _("乡镇党委决定"), "county": _("县级以上党委决定")}
LINES: Final = 15  # rows for names above the branch, whose committees the rules do not size
MOST: Final = 300  # names in a choice; beyond it the name is written


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput, **options)


def _choices(words: Any, *, blank: bool = False) -> Any:
    def listed() -> list[tuple[str, str]]:
        return [*([("", _("请选择"))] if blank else []), *((code, translate(word)) for code, word in words.items())]

    return listed


def _paper(label: Any = None, **options: Any) -> forms.CharField:
    return forms.CharField(label=label or _("上级批复文号"), max_length=60, **options)


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("理由"), max_length=200, required=False, help_text=_("与一般规定不一致、确需这样办时填写。")
    )


def _secretary() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("已有合适的书记人选"), required=False, help_text=_("企业单独组建党支部、还没有登记书记的填写。")
    )


class ChangeFormForm(forms.Form):
    """Level, way of forming and seat from a day on."""

    level = forms.ChoiceField(label=_("类型"), choices=PartyProfile.Level.choices)
    formation = forms.ChoiceField(label=_("组建方式"), choices=PartyProfile.Formation.choices)
    seat = forms.ChoiceField(label=_("所在单位"), choices=_choices(bodies.SEATS))
    since = _day(_("生效日期"), help_text=_("从这一天起按新的形式,以前的日子不变。"))
    paper = _paper(required=False)
    decided_by = forms.ChoiceField(
        label=_("由谁决定"), required=False, help_text=_("村级以下党组织填写。"),
        choices=_choices(DECIDERS, blank=True),
    )  # fmt: skip
    secretary = _secretary()
    reason = _reason()


class FoundingForm(forms.Form):
    """The superior's reply to the request to found a body."""

    asked_on = _day(_("申请日期"), help_text=_("所在单位请示成立党组织的日期。"))
    approved_on = _day(_("批复日期"))
    paper = _paper()
    decided_by = forms.ChoiceField(
        label=_("由谁决定"), required=False, help_text=_("村级以下党组织填写。"),
        choices=_choices(DECIDERS, blank=True),
    )  # fmt: skip
    secretary = _secretary()
    reason = _reason()


class ReportForm(forms.Form):
    """What was adjusted or dissolved is reported to the superior."""

    reported_on = _day(_("上报日期"))
    paper = _paper(_("报告文号"))


class ExceptionForm(forms.Form):
    """What the superior approved although the number does not fit."""

    matter = forms.ChoiceField(
        label=_("批准事项"), choices=_choices({code: bodies.MATTERS[code] for code in bodies.LASTING})
    )
    paper = _paper()
    approved_on = _day(_("批准日期"))
    until = _day(_("截止日期"), required=False, help_text=_("从这一天起不再适用;长期的空着。"))
    reason = forms.CharField(label=_("理由"), max_length=200, required=False)


class EndExceptionForm(forms.Form):
    """It holds no longer."""

    until = _day(_("截止日期"), help_text=_("从这一天起不再适用。"))


class MoveForm(forms.Form):
    """An election that is postponed or early."""

    matter = forms.ChoiceField(
        label=_("批准事项"), choices=_choices({code: bodies.MATTERS[code] for code in (bodies.POSTPONE, bodies.EARLY)})
    )
    paper = _paper(required=False)
    approved_on = _day(_("批准日期"))
    until = _day(_("延期至"), required=False, help_text=_("延期换届的新的届满日期。"))
    reason = _reason()


class JoinForm(forms.Form):
    """A unit stands under a joint branch."""

    unit = OrganizationField(label=_("单位"), classifications=(*FIRMS, "village"))
    since = _day(_("编入日期"))
    ground = forms.ChoiceField(
        label=_("联合组建的条件"), required=False, choices=_choices(bodies.GROUNDS, blank=True)
    )
    paper = _paper()
    reason = _reason()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].actor = actor  # type: ignore[attr-defined]


class GroupForm(forms.Form):
    """Members of the branch sit in a group or household."""

    group = forms.ChoiceField(label=_("党小组或党员中心户"), required=False)
    members = forms.TypedMultipleChoiceField(label=_("党员"), coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, groups: Sequence[Organization], seats: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(one.key): one for one in groups}
        none = [("", gettext("不编入党小组"))]
        self.fields["group"].choices = [*none, *((key, one.name) for key, one in self.groups.items())]  # type: ignore[attr-defined]
        self.fields["members"].choices = list(seats)  # type: ignore[attr-defined]

    def clean_group(self) -> Organization | None:
        """The body that was chosen."""
        return self.groups.get(self.cleaned_data["group"])


class OfficersForm(forms.Form):
    """Lines of names with their offices; with `votes` at an election. The people are full members of the body.

    Of a large body the names are written instead of chosen; of two with one name neither is taken.
    """

    votes = False

    def __init__(self, *args: Any, people: Sequence[PartyMember], lines: int = LINES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count_of_lines = lines
        self.people = {str(one.key): one for one in people}
        names = [("", gettext("请选择")), *((key, one.person.name) for key, one in self.people.items())]
        for n in range(1, lines + 1):
            title = gettext("第%(n)s人") % {"n": n}
            if len(self.people) > MOST:
                self.fields[f"person_{n}"] = forms.CharField(label=title, max_length=40, required=False)
            else:
                self.fields[f"person_{n}"] = forms.ChoiceField(label=title, choices=names, required=False)
            self.fields[f"offices_{n}"] = forms.MultipleChoiceField(
                label=gettext("第%(n)s人的职务") % {"n": n}, choices=_choices(elections.OFFICES), required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            if self.votes:
                self.fields[f"votes_{n}"] = forms.IntegerField(
                    label=gettext("第%(n)s人得票") % {"n": n}, min_value=0, max_value=99999, required=False
                )

    def clean(self) -> dict[str, Any]:
        """Every line that names somebody is whole."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for n in range(1, self.count_of_lines + 1):
            if not found.get(f"person_{n}"):
                continue
            if len(self.people) > MOST:
                self._name(n, found)
            if not found.get(f"offices_{n}"):
                self.add_error(f"offices_{n}", _("请选择职务。"))
            if self.votes and found.get(f"votes_{n}") is None and f"votes_{n}" not in self.errors:
                self.add_error(f"votes_{n}", _("请填写得票数。"))
        return found

    def _name(self, n: int, found: dict[str, Any]) -> None:
        """The one member of that name, put where a chosen one stands."""
        text = str(found[f"person_{n}"]).strip()
        bearers = [key for key, one in self.people.items() if one.person.name == text]
        if len(bearers) == 1:
            found[f"person_{n}"] = bearers[0]
        elif bearers:
            self.add_error(f"person_{n}", _("有同名的党员,不能只凭姓名登记,请先在人员档案里把姓名区分开。"))
        else:
            self.add_error(f"person_{n}", _("没有找到这名有选举权的党员,请核对姓名。"))

    def lines(self) -> Iterator[tuple[PartyMember, list[str], int]]:
        """(member, offices, votes) of the lines that name somebody."""
        for n in range(1, self.count_of_lines + 1):
            key = self.cleaned_data.get(f"person_{n}")
            if key:
                votes = self.cleaned_data.get(f"votes_{n}") or 0
                yield self.people[key], self.cleaned_data[f"offices_{n}"], votes

    def sections(self) -> list[tuple[str, list[str]]]:
        """The fields in parts: what is common, then the lines of names, empty ones folded at the end."""
        names = [name for name in self.fields if name.rsplit("_", 1)[-1].isdigit()]
        common = [name for name in self.fields if name not in names]
        return [("", common), (gettext("班子成员"), names)]


class TermForm(OfficersForm):
    """A leadership that sits already, or was appointed."""

    leadership = forms.ChoiceField(label=_("班子"), choices=_choices(elections.LEADERSHIPS))
    way = forms.ChoiceField(label=_("产生方式"), choices=_choices(elections.WAYS_IN))
    since = _day(_("任期开始"))
    due_on = _day(
        _("任期届满"), required=False, help_text=_("规定了任期的自动计算;没有统一规定的(如企业党委)按批复填写。")
    )
    paper = _paper()


class ElectionForm(OfficersForm):
    """What was counted at a meeting, and who was elected."""

    votes = True

    meeting = forms.ChoiceField(label=_("选举会议"))
    leadership = forms.ChoiceField(label=_("班子"), choices=_choices(elections.LEADERSHIPS))
    way = forms.ChoiceField(label=_("选举方式"), choices=_choices(elections.VOTERS))
    eligible = forms.IntegerField(
        label=_("应到会代表"), required=False, min_value=0, max_value=99999,
        help_text=_("党员大会选举的不填,按支部名册计算。"),
    )  # fmt: skip
    consent = _paper(_("同意由代表大会选举的批复文号"), required=False)
    present = forms.IntegerField(label=_("实到会有选举权的人数"), min_value=0, max_value=99999)
    seats = forms.IntegerField(label=_("应选人数"), min_value=1, max_value=99)
    candidates = forms.IntegerField(label=_("候选人数"), min_value=1, max_value=99)
    ballots_out = forms.IntegerField(label=_("发出选票"), min_value=0, max_value=99999)
    ballots_in = forms.IntegerField(label=_("收回选票"), min_value=0, max_value=99999)
    best_other = forms.IntegerField(
        label=_("未当选的人最多得票"), min_value=0, max_value=99999, initial=0,
        help_text=_("只用来核对最后一个名额有没有同票,不登记是谁。"),
    )  # fmt: skip
    secret = forms.BooleanField(label=_("无记名投票"), required=False, initial=True)
    proxy = forms.BooleanField(label=_("有委托他人投票或候选人代写选票的情况"), required=False)
    left_open = forms.BooleanField(label=_("名额空缺:到会半数以上同意不再选举"), required=False)
    order = forms.ChoiceField(label=_("选票上候选人名单的顺序"), choices=_choices(elections.ORDERS))
    request_paper = _paper(_("请示批复文号"), help_text=_("选举前上级党组织对请示的批复。"))
    reason = _reason()

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(one.key): one for one in meetings}
        self.fields["meeting"].choices = [  # type: ignore[attr-defined]
            (key, f"{show_date(one.starts_at)} {one.title}") for key, one in self.meetings.items()
        ]

    def clean_meeting(self) -> Meeting:
        """The meeting that was chosen."""
        return self.meetings[self.cleaned_data["meeting"]]

    def count(self) -> elections.Count:
        """What the verb takes."""
        kept = self.cleaned_data
        plain = (
            "seats", "candidates", "present", "ballots_out", "ballots_in", "best_other", "way", "eligible", "order",
        )  # fmt: skip
        return elections.Count(
            **{name: kept[name] for name in (*plain, "secret", "proxy", "left_open")}
        )


class ApproveElectionForm(forms.Form):
    """The superior approves."""

    report_paper = _paper(_("结果报告文号"), required=False, help_text=_("支部选举后上报结果的报告。"))
    settled_paper = _paper()
    settled_on = _day(_("批复日期"), help_text=_("书记、副书记从这一天起任职,委员从选举之日起任职。"))
    due_on = _day(_("任期届满"), required=False, help_text=_("规定了任期的自动计算,不用填。"))


class ReturnElectionForm(forms.Form):
    """The superior does not."""

    reason = forms.CharField(label=_("退回理由"), max_length=200)


def recent(day: date) -> date:
    """From when on meetings are offered for an election: a year back."""
    return date(day.year - 1, day.month, min(day.day, 28))
