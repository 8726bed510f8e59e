"""A committee's review of those who are on their way into the party (积极分子队伍分析)."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned

from .applicants import Applicant
from .doors import RIGHT, of_branches


class PoolReviewQuerySet(models.QuerySet["PoolReview"]):
    """Doors to reviews."""

    def visible_to(self, actor: Actor) -> PoolReviewQuerySet:
        """Of the bodies in one's scope."""
        return self.filter(of_branches(actor, "body")) if actor.scopes(RIGHT) else self.none()

    def standing(self) -> PoolReviewQuerySet:
        """Not struck out: what settles a period."""
        return self.filter(struck_at__isnull=True)


class PoolReview(Owned):
    """One review: on which day, at which meeting, which problems were seen and what is done about them.

    Numbers are not typed in: they are counted from the applicants of the day. Nobody is marked or ranked.
    """

    body = models.ForeignKey(Organization, models.PROTECT, related_name="pool_reviews")
    reviewed_on = models.DateField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    problems = models.CharField(max_length=500)
    measures = models.CharField(max_length=500)
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(max_length=200, blank=True)

    objects = cast("PoolReviewQuerySet", PoolReviewQuerySet.as_manager())

    class Meta:
        verbose_name = _("入党积极分子队伍分析")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "reviewed_on"], condition=Q(struck_at__isnull=True), name="one_pool_review_a_day"
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | ~Q(struck_reason=""), name="struck_review_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.name} {self.reviewed_on}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("partylife:review", kwargs={"key": self.key})


class PoolNoteQuerySet(models.QuerySet["PoolNote"]):
    """Doors to words on somebody."""

    def visible_to(self, actor: Actor) -> PoolNoteQuerySet:
        """Of the people one sees."""
        seen: Any = Applicant.objects.visible_to(actor).values("pk")  # type: ignore[attr-defined]
        return self.filter(applicant__in=seen)


class PoolNote(Owned):
    """Words of a review on one applicant, where something is to be done for him; no mark."""

    review = models.ForeignKey(PoolReview, models.CASCADE, related_name="notes")
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="+")
    words = models.CharField(max_length=200)

    objects = cast("PoolNoteQuerySet", PoolNoteQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["review", "applicant"], name="one_pool_note_per_applicant"),
        ]
