"""Claims: two bodies agree about an item. Each side writes rows of its own place only."""

from __future__ import annotations

from typing import ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Register

from .. import rules
from .items import Item, own_bodies


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Doors to claims."""

    def visible_to(self, actor: Actor) -> ClaimQuerySet:
        """Those of the two sides and of whole places; nobody else's bargains."""
        if not actor.scopes("lists.see"):
            return self.none()
        return self.filter(own_bodies(actor, "organization") | own_bodies(actor, "item__organization"))


class Claim(Register):
    """A body wants what an item offers, or offers what it needs; or the item's owner asks a body (`proposed_by`).

    The row belongs to the place of the side that proposed and its terms never change. `state` follows from the steps;
    only the database writes it, together with what is promised of the item (decision 0012).
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="claims", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="claims", db_index=False)
    proposed_by = models.CharField(max_length=10, choices=list(rules.SIDES.items()))
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    by_day = models.BooleanField(default=False, editable=False)
    words = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10, choices=list(rules.CLAIM_STATES.items()), default=rules.PROPOSED, editable=False
    )
    proposed_at = models.DateTimeField()
    proposed_by_name = models.CharField(max_length=80)
    agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = cast("ClaimQuerySet", ClaimQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["item", "organization"],
                condition=Q(state__in=[rules.PROPOSED, rules.AGREED], by_day=False),
                name="one_open_claim_of_a_body",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="claim_of_something"),
            models.CheckConstraint(condition=Q(proposed_by__in=list(rules.SIDES)), name="claim_by_a_side"),
            models.CheckConstraint(
                condition=Q(by_day=False)
                | Q(since__isnull=False, until__isnull=False, until__gte=F("since")),
                name="claim_of_days_has_them",
            ),
            ExclusionConstraint(
                name="one_booking_at_a_time",
                expressions=[
                    (Func(F("item_id"), F("item_id"), Value("[]"), function="int8range"), "&&"),
                    (
                        Func(F("since"), F("until"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(by_day=True, state__in=[rules.AGREED, rules.FULFILLED]),
            ),
            ExclusionConstraint(
                name="one_booking_of_a_body",
                expressions=[
                    (Func(F("item_id"), F("item_id"), Value("[]"), function="int8range"), "&&"),
                    (
                        Func(F("organization_id"), F("organization_id"), Value("[]"), function="int8range"),
                        "&&",
                    ),
                    (
                        Func(F("since"), F("until"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(by_day=True, state__in=[rules.PROPOSED, rules.AGREED]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["item", "state"], name="claim_by_item"),
            models.Index(fields=["organization", "-id"], name="claim_by_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.item.title} · {self.organization.name}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("lists:claim", kwargs={"key": self.key})


class ClaimStep(Register):
    """What one side did (`rules.ACTS`), in a row of its own place; writing it is what moves the claim."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="steps")
    side = models.CharField(max_length=10, choices=list(rules.SIDES.items()))
    act = models.CharField(max_length=10)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    words = models.CharField(max_length=300, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["claim"], condition=Q(act="rate"), name="one_rating_of_a_claim"),
            models.CheckConstraint(
                condition=Q(side__in=list(rules.SIDES), act__in=list(rules.ACTS)), name="claim_step_is_known"
            ),
            models.CheckConstraint(
                condition=Q(act="rate", rating__gte=1, rating__lte=5)
                | ~Q(act="rate") & Q(rating__isnull=True),
                name="claim_rated_by_rating",
            ),
        ]


class Outcome(Register):
    """What came of a claim: money in yuan, jobs in persons, land in mu, goods in their own unit.

    One side records a kind. What was written down wrongly is withdrawn (`withdrawn_at`) and stays to be read.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="outcomes")
    side = models.CharField(max_length=10, choices=list(rules.SIDES.items()))
    kind = models.CharField(
        max_length=10, choices=[(code, name) for code, (name, _unit) in rules.OUTCOMES.items()]
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=10)
    on = models.DateField()
    words = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0), name="outcome_of_something"),
            models.CheckConstraint(condition=Q(side__in=list(rules.SIDES)), name="outcome_by_a_side"),
        ]
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "kind", "on"], name="outcome_by_kind")]
