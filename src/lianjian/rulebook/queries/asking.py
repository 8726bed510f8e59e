"""Answers without writing: the earliest and the latest day, the cadence of a place, whether a rule applies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from lianjian.foundation.calendar import local_day

from ..models import LocalRule, Rule
from ..rules import MIN_INTERVAL, Cadence, Term, effective, reckon
from .numbers import calendar, in_force, local_rules, local_rules_of, rule_on, rules_of
from .texts import source_text


@dataclass(frozen=True)
class Dated:
    """A day with its ground: `off` where the rule is a default that this place has not taken up."""

    day: date
    cite: str
    mode: str
    provisional: bool = False
    off: bool = False


def earliest(code: str, start: date, jurisdiction_id: int) -> Dated:
    """The first day on which a shortest interval from `start` is full. Raises `UnknownRule`."""
    return _dated(code, start, jurisdiction_id)


def latest(code: str, start: date, jurisdiction_id: int) -> Dated:
    """The last day of a longest deadline from `start`, moved past rest days. Raises `UnknownRule`."""
    return _dated(code, start, jurisdiction_id)


def _dated(code: str, start: date, jurisdiction_id: int) -> Dated:
    rule = rule_on(code, start)
    own = local_rules([code], jurisdiction_id, start).get(code, [])
    days = calendar()
    off = bool(rule.params.get("off")) and not own
    roll = bool(rule.params.get("roll", True))
    ground = source_text(rule.source, rule.article)

    def of(term: Term) -> tuple[date, bool]:
        found = reckon(days, start, term, kind=rule.kind, roll=roll)
        return local_day(found.due_at), found.provisional

    best = of(Term(0 if rule.params.get("off") else int(rule.params["amount"]), rule.unit))
    for row in own[:1] if rule.confidence == "CONF" else own:
        other = of(Term(row.amount, row.unit))
        tighter = other[0] > best[0] if rule.kind == MIN_INTERVAL else other[0] < best[0]
        if tighter or rule.confidence == "CONF":
            best, ground = other, row.source
    return Dated(best[0], ground, rule.mode, best[1], off)


@dataclass(frozen=True)
class Asked:
    """A cadence as it binds in a place, with its ground; `cadence` is None where a default is not taken up.

    `since` is the first day of the place's own document that replaces a default. `terms`: of a rule that is a term, all
    that bind there.
    """

    rule: Rule
    cadence: Cadence | None
    cite: str
    since: date | None = None
    terms: tuple[Term, ...] = ()


def cadences(codes: Iterable[str], day: date, jurisdiction_id: int) -> dict[str, Asked]:
    """Each cadence as it binds on `day`, in three queries; `rules.state_of` then asks nothing."""
    rows = {
        rule.code: rule for rule in Rule.objects.filter(in_force(day), code__in=list(codes), kind="cadence")
    }
    own = local_rules(rows, jurisdiction_id, day)
    return {code: _asked(rule, own.get(code, [])) for code, rule in rows.items()}


def asked_by_place(codes: Iterable[str], day: Any, places: Iterable[int]) -> dict[int, dict[str, Asked]]:
    """Cadences and terms as they bind in each of several places, for lists and figures that cross them.

    Two queries; none for a date where the rules are kept. With the database's own day (`foundation.dbday`) it asks each
    time, so that the SQL of a list that holds the numbers is not kept either. A code without a version is left out.
    """
    wanted = tuple(codes)
    found = rules_of(wanted, day)
    rows = {rule.code: rule for rule in sorted(found, key=lambda rule: rule.version)}
    own = local_rules_of(tuple(rows), places, day)
    return {
        place: {
            code: _asked(rule, mine.get(code, [])) if rule.kind == "cadence" else _terms(rule, mine.get(code, []))
            for code, rule in rows.items()
        }
        for place, mine in own.items()
    }


def _terms(rule: Rule, own: list[LocalRule]) -> Asked:
    """A term with what the place sets: the stricter of both binds, whose end is reckoned for each start."""
    found = [Term(row.amount, row.unit) for row in own]
    national = Term(int(rule.params["amount"]), rule.unit)
    terms = found[:1] if rule.confidence == "CONF" and own else [national, *found]
    return Asked(rule, None, source_text(rule.source, rule.article), None, tuple(terms))


def _asked(rule: Rule, own: list[LocalRule]) -> Asked:
    params, ground = dict(rule.params), source_text(rule.source, rule.article)
    if rule.confidence == "CONF":
        if own:
            params, ground = effective(rule.kind, params, own[0].params, free=True), own[0].source
        since = own[0].valid_from if own else None
        return Asked(rule, None if params.get("off") else Cadence.of(params), ground, since)
    for row in reversed(own):
        tighter = effective(rule.kind, params, row.params)
        if tighter != params:
            params, ground = tighter, row.source
    return Asked(rule, Cadence.of(params), ground)
