"""What a visit asked a body to do, by when, and what came of it."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q
from lianjian.jurisdictions.models import Owned

from ..rules import supervising as rules
from .visits import Visit


class VisitItemQuerySet(models.QuerySet["VisitItem"]):
    """Doors to supervised items."""

    def visible_to(self, actor: Actor) -> VisitItemQuerySet:
        """Who sees the visit, and the body in charge, which sees the item and not the visit."""
        visits = Visit.objects.visible_to(actor).order_by().values("pk")  # type: ignore[attr-defined]
        mine = subtree_q("organization__path", subtree_paths(actor, "meetings.answer"))
        return self.filter(Q(visit__in=visits) | mine)


class VisitItem(Owned):
    """One thing that a visit asks of `organization`, due on a day. `words` are the outcome, or why it was dropped."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="items")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    text = models.CharField(max_length=200)
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=list(rules.ITEM_STATES.items()), default=rules.DOING)
    settled_on = models.DateField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=80, blank=True)
    words = models.CharField(max_length=500, blank=True)
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects = cast("VisitItemQuerySet", VisitItemQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state=rules.DOING, settled_on__isnull=True)
                | (~Q(state=rules.DOING) & Q(settled_on__isnull=False) & ~Q(words="")),
                name="visit_item_settled_in_words",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["jurisdiction", "due_on", "id"], name="visit_item_by_due"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("events:item", kwargs={"key": self.key})
