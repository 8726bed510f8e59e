"""What is typed at each move of a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization, Team
from lianjian.foundation.actor import Actor
from lianjian.rulebook.queries import term_text

from .. import actions, rules
from ..models import Case
from ..queries import suggestions, units_for
from ..queries.categories import filled, templates_for
from ..queries.tree import Tree, tree_of
from .pieces import area, words


class MoveForm(forms.Form):
    """A move of a case, prepared on the version `seen`. `verb` makes it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    verb: Any = None
    done: Any = ""
    note: Any = ""  # what the move means, where the fields do not say it

    def __init__(self, *args: Any, actor: Actor, case: Case, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.case, self.now = actor, case, now
        self.fields["seen"].initial = case.version
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices."""

    def values(self) -> dict[str, Any]:
        """What the verb takes besides actor, case and time."""
        return self.cleaned_data

    def run(self) -> None:
        """Make the move."""
        type(self).verb(actor=self.actor, case=self.case, now=self.now, **self.values())


def unit_choices(form: MoveForm, tree: Tree | None = None) -> list[tuple[str, str]]:
    """Units that may have the case."""
    return units_for(form.case, tree)


def unit_of(key: str) -> Organization | None:
    """The unit that was chosen."""
    return Organization.objects.filter(key=UUID(key)).first() if key else None


class DispatchForm(MoveForm):
    """Which unit, and why."""

    handler = forms.ChoiceField(label=_("承办单位"), widget=forms.Select(attrs={"data-combobox": "1"}))
    team = forms.ChoiceField(label=_("帮办团"), required=False)
    reason = forms.CharField(label=_("派单理由"), max_length=300, required=False)
    amount = forms.IntegerField(
        label=_("办理时限(工作日)"),
        min_value=1,
        max_value=250,
        required=False,
        help_text=_("不填则按类别的时限。"),
    )
    verb = staticmethod(actions.dispatch_case)
    done = _("已派单。")

    def prepare(self) -> None:
        """Units, with the suggestion and its reason filled in."""
        tree = tree_of(self.case.jurisdiction_id)
        self.fields["handler"].choices = [("", gettext("请选择")), *unit_choices(self, tree)]  # type: ignore[attr-defined]
        if self.case.evaluation_id is not None:
            del self.fields["amount"]
        fresh = self.case.handler_id is None or self.case.state == "returned"
        found = suggestions(self.case, tree) if fresh else []
        rows = Team.objects.filter(jurisdiction_id=self.case.jurisdiction_id, dissolved_on__isnull=True)
        self.teams = {str(team.key): team for team in rows.order_by("name")}
        if self.teams:
            choices = [("", gettext("不安排")), *((key, team.name) for key, team in self.teams.items())]
            self.fields["team"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["team"]
        advice = next(iter(found), None)
        if advice is not None:
            if advice.team is not None and self.teams:
                self.fields["team"].initial = str(advice.team.key)
            self.fields["handler"].initial = str(advice.organization.key)
            self.fields["reason"].initial = advice.reason
            self.fields["handler"].help_text = gettext("系统建议:%(unit)s,%(reason)s。请确认。") % {
                "unit": advice.organization.name,
                "reason": advice.reason,
            }
            others = "；".join(f"{one.organization.name}({one.reason})" for one in found[1:3])
            if others:
                self.fields["handler"].help_text += gettext("还可以:%(others)s。") % {"others": others}

    def values(self) -> dict[str, Any]:
        """With the unit itself."""
        team = self.teams.get(self.cleaned_data.get("team", ""))
        return {**self.cleaned_data, "handler": unit_of(self.cleaned_data["handler"]), "team": team}


class RedispatchForm(DispatchForm):
    """Another unit; a reason is needed."""

    done = _("已改派。")


class SignForm(MoveForm):
    """Who will deal with it."""

    person = forms.CharField(label=_("经办人"), max_length=40, required=False)
    verb = staticmethod(actions.sign_case)
    done = _("已签收。")

    def prepare(self) -> None:
        """Oneself by default."""
        self.fields["person"].initial = self.actor.name


class ReturnForm(MoveForm):
    """Why it goes back and who should have it."""

    reason_code = forms.ChoiceField(label=_("退回理由"), widget=forms.RadioSelect)
    reason = area(_("说明"), rows=3)
    proposed = forms.ChoiceField(
        label=_("建议承办单位"), required=False, widget=forms.Select(attrs={"data-combobox": "1"})
    )
    proposed_text = forms.CharField(
        label=_("建议承办单位(名册外)"),
        max_length=120,
        required=False,
        help_text=_("退回期间时限照常计算。第二次退回由裁定人裁定,裁定后不能再退。"),
    )
    verb = staticmethod(actions.return_case)
    done = _("已退回。")

    def prepare(self) -> None:
        """Reasons and units."""
        self.fields["reason_code"].choices = words(rules.RETURN_REASONS)  # type: ignore[attr-defined]
        self.fields["proposed"].choices = [("", gettext("请选择")), *unit_choices(self)]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """With the unit itself."""
        return {**self.cleaned_data, "proposed": unit_of(self.cleaned_data["proposed"])}


class NoteForm(MoveForm):
    """What was done."""

    text = area(_("办理情况"), rows=4, help_text=_("联系了谁、说明了什么、下一步做什么。诉求人看得到。"))
    verb = staticmethod(actions.handle_note)
    done = _("已记下。")


class SupplementForm(MoveForm):
    """More of what was told."""

    text = area(_("补充说明"), rows=4, help_text=_("承办单位和办公室会看到。"))
    verb = staticmethod(actions.supplement_case)
    done = _("已补充。")


class AnswerForm(MoveForm):
    """What came of it."""

    text = area(_("办理结果"), rows=5, help_text=_("写给诉求人看:做了什么、结果如何、依据是什么。"))
    outcome = forms.ChoiceField(label=_("结果"), widget=forms.RadioSelect, initial="solved")
    verb = staticmethod(actions.answer_case)
    done = _("已反馈,等诉求人确认。")

    def prepare(self) -> None:
        """Outcomes, and words to begin with."""
        self.fields["outcome"].choices = words(rules.OUTCOMES)  # type: ignore[attr-defined]
        self.templates = templates_for(self.case)
        chosen = next((one for one in self.templates if str(one.key) == self.initial.get("template")), None)
        if chosen is not None:
            self.fields["text"].initial = filled(chosen, self.case)


class _FirmForm(MoveForm):
    """The firm speaks, or the office for it."""

    def own(self) -> bool:
        """True for the firm's own contact."""
        case = self.case
        return case.organization is not None and self.actor.may("cases.confirm", case.organization)


class ConfirmForm(_FirmForm):
    """The firm says that it is so."""

    rating = forms.ChoiceField(label=_("评价"), widget=forms.RadioSelect, required=False)
    reason = area(_("回访情况"), rows=3, required=False, help_text=_("代为确认时必填:何时、向谁、怎么说的。"))
    verb = staticmethod(actions.confirm_case)
    done = _("已确认,诉求办结。")

    def prepare(self) -> None:
        """Ratings; the firm itself writes no call-back."""
        self.fields["rating"].choices = words(rules.RATINGS)  # type: ignore[attr-defined]
        if self.own():
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True


class DisputeForm(_FirmForm):
    """The firm says that it is not so."""

    reason = area(_("异议理由"), rows=4, help_text=_("哪里没有解决?承办单位会重新办理。"))
    verb = staticmethod(actions.dispute_case)
    done = _("已提出异议,退承办单位重新办理。")


class CloseSilentForm(MoveForm):
    """Nothing to type."""

    verb = staticmethod(actions.close_silent_case)
    done = _("已按无回复办结。")
    note = _("诉求人在确认期限内没有回复。办结后不算已解决,以后仍可重新办理。")


class ParkForm(MoveForm):
    """Why it cannot be done soon, and when it is looked at again."""

    reason = area(_("挂账理由"), rows=3)
    review_on = forms.DateField(label=_("复查日期"), widget=forms.DateInput)
    verb = staticmethod(actions.park_case)
    done = _("已挂账。")


class ResumeForm(MoveForm):
    """Back to work."""

    reason = forms.CharField(label=_("说明"), max_length=300, required=False)
    verb = staticmethod(actions.resume_case)
    done = _("已恢复办理。")


class WithdrawForm(MoveForm):
    """Why it is taken back."""

    reason = area(_("撤回理由"), rows=3)
    verb = staticmethod(actions.withdraw_case)
    done = _("诉求已撤回。")


class UrgeForm(MoveForm):
    """A word to the unit."""

    reason = forms.CharField(label=_("想说的话"), max_length=300, required=False)
    verb = staticmethod(actions.urge_case)
    done = _("已催办,承办单位会收到提醒。")


class AskExtensionForm(MoveForm):
    """How much more time, and why."""

    days = forms.IntegerField(label=_("延长的日数"), min_value=1)
    reason = area(_("延期理由"), rows=3)
    verb = staticmethod(actions.ask_extension)
    done = _("延期申请已提交。")

    def prepare(self) -> None:
        """The longest that the rules allow, in its unit."""
        most = actions.longest(self.case, self.now, "extend")
        self.fields["days"].max_value = most.amount  # type: ignore[attr-defined]
        self.fields["days"].help_text = gettext("最长 %(term)s。") % {"term": term_text(most.amount, most.unit)}


class DecideExtensionForm(MoveForm):
    """Yes or no, and on what ground."""

    approve = forms.ChoiceField(label=_("审批意见"), widget=forms.RadioSelect)
    ground = area(_("理由"), rows=3)
    verb = staticmethod(actions.decide_extension)
    done = _("延期申请已审批。")

    def prepare(self) -> None:
        """Both answers."""
        self.fields["approve"].choices = [("yes", gettext("同意")), ("no", gettext("不同意"))]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """With a truth value."""
        return {**self.cleaned_data, "approve": self.cleaned_data["approve"] == "yes"}


MOVE_FORMS: dict[str, type[MoveForm]] = {
    "dispatch": DispatchForm,
    "redispatch": RedispatchForm,
    "sign": SignForm,
    "return": ReturnForm,
    "note": NoteForm,
    "supplement": SupplementForm,
    "answer": AnswerForm,
    "confirm": ConfirmForm,
    "dispute": DisputeForm,
    "close_silent": CloseSilentForm,
    "park": ParkForm,
    "resume": ResumeForm,
    "withdraw": WithdrawForm,
    "urge": UrgeForm,
    "ask_extension": AskExtensionForm,
    "decide_extension": DecideExtensionForm,
}
