"""What is done in a campaign at each body: visits with problem and result, items to be put right."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import F, Q

from lianjian.directory.models import Organization
from lianjian.events.models import Visit
from lianjian.files.models import Bundle
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q
from lianjian.jurisdictions.models import Owned

from ..rules import campaigns as rules
from .campaigns import CampaignAction, Participant, of_part


class WorkQuerySet(models.QuerySet[Any]):
    """Doors to what was done at a body."""

    def visible_to(self, actor: Actor) -> WorkQuerySet:
        """The office of the campaign and the body itself."""
        return self.filter(of_part(actor, "participant__organization"))

    def counted(self) -> WorkQuerySet:
        """Not struck out."""
        return self.filter(struck_at__isnull=True)


class CampaignRecord(Owned):
    """What was found at a body on a day, and what came of it; `visit` is the visit it was found on.

    A problem with a day (`due_on`) is followed up: a duty of the office until the result is written down.
    """

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="records")
    action = models.ForeignKey(CampaignAction, models.PROTECT, null=True, blank=True, related_name="records")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="campaign_records")
    on = models.DateField()
    problem = models.CharField(max_length=300, blank=True)
    done = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=300, blank=True)
    result_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(max_length=200, blank=True)

    objects = cast("WorkQuerySet", WorkQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(result="", result_on__isnull=True) | (~Q(result="") & Q(result_on__isnull=False)),
                name="result_has_a_day",
            ),
            models.UniqueConstraint(
                fields=["participant", "action", "visit"],
                condition=Q(struck_at__isnull=True, visit__isnull=False),
                nulls_distinct=False,
                name="one_record_of_a_visit",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["participant", "on"], name="campaign_record_by_part")]

    def __str__(self) -> str:
        return f"{self.participant.organization.name} {self.on}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("alliances:participant", kwargs={"key": self.participant.key}) + f"#record-{self.key}"


class RectificationQuerySet(models.QuerySet["Rectification"]):
    """Doors to items to be put right."""

    def visible_to(self, actor: Actor) -> RectificationQuerySet:
        """The office of the campaign, the body, and who is responsible."""
        query = of_part(actor, "participant__organization")
        paths = subtree_paths(actor, rules.TAKE_PART)
        return self.filter(query | subtree_q("responsible__path", paths) if paths else query)


class Rectification(Owned):
    """An item to be put right: the issue, the measure, who is responsible, by when; checked by another person.

    `submitted_by` and `checked_by` are accounts: the database itself refuses that they are the same.
    """

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="rectifications")
    action = models.ForeignKey(
        CampaignAction, models.PROTECT, null=True, blank=True, related_name="rectifications"
    )
    issue = models.CharField(max_length=300)
    measure = models.CharField(max_length=300)
    responsible = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    found_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=9, choices=list(rules.STATES.items()), default=rules.OPEN)
    submitted_by = models.BigIntegerField(null=True, blank=True)
    checked_by = models.BigIntegerField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    bundle = models.ForeignKey(Bundle, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = cast("RectificationQuerySet", RectificationQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state=rules.ACCEPTED)
                | (
                    Q(submitted_by__isnull=False, checked_by__isnull=False) & ~Q(checked_by=F("submitted_by"))
                ),
                name="checked_by_another",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("found_on")), name="rectified_after_found"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["participant", "state"], name="rectification_by_part"),
            models.Index(fields=["jurisdiction", "state", "due_on"], name="rectification_by_day"),
        ]

    def __str__(self) -> str:
        return self.issue[:40]

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("alliances:rectification", kwargs={"key": self.key})


class RectificationStepQuerySet(models.QuerySet["RectificationStep"]):
    """Doors to the history of an item."""

    def visible_to(self, actor: Actor) -> RectificationStepQuerySet:
        """As the item."""
        return self.filter(rectification__in=Rectification.objects.visible_to(actor).values("pk"))


class RectificationStep(Owned):
    """Submitted, returned with its reason, accepted, dropped: who, when, in which words."""

    rectification = models.ForeignKey(Rectification, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=9, choices=list(rules.STATES.items()))
    words = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    objects = cast("RectificationStepQuerySet", RectificationStepQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]
        indexes: ClassVar = [models.Index(fields=["rectification", "id"], name="step_by_rectification")]
