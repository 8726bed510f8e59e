"""What is typed about programmes, those who take part, facts, proposals and pairs."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.forms.fields import OrganizationField
from lianjian.directory.models import Organization
from lianjian.directory.queries.lookups import named_organization
from lianjian.files.forms import ManyFilesField
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate

from ..models import Pairing, Programme
from ..queries.terms import terms
from ..rules import pairing as rules

MOST_NAMES = 2_000


def _pairs(words: dict[str, str]) -> list[tuple[str, Any]]:
    return [(code, _(word)) for code, word in words.items()]


class ActionsField(forms.CharField):
    """Prescribed actions, a line each: name, sides, times, days."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 7}), **options)

    def prepare_value(self, value: Any) -> Any:
        """The lines of what is kept; what was typed as it was typed."""
        if not isinstance(value, list):
            return value
        rows = ((translate(one["name"]), translate(rules.ACTION_SIDES[one["sides"]]), one) for one in value)
        return "\n".join(f"{name}, {sides}, {one['times']}, {one['days']}" for name, sides, one in rows)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """Actions as they are kept; a known name keeps its code, so that the same one stays the same."""
        sides = {word: code for code, zh in rules.ACTION_SIDES.items() for word in (zh, translate(zh))}
        known = {
            word: (one["code"], one["name"])
            for one in rules.default_actions()
            for word in (one["name"], translate(one["name"]))
        }
        found: list[dict[str, Any]] = []
        for line in filter(None, (one.strip() for one in (super().clean(value) or "").splitlines())):
            parts = [one.strip() for one in re.split(r"[,,]", line)]
            numbers = [int(one) if re.fullmatch(r"[0-9]{1,4}", one) else 0 for one in parts[2:]]
            whole = len(parts) == 4 and bool(parts[0]) and parts[1] in sides
            if not (whole and 1 <= numbers[0] <= 99 and 1 <= numbers[1] <= 3650):
                raise forms.ValidationError(str(rules.WrongActions(line=line[:30])))
            code, name = known.get(parts[0], (f"own{len(found) + 1}", parts[0][:60]))
            if code in {one["code"] for one in found}:
                raise forms.ValidationError(str(rules.WrongActions(line=line[:30])))
            row = {"code": code, "name": name, "sides": sides[parts[1]], "times": numbers[0], "days": numbers[1]}
            found.append(row)
        return found


