"""Model cases (先进典型) that others can learn from."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.jurisdictions.models import Register

from .campaigns import RegisterQuerySet


class ModelCase(Register):
    """What a body or a place did that others can learn from, as a document of a year named it.

    `organization` where it stands in the register (an alliance, a town, a village, a firm), else `place` in words. What
    is told to the public is a document about it that went through its reviews. A withdrawn one stays with its reason.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="model_cases")
    place = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    named_by = models.CharField(max_length=80)
    document = models.CharField(max_length=120)
    story = models.TextField(blank=True)
    lessons = models.TextField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = cast("RegisterQuerySet", RegisterQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "title", "year"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_model_case_of_a_year",
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=False, place="") | (Q(organization__isnull=True) & ~Q(place="")),
                name="model_case_has_one_place",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organization"], name="model_case_by_organization")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("alliances:model_case", kwargs={"key": self.key})
