"""Public facts: division codes and industries. No jurisdiction owns them; the system administrator loads them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Area(models.Model):
    """A statistical division with its 12-digit code. A code that retired keeps its row with a last year.

    Levels: 1 province, 2 city, 3 county, 4 township, 5 village.
    """

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["name"], name="area_by_name")]

    def __str__(self) -> str:
        return self.name


class AreaShape(models.Model):
    """Boundary of an area, GeoJSON in WGS-84. Uploaded by a jurisdiction; what datum the file had is kept."""

    jurisdiction = models.ForeignKey("jurisdictions.Jurisdiction", models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    geojson = models.JSONField()
    source_datum = models.CharField(max_length=10, default="WGS-84")
    source = models.CharField(max_length=200, blank=True)
    uploaded_at = models.DateTimeField()


class Industry(models.Model):
    """GB/T 4754-2017: section (letter), division (2 digits), group (3), class (4)."""

    code = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=80)
    section = models.CharField(max_length=1)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
