"""What a meeting asks of each place that takes part: answers, tasks, and the duties for them.

A row is written by its own place only. Whatever changes a meeting therefore calls `spread`: the actor's own places
follow at once, each other place by a job of its own, which does the same there. Following twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import models

from lianjian.duties.actions import close_duties, open_duty
from lianjian.duties.models import Duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.jobs import enqueue
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record, record_bulk
from lianjian.jurisdictions.actions import share_together

from ..models import Answer, Charge, Decision, Invitation, Meeting, Task, answer_of, stands, task_of
from ..rules import meetings as rules
from .topics import follow_topics

ANSWER, TASK, SETTLE = "events.answer", "events.task", "events.settle"

# Called with (actor=, meeting=, place=, now=) for each place of a meeting that was held, when it is recorded and
# whenever its bodies change; gives how many rows of that place it changed. Filled by the wiring.
on_held: list[Callable[..., int]] = []


def places_of(meeting: Meeting) -> set[int]:
    """The places of the convener and of every body that is or was invited."""
    rows = meeting.invitations.values_list("organization__jurisdiction_id", flat=True)
    return {meeting.jurisdiction_id, *rows}


def spread(*, actor: Actor, meeting: Meeting, now: datetime) -> None:
    """Let every place follow the meeting. Part of the caller's verb."""
    for place in sorted(places_of(meeting)):
        if place in actor.writable:
            follow(actor=actor, meeting=meeting, place=place, now=now)
        else:
            enqueue("events.follow", jurisdiction_id=place, meeting_id=meeting.pk)


@verb
def follow_meeting(*, actor: Actor, meeting: Meeting, now: datetime) -> None:
    """The actor's place brings its own rows in line with a meeting of another place."""
    touched = follow(actor=actor, meeting=meeting, place=actor.jurisdiction_id, now=now)
    if touched:
        record(
            actor=actor,
            verb="events.follow",
            subject=meeting,
            now=now,
            jurisdiction_id=actor.jurisdiction_id,
            changes={"duties": ("", touched)},
        )


def one_by_one(meeting: Meeting, place: int) -> None:
    """Two bodies of a place that report at once wait for each other here before either writes: the later sees both.

    At the meeting where it is; in another place, which does not write the meeting, at its tasks.
    """
    if place == meeting.jurisdiction_id:
        list(Meeting.objects.filter(pk=meeting.pk).select_for_update(of=("self",)))
    else:
        tasks = Task.objects.filter(charge__decision__meeting=meeting, jurisdiction_id=place).order_by("pk")
        list(tasks.select_for_update(of=("self",)))


def follow(*, actor: Actor, meeting: Meeting, place: int, now: datetime) -> int:
    """Bring the rows of one place in line; returns how many of them, and of their duties, were touched."""
    one_by_one(meeting, place)
    touched = 0
    rows = meeting.invitations.filter(organization__jurisdiction_id=place)
    for invitation in rows.select_related("organization", "answer").order_by("pk"):
        touched += _ask(actor, meeting, invitation, now)
    charges = Charge.objects.filter(decision__meeting=meeting, organization__jurisdiction_id=place)
    for charge in charges.select_related("decision", "organization", "task").order_by("pk"):
        touched += _charge(actor, meeting, charge, now)
    if place == meeting.jurisdiction_id:
        for decision in meeting.decisions.order_by("number"):
            touched += _settle(actor, meeting, decision, now)
    if meeting.state == rules.HELD:
        touched += sum(listener(actor=actor, meeting=meeting, place=place, now=now) for listener in on_held)
    # Last, after the meeting is held where it is: nobody who holds a topic waits for a meeting.
    return touched + follow_topics(actor=actor, meeting=meeting, place=place, now=now)


