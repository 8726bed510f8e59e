"""The ledger and the stock, both only added to, and the days on which points are exchanged for goods."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned

from ..rules import points as rules
from .claims import Claim
from .schemes import Account, OfSchemeQuerySet, Scheme, address, of_bodies


class Good(Owned):
    """What is given for points. `stock` is the sum of its moves; the database alone writes it."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="goods")
    name = models.CharField(max_length=40)
    unit = models.CharField(max_length=10)
    price = models.PositiveIntegerField()
    stock = models.IntegerField(default=0)
    ended_on = models.DateField(null=True, blank=True)

    objects = cast("OfSchemeQuerySet", OfSchemeQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["scheme", "name"], condition=Q(ended_on__isnull=True), name="one_points_good_of_a_name"
            ),
            models.CheckConstraint(condition=Q(price__gte=1), name="points_good_costs_some"),
            models.CheckConstraint(condition=Q(stock__gte=0), name="points_stock_never_below_zero"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("good", self.key)


class ExchangeDay(Owned):
    """A day on which goods are given for points, with the activity that it is part of."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="days")
    on = models.DateField()
    place = models.CharField(max_length=80, blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=list(rules.DAY_STATES.items()), default=rules.OPEN)
    reason = models.CharField(max_length=200, blank=True)

    objects = cast("OfSchemeQuerySet", OfSchemeQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["scheme", "on"], condition=~Q(state=rules.CALLED_OFF), name="one_points_exchange_on_a_day"
            ),
        ]

    def get_absolute_url(self) -> str:
        return address("day", self.key)


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Doors to exchanges."""

    def visible_to(self, actor: Actor) -> ExchangeQuerySet:
        """Of the schemes that the actor reads."""
        return self.filter(of_bodies(actor, "day__scheme__organization__path"))

    def standing(self) -> ExchangeQuerySet:
        """Not given back."""
        return self.filter(returned_on__isnull=True)


class Exchange(Owned):
    """What was given to an account on an exchange day, at the price of that day; `number` is that of the receipt."""

    day = models.ForeignKey(ExchangeDay, models.PROTECT, related_name="exchanges")
    number = models.PositiveIntegerField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="exchanges")
    good = models.ForeignKey(Good, models.PROTECT, related_name="exchanges")
    quantity = models.PositiveIntegerField()
    price = models.PositiveIntegerField()
    returned_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = cast("ExchangeQuerySet", ExchangeQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["day", "number"], name="one_points_receipt_of_a_number"),
            models.CheckConstraint(condition=Q(quantity__gte=1, price__gte=1), name="points_exchange_of_some"),
        ]

    @property
    def points(self) -> int:
        """What it cost in all."""
        return int(self.quantity * self.price)


class Entry(Owned):
    """One line of an account's ledger: added, never changed or taken away; put right by an entry that reverses it."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=9, choices=list(rules.ENTRY_KINDS.items()))
    points = models.IntegerField()
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="entries")
    exchange = models.ForeignKey(Exchange, models.PROTECT, null=True, blank=True, related_name="entries")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=rules.EARNED, claim__isnull=False, points__gt=0)
                | Q(kind=rules.BROUGHT, points__gt=0)
                | Q(kind=rules.SPENT, exchange__isnull=False, points__lt=0)
                | Q(kind=rules.RETURNED, exchange__isnull=False, points__gt=0)
                | Q(kind=rules.LAPSED, year__isnull=False, points__lt=0)
                | (Q(kind=rules.CORRECTED) & ~Q(points=0)),
                name="points_entry_rests_on_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[rules.CORRECTED, rules.RETURNED], reverses__isnull=False)
                | (~Q(kind__in=[rules.CORRECTED, rules.RETURNED]) & Q(reverses__isnull=True)),
                name="points_entry_reverses_one",
            ),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(kind=rules.EARNED), name="one_points_entry_of_a_claim"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "-id"], name="points_entry_of_account")]


class StockMove(Owned):
    """One move of a good's stock: added, never changed or taken away. `quantity` is signed, in the good's unit."""

    good = models.ForeignKey(Good, models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=8, choices=list(rules.STOCK_KINDS.items()))
    quantity = models.IntegerField()
    on = models.DateField()
    document = models.CharField(max_length=120, blank=True)
    donor = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    exchange = models.ForeignKey(Exchange, models.PROTECT, null=True, blank=True, related_name="moves")

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(quantity=0), name="points_stock_moves_some"),
            models.CheckConstraint(
                condition=Q(donor__isnull=True) | Q(kind=rules.DONATED), name="points_donor_donated"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["good", "-id"], name="points_move_of_good")]
