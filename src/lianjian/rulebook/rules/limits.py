"""Numbers within bounds, choices from a list, papers that must be there, what is shut out. No Django, no clock.

`params` of a range: {"min" | "over" | "max" | "below": number or "limit", "measure": words,
                      "any": [{"measure": words, "key": CODE, "min": number}, ...], "ratio": [top, bottom]}
`params` of an enum: {"one_of": {CODE: words or {"words": words, "min": …, "max": …}}, "all_of": {CODE: words}}
              with "default": CODE a place goes by one of the options, by that one where it chose none; further keys
              of an option ("staff", "above") are for the app that asks
`params` of an exclusion: {"none_of": {CODE: words}}

"limit" is given with the act (ballots handed out; its words under "limit"); with "ratio" the bound is
`limit * top / bottom`, rounded up. `order`: the codes in the order of the law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lianjian.foundation.calendar import plus_months
from lianjian.foundation.errors import Refused, _

from .findings import ActUnfit, NegativeNumber, Step, ordered
from .words import BOUNDS

Params = Mapping[str, Any]


class BeforeBirth(Refused):
    """A day before the birth or the founding."""

    sentence = _("%(day)s 早于出生或成立的 %(born)s,请核对日期。")
    field = "day"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was found; `limit` where the bound lies in the act itself; `measures` where several will do."""

    n: int = 0
    limit: int | None = None
    measures: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if min((self.n, self.limit or 0, *self.measures.values())) < 0:
            raise NegativeNumber(field="n")

    def as_dict(self) -> dict[str, Any]:
        """Plain values, to be stored."""
        return {"n": self.n, "limit": self.limit, "measures": dict(self.measures)}


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, or what is there: codes of the rule; `n` where the options depend on a number."""

    values: frozenset[str] = frozenset()
    n: int | None = None

    @classmethod
    def of(cls, *values: str, n: int | None = None) -> Choice:
        """From single codes."""
        return cls(frozenset(values), n)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, to be stored."""
        return {"values": sorted(self.values), "n": self.n}


def full_years(born: date, day: date) -> int:
    """Whole years from `born` to `day`; who was born on 29 February completes them on the 28th of other years."""
    if day < born:
        raise BeforeBirth(day=day.isoformat(), born=born.isoformat())
    years = day.year - born.year
    return years if plus_months(born, 12 * years) <= day else years - 1


def judge_range(params: Params, number: Number) -> list[Step]:
    """Every bound as one comparison; one of several measures is enough where `any` says so."""
    if "any" in params:
        found = [
            {**one, "n": number.measures.get(one["key"], 0), "bound": one["min"]} for one in params["any"]
        ]
        rows = [{k: v for k, v in row.items() if k in ("measure", "n", "bound")} for row in found]
        return [{"test": "any", "rows": rows, "holds": any(row["n"] >= row["bound"] for row in rows)}]
    return [_bound(params, key, number) for key in BOUNDS if key in params]


def _bound(params: Params, key: str, number: Number) -> Step:
    bound = params[key]
    if bound == "limit":
        if number.limit is None:
            raise ActUnfit(code="limit", wanted=_("上限"))
        top, bottom = params.get("ratio", (1, 1))
        bound = -(-number.limit * top // bottom)
    holds = BOUNDS[key][1](number.n, int(bound))
    return {
        "test": "bound",
        "bound": key,
        "n": number.n,
        "than": bound,
        "measure": params.get("measure", ""),
        "holds": holds,
    }


def words_of(option: Any) -> str:
    """The words of an option, with or without bounds."""
    return str(option["words"]) if isinstance(option, Mapping) else str(option)


def judge_set(params: Params, choice: Choice) -> list[Step]:
    """One of the options (with its number), all that must be there, nothing that is shut out."""
    steps: list[Step] = []
    if "one_of" in params:
        steps += _one_of(dict(ordered(params, "one_of")), choice)
    if "all_of" in params:
        asked = ordered(params, "all_of")
        missing = [words for code, words in asked if code not in choice.values]
        names = [words for _code, words in asked]
        steps.append({"test": "all_of", "names": names, "missing": missing, "holds": not missing})
    if "none_of" in params:
        found = [words for code, words in ordered(params, "none_of") if code in choice.values]
        steps.append({"test": "none_of", "found": found, "holds": not found})
    return steps


def _one_of(options: Mapping[str, Any], choice: Choice) -> list[Step]:
    chosen = [code for code in choice.values if code in options]
    step: Step = {
        "test": "one_of",
        "chosen": [words_of(options[code]) for code in chosen],
        "options": [words_of(option) for option in options.values()],
        "holds": len(chosen) == 1,
    }
    bounds: list[Step] = []
    for code in chosen:
        option = options[code]
        if isinstance(option, Mapping) and choice.n is not None:
            bounds += [{**step, "of": words_of(option)} for step in judge_range(option, Number(choice.n))]
    return [step, *bounds]


def options_for(params: Params, n: int) -> list[str]:
    """Codes of the options whose bounds the number meets: the forms a branch of `n` full members may take."""
    return [
        code
        for code, option in ordered(params, "one_of")
        if not isinstance(option, Mapping) or all(s["holds"] for s in judge_range(option, Number(n)))
    ]


def tightened_range(national: Params, local: Params) -> dict[str, Any]:
    """The narrower of both on every side."""
    made = dict(national)
    if "any" in local and "any" in national and not looser_range(national, local):
        made["any"] = local["any"]
    for key in BOUNDS:
        own, first = local.get(key), national.get(key)
        if own is not None and (first is None or narrower(key, own, first)):
            made[key] = own
    return made


def narrower(key: str, local: Any, national: Any) -> bool:
    """Whether a bound is on the strict side of another (or the same)."""
    if not isinstance(local, int) or not isinstance(national, int):
        return bool(local == national)
    return local >= national if key in ("min", "over") else local <= national


def looser_range(national: Params, local: Params) -> bool:
    """Whether any bound of the local range lets through what the national one does not."""
    if "any" in local:
        own = {one["key"]: one["min"] for one in local["any"]}
        if set(own) != {one["key"] for one in national.get("any", ())}:
            return True
        return any(own[one["key"]] < one["min"] for one in national["any"])
    return any(
        key in national and not narrower(key, value, national[key])
        for key, value in local.items()
        if key in BOUNDS
    )


def tightened_set(national: Params, local: Params) -> dict[str, Any]:
    """Fewer options, more papers, more that is shut out."""
    made = dict(national)
    if "one_of" in local and "one_of" in national:
        made["one_of"] = {code: o for code, o in national["one_of"].items() if code in local["one_of"]}
    for key in ("all_of", "none_of"):
        if key in local:
            made[key] = {**national.get(key, {}), **local[key]}
    return made


def looser_set(national: Params, local: Params) -> bool:
    """Whether the local list has an option that the national one has not, or leaves none."""
    own = set(local.get("one_of", ()))
    if "one_of" not in local:
        return False
    return not own or not own <= set(national.get("one_of", ()))
