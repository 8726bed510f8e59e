"""What needs are about, and which unit deals with them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lianjian.directory.models import Organization
from lianjian.jurisdictions.models import Register


class Category(Register):
    """One entry of a place's category tree. A code that a place does not have is taken from the one above it.

    `amount` and `unit` (wd, d, m, h) replace the number of `deadline_code` for needs of this category.
    """

    code = models.CharField(max_length=40, db_collation="C")
    name = models.CharField(max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    deadline_code = models.CharField(max_length=60, default="case.need")
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="one_category_per_code"),
        ]

    def __str__(self) -> str:
        return self.name


class Route(Register):
    """Needs of a category go to this unit: the suggestion at dispatch."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="routes")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["jurisdiction", "category"], name="one_route_per_category"),
        ]
