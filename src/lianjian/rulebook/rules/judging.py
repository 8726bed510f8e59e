"""Hold an act against the params of a rule: one door for every kind. No Django, no clock.

Also what a stricter local rule makes of a national one: `effective`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from lianjian.foundation.errors import Refused, _

from . import cadences, limits, terms, votes
from .findings import ActUnfit, Step

TERMS: Final = (terms.MAX_DEADLINE, terms.MIN_INTERVAL)
VOTES: Final = ("quorum", "majority")
RANGE: Final = "range"
SETS: Final = ("enum", "exclusion")
CADENCE: Final = "cadence"

Act = votes.Tally | limits.Number | limits.Choice | cadences.Held | terms.Done
Params = Mapping[str, Any]

WANTED: Final[Mapping[str, tuple[type, str]]] = {
    **{kind: (votes.Tally, _("应到、实到和票数")) for kind in VOTES},
    **{kind: (limits.Choice, _("所选的项")) for kind in SETS},
    **{kind: (terms.Done, _("起算日和办理日")) for kind in TERMS},
    RANGE: (limits.Number, _("数目")),
    CADENCE: (cadences.Held, _("各次日期")),
}


class LooserThanLaw(Refused):
    """A local rule asks less than the national one."""

    sentence = _("国家规定是:%(national)s。本地规定只能更严,不能放宽。")
    field = "params"


class KindNotLocal(Refused):
    """A kind of rule whose content a place cannot set this way."""

    sentence = _("这类规则不能在本地另行设置。")


def fit(code: str, kind: str, act: Act) -> None:
    """Raise `ActUnfit` where the act is not what the rule is about."""
    wanted, words = WANTED[kind]
    if not isinstance(act, wanted):
        raise ActUnfit(code=code, wanted=words)


def judge(kind: str, params: Params, act: Act) -> list[Step]:
    """Every comparison of a rule of any kind but the terms, which need a calendar (`terms.judge`)."""
    if isinstance(act, votes.Tally):
        return votes.judge(params, act)
    if isinstance(act, limits.Number):
        return limits.judge_range(params, act)
    if isinstance(act, limits.Choice):
        return limits.judge_set(params, act)
    if isinstance(act, cadences.Held):
        return cadences.judge(params, act)
    raise ActUnfit(code=kind, wanted=WANTED[kind][1])


def effective(kind: str, national: Params, local: Params, *, free: bool = False) -> dict[str, Any]:
    """The stricter of both in everything they say; `free` (a default, CONF): the local one wherever it speaks.

    What is set locally is taken up: `off` goes.
    """
    first = {key: value for key, value in national.items() if key != "off"}
    if kind in VOTES:
        return votes.replaced(first, local) if free else votes.tightened(first, local)
    if kind in SETS:
        return limits.tightened_set(first, local)
    if kind not in (RANGE, CADENCE):
        raise KindNotLocal
    if free:
        taken = {"national": True} if kind == CADENCE and first.get("local_binds") else {}
        return {**first, **local, **taken}
    if kind == RANGE:
        return limits.tightened_range(first, local)
    return first if cadences.looser(first, local) else {**first, **local}


def is_looser(kind: str, national: Params, local: Params) -> bool:
    """Whether the local content asks less than the national one anywhere. Raises `KindNotLocal`, `ShareUnknown`."""
    if kind in VOTES:
        return votes.looser(national, local)
    if kind == RANGE:
        return limits.looser_range(national, local)
    if kind in SETS:
        return limits.looser_set(national, local)
    if kind == CADENCE:
        return cadences.looser(national, local)
    raise KindNotLocal


def act_of(kind: str, kept: Mapping[str, Any]) -> Act:
    """An act read back from plain values (`as_dict`), or from an example of the shipped data."""
    if kind in VOTES:
        return votes.Tally(**{**kept, "observed": frozenset(kept.get("observed", ()))})
    if kind in SETS:
        return limits.Choice(frozenset(kept.get("values", ())), kept.get("n"))
    if kind == RANGE:
        return limits.Number(**kept)
    if kind == CADENCE:
        days = [date.fromisoformat(day) for day in kept.get("days", ())]
        single = {
            name: date.fromisoformat(kept[name]) if kept.get(name) else None for name in ("started", "period")
        }
        return cadences.Held(
            today=date.fromisoformat(kept["today"]),
            days=days,
            done=kept.get("done"),
            fixed_day=kept.get("fixed_day"),
            **single,
        )
    return terms.Done(terms.moment_of(kept["start"]), terms.moment_of(kept["day"]))
