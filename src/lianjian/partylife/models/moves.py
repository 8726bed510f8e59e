"""Members on the move: transfers in two phases, spells away, what was done to keep contact, what a body decided."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned
from lianjian.rulebook.models import Evaluation

from ..rules import moves as rules
from .doors import RIGHT, of_branches
from .members import Dated, PartyMember, _ends_later, _one_at_a_time


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Doors to transfers."""

    def visible_to(self, actor: Actor) -> TransferQuerySet:
        """Of which the old or the new branch lies in one's scope."""
        if not actor.scopes(RIGHT):
            return self.none()
        return self.filter(of_branches(actor) | of_branches(actor, "to_branch")).distinct()


class Transfer(Owned):
    """A member's relation on its way to another branch; owned by the sender's place, lent to that of the receiver.

    Until the receiver accepts, the old branch stays responsible (教育管理条例 art. 25). `branch` or `to_branch` is
    empty where that side is outside the system and known by its name and a letter; the side here owns such a transfer.
    An answer (`TransferAnswer`) moves it, and with it the home, in one transaction (migration 0009).
    """

    member = models.ForeignKey(PartyMember, models.PROTECT, related_name="transfers")
    branch = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="transfers_out")
    branch_text = models.CharField(max_length=120, blank=True)
    to_branch = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="transfers_in")
    to_text = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=10, choices=list(rules.REASONS.items()))
    words = models.CharField(max_length=200, blank=True)
    letter_number = models.CharField(max_length=60, blank=True)
    opened_on = models.DateField()
    valid_until = models.DateField()
    state = models.CharField(max_length=9, choices=list(rules.STATES.items()), default=rules.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=200, blank=True)
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects = cast("TransferQuerySet", TransferQuerySet.as_manager())

    class Meta:
        verbose_name = _("组织关系转接")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["member"], condition=Q(state=rules.OPEN), name="one_open_transfer_per_member"
            ),
            models.CheckConstraint(
                condition=(Q(branch__isnull=False) | ~Q(branch_text=""))
                & (Q(to_branch__isnull=False) | ~Q(to_text=""))
                & (Q(branch__isnull=False) | Q(to_branch__isnull=False)),
                name="transfer_names_both_sides",
            ),
            models.CheckConstraint(
                condition=Q(state=rules.OPEN, closed_on__isnull=True)
                | (~Q(state=rules.OPEN) & Q(closed_on__isnull=False)),
                name="transfer_closes_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[rules.OPEN, rules.ACCEPTED]) | ~Q(closed_reason=""),
                name="transfer_ends_with_reason",
            ),
            models.CheckConstraint(condition=Q(valid_until__gte=F("opened_on")), name="transfer_valid_later"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["to_branch", "state"], name="transfer_by_receiver"),
            models.Index(fields=["branch", "state"], name="transfer_by_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.source_name} → {self.target_name}"

    @property
    def source_name(self) -> str:
        """Where from, in words."""
        return self.branch.name if self.branch is not None else self.branch_text

    @property
    def target_name(self) -> str:
        """Where to, in words."""
        return self.to_branch.name if self.to_branch is not None else self.to_text

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("partylife:transfer", kwargs={"key": self.key})


class TransferAnswer(Owned):
    """The receiver's answer: a row of its own place, lent to the sender's. Written once; refusing needs a reason."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="answers")
    kind = models.CharField(
        max_length=8, choices=((rules.ACCEPTED, _("已接收")), (rules.REFUSED, _("未接收")))
    )
    day = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["transfer"], name="one_answer_per_transfer"),
            models.CheckConstraint(
                condition=Q(kind=rules.ACCEPTED) | ~Q(reason=""), name="transfer_refused_with_reason"
            ),
        ]


class Absence(Owned):
    """A time in which a member is away, or cannot be found, or keeps away; facts that people recorded.

    Of the place only words are kept, of the contact person of the home branch only the name. For `lost`, `since` is the
    day of the last contact. Nothing follows from it by itself.
    """

    member = models.ForeignKey(PartyMember, models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=8, choices=list(rules.ABSENCES.items()))
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=80, blank=True)
    contact_name = models.CharField(max_length=40, blank=True)
    registered_out_on = models.DateField(null=True, blank=True)
    registered_in_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=200, blank=True)
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Absence]] = Dated.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("流动和失联")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            _ends_later("absence_ends_later"),
            _one_at_a_time("one_spell_away_at_a_time", "member_id", condition=Q(kind__in=rules.AWAY)),
            _one_at_a_time("one_loss_at_a_time", "member_id", condition=Q(kind__in=rules.AMISS)),
            _one_at_a_time("kept_at_one_school_at_a_time", "member_id", condition=Q(kind=rules.GRADUATE)),
            models.CheckConstraint(condition=~Q(kind__in=rules.AWAY) | ~Q(place=""), name="away_somewhere"),
        ]


class MemberContact(Owned):
    """One time somebody spoke with a member who is away, or tried to (`reached` false): day, way, a short note."""

    member = models.ForeignKey(PartyMember, models.PROTECT, related_name="contacts")
    day = models.DateField()
    way = models.CharField(max_length=8, choices=list(rules.WAYS.items()))
    reached = models.BooleanField(default=True)
    words = models.CharField(max_length=200, blank=True)
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]
        indexes: ClassVar = [models.Index(fields=["member", "day"], name="member_contact_by_day")]


class StandingDecision(Owned):
    """What a body decided about a member's standing: with reason, paper and body; `keep` with its reason alone.

    A suspension (停止党籍) holds from `since` to the day before `until`: its member stays on the roll and is neither
    asked to come, nor a voter, nor counted. A correction period (限期改正) runs from `since` until `until`, when the
    body looks again; a later one stands for it where they overlap (`rules.moves.correcting`). Each other decision is
    of one day.
    """

    member = models.ForeignKey(PartyMember, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8, choices=list(rules.DECISIONS.items()))
    ground = models.CharField(max_length=8, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    body = models.CharField(max_length=120, blank=True)
    paper = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects: ClassVar[models.Manager[StandingDecision]] = Dated.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("党籍决定")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            _ends_later("decision_ends_later"),
            _one_at_a_time("one_suspension_at_a_time", "member_id", condition=Q(kind=rules.SUSPEND)),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_with_reason"),
            models.CheckConstraint(
                condition=Q(kind=rules.KEEP) | (~Q(body="") & ~Q(paper="")), name="decision_with_paper"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=rules.LASTING) | Q(until__isnull=True), name="decision_of_one_day"
            ),
            models.CheckConstraint(
                condition=~Q(kind=rules.CORRECT) | Q(until__isnull=False), name="correction_ends_on_a_day"
            ),
        ]


def stopped(day: Any) -> models.QuerySet[Any]:
    """Suspensions that hold on a day."""
    return StandingDecision.objects.on(day).filter(kind=rules.SUSPEND)  # type: ignore[attr-defined, no-any-return]
