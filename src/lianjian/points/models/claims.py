"""Claims to points, and the reviews that they pass through before they count."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from lianjian.events.models import Meeting
from lianjian.jurisdictions.models import Owned

from ..rules import points as rules
from .schemes import Account, Item, OfSchemeQuerySet, Scheme, address


class Review(Owned):
    """A panel's sitting over claims: votes, days of public notice, then the ledger.

    `reopened_on`: when a list was taken down last; the next one does not hang out before that day.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    held_on = models.DateField()
    state = models.CharField(max_length=10, choices=list(rules.REVIEW_STATES.items()), default=rules.OPEN)
    show_days = models.PositiveSmallIntegerField()
    shown_from = models.DateField(null=True, blank=True)
    shown_until = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=120, blank=True)
    reopened_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = cast("OfSchemeQuerySet", OfSchemeQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["scheme", "number"], name="one_points_review_of_a_number"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, state__in=[rules.OPEN, rules.SHOWN])
                | (Q(closed_on__isnull=False) & ~Q(state__in=[rules.OPEN, rules.SHOWN])),
                name="points_review_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=rules.SHOWN) | Q(shown_until__gte=models.F("shown_from")),
                name="points_review_shown_some_days",
            ),
        ]

    def get_absolute_url(self) -> str:
        return address("review", self.key)


class Juror(Owned):
    """Who judged at a review."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="jurors")
    name = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["review", "name"], name="one_points_juror_of_a_name"),
        ]


class Recusal(Owned):
    """An account whose claims a juror does not judge: that of the own household."""

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="recusals")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["juror", "account"], name="one_points_recusal_of_an_account"),
        ]


class Claim(Owned):
    """What an account did on a day, `times` over; `points` in all by the edition of that day.

    `voters`: so many of the panel may judge it; `votes`: so many said yes.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="claims")
    account = models.ForeignKey(Account, models.PROTECT, related_name="claims")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    on = models.DateField()
    times = models.PositiveSmallIntegerField(default=1)
    points = models.PositiveIntegerField()
    proof = models.CharField(max_length=200)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    filed_on = models.DateField()
    state = models.CharField(max_length=9, choices=list(rules.CLAIM_STATES.items()), default=rules.FILED)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=80, blank=True)
    review = models.ForeignKey(Review, models.PROTECT, null=True, blank=True, related_name="claims")
    voters = models.PositiveSmallIntegerField(null=True, blank=True)
    votes = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = cast("OfSchemeQuerySet", OfSchemeQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["account", "item", "on"], condition=~Q(state__in=rules.GONE), name="one_points_claim_of_a_day"
            ),
            models.CheckConstraint(condition=Q(points__gte=1), name="points_claim_gives_some"),
            models.CheckConstraint(
                condition=Q(votes__isnull=True) | Q(votes__lte=models.F("voters")), name="points_votes_of_the_panel"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[rules.REVIEWED, rules.POSTED, rules.REVERSED]) | Q(review__isnull=False),
                name="points_claim_went_through_a_review",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "state", "-id"], name="points_claim_by_state")]
