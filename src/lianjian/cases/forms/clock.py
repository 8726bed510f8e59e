"""What is typed about the clock of a case: pauses, levels, instructions from above."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.calendar import local_day

from .. import actions, rules
from .moves import DecideExtensionForm, MoveForm
from .pieces import area, words


class AskPauseForm(MoveForm):
    """For which listed reason the clock should stand still, and until when."""

    reason_code = forms.ChoiceField(label=_("暂停计时的理由"), widget=forms.RadioSelect)
    last = forms.DateField(label=_("暂停到(含当日)"), widget=forms.DateInput)
    reason = area(_("说明"), rows=3, help_text=_("写明等什么、为什么本单位不能自己解决。"))
    verb = staticmethod(actions.ask_pause)
    done = _("暂停计时申请已提交。")
    note = _("批准之前时限照常计算;批准后从次日起停,到期自动恢复。")

    def prepare(self) -> None:
        """Reasons, and the latest day."""
        self.fields["reason_code"].choices = words(rules.PAUSE_REASONS)  # type: ignore[attr-defined]
        most = actions.longest(self.case, self.now, "pause").amount
        latest = local_day(self.now) + timedelta(days=most)
        self.fields["last"].help_text = gettext("最迟到 %(day)s。") % {"day": latest.isoformat()}


class DecidePauseForm(DecideExtensionForm):
    """Yes or no, and on what ground."""

    verb = staticmethod(actions.decide_pause)
    done = _("暂停计时申请已审批。")


class EndPauseForm(MoveForm):
    """Why it can go on earlier."""

    reason = area(_("恢复计时的理由"), rows=2)
    verb = staticmethod(actions.end_pause)
    done = _("从明天起恢复计时。")


class SuperviseForm(MoveForm):
    """What those above say to it."""

    text = area(_("督办意见"), rows=4, help_text=_("写明要做到什么、什么时候报结果。承办单位会收到。"))
    verb = staticmethod(actions.supervise_case)
    done = _("督办意见已送达承办单位。")


class RaiseTierForm(MoveForm):
    """Why it goes up a level."""

    reason = area(_("上报理由"), rows=3, help_text=_("写明已经调解或办理了几次、为什么在本级解决不了。"))
    verb = staticmethod(actions.raise_tier)
    done = _("已上报上一级,等待派单。")


MOVE_FORMS: dict[str, type[MoveForm]] = {
    "ask_pause": AskPauseForm,
    "decide_pause": DecidePauseForm,
    "end_pause": EndPauseForm,
    "supervise": SuperviseForm,
    "raise_tier": RaiseTierForm,
}
