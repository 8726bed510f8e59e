"""Open and close duties. Only the app that owns the record calls these, inside its own verb, which journals them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast
from uuid import UUID

from django.db import IntegrityError, models, transaction

from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.verbs import constraint_name, verb
from lianjian.foundation.writing import add, add_together
from lianjian.journal.actions import record_bulk
from lianjian.rulebook.models import Evaluation

from .models import Duty


class Subject(Protocol):
    """An owned record."""

    key: UUID
    jurisdiction_id: int


def subject_kind(record: object) -> str:
    """How a record's kind is kept: its model label."""
    return cast(models.Model, record)._meta.label_lower


@verb
def open_duty(
    *,
    actor: Actor,
    record: Subject,
    kind: str,
    title: str,
    url: str,
    now: datetime,
    due_at: datetime | None = None,
    organization: Organization | None = None,
    person: Person | None = None,
    user_id: int | None = None,
    evaluation: Evaluation | None = None,
    note: str = "",
    fresh: bool = False,
) -> Duty:
    """Say that something is to be done. Part of the caller's verb.

    To an account, a person or a body; to none of them: to the staff of the record's place. `due_at` defaults to that
    of the evaluation. The same duty opened twice is one duty with the newer title and time. `fresh`: the record
    was made just now, so that it has none yet; an evaluation that is not stored is stored with it.
    """
    if not url.startswith("/") or url.startswith(("//", "/\\")):
        raise ValueError("a duty leads to an address inside the house")
    found = Duty(
        jurisdiction_id=record.jurisdiction_id,
        subject_kind=subject_kind(record),
        subject_key=record.key,
        kind=kind,
        title=title[:200],
        url=url,
        note=note[:300],
        organization=organization,
        person=person,
        user_id=user_id,
        evaluation=evaluation,
        due_at=due_at or (evaluation.due_at if evaluation else None),
        opened_at=now,
    )
    if fresh:
        add_together(*([evaluation] if evaluation is not None and evaluation.pk is None else []), found)
        return found
    try:
        with transaction.atomic():
            add(found)
    except IntegrityError as error:
        if constraint_name(error) != "one_open_duty_per_record_and_assignee":
            raise
        return _renew(found)
    return found


def _renew(wanted: Duty) -> Duty:
    same = (
        "jurisdiction_id",
        "subject_kind",
        "subject_key",
        "kind",
        "organization_id",
        "person_id",
        "user_id",
    )
    standing = Duty.objects.select_for_update(of=("self",)).get(
        state=Duty.State.OPEN,
        **{
            (f"{name}__isnull" if getattr(wanted, name) is None else name): (
                True if getattr(wanted, name) is None else getattr(wanted, name)
            )
            for name in same
        },
    )
    for name in ("title", "url", "note", "evaluation_id", "due_at"):
        setattr(standing, name, getattr(wanted, name))
    standing.save(update_fields=["title", "url", "note", "evaluation", "due_at"])
    return standing


@verb
def close_duties(*, actor: Actor, record: Subject, kind: str | None = None, now: datetime) -> int:
    """Done: close the record's open duties (of one kind, or all). Part of the caller's verb; returns how many."""
    rows = Duty.objects.filter(
        jurisdiction_id=record.jurisdiction_id,
        subject_kind=subject_kind(record),
        subject_key=record.key,
        state=Duty.State.OPEN,
    )
    if kind is not None:
        rows = rows.filter(kind=kind)
    return rows.update(state=Duty.State.DONE, closed_at=now, closed_by=actor.name[:80])


def close_many(*, actor: Actor, records: Sequence[Subject], kind: str, now: datetime) -> int:
    """`close_duties` of many records of one model and place: one statement for 5,000 of them."""
    closed = 0
    for start in range(0, len(records), 5000):
        some = records[start : start + 5000]
        rows = Duty.objects.filter(
            jurisdiction_id=some[0].jurisdiction_id,
            subject_kind=subject_kind(some[0]),
            subject_key__in=[record.key for record in some],
            state=Duty.State.OPEN,
            kind=kind,
        )
        closed += rows.update(state=Duty.State.DONE, closed_at=now, closed_by=actor.name[:80])
    return closed


@verb
def move_due(*, actor: Actor, evaluations: list[Evaluation], now: datetime) -> int:
    """Open duties follow their evaluations to new due times. Listener of `rulebook.recompute`, which journals."""
    moved = 0
    for evaluation in evaluations:
        moved += Duty.objects.filter(evaluation=evaluation, state=Duty.State.OPEN).update(
            due_at=evaluation.due_at
        )
    return moved


