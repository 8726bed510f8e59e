"""Agreements by which several parties share what they bring about (利益联结), and what each was paid."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import F, Q

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.jurisdictions.models import Owned

from ..rules import benefits as rules
from .programmes import RIGHT


class BenefitQuerySet(models.QuerySet[Any]):
    """Doors to agreements and what hangs on them."""

    way = ""

    def visible_to(self, actor: Actor) -> BenefitQuerySet:
        """The office of the place, and the bodies that are parties."""
        query = Q(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))
        paths = subtree_paths(actor, RIGHT)
        if paths:
            own = BenefitParty.objects.filter(subtree_q("organization__path", paths)).values("agreement_id")
            query |= Q(**{f"{self.way}id__in": own})
        return self.filter(query)

    def holding(self, day: date) -> BenefitQuerySet:
        """Agreements that hold on a day: from the first to the day before the last."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class OfAgreementQuerySet(BenefitQuerySet):
    """Doors to what is shared, and with whom."""

    way = "agreement__"


class OfItemQuerySet(BenefitQuerySet):
    """Doors to shares and payouts."""

    way = "item__agreement__"


class FigureQuerySet(OfItemQuerySet):
    """Doors to the yearly numbers."""

    def counted(self) -> FigureQuerySet:
        """Not replaced by a later number."""
        return self.filter(replaced_at__isnull=True)


class BenefitAgreement(Owned):
    """Parties (a village's collective, a firm, a cooperative, farmers; a town and a park) share what they bring about
    together, by a document, from a day to the day before `until`."""

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


class BenefitParty(Owned):
    """One party of an agreement, in the order of its signing: a body, or farmers described together without names."""

    agreement = models.ForeignKey(BenefitAgreement, models.PROTECT, related_name="parties")
    number = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=12, choices=list(rules.SIDES.items()))
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.CharField(max_length=80, blank=True)

    objects = cast("OfAgreementQuerySet", OfAgreementQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["agreement", "number"], name="one_party_of_a_number"),
            models.UniqueConstraint(fields=["agreement", "organization"], name="each_body_is_one_party"),
            models.CheckConstraint(
                condition=Q(organization__isnull=False, group="")
                | (Q(organization__isnull=True, side=rules.FARMERS) & ~Q(group="")),
                name="party_is_a_body_or_farmers",
            ),
        ]

    def __str__(self) -> str:
        return self.organization.name if self.organization is not None else self.group


class BenefitItem(Owned):
    """One thing shared: tax, jobs, land, dividends, wages; another thing says its own name and unit.

    Its shares make 10,000 basis points: the database looks at the end of the transaction (`shares_make_the_whole`).
    """

    agreement = models.ForeignKey(BenefitAgreement, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=[(code, one[0]) for code, one in rules.KINDS.items()])
    name = models.CharField(max_length=30, blank=True)
    unit = models.CharField(max_length=10, blank=True)

    objects = cast("OfAgreementQuerySet", OfAgreementQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["agreement", "kind", "name"], name="one_share_of_a_kind"),
        ]


class BenefitShare(Owned):
    """What part of a thing goes to a party, in basis points."""

    item = models.ForeignKey(BenefitItem, models.PROTECT, related_name="shares")
    party = models.ForeignKey(BenefitParty, models.PROTECT, related_name="shares")
    points = models.PositiveSmallIntegerField()

    objects = cast("OfItemQuerySet", OfItemQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["item", "party"], name="one_share_of_a_party"),
            models.CheckConstraint(condition=Q(points__lte=rules.WHOLE), name="share_is_a_part"),
        ]


class BenefitFigure(Owned):
    """The number of a year, entered once for all parties; a corrected one replaces it and the old one stays."""

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


class BenefitPayout(Owned):
    """Money that a party was paid of a thing shared, on a day; a mistaken one is struck out with a reason."""

    item = models.ForeignKey(BenefitItem, models.PROTECT, related_name="payouts")
    party = models.ForeignKey(BenefitParty, models.PROTECT, related_name="payouts")
    on = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    source = models.CharField(max_length=120)
    stated_by = models.CharField(max_length=80)
    stated_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(max_length=200, blank=True)

    objects = cast("OfItemQuerySet", OfItemQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_is_above_0"),
        ]
        indexes: ClassVar = [models.Index(fields=["item", "on"], name="payout_by_item")]
