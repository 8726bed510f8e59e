"""Frozen figures, with the identities of their rows; the templates that an office fills with figures."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from lianjian.files.models import Bundle
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.jurisdictions.models import Owned


class FrozenQuerySet(models.QuerySet["FrozenFigure"]):
    """Doors to frozen figures."""

    def visible_to(self, actor: Actor) -> FrozenQuerySet:
        """Those of jurisdictions whose figures the actor reads as a whole."""
        return self.filter(jurisdiction_id__in=whole_jurisdictions(actor, "figures.read"))


class FrozenFigure(Owned):
    """One figure of one scope and period as it was on the day it was frozen.

    A correction is another row that names the one it restates; nothing is ever overwritten.
    """

    code = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    organization_key = models.UUIDField()
    start = models.DateField()
    end = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=2)
    base = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    row_ids = ArrayField(models.BigIntegerField())
    base_ids = ArrayField(models.BigIntegerField(), default=list)
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=40)
    restates = models.ForeignKey("self", models.PROTECT, null=True, related_name="restated_by")
    reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[FrozenFigure]] = FrozenQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "code", "organization_key", "start", "end"],
                condition=models.Q(restates__isnull=True),
                name="one_first_freeze_of_a_figure",
            ),
            models.UniqueConstraint(fields=["restates"], name="one_restatement_of_a_freeze"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["jurisdiction", "code", "start", "end"], name="frozen_by_figure"),
        ]


class TemplateQuerySet(models.QuerySet["OfficeTemplate"]):
    """Doors to templates."""

    def visible_to(self, actor: Actor) -> TemplateQuerySet:
        """Those of jurisdictions in which the actor makes reports."""
        places = {j for scope in actor.scopes("reports.make") for j in scope.jurisdiction_ids}
        return self.filter(jurisdiction_id__in=places)


class OfficeTemplate(Owned):
    """A Word or Excel file with marks that a place fills with its figures again and again.

    Its file is the one present in the bundle; those it replaced are removed there and stay in the journal.
    """

    name = models.CharField(max_length=60)
    bundle = models.ForeignKey(Bundle, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.CharField(max_length=40)
    changed_at = models.DateTimeField()
    retired_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[OfficeTemplate]] = TemplateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                condition=models.Q(retired_on__isnull=True),
                name="one_template_in_use_per_name",
            ),
        ]
