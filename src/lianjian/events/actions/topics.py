"""Topics that a body takes up regularly: set, stopped, held every night against what was discussed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lianjian.directory.actions import organizations as directory
from lianjian.directory.models import Organization
from lianjian.duties.actions import Wanted, close_duties, end_recurring, follow_due, remind
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Meeting, StandingTopic
from ..queries.topics import last_discussed, topics_url
from ..queries.words import check_words
from ..rules import topics as rules

TOPIC = "events.topic"


@verb(constraints={"one_standing_topic_per_body": rules.TopicStands})
def set_topic(
    *,
    actor: Actor,
    organization: Organization,
    topic: str,
    per: str,
    now: datetime,
    kind: str = "",
    source: str = "",
) -> StandingTopic:
    """From today on the body takes the topic up in every period. What it owes at once becomes a duty.

    Raises `TopicStands`, `PeriodUnknown`, `UnknownWord`, `AlreadyMerged`, `AlreadyEnded`, `Denied`.
    """
    require(actor, "meetings.write", organization)
    directory.living(organization)
    if per not in rules.PERIODS:
        raise rules.PeriodUnknown
    check_words(organization.jurisdiction_id, topic=[topic], kind=[kind])
    made = StandingTopic.objects.create(
        jurisdiction_id=organization.jurisdiction_id,
        organization=organization,
        topic=topic,
        kind=kind,
        per=per,
        source=source.strip()[:200],
        since=local_day(now),
    )
    _follow(actor, [made], now)
    changes = {"topic": ("", topic), "per": ("", per), "kind": ("", kind), "source": ("", made.source)}
    record(actor=actor, verb="events.set_topic", subject=made, now=now, changes=changes)
    return made


@verb
def end_topic(*, actor: Actor, standing: StandingTopic, now: datetime) -> None:
    """No longer regularly; its open duty ends. Stopped twice is stopped once. Raises `Denied`."""
    require(actor, "meetings.write", standing.organization)
    held = StandingTopic.objects.select_for_update(of=("self",)).get(pk=standing.pk)
    if held.ended_on is not None:
        return
    held.ended_on = local_day(now)
    held.save(update_fields=["ended_on"])
    close_duties(actor=actor, record=held, kind=TOPIC, now=now)
    changes = {"ended_on": (None, held.ended_on)}
    record(actor=actor, verb="events.end_topic", subject=held, now=now, changes=changes)


@verb
def remind_topics(*, actor: Actor, jurisdiction_id: int, now: datetime) -> int:
    """Hold every standing topic of a place against its meetings; returns how many duties changed. Safe to run twice."""
    return remind(
        actor=actor, rows=StandingTopic.objects.standing(), follow=_follow, verb="events.remind_topics",
        jurisdiction_id=jurisdiction_id, now=now,
    )  # fmt: skip


def body_ended(actor: Actor, organization: Organization, now: datetime) -> None:
    """A body was dissolved: it takes nothing up any more. Part of that verb."""
    rows = StandingTopic.objects.standing().filter(organization=organization)
    end_recurring(actor=actor, rows=rows, kind=TOPIC, now=now)


def bodies_merge(actor: Actor, winner: Organization, loser: Organization, now: datetime) -> None:
    """Of two bodies that become one, the topic both stand by is the winner's. Part of the merging verb."""
    rows = StandingTopic.objects.standing()
    both = rows.filter(organization=winner).values("topic")
    end_recurring(actor=actor, rows=rows.filter(organization=loser, topic__in=both), kind=TOPIC, now=now)


def follow_topics(*, actor: Actor, meeting: Meeting, place: int, now: datetime) -> int:
    """A meeting was recorded, corrected or taken back: its hosts of one place stand anew; how many duties changed.

    Part of its verb.
    """
    hosts = meeting.invitations.filter(part="host").values("organization_id")
    rows = StandingTopic.objects.standing().filter(jurisdiction_id=place)
    rows = rows.filter(organization_id=meeting.convener_id) | rows.filter(organization_id__in=hosts)
    # Held: a topic that is stopped meanwhile is not asked for again.
    held = rows.select_related("organization").select_for_update(of=("self",)).order_by("pk")
    return len(_follow(actor, held, now))


def _follow(actor: Actor, rows: Iterable[StandingTopic], now: datetime) -> list[int]:
    """Open, renew or close the duty of each; ids of those whose duty changed."""
    found, day = list(rows), local_day(now)
    last = last_discussed(found, now)
    wanted = []
    for one in found:
        due = rules.due_on(one.per, one.since, last.get(one.pk))
        late = None if rules.state_on(day, one.per, due) == rules.ON_TIME else day_end(due)
        url, body = topics_url(one.organization), one.organization
        wanted.append(Wanted(one, TOPIC, one.topic, url, due_at=late, organization=body, note=one.source))
    return follow_due(actor=actor, wanted=wanted, now=now)
