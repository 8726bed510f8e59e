"""Bodies join campaigns by a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk

from ..models import Campaign, Participant, ParticipantStep
from ..rules import campaigns as rules
from .campaigns import in_order, step_made


@dataclass(frozen=True)
class PartLine:
    """One row: a body in a campaign from a day on (today, or the campaign's first day)."""

    number: int
    campaign: str
    organization: Organization
    status: str
    on: date | None


@dataclass
class Imported:
    """What came of the rows, by their number."""

    made: dict[int, Participant] = field(default_factory=dict)
    refused: dict[int, Refused] = field(default_factory=dict)


@verb
def import_participants(
    *, actor: Actor, jurisdiction_id: int, rows: Sequence[PartLine], batch_key: str, now: datetime
) -> Imported:
    """Those who take part, campaign by campaign in the order of the sheet; one that is in it already says nothing new.

    A status that came later is moved on the body's own page, never by a sheet. Raises `Denied`.
    """
    require(actor, "alliances.write", Whole(jurisdiction_id))
    result = Imported()
    names = {line.campaign for line in rows}
    # Held in one order, so that two sheets of the same campaigns wait for each other and do not meet crosswise.
    mine = Campaign.objects.filter(jurisdiction_id=jurisdiction_id, name__in=names).order_by("pk")
    held = {one.name: one for one in mine.select_for_update(of=("self",))}
    for name in dict.fromkeys(line.campaign for line in rows):
        _join(actor, held.get(name), [line for line in rows if line.campaign == name], result, now)
    if result.made:
        record_bulk(
            actor=actor,
            verb="alliances.import_participants",
            subject=None,
            rows={"alliances.participant": [one.pk for one in result.made.values()]},
            now=now,
            note=batch_key,
            jurisdiction_id=jurisdiction_id,
        )
    return result


def _join(
    actor: Actor, campaign: Campaign | None, lines: Sequence[PartLine], result: Imported, now: datetime
) -> None:
    """The lines of one campaign."""
    there = set(campaign.participants.values_list("organization_id", flat=True)) if campaign else set()
    last = campaign.participants.aggregate(last=Max("number"))["last"] or 0 if campaign else 0
    made: dict[int, Participant] = {}
    for line in lines:
        refusal = _refusal(campaign, line, now)
        if refusal is not None or campaign is None:
            result.refused[line.number] = refusal or rules.NoSuchCampaign(name=line.campaign)
            continue
        if line.organization.pk in there:
            continue
        there.add(line.organization.pk)
        day = line.on or max(local_day(now), campaign.since)
        joins = line.status in (rules.PILOT, rules.JOINED)
        last += joins
        made[line.number] = Participant(
            jurisdiction_id=campaign.jurisdiction_id,
            campaign=campaign,
            organization=line.organization,
            status=line.status,
            status_on=day,
            pilot=line.status == rules.PILOT,
            joined_on=day if joins else None,
            number=last if joins else None,
        )
    Participant.objects.bulk_create(made.values(), batch_size=1_000)
    ParticipantStep.objects.bulk_create((step_made(actor, one, "", now) for one in made.values()), batch_size=1_000)
    if campaign is not None and made:
        in_order(campaign)
    result.made |= made


def _refusal(campaign: Campaign | None, line: PartLine, now: datetime) -> Refused | None:
    """Why a line is not taken."""
    if campaign is None:
        return rules.NoSuchCampaign(name=line.campaign)
    if campaign.closed_on is not None:
        return rules.CampaignClosed(field="campaign")
    body = line.organization
    if body.dissolved_on is not None or body.merged_into_id is not None:
        return rules.BodyGone(name=body.name, field="organization")
    if line.on is not None and not campaign.since <= line.on <= local_day(now):
        return rules.StepTooEarly(since=campaign.since)
    return None
