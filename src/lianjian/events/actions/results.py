"""What came of an activity beside its decisions: winners, questions with answers, photos."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max

from lianjian.directory.models import Organization
from lianjian.files.actions import attach
from lianjian.foundation.actor import Actor
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Meeting, Photo, Question, Winner
from ..rules import activities as rules
from ..rules import meetings
from .meetings import held_fast, lend_record

PICTURES = ("image/jpeg", "image/png", "image/webp")


def _next(rows: Any) -> int:
    """The number of the next line; the meeting is locked. Raises `TooManyLines`."""
    last = rows.aggregate(last=Max("number"))["last"] or 0
    if last >= rules.MOST_LINES:
        raise rules.TooManyLines(most=rules.MOST_LINES)
    return int(last) + 1


@verb(constraints={"one_prize_per_winner": rules.PrizeGiven})
def add_winner(
    *,
    actor: Actor,
    meeting: Meeting,
    prize: str,
    now: datetime,
    person_name: str = "",
    organization: Organization | None = None,
) -> Winner:
    """A result as it was announced. Raises `WinnerUnnamed`, `PrizeGiven`, `TooManyLines`, `NotHeld`, `Denied`."""
    meeting = held_fast(actor, meeting, meetings.HELD)
    if not person_name.strip() and organization is None:
        raise rules.WinnerUnnamed
    made = Winner.objects.create(
        jurisdiction_id=meeting.jurisdiction_id,
        meeting=meeting,
        number=_next(meeting.winners),
        prize=prize.strip()[:60],
        person_name=person_name.strip()[:40],
        organization=organization,
    )
    changes = {"prize": ("", made.prize), "winner": ("", name_of(made))}
    record(actor=actor, verb="events.add_winner", subject=meeting, now=now, changes=changes)
    return made


def name_of(winner: Winner) -> str:
    """The person, the organization, or the person of the organization."""
    body = winner.organization.name if winner.organization is not None else ""
    return " ".join(filter(None, (winner.person_name, body)))


@verb
def remove_winner(*, actor: Actor, winner: Winner, now: datetime) -> None:
    """It was written down by mistake. Raises `NotHeld`, `Denied`."""
    meeting = held_fast(actor, winner.meeting, meetings.HELD)
    changes = {"prize": (winner.prize, ""), "winner": (name_of(winner), "")}
    winner.delete()
    record(actor=actor, verb="events.remove_winner", subject=meeting, now=now, changes=changes)


QUESTION = ("asked_by", "text", "answer", "answered_by")
SIZES = {"asked_by": 80, "text": 500, "answer": 2000, "answered_by": 80}


@verb
def add_question(*, actor: Actor, meeting: Meeting, now: datetime, text: str, **words: str) -> Question:
    """What was asked, and what was answered. Raises `TooManyLines`, `NotHeld`, `Denied`."""
    meeting = held_fast(actor, meeting, meetings.HELD)
    made = Question(jurisdiction_id=meeting.jurisdiction_id, meeting=meeting, number=_next(meeting.questions))
    for name, value in {"text": text, **words}.items():
        setattr(made, name, value.strip()[: SIZES[name]])
    made.save(force_insert=True)
    lend_record(actor, meeting, now)
    changes = {"text": ("", made.text), "answer": ("", made.answer)}
    record(actor=actor, verb="events.add_question", subject=meeting, now=now, changes=changes)
    return made


@verb
def change_question(*, actor: Actor, question: Question, now: datetime, **words: str) -> Question:
    """Other words, or the answer that came later. Raises `NotHeld`, `Denied`."""
    meeting = held_fast(actor, question.meeting, meetings.HELD)
    before = {name: getattr(question, name) for name in QUESTION}
    for name in words.keys() & set(QUESTION):
        setattr(question, name, words[name].strip()[: SIZES[name]])
    changed = diff(before, question)
    if changed:
        question.save(update_fields=list(changed))
        record(actor=actor, verb="events.change_question", subject=meeting, now=now, changes=changed)
    return question


@verb
def add_photo(
    *,
    actor: Actor,
    meeting: Meeting,
    upload: UploadedFile[Any],
    caption: str,
    credit: str,
    now: datetime,
    consent: bool = False,
) -> Photo:
    """A picture with what it shows and who took it; without `consent` it stays with those who took part.

    Raises `NotAPicture`, `BadFile`, `NotHeld`, `Denied`.
    """
    meeting = held_fast(actor, meeting, meetings.HELD)
    made = Photo.objects.create(
        jurisdiction_id=meeting.jurisdiction_id,
        meeting=meeting,
        caption=caption.strip()[:100],
        credit=credit.strip()[:40],
        consent=consent,
    )
    found = attach(actor=actor, record=made, upload=upload, now=now)
    if found.media_type not in PICTURES:
        raise rules.NotAPicture
    lend_record(actor, meeting, now)
    changes = {"caption": ("", made.caption), "credit": ("", made.credit), "consent": ("", consent)}
    record(actor=actor, verb="events.add_photo", subject=meeting, now=now, changes=changes)
    return made


@verb
def change_photo(*, actor: Actor, photo: Photo, now: datetime, **facts: Any) -> Photo:
    """Caption, credit, and whether those on it agree to be shown. Raises `PhotoRemoved`, `NotHeld`, `Denied`."""
    meeting = held_fast(actor, photo.meeting, meetings.HELD)
    photo.refresh_from_db(fields=["removed_at"])
    if photo.removed_at is not None:
        raise rules.PhotoRemoved
    names = ("caption", "credit", "consent")
    before = {name: getattr(photo, name) for name in names}
    for name in facts.keys() & set(names):
        setattr(photo, name, facts[name])
    changed = diff(before, photo)
    if changed:
        photo.save(update_fields=list(changed))
        record(actor=actor, verb="events.change_photo", subject=meeting, now=now, changes=changed)
    return photo


@verb
def remove_photo(*, actor: Actor, photo: Photo, now: datetime) -> None:
    """Take a picture away; its content goes like that of any file removed. Raises `NotHeld`, `Denied`."""
    meeting = held_fast(actor, photo.meeting, meetings.HELD)
    photo.refresh_from_db(fields=["removed_at"])
    if photo.removed_at is not None:
        return
    photo.removed_at = now
    photo.save(update_fields=["removed_at"])
    if photo.bundle is not None:
        photo.bundle.files.filter(removed_at__isnull=True).update(removed_at=now)
    record(
        actor=actor, verb="events.remove_photo", subject=meeting, now=now, changes={"caption": (photo.caption, "")}
    )
