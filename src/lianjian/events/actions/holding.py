"""Hold a meeting: who came, what was said; correct the record with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.core.files.uploadedfile import UploadedFile

from lianjian.directory.models import Team
from lianjian.files.actions import attach
from lianjian.files.models import File
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.looks import show_datetime
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Invitation, Meeting, Minutes
from ..rolls import known_roll
from ..rules import activities
from ..rules import meetings as rules
from .following import spread
from .meetings import held_fast, lend_record
from .serving import put_teams


class Came(NamedTuple):
    """How one invited body took part."""

    attendance: str
    people: int = 0
    words: str = ""


def _attend(meeting: Meeting, came: Mapping[int, Came]) -> dict[str, tuple[str, str]]:
    """Write down each body's attendance; returns what changed.

    Raises `AttendanceMissing`, `PeopleMissing`, `MoreThanEligible`, `NobodyCame`.
    """
    rows = list(
        meeting.invitations.filter(withdrawn_at__isnull=True).select_related("organization").order_by("pk")
    )
    unsaid = Came("")
    missing = [
        row.organization.name
        for row in rows
        if came.get(row.pk, unsaid).attendance not in rules.ATTENDANCE
    ]
    if missing:
        raise rules.AttendanceMissing(names="、".join(missing))
    changes: dict[str, tuple[str, str]] = {}
    for row in rows:
        told = came[row.pk]
        attended = told.attendance == rules.ATTENDED
        if attended and not 0 < told.people < 10000:
            raise rules.PeopleMissing(name=row.organization.name, field=f"people_{row.pk}")
        if attended:
            _eligible(meeting, row, told.people)
        before = _said(row)
        row.attendance = told.attendance
        row.people = told.people if attended else 0
        row.words = "" if attended else told.words.strip()[:100]
        if _said(row) != before:
            changes[row.organization.name] = (before, _said(row))
    if rows and not any(row.attendance == rules.ATTENDED for row in rows):
        raise rules.NobodyCame
    Invitation.objects.bulk_update(rows, ["attendance", "people", "words"])
    return changes


def _eligible(meeting: Meeting, row: Invitation, people: int) -> None:
    """Raises `MoreThanEligible` at what is for members only, where the roll of the body is known."""
    if meeting.kind not in activities.MEMBERS_ONLY:
        return
    roll = known_roll(row.organization, local_day(meeting.starts_at))
    if roll is not None and people > len(roll.people):
        raise activities.MoreThanEligible(
            name=row.organization.name, eligible=len(roll.people), field=f"people_{row.pk}"
        )


def _said(row: Invitation) -> str:
    return f"{row.attendance} {row.people or ''} {row.words}".strip()


def _parts(meeting: Meeting, held: Sequence[int] | None) -> list[int]:
    """The numbers in order. Raises `NoSuchPart`."""
    every = range(1, len(meeting.parts) + 1)
    found = sorted(set(every if held is None else held))
    if any(number not in every for number in found):
        raise activities.NoSuchPart
    return found


def _numbers(parts: Sequence[int]) -> str:
    return "、".join(map(str, parts))


@verb
def hold_meeting(
    *,
    actor: Actor,
    meeting: Meeting,
    came: Mapping[int, Came],
    text: str,
    now: datetime,
    parts_held: Sequence[int] | None = None,
    teams: Sequence[Team] | None = None,
) -> Meeting:
    """It took place: `came` says for each invitation (its id) who came, `text` are the minutes.

    `parts_held` are the numbers of the parts that took place; where nothing is said, all did. `teams` are those that
    served; where nothing is said, those that were asked.

    The minutes are lent to the places of the bodies invited. Raises `NotYet`, `NotPlanned`, `AttendanceMissing`,
    `PeopleMissing`, `NobodyCame`, `NoSuchPart`, `TeamElsewhere`, `TeamNotThere`, `Denied`.
    """
    meeting = held_fast(actor, meeting, rules.PLANNED)
    if meeting.starts_at > now:
        raise rules.NotYet(at=show_datetime(meeting.starts_at))
    changes = {**_attend(meeting, came), **put_teams(meeting, teams)}
    Minutes.objects.create(jurisdiction_id=meeting.jurisdiction_id, meeting=meeting, text=text.strip())
    meeting.state, meeting.settled_at, meeting.changed_at = rules.HELD, now, now
    meeting.parts_held = _parts(meeting, parts_held)
    meeting.save(update_fields=["state", "settled_at", "changed_at", "parts_held"])
    lend_record(actor, meeting, now)
    spread(actor=actor, meeting=meeting, now=now)
    record(
        actor=actor,
        verb="events.hold_meeting",
        subject=meeting,
        now=now,
        changes={"state": (rules.PLANNED, rules.HELD), **changes},
    )
    return meeting


@verb
def correct_meeting(
    *,
    actor: Actor,
    meeting: Meeting,
    came: Mapping[int, Came],
    text: str,
    reason: str,
    now: datetime,
    parts_held: Sequence[int] | None = None,
    teams: Sequence[Team] | None = None,
) -> Meeting:
    """Put the record of a meeting right; what stood there before stays in the journal.

    Raises `ReasonNeeded`, `NotHeld`, `AttendanceMissing`, `PeopleMissing`, `NobodyCame`, `TeamHasPeople`, `Denied`.
    """
    meeting = held_fast(actor, meeting, rules.HELD)
    if not reason.strip():
        raise rules.ReasonNeeded
    changes = {**_attend(meeting, came), **put_teams(meeting, teams)}
    minutes = Minutes.objects.get(meeting=meeting)
    if minutes.text != text.strip():
        changes["text"] = (minutes.text, text.strip())
    parts = meeting.parts_held if parts_held is None else _parts(meeting, parts_held)
    if parts != meeting.parts_held:
        changes["parts_held"] = (_numbers(meeting.parts_held), _numbers(parts))
        meeting.parts_held = parts
    if not changes:
        return meeting
    minutes.text, minutes.corrected_at, minutes.corrected_reason = text.strip(), now, reason.strip()[:200]
    minutes.save(update_fields=["text", "corrected_at", "corrected_reason"])
    meeting.changed_at = now
    meeting.save(update_fields=["changed_at", "parts_held"])
    changes["reason"] = ("", minutes.corrected_reason)
    spread(actor=actor, meeting=meeting, now=now)
    record(actor=actor, verb="events.correct_meeting", subject=meeting, now=now, changes=changes)
    return meeting


@verb
def attach_minutes(*, actor: Actor, meeting: Meeting, upload: UploadedFile[Any], now: datetime) -> File:
    """A file of the minutes, lent like them to the places of the invited bodies. Raises `NotHeld`, `Denied`."""
    meeting = held_fast(actor, meeting, rules.HELD)
    minutes = Minutes.objects.get(meeting=meeting)
    found = attach(actor=actor, record=minutes, upload=upload, now=now)
    lend_record(actor, meeting, now)
    return found
