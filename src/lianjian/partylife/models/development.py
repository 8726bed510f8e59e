"""The steps of a person's way into the party, with what each rests on."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Person
from lianjian.files.models import Bundle
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned
from lianjian.rulebook.models import Evaluation

from ..rules import development as dev
from .applicants import Applicant


def _through_applicant(
    rows: models.QuerySet[models.Model], actor: Actor, path: str
) -> models.QuerySet[models.Model]:
    seen = Applicant.objects.visible_to(actor).values("pk")  # type: ignore[attr-defined]
    return rows.filter(**{f"{path}__in": seen})


class DevelopmentStepQuerySet(models.QuerySet["DevelopmentStep"]):
    """Doors to steps."""

    def visible_to(self, actor: Actor) -> DevelopmentStepQuerySet:
        """Those of the people one sees."""
        return _through_applicant(self, actor, "applicant")  # type: ignore[return-value,arg-type]

    def standing(self) -> DevelopmentStepQuerySet:
        """Neither corrected nor undone by what followed."""
        return self.filter(standing=True)


class DevelopmentStep(Owned):
    """One of the 25 steps, as it was recorded. A row is never rewritten: a correction is a new row (`replaces`).

    `observed`: codes of the papers and proceedings that were seen to (rows of the rulebook name them). `filed`: the
    step's paper lies in the dossier. `reason`: why it departs from a rule that allows it with a reason; `override`: the
    decision that lifts a stop. What no longer stands says why in `undone` and `undone_reason`.
    """

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    done_on = models.DateField()
    outcome = models.CharField(max_length=12, blank=True)
    choice = models.CharField(max_length=20, blank=True)
    observed = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    by_whom = models.CharField(max_length=120, blank=True)
    body_kind = models.CharField(max_length=20, blank=True)
    form_number = models.CharField(max_length=40, blank=True)
    of_age = models.BooleanField(default=False)
    eligible = models.PositiveIntegerField(null=True, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)
    yes = models.PositiveIntegerField(null=True, blank=True)
    no = models.PositiveIntegerField(default=0)
    abstain = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    written_yes = models.PositiveIntegerField(default=0)
    training_days = models.PositiveSmallIntegerField(default=0)
    training_hours = models.PositiveSmallIntegerField(default=0)
    extend_months = models.PositiveSmallIntegerField(default=0)
    leaves_on = models.DateField(null=True, blank=True)
    notice_from = models.DateField(null=True, blank=True)
    mobile = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    override = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)
    filed = models.BooleanField(default=False)
    bundle = models.ForeignKey(Bundle, models.SET_NULL, null=True, blank=True, related_name="+")
    evaluations = models.ManyToManyField(Evaluation, through="StepGround", related_name="+")
    standing = models.BooleanField(default=True)
    undone = models.CharField(max_length=12, blank=True)
    undone_reason = models.CharField(max_length=200, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects: ClassVar[models.Manager[DevelopmentStep]] = DevelopmentStepQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("发展党员步骤")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["applicant", "number"],
                condition=Q(standing=True) & ~Q(number__in=sorted(dev.LASTING)),
                name="one_standing_step_of_a_number",
            ),
            models.CheckConstraint(condition=Q(number__range=(1, dev.LAST)), name="step_is_one_of_25"),
            models.CheckConstraint(
                condition=Q(eligible__isnull=True) | Q(present__lte=F("eligible")),
                name="step_present_are_eligible",
            ),
            models.CheckConstraint(
                condition=Q(standing=True, undone="") | (Q(standing=False) & ~Q(undone="")),
                name="undone_step_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["applicant", "number", "done_on"], name="step_by_applicant")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.done_on}"

    def get_absolute_url(self) -> str:
        return self.applicant.get_absolute_url()


class StepGround(Owned):
    """One rule the step was held against, as it came out."""

    step = models.ForeignKey(DevelopmentStep, models.CASCADE, related_name="grounds")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("发展步骤的依据")
        constraints: ClassVar = [*Owned.Meta.constraints]


class Guide(Owned):
    """A contact (step 5) or sponsor (step 9): a person of the register, or a name; what he was on that day."""

    step = models.ForeignKey(DevelopmentStep, models.CASCADE, related_name="guides")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=40)
    status = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("培养联系人或介绍人")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["step", "name"], name="guide_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Doors to recommendations."""

    def visible_to(self, actor: Actor) -> RecommendationQuerySet:
        """Those of the people one sees."""
        return _through_applicant(self, actor, "applicant")  # type: ignore[return-value,arg-type]


class Recommendation(Owned):
    """Members or a mass organization recommend an applicant (推优入党); step 3 rests on it (细则 art. 8)."""

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="recommendations")
    kind = models.CharField(max_length=12)
    by_text = models.CharField(max_length=120)
    recommended_on = models.DateField()
    opinion = models.CharField(max_length=300, blank=True)
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Recommendation]] = RecommendationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("推优记录")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["applicant", "kind", "by_text", "recommended_on"], name="recommended_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_text} {self.recommended_on}"
