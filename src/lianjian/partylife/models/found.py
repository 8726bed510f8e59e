"""Members who were found in firms."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.jurisdictions.models import Owned

from .doors import RIGHT, seen_through


class FoundMemberQuerySet(models.QuerySet["FoundMember"]):
    """Doors to found members."""

    def visible_to(self, actor: Actor) -> FoundMemberQuerySet:
        """Whole jurisdictions; the firm, the home branch and the joint branch each see him; instructors their firms."""
        whole = whole_jurisdictions(actor, RIGHT)
        query = Q(jurisdiction_id__in=whole) | Q(home_branch__jurisdiction_id__in=whole)
        seen = seen_through(actor, "enterprise", "home_branch", "joint_branch")
        inside = FoundMember.objects.filter(seen).order_by().values("pk")
        return self.filter(query | Q(pk__in=inside))

    def standing(self) -> FoundMemberQuerySet:
        """Not withdrawn: what lists and figures count."""
        return self.filter(withdrawn_at__isnull=True)


class FoundMember(Owned):
    """A member who works in a firm and whom nobody there knew (“隐形党员”“口袋党员”), found in the two-way search.

    From `managed_on` the joint branch where he works looks after him beside his home branch (双联共管). Both see the
    one row, which is owned and counted where he works.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="findings")
    enterprise = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="found_members"
    )
    enterprise_text = models.CharField(max_length=120, blank=True)
    home_branch = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    home_branch_text = models.CharField(max_length=120, blank=True)
    joint_branch = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    joint_branch_text = models.CharField(max_length=120, blank=True)
    found_on = models.DateField()
    managed_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=20, default="search")
    note = models.CharField(max_length=300, blank=True)
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[FoundMember]] = FoundMemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("找出的党员")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"], condition=Q(withdrawn_at__isnull=True), name="one_finding_per_person"
            ),
            models.CheckConstraint(
                condition=Q(managed_on__isnull=True) | Q(managed_on__gte=F("found_on")),
                name="managed_after_found",
            ),
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False) | ~Q(enterprise_text=""), name="finding_names_the_firm"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["jurisdiction", "found_on", "id"], name="found_member_by_day"),
            models.Index(fields=["enterprise"], name="found_member_by_enterprise"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} {self.found_on}"

    @property
    def where(self) -> str:
        """Name of the firm, as registered or as written."""
        return self.enterprise.name if self.enterprise is not None else self.enterprise_text

    @property
    def home(self) -> str:
        """Name of the branch that keeps his membership."""
        return self.home_branch.name if self.home_branch is not None else self.home_branch_text

    @property
    def joint(self) -> str:
        """Name of the branch that looks after him where he works."""
        return self.joint_branch.name if self.joint_branch is not None else self.joint_branch_text

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("partylife:found_member", kwargs={"key": self.key})
