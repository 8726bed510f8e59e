"""Who has to do what by when, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import CHINA, WorkCalendar, day_end, local_day
from lianjian.foundation.listing import Badge
from lianjian.rulebook.queries import calendar, source_text

from . import kinds
from .models import Duty

OVERDUE, TODAY, WEEK, LATER, NONE = "overdue", "today", "week", "later", "none"
URGENCIES = (OVERDUE, TODAY, WEEK, LATER, NONE)
BOARD_LIMIT = 200


@dataclass(frozen=True)
class BoardRow:
    """One duty ready for a page. `badge` is (word, tone); `cite` is the law or rule behind it."""

    key: str
    kind: str
    kind_label: str
    title: str
    url: str
    note: str
    due_at: datetime | None
    urgency: str
    badge: Badge
    cite: str
    evaluation_key: str
    provisional: bool
    organization: str
    person: str


FIELDS = (
    "key", "kind", "title", "url", "note", "due_at", "state", "closed_at", "evaluation__key", "evaluation__cite",
    "evaluation__result__cite", "evaluation__provisional", "organization__name", "person__name",
)  # fmt: skip


def board(actor: Actor, now: datetime, *, mine: bool = True, limit: int = BOARD_LIMIT) -> list[BoardRow]:
    """Open duties, the most urgent first: those of the actor, or with `mine=False` all in scope. Two queries."""
    order = (F("due_at").asc(nulls_last=True), "pk")
    # The most urgent are chosen before anything is joined to them.
    chosen = open_duties(actor, mine=mine).order_by(*order).values("pk")[:limit]
    found = list(Duty.objects.filter(pk__in=chosen).order_by(*order).values_list(*FIELDS))
    days = calendar() if found else WorkCalendar()
    return [row_of(values, now, days) for values in found]


def open_duties(actor: Actor, *, mine: bool = True) -> QuerySet[Duty]:
    """The rows behind board, counts and list."""
    rows = Duty.objects.filter(state=Duty.State.OPEN)
    return rows.mine(actor) if mine else rows.visible_to(actor)  # type: ignore[attr-defined,no-any-return]


def grouped(rows: Sequence[BoardRow]) -> list[tuple[str, str, list[BoardRow]]]:
    """Rows by urgency as (code, label, rows); empty groups are left out."""
    groups = [(code, urgency_label(code), [row for row in rows if row.urgency == code]) for code in URGENCIES]
    return [group for group in groups if group[2]]


def counts(actor: Actor, now: datetime, *, mine: bool = True) -> dict[str, int]:
    """How many open duties of each urgency, and `all`. One query."""
    today, week_end = day_bounds(now)
    due = Q(due_at__isnull=False)
    found: dict[str, Any] = open_duties(actor, mine=mine).aggregate(
        overdue=Count("pk", filter=Q(due_at__lt=now)),
        today=Count("pk", filter=Q(due_at__gte=now, due_at__lt=today)),
        week=Count("pk", filter=Q(due_at__gte=now) & Q(due_at__gte=today, due_at__lt=week_end)),
        later=Count("pk", filter=due & Q(due_at__gte=max(today, week_end))),
        none=Count("pk", filter=~due),
        all=Count("pk"),
    )
    return {name: int(value) for name, value in found.items()}


def day_bounds(now: datetime) -> tuple[datetime, datetime]:
    """The end of today and the end of this week (Sunday, 24:00) in China."""
    today = local_day(now)
    return day_end(today), day_end(today + timedelta(days=6 - today.weekday()))


def urgency(due_at: datetime | None, now: datetime) -> str:
    """Which group a due time belongs to."""
    if due_at is None:
        return NONE
    if due_at < now:
        return OVERDUE
    today, week_end = day_bounds(now)
    if due_at < today:
        return TODAY
    return WEEK if due_at < week_end else LATER


def urgency_label(code: str) -> str:
    """The heading of a group."""
    return {
        OVERDUE: _("已超期"),
        TODAY: _("今天到期"),
        WEEK: _("本周到期"),
        LATER: _("以后到期"),
        NONE: _("没有期限"),
    }[code]


def due_badge(due_at: datetime | None, now: datetime, days: WorkCalendar) -> Badge:
    """Due time in words with its tone: 超期 1 天, 今天, 3 个工作日. Late is counted in calendar days."""
    if due_at is None:
        return Badge(_("无期限"), "neutral")
    due, today = local_day(due_at), local_day(now)
    if due_at < now:
        late = (today - due).days
        word = ngettext("超期 %(n)d 天", "超期 %(n)d 天", late) % {"n": late} if late else _("已超时")
        return Badge(word, "late")
    if due == today:
        clock = due_at.astimezone(CHINA)
        ends = (
            _("今天")
            if (clock.hour, clock.minute) == (23, 59)
            else _("今天 %(time)s") % {"time": f"{clock:%H:%M}"}
        )
        return Badge(ends, "due")
    left = days.working_days_between(today, due)
    word = ngettext("%(n)d 个工作日", "%(n)d 个工作日", left) % {"n": left}
    return Badge(word, "due" if left <= 1 else "neutral")


def row_of(values: Sequence[Any], now: datetime, days: WorkCalendar) -> BoardRow:
    """A board row from the values of `FIELDS`."""
    (
        key,
        kind,
        title,
        url,
        note,
        due_at,
        state,
        closed_at,
        evaluation,
        cite,
        parts,
        provisional,
        body,
        person,
    ) = values
    badge = due_badge(due_at, now, days) if state == Duty.State.OPEN else done_badge(due_at, closed_at)
    return BoardRow(
        key=str(key),
        kind=kind,
        kind_label=kinds.label(kind),
        title=title,
        url=url,
        note=note,
        due_at=due_at,
        urgency=urgency(due_at, now) if state == Duty.State.OPEN else "",
        badge=badge,
        cite=source_text(*parts[:2]) if parts else cite or "",
        evaluation_key=str(evaluation) if evaluation else "",
        provisional=bool(provisional),
        organization=body or "",
        person=person or "",
    )


def done_badge(due_at: datetime | None, closed_at: datetime | None) -> Badge:
    """Done, and whether in time."""
    if due_at is not None and closed_at is not None and closed_at > due_at:
        late = max((local_day(closed_at) - local_day(due_at)).days, 0)
        return Badge(ngettext("超期 %(n)d 天办结", "超期 %(n)d 天办结", late) % {"n": late}, "late")
    return Badge(_("已办"), "done")


def due_between(first: date, last: date) -> Q:
    """Duties due on a day from `first` to `last`, China time."""
    return Q(due_at__gte=day_end(first - timedelta(days=1)), due_at__lt=day_end(last))
