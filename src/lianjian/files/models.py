"""Files in bundles. A record points to its bundle; the bytes lie outside the database under their SHA-256."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned


class Bundle(Owned):
    """The files of one record; made at the first upload."""

    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]


class FileQuerySet(models.QuerySet["File"]):
    """Doors to files."""

    def visible_to(self, actor: Actor) -> FileQuerySet:
        """Files made for oneself (exports). The files of a record are reached through that record's app."""
        return self.filter(made_for_id=actor.user_id or 0, removed_at__isnull=True)

    def present(self) -> FileQuerySet:
        """Not removed."""
        return self.filter(removed_at__isnull=True)


class File(Owned):
    """One file as people see it: its name and who brought it. Equal contents share one stored copy (`sha256`).

    Removal keeps the row; the bytes go later, when nothing else needs them. `size` in bytes.
    """

    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_collation="C")
    media_type = models.CharField(max_length=100)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[File]] = FileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="file_has_a_digest"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bundle", "id"], name="file_by_bundle"),
            models.Index(fields=["sha256"], name="file_by_content"),
            models.Index(
                fields=["made_for", "-at"], name="file_made_for", condition=models.Q(made_for__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name
