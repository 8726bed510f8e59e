"""How often branches held what the rules ask for, by calendar periods: all branches of a place, or one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from lianjian.directory.models import Organization
from lianjian.events.models import Invitation, Meeting
from lianjian.events.queries import meeting_url
from lianjian.foundation.calendar import CHINA
from lianjian.foundation.errors import translate
from lianjian.rulebook.queries import rule_on
from lianjian.rulebook.rules import Span

from ..models import PoolReview, Quorum
from ..rules import cadence as rules


class Seen(NamedTuple):
    """How one branch stands in one period: asked, held, and its light (`rulebook.rules.state_of`)."""

    span: Span
    times: int
    held: int
    light: str


def seats_from(day: date) -> int:
    """From how many full members on a branch has a committee (支部工作条例 ch. 6)."""
    return int(rule_on("branch.leadership", day).params["one_of"]["committee"]["min"])


def moments(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first moment of a day in China to the first after another."""
    start = datetime.combine(first, time(), CHINA)
    return start, datetime.combine(last + timedelta(days=1), time(), CHINA)


def begun_on(place: int) -> date | None:
    """The first day of which a place has any meeting of its branches on record: what lies before is not judged."""
    kinds = {kind for activity in rules.ACTIVITIES.values() for kind in activity.kinds}
    rows = Meeting.objects.held().filter(jurisdiction_id=place, kind__in=kinds)
    first = rows.order_by("starts_at").values_list("starts_at", flat=True).first()
    return first.astimezone(CHINA).date() if first is not None else None


# Who is asked (whole periods only), and how many meetings each held as convener or as one of several hosts. A meeting
# counts once for each of its hosts, and once in every total of meetings. Meetings are read across towns: from the
# place's own bodies on, so that a night of all places does not read all meetings once for each place. Of kinds that
# need a quorum only those count that had it; of a host without a list the headcount is taken, as nothing else is known.
HELD = """
WITH unit AS MATERIALIZED (
  SELECT o.id
    FROM directory_organization o
    JOIN directory_partyprofile p ON p.organization_id = o.id
   WHERE o.jurisdiction_id = %(place)s AND o.merged_into_id IS NULL AND p.level = ANY(%(levels)s)
     AND (%(only)s::bigint[] IS NULL OR o.id = ANY(%(only)s::bigint[]))
     AND (o.founded_on IS NULL OR o.founded_on <= %(first)s)
     AND (o.dissolved_on IS NULL OR o.dissolved_on > %(last)s)
     AND (NOT %(committee)s OR p.members >= %(seats_from)s)
     AND (NOT %(pool)s OR EXISTS (
           SELECT 1 FROM partylife_applicant a JOIN directory_organization b ON b.id = a.branch_id
            WHERE a.jurisdiction_id = %(place)s AND starts_with(b.path, o.path) AND a.withdrawn_at IS NULL
              AND a.activist_on <= %(last)s AND (a.ended_on IS NULL OR a.ended_on > %(last)s)
              AND (a.probationary_on IS NULL OR a.probationary_on > %(last)s)))
), held AS (
  SELECT body, count(*) AS n
    FROM (SELECT m.convener_id AS body, m.id
            FROM unit JOIN events_meeting m ON m.convener_id = unit.id
           WHERE m.state = 'held' AND m.starts_at >= %(start)s AND m.starts_at < %(end)s
             AND (m.kind = ANY(%(kinds)s) OR (%(topic)s <> '' AND %(topic)s = ANY(m.topics)))
             AND (m.kind <> ALL(%(quorums)s)
                  OR EXISTS (SELECT 1 FROM partylife_quorum q
                              WHERE q.meeting_id = m.id AND q.branch_id = unit.id AND q.counts))
           UNION
          SELECT r.body_id, -r.id
            FROM unit JOIN partylife_poolreview r ON r.body_id = unit.id
           WHERE %(pool)s AND r.struck_at IS NULL AND r.reviewed_on BETWEEN %(first)s AND %(last)s
           UNION
          SELECT i.organization_id, m.id
            FROM unit JOIN events_invitation i ON i.organization_id = unit.id
            JOIN events_meeting m ON m.id = i.meeting_id
           WHERE i.part = 'host' AND i.withdrawn_at IS NULL
             AND m.state = 'held' AND m.starts_at >= %(start)s AND m.starts_at < %(end)s
             AND (m.kind = ANY(%(kinds)s) OR (%(topic)s <> '' AND %(topic)s = ANY(m.topics)))
             AND (m.kind <> ALL(%(quorums)s)
                  OR EXISTS (SELECT 1 FROM partylife_quorum q
                              WHERE q.meeting_id = m.id AND q.branch_id = unit.id AND q.counts)
                  OR i.people > 0 AND NOT EXISTS (SELECT 1 FROM partylife_quorum q
                              WHERE q.meeting_id = m.id AND q.branch_id = unit.id))) AS both_ways
   GROUP BY body
)
SELECT unit.id, coalesce(held.n, 0) FROM unit LEFT JOIN held ON held.body = unit.id
"""


