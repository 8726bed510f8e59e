"""Surveys of firms: who is asked, what, and who answered when."""

from __future__ import annotations

from typing import ClassVar, cast

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lianjian.directory.models import Organization
from lianjian.jurisdictions.models import Owned

from .doors import OfFirm, OfPlace


class Survey(Owned):
    """A survey (摸排) of the firms of a place, with the facts that each answer must state. Last day `closes_on`."""

    name = models.CharField(max_length=60)
    firms = models.CharField(max_length=10)
    facts = ArrayField(models.CharField(max_length=20))
    opens_on = models.DateField()
    closes_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects = cast("OfPlace", OfPlace.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="survey_closes_later"),
            models.UniqueConstraint(
                fields=["jurisdiction", "name"], condition=Q(closed_on__isnull=True), name="one_survey_of_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SurveyFirm(Owned):
    """One firm in a survey. `done_on` is the day on which all that was asked was known; `taken_on` that on which
    the office decided about the sizes, which the register took over unless it had newer ones. `register_had` is what
    the register said of the year when the firm answered (None: not known).
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="rows")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    facts = models.JSONField(default=dict)
    register_had = models.JSONField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    done_on = models.DateField(null=True, blank=True)
    taken_on = models.DateField(null=True, blank=True)

    objects = cast("OfFirm", OfFirm.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["survey", "organization"], name="one_answer_for_a_firm"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(answered_on__isnull=False), name="done_is_answered"
            ),
        ]
