"""When a venue is taken, what it offers free of charge, and how many people used it."""

from __future__ import annotations

from typing import ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext

from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Register

from .venues import Venue

MEETING = "events.meeting"


class AtVenueQuerySet(models.QuerySet["VenueCount"]):
    """Doors to what belongs to a venue."""

    def visible_to(self, actor: Actor) -> AtVenueQuerySet:
        """All of the register, for who may read meetings anywhere."""
        return self if actor.scopes("meetings.see") else self.none()


class Booking(Register):
    """A venue is taken from `starts_at` till `ends_at`: the one truth, whatever takes it (decision 0020).

    Written by the database alone, from the record `kind` (`app.model`) with the id `record`; who may know what it is
    is asked of that record. `alone`: nothing else is there meanwhile. `ahead`: the record is not held or fulfilled yet.
    """

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="bookings", db_index=False)
    kind = models.CharField(max_length=30)
    record = models.BigIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    alone = models.BooleanField(default=True)
    ahead = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "record"], name="one_booking_of_a_record"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_start"),
            ExclusionConstraint(
                name="one_booking_of_a_venue",
                expressions=[
                    (Func(F("venue_id"), F("venue_id"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(alone=True),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["venue", "starts_at"], name="booking_by_start")]


class VenueService(Register):
    """What a venue offers who comes (热水、打印), from `since` to the day before `until`.

    `charge` says what it costs, in words; where it is empty it is free. `hours`: when, where not always.
    """

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="services")
    name = models.CharField(max_length=40)
    charge = models.CharField(max_length=60, blank=True)
    hours = models.CharField(max_length=80, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["venue", "name"], condition=Q(until__isnull=True), name="one_venue_service_per_name"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="venue_service_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VenueCount(Register):
    """How many used a venue on a day, party members and others apart (人次): at a booking, or by themselves, then of a
    service where one is named. Numbers only: nobody is named.
    """

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="counts")
    booking = models.ForeignKey(Booking, models.PROTECT, null=True, blank=True, related_name="counts")
    service = models.ForeignKey(VenueService, models.PROTECT, null=True, blank=True, related_name="counts")
    on = models.DateField()
    members = models.PositiveIntegerField()
    others = models.PositiveIntegerField()
    recorded_by_name = models.CharField(max_length=80)

    objects = cast("AtVenueQuerySet", AtVenueQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["booking"], name="one_count_of_a_booking"),
            models.UniqueConstraint(
                fields=["venue", "on", "service"],
                condition=Q(booking__isnull=True),
                name="one_count_a_day",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(members__gt=0) | Q(others__gt=0), name="venue_count_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(booking__isnull=True) | Q(service__isnull=True), name="venue_count_of_one_kind"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "on"], name="venue_count_by_day")]

    @property
    def what(self) -> str:
        """At what they used it, without naming whose booking it was."""
        if self.booking is not None:
            return gettext("会议活动") if self.booking.kind == MEETING else gettext("预订")
        return self.service.name if self.service is not None else gettext("日常开放")
