"""What the branches behind an instructor's firms owe, branch by branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from lianjian.directory.models import Link, Person
from lianjian.foundation.actor import Actor
from lianjian.rulebook.queries import cite
from lianjian.rulebook.rules import Span

from ..models import Shortfall
from ..rules import cadence as rules
from .life import life_url, rule_name, shortfall_url, span_name

MOST = 500


@dataclass
class Rule:
    """What one rule still asks of a branch: its periods, each opening onto what is missing, and the article."""

    name: str
    cite: str
    periods: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Branch:
    """A branch and what it has not held."""

    name: str
    url: str
    rules: dict[str, Rule] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """How many periods."""
        return sum(len(rule.periods) for rule in self.rules.values())


@dataclass(frozen=True)
class Owed:
    """Branches with a period that is over, those with most first; and branches whose present period is not yet kept."""

    late: Sequence[Branch]
    due: Sequence[Branch]
    due_number: int
    full: bool


def owed_of_instructor(actor: Actor, person: Person, today: date) -> Owed:
    """What the branches behind an instructor's firms have not held, under which rule; one query."""
    held = person.memberships.filter(role="instructor", since__lte=today)
    firms = held.exclude(until__lte=today).values("organization_id")
    rows = _open(actor, firms).select_related("branch", "evaluation")
    found = list(rows.order_by("-state", "period_to", "branch__name", "pk")[: MOST + 1])
    groups: dict[str, dict[int, Branch]] = {rules.LATE: {}, rules.DUE: {}}
    for row in found[:MOST]:
        branch = groups[row.state].setdefault(
            row.branch_id, Branch(row.branch.name, life_url(row.branch.key, row.period_from.year))
        )
        rule = branch.rules.setdefault(row.rule_code, Rule(rule_name(row.rule_code), cite(row.evaluation)))
        rule.periods.append((_period(row, today), shortfall_url(row.key)))
    late, due = (sorted(groups[state].values(), key=lambda one: (-one.number, one.name)) for state in (
        rules.LATE, rules.DUE,
    ))  # fmt: skip
    return Owed(late, due, sum(one.number for one in due), len(found) > MOST)


def _open(actor: Actor, firms: QuerySet[Any]) -> QuerySet[Shortfall]:
    branches = Link.objects.filter(kind=Link.PARTY, until__isnull=True, target_id__in=firms).values("source_id")
    return Shortfall.objects.visible_to(actor).filter(branch_id__in=branches, state__in=rules.OPEN_STATES)


def _period(row: Shortfall, today: date) -> str:
    """The calendar period in words, with its year where that is another one."""
    months = (row.period_to.month - row.period_from.month) + 1
    per = {1: "month", 3: "quarter", 6: "half"}.get(months, "year")
    words = span_name(Span(per, row.period_from, row.period_to))
    if per == "year" or row.period_from.year == today.year:
        return words
    return gettext("%(year)s年%(period)s") % {"year": row.period_from.year, "period": words}


def late_behind(actor: Actor, firms: QuerySet[Any]) -> QuerySet[Shortfall]:
    """Periods that are over and were not kept by branches behind these firms, the oldest first."""
    return _open(actor, firms).filter(state=rules.LATE).order_by("period_to", "pk")