class ProgrammeForm(forms.Form):
    """A programme; its shape is decided once."""

    name = forms.CharField(label=_("名称"), max_length=60)
    kind = forms.ChoiceField(label=_("结对类型"), help_text=_("不够用时,请在“联建选项”里增加。"))
    organization = OrganizationField(label=_("牵头单位"))
    shape = forms.ChoiceField(
        label=_("形式"),
        choices=_pairs(rules.SHAPES),
        widget=forms.RadioSelect,
        help_text=_("一对一:双方同时都只有一个对子。一方对多方:一家结对方可以结对几个帮扶对象。"),
    )
    capacity = forms.IntegerField(
        label=_("每家可结对几个"), min_value=1, max_value=500, initial=1, help_text=_("一对一的填1。")
    )
    since = forms.DateField(label=_("开始日期"), widget=forms.DateInput)
    until = forms.DateField(
        label=_("结束日期"), widget=forms.DateInput, required=False, help_text=_("不再执行的第一天。")
    )
    actions = ActionsField(
        label=_("规定动作"),
        help_text=_("一行一项:名称,由谁做(双方、结对方或帮扶对象),要做几次,确认后多少天内完成。"),
    )
    giver_duties = forms.CharField(
        label=_("结对方责任"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    receiver_duties = forms.CharField(
        label=_("帮扶对象责任"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, actor: Actor, programme: Programme | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = programme.kind if programme is not None else ""
        words = terms(actor.jurisdiction_id, "programme", held)
        self.fields["kind"].choices = words  # type: ignore[attr-defined]
        self.fields["organization"].actor = actor  # type: ignore[attr-defined]
        if programme is not None:
            del self.fields["organization"], self.fields["shape"]


class WeighingForm(forms.Form):
    """The four principles: weights and scales."""

    industry = forms.IntegerField(label=_("产业相近(%)"), min_value=0, max_value=100)
    place = forms.IntegerField(label=_("地域相邻(%)"), min_value=0, max_value=100)
    market = forms.IntegerField(label=_("市场趋同(%)"), min_value=0, max_value=100)
    economy = forms.IntegerField(
        label=_("经济一体(%)"),
        min_value=0,
        max_value=100,
        help_text=_("四项合计100。缺少资料的一项不参加平均,不按0计算。"),
    )
    far_km = forms.IntegerField(
        label=_("多远算不相邻(公里)"),
        min_value=1,
        max_value=500,
        help_text=_("同一地点满分,到这个距离为0,中间按直线递减。"),
    )
    yuan_full = forms.IntegerField(label=_("合同满分(元/年)"), min_value=1, max_value=2_000_000_000)
    jobs_full = forms.IntegerField(label=_("用工满分(人)"), min_value=1, max_value=30_000)
    chains = forms.CharField(
        label=_("产业链相连的行业"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text=_("一行一对行业大类代码(GB/T 4754),例如 01-13。相连的按同一产业链计分。"),
    )
    weak_first = forms.BooleanField(
        label=_("薄弱村优先"), required=False, help_text=_("结对方不够时,先配给收入低于下面数额的村。")
    )
    weak_below = forms.IntegerField(label=_("薄弱村收入线(元/年)"), min_value=1, max_value=2_000_000_000)

    def clean(self) -> dict[str, Any]:
        """As the verb takes them."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            found["weights"] = [found.pop(name) for name in rules.CRITERIA]
            try:
                found["chains"] = rules.read_chains(found["chains"])
            except rules.WrongChain as wrong:
                self.add_error("chains", str(wrong))
        return found


class EnrolForm(forms.Form):
    """Those who take part on a side, by name, as many as there are lines."""

    side = forms.ChoiceField(label=_("哪一方"), choices=_pairs(rules.SIDES), widget=forms.RadioSelect)
    names = forms.CharField(
        label=_("单位"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=200_000,
        help_text=_("一行一个,写全称、简称或统一社会信用代码;可以从表格里整列粘贴。"),
    )
    consent = forms.ChoiceField(label=_("是否同意"), choices=_pairs(rules.CONSENT))
    consent_on = forms.DateField(label=_("表态日期"), widget=forms.DateInput, required=False)
    capacity = forms.IntegerField(
        label=_("可结对几个"), min_value=1, max_value=500, required=False, help_text=_("不填的按计划的规定。")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_names(self) -> list[Organization]:
        """The organizations; lines that name none are all told at once."""
        lines = dict.fromkeys(filter(None, (one.strip() for one in self.cleaned_data["names"].splitlines())))
        if len(lines) > MOST_NAMES:
            raise forms.ValidationError(gettext("一次最多%(n)s个,请分几次。") % {"n": MOST_NAMES})
        found = {line: _named(self.actor, line) for line in lines}
        unknown = [line for line, one in found.items() if one is None]
        if unknown:
            words = gettext(
                "没有找到或有重名:%(names)s。请写全称或统一社会信用代码;还没有登记的,先到“组织机构”里登记。"
            )
            raise forms.ValidationError(words % {"names": "、".join(unknown[:10])})
        return list({one.pk: one for one in found.values() if one is not None}.values())

    def clean(self) -> dict[str, Any]:
        """As the verb takes them."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if "names" in found:
            found["organizations"] = found.pop("names")
        return found


def _named(actor: Actor, line: str) -> Organization | None:
    """A whole name first: a column of names costs one question each, and most are whole names of the place."""
    rows = Organization.objects.current().filter(name=line, jurisdiction_id__in=actor.readable)[:2]  # type: ignore[attr-defined]
    found = list(rows)
    return found[0] if len(found) == 1 else named_organization(actor, line, ())


class SideForm(forms.Form):
    """What a body said."""

    consent = forms.ChoiceField(label=_("是否同意"), choices=_pairs(rules.CONSENT))
    consent_on = forms.DateField(label=_("表态日期"), widget=forms.DateInput, required=False)
    capacity = forms.IntegerField(
        label=_("可结对几个"), min_value=1, max_value=500, required=False, help_text=_("不填的按计划的规定。")
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class RuleForm(forms.Form):
    """Two that must be paired, or never may."""

    giver = OrganizationField(label=_("结对方"))
    receiver = OrganizationField(label=_("帮扶对象"))
    kind = forms.ChoiceField(label=_("要求"), choices=_pairs(rules.RULES), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), max_length=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("giver", "receiver"):
            self.fields[name].actor = actor  # type: ignore[attr-defined]


class FactForm(forms.Form):
    """One thing that a survey found."""

    organization = OrganizationField(label=_("单位"))
    kind = forms.ChoiceField(label=_("事项"), choices=[(code, _(one.name)) for code, one in rules.FACTS.items()])
    text = forms.CharField(
        label=_("行业代码或市场名称"),
        max_length=60,
        required=False,
        help_text=_("主导产业写2至4位行业代码(GB/T 4754);市场写名称,双方写法要一致。"),
    )
    partner = OrganizationField(label=_("对方单位"), required=False, help_text=_("现有合同、现有用工要填。"))
    value = forms.DecimalField(
        label=_("数值"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text=_("合同和收入按元/年,用工按人。市场和摸排填0,表示不再是。"),
    )
    day = forms.DateField(label=_("日期"), widget=forms.DateInput, help_text=_("资料是哪一天的。"))
    source = forms.CharField(label=_("来源"), max_length=120, help_text=_("例如:企业台账、入户调研、合同复印件。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organization", "partner"):
            self.fields[name].actor = actor  # type: ignore[attr-defined]


def _shown() -> forms.CharField:
    """What the page showed when it was opened."""
    return forms.CharField(widget=forms.HiddenInput, max_length=40, required=False, empty_value=None)


class RefusePairForm(forms.Form):
    """Why a pair is not made."""

    shown = _shown()
    reason = forms.CharField(label=_("理由"), max_length=200)


class ChangePairForm(forms.Form):
    """Another giver for a receiver, and why."""

    shown = _shown()

    giver = OrganizationField(label=_("改为哪个结对方"))
    reason = forms.CharField(label=_("理由"), max_length=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"].actor = actor  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """From when on the pairs stand."""

    shown = _shown()

    since = forms.DateField(
        label=_("结对日期"), widget=forms.DateInput, help_text=_("规定动作的期限从这一天算起。")
    )


class EndPairForm(forms.Form):
    """From when on a pair is no more."""

    until = forms.DateField(label=_("结束日期"), widget=forms.DateInput, help_text=_("不再结对的第一天。"))
    reason = forms.CharField(label=_("理由"), max_length=200)


class CloseForm(forms.Form):
    """From when on a programme takes nothing."""

    on = forms.DateField(label=_("结束日期"), widget=forms.DateInput, help_text=_("不再执行的第一天。"))


class DutiesForm(forms.Form):
    """What each side is responsible for."""

    giver_duties = forms.CharField(
        label=_("结对方责任"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    receiver_duties = forms.CharField(
        label=_("帮扶对象责任"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )


class RecordForm(forms.Form):
    """What was done, with its evidence."""

    on = forms.DateField(label=_("日期"), widget=forms.DateInput)
    note = forms.CharField(
        label=_("做了什么"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300, required=False
    )
    file = ManyFilesField(
        label=_("佐证材料"), required=False, help_text=_("协议扫描件、照片、纪要等,可以一次选多个,也可以以后再传。")
    )


class ContributionForm(forms.Form):
    """Money, or things."""

    side = forms.ChoiceField(label=_("由谁投入"), choices=_pairs(rules.SIDES), widget=forms.RadioSelect)
    amount = forms.DecimalField(
        label=_("资金(元)"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    what = forms.CharField(label=_("物资或服务"), max_length=80, required=False)
    quantity = forms.DecimalField(label=_("数量"), min_value=0, max_digits=12, decimal_places=2, required=False)
    unit = forms.CharField(label=_("单位(量)"), max_length=10, required=False)
    on = forms.DateField(label=_("日期"), widget=forms.DateInput)
    source = forms.ChoiceField(label=_("投入来源"))
    note = forms.CharField(label=_("凭据"), max_length=120, help_text=_("例如:银行回单、交接清单。"))

    def __init__(self, *args: Any, pairing: Pairing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = terms(pairing.jurisdiction_id, "fund")
        self.fields["source"].choices = [("", "—"), *words]  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    """Income or jobs as of a day."""

    kind = forms.ChoiceField(label=_("事项"), choices=[(code, _(one[0])) for code, one in rules.MEASURES.items()])
    value = forms.DecimalField(label=_("数值"), min_value=0, max_digits=14, decimal_places=2)
    day = forms.DateField(
        label=_("日期"), widget=forms.DateInput, help_text=_("结对以前的也可以补记,作为前后对比的起点。")
    )
    source = forms.CharField(label=_("来源"), max_length=120)
