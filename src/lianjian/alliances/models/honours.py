"""Honours that bodies were given."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.jurisdictions.models import Register

from ..rules import honours as rules
from .campaigns import RegisterQuerySet


class Honour(Register):
    """An honour as it was published. `person_name` only where the publication names a person of the body.

    A withdrawn one stays with its reason: what was true on a day remains so.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="honours")
    title = models.CharField(max_length=80)
    level = models.CharField(max_length=10, choices=list(rules.LEVELS.items()))
    awarded_by = models.CharField(max_length=80)
    awarded_on = models.DateField()
    document = models.CharField(max_length=120)
    person_name = models.CharField(max_length=40, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = cast("RegisterQuerySet", RegisterQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "title", "awarded_on", "person_name"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_honour_of_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organization"], name="honour_by_organization")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("alliances:honour", kwargs={"key": self.key})
