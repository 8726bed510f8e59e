"""Jurisdictions: whose record a row is. Every owned table carries `jurisdiction_id`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lianjian.foundation.keys import uuid7


class Jurisdiction(models.Model):
    """A town, or a county, city or province itself: the owner of records.

    Read across jurisdictions (the register of who exists); on the written list of `catalog.py`.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", "省"
        CITY = "city", "市"
        COUNTY = "county", "县"
        TOWN = "town", "乡镇"

    key = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=10, choices=Level.choices)
    prefix = models.CharField(max_length=8, help_text="letters in front of record numbers, such as JB")
    area_code = models.CharField(max_length=12, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["prefix"], name="one_jurisdiction_per_prefix"),
            models.UniqueConstraint(fields=["parent", "name"], name="one_jurisdiction_per_name", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.name


class Register(models.Model):
    """A row of the county's register: everybody signed in reads it, its own jurisdiction writes it."""

    key = models.UUIDField(default=uuid7, editable=False)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "jurisdiction"], name="%(app_label)s_%(class)s_key")
        ]


class Owned(models.Model):
    """A row that only its jurisdiction reads and writes, unless it was shared with another on purpose."""

    key = models.UUIDField(default=uuid7, editable=False)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "jurisdiction"], name="%(app_label)s_%(class)s_key")
        ]


class Share(models.Model):
    """One row of one jurisdiction lent to another, with a reason and an end. Read through `sec.shared`."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    grantee = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    table = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["grantee", "table", "until"], name="share_by_grantee")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["jurisdiction", "table", "row_id", "grantee"],
                condition=models.Q(until__isnull=True),
                name="one_open_share_per_row",
            )
        ]


class Counter(models.Model):
    """Last number given out for one kind of record in one year: record numbers have no gaps."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "kind", "year"], name="one_counter_per_kind_and_year")
        ]
