"""Which number binds: rules in force, local numbers, the profile chosen, the calendar of the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from lianjian.foundation import prepared, references
from lianjian.foundation.calendar import DayFact, WorkCalendar
from lianjian.jurisdictions.queries import parents

from ..data.profiles import NORMAL, limit_of, version_on
from ..models import LocalRule, ProfileChoice, Rule
from ..rules import Term, UnknownRule, surely_not_looser

_DAYS = (
    "SELECT day, working, name, 0 FROM foundation_dayoverride"
    " UNION ALL SELECT NULL, NULL, NULL, year FROM rulebook_loadedyear"
)


def calendar() -> WorkCalendar:
    """The official calendar with every loaded day. One query, none where it is kept."""
    return references.kept("rulebook.calendar", _calendar)


def _calendar() -> WorkCalendar:
    facts: list[DayFact] = []
    years: list[int] = []
    for day, working, name, year in prepared.rows(_DAYS):
        if day is None:
            years.append(year)
        else:
            facts.append(DayFact(day, working, name))
    return WorkCalendar().with_facts(facts, years) if facts or years else WorkCalendar()


def in_force(day: Any) -> Q:
    """Rows whose first and last day include `day`."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def rule_on(code: str, day: date) -> Rule:
    """The version of a rule that binds an act of `day`."""
    found = Rule.objects.filter(in_force(day), code=code).order_by("-version").first()
    if found is None:
        raise UnknownRule(code=code, day=day.isoformat())
    return found


def line_of(jurisdiction_id: int) -> list[int]:
    """The jurisdiction and those above it, nearest first."""
    above = dict(parents())
    line: list[int] = []
    here: int | None = jurisdiction_id
    while here is not None:
        line.append(here)
        here = above.get(here)
    return line


def local_rules(codes: Iterable[str], jurisdiction_id: int, day: date) -> dict[str, list[LocalRule]]:
    """Local rules in force on `day` for the jurisdiction, by code, the nearest place first."""
    line = line_of(jurisdiction_id)
    rows = LocalRule.objects.filter(in_force(day), code__in=list(codes), jurisdiction_id__in=line)
    found: dict[str, list[LocalRule]] = {}
    for row in sorted(rows, key=lambda r: (line.index(r.jurisdiction_id), -r.valid_from.toordinal())):
        found.setdefault(row.code, []).append(row)
    return found


def _holding(key: str, codes: tuple[str, ...], day: Any, rows: QuerySet[Any]) -> list[Any]:
    """Rows in force on a day: for a date out of those kept, for an expression asked of the database."""
    wanted = rows.filter(code__in=codes)
    if not isinstance(day, date):
        return list(wanted.filter(in_force(day)))
    kept = prepared.objects((key, *codes), lambda: wanted, reference=True)
    return [row for row in kept if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)]


def rules_of(codes: tuple[str, ...], day: Any) -> list[Rule]:
    """National rules in force on a day, given as a date or as the database's own."""
    return _holding("rulebook.rules_of", codes, day, Rule.objects.all())


def local_rules_of(
    codes: tuple[str, ...], places: Iterable[int], day: Any
) -> dict[int, dict[str, list[LocalRule]]]:
    """`local_rules` of several places at once: by place and code, the nearest place first. One query."""
    above = dict(parents())
    lines: dict[int, list[int]] = {}
    for place in places:
        line, here = [], place
        while here is not None:
            line.append(here)
            here = above.get(here)  # type: ignore[assignment]
        lines[place] = line
    own = _holding("rulebook.local_rules_of", codes, day, LocalRule.objects.all())
    rows = sorted(own, key=lambda row: -row.valid_from.toordinal())
    found: dict[int, dict[str, list[LocalRule]]] = {}
    for place, line in lines.items():
        mine = found.setdefault(place, {})
        for one in line:
            for row in rows:
                if row.jurisdiction_id == one:
                    mine.setdefault(row.code, []).append(row)
    return found


def profile_for(jurisdiction_id: int, subjects: Sequence[str], day: date) -> str:
    """Mark of the profile that the nearest place chose for the first of `subjects` ("" is all), or nothing.

    `subjects` go from the nearest to the widest, such as a category, the one above it, all.
    """
    line = line_of(jurisdiction_id)
    rows = [
        row
        for row in prepared.objects(
            ("rulebook.chosen", *line),
            lambda: ProfileChoice.objects.filter(jurisdiction_id__in=line),
            reference=True,
        )
        if row.subject in subjects and row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
    ]
    if not rows:
        return ""
    best = min(rows, key=lambda row: (line.index(row.jurisdiction_id), subjects.index(row.subject)))
    version = version_on(best.profile, day)
    return version.mark if version is not None else ""


def term_in_force(
    code: str, day: date, jurisdiction_id: int, *, profile: str = "", urgency: str = NORMAL
) -> Term:
    """The number that binds, where only the number is wanted: the longest extension, the longest pause."""
    rule = rule_on(code, day)
    national = Term(int(rule.params["amount"]), rule.unit)
    own = local_rules([code], jurisdiction_id, day).get(code)
    if own:
        local = Term(own[0].amount, own[0].unit)
        loose = rule.confidence != "CONF" and not surely_not_looser(national, local, rule.kind)
        return national if loose else local
    number = limit_of(profile, code, urgency) if rule.confidence == "CONF" else None
    return Term(number[0], number[1]) if number else national
