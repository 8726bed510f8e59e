"""Caps with travel areas, instructors away, and proposals of who should cover whom.

Nothing here says who covers whom: that is `directory.Link` (coverage) and `directory.Membership` (instructor) alone.
"""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization, Person
from lianjian.jurisdictions.models import Owned

from .. import rules
from .doors import OfPlace, ends_later, one_at_a_time


class Cap(Owned):
    """How many firms a station or an instructor takes at most, from `since` to the day before `until`."""

    station = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    most = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = cast("OfPlace", OfPlace.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(station__isnull=False, person__isnull=True)
                | Q(station__isnull=True, person__isnull=False),
                name="cap_is_of_one",
            ),
            models.CheckConstraint(condition=Q(most__range=(1, 500)), name="cap_is_a_number_of_firms"),
            ends_later("cap_ends_later"),
            one_at_a_time("one_cap_of_a_station", "station_id", condition=Q(station__isnull=False)),
            one_at_a_time("one_cap_of_a_person", "person_id", condition=Q(person__isnull=False)),
        ]


class CapPlace(Owned):
    """A village, park or body within which the holder of a cap travels; none: the whole place."""

    cap = models.ForeignKey(Cap, models.CASCADE, related_name="places")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["cap", "organization"], name="one_place_of_a_cap"),
        ]


class Leave(Owned):
    """An instructor is away from `since` to the day before `until` (None: for good). Why is nobody's business."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = cast("OfPlace", OfPlace.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            ends_later("leave_ends_later"),
            one_at_a_time("one_leave_at_a_time", "person_id"),
        ]


class Proposal(Owned):
    """A draft of who should cover whom from `since` on; nothing holds before it is confirmed.

    `shortages` name firms, holders, seats and how many places are lacking, by ids, as the solver found them.
    """

    kind = models.CharField(max_length=10, choices=list(rules.KINDS.items()))
    scope = models.CharField(max_length=10)
    leave = models.ForeignKey(Leave, models.PROTECT, null=True, blank=True, related_name="proposals")
    since = models.DateField()
    state = models.CharField(max_length=10, default="open")
    shortages = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = cast("OfPlace", OfPlace.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=list(rules.PROPOSAL_STATES)), name="proposal_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True) | ~Q(state="open") & Q(decided_at__isnull=False),
                name="proposal_is_decided_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "-id"], name="proposal_by_place")]


class ProposedCover(Owned):
    """One line of a proposal: this firm to that station or person, instead of `before`, and why."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="lines")
    enterprise = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    station = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    station_before = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    person_before = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField(max_length=6)
    place = models.CharField(max_length=120, blank=True)
    distance = models.PositiveIntegerField(null=True, blank=True)
    load = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    decision = models.CharField(max_length=8, default="open")
    reason = models.CharField(max_length=200, blank=True)

    objects = cast("OfPlace", OfPlace.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["proposal", "enterprise"], name="one_line_for_a_firm"),
            models.CheckConstraint(
                condition=Q(station__isnull=True) | Q(person__isnull=True), name="proposed_cover_is_of_one"
            ),
            models.CheckConstraint(condition=Q(way__in=list(rules.WAYS)), name="way_of_cover_is_known"),
            models.CheckConstraint(
                condition=Q(decision__in=list(rules.DECISIONS)), name="decision_on_cover_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(reason=""), name="refused_cover_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(decision="accepted") | Q(station__isnull=False) | Q(person__isnull=False),
                name="accepted_cover_names_somebody",
            ),
        ]

    @property
    def holder_id(self) -> int | None:
        """Whom the line proposes: a station or a person, by the kind of its proposal."""
        return self.station_id or self.person_id

    @property
    def before_id(self) -> int | None:
        """Who covered the firm when it was proposed."""
        return self.station_before_id or self.person_before_id
