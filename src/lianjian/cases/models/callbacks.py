"""Call-backs: what who asked says when somebody else than the handler asks them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned

from .. import rules
from .cases import Case


class CallBackQuerySet(models.QuerySet["CallBack"]):
    """Doors to call-backs."""

    def visible_to(self, actor: Actor) -> CallBackQuerySet:
        """Those of the cases that the actor sees."""
        seen = Case.objects.visible_to(actor)  # type: ignore[attr-defined]
        return self.filter(case__in=seen)


class CallBack(Owned):
    """One call, kept apart from the case: it moves nothing, and the case's own end stays what it was.

    `solved` and `satisfied` are empty where nobody was `reached`.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="callbacks")
    called_at = models.DateTimeField()
    called_on = models.DateField()
    way = models.CharField(max_length=8)
    reached = models.BooleanField()
    solved = models.CharField(max_length=8, blank=True)
    satisfied = models.CharField(max_length=12, blank=True)
    words = models.TextField(blank=True)
    by_user = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=80)
    unit = models.CharField(max_length=120, blank=True)

    objects: ClassVar[models.Manager[CallBack]] = CallBackQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=Q(way__in=list(rules.CALL_WAYS)), name="call_way_is_known"),
            models.CheckConstraint(
                condition=Q(reached=True, solved__in=list(rules.CALL_ANSWERS))
                | Q(reached=False, solved="", satisfied=""),
                name="call_answers_when_reached",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "id"], name="callback_by_case"),
            models.Index(fields=["jurisdiction", "called_on"], name="callback_by_day"),
        ]
