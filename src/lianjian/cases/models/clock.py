"""What stops a clock for a while, and who heard of a case that was late."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianjian.jurisdictions.models import Owned

from .. import rules
from .cases import Case


class Pause(Owned):
    """Days on which the clock of a case stands still: a listed reason, a last day, and approval by somebody else.

    `first` and `last` are whole days, both included; `first` lies after the day of the decision, so that no time
    that was shared out already is taken back. `last` is brought forward where the reason ends early.
    """

    class Decision(models.TextChoices):
        PENDING = "", _("待审批")
        APPROVED = "approved", _("同意")
        REFUSED = "refused", _("不同意")
        LAPSED = "lapsed", _("已失效")

    case = models.ForeignKey(Case, models.CASCADE, related_name="pauses")
    reason_code = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    first = models.DateField(null=True, blank=True)
    last = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=80)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=80, blank=True)
    ground = models.CharField(max_length=300, blank=True)
    ended_early_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["case"], condition=Q(decision=""), name="one_open_pause_per_case"
            ),
            models.CheckConstraint(
                condition=Q(reason_code__in=list(rules.PAUSE_REASONS)), name="pause_reason_is_listed"
            ),
            models.CheckConstraint(
                condition=~Q(decision="approved") | Q(first__isnull=False, last__gte=F("first") - 1),
                name="approved_pause_has_its_days",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "id"], name="pause_by_case")]


class Escalation(Owned):
    """A case went up the line under a rule of `rules.escalation`, once for each `mark` (the duty or the count).

    `kind` is action (somebody above must act) or sight (somebody above is told). `level`: office, head, above.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="escalations")
    rule = models.CharField(max_length=20)
    kind = models.CharField(max_length=6)
    level = models.CharField(max_length=6)
    mark = models.CharField(max_length=40)
    at = models.DateTimeField()
    acted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["case", "rule", "mark"], name="one_escalation_per_mark"),
        ]
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "-id"], name="escalation_by_newest")]
