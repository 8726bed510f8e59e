"""A year's plan of classes and activities: each line against what was held of it (checklist 001-09, 002-12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from lianjian.directory.models import Organization
from lianjian.events.models import Invitation, Meeting
from lianjian.events.queries import meeting_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import CHINA
from lianjian.foundation.declare import Asking
from lianjian.foundation.listing import Badge

from ..models import TrainingLine
from .cadence import moments
from .practice import training_address
from .training import Class, held_of


@dataclass(frozen=True)
class PlannedLine:
    """A line of the plan and what was held of it."""

    line: TrainingLine
    held: int
    state: Badge
    classes: Sequence[tuple[str, str, date]]
    may_write: bool


def training_page(actor: Actor, year: int, today: date) -> Sequence[PlannedLine]:
    """The year's lines of the organizations one sees, each with what is on record that answers it."""
    lines = list(
        TrainingLine.objects.visible_to(actor)
        .filter(year=year)
        .select_related("organization")
        .order_by("organization__name", "month", "pk")[:300]
    )
    held = held_of(actor, [line.organization for line in lines], year, {line.kind for line in lines if line.kind})
    return [_planned(actor, line, held, today) for line in lines]


def _answers(line: TrainingLine, one: Class) -> bool:
    """Of the kind that is planned, and for one of the audiences where any are."""
    wanted = set(line.audiences)
    return (not line.kind or one.kind == line.kind) and (not wanted or bool(wanted & set(one.audiences)))


def _planned(actor: Actor, line: TrainingLine, held: Mapping[int, Sequence[Class]], today: date) -> PlannedLine:
    of_body = held.get(line.organization_id, ())
    found = [(one.title, meeting_url(one.key), one.day) for one in of_body if _answers(line, one)]
    month = line.month or 12
    over = (today.year, today.month) > (line.year, month)
    if line.dropped_reason:
        state = Badge(gettext("不再举办"), "paused")
    elif len(found) >= line.times:
        state = Badge(gettext("已完成"), "done")
    else:
        state = Badge(gettext("逾期未办"), "late") if over else Badge(gettext("待举办"), "due")
    may = line.jurisdiction_id in actor.writable and actor.may("partylife.write", line.organization)
    return PlannedLine(line, len(found), state, found, may and not line.dropped_reason)


def plan_panel(*, actor: Actor, record: Any, now: datetime) -> Asking:
    """This year's plan of an alliance's activities, for its page: of the body that `record.organization` is."""
    body: Organization = record.organization
    if not actor.scopes("partylife.see"):
        return None
    today = timezone.localdate(now)
    start, end = moments(date(today.year, 1, 1), date(today.year, 12, 31))
    hosted = Invitation.objects.filter(organization=body, part="host", withdrawn_at__isnull=True)
    meetings = Meeting.objects.visible_to(actor).held().filter(
        Q(convener=body) | Q(pk__in=hosted.values("meeting_id")), starts_at__gte=start, starts_at__lt=end
    )
    names = ArrayAgg("audiences__name", filter=Q(audiences__isnull=False), default=[])
    lines = TrainingLine.objects.visible_to(actor).filter(organization=body, year=today.year, dropped_reason="")
    columns = ("title", "kind", "audiences", "times", "month")
    planned, rows = yield (
        lines.order_by("month", "pk").values_list(*columns)[:50],
        meetings.annotate(names=names).order_by("starts_at").values_list("key", "title", "starts_at", "kind", "names"),
    )
    held = [Class(key, title, at.astimezone(CHINA).date(), who or (), kind) for key, title, at, kind, who in rows]
    shown = []
    for values in planned:
        line = TrainingLine(organization=body, year=today.year, **dict(zip(columns, values, strict=True)))
        one = _planned(actor, line, {body.pk: held}, today)
        shown.append((one.state, line.title, one.held, line.times))
    may = actor.may("partylife.write", body) and body.dissolved_on is None
    if not shown and not may:
        return None
    new = f"{reverse('partylife:plan_training')}?year={today.year}&organization={body.key}"
    return "partylife/_plan.html", {
        "lines": shown, "year": today.year, "url": training_address(today.year), "new_url": new if may else "",
    }  # fmt: skip
