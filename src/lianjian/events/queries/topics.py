"""Topics that a body takes up regularly, and how each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import CHINA
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.looks import show_date

from ..models import StandingTopic
from ..rules import topics as rules
from .meeting import writes
from .words import word_name

TONES = {rules.ON_TIME: "done", rules.SOON: "due", rules.LATE: "late"}

# Meetings that the body called or was one of the hosts of, held, with the topic on the agenda.
LAST = """
SELECT t.id, max(m.starts_at)
  FROM events_standingtopic t
  JOIN events_meeting m ON m.state = 'held' AND m.starts_at <= %(now)s AND t.topic = ANY(m.topics)
   AND (t.kind = '' OR m.kind = t.kind)
   AND (m.convener_id = t.organization_id OR EXISTS (
         SELECT 1 FROM events_invitation i
          WHERE i.meeting_id = m.id AND i.organization_id = t.organization_id
            AND i.part = 'host' AND i.withdrawn_at IS NULL))
 WHERE t.id = ANY(%(ids)s)
 GROUP BY t.id
"""


def topics_url(body: Organization) -> str:
    """Where a body's topics are shown."""
    return f"{reverse('events:topics')}?organization={body.key}"


def last_discussed(rows: Sequence[StandingTopic], now: datetime) -> dict[int, date]:
    """The last day on which each was discussed, by id; one query for all."""
    if not rows:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LAST, {"ids": [one.pk for one in rows], "now": now})
        return {pk: moment.astimezone(CHINA).date() for pk, moment in cursor.fetchall()}


@dataclass(frozen=True)
class StandingLine:
    """One topic of a body: its badge, words, and the address that stops it, for who may."""

    badge: tuple[str, str]
    topic: str
    words: str
    end_url: str


def standing_lines(actor: Actor, body: Organization, now: datetime) -> list[StandingLine]:
    """What the body takes up regularly, the most pressing first; two queries."""
    rows = StandingTopic.objects.visible_to(actor).standing().filter(organization=body)
    found = list(rows.order_by("pk"))
    last, may = last_discussed(found, now), writes(actor, "meetings.write", body)
    shown = [(rules.due_on(one.per, one.since, last.get(one.pk)), one) for one in found]
    shown.sort(key=lambda pair: (pair[0], pair[1].pk))
    return [_line(one, due, last.get(one.pk), local_day(now), may=may) for due, one in shown]


def _line(one: StandingTopic, due: date, last: date | None, day: date, *, may: bool) -> StandingLine:
    state = rules.state_on(day, one.per, due)
    words = [
        translate(rules.PERIODS[one.per]),
        word_name(one.kind),
        _("上次 %(day)s") % {"day": show_date(last)} if last else _("还没有研究过"),
        _("下次不晚于 %(day)s") % {"day": show_date(due)},
        one.source,
    ]
    return StandingLine(
        badge=(translate(rules.STATES[state]), TONES[state]),
        topic=word_name(one.topic),
        words=" · ".join(filter(None, words)),
        end_url=reverse("events:end_topic", kwargs={"key": one.key}) if may else "",
    )
