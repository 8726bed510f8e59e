"""People on their way into the party."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization, Person
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.jurisdictions.models import Owned
from lianjian.rulebook.models import Evaluation

from .doors import RIGHT, seen_through


class ApplicantQuerySet(models.QuerySet["Applicant"]):
    """Doors to applicants."""

    def visible_to(self, actor: Actor) -> ApplicantQuerySet:
        """Whole jurisdictions; firms of one's subtree or covered by it; firms one covers as instructor.

        Also the line of the branch that develops him: the branch, its committees, and where he was transferred.
        """
        seen = seen_through(actor, "enterprise", "branch", "transferred_to")
        inside = Applicant.objects.filter(seen).order_by().values("pk")
        whole = whole_jurisdictions(actor, RIGHT)
        mine = Q(jurisdiction_id__in=whole) | Q(transferred_to__jurisdiction_id__in=whole)
        return self.filter(mine | Q(pk__in=inside))

    def standing(self) -> ApplicantQuerySet:
        """Not withdrawn: what lists and figures count. Those who stopped did apply and are counted."""
        return self.filter(withdrawn_at__isnull=True)


class Applicant(Owned):
    """A person's way into the party, in 25 steps (`DevelopmentStep`).

    Steps up to `paper_until` were taken on paper before the record began: of them only the days below are known. These
    days follow the steps as soon as they are recorded: activist at step 3, development target at the consent of step 8,
    probationary from the branch meeting of step 15 once it is approved (step 17), full from the end of the probation
    once that is approved (step 24). `stage`, `next_step`, `next_from`, `due_on`, `waits_for` and `missing` follow from
    the steps; they are kept so that lists can sort by them. `continues` is the record of the place he moved from.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="applications")
    enterprise = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="applicants"
    )
    enterprise_text = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=30, blank=True)
    applied_on = models.DateField()
    branch = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    branch_text = models.CharField(max_length=120, blank=True)
    committee_text = models.CharField(max_length=120, blank=True)
    activist_on = models.DateField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    probationary_on = models.DateField(null=True, blank=True)
    full_on = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=12, default="applicant", editable=False)
    paper_until = models.PositiveSmallIntegerField(default=0)
    extension_months = models.PositiveSmallIntegerField(default=0)
    next_step = models.PositiveSmallIntegerField(default=2, editable=False)
    next_from = models.DateField(null=True, blank=True, editable=False)
    due_on = models.DateField(null=True, blank=True, editable=False)
    waits_for = models.CharField(max_length=12, blank=True, editable=False)
    missing = models.PositiveSmallIntegerField(default=0, editable=False)
    transferred_to = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    continues = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="continued_by")
    contacts = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    ended_kind = models.CharField(max_length=12, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[Applicant]] = ApplicantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("入党申请人")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(withdrawn_at__isnull=True, ended_on__isnull=True),
                name="one_open_application_per_person",
            ),
            models.CheckConstraint(
                condition=(Q(activist_on__isnull=True) | Q(activist_on__gte=F("applied_on")))
                & (Q(target_on__isnull=True) | Q(target_on__gt=F("activist_on"), activist_on__isnull=False))
                & (
                    Q(probationary_on__isnull=True)
                    | Q(probationary_on__gt=F("activist_on"), activist_on__isnull=False)
                )
                & (
                    Q(full_on__isnull=True)
                    | Q(full_on__gt=F("probationary_on"), probationary_on__isnull=False)
                ),
                name="steps_follow_one_another",
            ),
            models.CheckConstraint(
                condition=Q(stage="full", full_on__isnull=False)
                | Q(stage="probationary", full_on__isnull=True, probationary_on__isnull=False)
                | Q(stage="target", probationary_on__isnull=True, target_on__isnull=False)
                | Q(
                    stage="activist",
                    probationary_on__isnull=True,
                    target_on__isnull=True,
                    activist_on__isnull=False,
                )
                | Q(stage="applicant", activist_on__isnull=True),
                name="stage_follows_from_days",
            ),
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False) | ~Q(enterprise_text=""),
                name="application_names_the_firm",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["jurisdiction", "applied_on", "id"], name="applicant_by_day"),
            models.Index(fields=["jurisdiction", "activist_on"], name="applicant_by_activist_day"),
            models.Index(fields=["jurisdiction", "probationary_on"], name="applicant_by_member_day"),
            models.Index(fields=["enterprise"], name="applicant_by_enterprise"),
            models.Index(fields=["jurisdiction", "waits_for", "due_on"], name="applicant_by_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} {self.applied_on}"

    @property
    def where(self) -> str:
        """Name of the firm, as registered or as written."""
        return self.enterprise.name if self.enterprise is not None else self.enterprise_text

    @property
    def branch_name(self) -> str:
        """Name of the branch that develops him, as registered or as written."""
        return self.branch.name if self.branch is not None else self.branch_text

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("partylife:applicant", kwargs={"key": self.key})
