"""People noticed in firms whom the organization keeps in touch with, before any of them applied."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.jurisdictions.models import Owned

from ..rules import leads as rules
from .applicants import Applicant
from .doors import RIGHT, seen_through


class TalentLeadQuerySet(models.QuerySet["TalentLead"]):
    """Doors to talent leads."""

    def visible_to(self, actor: Actor) -> TalentLeadQuerySet:
        """Whole jurisdictions; firms of one's subtree or covered by it; firms one covers as instructor."""
        inside = TalentLead.objects.filter(seen_through(actor, "enterprise")).order_by().values("pk")
        return self.filter(Q(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT)) | Q(pk__in=inside))


class TalentLead(Owned):
    """An owner, executive or backbone of a firm whom the organization noticed and keeps in touch with (人才线索).

    Who applies does so of his own will (发展党员工作细则 art. 5): the lead then ends with his application. Who would
    rather not is let be, and no reason of his is kept beyond the words of the clerk.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(Organization, models.PROTECT, related_name="talent_leads")
    kind = models.CharField(max_length=30)
    noticed_on = models.DateField()
    source = models.CharField(max_length=20, choices=list(rules.LEAD_SOURCES.items()))
    words = models.CharField(max_length=200, blank=True)
    next_step = models.CharField(max_length=120, blank=True)
    next_by = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=list(rules.LEAD_STATES.items()), default=rules.OPEN)
    applicant = models.ForeignKey(Applicant, models.PROTECT, null=True, blank=True, related_name="leads")
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=120, blank=True)
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects: ClassVar[models.Manager[TalentLead]] = TalentLeadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("人才线索")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=rules.OPEN), name="one_open_lead_per_person"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("noticed_on")), name="lead_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(state=rules.OPEN, ended_on__isnull=True, applicant__isnull=True)
                | Q(state=rules.APPLIED, ended_on__isnull=False, applicant__isnull=False)
                | (Q(state=rules.ENDED, ended_on__isnull=False, applicant__isnull=True) & ~Q(ended_reason="")),
                name="lead_state_says_how_it_ended",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "-noticed_on", "id"], name="lead_by_day")]

    def __str__(self) -> str:
        return f"{self.person.name} {self.noticed_on}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("partylife:lead", kwargs={"key": self.key})
