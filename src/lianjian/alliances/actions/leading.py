"""Name who went ahead in a campaign, and take it back."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.directory.models import Person
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import CampaignLead, Participant
from ..rules import leading as rules
from .campaigns import office


@verb(constraints={"one_lead_of_a_person_and_way": rules.LeadNamed})
def name_lead(
    *, actor: Actor, participant: Participant, person: Person, way: str, since: date, now: datetime
) -> CampaignLead:
    """Somebody of the body asked to go first, or leads the others.

    Raises `LeadNamed`, `LeadTooEarly`, `LeadUnknown`, `CampaignClosed`, `Denied`.
    """
    campaign = participant.campaign
    office(actor, campaign)
    rules.check_lead(way=way, since=since, began=campaign.since, today=local_day(now))
    made = CampaignLead.objects.create(
        jurisdiction_id=campaign.jurisdiction_id, participant=participant, person=person, way=way, since=since
    )
    changes = {"person": ("", person.name), "way": ("", way), "since": ("", since)}
    record(actor=actor, verb="alliances.name_lead", subject=participant, now=now, changes=changes)
    return made


@verb
def remove_lead(*, actor: Actor, lead: CampaignLead, now: datetime) -> None:
    """Written down by mistake, or the person asks for it: the name goes. Raises `CampaignClosed`, `Denied`."""
    office(actor, lead.participant.campaign)
    changes = {"way": (lead.way, "")}
    record(actor=actor, verb="alliances.remove_lead", subject=lead.participant, now=now, changes=changes)
    lead.delete()
