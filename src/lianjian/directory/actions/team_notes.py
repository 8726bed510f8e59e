"""The log of a task force's project: note how far it is, put a note right, take it back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import Denied
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Team, TeamNote
from ..queries.team_notes import may_mend, may_note, said
from ..rules import team_notes as rules
from ..rules.tags import ReasonNeeded

FIELDS = ("day", "contact", "stage", "percent", "words")


def _check(team: Team, now: datetime, *, day: date, contact: str, stage: str, percent: int | None, words: str) -> None:
    rules.check_day(day, today=local_day(now), founded_on=team.founded_on, dissolved_on=team.dissolved_on)
    rules.check_content(contact=contact, stage=stage, percent=percent, words=words)


def _told(changes: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """Changes for the journal, codes in words."""
    return {field: (said(field, old), said(field, new)) for field, (old, new) in changes.items()}


@verb
def note_progress(
    *,
    actor: Actor,
    team: Team,
    day: date,
    contact: str,
    stage: str,
    words: str,
    now: datetime,
    percent: int | None = None,
) -> TeamNote:
    """Note how far the project of a task force is on a day, by its office or by one of its members of today.

    Raises `NotATaskForce`, `NoteInTheFuture`, `NoteBeforeFounded`, `NoteAfterDissolved`, `ContactUnknown`,
    `StageUnknown`, `PercentWrong`, `NoteWordsWrong`, `Denied`.
    """
    if not may_note(actor, team, local_day(now)):
        raise Denied
    if team.kind != Team.Kind.TASK:
        raise rules.NotATaskForce(name=team.name)
    _check(team, now, day=day, contact=contact, stage=stage, percent=percent, words=words)
    made = TeamNote.objects.create(
        jurisdiction_id=team.jurisdiction_id,
        team=team,
        day=day,
        contact=contact,
        stage=stage,
        percent=percent,
        words=words.strip(),
        recorded_by=actor.user_id,
        recorded_by_name=actor.name[:80],
        recorded_at=now,
    )
    changes = {field: ("", getattr(made, field)) for field in FIELDS if getattr(made, field) is not None}
    record(actor=actor, verb="directory.note_progress", subject=made, now=now, changes=_told(changes))
    return made


def _held(actor: Actor, note: TeamNote) -> TeamNote:
    """The note, locked, for who may mend it. Raises `Denied`, `NoteWithdrawn`."""
    if not may_mend(actor, note):
        raise Denied
    found = TeamNote.objects.select_related("team").select_for_update(of=("self",)).get(pk=note.pk)
    if found.withdrawn_at is not None:
        raise rules.NoteWithdrawn
    return found


@verb
def change_note(
    *,
    actor: Actor,
    note: TeamNote,
    day: date,
    contact: str,
    stage: str,
    words: str,
    reason: str,
    now: datetime,
    percent: int | None = None,
) -> TeamNote:
    """Put a note right, by who recorded it or by the office; the journal keeps what stood there and why.

    Raises as `note_progress`, and `ReasonNeeded`, `NoteWithdrawn`.
    """
    held = _held(actor, note)
    if not reason.strip():
        raise ReasonNeeded
    _check(held.team, now, day=day, contact=contact, stage=stage, percent=percent, words=words)
    before = {field: getattr(held, field) for field in FIELDS}
    held.day, held.contact, held.stage, held.percent, held.words = day, contact, stage, percent, words.strip()
    changed = diff(before, held)
    if changed:
        held.save(update_fields=list(changed))
        changes = {**_told(changed), "reason": ("", reason.strip()[:200])}
        record(actor=actor, verb="directory.change_note", subject=held, now=now, changes=changes)
    return held


@verb
def withdraw_note(*, actor: Actor, note: TeamNote, reason: str, now: datetime) -> TeamNote:
    """Take back what was noted by mistake: it stays readable and is counted nowhere.

    Raises `ReasonNeeded`, `NoteWithdrawn`, `Denied`.
    """
    held = _held(actor, note)
    if not reason.strip():
        raise ReasonNeeded
    held.withdrawn_at, held.withdrawn_reason = now, reason.strip()[:200]
    held.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    changes = {"withdrawn_reason": ("", held.withdrawn_reason)}
    record(actor=actor, verb="directory.withdraw_note", subject=held, now=now, changes=changes)
    return held
