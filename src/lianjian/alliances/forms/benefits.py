"""What is typed about agreements by which several parties share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField, day
from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor

from ..models import BenefitParty
from ..rules import benefits as rules
from .pairing import ReasonForm as ReasonForm

USUAL, MOST = 4, rules.MOST_PARTIES
Section = tuple[Any, list[str]]


def parties_asked(text: str, data: Mapping[str, Any]) -> int:
    """How many lines for parties: as many as the address or what was sent asks for."""
    return MOST if text == str(MOST) or "more" in data or f"side_{USUAL + 1}" in data else USUAL


def _sides() -> list[tuple[str, Any]]:
    return [("", "—"), *((code, _(word)) for code, word in rules.SIDES.items())]


class BenefitForm(forms.Form):
    """Parties share: each a body, or farmers described together."""

    title = forms.CharField(label=_("协议名称"), max_length=80)
    document = forms.CharField(label=_("依据文件"), max_length=120, help_text=_("文号或标题。"))
    signed_on = day(_("签订日期"))
    since = day(_("生效日期"))
    until = day(_("结束日期"), required=False, help_text=_("不再执行的第一天。"))

    def __init__(self, *args: Any, actor: Actor, count: int = USUAL, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = count
        # Just asked for: the lines that are still to come were not on the page that was sent.
        self.grown = self.is_bound and count > USUAL and f"side_{USUAL + 1}" not in self.data
        for number in range(1, count + 1):
            needed = number <= 2
            self.fields[f"side_{number}"] = forms.ChoiceField(
                label=_("哪一类"), choices=_sides(), required=needed
            )
            body = OrganizationField(label=_("签订单位"), required=False)
            body.actor = actor
            self.fields[f"organization_{number}"] = body
            self.fields[f"group_{number}"] = forms.CharField(
                label=_("农户说明"),
                max_length=80,
                required=False,
                help_text=_("只有农户方填,不写姓名,例如:云溪村种植户126户。"),
            )
        if count == USUAL:
            self.fields["more"] = forms.BooleanField(
                label=_("参加的不止四方"),
                required=False,
                help_text=_("勾选后保存,会再给出第5方至第8方,已填的都保留。"),
            )

    def sections(self) -> list[Section]:
        """A part of the form for each party."""
        parties: list[Section] = [
            (gettext("第%(n)s方") % {"n": n}, [f"side_{n}", f"organization_{n}", f"group_{n}"])
            for n in range(1, self.count + 1)
        ]
        more: list[Section] = [("", ["more"])] if "more" in self.fields else []
        return [(_("协议"), ["title", "document", "signed_on", "since", "until"]), *parties, *more]

    def clean(self) -> dict[str, Any]:
        """Each party that is begun is finished."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if self.grown:
            self.add_error(None, gettext("请接着填后面几方,填好再保存。"))
        for number in range(1, self.count + 1):
            side, body = found.get(f"side_{number}"), found.get(f"organization_{number}")
            group = found.get(f"group_{number}", "")
            if not (side or body or group) or f"organization_{number}" in self.errors:
                continue
            farmers = side == rules.FARMERS
            if not side and f"side_{number}" not in self.errors:
                self.add_error(f"side_{number}", gettext("请选是哪一类。"))
            elif farmers and body is None and not group:
                self.add_error(f"group_{number}", gettext("请写明是哪些农户,不写姓名。"))
            elif group and (body is not None or not farmers):
                self.add_error(f"group_{number}", gettext("只有农户方可以不选单位、只写说明,二者填一个。"))
            elif body is None and not farmers:
                self.add_error(f"organization_{number}", gettext("请选单位。"))
        return found

    def agreement(self) -> dict[str, Any]:
        """What was agreed."""
        return {name: self.cleaned_data[name] for name in ("title", "document", "signed_on", "since", "until")}

    def parties(self) -> list[tuple[str, Organization | None, str]]:
        """Those who sign: side, body, description."""
        found = self.cleaned_data
        lines = [
            (found[f"side_{n}"], found[f"organization_{n}"], found[f"group_{n}"]) for n in range(1, self.count + 1)
        ]
        return [line for line in lines if line[0]]


class ShareForm(forms.Form):
    """What is shared, in percent with at most two places, party by party."""

    kind = forms.ChoiceField(
        label=_("共享事项"), choices=[(code, _(one[0])) for code, one in rules.KINDS.items()]
    )
    name = forms.CharField(
        label=_("事项名称"), max_length=30, required=False, help_text=_("只有选“其他事项”的填。")
    )
    unit = forms.CharField(
        label=_("单位(量)"), max_length=10, required=False, help_text=_("只有选“其他事项”的填;以元计的才登记兑现。")
    )

    def __init__(self, *args: Any, parties: Sequence[BenefitParty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [one.number for one in parties]
        for one in parties:
            self.fields[f"share_{one.number}"] = forms.DecimalField(
                label=gettext("%(party)s的比例(%%)") % {"party": one},
                min_value=0,
                max_value=100,
                max_digits=5,
                decimal_places=2,
            )

    def clean(self) -> dict[str, Any]:
        """Basis points by number of the party; the names of the fields of shares are no words of the verb."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        names = {number: f"share_{number}" for number in self.numbers}
        shares = {number: found.get(name) for number, name in names.items()}
        kept = {name: value for name, value in found.items() if name not in names.values()}
        points = {number: int(Decimal(value) * 100) for number, value in shares.items() if value is not None}
        return {**kept, "shares": points}


class BenefitNumberForm(forms.Form):
    """The number of a year, for all parties together."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    value = forms.DecimalField(
        label=_("各方合计数"),
        min_value=0,
        max_digits=16,
        decimal_places=2,
        help_text=_("只填一次,按比例自动分到各方。"),
    )
    source = forms.CharField(label=_("来源"), max_length=120, help_text=_("例如税务、统计部门的文件或台账。"))
    correction = forms.BooleanField(
        label=_("更正"), required=False, help_text=_("这一年已有数字时勾选,原来的数字会保留。")
    )


class PayoutForm(forms.Form):
    """A party was paid."""

    party = forms.ChoiceField(label=_("付给哪一方"), widget=forms.RadioSelect)
    on = day(_("兑现日期"))
    amount = forms.DecimalField(label=_("金额(元)"), min_value=0, max_digits=16, decimal_places=2)
    source = forms.CharField(
        label=_("凭据"), max_length=120, help_text=_("例如银行代发回单;不写农户姓名和账号。")
    )

    def __init__(self, *args: Any, parties: Sequence[BenefitParty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {str(one.number): one for one in parties}
        self.fields["party"].choices = [(number, str(one)) for number, one in self.parties.items()]  # type: ignore[attr-defined]

    def clean_party(self) -> BenefitParty:
        """The party of the number."""
        return self.parties[self.cleaned_data["party"]]


class EndBenefitForm(ReasonForm):
    """From when on it holds no more."""

    until = day(_("终止日期"), help_text=_("不再执行的第一天。"))
    field_order = ("until", "reason")
