"""What matters are about, what is asked about each, which unit deals with them, and what may be ordered ready-made."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.foundation.references import declare
from lianjian.jurisdictions.models import Register

from .. import rules


class Category(Register):
    """One entry of a place's category tree. A code that a place does not have is taken from the one above it.

    The tree is read by codes (`queries.tree`), because a place may have its own row of a code whose children are the
    county's. `amount` and `unit` (wd, d, m, h) replace the number of `deadline_code`. `kinds` are the kinds of
    cases it may have (empty: all). `departmental`: a department must do it, it is not handed to grass-roots units
    (国办函〔2025〕66号, R7.01); so are the categories below.
    """

    code = models.CharField(max_length=40, db_collation="C")
    name = models.CharField(max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    deadline_code = models.CharField(max_length=60, default="case.need")
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=10, blank=True)
    kinds = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    departmental = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="one_category_per_code"),
        ]

    def __str__(self) -> str:
        return self.name


class Question(Register):
    """What is asked about a matter of a category (and of those below it) when it is told.

    `category_code` and not a row: a place asks its own questions of the county's categories. Answers stay with the
    case in their words, so a question may be changed or retired.
    """

    category_code = models.CharField(max_length=40, db_collation="C")
    text = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, default="text")
    choices = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=list(rules.QUESTION_KINDS)), name="question_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "category_code", "text"],
                condition=Q(retired_on__isnull=True),
                name="one_question_per_text",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Route(Register):
    """Matters of a category, of a village, or of both go to this unit: the suggestion at dispatch."""

    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="routes")
    village = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "category", "village"],
                nulls_distinct=False,
                name="one_route_per_category_and_place",
            ),
            models.CheckConstraint(
                condition=Q(category__isnull=False) | Q(village__isnull=False), name="route_is_for_something"
            ),
        ]


class ReplyTemplate(Register):
    """Words to begin an answer with, for a category and those below it; an empty code means any category.

    `{编号}`, `{诉求人}`, `{单位}` stand for those of the case.
    """

    category_code = models.CharField(max_length=40, blank=True, db_collation="C")
    name = models.CharField(max_length=40)
    text = models.TextField()
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                condition=Q(retired_on__isnull=True),
                name="one_template_per_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Service(Register):
    """One entry of the service catalogue: what is done for people, by whom, with which papers, within how long.

    Who orders it files a case of `kind` and `category`. `post` is the desk that knows all of it (一岗通).
    """

    name = models.CharField(max_length=40)
    about = models.CharField(max_length=500)
    papers = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=20, default="proxy")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.CharField(max_length=40, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                condition=Q(retired_on__isnull=True),
                name="one_service_per_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

declare("cases_category", "cases_question", "cases_service")
