"""How matters go in a period: what about, through whose hands, how long. Every number opens onto its cases.

Units stand in the order of their names, never of their numbers: nothing here ranks (国办函〔2025〕66号, R7.04).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse

from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end, day_start

from ..models import CaseCount, CaseEvent
from ..models.cases import sees_whole
from .listing import visible
from .tree import tree_of

Cell = tuple[int, str]


@dataclass(frozen=True)
class Grid:
    """A table of numbers: column heads, then rows of a head and cells (number, address)."""

    columns: list[str]
    rows: list[tuple[str, list[Cell]]]


@dataclass(frozen=True)
class Analysis:
    """What the page shows."""

    since: date
    until: date
    categories: Grid
    handing: Grid
    hands: list[tuple[str, float, int, str]]


def _list(**query: object) -> str:
    return f"{reverse('cases:list')}?{urlencode({k: v for k, v in query.items() if v})}"


def analysis(actor: Actor, since: date, until: date) -> Analysis:
    """Categories by month, hand-overs by unit, hours in hand by unit; four queries."""
    rows = visible(actor).counted().filter(registered_on__range=(since, until)).order_by()  # type: ignore[attr-defined]
    by_month = rows.annotate(month=TruncMonth("registered_on")).values_list("category__code", "month")
    found = {(code, month): n for code, month, n in by_month.annotate(n=Count("pk"))}
    months = sorted({month for _code, month in found})
    tree = tree_of(actor.jurisdiction_id)

    def cell(code: str, month: date) -> Cell:
        number = found.get((code, month), 0)
        span = {"since": max(month, since), "until": min(_last_day(month), until)}
        return number, _list(category_alone=code, **span) if number else ""

    codes = sorted({code for code, _month in found}, key=lambda code: tree.path(code) or code)
    categories = Grid(
        [f"{month:%Y-%m}" for month in months],
        [(tree.path(code) or code, [cell(code, month) for month in months]) for code in codes],
    )
    return Analysis(since, until, categories, _handing(actor, since, until), _hands(actor, since, until))


def counts_by_month(
    actor: Actor, *, kind: str = "", since: date | None = None, until: date | None = None
) -> list[tuple[str, date, int]]:
    """(state, month, number) of the cases that the actor sees; one query.

    Of whole places and months from the counts that the database keeps; otherwise the cases are counted.
    """
    months = (since is None or since.day == 1) and (until is None or until == _last_day(until))
    if months and sees_whole(actor):
        kept = CaseCount.objects.visible_to(actor).filter(measure="month")
        kept = kept.filter(kind=kind) if kind else kept
        kept = kept.filter(day__gte=since) if since else kept
        kept = kept.filter(day__lte=until) if until else kept
        sums = kept.values_list("state", "day").annotate(total=Sum("n")).order_by("state", "day")
        return [line for line in prepared.run(sums) if line[2]]  # type: ignore[misc]
    rows = visible(actor).counted().order_by()  # type: ignore[attr-defined]
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(registered_on__gte=since) if since else rows
    rows = rows.filter(registered_on__lte=until) if until else rows
    by_month = rows.annotate(month=TruncMonth("registered_on")).values_list("state", "month")
    return sorted(by_month.annotate(n=Count("pk")))


def _last_day(month: date) -> date:
    if month.year == date.max.year:
        return date.max
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _lines(actor: Actor, since: date, until: date) -> QuerySet[CaseEvent]:
    cases = visible(actor).counted().order_by().values("pk")  # type: ignore[attr-defined]
    return CaseEvent.objects.filter(case__in=cases, at__gte=day_start(since), at__lt=day_end(until)).order_by()


def _handing(actor: Actor, since: date, until: date) -> Grid:
    """From (rows) to (columns): how often a matter went from one unit to another."""
    moved = _lines(actor, since, until).exclude(from_unit="").exclude(unit="")
    counts = {(a, b): n for a, b, n in moved.values_list("from_unit", "unit").annotate(n=Count("pk"))}
    froms, tos = sorted({a for a, _b in counts}), sorted({b for _a, b in counts})

    def cell(a: str, b: str) -> Cell:
        number = counts.get((a, b), 0)
        return number, _list(handed=f"{a}>{b}>{since}>{until}") if number else ""

    return Grid(tos, [(a, [cell(a, b) for b in tos]) for a in froms])


def _hands(actor: Actor, since: date, until: date) -> list[tuple[str, float, int, str]]:
    """(unit, office hours, stretches, address of the figure) for units that had a matter in hand."""
    lines = _lines(actor, since, until).filter(hand="unit", seconds__gt=0).exclude(hand_name="")
    found = lines.values_list("hand_name").annotate(total=Sum("seconds"), n=Count("pk"))
    return [
        (name, round(total / 3600, 1), n, _list(held=f"{name}>{since}>{until}")) for name, total, n in sorted(found)
    ]