def held_by_branch(
    place: int,
    activity: rules.Activity,
    first: date,
    last: date,
    seats_from: int,
    only: Collection[int] | None = None,
) -> list[tuple[int, int]]:
    """(organization, meetings held) of every body of a place that the rule asks in a period; of `only` these bodies."""
    start, end = moments(first, last)
    values: dict[str, Any] = {
        "place": place,
        "only": None if only is None else sorted(only),
        "levels": list(activity.levels),
        "committee": activity.committee,
        "seats_from": seats_from,
        "first": first,
        "last": last,
        "start": start,
        "end": end,
        "kinds": list(activity.kinds),
        "topic": activity.topic,
        "quorums": list(rules.QUORUMS),
        "pool": rules.POOL in activity.kinds,
    }
    with connection.cursor() as cursor:
        cursor.execute(HELD, values)
        return [(pk, held) for pk, held in cursor.fetchall()]


@dataclass(frozen=True)
class Held:
    """One meeting of a branch, as the table of its year lists it."""

    kind: str
    topics: Sequence[str]
    day: date
    url: str
    title: str
    counts: bool = True


def meetings_of(branch: Organization, first: date, last: date) -> list[Held]:
    """What a body held in a span of days, as convener or as a host; each meeting once. Its reviews with them."""
    start, end = moments(first, last)
    hosted = Invitation.objects.filter(organization=branch, part="host", withdrawn_at__isnull=True)
    rows: QuerySet[Any] = Meeting.objects.held().filter(
        Q(convener=branch) | Q(pk__in=hosted.values("meeting_id")), starts_at__gte=start, starts_at__lt=end
    )
    judged = Quorum.objects.filter(branch=branch, meeting=OuterRef("pk"))
    counted_heads = Exists(hosted.filter(meeting=OuterRef("pk"), people__gt=0)) & ~Exists(judged)
    enough = Exists(judged.filter(counts=True)) | counted_heads
    rows = rows.annotate(counts=Case(When(enough, then=True), default=False))
    reviews = PoolReview.objects.standing().filter(body=branch, reviewed_on__range=(first, last))
    return [
        Held(kind, topics, at.astimezone(CHINA).date(), meeting_url(key), title, counts or kind not in rules.QUORUMS)
        for kind, topics, at, key, title, counts in rows.order_by("starts_at", "pk").values_list(
            "kind", "topics", "starts_at", "key", "title", "counts"
        )
    ] + [
        Held(rules.POOL, (), one.reviewed_on, one.get_absolute_url(), translate(rules.NAMES[rules.POOL]))
        for one in reviews.order_by("reviewed_on", "pk")
    ]


def counted(
    activity: rules.Activity, held: Iterable[Held], first: date, last: date, *, below: bool = False
) -> list[Held]:
    """Those of the meetings that count for a rule in a period; `below`: those that would, with their quorum."""
    return [
        one
        for one in held
        if one.counts is not below
        and first <= one.day <= last
        and (one.kind in activity.kinds or (activity.topic and activity.topic in one.topics))
    ]
