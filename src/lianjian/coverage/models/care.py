"""Tiers of firms with the interval of visits, and goals on the way to an own branch."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.jurisdictions.models import Owned

from .. import rules
from .doors import OfFirm, OfPlace, ends_later, one_at_a_time


class Interval(Owned):
    """Days between two visits to the firms of a tier, as one place set it; `rules.INTERVALS` where it set none."""

    tier = models.CharField(max_length=1, choices=list(rules.TIERS.items()))
    days = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = cast("OfPlace", OfPlace.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=Q(days__range=(1, 366)), name="interval_is_some_days"),
            ends_later("interval_ends_later"),
            models.UniqueConstraint(
                fields=["jurisdiction", "tier"], condition=Q(until__isnull=True), name="one_interval_of_a_tier"
            ),
        ]


class FirmTier(Owned):
    """The tier a firm was given, with the reason; without one it follows from size and open needs."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    tier = models.CharField(max_length=1, choices=list(rules.TIERS.items()))
    reason = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = cast("OfFirm", OfFirm.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="tier_has_a_reason"),
            ends_later("tier_ends_later"),
            one_at_a_time("one_tier_at_a_time", "organization_id"),
        ]


class Goal(Owned):
    """Where a firm's party organization is to be by a day, and the next step; its stage follows from the records."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    target = models.CharField(max_length=6)
    due_on = models.DateField()
    step = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    set_by = models.CharField(max_length=80)

    objects = cast("OfFirm", OfFirm.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=Q(target__in=list(rules.STAGES)), name="goal_is_a_stage"),
            ends_later("goal_ends_later"),
            one_at_a_time("one_goal_at_a_time", "organization_id"),
        ]
