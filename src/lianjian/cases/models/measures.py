"""What was done to answer a case, and what came of it, each with its quantity."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned

from .. import rules
from .cases import Case


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Doors to measures."""

    def visible_to(self, actor: Actor) -> MeasureQuerySet:
        """Those of the cases that the actor sees."""
        seen = Case.objects.visible_to(actor)  # type: ignore[attr-defined]
        return self.filter(case__in=seen)


class Measure(Owned):
    """One measure or outcome: 1600 平方米 of road, 12 jobs, 30 万元 of money.

    `amount` is in the base unit of its dimension (square metres, metres, kilograms, yuan; counting words stay), `unit`
    its code, `quantity_text` the words as written, in which "约" and "以上" stay. `channel` is how jobs were found
    (招聘会, 自行招聘). Withdrawn ones are counted nowhere.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="measures")
    kind = models.CharField(max_length=10)
    what = models.CharField(max_length=120)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    unit = models.CharField(max_length=16)
    quantity_text = models.CharField(max_length=40)
    channel = models.CharField(max_length=40, blank=True)
    done_on = models.DateField()
    by_unit = models.CharField(max_length=120, blank=True)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Measure]] = MeasureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=list(rules.MEASURE_KINDS)), name="measure_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="measure_is_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "id"], name="measure_by_case"),
            models.Index(fields=["jurisdiction", "done_on"], name="measure_by_day"),
        ]
