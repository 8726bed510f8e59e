"""Villages whose households moved to a settlement (整体搬迁、避险搬迁), in numbers only."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import F, Q

from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Register

from .organizations import Organization


class RelocationQuerySet(models.QuerySet["Relocation"]):
    """Doors to relocations."""

    def visible_to(self, actor: Actor) -> RelocationQuerySet:
        """The register is read by everybody who signed in."""
        return self

    def on(self, day: object) -> RelocationQuerySet:
        """Those who live there on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class Relocation(Register):
    """`households` of `village` with `residents` people moved to `settlement` on `since`, and left it on `until`.

    A village may move in several steps, one row each; `whole` marks the step by which all of it has moved. No names.
    """

    village = models.ForeignKey(Organization, models.PROTECT, related_name="moved_to")
    settlement = models.ForeignKey(Organization, models.PROTECT, related_name="moved_in")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    households = models.PositiveIntegerField()
    residents = models.PositiveIntegerField()
    whole = models.BooleanField(default=False)
    document = models.CharField(max_length=120)

    objects = cast("RelocationQuerySet", RelocationQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="relocation_ends_later"
            ),
            models.CheckConstraint(condition=~Q(village=F("settlement")), name="relocation_leads_elsewhere"),
            models.CheckConstraint(
                condition=Q(households__gte=1, residents__gte=F("households")), name="household_has_a_resident"
            ),
            models.UniqueConstraint(fields=["village", "settlement", "since"], name="one_relocation_of_a_day"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["settlement", "since"], name="relocation_by_settlement"),
            models.Index(fields=["village", "since"], name="relocation_by_village"),
        ]
