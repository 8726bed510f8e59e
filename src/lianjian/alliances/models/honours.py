"""Honours that bodies were given, and agreements by which two bodies share what they bring about."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import F, Q

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.jurisdictions.models import Owned, Register

from ..rules import honours as rules
from .campaigns import RegisterQuerySet
from .programmes import RIGHT


class Honour(Register):
    """An honour as it was published. `person_name` only where the publication names a person of the body.

    A withdrawn one stays with its reason: what was true on a day remains so.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="honours")
    title = models.CharField(max_length=80)
    level = models.CharField(max_length=10, choices=list(rules.LEVELS.items()))
    awarded_by = models.CharField(max_length=80)
    awarded_on = models.DateField()
    document = models.CharField(max_length=120)
    person_name = models.CharField(max_length=40, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = cast("RegisterQuerySet", RegisterQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "title", "awarded_on", "person_name"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_honour_of_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organization"], name="honour_by_organization")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("alliances:honour", kwargs={"key": self.key})


class BenefitQuerySet(models.QuerySet[Any]):
    """Doors to agreements and what hangs on them."""

    way = ""

    def visible_to(self, actor: Actor) -> BenefitQuerySet:
        """The office of the place and the two sides."""
        query = Q(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))
        paths = subtree_paths(actor, RIGHT)
        if paths:
            query |= subtree_q(f"{self.way}first__path", paths) | subtree_q(f"{self.way}second__path", paths)
        return self.filter(query)


class SharedQuerySet(BenefitQuerySet):
    """Doors to what is shared."""

    way = "agreement__"


class FigureQuerySet(BenefitQuerySet):
    """Doors to the yearly numbers."""

    way = "item__agreement__"

    def counted(self) -> FigureQuerySet:
        """Not replaced by a later number."""
        return self.filter(replaced_at__isnull=True)


class BenefitAgreement(Owned):
    """Two bodies (a town and a park) share what they bring about together, by a document, from a day to a day."""

    first = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    second = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    document = models.CharField(max_length=120)
    signed_on = models.DateField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    objects = cast("BenefitQuerySet", BenefitQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(first=F("second")), name="benefit_joins_two"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="benefit_ends_later"
            ),
            models.UniqueConstraint(fields=["jurisdiction", "title"], name="one_agreement_per_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("alliances:benefit", kwargs={"key": self.key})


class BenefitItem(Owned):
    """One thing shared (tax, jobs, land, output): shares in basis points that make 10,000."""

    agreement = models.ForeignKey(BenefitAgreement, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=[(code, one[0]) for code, one in rules.KINDS.items()])
    first_share = models.PositiveSmallIntegerField()
    second_share = models.PositiveSmallIntegerField()

    objects = cast("SharedQuerySet", SharedQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["agreement", "kind"], name="one_share_of_a_kind"),
            models.CheckConstraint(
                condition=Q(first_share=rules.WHOLE - F("second_share")), name="shares_make_the_whole"
            ),
        ]


class BenefitFigure(Owned):
    """The number of a year, entered once for both sides; a corrected one replaces it and the old one stays."""

    item = models.ForeignKey(BenefitItem, models.PROTECT, related_name="figures")
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=16, decimal_places=2)
    source = models.CharField(max_length=120)
    stated_by = models.CharField(max_length=80)
    stated_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = cast("FigureQuerySet", FigureQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["item", "year"], condition=Q(replaced_at__isnull=True), name="one_benefit_of_a_year"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="benefit_is_not_below_0"),
        ]
