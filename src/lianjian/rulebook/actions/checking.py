"""Hold an act against a rule and keep what came out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import local_day
from lianjian.foundation.errors import _
from lianjian.foundation.verbs import verb
from lianjian.foundation.writing import add_all

from .. import queries
from ..models import Evaluation, LocalRule, Rule
from ..rules import (
    PASSED,
    REASON,
    REFUSED,
    TERMS,
    Act,
    BreaksRule,
    Done,
    Finding,
    ReasonNeeded,
    conclude,
    effective,
    fit,
    judge,
    moment_of,
    terms,
)
from .evaluating import Ask, Desk

NATIONAL, LOCAL, DEFAULT = _("国家规定"), _("本地规定"), _("默认")


@verb
def check(
    *,
    actor: Actor,
    code: str,
    act: Act,
    day: date,
    now: datetime,
    jurisdiction_id: int,
    reason: str = "",
    override: str = "",
    enforce: bool = True,
    stored: bool = True,
) -> Evaluation:
    """Hold an act of `day` against the version of the rule in force on it, and keep how that came out.

    Part of the caller's verb, which journals it. The finding stands in `result["finding"]` (`queries.finding`):
    passed, refused (BLOCK), reason (WARN: `reason` must be given), reminder (ALERT). A local rule that is stricter
    binds; both stay in `inputs["compared"]`. `override` names the decision of the body that may lift a stop; where the
    rule knows none it changes nothing. Not `enforce`: nothing is raised, the finding says all.
    Raises `BreaksRule`, `ReasonNeeded`, `ActUnfit`, `UnknownRule`, and what the act itself refuses (`rules/votes.py`).
    """
    desk = Desk([Ask(code, day)], jurisdiction_id)
    evaluation = _held_against(desk, code, act, day, now, reason=reason, override=override)
    if enforce:
        uphold(evaluation)
    return add_all([evaluation])[0] if stored else evaluation


def uphold(evaluation: Evaluation) -> None:
    """Raise `BreaksRule` or `ReasonNeeded` where the finding does not let the act go on."""
    found = queries.finding(evaluation)
    if found is None or found.stands or found.verdict not in (REFUSED, REASON):
        return
    refusal = BreaksRule if found.verdict == REFUSED else ReasonNeeded
    raise refusal(title=queries.title_of(evaluation), why=queries.why(found), cite=queries.cite(evaluation))


def _held_against(
    desk: Desk, code: str, act: Act, day: date, now: datetime, *, reason: str, override: str
) -> Evaluation:
    if isinstance(act, Done):
        return _term(desk, code, act, now, reason=reason, override=override)
    rule, own = desk.rule(code, day), desk.locals(code, day)
    fit(code, rule.kind, act)
    params, ground, compared = binding(rule, own)
    steps = [] if params.get("off") else judge(rule.kind, params, act)
    source = [ground, ""] if ground else [rule.source, rule.article]
    return Evaluation(
        jurisdiction_id=desk.jurisdiction_id,
        rule_code=rule.code,
        rule_version=rule.version,
        cite=f"{source[0]} {source[1]}".strip()[:300],
        inputs={"act": act.as_dict(), "day": day.isoformat(), "compared": compared},
        result={
            "finding": _finding(rule, steps, reason, override).as_dict(),
            "title": rule.title,
            "kind": rule.kind,
            "params": params,
            "cite": source,
        },
        at=now,
    )


def _term(desk: Desk, code: str, act: Done, now: datetime, *, reason: str, override: str) -> Evaluation:
    start = moment_of(act.start.isoformat())
    rule = desk.rule(code, local_day(start))
    fit(code, rule.kind, act)
    evaluation, outcome = desk.weigh(Ask(code, start), now)
    steps = terms.judge(rule.params, outcome, act)
    evaluation.inputs["act"] = act.as_dict()
    evaluation.result |= {
        "finding": _finding(rule, steps, reason, override).as_dict(),
        "title": rule.title,
    }
    return evaluation


def _finding(rule: Rule, steps: list[dict[str, Any]], reason: str, override: str) -> Finding:
    found = conclude(steps, rule.mode)
    if found.verdict == PASSED:
        return found
    return replace(
        found,
        reason=reason.strip()[:500] if found.verdict == REASON else "",
        override=override.strip()[:300] if rule.overridable_by and found.verdict == REFUSED else "",
    )


def binding(rule: Rule, own: list[LocalRule]) -> tuple[dict[str, Any], str, list[list[Any]]]:
    """The params that bind, the local document where one is stricter, and both as they were compared.

    A default (CONF) yields to the nearest local rule; against a national rule each local one only tightens.
    """
    if rule.kind in TERMS or not own:
        return dict(rule.params), "", []
    compared: list[list[Any]] = [
        [DEFAULT if rule.confidence == "CONF" else NATIONAL, dict(rule.params)],
        *([LOCAL, row.params] for row in own),
    ]
    if rule.confidence == "CONF":
        return effective(rule.kind, rule.params, own[0].params, free=True), own[0].source, compared
    params, ground = dict(rule.params), ""
    for row in reversed(own):
        tighter = effective(rule.kind, params, row.params)
        if tighter != params:
            params, ground = tighter, row.source
    return params, ground, compared
