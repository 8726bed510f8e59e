"""What is typed about transfers, spells away, contacts and decisions of standing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..rules import moves as rules
from .fields import BRANCHES, BodiesForm, BodyField
from .members import _day, _reasons


class TransferOutForm(BodiesForm):
    """The old branch sends a relation out."""

    to_branch = BodyField(
        label=_("接收党支部"), src="/members/choices/branch", classifications=BRANCHES,
        help_text=_("从名册中选择;系统外的,直接写接收党组织的全称。"),
    )  # fmt: skip
    reason = forms.ChoiceField(label=_("转接原因"), choices=lambda: _reasons(rules.REASONS))
    opened_on = _day(_("开出介绍信日期"), help_text=_("接收前,组织关系、会议和表决仍在原支部。"))
    letter_number = forms.CharField(label=_("介绍信编号"), max_length=60, required=False)
    words = forms.CharField(label=_("情况说明"), max_length=200, required=False)

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        found = super().values()
        found["to_text"] = found.pop("to_branch_text")
        return found


class AcceptForm(forms.Form):
    """The new branch accepts."""

    day = _day(_("接收日期"), help_text=_("从这一天起组织关系在本支部,原支部同日结束。"))
    reason = forms.CharField(label=_("逾期接收的理由"), max_length=200, required=False)


class RefuseForm(forms.Form):
    """The new branch does not accept, and says why."""

    day = _day(_("答复日期"))
    reason = forms.CharField(
        label=_("不接收的理由"), max_length=200, required=False,
        help_text=_("没有正当理由不得拒绝接收。依据:党员教育管理工作条例第25条。"),
    )  # fmt: skip


class WithdrawTransferForm(forms.Form):
    """The old branch takes the letter back."""

    reason = forms.CharField(label=_("撤回理由"), max_length=200)


class ReceiptForm(forms.Form):
    """A place outside sent its receipt."""

    day = _day(_("对方接收日期"))
    receipt = forms.CharField(label=_("回执编号或说明"), max_length=200)


class AbsenceForm(forms.Form):
    """A member is away, or cannot be found."""

    kind = forms.ChoiceField(label=_("情形"), choices=lambda: _reasons(rules.ABSENCES))
    since = _day(_("开始日期"), help_text=_("失去联系的,填最后一次联系上的日期;毕业生填毕业日期。"))
    place = forms.CharField(
        label=_("流动去向"), max_length=80, required=False, help_text=_("写到县(市、区)即可,不要写住址。")
    )
    contact_name = forms.CharField(
        label=_("流出地联系人"), max_length=40, required=False, help_text=_("本支部确定的一名联系人。")
    )
    registered_out_on = _day(_("流出登记日期"), required=False)
    registered_in_on = _day(_("流入登记日期"), required=False)
    words = forms.CharField(label=_("情况说明"), max_length=200, required=False)


class EndAbsenceForm(forms.Form):
    """Back, or found."""

    until = _day(_("结束日期"), help_text=_("返回、找到或恢复参加的日期。"))


class ContactForm(forms.Form):
    """Somebody spoke with him, or tried to."""

    day = _day(_("联系日期"))
    way = forms.ChoiceField(label=_("联系方式"), choices=lambda: _reasons(rules.WAYS))
    reached = forms.BooleanField(label=_("联系上了"), required=False, initial=True)
    words = forms.CharField(label=_("简要情况"), max_length=200, required=False)


class DecisionForm(forms.Form):
    """What a body decided."""

    kind = forms.ChoiceField(label=_("决定"), choices=lambda: _reasons(rules.DECISIONS))
    day = _day(_("决定日期"))
    body = forms.CharField(
        label=_("作出决定的党组织"), max_length=120, required=False, help_text=_("继续联系的可以不填。")
    )
    paper = forms.CharField(label=_("决定文号"), max_length=60, required=False)
    until = _day(
        _("限期改正截止日期"), required=False, help_text=_("只在限期改正时填写;期满后由党组织研究。")
    )
    reason = forms.CharField(label=_("理由"), max_length=200)
