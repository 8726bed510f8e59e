"""How many cases there are, kept beside them by the database itself."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import F

from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.jurisdictions.models import Owned


class CaseCountQuerySet(models.QuerySet["CaseCount"]):
    """Doors to counts."""

    def visible_to(self, actor: Actor) -> CaseCountQuerySet:
        """Of whole jurisdictions alone: who sees a part of a place's cases must count them."""
        return self.filter(jurisdiction_id__in=whole_jurisdictions(actor, "cases.see"))


class CaseCount(Owned):
    """A change of the number of cases that figures count (`CaseQuerySet.counted`), of one kind, on one day.

    A trigger adds lines when cases are added, changed or removed (migration 0013), in the same transaction; a job folds
    equal lines into one. The sum of `n` over all lines of a measure is always the number of the cases themselves:

    - `month`: cases told in the month that begins on `day` and now in `state`;
    - `told`: cases told on `day`;
    - `ended`: cases ended on `day` (not before they were told) that were never opened again.
    """

    kind = models.CharField(max_length=20)
    measure = models.CharField(max_length=5)
    day = models.DateField()
    state = models.CharField(max_length=20, blank=True)
    n = models.IntegerField()

    objects = cast("CaseCountQuerySet", CaseCountQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]
        indexes: ClassVar = [
            # All that is read of it, so that the table itself is not.
            models.Index(
                fields=["jurisdiction", "measure", "kind", "day", "state"], include=["n"], name="case_count"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.day} {self.state} {self.n:+}"


def signed() -> models.Case:
    """What a line of `told` or `ended` does to the number of open cases."""
    return models.Case(models.When(measure="ended", then=-F("n")), default=F("n"))
