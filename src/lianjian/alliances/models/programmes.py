"""Programmes of pairing and the bodies that take part on either side."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, cast

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Register

from ..rules import pairing as rules

RIGHT = "alliances.see"


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Doors to programmes."""

    def visible_to(self, actor: Actor) -> ProgrammeQuerySet:
        """All of the register, for who may read alliances anywhere."""
        return self if actor.scopes(RIGHT) else self.none()

    def open_on(self, day: date) -> ProgrammeQuerySet:
        """Not closed on a day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


def _default_weights() -> list[int]:
    return list(rules.WEIGHTS)


def _default_chains() -> list[list[str]]:
    return [list(pair) for pair in rules.CHAINS]


def _default_actions() -> list[dict[str, Any]]:
    return rules.default_actions()


class Programme(Register):
    """A round of pairing: firms with villages, banks with firms, institutes with villages, strong with weak.

    `shape` one_to_one: no side twice on a day; one_to_many: a giver has `capacity` receivers unless its side says
    otherwise. `actions` are prescribed for every pair: code, name, sides, times, days after confirming. `weights` are
    those of the four criteria in percent; `far_km`, `yuan_full`, `jobs_full` end their scales; `chains` are pairs of
    GB/T 4754 divisions. `weak_below`: yearly income of the collective below which a village is weak.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="programmes")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    shape = models.CharField(max_length=12, choices=list(rules.SHAPES.items()))
    capacity = models.PositiveSmallIntegerField(default=1)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    actions = models.JSONField(default=_default_actions)
    giver_duties = models.TextField(blank=True)
    receiver_duties = models.TextField(blank=True)
    weights = ArrayField(models.PositiveSmallIntegerField(), size=4, default=_default_weights)
    far_km = models.PositiveSmallIntegerField(default=30)
    yuan_full = models.PositiveIntegerField(default=200_000)
    jobs_full = models.PositiveSmallIntegerField(default=10)
    weak_first = models.BooleanField(default=False)
    weak_below = models.PositiveIntegerField(default=50_000)
    chains = models.JSONField(default=_default_chains)
    closed_on = models.DateField(null=True, blank=True)

    objects = cast("ProgrammeQuerySet", ProgrammeQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="one_programme_per_name"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="programme_ends_later"
            ),
            models.CheckConstraint(
                condition=~Q(shape="one_to_one") | Q(capacity=1), name="one_to_one_has_room_for_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("alliances:programme", kwargs={"key": self.key})


class SideQuerySet(models.QuerySet["ProgrammeSide"]):
    """Doors to those who take part."""

    def visible_to(self, actor: Actor) -> SideQuerySet:
        """All of the register, for who may read alliances anywhere."""
        return self if actor.scopes(RIGHT) else self.none()

    def standing(self) -> SideQuerySet:
        """Not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)


class ProgrammeSide(Register):
    """A body that may be paired in a programme, as giver (结对方) or receiver (帮扶对象); consent as it was told."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="sides")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="programme_sides")
    side = models.CharField(max_length=8, choices=list(rules.SIDES.items()))
    consent = models.CharField(max_length=8, choices=list(rules.CONSENT.items()), default="unknown")
    consent_on = models.DateField(null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    enrolled_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = cast("SideQuerySet", SideQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "organization"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_side_in_a_programme",
            ),
            models.CheckConstraint(
                condition=Q(consent="unknown") | Q(consent_on__isnull=False), name="consent_has_a_day"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "side"], name="side_by_programme")]
