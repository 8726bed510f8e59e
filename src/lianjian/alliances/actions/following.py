"""Pairs over towns: the duties at a side in another place, what it reports, and how that is counted.

A row is written by its own place only. Whatever changes a pair therefore calls `spread`: each other place follows by a
job, which brings its own rows in line with what is, not with what happened - run twice, late or out of order it gives
the same. What a side reports at home is counted by a job in the programme's place, once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F, Model, Q
from django.urls import reverse

from lianjian.directory.models import Organization
from lianjian.duties import actions as duties
from lianjian.duties.models import Duty
from lianjian.files.actions import attach
from lianjian.files.models import File
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.jobs import enqueue
from lianjian.foundation.rights import Denied, require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record, record_bulk
from lianjian.jurisdictions.actions import share_together

from ..models import PairAction, Pairing, PairRecord, PairReport, PairTask
from ..rules import pairing as rules

SHARED_FOR = "参加同一对结对"
KINDS = {side: f"alliances.pair_{side}" for side in rules.SIDES}


def lend(*, actor: Actor, rows: Iterable[Model], pairing: Pairing, now: datetime) -> None:
    """Let the programme's place and those of both sides read these rows. Part of the caller's verb."""
    if len(pairing.places) > 1:
        share_together(actor=actor, rows=rows, grantees=pairing.places, reason=SHARED_FOR, now=now)


def lend_actions(*, actor: Actor, actions: Iterable[PairAction], now: datetime) -> None:
    """The same for what was prescribed to many pairs at once."""
    groups: dict[frozenset[int], list[PairAction]] = {}
    for one in actions:
        groups.setdefault(frozenset(one.pairing.places), []).append(one)
    for places, rows in groups.items():
        if len(places) > 1:
            share_together(actor=actor, rows=rows, grantees=places, reason=SHARED_FOR, now=now)


@verb
def hang_evidence(
    *, actor: Actor, row: PairRecord | PairReport, pairing: Pairing, upload: UploadedFile[Any], now: datetime
) -> File:
    """A file on a record or a report, which the programme's place and those of both sides read; journalled as attached.

    Raises `TooManyFiles`, what the examination refuses, and `Denied` where the side's reports are not the actor's.
    """
    if isinstance(row, PairReport) and row.task.side not in sides_at_home(actor, pairing):
        raise Denied
    if isinstance(row, PairRecord) and not may_record(actor, pairing):
        raise Denied
    made = attach(actor=actor, record=row, upload=upload, now=now)
    lend(actor=actor, rows=[made], pairing=pairing, now=now)
    return made


def hang_all(
    actor: Actor, row: PairRecord | PairReport, pairing: Pairing, files: Sequence[UploadedFile[Any]], now: datetime
) -> None:
    """What came with a record or a report. Part of the caller's verb."""
    for upload in files or ():
        hang_evidence(actor=actor, row=row, pairing=pairing, upload=upload, now=now)


def spread(*, pairings: Collection[Pairing]) -> None:
    """Let the other places follow what has become of these pairs. Part of the caller's verb."""
    waiting: dict[int, list[int]] = {}
    for pair in pairings:
        for place in pair.places - {pair.jurisdiction_id}:
            waiting.setdefault(place, []).append(pair.pk)
    for place, ids in sorted(waiting.items()):
        enqueue("alliances.follow", jurisdiction_id=place, pairing_ids=ids)


def stands(body: Organization) -> bool:
    """Whether the body still is: nobody else does what was prescribed to it."""
    return body.dissolved_on is None and body.merged_into_id is None


def wanted_duties(action: PairAction) -> list[duties.Wanted]:
    """One for each side of the programme's own place that the action is prescribed for."""
    pair = action.pairing
    return [
        _wanted(action, action, side)
        for side in rules.sides_of(action.sides)
        if getattr(pair, side).jurisdiction_id == pair.jurisdiction_id and stands(getattr(pair, side))
    ]


def _wanted(row: PairAction | PairTask, action: PairAction, side: str) -> duties.Wanted:
    pair = action.pairing
    return duties.Wanted(
        record=row,
        kind=KINDS[side],
        title=f"{translate(action.name)}:{pair.giver.name} – {pair.receiver.name}",
        url=reverse("alliances:pairing", kwargs={"key": pair.key}),
        due_at=day_end(action.due_on),
        organization=getattr(pair, side),
    )


@verb
def follow_pairs(*, actor: Actor, pairing_ids: Sequence[int], now: datetime) -> int:
    """The actor's place brings the duties of its sides in line with pairs of other places; how many changed."""
    require(actor, "alliances.pair", Whole(actor.jurisdiction_id))
    touched = _follow(actor, actor.jurisdiction_id, pairing_ids, now)
    if touched:
        record_bulk(
            actor=actor,
            verb="alliances.follow_pairs",
            subject=None,
            rows={"alliances.pairtask": touched},
            now=now,
            jurisdiction_id=actor.jurisdiction_id,
        )
    return len(touched)


