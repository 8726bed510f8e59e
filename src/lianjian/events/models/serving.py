"""Which teams serve at a meeting or activity."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate

from lianjian.directory.models import Team
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Register


class ServingTeam(Register):
    """A team of the convener's place that serves. Read with the invitation, also where the team itself is not.

    `name` and `kind` are what it was called and was when it was put down: what a record says does not change when a
    team is renamed, and is the same for whoever does not read the team.
    """

    meeting = models.ForeignKey("events.Meeting", models.CASCADE, related_name="teams", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="served")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=9)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "team"], name="one_team_per_meeting"),
        ]

    def __str__(self) -> str:
        return self.name


def member_then() -> Q:
    """Of rows of `ServingTeam` with a member of the team: who was in it on the day of the meeting."""
    day = TruncDate("meeting__starts_at")
    left = Q(team__members__until__isnull=True) | Q(team__members__until__gt=day)
    return left & Q(team__members__since__lte=day)


def served_by(person_id: int) -> QuerySet[Any]:
    """Ids of the meetings at which a team serves of which the person was a member on that day."""
    rows = ServingTeam.objects.filter(member_then(), team__members__person_id=person_id)
    return rows.order_by().values("meeting_id")


def serves_at(actor: Actor) -> Q:
    """Of meetings: those at which one serves oneself with a team."""
    return Q(pk__in=served_by(actor.person_id)) if actor.person_id is not None else Q(pk__in=[])
