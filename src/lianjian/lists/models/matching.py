"""What can be matched, what changed of it, the office's words and weights, and what people said to a proposal."""

from __future__ import annotations

from typing import ClassVar, cast

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from lianjian.alliances.models import Alliance
from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned, Register

from .. import rules
from ..matching import seeds
from .items import alliances_of, counties, own_bodies


class MatchEntryQuerySet(models.QuerySet["MatchEntry"]):
    """Doors to entries."""

    def visible_to(self, actor: Actor) -> MatchEntryQuerySet:
        """What is offered to where the actor stands, and all of whole places and of one's own bodies."""
        if not actor.scopes("lists.see"):
            return self.none()
        return self.filter(
            own_bodies(actor, "organization")
            | Q(audience="public")
            | Q(audience="county", jurisdiction_id__in=counties(actor))
            | Q(audience="town", jurisdiction_id=actor.jurisdiction_id)
            | Q(audience="alliance", alliance_id__in=alliances_of(actor))
        )


class MatchEntry(Register):
    """A search row: one need or offer, as matching reads it. Only `actions.offer` and `actions.withdraw` write it.

    `path`, `chain` and the coordinates are those of the body when it was written; `actions.offer_missing` finds the
    rows that no longer say what the body's record says.

    The record itself belongs to the app that owns it (`subject_label`, `subject_key`). `left` and the ratings of a list
    item follow its claims by a trigger (migration 0003). `words` with `counts` are cut by `matching.words`.
    """

    kind = models.CharField(max_length=10, choices=list(rules.MATCHED.items()))
    subject_label = models.CharField(max_length=40)
    subject_key = models.UUIDField()
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="match_entries")
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    path = models.CharField(max_length=120, blank=True, default="", db_default="", db_collation="C", editable=False)
    category = models.CharField(max_length=30, blank=True)
    chain = models.CharField(max_length=30, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    left = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=10, blank=True)
    audience = models.CharField(max_length=10, choices=list(rules.VISIBILITY.items()), default="county")
    alliance = models.ForeignKey(Alliance, models.CASCADE, null=True, blank=True, related_name="+")
    ratings = models.PositiveIntegerField(default=0, editable=False)
    rating_sum = models.PositiveIntegerField(default=0, editable=False)
    words = ArrayField(models.CharField(max_length=24), default=list, editable=False)
    counts = ArrayField(models.PositiveSmallIntegerField(), default=list, editable=False)
    length = models.PositiveIntegerField(default=0, editable=False)
    search = SearchVectorField(null=True, editable=False)
    changed_at = models.DateTimeField()

    objects = cast("MatchEntryQuerySet", MatchEntryQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["subject_label", "subject_key"], name="one_match_entry_of_a_record"),
            models.CheckConstraint(
                condition=~Q(audience="alliance") | Q(alliance__isnull=False), name="match_entry_in_an_alliance"
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="match_entry_search", fastupdate=True, gin_pending_list_limit=1024),
        ]

    def __str__(self) -> str:
        return self.title


class MatchChange(models.Model):
    """An entry changed in the transaction `xid`; a trigger writes it. Readers follow transactions, not the sequence:
    a number given out early may be committed late.
    """

    entry_id = models.BigIntegerField()
    xid = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["xid", "entry_id"], name="match_change_by_xid"),
        ]


class MatchCount(models.Model):
    """A night's count of all entries: how many, and how long they are on the average.

    `floor`: the last transaction whose changes have been purged; an index that ends there or before is built anew.
    """

    at = models.DateTimeField()
    documents = models.PositiveIntegerField()
    mean_length = models.FloatField()
    floor = models.BigIntegerField(default=0, db_default=0)


class MatchWord(models.Model):
    """In how many entries a word stood on the night of a count."""

    count = models.ForeignKey(MatchCount, models.CASCADE, related_name="words", db_index=False)
    word = models.CharField(max_length=24, db_collation="C")
    documents = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["count", "word"], name="one_number_per_word_and_count"),
        ]


class Synonym(Register):
    """Two words that mean the same in an office's needs and offers; taken back by `retired_on`, never deleted."""

    word = models.CharField(max_length=24)
    other = models.CharField(max_length=24)
    ground = models.CharField(max_length=200, blank=True)
    added_by = models.CharField(max_length=80)
    added_on = models.DateField()
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "word", "other"],
                condition=Q(retired_on__isnull=True),
                name="one_synonym_of_a_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word} = {self.other}"


class MatchWeight(Register):
    """How much a criterion counts in an office; without a row the weight of `matching.seeds`."""

    code = models.CharField(max_length=10, choices=[(code, name) for code, (name, _weight) in seeds.WEIGHTS.items()])
    value = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="one_weight_of_a_criterion"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=20), name="match_weight_in_range"),
        ]


class VerdictQuerySet(models.QuerySet["Verdict"]):
    """Doors to verdicts."""

    def visible_to(self, actor: Actor) -> VerdictQuerySet:
        """Those of one's own side."""
        return self.filter(own_bodies(actor, "organization")) if actor.scopes("lists.see") else self.none()


class Verdict(Owned):
    """What a person said to a proposal: taken up or refused, with the addends it had on that day.

    `asker_key` is the record that looked, `found_key` the one that was proposed to it; `organization` looked.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="match_verdicts")
    asker_label = models.CharField(max_length=40)
    asker_key = models.UUIDField()
    asker_title = models.CharField(max_length=120)
    found_label = models.CharField(max_length=40)
    found_key = models.UUIDField()
    found_title = models.CharField(max_length=120)
    accepted = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True)
    score = models.FloatField()
    parts = models.JSONField(default=dict)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

    objects = cast("VerdictQuerySet", VerdictQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["asker_key", "found_key"], name="one_verdict_of_a_proposal"),
            models.CheckConstraint(condition=Q(accepted=True) | ~Q(reason=""), name="refused_match_says_why"),
        ]
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "-id"], name="verdict_by_place")]
