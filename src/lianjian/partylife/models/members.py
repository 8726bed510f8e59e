"""Members of the party and the branch that each belongs to on a day.

The national member system stays the register of record: no identity number, no dues and no health is kept here.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization, Person
from lianjian.directory.models.organizations import DateRange
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.jurisdictions.models import Owned
from lianjian.rulebook.models import Evaluation

from .doors import RIGHT, of_branches


def _one_at_a_time(name: str, *fields: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows of the same fields hold on one day; ids stand as ranges, which needs no extension."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((Func(F(one), F(one), Value("[]"), function="int8range"), "&&") for one in fields),
            (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


def _ends_later(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name=name)


class Dated(models.QuerySet[Any]):
    """Rows that hold from `since` to the day before `until`."""

    def on(self, day: object) -> Dated:
        """Those that hold on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)

    def visible_to(self, actor: Actor) -> Dated:
        """Those of members whom the actor sees."""
        return self.filter(member__in=PartyMember.objects.visible_to(actor).order_by().values("pk"))  # type: ignore[attr-defined]


class PartyMemberQuerySet(models.QuerySet["PartyMember"]):
    """Doors to members."""

    def visible_to(self, actor: Actor) -> PartyMemberQuerySet:
        """Whole jurisdictions, and members whose home or host branch of today or once lies in one's scope."""
        seats = BranchMembership.objects.filter(of_branches(actor)).order_by().values("member_id")
        return self.filter(Q(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT)) | Q(pk__in=seats))


class PartyMember(Owned):
    """A member, full or on probation. Owned by the place of the home branch, lent to that of a host branch.

    `joined_on` is the day of the branch meeting that admitted him (教育管理条例 art. 24), `full_on` the day of turning
    full; who has none is on probation and has no vote (党章 art. 7). Of the work only words are kept.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="party_records")
    joined_on = models.DateField()
    full_on = models.DateField(null=True, blank=True)
    occupation = models.CharField(max_length=40, blank=True)
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects: ClassVar[models.Manager[PartyMember]] = PartyMemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("党员")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["person"], name="one_record_per_member"),
            models.CheckConstraint(
                condition=Q(full_on__isnull=True) | Q(full_on__gt=F("joined_on")), name="full_after_joined"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "joined_on"], name="member_by_joined")]

    def __str__(self) -> str:
        return self.person.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("partylife:member", kwargs={"key": self.key})


class BranchMembership(Owned):
    """A member in a branch from a day on: at home in exactly one, as a guest (双联共管) perhaps in others.

    Counted, called to meetings and given a vote is a member at home alone.
    """

    HOME, HOST = "home", "host"

    member = models.ForeignKey(PartyMember, models.PROTECT, related_name="branches")
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="party_members")
    role = models.CharField(max_length=4, choices=((HOME, _("组织关系在本支部")), (HOST, _("双联共管"))))
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    # The party group or members' household below the branch where he sits today.
    group = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="group_members")
    ended_kind = models.CharField(max_length=12, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[BranchMembership]] = Dated.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            _ends_later("branch_membership_ends_later"),
            _one_at_a_time("one_home_branch_at_a_time", "member_id", condition=Q(role="home")),
            _one_at_a_time("once_in_a_branch_at_a_time", "member_id", "branch_id"),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ended_reason="") | (Q(until__isnull=False) & ~Q(ended_reason="")),
                name="branch_membership_ends_with_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["branch", "role", "since"], name="branch_membership_by_branch")]


class MemberExemption(Owned):
    """A time in which a member is not bound to attend, or is left out of the number that should come to vote.

    The first is 教育管理条例 art. 23, which asks for no medical word. The second is for the reasons of the rule
    `election.left_out` alone: the upper committee consented (`consent` names the paper) and the meeting adopted it on
    `adopted_on`.
    """

    ATTENDANCE, VOTE = "attendance", "vote"

    member = models.ForeignKey(PartyMember, models.PROTECT, related_name="exemptions")
    effect = models.CharField(
        max_length=10, choices=((ATTENDANCE, _("不作出勤硬性要求")), (VOTE, _("不计入应到会人数")))
    )
    kind = models.CharField(max_length=12)
    consent = models.CharField(max_length=60, blank=True)
    adopted_on = models.DateField(null=True, blank=True)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[MemberExemption]] = Dated.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            _ends_later("exemption_ends_later"),
            _one_at_a_time("one_exemption_at_a_time", "member_id", condition=Q(effect="attendance")),
            _one_at_a_time("one_exclusion_at_a_time", "member_id", condition=Q(effect="vote")),
            models.CheckConstraint(
                condition=Q(effect="attendance") | (~Q(consent="") & Q(adopted_on__isnull=False)),
                name="exclusion_needs_consent",
            ),
        ]
