"""Pairs over towns: what is prescribed in the hands of a side of another place, and what that side reports."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db import models

from lianjian.files.models import Bundle
from lianjian.jurisdictions.models import Owned

from ..rules import pairing as rules
from .pairings import OfPairQuerySet, PairAction


class TaskQuerySet(OfPairQuerySet):
    """Doors to what is in the hands of a side."""

    way = "action__pairing"


class PairTask(Owned):
    """A prescribed action in the hands of a side of another place than the programme's: a row of the side's own
    place, on which its duty hangs."""

    action = models.ForeignKey(PairAction, models.PROTECT, related_name="tasks")
    side = models.CharField(max_length=8, choices=list(rules.SIDES.items()))

    objects = cast("TaskQuerySet", TaskQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["jurisdiction", "action", "side"], name="one_task_of_a_side"),
        ]

    def __str__(self) -> str:
        return self.action.name


class ReportQuerySet(OfPairQuerySet):
    """Doors to reports."""

    way = "task__action__pairing"

    def waiting(self) -> models.QuerySet[Any]:
        """Not counted yet: the programme's place has made no record of it."""
        return self.filter(record__isnull=True)


class PairReport(Owned):
    """What a side of another place says was done on a day, with its evidence: a row of the side's own place, lent to
    those of the programme and of the other side. The programme's place makes one `PairRecord` of it, which counts.
    """

    task = models.ForeignKey(PairTask, models.PROTECT, related_name="reports")
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    bundle = models.ForeignKey(Bundle, models.SET_NULL, null=True, blank=True, related_name="+")
    reported_by = models.CharField(max_length=80)
    reported_at = models.DateTimeField()

    objects = cast("ReportQuerySet", ReportQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]
        indexes: ClassVar = [models.Index(fields=["task"], name="report_by_task")]
