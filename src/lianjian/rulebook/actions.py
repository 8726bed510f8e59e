"""Apply a rule, load working days, set a local number, reckon again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.calendar import CHINA, WorkCalendar, local_day
from lianjian.foundation.errors import Refused, _, translate
from lianjian.foundation.models import DayOverride
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record, record_bulk
from lianjian.jurisdictions.models import Jurisdiction

from . import queries
from .models import Evaluation, LoadedYear, LocalRule, Rule
from .rules import (
    LooserThanNational,
    Outcome,
    Pause,
    Term,
    UnitUnknown,
    UnknownRule,
    moment_of,
    reckon,
    stricter,
    surely_not_looser,
)

# Called with (actor=, evaluations=, now=) after due days moved; filled by the wiring.
on_recompute: list[Callable[..., None]] = []

GIVEN = _("本事项指定")
NATIONAL = _("国家规定")
LOCAL = _("本地规定")
DEFAULT = _("默认")


@dataclass(frozen=True)
class Ask:
    """One deadline that is wanted: from `start` under `code`, perhaps with a number of its own and its ground."""

    code: str
    start: date | datetime
    amount: int | None = None
    unit: str | None = None
    ground: str = ""
    pauses: Sequence[Pause] = ()


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
) -> Evaluation:
    """Reckon one deadline and keep how it came about. Part of the caller's verb, which journals it.

    The version in force on the day of `start` is taken. Against a national rule (V1, V2) a local or given number
    only tightens: the stricter result wins. A default (CONF) yields to the local number, and that to the given one.
    `unit`: wd, d, m, h, month_end, year_end. `ground` says on what the given number rests.
    """
    ask = Ask(code, start, amount, unit, ground, pauses)
    return evaluate_deadlines(actor=actor, asks=[ask], now=now, jurisdiction_id=jurisdiction_id)[0]


@verb
def evaluate_deadlines(*, actor: Actor, asks: Sequence[Ask], now: datetime, jurisdiction_id: int) -> list[Evaluation]:
    """The same for many at once: five queries whatever their number (imports)."""
    desk = _Desk(asks, jurisdiction_id)
    made = [desk.evaluate(ask, now) for ask in asks]
    return Evaluation.objects.bulk_create(made, batch_size=2000)


class _Desk:
    """Everything needed to answer a batch of asks: rules, local numbers, calendar."""

    def __init__(self, asks: Sequence[Ask], jurisdiction_id: int) -> None:
        codes = {ask.code for ask in asks}
        self.jurisdiction_id = jurisdiction_id
        self.calendar = queries.calendar()
        self.rules: dict[str, list[Rule]] = {}
        for rule in Rule.objects.filter(code__in=codes).order_by("code", "-version"):
            self.rules.setdefault(rule.code, []).append(rule)
        self.line = queries.line_of(jurisdiction_id)
        rows = LocalRule.objects.filter(code__in=codes, jurisdiction_id__in=self.line)
        self.local = sorted(rows, key=lambda r: (self.line.index(r.jurisdiction_id), -r.valid_from.toordinal()))

    def evaluate(self, ask: Ask, now: datetime) -> Evaluation:
        """An unsaved evaluation."""
        day = local_day(ask.start)
        rule = self._rule(ask.code, day)
        outcome, ground, compared = _choose(self.calendar, rule, self._locals(ask.code, day), ask)
        source = [ground, ""] if ground else [rule.source, rule.article]
        return Evaluation(
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

    def _rule(self, code: str, day: date) -> Rule:
        for rule in self.rules.get(code, ()):
            if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to):
                return rule
        raise UnknownRule(code=code, day=day.isoformat())

    def _locals(self, code: str, day: date) -> list[LocalRule]:
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
        return reckon(calendar, ask.start, Term(amount, unit), kind=rule.kind, pauses=ask.pauses)

    given = _given(ask, rule)
    first = (of(int(rule.params["amount"]), rule.unit), "", DEFAULT if rule.confidence == "CONF" else NATIONAL)
    others = [(of(row.amount, row.unit), row.source, LOCAL) for row in own]
    if rule.confidence == "CONF":
        if given:
            return of(*given), ask.ground, []
        return (others[0][0], others[0][1], []) if others else (first[0], "", [])
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
        "compared": compared,
    }


def _ask_of(evaluation: Evaluation) -> Ask:
    inputs = evaluation.inputs
    pauses = [Pause(date.fromisoformat(f), date.fromisoformat(t), r) for f, t, r in inputs.get("pauses", [])]
    return Ask(
        evaluation.rule_code,
        moment_of(inputs["start"]),
        inputs.get("amount"),
        inputs.get("unit"),
        inputs.get("ground", ""),
        pauses,
    )


@verb
def recompute(
    *, actor: Actor, jurisdiction_id: int, now: datetime, only: Sequence[int] | None = None
) -> list[Evaluation]:
    """Reckon again what was provisional (or the evaluations named), now that more days are known.

    The row is kept with its earlier due day in `result.earlier`; records and duties that carry the due time hear of
    it through `on_recompute`. Returns the evaluations whose due time moved.
    """
    chosen = Q(pk__in=only) if only is not None else Q(provisional=True)
    rows = list(Evaluation.objects.select_for_update().filter(chosen, jurisdiction_id=jurisdiction_id).order_by("pk"))
    if not rows:
        return []
    asks = [_ask_of(row) for row in rows]
    desk = _Desk(asks, jurisdiction_id)
    moved: list[Evaluation] = []
    for row, ask in zip(rows, asks, strict=True):
        fresh = desk.evaluate(ask, now)
        earlier = [*row.result.get("earlier", [])]
        if fresh.due_at != row.due_at:
            earlier.append([row.result["due"], row.at.isoformat()])
            moved.append(row)
        row.result = {**fresh.result, "earlier": earlier}
        row.inputs, row.due_at, row.provisional, row.at = fresh.inputs, fresh.due_at, fresh.provisional, now
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


class LineUnreadable(Refused):
    """A line of a pasted list of days that is not `date kind name`."""

    sentence = _("第 %(line)s 行“%(text)s”读不懂:每行写“日期 休/班 名称”,例如“2027-02-06 班 春节调休”。")
    field = "days"


class DayOfAnotherYear(Refused):
    """A day outside the year that is being loaded."""

    sentence = _("%(day)s 不在 %(year)s 年。")
    field = "days"


class YearNotComplete(Refused):
    """A year called complete with far too few days off to be the notice of the State Council."""

    sentence = _("标记为全年放假安排的,应包含全部放假日(至少 13 天);现在只有 %(count)s 天。")
    field = "days"


_LINE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:~|至|到)\s*(\d{4}-\d{2}-\d{2}))?\s+(休|班|rest|work)\s*(.*)")


@dataclass(frozen=True)
class DayRow:
    """One day to load."""

    day: date
    working: bool
    name: str


def read_days(text: str, year: int) -> list[DayRow]:
    """Days of a pasted list, a line each: `2027-10-01 至 2027-10-07 休 国庆节`."""
    found: dict[date, DayRow] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        try:
            if match is None:
                raise ValueError
            first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2] or match[1])
            if not 0 <= (last - first).days <= 40:
                raise ValueError
        except ValueError as error:
            raise LineUnreadable(line=number, text=line.strip()[:60]) from error
        working = match[3] in ("班", "work")
        name = match[4].strip()[:60] or translate(_("调休上班") if working else _("放假"))
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if day.year != year:
                raise DayOfAnotherYear(day=day.isoformat(), year=year)
            found[day] = DayRow(day, working, name)
    return [found[day] for day in sorted(found)]


@verb
def load_days(
    *, actor: Actor, year: int, days: Sequence[DayRow], source: str, complete: bool, now: datetime
) -> list[int]:
    """Load working and rest days of one year with their source; `complete` ends its being provisional.

    The calendar is one for the whole house, so the right is needed over its topmost place. Returns the
    jurisdictions whose provisional deadlines should now be reckoned again (the door enqueues one job for each).
    """
    require(actor, "system.manage", _top())
    rests = sum(not row.working for row in days)
    if complete and rests < 13:
        raise YearNotComplete(count=rests)
    _check_year(year)
    DayOverride.objects.bulk_create(
        [DayOverride(day=row.day, working=row.working, name=row.name, source=source) for row in days],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["working", "name", "source"],
    )
    if complete:
        LoadedYear.objects.update_or_create(
            year=year, defaults={"source": source, "loaded_by": actor.name, "loaded_at": now}
        )
    record(
        actor=actor,
        verb="rulebook.load_days",
        subject=None,
        now=now,
        note=f"{year}: {len(days)} days, complete={'yes' if complete else 'no'}, {source}"[:300],
    )
    return list(Jurisdiction.objects.order_by("pk").values_list("pk", flat=True))


@verb
def forget_day(*, actor: Actor, day: date, now: datetime) -> None:
    """Take one loaded day back."""
    require(actor, "system.manage", _top())
    if DayOverride.objects.filter(day=day).delete()[0]:
        record(actor=actor, verb="rulebook.forget_day", subject=None, now=now, note=day.isoformat())


def _top() -> Whole:
    first = Jurisdiction.objects.filter(parent__isnull=True).order_by("pk").values_list("pk", flat=True).first()
    return Whole(first or 0)


def _check_year(year: int) -> None:
    if not 2020 <= year <= 2100:
        raise DayOfAnotherYear(day=str(year), year=year)


class LocalRuleExists(Refused):
    """A local number from that day on exists already."""

    sentence = _("这一天起已有一条本地时限,请换一个起始日。")
    field = "valid_from"


class NotThisPlace(Refused):
    """A rule may be set only for a place one administers."""

    sentence = _("只能为本地区设置本地时限。")
    status = 403


@verb(constraints={"one_local_rule_per_first_day": LocalRuleExists})
def set_local_rule(
    *, actor: Actor, jurisdiction_id: int, code: str, amount: int, unit: str, source: str, valid_from: date, now: datetime
) -> LocalRule:
    """A place's own number for a rule, from a day on, resting on a document. Earlier ones end the day before.

    A national number (V1, V2) can only be tightened.
    """
    require(actor, "system.manage")
    if jurisdiction_id not in actor.writable:
        raise NotThisPlace
    rule = queries.rule_on(code, valid_from)
    term, national = Term(amount, unit), Term(int(rule.params["amount"]), rule.unit)
    if rule.confidence != "CONF" and not surely_not_looser(national, term, rule.kind):
        raise LooserThanNational(national=queries.term_text(national.amount, national.unit))
    own = LocalRule.objects.filter(jurisdiction_id=jurisdiction_id, code=code)
    own.filter(valid_from__lt=valid_from).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)).update(
        valid_to=date.fromordinal(valid_from.toordinal() - 1)
    )
    made = LocalRule.objects.create(
        jurisdiction_id=jurisdiction_id,
        code=code,
        amount=amount,
        unit=unit,
        source=source,
        valid_from=valid_from,
        set_by=actor.name,
        set_at=now,
    )
    record(
        actor=actor,
        verb="rulebook.set_local",
        subject=made,
        now=now,
        changes={"amount": (national.amount, amount), "unit": (national.unit, unit), "source": ("", source)},
    )
    return made
