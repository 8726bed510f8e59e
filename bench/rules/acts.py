"""Seeded acts of four kinds - votes, intervals, deadlines, cadences - each answered twice: by the evaluator from the
shipped rows, and by plain Python in which the numbers of the law are written out by hand."""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from lianjian.foundation.calendar import WorkCalendar
from lianjian.rulebook.data.national import RULES
from lianjian.rulebook.rules import PASSED, Done, Held, Tally, Term, conclude, judge, reckon, terms

DAY = timedelta(days=1)
CALENDAR = WorkCalendar()
# Sets that the plain peer looks into: days off beside weekends, and weekends on which people work.
OFF = frozenset(day for day, fact in CALENDAR.facts.items() if not fact.working)
WORKED = frozenset(day for day, fact in CALENDAR.facts.items() if fact.working)
ROWS: Mapping[str, Any] = {row.code: row for row in RULES}  # the latest version of each


class Ask(NamedTuple):
    """A rule and the raw values of an act, as a page hands them over."""

    code: str
    values: tuple[Any, ...]


# Eligible, present, in favour, secret and one by one -> whether it passes.
VOTES: Mapping[str, Callable[[int, int, int, bool], bool]] = {
    "vote.member": lambda n, came, yes, secret: 2 * came > n and 2 * yes > n and secret,
    "vote.branch": lambda n, came, yes, secret: 2 * came >= n and 2 * yes > n,
    "vote.committee": lambda n, came, yes, secret: 2 * came >= n and 2 * yes > came,
    "election.pass": lambda n, came, yes, secret: 2 * yes > n and secret,
    "vote.village_representatives": lambda n, came, yes, secret: 3 * came >= 2 * n and 2 * yes > came,
    "vote.collective": lambda n, came, yes, secret: 3 * came >= 2 * n and 3 * yes >= 2 * n,
    "vote.collective_benefit": lambda n, came, yes, secret: 3 * came >= 2 * n and 4 * yes >= 3 * n,
}
# Months that must have passed.
INTERVALS = {"member.activist": 12, "member.probation": 12, "mobile.lost": 6, "mobile.lost_long": 24, "mobile.exit": 6}
# Working days within which it is to be done; at most 15, so that most of the time is the evaluator's own.
DEADLINES = {"case.need": 7, "case.consult": 3, "case.simple": 5, "case.hard": 15, "petition.objection": 5}
# Months of the period, times in it, and how the reminder begins: day of the period, or month of the year.
CADENCES = {
    "life.general_meeting": (3, 1, 60, 0), "life.committee": (1, 1, 20, 0), "life.organisation_meeting": (12, 1, 0, 11),
    "education.hours": (12, 32, 0, 10),
}  # fmt: skip


def asked(kind: str, n: int, seed: int) -> list[Ask]:
    """So many acts of a kind, on days of 2025 and 2026."""
    dice = random.Random(f"{kind} {seed}")
    tables: Mapping[str, Mapping[str, Any]] = {
        "votes": VOTES, "intervals": INTERVALS, "deadlines": DEADLINES, "cadences": CADENCES,
    }  # fmt: skip
    codes = sorted(tables[kind])
    return [Ask(code, MADE[kind](dice, code)) for code in dice.choices(codes, k=n)]


def _vote(dice: random.Random, code: str) -> tuple[Any, ...]:
    eligible = dice.randint(3, 60)
    present = dice.randint(eligible // 2, eligible)
    return eligible, present, dice.randint(present // 2, present), dice.random() < 0.8


def _day(dice: random.Random) -> date:
    return date(2025, 1, 1) + dice.randrange(500) * DAY


def _interval(dice: random.Random, code: str) -> tuple[Any, ...]:
    start = _day(dice)
    return start, start + (INTERVALS[code] * 30 + dice.randint(-20, 40)) * DAY


def _deadline(dice: random.Random, code: str) -> tuple[Any, ...]:
    start = _day(dice)
    return start, start + dice.randint(0, 2 * DEADLINES[code] + 4) * DAY


def _cadence(dice: random.Random, code: str) -> tuple[Any, ...]:
    times = CADENCES[code][1]
    return _day(dice), dice.randint(0, times + times // 4)


MADE: Mapping[str, Callable[[random.Random, str], tuple[Any, ...]]] = {
    "votes": _vote, "intervals": _interval, "deadlines": _deadline, "cadences": _cadence,
}  # fmt: skip


def act_of(kind: str, one: Ask) -> Any:
    """The act as the evaluator takes it."""
    if kind == "votes":
        eligible, present, yes, secret = one.values
        seen = frozenset({"secret", "singly"}) if secret else frozenset()
        return Tally(eligible, present, yes, observed=seen)
    if kind == "cadences":
        return Held(today=one.values[0], done=one.values[1])
    return Done(*one.values)


def ours(kind: str, acts: Sequence[Ask]) -> list[bool]:
    """The evaluator: act, comparisons, verdict."""
    found = []
    for one in acts:
        rule, act = ROWS[one.code], act_of(kind, one)
        if isinstance(act, Done):
            term = Term(rule.params["amount"], rule.unit)
            outcome = reckon(CALENDAR, act.start, term, kind=rule.kind, roll=rule.params.get("roll", True))
            steps = terms.judge(rule.params, outcome, act)
        else:
            steps = judge(rule.kind, rule.params, act)
        found.append(conclude(steps, rule.mode).verdict == PASSED)
    return found


def bare(kind: str, acts: Sequence[Ask]) -> list[bool]:
    """The same answers and nothing else."""
    return [PLAIN[kind](*one) for one in acts]


def _plain_vote(code: str, values: tuple[Any, ...]) -> bool:
    return VOTES[code](*values)


def _plain_interval(code: str, values: tuple[Any, ...]) -> bool:
    start, day = values
    year, month = divmod(start.year * 12 + start.month - 1 + INTERVALS[code], 12)
    return bool(day >= date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])))


def _plain_deadline(code: str, values: tuple[Any, ...]) -> bool:
    due, day, left = values[0], values[1], DEADLINES[code]
    while left:
        due += DAY
        left -= (due.weekday() < 5 and due not in OFF) or due in WORKED
    return bool(day <= due)


def _plain_cadence(code: str, values: tuple[Any, ...]) -> bool:
    (months, times, day, month), (today, done) = CADENCES[code], values
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    return bool(done >= times or today < (date(today.year, month, 1) if month else first + (day - 1) * DAY))


PLAIN: Mapping[str, Callable[[str, tuple[Any, ...]], bool]] = {
    "votes": _plain_vote, "intervals": _plain_interval, "deadlines": _plain_deadline, "cadences": _plain_cadence,
}  # fmt: skip
