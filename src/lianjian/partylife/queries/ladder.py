"""Where somebody stands among the 25 steps, and from when to when the next one may be taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from lianjian.foundation import prepared
from lianjian.foundation.calendar import local_day
from lianjian.rulebook.models import LocalRule, Rule
from lianjian.rulebook.queries import calendar, line_of, source_text, term_text
from lianjian.rulebook.rules import MIN_INTERVAL, More, Term, UnknownRule, extended, reckon

from ..models import Applicant, DevelopmentStep
from ..rules import development as dev
from ..rules.facts import VOTE, start_of


@dataclass(frozen=True)
class Bound:
    """A day with its arithmetic: from which step, how long, by which text."""

    day: date
    code: str
    since: int
    start: date
    term: str
    cite: str
    mode: str
    provisional: bool = False


class Law:
    """The rules of developing members and of moves as they bind in one place: two queries, none where they are kept."""

    def __init__(self, jurisdiction_id: int) -> None:
        line = line_of(jurisdiction_id)
        self.calendar = calendar()
        self.rules: dict[str, list[Rule]] = {}
        about = Q(code__startswith="member.") | Q(code__startswith="mobile.") | Q(code=VOTE)
        for rule in prepared.objects(
            ("partylife.law",),
            lambda: Rule.objects.filter(about).order_by("code", "-version"),
            reference=True,
        ):
            self.rules.setdefault(rule.code, []).append(rule)
        rows = prepared.objects(
            ("partylife.local_law", tuple(line)),
            lambda: LocalRule.objects.filter(about, jurisdiction_id__in=line),
            reference=True,
        )
        self.local = sorted(rows, key=lambda r: (line.index(r.jurisdiction_id), -r.valid_from.toordinal()))

    def rule(self, code: str, day: date) -> Rule:
        """The version in force on a day. Raises `UnknownRule`."""
        for rule in self.rules.get(code, ()):
            if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to):
                return rule
        raise UnknownRule(code=code, day=day.isoformat())

    def since(self, code: str, day: date) -> date:
        """The day, or the first on which the rule was in force: what lasted before counts from then on."""
        return max([day, *(rule.valid_from for rule in self.rules.get(code, ())[-1:])])

    def own(self, code: str, day: date) -> list[LocalRule]:
        """Local rules in force on a day, the nearest place first."""
        return [
            row
            for row in self.local
            if row.code == code and row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
        ]

    def binds(self, code: str, day: date) -> bool:
        """Whether the rule applies: in force, and not a default that this place has not taken up."""
        try:
            rule = self.rule(code, day)
        except UnknownRule:
            return False
        return not rule.params.get("off") or bool(self.own(code, day))

    def papers(self, code: str, day: date) -> dict[str, Any]:
        """The list that a rule of papers or of choices asks for: code and words, local ones included."""
        if not self.binds(code, day):
            return {}
        rule = self.rule(code, day)
        found: dict[str, Any] = dict(rule.params.get("all_of") or rule.params.get("one_of") or {})
        for row in self.own(code, day):
            found |= row.params.get("all_of", {})
        return found

    def cite(self, code: str, day: date) -> str:
        """Law and article, or the local document where the rule is one of practice."""
        rule, own = self.rule(code, day), self.own(code, day)
        return own[0].source if rule.confidence == "CONF" and own else source_text(rule.source, rule.article)

    def bound(self, code: str, since: int, start: date, more: int = 0) -> Bound | None:
        """The day on which a term from `start` ends, the strictest of law and place; None where it does not bind."""
        if not self.binds(code, start):
            return None
        rule = self.rule(code, start)
        terms = [(Term(row.amount, row.unit), row.source) for row in self.own(code, start)]
        if rule.confidence == "CONF":
            terms = terms[:1]
        if rule.confidence != "CONF" or not terms:
            national = Term(int(rule.params["amount"]), rule.unit)
            terms.insert(0, (national, source_text(rule.source, rule.article)))
        found = [self._ends(rule, code, since, start, term, ground, more) for term, ground in terms]
        return max(found, key=_day) if rule.kind == MIN_INTERVAL else min(found, key=_day)

    def _ends(
        self, rule: Rule, code: str, since: int, start: date, term: Term, ground: str, more: int
    ) -> Bound:
        outcome = reckon(self.calendar, start, term, kind=rule.kind, roll=bool(rule.params.get("roll", True)))
        if more:
            outcome = extended(self.calendar, outcome, [More(more, "m")])
        words = term_text(term.amount, term.unit)
        if more:
            words = f"{words} + {term_text(more, 'm')}"
        day = local_day(outcome.due_at)
        return Bound(day, code, since, start, words, ground, rule.mode, outcome.provisional)


def _day(bound: Bound) -> date:
    return bound.day


@dataclass(frozen=True)
class Window:
    """When a step may be taken: the earliest lawful day with its grounds, and the latest days."""

    step: dev.Step
    earliest: date | None
    after: tuple[int, date] | None
    gates: Sequence[Bound]
    limits: Sequence[Bound]
    notice: str = ""

    @property
    def latest(self) -> date | None:
        """The first of the latest days."""
        return min((bound.day for bound in self.limits), default=None)


def window(law: Law, history: dev.History, number: int, notice_from: date | None = None) -> Window:
    """Earliest and latest day of a step after what stands."""
    step = dev.STEPS[number]
    after = history.known_before(step)
    gates: list[Bound] = []
    for code, since in step.gates:
        start = start_of(history, number, since)
        if start is not None:
            more = history.extension if code == "probation" else 0
            gates += filter(None, [law.bound(f"member.{code}", since, start, more)])
    if number == dev.MEETING and history.failed_on is not None:
        gates += filter(None, [law.bound("member.again", dev.MEETING, history.failed_on)])
    if step.notice and notice_from is not None:
        gates += filter(None, [law.bound(f"member.{step.notice}", number, notice_from)])
    days = [*([after[1]] if after else []), *(bound.day for bound in gates)]
    earliest = max(days, default=None)
    limits = [
        bound
        for code, since in step.limits
        if (start := start_of(history, number, since)) is not None
        and (bound := law.bound(f"member.{code}", since, start)) is not None
    ]
    asked = ""
    if step.notice and earliest is not None and law.binds(f"member.{step.notice}", earliest):
        asked = law.cite(f"member.{step.notice}", earliest)
    return Window(step, earliest, after, gates, limits, asked)


def known(applicant: Applicant) -> list[dev.Done]:
    """Days of the ledger for steps on paper."""
    return [
        dev.Done(number, day)
        for number, field in dev.LEDGER.items()
        if number <= applicant.paper_until and (day := getattr(applicant, field)) is not None
    ]


def history_of(applicant: Applicant, rows: Iterable[DevelopmentStep]) -> dev.History:
    """What stands of a way into the party, and the last vote that did not pass."""
    rows = list(rows)
    failed = [row.done_on for row in rows if row.number == dev.MEETING and row.undone == "failed"]
    done = [
        *known(applicant),
        *(dev.Done(row.number, row.done_on, row.outcome) for row in rows if row.standing),
    ]
    return dev.History(
        done=tuple(sorted(done, key=lambda one: (one.number, one.day or date.min))),
        paper_until=applicant.paper_until,
        extension=applicant.extension_months,
        failed_on=max(failed, default=None),
    )


def steps_of(applicant: Applicant) -> list[DevelopmentStep]:
    """Every row of the way, in the order of steps and days."""
    return list(DevelopmentStep.objects.filter(applicant=applicant).order_by("number", "done_on", "id"))


def probation_ends(law: Law, history: dev.History) -> Bound | None:
    """The last day of the probation: membership ran from the branch meeting (R1.02)."""
    start = history.day(dev.MEETING)
    return law.bound("member.probation", dev.MEETING, start, history.extension) if start is not None else None


__all__ = [
    "Bound",
    "Law",
    "Window",
    "history_of",
    "known",
    "probation_ends",
    "steps_of",
    "window",
]
