"""Pairs that stand: who does what, what was done and given, and what it changed."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from lianjian.directory.models import Organization
from lianjian.directory.models.organizations import DateRange
from lianjian.files.models import Bundle
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.jurisdictions.models import Owned, Register

from ..rules import pairing as rules
from .programmes import RIGHT, Programme
from .standing import _whole


class PairingQuerySet(models.QuerySet["Pairing"]):
    """Doors to pairs."""

    def visible_to(self, actor: Actor) -> PairingQuerySet:
        """All of the register, for who may read alliances anywhere."""
        return self if actor.scopes(RIGHT) else self.none()

    def on(self, day: date) -> PairingQuerySet:
        """Pairs that stand on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class Pairing(Register):
    """A giver and a receiver joined by a programme from `since` to the day before `until`.

    `exclusive`: the programme is one to one, so that the giver too is in one pair on a day.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="pairings")
    giver = models.ForeignKey(Organization, models.PROTECT, related_name="pairings_given")
    receiver = models.ForeignKey(Organization, models.PROTECT, related_name="pairings_received")
    exclusive = models.BooleanField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    giver_duties = models.TextField(blank=True)
    receiver_duties = models.TextField(blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    objects = cast("PairingQuerySet", PairingQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="pairing_ends_later"
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="pairing_joins_two"),
            ExclusionConstraint(
                name="one_giver_for_a_receiver",
                expressions=[
                    (_whole("programme_id"), "&&"),
                    (_whole("receiver_id"), "&&"),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_receiver_for_a_giver",
                expressions=[
                    (_whole("programme_id"), "&&"),
                    (_whole("giver_id"), "&&"),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
                condition=Q(exclusive=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "since"], name="pairing_by_programme"),
            models.Index(fields=["giver"], name="pairing_by_giver"),
            models.Index(fields=["receiver"], name="pairing_by_receiver"),
        ]

    def __str__(self) -> str:
        return f"{self.giver.name} – {self.receiver.name}"

    @property
    def places(self) -> set[int]:
        """The places of its programme and of both sides."""
        return {self.jurisdiction_id, self.giver.jurisdiction_id, self.receiver.jurisdiction_id}

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("alliances:pairing", kwargs={"key": self.key})


def _within(actor: Actor, way: str) -> Q:
    """The programme's place and those of both sides as a whole, and the pairs of bodies in one's own subtree."""
    whole = whole_jurisdictions(actor, RIGHT)
    query = Q(jurisdiction_id__in=whole)
    if whole:
        for side in ("giver", "receiver"):
            query |= Q(**{f"{way}__{side}__jurisdiction_id__in": whole})
    paths = subtree_paths(actor, RIGHT)
    if paths:
        for side in ("giver", "receiver"):
            query |= subtree_q(f"{way}__{side}__path", paths)
    return query


class OfPairQuerySet(models.QuerySet[Any]):
    """Doors to what hangs on a pair: its office, and its two sides."""

    way = "pairing"

    def visible_to(self, actor: Actor) -> OfPairQuerySet:
        """The office of the programme and the two sides."""
        return self.filter(_within(actor, self.way))


class RecordQuerySet(OfPairQuerySet):
    """Doors to what was done."""

    way = "action__pairing"


class PairAction(Owned):
    """An action prescribed for a pair (六个一): who does it, how often, by when; done with `times` records."""

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    sides = models.CharField(max_length=8, choices=list(rules.ACTION_SIDES.items()))
    times = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    objects = cast("OfPairQuerySet", OfPairQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["pairing", "code"], name="one_action_of_a_code"),
        ]

    def __str__(self) -> str:
        return self.name


class PairRecord(Owned):
    """What was done of a prescribed action on a day, with its evidence; a mistaken one is struck out with a reason.

    `report`: the row of a side in another place that told it; its evidence stays there.
    """

    action = models.ForeignKey(PairAction, models.PROTECT, related_name="records")
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    bundle = models.ForeignKey(Bundle, models.SET_NULL, null=True, blank=True, related_name="+")
    report = models.OneToOneField(
        "alliances.PairReport", models.PROTECT, null=True, blank=True, related_name="record"
    )
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(max_length=200, blank=True)

    objects = cast("RecordQuerySet", RecordQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]
        indexes: ClassVar = [models.Index(fields=["action"], name="record_by_action")]


class Contribution(Owned):
    """Money in yuan, or things with a quantity and unit, that one side of a pair gave on a day.

    `source` is a word of the code list `fund`, empty in rows older than the list; `note` is what it is known by.
    """

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="contributions")
    side = models.CharField(max_length=8, choices=list(rules.SIDES.items()))
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    what = models.CharField(max_length=80, blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=10, blank=True)
    on = models.DateField()
    source = models.CharField(max_length=30, blank=True, default="")
    note = models.CharField(max_length=120)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(max_length=200, blank=True)

    objects = cast("OfPairQuerySet", OfPairQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gt=0, what="", quantity__isnull=True)
                | (Q(amount__isnull=True, quantity__gt=0) & ~Q(what="")),
                name="contribution_is_money_or_things",
            ),
        ]


class PairMeasure(Owned):
    """Income or jobs on one side of a pair, as of a day: the newest until the pair began is before, the newest of
    later days is after.

    A mistaken one is struck out with a reason.
    """

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=10, choices=[(code, one[0]) for code, one in rules.MEASURES.items()])
    value = models.DecimalField(max_digits=14, decimal_places=2)
    day = models.DateField()
    source = models.CharField(max_length=120)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(max_length=200, blank=True)

    objects = cast("OfPairQuerySet", OfPairQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["pairing", "kind", "day"],
                condition=Q(struck_at__isnull=True),
                name="one_measure_of_a_day",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="measure_is_not_below_0"),
        ]
