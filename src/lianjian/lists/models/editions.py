"""Editions: the lists as they were issued for a period."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from lianjian.alliances.models import Alliance
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.jurisdictions.models import Register

from .. import rules
from .items import Item, alliances_of, counties


class EditionQuerySet(models.QuerySet["Edition"]):
    """Doors to editions."""

    def visible_to(self, actor: Actor) -> EditionQuerySet:
        """Those for the county of its places, for a town of one's own; an alliance's by its members."""
        if not actor.scopes("lists.see"):
            return self.none()
        whole = whole_jurisdictions(actor, "lists.see")
        reach = Q(reach="county", jurisdiction_id__in=counties(actor)) | Q(
            jurisdiction_id=actor.jurisdiction_id
        )
        mine = Q(alliance__isnull=True) & reach
        return self.filter(mine | Q(jurisdiction_id__in=whole) | Q(alliance_id__in=alliances_of(actor)))


class Edition(Register):
    """The lists (one kind, or all four) of a place or an alliance, issued for a period; its lines never change.

    `reach` of a place's issue: the town, with what is published to the town alone, or the county.
    """

    alliance = models.ForeignKey(Alliance, models.PROTECT, null=True, blank=True, related_name="editions")
    kind = models.CharField(max_length=10, blank=True, choices=list(rules.KINDS.items()))
    reach = models.CharField(max_length=10, choices=list(rules.REACHES.items()), default="county")
    title = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)

    objects = cast("EditionQuerySet", EditionQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "alliance", "kind", "title"],
                nulls_distinct=False,
                name="one_edition_of_a_title",
            ),
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="edition_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("lists:edition", kwargs={"key": self.key})


class EditionLine(Register):
    """A line as it was issued; `item` leads to what became of it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="lines", db_index=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=list(rules.KINDS.items()))
    category = models.CharField(max_length=30)
    title = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    organization_name = models.CharField(max_length=120)
    quantity = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=120, blank=True)
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "position"], name="one_line_at_a_position"),
        ]
