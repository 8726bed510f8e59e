"""A body's points: what gives them as it was decided and published, and the accounts they are gathered in."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.jurisdictions.models import Owned

from ..rules import points as rules

RIGHT, WRITE = "points.see", "points.write"


def of_bodies(actor: Actor, path: str) -> Q:
    """Rows of the bodies whose points the actor reads; `path` leads to the body's path."""
    own = Q(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))
    found: Q = own | subtree_q(path, subtree_paths(actor, RIGHT))
    return found


def address(name: str, key: object) -> str:
    from django.urls import reverse

    return reverse(f"points:{name}", kwargs={"key": key})


class PointsQuerySet(models.QuerySet["Scheme"]):
    """Doors to schemes."""

    def visible_to(self, actor: Actor) -> PointsQuerySet:
        """Of the bodies whose points the actor reads, within the place."""
        return self.filter(of_bodies(actor, "organization__path"))

    def standing(self) -> PointsQuerySet:
        """Not ended."""
        return self.filter(ended_on__isnull=True)


class Scheme(Owned):
    """A body's points (积分超市): by household or person, exchanged once in every calendar period `per`.

    `show_days`: so many days a reviewed list hangs out before it counts. `carries`: what is left at the end of a year
    goes over into the next; otherwise somebody clears the year. An ended one gathers nothing; what there is may still
    be exchanged.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    unit = models.CharField(max_length=9, choices=list(rules.UNITS.items()))
    per = models.CharField(max_length=7, choices=list(rules.PERIODS.items()))
    show_days = models.PositiveSmallIntegerField(default=5)
    carries = models.BooleanField(default=True)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = cast("PointsQuerySet", PointsQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=Q(ended_on__isnull=True),
                name="one_points_scheme_of_a_name",
            ),
            models.CheckConstraint(
                condition=Q(show_days__gte=1, show_days__lte=rules.MOST_DAYS), name="points_shown_some_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("scheme", self.key)


class OfSchemeQuerySet(models.QuerySet[Any]):
    """Doors to what hangs on a scheme."""

    def visible_to(self, actor: Actor) -> OfSchemeQuerySet:
        """Of the schemes that the actor reads."""
        return self.filter(of_bodies(actor, "scheme__organization__path"))


class Edition(Owned):
    """What gives how many points from `starts_on` on, as the village decided (四议两公开) and published it."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    decided_on = models.DateField()
    document = models.CharField(max_length=120)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField()
    starts_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = cast("OfSchemeQuerySet", OfSchemeQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["scheme", "number"], name="one_points_edition_of_a_number"),
            models.UniqueConstraint(
                fields=["scheme", "starts_on"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_points_edition_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(published_on__gte=models.F("decided_on"), starts_on__gte=models.F("published_on")),
                name="points_edition_published_before_use",
            ),
        ]


class Item(Owned):
    """One thing that gives points, in one edition."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    points = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "number"], name="one_points_item_of_a_number"),
            models.UniqueConstraint(fields=["edition", "name"], name="one_points_item_of_a_name"),
            models.CheckConstraint(
                condition=Q(points__gte=1, points__lte=rules.MOST_POINTS), name="points_item_gives_some"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Account(Owned):
    """A household's or a person's points: a name as the village knows it, no link to a person's record.

    `balance` is the sum of its entries; the database alone writes it (migration `0002`). `agreed`: the name may be
    shown on the list that hangs out; otherwise it says the number alone (个人信息保护法 art. 25). Some time after
    it was closed the name is taken away (`forgotten_on`); the entries stay.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="accounts")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=40, blank=True)
    agreed = models.BooleanField(default=False)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    forgotten_on = models.DateField(null=True, blank=True)
    balance = models.IntegerField(default=0)

    objects = cast("OfSchemeQuerySet", OfSchemeQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["scheme", "number"], name="one_points_account_of_a_number"),
            models.UniqueConstraint(
                fields=["scheme", "name", "group"],
                condition=Q(closed_on__isnull=True),
                name="one_points_account_of_a_name",
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(forgotten_on__isnull=False), name="points_account_has_a_name"
            ),
            models.CheckConstraint(condition=Q(balance__gte=0), name="points_never_below_zero"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("account", self.key)
