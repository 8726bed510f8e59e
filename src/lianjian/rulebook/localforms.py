"""What an administrator typed about a place's own content of a rule: a form for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.errors import translate

from . import queries
from .models import Rule
from .rules import ROLLS, SHARES
from .rules.cadences import MONTHS
from .rules.findings import ordered
from .rules.limits import words_of

BOUND_LABELS: Mapping[str, Any] = {
    "min": _("不少于"),
    "over": _("超过(不含)"),
    "max": _("不多于"),
    "below": _("不满(不含)"),
}


class LocalForm(forms.Form):
    """From which day, on what document. `params` is what the kind adds."""

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        for name, field in self.content():
            self.fields[name] = field
        self.fields["valid_from"] = forms.DateField(
            label=_("自哪天起"), widget=forms.DateInput, help_text=_("这一天以前的行为仍按原规定。")
        )
        self.fields["source"] = forms.CharField(
            label=_("依据文件"), max_length=200, help_text=_("文件名称和文号,没有依据不能设置。")
        )

    def content(self) -> Iterator[tuple[str, forms.Field]]:
        """The fields of the kind."""
        yield from ()

    def params(self) -> dict[str, Any]:
        """What was typed, in the shape of the rule."""
        return {}

    def values(self) -> dict[str, Any]:
        """For the verb."""
        data = self.cleaned_data
        return {"params": self.params(), "source": data["source"], "valid_from": data["valid_from"]}


class TermForm(LocalForm):
    """A length of time."""

    def content(self) -> Iterator[tuple[str, forms.Field]]:
        """Number and unit."""
        yield (
            "amount",
            forms.IntegerField(
                label=_("时限"), min_value=1, max_value=3660, initial=self.rule.params["amount"]
            ),
        )
        units = [("wd", _("工作日")), ("d", _("日")), ("m", _("个月")), ("y", _("年")), ("h", _("小时"))]
        yield "unit", forms.ChoiceField(label=_("单位"), choices=units, initial=self.rule.unit)

    def values(self) -> dict[str, Any]:
        """For the verb."""
        return dict(self.cleaned_data)


class VoteForm(LocalForm):
    """Shares of those who must be there and of those who must agree, for each roll."""

    def content(self) -> Iterator[tuple[str, forms.Field]]:
        """A choice for each share; empty: as the rule has it."""
        shares = [("", _("不另规定"))] + [(code, translate(share.word)) for code, share in SHARES.items()]
        for roll, asked in ordered(self.rule.params, "rolls"):
            entitled, came = map(translate, ROLLS[roll])
            for key, of in (("quorum", came), ("pass", gettext("赞成票"))):
                label = gettext("%(of)s占%(all)s的比例") % {
                    "of": of,
                    "all": came if key == "pass" and asked.get("of") == "present" else entitled,
                }
                label = label[:1].upper() + label[1:]
                if key == "quorum" or asked.get("pass"):
                    yield (
                        f"{roll}_{key}",
                        forms.ChoiceField(label=label, choices=shares, required=False),
                    )
            if self.rule.confidence == "CONF" and asked.get("of"):
                bases = [("eligible", entitled), ("present", came)]
                yield (
                    f"{roll}_of",
                    forms.ChoiceField(label=_("赞成票按谁计算"), choices=bases, initial=asked["of"]),
                )

    def params(self) -> dict[str, Any]:
        """Only what was chosen."""
        rolls: dict[str, dict[str, str]] = {}
        for roll, asked in self.rule.params["rolls"].items():
            own = {
                key: value
                for key in ("quorum", "pass", "of")
                if (value := self.cleaned_data.get(f"{roll}_{key}")) and value != asked.get(key)
            }
            if own:
                rolls[roll] = own
        return {"rolls": rolls} if rolls else {}


class CadenceForm(LocalForm):
    """So many times in each period."""

    def content(self) -> Iterator[tuple[str, forms.Field]]:
        """Period, number, first day of the reminder."""
        params = self.rule.params
        periods = [(per, queries.per_text(per)) for per in MONTHS]
        yield "per", forms.ChoiceField(label=_("周期"), choices=periods, initial=params["per"])
        yield (
            "times",
            forms.IntegerField(label=_("次数"), min_value=1, max_value=366, initial=params["times"]),
        )
        yield (
            "alert_day",
            forms.IntegerField(
                label=_("当期第几日起提醒"), min_value=1, max_value=366, required=False,
                initial=params.get("alert_day"), help_text=_("留空的按现行提醒日。"),
            ),
        )  # fmt: skip

    def params(self) -> dict[str, Any]:
        """What differs from the rule; all of a default."""
        data, first = self.cleaned_data, self.rule.params
        own = {name: data[name] for name in ("per", "times") if data[name] != first[name]}
        if data["alert_day"] and data["alert_day"] != first.get("alert_day"):
            own["alert_day"] = data["alert_day"]
            own |= {"alert_on": "", "after_fixed": None} if "per" not in own else {}
        if "per" in own:
            own |= {"alert_on": "", "after_fixed": None, "alert_day": own.get("alert_day")}
        return own


class RangeForm(LocalForm):
    """Bounds of a number."""

    def content(self) -> Iterator[tuple[str, forms.Field]]:
        """A number for each bound the rule has."""
        for key, label, now in self._bounds():
            yield key, forms.IntegerField(label=label, min_value=0, max_value=100_000, initial=now)

    def _bounds(self) -> Iterator[tuple[str, str, int]]:
        params = self.rule.params
        for one in params.get("any", ()):
            yield (
                f"any_{one['key']}",
                gettext("%(measure)s不少于") % {"measure": translate(one["measure"])},
                one["min"],
            )
        measure = translate(params["measure"]) if params.get("measure") else ""
        for key, label in BOUND_LABELS.items():
            if isinstance(params.get(key), int):
                yield key, f"{label} {measure}".strip(), params[key]

    def params(self) -> dict[str, Any]:
        """What differs from the rule."""
        data, first = self.cleaned_data, self.rule.params
        own: dict[str, Any] = {
            key: data[key] for key in BOUND_LABELS if key in data and data[key] != first.get(key)
        }
        if "any" in first:
            rows = [{**one, "min": data[f"any_{one['key']}"]} for one in first["any"]]
            if rows != first["any"]:
                own["any"] = rows
        return own


class SetForm(LocalForm):
    """Which of the options stay, what must be there or is shut out besides."""

    def content(self) -> Iterator[tuple[str, forms.Field]]:
        """Boxes for the options, lines for what is added."""
        params = self.rule.params
        if "default" in params:
            kept = [(code, translate(words_of(option))) for code, option in ordered(params, "one_of")]
            yield (
                "one_of",
                forms.ChoiceField(
                    label=_("本地采用的一项"), choices=kept, initial=params["default"], widget=forms.RadioSelect
                ),
            )
        elif "one_of" in params:
            options = [(code, translate(words_of(option))) for code, option in ordered(params, "one_of")]
            yield (
                "one_of",
                forms.MultipleChoiceField(
                    label=_("本地保留的选项"), choices=options, initial=[code for code, _words in options],
                    widget=forms.CheckboxSelectMultiple,
                ),
            )  # fmt: skip
        lines = {"all_of": _("本地另须有的"), "none_of": _("本地另外不得有的")}
        for key, label in lines.items():
            if key in params:
                yield (
                    key,
                    forms.CharField(
                        label=label, widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, required=False,
                        help_text=_("每行一项。"),
                    ),
                )  # fmt: skip

    def params(self) -> dict[str, Any]:
        """Fewer options, more lines."""
        own: dict[str, Any] = {}
        kept = self.cleaned_data.get("one_of")
        if kept and "default" in self.rule.params:
            own["one_of"] = [kept]
        elif kept is not None and len(kept) < len(self.rule.params["one_of"]):
            own["one_of"] = kept
        for key in ("all_of", "none_of"):
            lines = [
                line.strip()[:80] for line in self.cleaned_data.get(key, "").splitlines() if line.strip()
            ]
            if lines:
                own[key] = {f"local_{n}": line for n, line in enumerate(lines, start=1)}
        return own


FORMS: Mapping[str, Callable[..., LocalForm]] = {
    "max_deadline": TermForm,
    "min_interval": TermForm,
    "quorum": VoteForm,
    "majority": VoteForm,
    "cadence": CadenceForm,
    "range": RangeForm,
    "enum": SetForm,
    "exclusion": SetForm,
}
