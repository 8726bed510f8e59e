"""The lists of duties: mine, all in my scope, done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianjian.foundation import clock
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import WorkCalendar
from lianjian.foundation.listing import Column, Filter, Link, ListSpec, Row, register
from lianjian.rulebook.queries import calendar

from .. import kinds
from ..models import Duty
from ..queries import FIELDS, LATER, NONE, OVERDUE, TODAY, WEEK, day_bounds, row_of

STATES = (
    (OVERDUE, _("已超期")),
    (TODAY, _("今天到期")),
    (WEEK, _("本周到期")),
    (LATER, _("以后到期")),
    (NONE, _("没有期限")),
)
COLUMNS = (
    Column("title", _("事项"), sort="title"),
    Column("kind", _("类型"), hide_small=True),
    Column("badge", _("期限"), kind="state", sort="due_at"),
    Column("due", _("到期"), kind="date"),
    Column("cite", _("依据")),
    Column("who", _("责任方"), hide_small=True),
)


def by_urgency(rows: QuerySet[Duty], now: datetime) -> QuerySet[Duty]:
    """Each row with the group it belongs to at `now`."""
    today, week_end = day_bounds(now)
    return rows.annotate(
        urgency=Case(
            When(due_at__isnull=True, then=Value(NONE)),
            When(due_at__lt=now, then=Value(OVERDUE)),
            When(due_at__lt=today, then=Value(TODAY)),
            When(due_at__lt=week_end, then=Value(WEEK)),
            default=Value(LATER),
            output_field=CharField(),
        )
    )


def _mine(actor: Actor) -> QuerySet[Duty]:
    return by_urgency(Duty.objects.filter(state=Duty.State.OPEN).mine(actor), clock.now())  # type: ignore[attr-defined]


def _all(actor: Actor) -> QuerySet[Duty]:
    return by_urgency(Duty.objects.filter(state=Duty.State.OPEN).visible_to(actor), clock.now())  # type: ignore[attr-defined]


def _done(actor: Actor) -> QuerySet[Duty]:
    return Duty.objects.filter(state=Duty.State.DONE).visible_to(actor)  # type: ignore[attr-defined,no-any-return]


def row(values: Sequence[Any], *, now: datetime, days: WorkCalendar) -> Row:
    """One line; the rule behind it opens its arithmetic."""
    shown = row_of(values[: len(FIELDS)], now, days)
    cite: Any = shown.cite
    if shown.evaluation_key:
        cite = Link(shown.cite, reverse("rulebook:evaluation", kwargs={"key": shown.evaluation_key}))
    who = shown.person or shown.organization
    due = clock.local_day(shown.due_at) if shown.due_at else None
    return Row(shown.url, (shown.title, shown.kind_label, shown.badge, due, cite, who))


def _plain_row(values: Sequence[Any]) -> Row:
    """For exports, which are made outside a page."""
    return row(values, now=clock.now(), days=calendar())


def _search(rows: QuerySet[Duty], text: str) -> QuerySet[Duty]:
    return rows.filter(
        Q(title__icontains=text) | Q(organization__name__icontains=text) | Q(person__name__icontains=text)
    )


def _kind(rows: QuerySet[Duty], value: str, actor: Actor) -> QuerySet[Duty]:
    return rows.filter(kind=value)


def _spec(name: str, title: Any, base: Callable[[Actor], Any], right: str, **more: Any) -> ListSpec:
    return register(
        ListSpec(
            name=name,
            title=title,
            base=base,
            columns=COLUMNS,
            values=FIELDS,
            row=_plain_row,
            right=right,
            filters=(Filter("kind", _("类型"), _kind, options=lambda actor: kinds.choices()),),
            search=_search,
            **more,
        )
    )


_OPEN = {"default_sort": "due_at", "state_field": "urgency", "states": STATES}
MINE = _spec(
    "duties.mine", _("我的待办"), _mine, "duties.own",
    empty=(_("没有要办的事"), _("派给您或您单位的事会列在这里,办完自动消失。")), **_OPEN,
)  # fmt: skip
ALL = _spec(
    "duties.all", _("全部待办"), _all, "duties.all",
    empty=(_("管辖范围内没有待办"), _("诉求派单、走访、审批等产生的事项会列在这里。")), **_OPEN,
)  # fmt: skip
DONE = _spec(
    "duties.done", _("已办"), _done, "duties.own", default_sort="-closed_at",
    empty=(_("还没有办结的事"), _("办完的待办会列在这里。")),
)  # fmt: skip


def at(spec: ListSpec, now: datetime) -> ListSpec:
    """The list as a page shows it: all badges of one page are reckoned at one moment, with one calendar."""
    return replace(spec, row=partial(row, now=now, days=calendar()))
