"""Other units that come in: beside the lead, for a part that they give back, or in its place."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.jurisdictions.models import Owned

from .. import rules

LIVE = ("offered", "accepted")


class Handover(Owned):
    """An offer to another unit: to help (co), to do a part and give it back (refer), to take over (transfer).

    The unit accepts, or refuses with a reason; who offered may revoke. The lead stays the lead, and its clock runs,
    until a transfer is accepted. `due_at` is the sub-deadline of a helper, never after the case's own.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="handovers")
    kind = models.CharField(max_length=10, choices=list(rules.OFFERS.items()))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    offered_by = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    offered_by_name = models.CharField(max_length=80)
    offered_at = models.DateTimeField()
    ground = models.CharField(max_length=300)
    due_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=list(rules.OFFER_STATES.items()), default="offered")
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by_name = models.CharField(max_length=80, blank=True)
    reply = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("协办转办")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "organization"],
                condition=Q(state__in=LIVE),
                name="one_live_offer_per_unit",
            ),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(state__in=LIVE) & ~Q(kind="co"),
                name="one_live_loan_or_transfer",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reply=""), name="refused_offer_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.organization}"

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return self.case.get_absolute_url()
