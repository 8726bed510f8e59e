"""Who of a body took part in a meeting, for whom it counts, and who need not come."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization, Person, Team
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.jurisdictions.models import Owned, Register

from ..rules import attendance as rules
from .meetings import Meeting


def of_one_s_own(actor: Actor) -> Q:
    """Rows of the bodies in one's scope, of the meetings they convene, and oneself."""
    right = "meetings.see"
    whole, paths = whole_jurisdictions(actor, right), subtree_paths(actor, right)
    query = Q(jurisdiction_id__in=whole) | subtree_q("organization__path", paths)
    query |= Q(meeting__jurisdiction_id__in=whole) | subtree_q("meeting__convener__path", paths)
    return query | Q(person_id=actor.person_id or 0)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Doors to lists of who came."""

    def visible_to(self, actor: Actor) -> AttendanceQuerySet:
        """Of the bodies in one's scope, of the meetings they convene, and oneself."""
        return self.filter(of_one_s_own(actor))

    def present(self) -> AttendanceQuerySet:
        """Who was there: what is counted as person-times, and brings hours of education."""
        return self.filter(state=rules.PRESENT)

    def listed(self) -> AttendanceQuerySet:
        """What lists of bodies say, without those of whom only the list of a team speaks."""
        return self.filter(team__isnull=True)


class Attendance(Owned):
    """One person at one meeting, counted for one body: a row of that body's place.

    A member who comes to another branch's activity counts for the own branch (`organization`). `state` exempt: old, ill
    or disabled members are not bound to come and stand in no rate (党员教育管理工作条例 art. 23). `reason` is a word of
    a short list, never what somebody suffers from. `team` wrote down who came to serve with it and is on no body's
    list; once the body's list speaks of them, it is theirs.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="attendance")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendance")
    state = models.CharField(max_length=7, choices=list(rules.STATES.items()))
    reason = models.CharField(max_length=8, choices=list(rules.REASONS.items()), blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=80)

    objects = cast("AttendanceQuerySet", AttendanceQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "person"], name="one_attendance_per_person"),
            models.CheckConstraint(
                condition=Q(state="leave") & ~Q(reason="") | ~Q(state="leave") & Q(reason=""),
                name="leave_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=True) | Q(state="present"), name="who_serves_is_present"
            ),
        ]


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    """Doors to who came by the code at the door."""

    def visible_to(self, actor: Actor) -> ArrivalQuerySet:
        """Of the bodies in one's scope, of the meetings they convene, and oneself."""
        return self.filter(of_one_s_own(actor))


class Arrival(Owned):
    """A person said at the door "I am here", to be counted for `organization`: a row of that body's place, lent to the
    convener's.

    It proposes and decides nothing: who was present is said by the list that the recorder writes (`Attendance`).
    Neither position nor device is kept.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="arrivals", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField()

    objects = cast("ArrivalQuerySet", ArrivalQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "person"], name="one_arrival_per_person"),
        ]


class Audience(Register):
    """For whom a class was held: one word of the code list a row, so that classes and audiences are both counted."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="audiences", db_index=False)
    name = models.CharField(max_length=30)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "name"], name="one_audience_per_name"),
        ]

    def __str__(self) -> str:
        return self.name
