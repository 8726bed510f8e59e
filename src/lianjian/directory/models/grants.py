"""Who may do what, where and when."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from lianjian.directory.roles import OFFICERS, ROLE_CHOICES
from lianjian.jurisdictions.models import Register

from .organizations import DateRange, Organization


class Grant(Register):
    """A role of an account over one organization's subtree, from `since` to the day before `until`.

    The three officers (system, security, audit) exclude one another on one account (GB/T 22239-2019 8.1.5).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="grants")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    granted_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="grant_ends_later"),
            ExclusionConstraint(
                name="one_officer_role_per_account",
                expressions=[
                    (Func(F("user_id"), F("user_id"), models.Value("[]"), function="int8range"), "&&"),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=OFFICERS),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "since"], name="grant_by_user")]
