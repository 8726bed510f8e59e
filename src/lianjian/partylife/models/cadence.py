"""What a branch has not held in a calendar period that a rule asks for, and what its yearly appraisal came to."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned
from lianjian.rulebook.models import Evaluation

from ..rules import appraisals
from ..rules import cadence as rules
from .doors import RIGHT, of_branches


class BranchQuerySet(models.QuerySet[Any]):
    """Doors to records of a branch's life."""

    def visible_to(self, actor: Actor) -> BranchQuerySet:
        """Of the branches in one's scope, and of those that reach the firms one covers."""
        return self.filter(of_branches(actor)) if actor.scopes(RIGHT) else self.none()


class Shortfall(Owned):
    """One branch, one rule, one calendar period in which fewer were held than the rule asks for.

    Made by the nightly derivation once the reminder day of the period has passed, and settled by itself as soon as
    enough are on record. `late`: the period is over. A branch that could not hold it says why (`reason`), which ends
    the matter without changing what was held. `evaluation` says which rule, of which day, with which numbers.
    """

    branch = models.ForeignKey(Organization, models.PROTECT, related_name="shortfalls", db_index=False)
    rule_code = models.CharField(max_length=60, db_collation="C")
    period_from = models.DateField()
    period_to = models.DateField()
    required = models.PositiveSmallIntegerField()
    held = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=9, choices=list(rules.STATES.items()), default=rules.DUE)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="+")

    objects = cast("BranchQuerySet", BranchQuerySet.as_manager())

    class Meta:
        verbose_name = _("组织生活未按期开展")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["branch", "rule_code", "period_from"], name="one_shortfall_per_branch_rule_period"
            ),
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="shortfall_period_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=["due", "late"], settled_at__isnull=True, held__lt=F("required"))
                | Q(state="met", settled_at__isnull=False, held__gte=F("required"))
                | (Q(state__in=["excused", "off"], settled_at__isnull=False) & ~Q(reason="")),
                name="shortfall_settled_one_way",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["jurisdiction", "period_to", "id"],
                name="shortfall_open_by_period",
                condition=Q(state__in=["due", "late"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch.name} {self.rule_code} {self.period_from}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("partylife:shortfall", kwargs={"key": self.key})


class Quorum(Owned):
    """Whether enough of those entitled were at a branch's meeting; a row of the branch's place, for each host its own.

    `typed`: eligible and present were written down by hand, because there is no list. `counts`: the meeting counts for
    the cadence that it would settle; the rule's mode says whether a reason lets it do so below the quorum.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="quorums", db_index=False)
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    eligible = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    typed = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    met = models.BooleanField()
    counts = models.BooleanField()
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="+")

    objects = cast("BranchQuerySet", BranchQuerySet.as_manager())

    class Meta:
        verbose_name = _("会议法定人数")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "branch"], name="one_quorum_per_meeting_and_branch"),
            models.CheckConstraint(
                condition=Q(eligible__gt=0, present__lte=F("eligible")), name="quorum_of_those_entitled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch.name} {self.present}/{self.eligible}"


class Appraisal(Owned):
    """The yearly appraisal of a branch's members (民主评议党员): how many came to which verdict.

    Counts only. Who came to which verdict stands in the branch's own papers; the product ranks no persons.
    `exempt` are members who are old, ill or disabled and need not take part (党员教育管理工作条例 art. 23). The days
    say when each step was taken (art. 18); out of order or missing, `order_reason` says why. `evaluation` is that rule.
    """

    branch = models.ForeignKey(Organization, models.PROTECT, related_name="appraisals", db_index=False)
    year = models.PositiveSmallIntegerField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    held_on = models.DateField()
    members = models.PositiveSmallIntegerField()
    excellent = models.PositiveSmallIntegerField(default=0)
    qualified = models.PositiveSmallIntegerField(default=0)
    basic = models.PositiveSmallIntegerField(default=0)
    unqualified = models.PositiveSmallIntegerField(default=0)
    exempt = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)
    self_on = models.DateField(null=True, blank=True)
    mutual_on = models.DateField(null=True, blank=True)
    rating_on = models.DateField(null=True, blank=True)
    verdict_on = models.DateField(null=True, blank=True)
    verdict_by = models.CharField(max_length=9, choices=list(appraisals.VERDICTS_BY.items()), blank=True)
    order_reason = models.CharField(max_length=200, blank=True)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects = cast("BranchQuerySet", BranchQuerySet.as_manager())

    class Meta:
        verbose_name = _("民主评议党员")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["branch", "year"], name="one_appraisal_per_branch_and_year"),
            models.CheckConstraint(
                condition=Q(
                    members=F("excellent") + F("qualified") + F("basic") + F("unqualified") + F("exempt")
                ),
                name="appraisal_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch.name} {self.year}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("partylife:appraisal", kwargs={"key": self.key})
