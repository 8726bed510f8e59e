"""What a person sees first: figures, duties, and the parts that other apps fill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lianjian.coverage.queries.listing import Gap, gap_counts
from lianjian.duties.queries import BoardRow, board, counts
from lianjian.events.models import Visit
from lianjian.events.queries import purpose_name, visit_url
from lianjian.foundation import registry
from lianjian.foundation.actor import Actor
from lianjian.foundation.asking import answered
from lianjian.foundation.clock import local_day
from lianjian.insight import queries as insight
from lianjian.insight.rules import read_period

TILES = ("coverage.enterprises", "cases.collected", "cases.solved", "cases.overdue_open")
SHOWN_DUTIES = 8
SEARCH_LIMIT = 8
WEEK_SHOWN = 5

# What one may begin from the workbench: (url name, label, right). The first that exists is the main button.
STARTS = (
    ("cases:register", gettext_noop("登记诉求"), "cases.register"),
    ("events:record", gettext_noop("记一次走访"), "events.write"),
    ("sheets:new", gettext_noop("导入表格"), "sheets.import"),
    ("grants:accounts", gettext_noop("管理账号"), "grants.manage"),
    ("journal:entries", gettext_noop("查看日志"), "journal.read"),
)


@dataclass(frozen=True)
class Home:
    """The finished workbench."""

    greeting: str
    due_today: int
    tiles: list[insight.Figure]
    duties: list[BoardRow]
    mine: int
    everybody: int | None
    starts: list[tuple[str, str]]
    waiting: list[tuple[str, dict[str, Any]]]  # lines among the duties
    panels: list[tuple[str, dict[str, Any]]]
    gaps: list[Gap]
    week: list[tuple[Any, str, str, str]]


def home(actor: Actor, now: datetime) -> Home:
    """The workbench of one person."""
    mine = counts(actor, now) if actor.may("duties.own") else {}
    panels = registry.panels("workbench.home", actor, None, now)
    return Home(
        greeting=greeting(now),
        due_today=mine.get("overdue", 0) + mine.get("today", 0),
        tiles=tiles(actor, now),
        duties=board(actor, now, limit=SHOWN_DUTIES) if actor.may("duties.own") else [],
        mine=mine.get("all", 0),
        everybody=counts(actor, now, mine=False).get("all", 0) if actor.may("duties.all") else None,
        starts=starts(actor),
        waiting=[one for one in panels if one[1].get("waits")],
        panels=[one for one in panels if not one[1].get("waits")],
        gaps=[gap for gap in gap_counts(actor) if gap.count] if actor.may("coverage.see") else [],
        week=this_week(actor, now) if actor.may("events.see") else [],
    )


def this_week(actor: Actor, now: datetime) -> list[tuple[Any, str, str, str]]:
    """The latest visits of the last seven days: (day, who was visited, what for, address)."""
    since = local_day(now) - timedelta(days=6)
    rows = Visit.objects.visible_to(actor).filter(visited_on__gte=since, withdrawn_at__isnull=True)  # type: ignore[attr-defined]
    found = rows.order_by("-visited_on", "-pk").values_list(
        "visited_on", "organization__name", "purpose", "key"
    )
    return [
        (day, name or "", _(purpose_name(purpose)), visit_url(key))
        for day, name, purpose, key in found[:WEEK_SHOWN]
    ]


def greeting(now: datetime) -> str:
    """Good morning, afternoon or evening, by the hour in Beijing."""
    from django.utils import timezone

    hour = timezone.localtime(now).hour
    if hour < 11:
        return _("早上好")
    return _("中午好") if hour < 13 else _("下午好") if hour < 18 else _("晚上好")


def tiles(actor: Actor, now: datetime) -> list[insight.Figure]:
    """Four figures of the person's own place, this year."""
    wanted = [item for code in TILES if (item := insight.indicator(code, actor)) is not None]
    place = insight.place_of(actor, "") if wanted else None
    if place is None:
        return []
    return insight.compute_all(actor, wanted, place, read_period("", today=local_day(now)))


def starts(actor: Actor) -> list[tuple[str, str]]:
    """What this person may begin: (label, address). No dead entries."""
    found = []
    for name, label, right in STARTS:
        if actor.may(right):
            try:
                found.append((_(label), reverse(name)))
            except NoReverseMatch:
                continue
    return found


@dataclass(frozen=True)
class Hits:
    """What one kind of record answers to a search."""

    label: str
    rows: list[tuple[str, str, str]]
    more: bool


def search(actor: Actor, text: str) -> list[Hits]:
    """Everything the person may see that answers to the words, kind by kind."""
    sources = [one for one in registry.searches if one.right is None or actor.may(one.right)]
    answers = answered([one.find(actor, text, SEARCH_LIMIT + 1) for one in sources])
    return [
        Hits(str(source.label), list(rows)[:SEARCH_LIMIT], len(rows) > SEARCH_LIMIT)
        for source, rows in zip(sources, answers, strict=True)
        if rows
    ]