@dataclass(frozen=True)
class Wanted:
    """One duty of many that are opened at once (imports); see `open_duty`."""

    record: Subject
    kind: str
    title: str
    url: str
    due_at: datetime | None = None
    organization: Organization | None = None
    evaluation: Evaluation | None = None
    note: str = ""


@verb
def follow_due(*, actor: Actor, wanted: Sequence[Wanted], now: datetime) -> list[int]:
    """Open, renew or close the one duty of each record as its due time says; without `due_at` none is wanted.

    All of one model and kind. Part of the caller's verb; ids of the records whose duty changed.
    """
    if not wanted:
        return []
    rows = Duty.objects.filter(
        jurisdiction_id__in={one.record.jurisdiction_id for one in wanted},
        subject_kind=subject_kind(wanted[0].record),
        subject_key__in=[one.record.key for one in wanted],
        kind=wanted[0].kind,
        state=Duty.State.OPEN,
    )
    asked = {key: tuple(says) for key, *says in rows.values_list("subject_key", "due_at", "title", "note")}
    touched = []
    for one in wanted:
        wants = (one.due_at, one.title[:200], one.note[:300]) if one.due_at is not None else None
        if asked.get(one.record.key) == wants:
            continue
        touched.append(cast(models.Model, one.record).pk)
        if one.due_at is None:
            close_duties(actor=actor, record=one.record, kind=one.kind, now=now)
            continue
        open_duty(
            actor=actor, record=one.record, kind=one.kind, title=one.title, note=one.note, url=one.url,
            organization=one.organization, due_at=one.due_at, now=now,
        )  # fmt: skip
    return touched


def remind(
    *,
    actor: Actor,
    rows: models.QuerySet[Any],
    follow: Callable[[Actor, Iterable[Any], datetime], list[int]],
    verb: str,
    jurisdiction_id: int,
    now: datetime,
) -> int:
    """What recurs in a place, held against what was done: `follow` says whose duty changed. Part of a nightly verb.

    `rows` belong to a body (`organization`); they are locked in order. Returns how many duties changed.
    """
    own = rows.filter(jurisdiction_id=jurisdiction_id).select_related("organization")
    touched = follow(actor, own.select_for_update(of=("self",)).order_by("pk"), now)
    if touched:
        kinds = {rows.model._meta.label_lower: touched}
        record_bulk(actor=actor, verb=verb, subject=None, rows=kinds, now=now, jurisdiction_id=jurisdiction_id)
    return len(touched)


def end_recurring(*, actor: Actor, rows: models.QuerySet[Any], kind: str, now: datetime) -> None:
    """What recurs ends today (`ended_on`), and the duty of each goes with it. Part of a verb."""
    for one in rows.select_for_update(of=("self",)).order_by("pk"):
        one.ended_on = local_day(now)
        one.save(update_fields=["ended_on"])
        close_duties(actor=actor, record=one, kind=kind, now=now)


@verb
def open_duties(*, actor: Actor, wanted: Sequence[Wanted], now: datetime) -> list[int]:
    """Open duties on records just made, in bulk. Part of the caller's verb; returns their ids."""
    made = Duty.objects.bulk_create(
        (
            Duty(
                jurisdiction_id=one.record.jurisdiction_id,
                subject_kind=subject_kind(one.record),
                subject_key=one.record.key,
                kind=one.kind,
                title=one.title[:200],
                url=one.url,
                note=one.note[:300],
                organization=one.organization,
                evaluation=one.evaluation,
                due_at=one.due_at or (one.evaluation.due_at if one.evaluation else None),
                opened_at=now,
            )
            for one in wanted
        ),
        batch_size=2000,
    )
    return [duty.pk for duty in made]


def follow_many(*, actor: Actor, wanted: Mapping[int, Wanted], now: datetime) -> list[int]:
    """Open duties, by id, go to the body that is wanted now, with its title, address and time: one statement for 2,000.
    Part of the caller's verb, which journals their ids.
    """
    rows = [
        Duty(pk=pk, organization=one.organization, title=one.title[:200], url=one.url, due_at=one.due_at)
        for pk, one in wanted.items()
    ]
    opened = Duty.objects.filter(state=Duty.State.OPEN)
    opened.bulk_update(rows, ["organization", "title", "url", "due_at"], batch_size=2000)
    return list(wanted)
