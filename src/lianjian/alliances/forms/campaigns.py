"""What is typed about campaigns, their bodies, records and items; honours."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField
from lianjian.events.models import Meeting, Visit
from lianjian.files.forms import ManyFilesField
from lianjian.foundation.actor import Actor

from ..models import Campaign, CampaignAction, Participant
from ..queries import visits_of
from ..queries.goals import count_choices
from ..queries.terms import terms
from ..rules import campaigns as rules
from ..rules import honours
from .pairing import EnrolForm, ReasonForm

__all__ = ["ReasonForm"]


class CampaignForm(forms.Form):
    """A campaign; who runs it is decided once."""

    name = forms.CharField(label=_("名称"), max_length=60)
    kind = forms.ChoiceField(label=_("活动类型"), help_text=_("不够用时,请在“联建选项”里增加。"))
    organization = OrganizationField(label=_("主办单位"))
    since = forms.DateField(label=_("开始日期"), widget=forms.DateInput)
    until = forms.DateField(
        label=_("计划结束"), widget=forms.DateInput, required=False, help_text=_("最后一天;长期开展的不填。")
    )
    document = forms.CharField(
        label=_("依据文件"), max_length=120, required=False, help_text=_("文号或标题。")
    )
    about = forms.CharField(label=_("内容和要求"), widget=forms.Textarea(attrs={"rows": 4}), required=False)

    def __init__(self, *args: Any, actor: Actor, campaign: Campaign | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = campaign.kind if campaign is not None else ""
        self.fields["kind"].choices = terms(actor.jurisdiction_id, "campaign", held)  # type: ignore[attr-defined]
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]
        if campaign is not None:
            del self.fields["organization"]


class CloseCampaignForm(forms.Form):
    """From when on it takes nothing."""

    on = forms.DateField(label=_("结束日期"), widget=forms.DateInput, help_text=_("不再开展的第一天。"))


class CampaignActionForm(forms.Form):
    """A sub-action or goal."""

    name = forms.CharField(label=_("子行动或目标"), max_length=60)
    counts = forms.ChoiceField(
        label=_("怎样计数"),
        choices=count_choices,
        help_text=_("完成数由系统按记录计算,不用填写。"),
    )
    target = forms.IntegerField(
        label=_("目标数"), min_value=1, max_value=1_000_000, required=False, help_text=_("以文件认定的不填。")
    )
    criterion = forms.CharField(
        label=_("达标标准"), max_length=200, required=False, help_text=_("写明怎样算完成。")
    )


class ReachForm(forms.Form):
    """A goal is reached."""

    on = forms.DateField(label=_("认定日期"), widget=forms.DateInput)
    document = forms.CharField(label=_("认定文件"), max_length=120, help_text=_("文号或标题。"))


class InviteForm(EnrolForm):
    """Bodies, by name, as many as there are lines."""

    status = forms.ChoiceField(
        label=_("参加状态"),
        choices=[(code, _(rules.STATUSES[code])) for code in (rules.INVITED, rules.PILOT, rules.JOINED)],
        widget=forms.RadioSelect,
        help_text=_("先行试点和已参加的,按名单的先后排参加顺序。"),
    )
    on = forms.DateField(label=_("日期"), widget=forms.DateInput)
    field_order = ("names", "status", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("side", "consent", "consent_on", "capacity"):
            del self.fields[name]


class MoveForm(forms.Form):
    """The next status."""

    status = forms.ChoiceField(label=_("新的状态"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("日期"), widget=forms.DateInput)
    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        required=False,
        help_text=_("退出、退出后再参加、完成后再推进,要写明理由。"),
    )

    def __init__(self, *args: Any, part: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, _(rules.STATUSES[code])) for code in rules.NEXT[part.status]]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]


class _OfCampaign(forms.Form):
    """A form with a choice of the campaign's sub-actions."""

    action = forms.ChoiceField(label=_("子行动"), required=False)

    def __init__(self, *args: Any, part: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions = {str(one.key): one for one in part.campaign.actions.order_by("number")}
        choices = [("", "—"), *((key, one.name) for key, one in self.actions.items())]
        self.fields["action"].choices = choices  # type: ignore[attr-defined]
        if not self.actions:
            del self.fields["action"]

    def clean_action(self) -> CampaignAction | None:
        """The sub-action."""
        return self.actions.get(self.cleaned_data["action"])


class WorkForm(_OfCampaign):
    """What was found at a body, and what was done."""

    visit = forms.ChoiceField(
        label=_("走访记录"), required=False, help_text=_("选了走访,日期就是走访的日期。")
    )
    on = forms.DateField(label=_("日期"), widget=forms.DateInput)
    problem = forms.CharField(
        label=_("发现的问题"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300, required=False
    )
    done = forms.CharField(
        label=_("做了什么"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300, required=False
    )
    due_on = forms.DateField(
        label=_("跟踪期限"),
        widget=forms.DateInput,
        required=False,
        help_text=_("填了的,列入待办,写了办理结果就办结。"),
    )

    def __init__(self, *args: Any, actor: Actor, part: Participant, **kwargs: Any) -> None:
        super().__init__(*args, part=part, **kwargs)
        self.actor = actor
        visits = visits_of(actor, part)
        self.fields["visit"].choices = [("", "—"), *visits]  # type: ignore[attr-defined]
        if not visits:
            del self.fields["visit"]

    def clean_visit(self) -> Visit | None:
        """The visit."""
        key = self.cleaned_data["visit"]
        return Visit.objects.visible_to(self.actor).get(key=UUID(key)) if key else None  # type: ignore[attr-defined]


class ResultForm(forms.Form):
    """What came of a problem."""

    result = forms.CharField(label=_("办理结果"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300)
    result_on = forms.DateField(label=_("办结日期"), widget=forms.DateInput)


class ItemForm(_OfCampaign):
    """An item to be put right."""

    issue = forms.CharField(label=_("存在问题"), widget=forms.Textarea(attrs={"rows": 2}), max_length=300)
    measure = forms.CharField(label=_("整改措施"), widget=forms.Textarea(attrs={"rows": 2}), max_length=300)
    responsible = OrganizationField(
        label=_("整改责任单位"), required=False, help_text=_("不填的由参加单位自己负责。")
    )
    found_on = forms.DateField(label=_("发现日期"), widget=forms.DateInput)
    due_on = forms.DateField(label=_("整改期限"), widget=forms.DateInput)
    field_order = ("issue", "measure", "responsible", "found_on", "due_on", "action")

    def __init__(self, *args: Any, actor: Actor, part: Participant, **kwargs: Any) -> None:
        super().__init__(*args, part=part, **kwargs)
        self.fields["responsible"].actor = actor  # type: ignore[attr-defined]


class SubmitForm(forms.Form):
    """How it was put right, with more evidence."""

    words = forms.CharField(label=_("整改情况"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300)
    file = ManyFilesField(
        label=_("佐证材料"), required=False, help_text=_("照片、检测报告、票据等;已经上传过的可以不再传。")
    )


class AcceptForm(forms.Form):
    """What the check found."""

    words = forms.CharField(
        label=_("核查情况"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300, required=False
    )


class ReturnForm(forms.Form):
    """Why it is not put right yet."""

    reason = forms.CharField(label=_("退回理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300)
    due_on = forms.DateField(
        label=_("新的期限"), widget=forms.DateInput, required=False, help_text=_("不填的期限不变。")
    )


class TagForm(forms.Form):
    """A meeting of the campaign."""

    meeting = forms.ChoiceField(label=_("会议或活动"))

    def __init__(self, *args: Any, actor: Actor, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = campaign.meetings.values("meeting")
        rows = Meeting.objects.visible_to(actor).exclude(pk__in=there).order_by("-starts_at")[:100]
        self.meetings = {str(one.key): one for one in rows}
        choices = [(key, f"{one.starts_at:%Y-%m-%d} {one.title}") for key, one in self.meetings.items()]
        self.fields["meeting"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            self.fields["meeting"].help_text = gettext("没有可以列入的会议或活动,请先到“会议与活动”登记。")

    def clean_meeting(self) -> Meeting:
        """The meeting."""
        return self.meetings[self.cleaned_data["meeting"]]


class HonourForm(forms.Form):
    """An honour as it was published."""

    organization = OrganizationField(label=_("单位"))
    title = forms.CharField(label=_("荣誉"), max_length=80)
    level = forms.ChoiceField(
        label=_("级别"), choices=[(code, _(word)) for code, word in honours.LEVELS.items()]
    )
    awarded_by = forms.CharField(label=_("授予单位"), max_length=80)
    awarded_on = forms.DateField(label=_("授予日期"), widget=forms.DateInput)
    document = forms.CharField(label=_("依据文件"), max_length=120, help_text=_("文号或标题。"))
    person_name = forms.CharField(
        label=_("个人(按公布)"),
        max_length=40,
        required=False,
        help_text=_("只有公布的文件写明个人的才填,不填电话和证件号码。"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]


class WithdrawHonourForm(ReasonForm):
    """From when on it is no more."""

    on = forms.DateField(label=_("收回日期"), widget=forms.DateInput)
    field_order = ("on", "reason")
