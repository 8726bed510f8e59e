"""What is typed about mediation and hearings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor

from .. import rules
from ..models import Case, Hearing
from ..queries.settling import hearable
from .pieces import area, words


def _roles(label: Any, roles: dict[str, str], *, rows: int = 4) -> forms.CharField:
    """A field for lines of name and role."""
    field = area(label, rows=rows)
    field.roles = roles  # type: ignore[attr-defined]
    return field


class _RolesForm(forms.Form):
    """A form in which people are written a line each, with their role last."""

    note = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            roles = getattr(field, "roles", None)
            if roles:
                said = "、".join(gettext(word) for word in roles.values())
                field.help_text = gettext("一行一个:姓名、空格、身份。身份有:%(roles)s。") % {"roles": said}

    def clean(self) -> dict[str, Any]:
        """Lines become pairs."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            roles = getattr(field, "roles", None)
            if roles and name in found:
                shown = {code: gettext(word) for code, word in roles.items()}
                try:
                    found[name] = rules.read_people(found[name], shown, name)
                except rules.RoleUnknown as refusal:
                    self.add_error(name, str(refusal))
        return found


class PartyForm(forms.Form):
    """One side."""

    note = ""
    side = forms.ChoiceField(label=_("哪一方"), widget=forms.RadioSelect, initial="asking")
    name = forms.CharField(label=_("姓名或名称"), max_length=60)
    phone = forms.CharField(label=_("联系电话"), max_length=20, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = words(rules.SIDES)  # type: ignore[attr-defined]


class AttemptForm(_RolesForm):
    """One attempt."""

    mediators = _roles(_("调解人"), rules.MEDIATORS, rows=3)
    held_on = forms.DateField(label=_("调解日期"), widget=forms.DateInput)
    place = forms.CharField(label=_("地点"), max_length=100, required=False)
    text = area(_("调解情况"), rows=4)
    outcome = forms.ChoiceField(label=_("结果"), widget=forms.RadioSelect)
    agreed_again = forms.BooleanField(label=_("当事人又同意调解"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = words(rules.ATTEMPT_OUTCOMES)  # type: ignore[attr-defined]


class AgreementForm(forms.Form):
    """What was agreed."""

    note = _("人民调解不收费。协议生效后三十日内,双方可以共同申请法院司法确认,到期前会提醒。")
    form = forms.ChoiceField(label=_("协议形式"), widget=forms.RadioSelect, initial="written")
    terms = area(_("协议内容"), rows=6)
    effective_on = forms.DateField(label=_("生效日期"), widget=forms.DateInput)
    signed = forms.BooleanField(label=_("当事人和调解员已签名,已加盖调解委员会印章"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = words(rules.AGREEMENT_FORMS)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """It failed."""

    note = ""
    text = area(_("告知的其他途径"), rows=4, help_text=_("仲裁、行政、诉讼等,写明机关和办法。"))
    reported = area(_("向公安等机关报告的情况"), rows=2, required=False, help_text=_("有激化或违法犯罪危险的才填。"))


class FollowForm(forms.Form):
    """Whether it was kept."""

    note = ""
    kept = forms.ChoiceField(label=_("履行情况"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("回访日期"), widget=forms.DateInput)
    note_text = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = [("yes", gettext("已履行")), ("no", gettext("未履行"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """As the verb takes it."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        return {"kept": found.get("kept") == "yes", "on": found.get("on"), "note": found.get("note_text", "")}


class CourtForm(forms.Form):
    """The court's number."""

    note = _("不申请司法确认的,文书号不填,提醒会结束。")
    number = forms.CharField(label=_("确认裁定文书号"), max_length=60, required=False)
    on = forms.DateField(label=_("确认日期"), widget=forms.DateInput, required=False)


MEDIATION_FORMS: dict[str, type[forms.Form]] = {
    "party": PartyForm,
    "attempt": AttemptForm,
    "agreement": AgreementForm,
    "end": EndForm,
    "follow": FollowForm,
    "court": CourtForm,
}


class PlanForm(_RolesForm):
    """A hearing that is to be."""

    title = forms.CharField(label=_("听证事项"), max_length=120)
    cases = forms.MultipleChoiceField(label=_("信访事项"), widget=forms.CheckboxSelectMultiple)
    scheduled_at = forms.DateTimeField(label=_("时间"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    place = forms.CharField(label=_("地点"), max_length=100)
    plan = area(_("听证方案"), rows=6, help_text=_("为什么听证、争议焦点、程序安排、领导小组。"))
    people = _roles(_("听证组和参加人"), rules.HEARING_ROLES, rows=6)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = hearable(actor)  # type: ignore[attr-defined]


class ConcludeForm(_RolesForm):
    """What a hearing came to."""

    note = _("结论要有事实和法律依据。选了结果的事项随即办结,不选的继续办理。")
    held_on = forms.DateField(label=_("举行日期"), widget=forms.DateInput)
    people = _roles(_("到场人员"), rules.HEARING_ROLES, rows=6)
    minutes = area(_("听证笔录"), rows=8)
    conclusion = area(_("听证结论"), rows=5)

    def __init__(self, *args: Any, hearing: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases: list[Case] = [row.case for row in hearing.heard.select_related("case").order_by("id")]
        choices = [("", gettext("继续办理")), *words(rules.OUTCOMES)]
        for case in self.cases:
            self.fields[f"case_{case.pk}"] = forms.ChoiceField(
                label=f"{case.number} {case.title}", choices=choices, required=False
            )

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        found = {name: self.cleaned_data[name] for name in ("held_on", "people", "minutes", "conclusion")}
        outcomes = {case.pk: self.cleaned_data[f"case_{case.pk}"] for case in self.cases}
        return {**found, "outcomes": outcomes}


class CancelForm(forms.Form):
    """Why it is called off."""

    note = ""
    reason = area(_("取消理由"), rows=3)
