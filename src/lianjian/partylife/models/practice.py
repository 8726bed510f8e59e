"""Standards of a branch, guidance on its meetings, posts of honour and pledges, yearly plans of training."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, cast

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization, Person
from lianjian.events.models import Meeting
from lianjian.files.models import Bundle
from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Owned, Register

from ..rules import practice as rules
from .cadence import BranchQuerySet
from .doors import RIGHT, of_branches


class StandardQuerySet(models.QuerySet["Standard"]):
    """Doors to lines of the checklist."""

    def in_year(self, year: int) -> StandardQuerySet:
        """Asked for on some day of a year."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=date(year, 1, 1)), valid_from__lte=date(year, 12, 31)
        )


class Standard(Register):
    """One line of a place's checklist for branches (标准化规范化建设), asked for from `valid_from` to `valid_to`.

    `source` is the document it rests on.
    """

    area = models.CharField(max_length=20, choices=list(rules.AREAS.items()))
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = cast("StandardQuerySet", StandardQuerySet.as_manager())

    class Meta:
        verbose_name = _("支部标准")
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "title", "valid_from"], name="one_standard_per_title_and_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="standard_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StandardCheck(Owned):
    """How a branch stands on one line of the checklist in one year. The newest look replaces the one before.

    No marks: what is met, what is not and what is to be done about it by when. The share that is met is a figure.
    """

    branch = models.ForeignKey(Organization, models.PROTECT, related_name="standard_checks", db_index=False)
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="checks")
    year = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=8, choices=list(rules.VERDICTS.items()))
    words = models.CharField(max_length=300, blank=True)
    mend_by = models.DateField(null=True, blank=True)
    bundle = models.ForeignKey(Bundle, models.SET_NULL, null=True, blank=True, related_name="+")
    checked_on = models.DateField()
    checked_by_name = models.CharField(max_length=80)

    objects = cast("BranchQuerySet", BranchQuerySet.as_manager())

    class Meta:
        verbose_name = _("支部标准化检查")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["branch", "standard", "year"], name="one_check_per_branch_standard_year"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="open") | (~Q(words="") & Q(mend_by__isnull=False)),
                name="open_standard_says_what_by_when",
            ),
        ]


class Guidance(Owned):
    """An instructor's remark on a meeting of a branch: whether the steps were kept, and what to mend."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="guidance")
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="guidance", db_index=False)
    guide = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    guide_name = models.CharField(max_length=80)
    quality = models.CharField(max_length=8, choices=list(rules.QUALITIES.items()))
    words = models.CharField(max_length=300, blank=True)
    mend_by = models.DateField(null=True, blank=True)
    mended_on = models.DateField(null=True, blank=True)
    mended_words = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()

    objects = cast("BranchQuerySet", BranchQuerySet.as_manager())

    class Meta:
        verbose_name = _("组织生活指导记录")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "branch", "guide_name"], name="one_remark_per_guide"),
            models.CheckConstraint(
                condition=~Q(quality="mend") | (~Q(words="") & Q(mend_by__isnull=False)),
                name="guidance_says_what_by_when",
            ),
            models.CheckConstraint(
                condition=Q(mended_on__isnull=True) | ~Q(mended_words=""), name="mended_in_words"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["branch", "id"], name="guidance_by_branch")]


class PledgeQuerySet(models.QuerySet["Pledge"]):
    """Doors to pledges."""

    def visible_to(self, actor: Actor) -> PledgeQuerySet:
        """Of the branches in one's scope or reached."""
        return self.filter(of_branches(actor)) if actor.scopes(RIGHT) else self.none()

    def standing(self) -> PledgeQuerySet:
        """Not ended."""
        return self.filter(until__isnull=True)


class Pledge(Owned):
    """A post of honour or a pledge in its three parts (三亮): who shows their membership, the promise, the result.

    `post` is the place or task ("一车间先锋岗"). Shown to the public only where the member agreed (`consented`).
    """

    branch = models.ForeignKey(Organization, models.PROTECT, related_name="pledges", db_index=False)
    enterprise = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=list(rules.PLEDGES.items()))
    post = models.CharField(max_length=60)
    promise = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=300, blank=True)
    result_on = models.DateField(null=True, blank=True)
    consented = models.BooleanField(default=False)
    ended_reason = models.CharField(max_length=200, blank=True)

    objects = cast("PledgeQuerySet", PledgeQuerySet.as_manager())

    class Meta:
        verbose_name = _("先锋岗和承诺")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["branch", "person", "post"],
                condition=Q(until__isnull=True),
                name="one_pledge_per_person_and_post",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="pledge_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(result="", result_on__isnull=True) | (~Q(result="") & Q(result_on__isnull=False)),
                name="pledge_result_has_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "-since", "id"], name="pledge_by_day")]

    def __str__(self) -> str:
        return f"{self.person.name} {self.post}"


class TrainingQuerySet(models.QuerySet["TrainingLine"]):
    """Doors to plans of training."""

    def visible_to(self, actor: Actor) -> TrainingQuerySet:
        """Of the organizations in one's scope."""
        return self.filter(of_branches(actor, "organization")) if actor.scopes(RIGHT) else self.none()


class TrainingLine(Owned):
    """One line of an organization's yearly plan: classes for audiences, or activities of a `kind`; how often, by when.

    What was held is never typed here: it is counted from what is on record of that kind that reached one of the
    audiences, where any are named.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="training_lines", db_index=False)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=30, blank=True)
    audiences = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    times = models.PositiveSmallIntegerField(default=1)
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    document = models.CharField(max_length=120, blank=True)
    dropped_reason = models.CharField(max_length=200, blank=True)

    objects = cast("TrainingQuerySet", TrainingQuerySet.as_manager())

    class Meta:
        verbose_name = _("年度培训计划")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "year", "title"],
                condition=Q(dropped_reason=""),
                name="one_training_line_per_title",
            ),
            models.CheckConstraint(condition=Q(times__gte=1), name="training_is_held_at_least_once"),
            models.CheckConstraint(
                condition=~Q(kind="") | Q(audiences__len__gte=1), name="planned_for_audiences_or_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__range=(1, 12)), name="training_month_of_the_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization.name} {self.year} {self.title}"
