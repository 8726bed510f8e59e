"""People who went ahead in a campaign."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from lianjian.directory.models import Person
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned

from ..rules import leading as rules
from .campaigns import Participant, of_part


class CampaignLeadQuerySet(models.QuerySet["CampaignLead"]):
    """Doors to people who went ahead."""

    def visible_to(self, actor: Actor) -> CampaignLeadQuerySet:
        """The office of the campaign and the body itself; others whose names are published."""
        if not actor.scopes("alliances.see"):
            return self.none()
        return self.filter(of_part(actor, "participant__organization") | Q(person__name_published=True))


class CampaignLead(Owned):
    """A person of a body that takes part, who asked to go first or leads the others. A name, no mark and no rank."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="leads")
    person = models.ForeignKey(Person, models.PROTECT, related_name="campaign_leads")
    way = models.CharField(max_length=8, choices=list(rules.LEADING.items()))
    since = models.DateField()

    objects = cast("CampaignLeadQuerySet", CampaignLeadQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["participant", "person", "way"], name="one_lead_of_a_person_and_way"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} {self.way}"