def _ask(actor: Actor, meeting: Meeting, invitation: Invitation, now: datetime) -> int:
    answer = answer_of(invitation)
    asks = (
        meeting.answer_by is not None
        and meeting.state == rules.PLANNED
        and meeting.starts_at > now
        and invitation.withdrawn_at is None
        and invitation.organization_id != meeting.convener_id
        and not stands(answer, meeting)
    )
    if not asks:
        return close_duties(actor=actor, record=answer, kind=ANSWER, now=now) if answer is not None else 0
    if answer is None:
        place = invitation.organization.jurisdiction_id
        answer, _made = Answer.objects.get_or_create(
            invitation=invitation, defaults={"jurisdiction_id": place}
        )
    open_duty(
        actor=actor,
        record=answer,
        kind=ANSWER,
        title=f"{local_day(meeting.starts_at)} {meeting.title}",
        url=meeting.get_absolute_url(),
        organization=invitation.organization,
        due_at=day_end(meeting.answer_by),  # type: ignore[arg-type] # asked only with a day
        now=now,
    )
    return 1


@verb
def close_answers(*, actor: Actor, jurisdiction_id: int, now: datetime) -> int:
    """What has begun is not answered any more: its open duties end. Returns how many; safe to run twice."""
    duties = Duty.objects.filter(
        jurisdiction_id=jurisdiction_id, kind=ANSWER, state=Duty.State.OPEN, subject_kind="events.answer"
    )
    over = Answer.objects.filter(
        invitation__meeting__starts_at__lte=now, key__in=duties.values("subject_key")
    ).order_by("pk")
    rows = list(over)
    touched = sum(close_duties(actor=actor, record=answer, kind=ANSWER, now=now) for answer in rows)
    if touched:
        record_bulk(
            actor=actor,
            verb="events.close_answers",
            subject=None,
            rows={"events.answer": [answer.pk for answer in rows]},
            now=now,
            jurisdiction_id=jurisdiction_id,
        )
    return touched


def own_task(actor: Actor, charge: Charge, meeting: Meeting, now: datetime) -> Task:
    """The body's own row, made where it was missing, and lent to the places of all who took part."""
    place = charge.organization.jurisdiction_id
    task, _made = Task.objects.get_or_create(charge=charge, defaults={"jurisdiction_id": place})
    lend(actor=actor, rows=[task], places=places_of(meeting), now=now)
    return task


def _charge(actor: Actor, meeting: Meeting, charge: Charge, now: datetime) -> int:
    task, decision = task_of(charge), charge.decision
    if decision.state != rules.DOING or (task is not None and task.reported_at is not None):
        return close_duties(actor=actor, record=task, kind=TASK, now=now) if task is not None else 0
    open_duty(
        actor=actor,
        record=task or own_task(actor, charge, meeting, now),
        kind=TASK,
        title=decision.text,
        note=meeting.title,
        url=meeting.get_absolute_url(),
        organization=charge.organization,
        due_at=day_end(decision.due_on),
        now=now,
    )
    return 1


def _settle(actor: Actor, meeting: Meeting, decision: Decision, now: datetime) -> int:
    """Once every body has reported, the convener looks whether it is done."""
    left = decision.charges.filter(models.Q(task__isnull=True) | models.Q(task__reported_at__isnull=True))
    if decision.state != rules.DOING or left.exists():
        return close_duties(actor=actor, record=decision, kind=SETTLE, now=now)
    open_duty(
        actor=actor,
        record=decision,
        kind=SETTLE,
        title=decision.text,
        note=meeting.title,
        url=meeting.get_absolute_url(),
        organization=meeting.convener,
        due_at=day_end(decision.due_on),
        now=now,
    )
    return 1


REASON = "参加同一次会议"


def lend(
    *, actor: Actor, rows: Iterable[models.Model], places: set[int], now: datetime, reason: str = REASON
) -> None:
    """Let other places read these rows. Part of the caller's verb; what is lent already stays as it is."""
    share_together(actor=actor, rows=rows, grantees=places, reason=reason, now=now)
