"""Who withdrew from a case because of an interest in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lianjian.jurisdictions.models import Owned

from .cases import Case


class Recusal(Owned):
    """An account that handles a case no longer (信访工作条例 28), by its own word or by that of the office."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals")
    user_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["case", "user_id"], name="one_recusal_per_account"),
        ]