def _follow(actor: Actor, place: int, pairing_ids: Collection[int], now: datetime) -> list[int]:
    """The tasks that were made, and those whose duty was opened or closed."""
    known = PairTask.objects.filter(jurisdiction_id=place, action__pairing_id__in=pairing_ids)
    before = set(known.values_list("pk", flat=True))
    tasks = _tasks(place, pairing_ids)
    # Read after the tasks are held: two that follow at once wait for each other, and the later one sees all.
    left = _left([task.action_id for task in tasks])
    open_now = set(
        Duty.objects.filter(
            jurisdiction_id=place, subject_kind="alliances.pairtask", state=Duty.State.OPEN,
            subject_key__in=[task.key for task in tasks],
        ).values_list("subject_key", flat=True)
    )  # fmt: skip
    opened, closed = [], []
    for task in tasks:
        pair = task.action.pairing
        wants = left.get(task.action_id, 0) > 0 and pair.until is None and stands(getattr(pair, task.side))
        if wants and task.key not in open_now:
            opened.append(task)
        elif not wants and task.key in open_now:
            closed.append(task)
    duties.open_duties(actor=actor, wanted=[_wanted(task, task.action, task.side) for task in opened], now=now)
    for task in closed:
        duties.close_duties(actor=actor, record=task, now=now)
    made = [task for task in tasks if task.pk not in before]
    return sorted({task.pk for task in (*made, *opened, *closed)})


def _tasks(place: int, pairing_ids: Collection[int]) -> list[PairTask]:
    """The tasks of this place's sides, held; those that are missing are made while the pair stands."""
    actions = PairAction.objects.filter(pairing_id__in=pairing_ids, pairing__until__isnull=True)
    actions = actions.exclude(jurisdiction_id=place)
    rows = actions.select_related("pairing__giver", "pairing__receiver").order_by("pk")
    PairTask.objects.bulk_create(
        (
            PairTask(jurisdiction_id=place, action=one, side=side)
            for one in rows
            for side in rules.sides_of(one.sides)
            if getattr(one.pairing, side).jurisdiction_id == place
        ),
        ignore_conflicts=True,
    )
    mine = PairTask.objects.filter(jurisdiction_id=place, action__pairing_id__in=pairing_ids).order_by("pk")
    held = list(mine.select_for_update(of=("self",)).values_list("pk", flat=True))
    found = PairTask.objects.filter(pk__in=held).order_by("pk")
    return list(found.select_related("action__pairing__giver", "action__pairing__receiver"))


def _countable() -> Q:
    """Reports of days on which their pair stood, told by the place of the side that they name."""
    pair = "task__action__pairing__"
    own = Q(task__side=rules.GIVER, jurisdiction_id=F(f"{pair}giver__jurisdiction_id")) | Q(
        task__side=rules.RECEIVER, jurisdiction_id=F(f"{pair}receiver__jurisdiction_id")
    )
    over = Q(**{f"{pair}until__isnull": True}) | Q(**{f"{pair}until__gt": F("on")})
    return own & over & Q(**{f"{pair}since__lte": F("on")})


def _left(action_ids: Collection[int]) -> dict[int, int]:
    """How often each action is still to be done; a report that waits to be counted is one time less."""
    times = dict(PairAction.objects.filter(pk__in=action_ids).values_list("pk", "times"))
    done = PairRecord.objects.filter(action_id__in=times, struck_at__isnull=True).values_list("action_id", flat=True)
    told = PairReport.objects.waiting().filter(_countable(), task__action_id__in=times)
    for action in (*done, *told.values_list("task__action_id", flat=True)):
        times[action] -= 1
    return times


def may_record(actor: Actor, pairing: Pairing) -> bool:
    """The office of the programme, and the people of either side."""
    if pairing.jurisdiction_id not in actor.writable:
        return False
    return (
        actor.may("alliances.write", Whole(pairing.jurisdiction_id))
        or actor.may("alliances.pair", pairing.giver)
        or actor.may("alliances.pair", pairing.receiver)
    )


def sides_at_home(actor: Actor, pairing: Pairing) -> tuple[str, ...]:
    """The sides of another place than the programme's for which the actor reports."""
    if pairing.until is not None:
        return ()
    bodies = {side: getattr(pairing, side) for side in rules.SIDES}
    return tuple(
        side
        for side, body in bodies.items()
        if body.jurisdiction_id != pairing.jurisdiction_id
        and body.jurisdiction_id in actor.writable
        and actor.may("alliances.pair", body)
    )


def side_to_report(actor: Actor, action: PairAction) -> str | None:
    """The side for which the actor reports this action; none where it is prescribed to neither of theirs."""
    mine = sides_at_home(actor, action.pairing)
    return next((side for side in rules.sides_of(action.sides) if side in mine), None)


