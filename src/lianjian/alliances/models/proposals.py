"""Proposals of pairs: what the solver found, what people decided, and why."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.jurisdictions.models import Owned

from ..rules import pairing as rules
from .programmes import RIGHT, Programme


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Doors to proposals."""

    def visible_to(self, actor: Actor) -> ProposalQuerySet:
        """Drafts of an office are its own."""
        return self.filter(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))


class Proposal(Owned):
    """The pairs that are best for a programme on a day, from facts whose `digest` says whether they changed since.

    `total`, `bound` and `greedy` are sums of gains (ten thousandths): of these pairs, the most that any could have,
    and of taking the best pair again and again, which makes `greedy_pairs`. All hold under what people decided. `best`
    is the total before anybody changed anything.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=list(rules.STATES.items()), default="draft")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    total = models.PositiveBigIntegerField()
    best = models.PositiveBigIntegerField()
    bound = models.PositiveBigIntegerField()
    greedy = models.PositiveBigIntegerField(null=True)
    greedy_pairs = models.PositiveIntegerField(null=True)
    gaps = models.JSONField(default=dict)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=80, blank=True)

    objects = cast("ProposalQuerySet", ProposalQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["programme", "number"], name="one_proposal_per_number"),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(state="draft"), name="one_open_proposal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.name} {self.number}"


class ProposalPairQuerySet(models.QuerySet["ProposalPair"]):
    """Doors to proposed pairs."""

    def visible_to(self, actor: Actor) -> ProposalPairQuerySet:
        """As their proposal."""
        return self.filter(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))


class ProposalPair(Owned):
    """A receiver and the giver proposed (none where nobody is left for it), with points and what others would cost.

    Parts are 0 to 1,000, None is unknown. `others` are (giver key, name, loss, pairs fewer, others moved). A refused
    pair stays with its reason beside the one that took its place.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="pairs")
    giver = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    receiver = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    gain = models.PositiveIntegerField(default=0)
    industry = models.SmallIntegerField(null=True)
    place = models.SmallIntegerField(null=True)
    market = models.SmallIntegerField(null=True)
    economy = models.SmallIntegerField(null=True)
    others = models.JSONField(default=list)
    decision = models.CharField(max_length=8, choices=list(rules.DECISIONS.items()), default="open")
    moved = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = cast("ProposalPairQuerySet", ProposalPairQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["proposal", "receiver"], condition=~Q(decision="refused"), name="one_pair_of_a_receiver"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["proposal"], name="pair_by_proposal")]
