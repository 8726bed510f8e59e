"""What is typed about members and applicants."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import named_organization
from lianjian.foundation.actor import Actor

from . import rules

FIRMS = ("enterprise", "social", "cooperative")
BRANCHES = ("party",)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


class BodyField(forms.CharField):
    """An organization of the register, or a name that is not in it: cleans to (organization or None, text)."""

    def __init__(self, *, src: str, classifications: tuple[str, ...], **options: Any) -> None:
        attrs = {"data-src": src, "data-free": "1", "autocomplete": "off"}
        super().__init__(max_length=120, widget=forms.TextInput(attrs=attrs), **options)
        self.classifications = classifications
        self.actor: Actor | None = None

    def clean(self, value: Any) -> tuple[Organization | None, str]:
        """The one organization that is meant; otherwise the words as they are."""
        text = super().clean(value)
        if not text:
            return None, ""
        if self.actor is None:
            raise TypeError("set `actor` before cleaning")
        found = named_organization(self.actor, text, self.classifications)
        if found is None and _is_key(text):
            raise forms.ValidationError(_("没有找到所选的组织,请重新选择。"))
        return found, "" if found is not None else text


class _Bodies(forms.Form):
    """A form whose bodies become the pairs of fields of the model."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, BodyField):
                field.actor = actor

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        found: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            if isinstance(self.fields[name], BodyField):
                found[name], found[f"{name}_text"] = value
            else:
                found[name] = value
        return found


def firm_field(**options: Any) -> BodyField:
    """Where somebody works."""
    return BodyField(label=_("所在企业"), src="/members/choices/firm", classifications=FIRMS, **options)


class FoundForm(_Bodies):
    """A member who was found in a firm."""

    person = forms.CharField(label=_("姓名"), max_length=40)
    enterprise = firm_field()
    found_on = forms.DateField(label=_("找出日期"), widget=forms.DateInput)
    home_branch = BodyField(
        label=_("组织关系所在党支部"), src="/members/choices/branch", classifications=BRANCHES, required=False
    )
    joint_branch = BodyField(
        label=_("联系共管党支部"), src="/members/choices/branch", classifications=BRANCHES, required=False
    )
    managed_on = forms.DateField(
        label=_("纳管日期"), widget=forms.DateInput, required=False, help_text=_("还没有纳入共管就空着。")
    )
    source = forms.ChoiceField(label=_("来源"), choices=lambda: [(c, _(w)) for c, w in rules.SOURCES.items()])
    note = forms.CharField(
        label=_("备注"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class CareForm(_Bodies):
    """The joint branch takes a member up."""

    joint_branch = BodyField(
        label=_("联系共管党支部"), src="/members/choices/branch", classifications=BRANCHES
    )
    managed_on = forms.DateField(label=_("纳管日期"), widget=forms.DateInput)


class ApplicationForm(_Bodies):
    """A written application."""

    person = forms.CharField(label=_("姓名"), max_length=40)
    enterprise = firm_field()
    kind = forms.CharField(
        label=_("身份"),
        max_length=30,
        required=False,
        help_text=_("如业务骨干、高管、企业负责人、产业人才,也可以写别的。"),
    )
    applied_on = forms.DateField(label=_("递交申请书日期"), widget=forms.DateInput)
    contacts = forms.CharField(label=_("培养联系人"), max_length=120, required=False)
    note = forms.CharField(
        label=_("备注"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ChangeApplicationForm(ApplicationForm):
    """What was recorded of a way into the party; a step is entered only after the one before it."""

    activist_on = forms.DateField(label=_("确定积极分子日期"), widget=forms.DateInput, required=False)
    probationary_on = forms.DateField(label=_("接收预备党员日期"), widget=forms.DateInput, required=False)
    full_on = forms.DateField(label=_("转正日期"), widget=forms.DateInput, required=False)


class ActivistForm(forms.Form):
    """Chosen as activist."""

    activist_on = forms.DateField(label=_("确定积极分子日期"), widget=forms.DateInput)
    contacts = forms.CharField(
        label=_("培养联系人"),
        max_length=120,
        required=False,
        help_text=_("一至两名正式党员(发展党员工作细则第9条)。"),
    )


class ProbationaryForm(forms.Form):
    """Accepted as probationary member."""

    probationary_on = forms.DateField(
        label=_("接收预备党员日期"),
        widget=forms.DateInput,
        help_text=_("支部大会通过之日,预备期从这一天算起。"),
    )


class FullForm(forms.Form):
    """Became a full member."""

    full_on = forms.DateField(label=_("转正日期"), widget=forms.DateInput)


class EndForm(forms.Form):
    """The way ends."""

    ended_on = forms.DateField(label=_("终止日期"), widget=forms.DateInput)
    reason = forms.CharField(
        label=_("终止原因"), max_length=200, help_text=_("终止前已办的各步照旧计入统计。")
    )


class WithdrawForm(forms.Form):
    """A record made by mistake is taken back."""

    reason = forms.CharField(
        label=_("作废理由"), max_length=200, help_text=_("作废后不再计入任何统计,记录仍可查。")
    )


def show_names(form: forms.Form) -> None:
    """Let the comboboxes show the names of bodies already chosen, whose value is their name."""
    for name, field in form.fields.items():
        if isinstance(field, BodyField) and form.initial.get(name):
            field.widget.attrs["data-label"] = form.initial[name]
