"""Tags that an office gives to organizations: groups, tags, what is done for who has one, who has it when."""

from __future__ import annotations

from typing import ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Register
from lianjian.rulebook.queries import line_of

from .organizations import DateRange, Organization


class TagScheme(Register):
    """A group of tags of one place, used by the places below it too: key villages, or the four classes of villages.

    `exclusive`: an organization has one of its tags at a time. `kinds` are the classifications that may have one; none
    means all.
    """

    name = models.CharField(max_length=40)
    about = models.CharField(max_length=300, blank=True)
    kinds = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    exclusive = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="one_tag_scheme_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class TagQuerySet(models.QuerySet["Tag"]):
    """Doors to tags."""

    def visible_to(self, actor: Actor) -> TagQuerySet:
        """The register is read by everybody who signed in."""
        return self

    def used_by(self, actor: Actor) -> TagQuerySet:
        """Those to choose from: of one's own place and those above it, and of the places that one reads."""
        places = {*line_of(actor.jurisdiction_id), *actor.readable}
        return self.filter(jurisdiction_id__in=sorted(places))


class Tag(Register):
    """One word of a group. `slot` is what an organization can fill once: the whole group (below zero) or the tag alone.

    `document` is what introduced it. A retired tag is not given anew; who has it keeps it.
    """

    scheme = models.ForeignKey(TagScheme, models.PROTECT, related_name="tags")
    name = models.CharField(max_length=40)
    document = models.CharField(max_length=120, blank=True)
    slot = models.BigIntegerField(editable=False)
    retired_on = models.DateField(null=True, blank=True)

    objects = cast("TagQuerySet", TagQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["scheme", "name"], name="one_tag_per_name"),
            models.UniqueConstraint(fields=["id", "slot"], name="tag_with_its_slot"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("directory:tag", kwargs={"key": self.key})


class TagMeasure(Register):
    """What is done for who has a tag (因村施策), from `since` to the day before `until`, by which document."""

    tag = models.ForeignKey(Tag, models.PROTECT, related_name="measures")
    text = models.CharField(max_length=300)
    document = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="tag_measure_ends_later"
            ),
        ]


class TaggingQuerySet(models.QuerySet["Tagging"]):
    """Doors to who has a tag."""

    def visible_to(self, actor: Actor) -> TaggingQuerySet:
        """The register is read by everybody who signed in."""
        return self

    def on(self, day: object) -> TaggingQuerySet:
        """Those that hold on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class Tagging(Register):
    """An organization has a tag from `since` to the day before `until`, by a document.

    `slot` is the tag's own (a foreign key of both holds it there), so that one constraint says both: a tag once at a
    time, and of an exclusive group one tag at a time.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="taggings")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="taggings")
    slot = models.BigIntegerField(editable=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=120)

    objects = cast("TaggingQuerySet", TaggingQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="tagging_ends_later"
            ),
            ExclusionConstraint(
                name="one_tag_of_a_slot_at_a_time",
                expressions=[
                    (
                        Func(F("organization_id"), F("organization_id"), Value("[]"), function="int8range"),
                        "&&",
                    ),
                    (Func(F("slot"), F("slot"), Value("[]"), function="int8range"), "&&"),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tag", "since"], name="tagging_by_tag"),
            models.Index(fields=["organization", "since"], name="tagging_by_organization"),
        ]
