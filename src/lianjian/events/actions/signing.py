"""Signing up: opened by the convener, done by people for themselves and by bodies for their people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Meeting, SignUp
from ..queries.door import person_of
from ..queries.signing import body_signing, may_sign_for
from ..rolls import roll_of
from ..rules import meetings
from ..rules import signing as rules
from .following import lend
from .meetings import held_fast
from .moving_up import follow_seats

CONSTRAINTS = {"one_sign_up_per_person": rules.JustSigned}


def _set(actor: Actor, meeting: Meeting, verb_name: str, now: datetime, values: dict[str, Any]) -> Meeting:
    changes = {name: (getattr(meeting, name), value) for name, value in values.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if changes:
        for name, value in values.items():
            setattr(meeting, name, value)
        meeting.save(update_fields=list(values))
        record(actor=actor, verb=verb_name, subject=meeting, now=now, changes=changes)
    return meeting


@verb
def open_sign_up(
    *, actor: Actor, meeting: Meeting, until: datetime | None, now: datetime, seats: int | None = None
) -> Meeting:
    """Let people sign up till a moment before the start, for so many seats; None: for all who come.

    Fewer seats than before put the last to sign up on the waiting list; whoever moves up to one of more is told.
    Raises `UntilNeeded`, `SeatsNeeded`, `NotPlanned`, `Denied`.
    """
    meeting = held_fast(actor, meeting, meetings.PLANNED)
    rules.check_opening(until, seats, meeting.starts_at, now)
    before = meeting.seats
    found = _set(actor, meeting, "events.open_sign_up", now, {"sign_up_until": until, "seats": seats})
    if before != seats:
        follow_seats(actor, found, now, before)
    return found


@verb
def close_sign_up(*, actor: Actor, meeting: Meeting, now: datetime) -> Meeting:
    """Nobody signs up from now on; who did stays. Raises `NotPlanned`, `Denied`."""
    meeting = held_fast(actor, meeting, meetings.PLANNED)
    if not rules.is_open(meeting.sign_up_until, meeting.starts_at, now):
        return meeting
    return _set(actor, meeting, "events.close_sign_up", now, {"sign_up_until": now})


def _signed(
    actor: Actor, meeting: Meeting, body: Organization, people: Sequence[tuple[int, str]], now: datetime
) -> list[SignUp]:
    if not (
        meeting.state == meetings.PLANNED and rules.is_open(meeting.sign_up_until, meeting.starts_at, now)
    ):
        raise rules.SignUpClosed
    standing = set(SignUp.objects.standing().filter(meeting=meeting).values_list("person_id", flat=True))
    twice = [name for pk, name in people if pk in standing]
    if twice:
        raise rules.AlreadySigned(names="、".join(twice[:5]))
    made = [
        SignUp.objects.create(
            jurisdiction_id=body.jurisdiction_id,
            meeting=meeting,
            organization=body,
            person_id=pk,
            signed_at=now,
            recorded_by_name=actor.name[:80],
        )
        for pk, _name in people
    ]
    lend(actor=actor, rows=made, places={meeting.jurisdiction_id}, now=now)
    record(
        actor=actor,
        verb="events.sign_up",
        subject=meeting,
        now=now,
        jurisdiction_id=body.jurisdiction_id,
        changes={"organization": ("", body.name), "people": (0, len(made))},
    )
    return made


@verb(constraints=CONSTRAINTS)
def sign_up(*, actor: Actor, meeting: Meeting, now: datetime) -> SignUp:
    """The actor's own person signs up, for the body of `body_signing`.

    Raises `SignUpClosed`, `WithoutPerson`, `Stranger`, `NotForYou`, `AlreadySigned`, `JustSigned`, `Denied`.
    """
    require(actor, "meetings.see")
    meeting = Meeting.objects.select_related("convener").get(pk=meeting.pk)
    person = person_of(actor)
    body = body_signing(actor, meeting)
    return _signed(actor, meeting, body, [(person, actor.name[:80])], now)[0]


@verb(constraints=CONSTRAINTS)
def sign_up_people(
    *, actor: Actor, meeting: Meeting, organization: Organization, people: Sequence[int], now: datetime
) -> list[SignUp]:
    """A body signs up people of its roll (ids of persons), in the order given.

    Raises `NobodyNamed`, `TooManyNamed`, `NotOfBody`, `NotForYou`, `SignUpClosed`, `AlreadySigned`, `JustSigned`,
    `Denied`.
    """
    require(actor, "meetings.answer", organization)
    meeting = Meeting.objects.select_related("convener").get(pk=meeting.pk)
    chosen = list(dict.fromkeys(people))
    if not chosen:
        raise rules.NobodyNamed
    if len(chosen) > rules.MOST:
        raise rules.TooManyNamed(most=rules.MOST)
    if not may_sign_for(meeting, organization):
        raise rules.NotForYou
    names = {one.person_id: one.name for one in roll_of(organization, local_day(meeting.starts_at)).people}
    strange = [pk for pk in chosen if pk not in names]
    if strange:
        raise rules.NotOfBody(n=len(strange), body=organization.name)
    return _signed(actor, meeting, organization, [(pk, names[pk]) for pk in chosen], now)


@verb
def withdraw_sign_up(*, actor: Actor, row: SignUp, now: datetime) -> SignUp:
    """Give a seat back, one's own or one of the body's; the next in the waiting list has it at once, and is told.

    Raises `Begun`, `Denied`.
    """
    require(actor, "meetings.see")
    rows = SignUp.objects.select_related("meeting__convener", "organization")
    row = rows.select_for_update(of=("self",)).get(pk=row.pk)
    if row.person_id != actor.person_id:
        require(actor, "meetings.answer", row.organization)
    if row.withdrawn_at is not None:
        return row
    if now >= row.meeting.starts_at:
        raise rules.Begun
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    if row.meeting.seats is not None:
        follow_seats(actor, row.meeting, now, row.meeting.seats)
    record(
        actor=actor,
        verb="events.withdraw_sign_up",
        subject=row.meeting,
        now=now,
        jurisdiction_id=row.jurisdiction_id,
        changes={"organization": (row.organization.name, "")},
    )
    return row
