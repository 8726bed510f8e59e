"""Jobs of meetings: a place follows a meeting of another place."""

from __future__ import annotations

from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.jobs import job

from .actions import follow_meeting
from .models import Meeting


@job("events.follow")
def follow(*, jurisdiction_id: int, meeting_id: int) -> None:
    """Answers to give and decisions to carry out reach the bodies of this place."""
    meeting = Meeting.objects.select_related("convener").filter(pk=meeting_id).first()
    if meeting is not None:
        follow_meeting(actor=system_actor(jurisdiction_id), meeting=meeting, now=clock.now())
