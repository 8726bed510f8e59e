"""The journal: one chained entry per verb, and the readable values apart from it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.foundation.withheld import without_withheld
from lianjian.jurisdictions.models import Jurisdiction


class EntryQuerySet(models.QuerySet["Entry"]):
    """Doors to entries."""

    def visible_to(self, actor: Actor) -> EntryQuerySet:
        """The chains of the jurisdictions in which `journal.read` holds over everything."""
        rows = self.filter(jurisdiction_id__in=whole_jurisdictions(actor, "journal.read"))
        return without_withheld(rows, actor)


class Entry(models.Model):
    """What was done, by whom, on what. Number, time and hash are set by the database when the act commits.

    `body` is JSON: field names with commitments instead of values, a note, and for a bulk verb count and digest.
    The application can add and read; nobody can change or remove (migration 0001).
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    seq = models.BigIntegerField(null=True, editable=False)
    at = models.DateTimeField(null=True, editable=False)
    txid = models.BigIntegerField(null=True, editable=False)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_key = models.UUIDField(null=True)
    body = models.TextField()
    prev = models.BinaryField(null=True, editable=False)
    hash = models.BinaryField(null=True, editable=False)

    objects: ClassVar[models.Manager[Entry]] = EntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "seq"], name="one_entry_per_number"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["jurisdiction", "subject_key", "id"], name="entry_by_subject"),
            models.Index(fields=["jurisdiction", "at"], name="entry_by_time"),
            models.Index(fields=["txid"], name="entry_unchained", condition=models.Q(seq__isnull=True)),
        ]


class Head(models.Model):
    """The last number and hash of each chain."""

    jurisdiction = models.OneToOneField(Jurisdiction, models.PROTECT, primary_key=True, related_name="+")
    seq = models.BigIntegerField()
    hash = models.BinaryField()


class Change(models.Model):
    """A value before and after, for people to read. May be erased; the entry then keeps a mute commitment.

    `salt` enters the commitment in the entry's body, so that values cannot be guessed from it.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="changes", db_index=False)
    field = models.CharField(max_length=60)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    salt = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["entry"], name="change_by_entry")]


class Anchor(models.Model):
    """The heads of all chains at one moment, signed and published: what a later forgery is measured by.

    `body` is the signed document as it lies in the folder `anchors`; `short` its first twelve places, for paper.
    Belongs to no jurisdiction: it is made to be seen by everybody and holds no more than hashes.
    """

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    short = models.CharField(max_length=12)
    body = models.TextField()


class Check(models.Model):
    """One verification of one chain: how many entries were read, and what was wrong (nothing, it is hoped)."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entries = models.PositiveBigIntegerField()
    problems = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "-at"], name="check_by_jurisdiction")]
