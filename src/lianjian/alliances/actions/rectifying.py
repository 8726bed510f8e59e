"""Verbs of what is done at each body of a campaign: records with problem and result, items to be put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from lianjian.directory.models import Organization
from lianjian.duties import actions as duties
from lianjian.events.models import Visit
from lianjian.files.actions import attach
from lianjian.files.models import File
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import Denied
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import CampaignAction, CampaignRecord, Participant, Rectification, RectificationStep
from ..rules import campaigns as rules
from .campaigns import office


def may_submit(actor: Actor, item: Rectification) -> bool:
    """The office of the campaign, the body itself, and who is responsible."""
    if item.jurisdiction_id not in actor.writable or item.participant.campaign.closed_on is not None:
        return False
    return (
        actor.may("alliances.write", Whole(item.jurisdiction_id))
        or actor.may(rules.TAKE_PART, item.participant.organization)
        or actor.may(rules.TAKE_PART, item.responsible)
    )


def _working(
    actor: Actor, participant: Participant, action: CampaignAction | None, on: date, now: datetime
) -> None:
    """Raises `NotTakingPart`, `DoneAlready`, `OtherCampaign`, `StepTooEarly`, `CampaignClosed`, `Denied`."""
    office(actor, participant.campaign)
    # Held, so that a body is not marked as done while an item is being opened for it.
    held = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    if held.joined_on is None or held.status == rules.LEFT:
        raise rules.NotTakingPart
    if held.status == rules.DONE:
        raise rules.DoneAlready
    if action is not None and action.campaign_id != participant.campaign_id:
        raise rules.OtherCampaign
    since = participant.campaign.since
    if not since <= on <= local_day(now):
        raise rules.StepTooEarly(since=since)


@verb(constraints={"one_record_of_a_visit": rules.VisitRecorded})
def record_work(
    *,
    actor: Actor,
    participant: Participant,
    on: date,
    now: datetime,
    action: CampaignAction | None = None,
    visit: Visit | None = None,
    problem: str = "",
    done: str = "",
    due_on: date | None = None,
) -> CampaignRecord:
    """What was found at a body and done there (进解促: visit, problem, result); a problem with a day is followed up.

    Raises `NothingSaid`, `OtherVisit`, `VisitRecorded`, `DueTooEarly`, `ResultWithoutProblem`, `NotTakingPart`,
    `OtherCampaign`, `StepTooEarly`, `CampaignClosed`, `Denied`.
    """
    if visit is not None:
        if visit.organization_id != participant.organization_id:
            raise rules.OtherVisit
        on = visit.visited_on
    _working(actor, participant, action, on, now)
    problem, done = problem.strip()[:300], done.strip()[:300]
    if not problem and not done and visit is None:
        raise rules.NothingSaid
    if due_on is not None and not problem:
        raise rules.ResultWithoutProblem
    if due_on is not None and due_on < on:
        raise rules.DueTooEarly(since=on)
    made = CampaignRecord.objects.create(
        jurisdiction_id=participant.jurisdiction_id,
        participant=participant,
        action=action,
        visit=visit,
        on=on,
        problem=problem,
        done=done,
        due_on=due_on,
        recorded_by=actor.name[:80],
        recorded_at=now,
    )
    if due_on is not None:
        duties.open_duty(
            actor=actor,
            record=made,
            kind="alliances.follow_up",
            title=f"{participant.organization.name}:{problem}",
            url=made.get_absolute_url(),
            due_at=day_end(due_on),
            now=now,
        )
    changes = {"on": ("", on), "problem": ("", problem), "done": ("", done), "due_on": ("", due_on or "")}
    record(actor=actor, verb="alliances.record_work", subject=participant, now=now, changes=changes)
    return made


def _held(row: CampaignRecord) -> CampaignRecord:
    held: CampaignRecord = CampaignRecord.objects.select_for_update(of=("self",)).get(pk=row.pk)
    return held


@verb
def state_result(
    *, actor: Actor, work: CampaignRecord, result: str, result_on: date, now: datetime
) -> CampaignRecord:
    """What came of a problem; its duty is done. Raises `HasResult`, `RecordStruck`, `ResultWithoutProblem`,
    `ResultTooEarly`, `CampaignClosed`, `Denied`.
    """
    participant = work.participant
    office(actor, participant.campaign)
    held = _held(work)
    if held.struck_at is not None:
        raise rules.RecordStruck
    if not held.problem:
        raise rules.ResultWithoutProblem
    if held.result:
        raise rules.HasResult
    if not held.on <= result_on <= local_day(now):
        raise rules.ResultTooEarly(since=held.on)
    held.result, held.result_on = result.strip()[:300], result_on
    held.save(update_fields=["result", "result_on"])
    duties.close_duties(actor=actor, record=held, now=now)
    changes = {
        "problem": (held.problem, held.problem),
        "result": ("", held.result),
        "result_on": ("", result_on),
    }
    record(actor=actor, verb="alliances.state_result", subject=participant, now=now, changes=changes)
    return held


@verb
def strike_work(*, actor: Actor, work: CampaignRecord, reason: str, now: datetime) -> None:
    """It was a mistake and counts no more. Raises `RecordStruck`, `NeedsReason`, `CampaignClosed`, `Denied`."""
    participant = work.participant
    office(actor, participant.campaign)
    if not reason.strip():
        raise rules.NeedsReason
    held = _held(work)
    if held.struck_at is not None:
        raise rules.RecordStruck
    held.struck_at, held.struck_reason = now, reason.strip()[:200]
    held.save(update_fields=["struck_at", "struck_reason"])
    duties.close_duties(actor=actor, record=held, now=now)
    changes = {"on": (held.on, ""), "problem": (held.problem, ""), "reason": ("", held.struck_reason)}
    record(actor=actor, verb="alliances.strike_work", subject=participant, now=now, changes=changes)


@verb
def open_rectification(
    *,
    actor: Actor,
    participant: Participant,
    issue: str,
    measure: str,
    found_on: date,
    due_on: date,
    now: datetime,
    responsible: Organization | None = None,
    action: CampaignAction | None = None,
) -> Rectification:
    """An item to be put right: a duty of who is responsible, the body itself where nobody else is named.

    Raises `DueTooEarly`, `NotTakingPart`, `OtherCampaign`, `StepTooEarly`, `CampaignClosed`, `Denied`.
    """
    _working(actor, participant, action, found_on, now)
    if due_on < found_on:
        raise rules.DueTooEarly(since=found_on)
    made = Rectification.objects.create(
        jurisdiction_id=participant.jurisdiction_id,
        participant=participant,
        action=action,
        issue=issue.strip()[:300],
        measure=measure.strip()[:300],
        responsible=responsible or participant.organization,
        found_on=found_on,
        due_on=due_on,
    )
    _due(actor, made, now)
    changes = {"issue": ("", made.issue), "measure": ("", made.measure), "due_on": ("", due_on)}
    changes["responsible"] = ("", made.responsible.name)
    record(actor=actor, verb="alliances.open_rectification", subject=made, now=now, changes=changes)
    return made


def _url(item: Rectification) -> str:
    return reverse("alliances:rectification", kwargs={"key": item.key})


def _due(actor: Actor, item: Rectification, now: datetime, note: str = "") -> None:
    duties.open_duty(
        actor=actor,
        record=item,
        kind="alliances.rectify",
        title=f"{item.participant.organization.name}:{item.issue}",
        url=_url(item),
        due_at=day_end(item.due_on),
        organization=item.responsible,
        note=note,
        now=now,
    )


def _item(item: Rectification, *states: str) -> Rectification:
    """The item as it is now, where this may be done. Raises `NotOpen`."""
    rows = Rectification.objects.select_for_update(of=("self",))
    held = rows.select_related("participant__campaign", "participant__organization", "responsible").get(
        pk=item.pk
    )
    if held.state not in states:
        from lianjian.foundation.errors import translate

        raise rules.NotOpen(state=translate(rules.STATES[held.state]))
    return held


def _moved(actor: Actor, held: Rectification, state: str, words: str, now: datetime, *fields: str) -> None:
    held.state = state
    held.save(update_fields=["state", *fields])
    RectificationStep.objects.create(
        jurisdiction_id=held.jurisdiction_id,
        rectification=held,
        state=state,
        words=words,
        by=actor.name[:80],
        at=now,
    )


@verb
def submit_rectification(
    *, actor: Actor, item: Rectification, words: str, now: datetime, file: Sequence[UploadedFile[Any]] = ()
) -> Rectification:
    """It is put right, as its evidence shows (that of before, and `file`); the office is to check.

    Raises `NoEvidence`, `NotOpen`, `NeedsAccount`, `CampaignClosed`, `Denied`, and what refuses a file.
    """
    held = _item(item, rules.OPEN, rules.RETURNED)
    if held.participant.campaign.closed_on is not None:
        raise rules.CampaignClosed
    if not may_submit(actor, held):
        raise Denied
    if actor.user_id is None:
        raise rules.NeedsAccount
    for upload in file or ():
        attach(actor=actor, record=held, upload=upload, now=now)
    if not File.objects.present().filter(bundle_id=held.bundle_id or 0).exists():  # type: ignore[attr-defined]
        raise rules.NoEvidence
    held.submitted_by, held.checked_by = actor.user_id, None
    said = words.strip()[:300]
    _moved(actor, held, rules.SUBMITTED, said, now, "submitted_by", "checked_by")
    duties.close_duties(actor=actor, record=held, now=now)
    duties.open_duty(
        actor=actor,
        record=held,
        kind="alliances.check",
        title=f"{held.participant.organization.name}:{held.issue}",
        url=_url(held),
        now=now,
    )
    record(
        actor=actor,
        verb="alliances.submit_rectification",
        subject=held,
        now=now,
        changes={"words": ("", said)},
    )
    return held


def _checker(actor: Actor, item: Rectification) -> Rectification:
    """What another person submitted.

    Raises `CheckedByAnother`, `NeedsAccount`, `NotOpen`, `CampaignClosed`, `Denied`.
    """
    office(actor, item.participant.campaign)
    held = _item(item, rules.SUBMITTED)
    if actor.user_id is None:
        raise rules.NeedsAccount
    if held.submitted_by == actor.user_id:
        raise rules.CheckedByAnother
    return held


@verb(constraints={"checked_by_another": rules.CheckedByAnother})
def accept_rectification(
    *, actor: Actor, item: Rectification, now: datetime, words: str = ""
) -> Rectification:
    """It was seen to be put right. Raises `CheckedByAnother`, `NotOpen`, `CampaignClosed`, `Denied`."""
    held = _checker(actor, item)
    held.checked_by, held.settled_on = actor.user_id, local_day(now)
    said = words.strip()[:300]
    _moved(actor, held, rules.ACCEPTED, said, now, "checked_by", "settled_on")
    duties.close_duties(actor=actor, record=held, now=now)
    record(
        actor=actor,
        verb="alliances.accept_rectification",
        subject=held,
        now=now,
        changes={"words": ("", said)},
    )
    return held


@verb
def return_rectification(
    *, actor: Actor, item: Rectification, reason: str, now: datetime, due_on: date | None = None
) -> Rectification:
    """It is not put right yet: again a duty, by the old day or a new one.

    Raises `NeedsReason`, `DueTooEarly`, `CheckedByAnother`, `NotOpen`, `CampaignClosed`, `Denied`.
    """
    held = _checker(actor, item)
    if not reason.strip():
        raise rules.NeedsReason
    if due_on is not None and due_on < local_day(now):
        raise rules.DueTooEarly(since=local_day(now))
    held.checked_by = actor.user_id
    before, held.due_on = held.due_on, due_on or held.due_on
    said = reason.strip()[:300]
    _moved(actor, held, rules.RETURNED, said, now, "checked_by", "due_on")
    duties.close_duties(actor=actor, record=held, now=now)
    _due(actor, held, now, note=said)
    changes = {"reason": ("", said), "due_on": (before, held.due_on)}
    record(actor=actor, verb="alliances.return_rectification", subject=held, now=now, changes=changes)
    return held


@verb
def drop_rectification(*, actor: Actor, item: Rectification, reason: str, now: datetime) -> Rectification:
    """It need not be put right. Raises `NeedsReason`, `NotOpen`, `CampaignClosed`, `Denied`."""
    office(actor, item.participant.campaign)
    if not reason.strip():
        raise rules.NeedsReason
    held = _item(item, *rules.UNSETTLED)
    held.settled_on = local_day(now)
    said = reason.strip()[:300]
    _moved(actor, held, rules.DROPPED, said, now, "settled_on")
    duties.close_duties(actor=actor, record=held, now=now)
    record(
        actor=actor,
        verb="alliances.drop_rectification",
        subject=held,
        now=now,
        changes={"reason": ("", said)},
    )
    return held
