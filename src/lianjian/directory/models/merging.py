"""Doubled organizations: pairs that look alike, and merges with what they moved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianjian.jurisdictions.models import Register

from .organizations import Organization


class Likeness(Register):
    """Two organizations that may be one. Found by an import or a search; a person decides."""

    class Reason(models.TextChoices):
        SAME_NAME = "same_name", _("名称相同")
        ALIAS = "alias", _("与曾用名、简称相同")
        SHORT = "short", _("字号相同")
        NEAR = "near", _("名称相近")

    class State(models.TextChoices):
        OPEN = "open", _("待核对")
        MERGED = "merged", _("已合并")
        DIFFERENT = "different", _("不是同一家")

    # `first` is the older row, so that a pair has one form.
    first = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    second = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["first", "second"], name="one_likeness_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="likeness_has_one_form"),
        ]
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "state", "id"], name="likeness_by_state")]


class Merge(Register):
    """One merge: what moved from the loser to the winner, so that it can be looked at and taken back.

    `moved` maps `app.model.field` to row ids; `replaced` holds rows that could not stand beside the winner's own
    (label to list of {id, before: {...} or null for deleted}); `fields` maps a field to [winner before, winner after].
    """

    winner = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    loser = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    moved = models.JSONField(default=dict)
    replaced = models.JSONField(default=list)
    fields = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["loser"], condition=Q(undone_at__isnull=True), name="one_open_merge_per_loser"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["winner", "id"], name="merge_by_winner")]
