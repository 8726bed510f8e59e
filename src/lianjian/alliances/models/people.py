"""People in alliances, from day to day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from lianjian.directory.models import Organization, Person
from lianjian.directory.models.organizations import DateRange
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned

from .standing import Alliance, _whole


class PersonSeatQuerySet(models.QuerySet["PersonSeat"]):
    """Doors to people in alliances."""

    def visible_to(self, actor: Actor) -> PersonSeatQuerySet:
        """Of people whom the actor may see, and of those whose names are published, for who may read alliances."""
        if not actor.scopes("alliances.see"):
            return self.none()
        seen = Person.objects.visible_to(actor)  # type: ignore[attr-defined]
        return self.filter(Q(person__in=seen.values("pk")) | Q(person__name_published=True))

    def on(self, day: object) -> PersonSeatQuerySet:
        """Those that hold on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class PersonSeat(Owned):
    """A person in an alliance, in a role (链长, 召集人 ...), from `since` to the day before `until`.

    Several roles at a time, one role once. `on_behalf` is the body that the person speaks for, if any. Owned by the
    alliance's place, as people are: another place reads the alliance, not who sits in it.
    """

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, models.PROTECT, related_name="alliance_seats")
    role = models.CharField(max_length=30)
    on_behalf = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ground = models.CharField(max_length=200, blank=True)

    objects = cast("PersonSeatQuerySet", PersonSeatQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="person_seat_ends_later"
            ),
            ExclusionConstraint(
                name="one_role_of_a_person_at_a_time",
                expressions=[
                    (_whole("alliance_id"), "&&"),
                    (_whole("person_id"), "&&"),
                    (Func(F("role"), function="link_kind_range"), "&&"),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "since"], name="seat_by_person"),
            models.Index(fields=["alliance", "role"], name="person_seat_by_alliance"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} {self.role}"

    def stands(self, day: date) -> bool:
        """It holds on a day."""
        return self.since <= day and (self.until is None or self.until > day)
