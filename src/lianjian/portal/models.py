"""Public entrances (a QR code of a firm, a village, a whole place), and counters against floods."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.jurisdictions.models import Register

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_code() -> str:
    """Ten signs that nobody takes for one another."""
    return "".join(secrets.choice(SIGNS) for _place in range(10))


class Entrance(Register):
    """A public address at which matters of one body's place are told; printed as a QR code.

    `organization` is the firm, the village, or the root of the place; `spot` says where the code hangs (a grid, a
    building). `kinds` are the kinds of cases told here, empty for all that people may tell.
    """

    code = models.CharField(max_length=10, default=new_code, unique=True, db_collation="C")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    spot = models.CharField(max_length=60, blank=True)
    kinds = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    made_on = models.DateField()
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "spot"],
                condition=Q(retired_on__isnull=True),
                name="one_entrance_per_spot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization.name} {self.spot}".strip()


class Tally(models.Model):
    """How often something came within a span of time: `key` is a keyed digest, never an address or a phone."""

    key = models.CharField(max_length=64, db_collation="C")
    slot = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "slot"], name="one_tally_per_slot"),
        ]
        indexes: ClassVar = [models.Index(fields=["slot"], name="tally_by_slot")]
