"""Terms of office of a body's leadership, and the elections they follow from.

Who holds which office is a dated `directory.Membership` at a `Post`: there is no second register of office-holders.
"""

from __future__ import annotations

from typing import ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.models.organizations import DateRange
from lianjian.events.models import Meeting
from lianjian.jurisdictions.models import Owned
from lianjian.rulebook.models import Evaluation

from ..rules import elections as rules
from .cadence import BranchQuerySet
from .members import PartyMember


class Term(Owned):
    """One term of a committee, or of a secretary where a branch is too small for one.

    `due_on` is the last day by rule (`evaluation`) or, where no rule gives a length, by the paper; `extended_to` the
    one a superior approved. `remind_on`: from when on the branch and its superior are reminded. `ended_on`: the first
    day of the next leadership.
    """

    branch = models.ForeignKey(Organization, models.PROTECT, related_name="terms", db_index=False)
    leadership = models.CharField(max_length=9, choices=list(rules.LEADERSHIPS.items()))
    way = models.CharField(max_length=9, choices=list(rules.WAYS_IN.items()))
    seats = models.PositiveSmallIntegerField()
    since = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    extended_to = models.DateField(null=True, blank=True)
    remind_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=60, blank=True)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects = cast("BranchQuerySet", BranchQuerySet.as_manager())

    class Meta:
        verbose_name = _("班子任期")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("since")), name="term_ends_later"
            ),
            models.CheckConstraint(condition=Q(due_on__isnull=True) | Q(due_on__gt=F("since")), name="term_due_later"),
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True) | Q(extended_to__gt=F("due_on")), name="term_extended_later"
            ),
            ExclusionConstraint(
                name="one_term_at_a_time",
                expressions=[
                    (Func(F("branch_id"), F("branch_id"), Value("[]"), function="int8range"), "&&"),
                    (DateRange(F("since"), F("ended_on")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["branch", "since"], name="term_by_branch"),
            models.Index(
                fields=["jurisdiction", "remind_on"], name="term_by_reminder", condition=Q(ended_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch.name} {self.since}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("partylife:body", kwargs={"key": self.branch.key})


class Election(Owned):
    """An election at a meeting: counts, and who was elected; never who was not.

    `eligible` is the roll of that day (`delegates`: as the meeting counted). `best_other` is the highest number of
    votes of anybody who is not elected, which tells a tie at the last seat; nobody is named by it.
    """

    branch = models.ForeignKey(Organization, models.PROTECT, related_name="elections", db_index=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    held_on = models.DateField()
    leadership = models.CharField(max_length=9, choices=list(rules.LEADERSHIPS.items()))
    way = models.CharField(max_length=9, choices=list(rules.VOTERS.items()))
    seats = models.PositiveSmallIntegerField()
    candidates = models.PositiveSmallIntegerField()
    eligible = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    ballots_out = models.PositiveIntegerField()
    ballots_in = models.PositiveIntegerField()
    best_other = models.PositiveIntegerField(default=0)
    left_open = models.BooleanField(default=False)
    request_paper = models.CharField(max_length=60)
    report_paper = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    evaluations = models.ManyToManyField(Evaluation, through="ElectionGround", related_name="+")
    state = models.CharField(max_length=8, choices=list(rules.STATES.items()), default=rules.RECORDED)
    settled_on = models.DateField(null=True, blank=True)
    settled_paper = models.CharField(max_length=60, blank=True)
    settled_reason = models.CharField(max_length=200, blank=True)
    term = models.OneToOneField(Term, models.PROTECT, null=True, blank=True, related_name="election")
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects = cast("BranchQuerySet", BranchQuerySet.as_manager())

    class Meta:
        verbose_name = _("换届选举")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["branch", "meeting"], condition=~Q(state="returned"), name="one_election_at_a_meeting"
            ),
            models.UniqueConstraint(
                fields=["branch"], condition=Q(state="recorded"), name="one_election_waits_for_approval"
            ),
            models.CheckConstraint(
                condition=Q(present__lte=F("eligible"))
                & Q(ballots_out__lte=F("present"))
                & Q(ballots_in__lte=F("ballots_out")),
                name="election_counts_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="recorded", settled_on__isnull=True, term__isnull=True)
                | (Q(state="approved", settled_on__isnull=False, term__isnull=False) & ~Q(settled_paper=""))
                | (Q(state="returned", settled_on__isnull=False, term__isnull=True) & ~Q(settled_reason="")),
                name="election_settled_one_way",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["branch", "held_on"], name="election_by_branch")]

    def __str__(self) -> str:
        return f"{self.branch.name} {self.held_on}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("partylife:election", kwargs={"key": self.key})


class ElectionGround(Owned):
    """One rule the election was held against, as it came out."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="grounds")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("选举的依据")
        constraints: ClassVar = [*Owned.Meta.constraints]


class Elected(Owned):
    """Somebody who was elected, to which offices (`rules.OFFICES`), with the votes that the majority asks for."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="elected", db_index=False)
    member = models.ForeignKey(PartyMember, models.PROTECT, related_name="+")
    offices = ArrayField(models.CharField(max_length=12))
    votes = models.PositiveIntegerField()
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("当选人")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["election", "member"], name="elected_once"),
            models.CheckConstraint(condition=Q(offices__len__gte=1), name="elected_to_an_office"),
        ]
