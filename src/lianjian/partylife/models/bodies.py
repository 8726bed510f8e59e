"""The form of a party organization from day to day, and what a superior approved about it."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization, PartyProfile
from lianjian.directory.models.organizations import DateRange
from lianjian.jurisdictions.models import Owned, Register
from lianjian.rulebook.models import Evaluation

from ..rules import bodies as rules
from .cadence import BranchQuerySet


class BodyFormQuerySet(models.QuerySet["BodyForm"]):
    """Doors to forms."""

    def on(self, day: object) -> BodyFormQuerySet:
        """Those that hold on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class BodyForm(Register):
    """Level, way of forming and seat of a party organization, from `since` to the day before `until`.

    The open row is shown by `directory.PartyProfile`, written by the same verb; a body without any row has had the form
    of its profile all along. `seat` says at what kind of unit it stands (003-46), `paper` who decided it.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="forms", db_index=False)
    level = models.CharField(max_length=20, choices=PartyProfile.Level.choices)
    formation = models.CharField(max_length=10, choices=PartyProfile.Formation.choices, blank=True)
    seat = models.CharField(max_length=10, choices=list(rules.SEATS.items()), blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=60, blank=True)

    objects = cast("BodyFormQuerySet", BodyFormQuerySet.as_manager())

    class Meta:
        verbose_name = _("党组织形式")
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="form_ends_later"),
            ExclusionConstraint(
                name="one_form_at_a_time",
                expressions=[
                    (Func(F("organization_id"), F("organization_id"), Value("[]"), function="int8range"), "&&"),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "since"], name="form_by_organization")]

    def __str__(self) -> str:
        return f"{self.organization.name} {self.since}"


class Approval(Owned):
    """What the superior approved about a body: an exception of its form, or a moved election, with the paper.

    `until`: the day from which it no longer holds; of a postponed election the new last day of the term. `evaluation`
    is the rule that was weighed. `asked_on`: of a founding, when the unit asked for it.
    """

    branch = models.ForeignKey(Organization, models.PROTECT, related_name="approvals", db_index=False)
    matter = models.CharField(max_length=10, choices=list(rules.MATTERS.items()))
    paper = models.CharField(max_length=60)
    asked_on = models.DateField(null=True, blank=True)
    approved_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    term = models.ForeignKey("partylife.Term", models.PROTECT, null=True, blank=True, related_name="approvals")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects = cast("BranchQuerySet", BranchQuerySet.as_manager())

    class Meta:
        verbose_name = _("上级批复")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("approved_on")) | Q(matter="postpone"),
                name="approval_ends_later",
            ),
            models.CheckConstraint(condition=~Q(paper=""), name="approval_names_its_paper"),
            models.CheckConstraint(
                condition=Q(asked_on__isnull=True) | Q(asked_on__lte=F("approved_on")), name="approval_follows_request"
            ),
            models.UniqueConstraint(
                fields=["branch"], condition=Q(matter="founding"), name="founding_approved_once"
            ),
            models.CheckConstraint(
                condition=Q(matter__in=["postpone", "early"], term__isnull=False)
                | (~Q(matter__in=["postpone", "early"]) & Q(term__isnull=True)),
                name="approval_of_a_term_names_it",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["branch", "matter", "approved_on"], name="approval_by_branch")]

    def __str__(self) -> str:
        return f"{self.branch.name} {self.paper}"


def approved(matter: str, day: Any) -> Q:
    """A condition on approvals: of the matter, holding on a day."""
    return Q(matter=matter) & lasting(day)


def lasting(day: Any) -> Q:
    """A condition on approvals: holding on a day."""
    return Q(approved_on__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
