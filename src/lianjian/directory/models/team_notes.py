"""The log of a task force's project: who was asked on which day, how far it is, what hampers it."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned

from ..rules import team_notes as rules
from .teams import Team


class TeamNoteQuerySet(models.QuerySet["TeamNote"]):
    """Doors to the log."""

    def visible_to(self, actor: Actor) -> TeamNoteQuerySet:
        """Those of the teams that the actor sees."""
        return self.filter(team__in=Team.objects.visible_to(actor).values("pk"))

    def standing(self) -> TeamNoteQuerySet:
        """Not withdrawn: what the page of the team and figures count."""
        return self.filter(withdrawn_at__isnull=True)


class TeamNote(Owned):
    """One note about the project of a task force. `contact` says who of the project was asked, by role and not by name.

    `percent` is how much of the whole is done, where somebody can say; `words` what stands and what hampers. Of
    several notes the one of the latest day says how far the project is. Withdrawn ones are counted nowhere.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="notes", db_index=False)  # team_note_by_team begins so
    day = models.DateField()
    contact = models.CharField(max_length=7)
    stage = models.CharField(max_length=9)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=rules.MOST_WORDS)
    recorded_by = models.BigIntegerField(null=True, blank=True)
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = cast("TeamNoteQuerySet", TeamNoteQuerySet.as_manager())

    class Meta:
        verbose_name = _("项目进度")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(contact__in=list(rules.CONTACTS)), name="team_note_contact_is_known"
            ),
            models.CheckConstraint(condition=Q(stage__in=list(rules.STAGES)), name="team_note_stage_is_known"),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="team_note_percent_is_a_share"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="team_note_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="team_note_withdrawn_with_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["team", "-day", "-id"], name="team_note_by_team"),
            models.Index(fields=["jurisdiction", "-day", "-id"], name="team_note_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.team.name} {self.day}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("directory:team_note", kwargs={"key": self.key})
