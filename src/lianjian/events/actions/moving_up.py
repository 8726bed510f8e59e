"""Who moves up from the waiting list of a sign-up is told, once.

Who waits is known at the meeting's place alone, to which all sign-ups are lent; who a person is, at the person's own.
So a seat given back elsewhere is looked at by a job of the meeting's place, and people of another place are told by a
job of theirs. All look at the rows as they are, under the lock of the meeting, and a message has its sign-up as its
key: looking again tells nobody twice.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from lianjian.directory.models import Person
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.jobs import enqueue
from lianjian.foundation.looks import show_datetime
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.notices.actions import Note, notify_all

from ..models import Meeting, SignUp
from ..queries.signing import SPEAKERS
from ..queries.speaking import accounts_for
from ..rules import meetings
from ..rules import signing as rules


def follow_seats(actor: Actor, meeting: Meeting, now: datetime, seats_then: int | None) -> int:
    """A seat was given back, or there are more of them: who has one now is told. Part of the caller's verb.

    `seats_then`: for how many there was room before. How many messages were new here.
    """
    if meeting.jurisdiction_id not in actor.writable:
        enqueue("events.move_up", jurisdiction_id=meeting.jurisdiction_id, meeting_id=meeting.pk)
        return 0
    held = Meeting.objects.select_related("venue").select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    if not _ahead(held, now):
        return 0
    rows = SignUp.objects.filter(meeting=held).order_by("signed_at", "pk")
    places = [rules.Place(*row) for row in rows.values_list("pk", "signed_at", "withdrawn_at")]
    up = rules.moved_up(places, seats_then, held.seats)
    by_place: dict[int, list[int]] = {}
    for pk, place in rows.filter(pk__in=up).values_list("pk", "jurisdiction_id"):
        by_place.setdefault(place, []).append(pk)
    told = 0
    for place, ids in by_place.items():
        if place in actor.writable:
            told += _tell(actor, held, ids, now)
        else:
            enqueue("events.tell_moved_up", jurisdiction_id=place, meeting_id=held.pk, sign_ups=ids)
    return told


def _ahead(meeting: Meeting, now: datetime) -> bool:
    return meeting.state == meetings.PLANNED and now < meeting.starts_at


def _tell(actor: Actor, meeting: Meeting, ids: Collection[int], now: datetime) -> int:
    """One message each: to the person's own account where it is in use, else to those who answer for the body."""
    rows = SignUp.objects.standing().filter(pk__in=ids).select_related("organization")
    found = Person.objects.filter(pk__in=[row.person_id for row in rows]).select_related("user")
    people = {one.pk: one for one in found}
    notes: list[Note] = []
    for row in rows:
        person = people.get(row.person_id)
        if person is None:
            continue
        own = person.user
        users = [own.pk] if own is not None and own.is_active else accounts_for(row.organization, SPEAKERS)
        title = translate(rules.TITLE) % {"name": person.name, "title": meeting.title}
        text = f"{show_datetime(meeting.starts_at)} {meeting.where}".strip()
        key = f"{rules.MOVED_UP}:{row.key}"
        notes += [Note(user, rules.MOVED_UP, title, meeting.get_absolute_url(), text, key) for user in users]
    return notify_all(actor=actor, notes=notes, now=now)


@verb
def move_up(*, actor: Actor, meeting: Meeting, now: datetime) -> int:
    """A seat of a meeting of the actor's place was given back in another place. Safe to run twice."""
    told = follow_seats(actor, meeting, now, meeting.seats)
    if told:
        record(actor=actor, verb="events.move_up", subject=meeting, now=now, changes={"people": (0, told)})
    return told


@verb
def tell_moved_up(*, actor: Actor, meeting: Meeting, sign_ups: Collection[int], now: datetime) -> int:
    """People of the actor's place have moved up at a meeting of another place, if it is still to come. Safe to run
    twice.
    """
    meeting = Meeting.objects.select_related("venue").get(pk=meeting.pk)
    if not _ahead(meeting, now):
        return 0
    told = _tell(actor, meeting, sign_ups, now)
    if told:
        place = actor.jurisdiction_id
        changes = {"people": (0, told)}
        record(
            actor=actor, verb="events.tell_moved_up", subject=meeting, now=now, jurisdiction_id=place, changes=changes
        )
    return told
