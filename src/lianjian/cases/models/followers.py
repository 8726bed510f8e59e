"""Who follows a case from outside: the one who told it, and those who joined."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from lianjian.foundation.secretfield import SecretField
from lianjian.jurisdictions.models import Owned

from .cases import Case


def code_digest(number: str, code: str) -> str:
    """What is kept of a code: useless without the key of the house. Blanks, dashes and case do not matter."""
    plain = code.upper().replace("-", "").replace(" ", "")
    return salted_hmac("lianjian.follow", f"{number}:{plain}", algorithm="sha256").hexdigest()


class Follower(Owned):
    """Somebody outside the offices who follows a case, by an account or by its number and a code.

    `first` told it and may say whether it is met; others joined and read. Of the code only a keyed digest is kept.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="followers")
    first = models.BooleanField(default=False)
    name = models.CharField(max_length=40, blank=True)
    phone = SecretField(blank=True)
    code_digest = models.CharField(max_length=64, blank=True, db_collation="C", editable=False)
    user_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "user_id"],
                condition=Q(user_id__isnull=False, left_at__isnull=True),
                name="one_follower_per_account",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(first=True), name="one_first_teller_per_case"
            ),
            models.CheckConstraint(
                condition=Q(user_id__isnull=False) | ~Q(code_digest=""), name="follower_has_a_way_back"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "id"], name="follower_by_case")]
