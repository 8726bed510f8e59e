"""Verbs of campaigns: open, change, close; sub-actions; who takes part and how far each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import (
    Campaign,
    CampaignAction,
    CampaignMeeting,
    CampaignRecord,
    Participant,
    ParticipantStep,
    Rectification,
)
from ..queries.goals import counted
from ..queries.terms import check_term
from ..rules import campaigns as rules

CAMPAIGN_FIELDS = ("name", "kind", "document", "about", "since", "until")


def office(actor: Actor, campaign: Campaign) -> None:
    """The office of the campaign's place, while it runs. Raises `CampaignClosed`, `Denied`."""
    require(actor, "alliances.write", Whole(campaign.jurisdiction_id))
    if campaign.closed_on is not None:
        raise rules.CampaignClosed


def _locked(campaign: Campaign) -> Campaign:
    """The campaign as it is now: places in the order of joining are handed out one after another."""
    held: Campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if held.closed_on is not None:
        raise rules.CampaignClosed
    return held


def _period(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise rules.CampaignEnds(since=since)


@verb(constraints={"one_campaign_per_name": rules.CampaignExists})
def open_campaign(
    *,
    actor: Actor,
    organization: Organization,
    name: str,
    kind: str,
    since: date,
    now: datetime,
    until: date | None = None,
    document: str = "",
    about: str = "",
) -> Campaign:
    """A campaign that a body of the place runs. Raises `CampaignExists`, `CampaignEnds`, `UnknownTerm`, `Denied`."""
    require(actor, "alliances.write", Whole(organization.jurisdiction_id))
    check_term(organization.jurisdiction_id, "campaign", kind)
    _period(since, until)
    made = Campaign.objects.create(
        jurisdiction_id=organization.jurisdiction_id,
        organization=organization,
        name=name.strip()[:60],
        kind=kind,
        document=document.strip()[:120],
        about=about.strip(),
        since=since,
        until=until,
    )
    changes = {field: ("", getattr(made, field)) for field in CAMPAIGN_FIELDS if getattr(made, field)}
    record(actor=actor, verb="alliances.open_campaign", subject=made, now=now, changes=changes)
    return made


@verb(constraints={"one_campaign_per_name": rules.CampaignExists})
def change_campaign(*, actor: Actor, campaign: Campaign, now: datetime, **values: Any) -> Campaign:
    """Other words or another period.

    Raises `CampaignExists`, `CampaignEnds`, `UnknownTerm`, `CampaignClosed`, `Denied`.
    """
    office(actor, campaign)
    values = {name: values[name] for name in CAMPAIGN_FIELDS if name in values}
    before = {name: getattr(campaign, name) for name in values}
    check_term(campaign.jurisdiction_id, "campaign", values.get("kind", campaign.kind), campaign.kind)
    _period(values.get("since", campaign.since), values.get("until", campaign.until))
    for name, value in values.items():
        setattr(campaign, name, value.strip() if isinstance(value, str) else value)
    campaign.save(update_fields=list(values))
    changes = diff(before, campaign)
    if changes:
        record(actor=actor, verb="alliances.change_campaign", subject=campaign, now=now, changes=changes)
    return campaign


@verb
def close_campaign(*, actor: Actor, campaign: Campaign, on: date, now: datetime) -> None:
    """It takes nothing any more from `on`. Raises `WorkOpen`, `StepTooEarly`, `CampaignClosed`, `Denied`."""
    require(actor, "alliances.write", Whole(campaign.jurisdiction_id))
    held = _locked(campaign)
    items = Rectification.objects.filter(participant__campaign=held, state__in=rules.UNSETTLED).count()
    followed = CampaignRecord.objects.counted().filter(
        participant__campaign=held, due_on__isnull=False, result=""
    )
    left_open = items + followed.count()
    if left_open:
        raise rules.WorkOpen(n=left_open)
    if not held.since <= on <= local_day(now):
        raise rules.StepTooEarly(since=held.since)
    held.closed_on = on
    held.save(update_fields=["closed_on"])
    record(
        actor=actor, verb="alliances.close_campaign", subject=held, now=now, changes={"closed_on": ("", on)}
    )


@verb(constraints={"one_campaign_action_per_name": rules.ActionExists})
def add_campaign_action(
    *,
    actor: Actor,
    campaign: Campaign,
    name: str,
    counts: str,
    now: datetime,
    target: int | None = None,
    criterion: str = "",
) -> CampaignAction:
    """A sub-action or goal, after those there are.

    Raises `ActionExists`, `NeedsTarget`, `UnknownCount`, `CampaignClosed`, `Denied`.
    """
    office(actor, campaign)
    _target(counts, target)
    _locked(campaign)
    last = campaign.actions.aggregate(last=Max("number"))["last"] or 0
    made = CampaignAction.objects.create(
        jurisdiction_id=campaign.jurisdiction_id,
        campaign=campaign,
        number=last + 1,
        name=name.strip()[:60],
        counts=counts,
        target=target,
        criterion=criterion.strip()[:200],
    )
    changes = {"action": ("", made.name), "counts": ("", counts), "target": ("", target or "")}
    record(actor=actor, verb="alliances.add_campaign_action", subject=campaign, now=now, changes=changes)
    return made


def _target(counts: str, target: int | None) -> None:
    if counted(counts) is None:
        raise rules.UnknownCount
    if (counts == rules.STATED) != (target is None) or (target is not None and target < 1):
        raise rules.NeedsTarget


@verb(constraints={"one_campaign_action_per_name": rules.ActionExists})
def change_campaign_action(
    *,
    actor: Actor,
    action: CampaignAction,
    name: str,
    counts: str,
    now: datetime,
    target: int | None = None,
    criterion: str = "",
) -> CampaignAction:
    """Another name, count or target.

    Raises `ActionExists`, `NeedsTarget`, `UnknownCount`, `CampaignClosed`, `Denied`.
    """
    office(actor, action.campaign)
    _target(counts, target)
    names = ("name", "counts", "target", "criterion", "reached_on", "reached_by")
    before = {one: getattr(action, one) for one in names}
    action.name, action.counts, action.target = name.strip()[:60], counts, target
    action.criterion = criterion.strip()[:200]
    if counts != rules.STATED:
        action.reached_on, action.reached_by = None, ""
    action.save(update_fields=list(names))
    changes = diff(before, action)
    if changes:
        record(
            actor=actor,
            verb="alliances.change_campaign_action",
            subject=action.campaign,
            now=now,
            changes=changes,
        )
    return action


@verb
def reach_goal(
    *, actor: Actor, action: CampaignAction, on: date, document: str, now: datetime
) -> CampaignAction:
    """A goal without a number is reached, by a document.

    Raises `NotStated`, `StepTooEarly`, `CampaignClosed`, `Denied`.
    """
    office(actor, action.campaign)
    if action.counts != rules.STATED:
        raise rules.NotStated
    if not action.campaign.since <= on <= local_day(now):
        raise rules.StepTooEarly(since=action.campaign.since)
    before = {"reached_on": action.reached_on, "reached_by": action.reached_by}
    action.reached_on, action.reached_by = on, document.strip()[:120]
    action.save(update_fields=list(before))
    changes = {"action": (action.name, action.name), **diff(before, action)}
    record(actor=actor, verb="alliances.reach_goal", subject=action.campaign, now=now, changes=changes)
    return action


@verb(constraints={"once_in_a_campaign": rules.AlreadyTakesPart})
def invite_to_campaign(
    *,
    actor: Actor,
    campaign: Campaign,
    organizations: Sequence[Organization],
    now: datetime,
    status: str = rules.INVITED,
    on: date | None = None,
) -> list[Participant]:
    """Bodies that are asked, or that take part from a day on (today); those who join have their places in this order.

    Raises `NoBodies`, `BodyGone`, `AlreadyTakesPart`, `StepTooEarly`, `CampaignClosed`, `Denied`.
    """
    office(actor, campaign)
    if not organizations:
        raise rules.NoBodies
    held = _locked(campaign)
    for one in organizations:
        check_entry(held, one, on, now)
    there = held.participants.filter(organization__in=organizations).select_related("organization").first()
    if there is not None:
        raise rules.AlreadyTakesPart(name=there.organization.name)
    entries = [Entry(one, status, on) for one in organizations]
    made = enter(actor, held, entries, now)
    day = made[0].status_on
    names = "、".join(one.name for one in organizations)
    changes = {status: ("", names[:500]), "count": ("", len(made)), "on": ("", day)}
    record(actor=actor, verb="alliances.invite_to_campaign", subject=campaign, now=now, changes=changes)
    return made


@dataclass(frozen=True)
class Entry:
    """A body that is asked or takes part from a day on: today, or the first day of a campaign to come."""

    organization: Organization
    status: str
    on: date | None


def check_entry(campaign: Campaign, body: Organization, on: date | None, now: datetime) -> None:
    """Whether a body may be in a campaign from a day on. Raises `CampaignClosed`, `BodyGone`, `StepTooEarly`."""
    if campaign.closed_on is not None:
        raise rules.CampaignClosed
    if body.dissolved_on is not None or body.merged_into_id is not None:
        raise rules.BodyGone(name=body.name)
    if on is not None and not campaign.since <= on <= local_day(now):
        raise rules.StepTooEarly(since=campaign.since)


def enter(actor: Actor, campaign: Campaign, entries: Sequence[Entry], now: datetime) -> list[Participant]:
    """Bodies that may be in the campaign and are not yet; who joins gets a place in this order.

    Part of a verb that holds the campaign's row.
    """
    last = campaign.participants.aggregate(last=Max("number"))["last"] or 0
    rows = []
    for one in entries:
        day = one.on or max(local_day(now), campaign.since)
        joins = one.status in (rules.PILOT, rules.JOINED)
        last += joins
        rows.append(
            Participant(
                jurisdiction_id=campaign.jurisdiction_id,
                campaign=campaign,
                organization=one.organization,
                status=one.status,
                status_on=day,
                pilot=one.status == rules.PILOT,
                joined_on=day if joins else None,
                number=last if joins else None,
            )
        )
    made = Participant.objects.bulk_create(rows, batch_size=1_000)
    ParticipantStep.objects.bulk_create((step_made(actor, one, "", now) for one in made), batch_size=1_000)
    if any(one.number for one in made):
        in_order(campaign)
    return made


def step_made(actor: Actor, part: Participant, reason: str, now: datetime) -> ParticipantStep:
    """The step that a body has just made."""
    return ParticipantStep(
        jurisdiction_id=part.jurisdiction_id,
        participant=part,
        status=part.status,
        on=part.status_on,
        reason=reason.strip()[:200],
        by=actor.name[:80],
        at=now,
    )


def in_order(campaign: Campaign) -> None:
    """Places follow the days of joining; on one day, the order in which they were written down.

    The caller holds the campaign's row, so that no two people number at a time.
    """
    rows = list(campaign.participants.filter(joined_on__isnull=False).order_by("joined_on", "number", "pk"))
    moved = [(place, one) for place, one in enumerate(rows, 1) if one.number != place]
    for place, one in moved:
        one.number = place
    Participant.objects.bulk_update([one for _place, one in moved], ["number"])


@verb
def move_participant(
    *, actor: Actor, participant: Participant, status: str, on: date, now: datetime, reason: str = ""
) -> Participant:
    """The next status of a body, from a day on. Nothing else moves it: no deadline, no count.

    Raises `NoSuchStep`, `NeedsReason`, `StepTooEarly`, `StillToRectify`, `CampaignClosed`, `Denied`.
    """
    campaign = participant.campaign
    office(actor, campaign)
    held = _locked(campaign)
    part: Participant = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    rules.check_step(part.status, status, reason)
    if not part.status_on <= on <= local_day(now):
        raise rules.StepTooEarly(since=part.status_on)
    if status == rules.DONE:
        open_items = part.rectifications.filter(state__in=rules.UNSETTLED).count()
        if open_items:
            raise rules.StillToRectify(n=open_items)
    before = {name: getattr(part, name) for name in ("status", "pilot", "joined_on")}
    part.status, part.status_on = status, on
    part.pilot = part.pilot or status == rules.PILOT
    joins = part.joined_on is None and status in (rules.PILOT, rules.JOINED)
    if joins:
        part.joined_on = on
        part.number = (held.participants.aggregate(last=Max("number"))["last"] or 0) + 1
    part.save(update_fields=["status", "status_on", "pilot", "joined_on", "number"])
    ParticipantStep.objects.bulk_create([step_made(actor, part, reason, now)])
    if joins:
        in_order(held)
    changes = {**diff(before, part), "on": ("", on), "reason": ("", reason.strip()[:200])}
    record(actor=actor, verb="alliances.move_participant", subject=part, now=now, changes=changes)
    return part


@verb(constraints={"one_tag_of_a_meeting": rules.MeetingTagged})
def tag_meeting(*, actor: Actor, campaign: Campaign, meeting: Meeting, now: datetime) -> CampaignMeeting:
    """A meeting or activity belongs to the campaign. Raises `MeetingTagged`, `CampaignClosed`, `Denied`."""
    office(actor, campaign)
    made = CampaignMeeting.objects.create(
        jurisdiction_id=campaign.jurisdiction_id, campaign=campaign, meeting=meeting
    )
    changes = {"meeting": ("", str(meeting))}
    record(actor=actor, verb="alliances.tag_meeting", subject=campaign, now=now, changes=changes)
    return made


@verb
def untag_meeting(*, actor: Actor, tag: CampaignMeeting, now: datetime) -> None:
    """It does not. Raises `CampaignClosed`, `Denied`."""
    office(actor, tag.campaign)
    changes = {"meeting": (str(tag.meeting), "")}
    record(actor=actor, verb="alliances.untag_meeting", subject=tag.campaign, now=now, changes=changes)
    tag.delete()
