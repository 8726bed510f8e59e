"""Jobs of meetings: a place follows a meeting of another place; what has begun is not answered any more;
topics that are discussed regularly; who moves up from a waiting list."""

from __future__ import annotations

from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.jobs import enqueue, job
from lianjian.jurisdictions.models import Jurisdiction

from . import actions
from .actions import close_answers, follow_meeting, remind_topics
from .models import Meeting


@job("events.follow")
def follow(*, jurisdiction_id: int, meeting_id: int) -> None:
    """Answers to give and decisions to carry out reach the bodies of this place."""
    meeting = Meeting.objects.select_related("convener").filter(pk=meeting_id).first()
    if meeting is not None:
        follow_meeting(actor=system_actor(jurisdiction_id), meeting=meeting, now=clock.now())


@job("events.close_answers_all", cron="*/15 * * * *")
def close_answers_all(*, timestamp: int) -> None:
    """One job for each place."""
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("events.close_answers", jurisdiction_id=pk, key=f"{pk}:{timestamp}")


@job("events.close_answers")
def close_answers_of(*, jurisdiction_id: int) -> None:
    """Duties to answer what has begun."""
    close_answers(actor=system_actor(jurisdiction_id), jurisdiction_id=jurisdiction_id, now=clock.now())


@job("events.remind_topics_all", cron="35 17 * * *")
def remind_topics_all(*, timestamp: int) -> None:
    """One job for each place, by night in China."""
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("events.remind_topics", jurisdiction_id=pk, key=f"{pk}:{timestamp}")


@job("events.remind_topics")
def remind_topics_of(*, jurisdiction_id: int) -> None:
    """Topics that the bodies of one place have to discuss in this period."""
    remind_topics(actor=system_actor(jurisdiction_id), jurisdiction_id=jurisdiction_id, now=clock.now())


@job("events.move_up")
def move_up(*, jurisdiction_id: int, meeting_id: int) -> None:
    """A seat was given back in another place: who has it now."""
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is not None:
        actions.move_up(actor=system_actor(jurisdiction_id), meeting=meeting, now=clock.now())


@job("events.tell_moved_up")
def tell_moved_up(*, jurisdiction_id: int, meeting_id: int, sign_ups: list[int]) -> None:
    """People of this place who have a seat at a meeting of another."""
    meeting = Meeting.objects.select_related("venue").filter(pk=meeting_id).first()
    if meeting is not None:
        actor = system_actor(jurisdiction_id)
        actions.tell_moved_up(actor=actor, meeting=meeting, sign_ups=sign_ups, now=clock.now())