@verb
def report_action(
    *, actor: Actor, action: PairAction, on: date, now: datetime, note: str = "", file: Sequence[UploadedFile[Any]] = ()
) -> PairReport:
    """A side of another place says that it was done on a day; its duty is done, and the programme's place counts it.

    Its evidence is hung on the report. Raises `PairEnded`, `BeforePair`, `Denied`, and what refuses a file.
    """
    pairing = action.pairing
    pairing.refresh_from_db(fields=["since", "until"])
    if pairing.until is not None:
        raise rules.PairEnded
    side = side_to_report(actor, action)
    if side is None:
        raise Denied
    body: Organization = getattr(pairing, side)
    require(actor, "alliances.pair", body)
    if not pairing.since <= on <= local_day(now):
        raise rules.BeforePair(since=pairing.since)
    place = body.jurisdiction_id
    _tasks(place, [pairing.pk])
    made = PairReport.objects.create(
        jurisdiction_id=place,
        task=PairTask.objects.get(action=action, side=side, jurisdiction_id=place),
        on=on,
        note=note.strip()[:300],
        reported_by=actor.name[:80],
        reported_at=now,
    )
    lend(actor=actor, rows=[made.task, made], pairing=pairing, now=now)
    hang_all(actor, made, pairing, file, now)
    _follow(actor, place, [pairing.pk], now)
    enqueue("alliances.take_reports", jurisdiction_id=pairing.jurisdiction_id, pairing_id=pairing.pk)
    changes = {"action": ("", action.name), "on": ("", on), "note": ("", made.note)}
    record(actor=actor, verb="alliances.report_action", subject=made, now=now, changes=changes)
    return made


@verb
def take_reports(*, actor: Actor, pairing: Pairing, now: datetime) -> list[PairRecord]:
    """The programme's place makes a record of each report that waits; again, it makes none. Raises `Denied`.

    A report of a day on which the pair stood no more stays what it is and is not counted.
    """
    require(actor, "alliances.write", Whole(pairing.jurisdiction_id))
    pairing = hold(pairing)
    actions = {one.pk: one for one in pairing.actions.select_for_update(of=("self",)).order_by("pk")}
    rows = PairReport.objects.waiting().filter(_countable(), task__action_id__in=actions)
    told = list(rows.select_related("task").order_by("on", "pk"))
    if not told:
        return []
    made = [
        PairRecord.objects.create(
            jurisdiction_id=pairing.jurisdiction_id,
            action=actions[one.task.action_id],
            report=one,
            on=one.on,
            note=one.note,
            recorded_by=one.reported_by,
            recorded_at=now,
        )
        for one in told
    ]
    lend(actor=actor, rows=made, pairing=pairing, now=now)
    for pk in sorted({one.action_id for one in made}):
        actions[pk].pairing = pairing
        count(actor, actions[pk], now)
    spread(pairings=[pairing])
    changes: dict[str, tuple[Any, Any]] = {"records": ("", len(made))}
    record(actor=actor, verb="alliances.take_reports", subject=pairing, now=now, changes=changes)
    return made


def hold(pairing: Pairing) -> Pairing:
    """The pair as it is now, held while the verb runs: it does not end while a report of it is counted."""
    held = Pairing.objects.select_for_update(of=("self",)).select_related("giver", "receiver")
    return held.get(pk=pairing.pk)


def count(actor: Actor, action: PairAction, now: datetime) -> None:
    """Whether the action is done, and its duties in the programme's place with it. The action is held."""
    days = list(action.records.filter(struck_at__isnull=True).order_by("on").values_list("on", flat=True))
    done_on = days[action.times - 1] if len(days) >= action.times else None
    was = action.done_on
    if was == done_on:
        return
    action.done_on = done_on
    action.save(update_fields=["done_on"])
    if was is None:
        duties.close_duties(actor=actor, record=action, now=now)
    elif done_on is None and action.pairing.until is None:
        duties.open_duties(actor=actor, wanted=wanted_duties(action), now=now)


def body_ended(actor: Actor, organization: Organization, now: datetime) -> None:
    """A body was dissolved: what pairs wanted of it is wanted no more; what was done stays. Part of that verb."""
    pairs = Pairing.objects.filter(Q(giver=organization) | Q(receiver=organization), until__isnull=True)
    ids = list(pairs.values_list("pk", flat=True))
    if not ids:
        return
    own = Duty.objects.filter(
        organization=organization, kind__in=KINDS.values(), state=Duty.State.OPEN,
        jurisdiction_id=organization.jurisdiction_id,
    )  # fmt: skip
    for action in PairAction.objects.filter(pairing_id__in=ids, key__in=own.values("subject_key")):
        for kind in own.filter(subject_key=action.key).values_list("kind", flat=True):
            duties.close_duties(actor=actor, record=action, kind=kind, now=now)
    _follow(actor, organization.jurisdiction_id, ids, now)
