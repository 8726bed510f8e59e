"""Teams of people from several bodies: help teams (帮办团), task forces for a project (专班), volunteers (志愿队)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.foundation.dbday import Today
from lianjian.jurisdictions.models import Owned

from .organizations import DateRange, Organization
from .people import Person


class TeamQuerySet(models.QuerySet["Team"]):
    """Doors to teams."""

    def visible_to(self, actor: Actor) -> TeamQuerySet:
        """Those of the places and bodies whose people the actor sees, and those one belongs to today."""
        right = "people.see"
        home = Q(jurisdiction_id__in=whole_jurisdictions(actor, right))
        home |= subtree_q("organization__path", subtree_paths(actor, right))
        own = TeamMember.objects.on(Today()).filter(person_id=actor.person_id or 0).values("team_id")
        return self.filter(home | Q(pk__in=own))

    def standing(self, day: date | None = None) -> TeamQuerySet:
        """Not dissolved; with a day: those that stood on it."""
        if day is None:
            return self.filter(dissolved_on__isnull=True)
        return self.filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day), founded_on__lte=day)


class Team(Owned):
    """People who help together. `organization` answers for what the team does; `leader` leads it.

    `subjects` are codes of what it helps with (categories of cases), `skills` its own words; areas are villages
    (none: the whole place). A task force is for one `project`, which has one task force and one leader. `purpose` is
    what it is there for, in words.
    """

    class Kind(models.TextChoices):
        HELP = "help", _("帮办团")
        TASK = "task", _("专班")
        VOLUNTEER = "volunteer", _("志愿服务队")

    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.HELP)
    name = models.CharField(max_length=60)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    project = models.CharField(max_length=120, blank=True)
    subjects = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    skills = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    founded_on = models.DateField()
    dissolved_on = models.DateField(null=True, blank=True)

    objects = cast("TeamQuerySet", TeamQuerySet.as_manager())

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


class SeatQuerySet(models.QuerySet[Any]):
    """Doors to who is in a team."""

    def visible_to(self, actor: Actor) -> SeatQuerySet:
        """Those of the teams that the actor sees."""
        return self.filter(team__in=Team.objects.visible_to(actor).values("pk"))

    def on(self, day: date | Today) -> SeatQuerySet:
        """Those that hold on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


def _once(field: str, name: str) -> ExclusionConstraint:
    """Nobody is twice in a team at a time."""
    both = ("team_id", field)
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((Func(F(one), F(one), Value("[]"), function="int8range"), RangeOperators.OVERLAPS) for one in both),
            (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
        ],
    )


class TeamMember(Owned):
    """Somebody in a team from `since` to the day before `until`; `unit` is the body that sent them."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    task = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = cast("SeatQuerySet", SeatQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            _once("person_id", "one_seat_in_a_team"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="team_seat_ends_later"
            ),
        ]


class TeamUnit(Owned):
    """A body that takes part in a team as such (成员单位), from `since` to the day before `until`."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="units", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = cast("SeatQuerySet", SeatQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            _once("organization_id", "one_unit_in_a_team"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="team_unit_ends_later"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["team", "since"], name="team_unit_by_team")]


class TeamArea(Owned):
    """A village that a team looks after."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="areas")
    village = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["team", "village"], name="one_area_of_a_team"),
        ]
