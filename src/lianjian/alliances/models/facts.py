"""What is known of bodies before they are paired, and the office's own rules about pairs."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.jurisdictions.models import Owned

from ..rules import pairing as rules
from .programmes import RIGHT, Programme


class FactQuerySet(models.QuerySet["PairFact"]):
    """Doors to facts."""

    def visible_to(self, actor: Actor) -> FactQuerySet:
        """Business figures and incomes: for the office of the place that wrote them down, nobody else."""
        return self.filter(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))


class PairFact(Owned):
    """One thing that a survey found, as of a day, with its source.

    `kind` says what `text` (an industry code, a market) or `value` (yuan a year, jobs) is; contracts and jobs are
    between `organization` and `partner`. The newest of a kind counts; what nobody wrote down is unknown, never 0.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="pair_facts")
    partner = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=[(code, one.name) for code, one in rules.FACTS.items()])
    text = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    day = models.DateField()
    source = models.CharField(max_length=120)

    objects = cast("FactQuerySet", FactQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "organization", "partner", "kind", "text", "day"],
                nulls_distinct=False,
                name="one_fact_of_a_day",
            ),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="fact_is_not_below_0"),
        ]


class RuleQuerySet(models.QuerySet["PairRule"]):
    """Doors to rules."""

    def visible_to(self, actor: Actor) -> RuleQuerySet:
        """For the office of the place."""
        return self.filter(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))


class PairRule(Owned):
    """Two that must be paired, or never may, with the reason."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rules")
    giver = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=list(rules.RULES.items()))
    reason = models.CharField(max_length=200)

    objects = cast("RuleQuerySet", RuleQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["programme", "giver", "receiver"], name="one_rule_for_a_pair"),
        ]
