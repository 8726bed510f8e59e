"""Codes at the door: given out or not, and "I am here" of who stands before it."""

from __future__ import annotations

from datetime import datetime

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Arrival, Attendance, Meeting
from ..queries.door import body_for, check_code, keeper_of, person_of
from ..rules import attendance, meetings
from ..rules import door as rules
from .following import lend
from .meetings import held_fast


@verb
def open_door(*, actor: Actor, meeting: Meeting, now: datetime) -> Meeting:
    """Give out codes, on the screen and on paper; those of an earlier opening stay void.

    Raises `DoorOver`, `NotPlanned`, `Denied`.
    """
    meeting = held_fast(actor, meeting, meetings.PLANNED)
    if now >= meeting.ends_at:
        raise rules.DoorOver
    if meeting.door_opened_at is not None:
        return meeting
    meeting.door_opened_at = now
    meeting.save(update_fields=["door_opened_at"])
    changes = {"door_opened_at": (None, now)}
    record(actor=actor, verb="events.open_door", subject=meeting, now=now, changes=changes)
    return meeting


@verb
def close_door(*, actor: Actor, meeting: Meeting, now: datetime) -> Meeting:
    """No codes any more: those given out are void at once. Who came by them stays. Raises `NotPlanned`, `Denied`."""
    meeting = held_fast(actor, meeting, meetings.PLANNED, meetings.HELD)
    before = meeting.door_opened_at
    if before is None:
        return meeting
    meeting.door_opened_at = None
    meeting.save(update_fields=["door_opened_at"])
    changes = {"door_opened_at": (before, None)}
    record(actor=actor, verb="events.close_door", subject=meeting, now=now, changes=changes)
    return meeting


@verb(constraints={"one_arrival_per_person": rules.AlreadyHere})
def arrive(*, actor: Actor, meeting: Meeting, code: str, now: datetime) -> Arrival:
    """The actor's own person says "I am here" by a code of the door; it counts for the body of `body_for`.

    It is a proposal for the list of the body, which its recorder writes; once that is written, it stands.
    Raises `CodeUnknown`, `CodeExpired`, `CalledOff`, `TooEarly`, `TooLate`, `WithoutPerson`, `Stranger`,
    `AlreadyHere`, `ListWritten`, `Denied`.
    """
    require(actor, "meetings.see")
    meeting = Meeting.objects.select_related("convener").get(pk=meeting.pk)
    check_code(meeting, code, now)
    person, body = person_of(actor), body_for(actor, meeting)
    keeper = keeper_of(meeting, body)
    # Here the list of the body waits for arrivals, and they for it (`record_attendance`).
    list(Organization.objects.filter(pk=keeper.pk).select_for_update(of=("self",), no_key=True))
    written = Attendance.objects.filter(meeting=meeting)
    own = written.filter(person_id=person).values_list("state", flat=True).first()
    if own == attendance.PRESENT or Arrival.objects.filter(meeting=meeting, person_id=person).exists():
        raise rules.AlreadyHere
    if own is not None or written.listed().filter(organization=keeper).exists():
        raise rules.ListWritten(name=keeper.name)
    made = Arrival.objects.create(
        jurisdiction_id=body.jurisdiction_id,
        meeting=meeting,
        organization=body,
        person_id=person,
        arrived_at=now,
    )
    lend(actor=actor, rows=[made], places={meeting.jurisdiction_id}, now=now)
    record(
        actor=actor,
        verb="events.arrive",
        subject=meeting,
        now=now,
        jurisdiction_id=body.jurisdiction_id,
        changes={"organization": ("", body.name)},
    )
    return made
