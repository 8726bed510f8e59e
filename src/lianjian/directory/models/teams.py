"""Teams of people from several bodies: help teams (帮办团), task forces for one project (专班)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.jurisdictions.models import Owned

from .organizations import Organization
from .people import Person


class TeamQuerySet(models.QuerySet["Team"]):
    """Doors to teams."""

    def visible_to(self, actor: Actor) -> TeamQuerySet:
        """Those of the places whose people the actor sees, and those one belongs to."""
        own = TeamMember.objects.filter(person_id=actor.person_id or 0).values("team_id")
        return self.filter(Q(jurisdiction_id__in=whole_jurisdictions(actor, "people.see")) | Q(pk__in=own))

    def standing(self) -> TeamQuerySet:
        """Not dissolved."""
        return self.filter(dissolved_on__isnull=True)


class Team(Owned):
    """People who help together. `organization` answers for what the team does; `leader` leads it.

    `subjects` are codes of what it helps with (categories of cases), `skills` its own words; areas are villages
    (none: the whole place). A task force is for one `project`, which has one task force and one leader.
    """

    class Kind(models.TextChoices):
        HELP = "help", _("帮办团")
        TASK = "task", _("专班")

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.HELP)
    name = models.CharField(max_length=60)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    project = models.CharField(max_length=120, blank=True)
    subjects = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    skills = models.CharField(max_length=200, blank=True)
    founded_on = models.DateField()
    dissolved_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[Team]] = TeamQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                condition=Q(dissolved_on__isnull=True),
                name="one_team_per_name",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "project"],
                condition=Q(dissolved_on__isnull=True, kind="task"),
                name="one_task_force_per_project",
            ),
            models.CheckConstraint(
                condition=~Q(kind="task") | ~Q(project=""), name="task_force_has_a_project"
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gte=F("founded_on")),
                name="team_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(Owned):
    """Somebody in a team from `since` to the day before `until`; `unit` is the body that sent them."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    task = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["team", "person"], condition=Q(until__isnull=True), name="one_seat_in_a_team"
            ),
        ]


class TeamArea(Owned):
    """A village that a team looks after."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="areas")
    village = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["team", "village"], name="one_area_of_a_team"),
        ]
