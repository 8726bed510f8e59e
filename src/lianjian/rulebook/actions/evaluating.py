"""Apply a rule and keep how the result came about; reckon again when more days are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import CHINA, WorkCalendar, local_day
from lianjian.foundation.errors import _
from lianjian.foundation.verbs import verb
from lianjian.foundation.writing import add_all
from lianjian.journal.actions import record_bulk

from .. import queries
from ..data.profiles import NORMAL, limit_of
from ..models import Evaluation, LocalRule, Rule
from ..rules import (
    More,
    Outcome,
    Pause,
    Term,
    UnitUnknown,
    UnknownRule,
    extended,
    moment_of,
    pauses_of,
    reckon,
    stricter,
)

# Called with (actor=, evaluations=, now=) after due days moved; filled by the wiring.
on_recompute: list[Callable[..., None]] = []

FEW = 3  # of so many the statement recurs
GIVEN = _("本事项指定")
NATIONAL = _("国家规定")
LOCAL = _("本地规定")
DEFAULT = _("默认")


@dataclass(frozen=True)
class Ask:
    """One deadline that is wanted: from `start` under `code`, perhaps with a number of its own and its ground.

    `profile` is the mark of the profile (code and version) under which the matter began, `urgency` the step in it.
    """

    code: str
    start: date | datetime
    amount: int | None = None
    unit: str | None = None
    ground: str = ""
    pauses: Sequence[Pause] = ()
    more: Sequence[More] = ()
    profile: str = ""
    urgency: str = NORMAL


def evaluate_deadline(
    *,
    actor: Actor,
    code: str,
    start: date | datetime,
    now: datetime,
    jurisdiction_id: int,
    amount: int | None = None,
    unit: str | None = None,
    ground: str = "",
    pauses: Sequence[Pause] = (),
    profile: str = "",
    urgency: str = NORMAL,
    stored: bool = True,
) -> Evaluation:
    """Reckon one deadline and keep how it came about. Part of the caller's verb, which journals it.

    The version in force on the day of `start` is taken. Against a national rule (V1, V2) a local or given number
    only tightens: the stricter result wins. A default (CONF) yields to the number of the profile, that to the local
    one, and that to the given one.
    `unit`: wd, d, m, h, month_end, year_end. `ground` says on what the given number rests. Not `stored`: whoever uses
    it stores it together with what rests on it.
    """
    ask = Ask(code, start, amount, unit, ground, pauses, profile=profile, urgency=urgency)
    if not stored:
        return Desk([ask], jurisdiction_id).evaluate(ask, now)
    return evaluate_deadlines(actor=actor, asks=[ask], now=now, jurisdiction_id=jurisdiction_id)[0]


@verb
def evaluate_deadlines(
    *, actor: Actor, asks: Sequence[Ask], now: datetime, jurisdiction_id: int
) -> list[Evaluation]:
    """The same for many at once: five queries whatever their number (imports)."""
    desk = Desk(asks, jurisdiction_id)
    made = [desk.evaluate(ask, now) for ask in asks]
    return add_all(made) if len(made) <= FEW else Evaluation.objects.bulk_create(made, batch_size=2000)


class Desk:
    """Everything needed to answer a batch of asks: rules, local numbers, calendar."""

    def __init__(self, asks: Sequence[Ask], jurisdiction_id: int) -> None:
        codes = {ask.code for ask in asks}
        self.jurisdiction_id = jurisdiction_id
        self.calendar = queries.calendar()
        self.rules: dict[str, list[Rule]] = {}
        wanted = sorted(codes)
        for rule in prepared.objects(
            ("rulebook.rules", *wanted),
            lambda: Rule.objects.filter(code__in=wanted).order_by("code", "-version"),
            reference=True,
        ):
            self.rules.setdefault(rule.code, []).append(rule)
        self.line = queries.line_of(jurisdiction_id)
        rows = prepared.objects(
            ("rulebook.local", tuple(self.line), *wanted),
            lambda: LocalRule.objects.filter(code__in=wanted, jurisdiction_id__in=self.line),
            reference=True,
        )
        self.local = sorted(
            rows, key=lambda r: (self.line.index(r.jurisdiction_id), -r.valid_from.toordinal())
        )

    def evaluate(self, ask: Ask, now: datetime) -> Evaluation:
        """An unsaved evaluation."""
        return self.weigh(ask, now)[0]

    def weigh(self, ask: Ask, now: datetime) -> tuple[Evaluation, Outcome]:
        """An unsaved evaluation with the outcome it keeps."""
        day = local_day(ask.start)
        rule = self.rule(ask.code, day)
        outcome, ground, compared = _choose(self.calendar, rule, self.locals(ask.code, day), ask)
        source = [ground, ""] if ground else [rule.source, rule.article]
        made = Evaluation(
            jurisdiction_id=self.jurisdiction_id,
            rule_code=rule.code,
            rule_version=rule.version,
            cite=f"{source[0]} {source[1]}".strip()[:300],
            inputs=_inputs(ask, compared),
            result={**outcome.as_dict(), "cite": source},
            at=now,
            due_at=outcome.due_at,
            provisional=outcome.provisional,
        )
        return made, outcome

    def rule(self, code: str, day: date) -> Rule:
        for rule in self.rules.get(code, ()):
            if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to):
                return rule
        raise UnknownRule(code=code, day=day.isoformat())

    def locals(self, code: str, day: date) -> list[LocalRule]:
        return [
            row
            for row in self.local
            if row.code == code and row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
        ]


Compared = list[list[Any]]


def _choose(
    calendar: WorkCalendar, rule: Rule, own: Sequence[LocalRule], ask: Ask
) -> tuple[Outcome, str, Compared]:
    """The outcome that binds, the words of its ground ("" for the rule itself), and what it was compared with."""

    def of(amount: int, unit: str) -> Outcome:
        roll = bool(rule.params.get("roll", True))
        first = reckon(calendar, ask.start, Term(amount, unit), kind=rule.kind, pauses=ask.pauses, roll=roll)
        return extended(calendar, first, ask.more)

    given = _given(ask, rule)
    first = (
        of(0 if rule.params.get("off") else int(rule.params["amount"]), rule.unit),
        "",
        DEFAULT if rule.confidence == "CONF" else NATIONAL,
    )
    others = [(of(row.amount, row.unit), row.source, LOCAL) for row in own]
    if rule.confidence == "CONF":
        if given:
            return of(*given), ask.ground, []
        if others:
            return others[0][0], others[0][1], []
        number = limit_of(ask.profile, rule.code, ask.urgency)
        return (of(*number[:2]), number[2], []) if number else (first[0], "", [])
    if given:
        others.append((of(*given), ask.ground or GIVEN, GIVEN))
    best = first
    for other in others:
        if stricter(best[0], other[0]) is other[0]:
            best = other
    compared = [
        [words, outcome.term.amount, outcome.term.unit, local_day(outcome.due_at).isoformat()]
        for outcome, _ground, words in (first, *others)
    ]
    return best[0], best[1], compared if others else []


def _given(ask: Ask, rule: Rule) -> tuple[int, str] | None:
    if ask.amount is None and ask.unit is None:
        return None
    unit = ask.unit or rule.unit
    if ask.amount is None and unit not in ("year_end", "month_end"):
        raise UnitUnknown(unit=unit)
    return ask.amount or 0, unit


def _inputs(ask: Ask, compared: Compared) -> dict[str, Any]:
    start = ask.start
    if isinstance(start, datetime):
        start = start.astimezone(CHINA) if start.tzinfo else start.replace(tzinfo=CHINA)
    return {
        "start": start.isoformat(),
        "amount": ask.amount,
        "unit": ask.unit,
        "ground": ask.ground,
        "pauses": [[p.first.isoformat(), p.last.isoformat(), p.reason] for p in ask.pauses],
        "more": [[m.amount, m.unit, m.ground] for m in ask.more],
        "profile": ask.profile,
        "urgency": ask.urgency,
        "compared": compared,
    }


def _ask_of(evaluation: Evaluation) -> Ask:
    inputs = evaluation.inputs
    pauses = pauses_of(inputs)
    return Ask(
        evaluation.rule_code,
        moment_of(inputs["start"]),
        inputs.get("amount"),
        inputs.get("unit"),
        inputs.get("ground", ""),
        pauses,
        [More(*one) for one in inputs.get("more", [])],
        inputs.get("profile", ""),
        inputs.get("urgency", NORMAL),
    )


@verb
def evaluate_again(
    *,
    actor: Actor,
    evaluation: Evaluation,
    now: datetime,
    pauses: Sequence[Pause] | None = None,
    more: Sequence[More] | None = None,
) -> Evaluation:
    """A new evaluation of the same start and number with other pauses or extensions; the old one stays as it was.

    Part of the caller's verb, which journals it.
    """
    ask = _ask_of(evaluation)
    changed = replace(
        ask,
        pauses=ask.pauses if pauses is None else pauses,
        more=ask.more if more is None else more,
    )
    return evaluate_deadlines(
        actor=actor, asks=[changed], now=now, jurisdiction_id=evaluation.jurisdiction_id
    )[0]


@verb
def recompute(
    *, actor: Actor, jurisdiction_id: int, now: datetime, only: Sequence[int] | None = None
) -> list[Evaluation]:
    """Reckon again what was provisional (or the evaluations named), now that more days are known.

    The row is kept with its earlier due day in `result.earlier`; records and duties that carry the due time hear of
    it through `on_recompute`. Returns the evaluations whose due time moved.
    """
    chosen = Q(pk__in=only) if only is not None else Q(provisional=True)
    rows = list(
        Evaluation.objects.select_for_update()
        .filter(chosen, jurisdiction_id=jurisdiction_id, inputs__has_key="start")
        .order_by("pk")
    )
    if not rows:
        return []
    asks = [_ask_of(row) for row in rows]
    desk = Desk(asks, jurisdiction_id)
    moved: list[Evaluation] = []
    for row, ask in zip(rows, asks, strict=True):
        fresh = desk.evaluate(ask, now)
        earlier = [*row.result.get("earlier", [])]
        if fresh.due_at != row.due_at:
            earlier.append([row.result["due"], row.at.isoformat()])
            moved.append(row)
        kept = {name: row.result[name] for name in ("finding",) if name in row.result}
        row.result = {**fresh.result, **kept, "earlier": earlier}
        row.inputs = {**fresh.inputs, **{n: row.inputs[n] for n in ("act",) if n in row.inputs}}
        row.due_at, row.provisional, row.at = fresh.due_at, fresh.provisional, now
    Evaluation.objects.bulk_update(rows, ["result", "inputs", "due_at", "provisional", "at"], batch_size=500)
    if moved:
        for listener in on_recompute:
            listener(actor=actor, evaluations=moved, now=now)
    record_bulk(
        actor=actor,
        verb="rulebook.recompute",
        subject=None,
        rows={"rulebook.evaluation": [row.pk for row in rows]},
        now=now,
        note=f"moved {len(moved)}",
        jurisdiction_id=jurisdiction_id,
    )
    return moved
