"""Bodies join campaigns by a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk

from ..models import Campaign, Participant
from ..rules import campaigns as rules
from .campaigns import Entry, check_entry, enter

# What a form calls a field, and what the sheet calls its column.
COLUMNS = {"names": "organization"}


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
    wanted: dict[int, Entry] = {}
    for line in lines:
        if campaign is None:
            result.refused[line.number] = rules.NoSuchCampaign(name=line.campaign)
            continue
        try:
            check_entry(campaign, line.organization, line.on, now)
        except Refused as refusal:
            refusal.field = COLUMNS.get(refusal.field or "", refusal.field) or "campaign"
            result.refused[line.number] = refusal
            continue
        if line.organization.pk not in there:
            there.add(line.organization.pk)
            wanted[line.number] = Entry(line.organization, line.status, line.on)
    if campaign is not None and wanted:
        result.made |= dict(zip(wanted, enter(actor, campaign, list(wanted.values()), now), strict=True))
