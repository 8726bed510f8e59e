"""Who signed up for a meeting or activity."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import F, Q

from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned

from .attendance import of_one_s_own
from .meetings import Meeting


class SignUpQuerySet(models.QuerySet["SignUp"]):
    """Doors to who signed up."""

    def visible_to(self, actor: Actor) -> SignUpQuerySet:
        """Of the bodies in one's scope, of the meetings they convene, and oneself."""
        return self.filter(of_one_s_own(actor))

    def standing(self) -> SignUpQuerySet:
        """Not taken back, in the order in which they came."""
        return self.filter(withdrawn_at__isnull=True).order_by("signed_at", "pk")


class SignUp(Owned):
    """A person signed up, or was signed up, to be counted for `organization`: a row of that body's place, lent to the
    convener's.

    Who has a seat and who waits is nowhere stored: the first `Meeting.seats` of those that stand have one, so that a
    seat given back is the next one's at once.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sign_ups", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recorded_by_name = models.CharField(max_length=80)

    objects = cast("SignUpQuerySet", SignUpQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(withdrawn_at__isnull=True), name="one_sign_up_per_person"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("signed_at")),
                name="sign_up_withdrawn_after",
            ),
        ]
