"""Venues: what they are for, who runs and who shares them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, cast

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Register


class Word(Register):
    """A word that a place added to a code list (`rules.LISTS`); not offered once retired."""

    list = models.CharField(max_length=10)
    name = models.CharField(max_length=30)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["jurisdiction", "list", "name"], name="one_event_word_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class VenueQuerySet(models.QuerySet["Venue"]):
    """Doors to venues."""

    def visible_to(self, actor: Actor) -> VenueQuerySet:
        """All of the register, for who may read meetings anywhere."""
        return self if actor.scopes("meetings.see") else self.none()

    def standing(self, day: date) -> VenueQuerySet:
        """Open on a day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day)


class Venue(Register):
    """A room or house for meetings and service, run by `organization`, open from `opened_on` to the day before
    `closed_on`.

    Areas in square metres; `service_m2` is the part that serves the public. `double_reason` says why a function is
    here that another venue of the place has already. `several`: it has rooms enough for several meetings at once.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="venues")
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=120, blank=True)
    area_m2 = models.PositiveIntegerField(null=True, blank=True)
    service_m2 = models.PositiveIntegerField(null=True, blank=True)
    functions = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    facilities = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)
    opening = models.CharField(max_length=200, blank=True)
    several = models.BooleanField(default=False)
    double_reason = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    search = SearchVectorField(null=True, editable=False)

    objects = cast("VenueQuerySet", VenueQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=Q(closed_on__isnull=True),
                name="one_open_venue_per_name",
            ),
            models.CheckConstraint(
                condition=Q(service_m2__isnull=True)
                | (Q(area_m2__isnull=False) & Q(service_m2__lte=F("area_m2"))),
                name="venue_serves_on_its_area",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="venue_closes_after_opening",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "id"], name="venue_by_place")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("events:venue", kwargs={"key": self.key})

    @property
    def functions_words(self) -> str:
        """Its functions in the active language; a place's own word is its own name."""
        return gettext("、").join(map(gettext, self.functions))

    def doubles(self, day: date) -> list[tuple[str, Venue]]:
        """(function, other venue of the place that has it on the day), by function; one query."""
        if not self.functions:
            return []
        rows = Venue.objects.standing(day).filter(
            jurisdiction_id=self.jurisdiction_id, functions__overlap=self.functions
        )
        others = list(rows.exclude(pk=self.pk).order_by("name", "pk"))
        return [(word, other) for word in self.functions for other in others if word in other.functions]


class VenueUser(Register):
    """A body that shares a venue it does not run (两套班子、一个空间)."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="users")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["venue", "organization"], name="one_use_per_venue_and_body"),
        ]


class Display(Register):
    """What is on show at a venue, from `since` to the day before `until`: `kind` is a word of the code list."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="displays")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=500, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="display_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title
