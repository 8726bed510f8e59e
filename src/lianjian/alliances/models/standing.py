"""Alliances, their members from day to day, the places' own terms, brands and demonstration projects."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from lianjian.directory.models import Organization
from lianjian.directory.models.organizations import DateRange
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.jurisdictions.models import Register

from .. import rules


def undissolved(day: object, way: str = "") -> Q:
    """The body at the end of `way` is not dissolved on a day."""
    return Q(**{f"{way}dissolved_on__isnull": True}) | Q(**{f"{way}dissolved_on__gt": day})


class TermQuerySet(models.QuerySet["Term"]):
    """Doors to words."""

    def visible_to(self, actor: Actor) -> TermQuerySet:
        """All of the register, for who may read alliances anywhere."""
        return self if actor.scopes("alliances.see") else self.none()


class Term(Register):
    """A word that a place added to a code list (`rules.LISTS`); not offered once retired.

    A word of the list `chain` is an industry chain of its place and those below: the register of chains shows it.
    """

    list = models.CharField(max_length=10)
    name = models.CharField(max_length=30)
    retired_on = models.DateField(null=True, blank=True)

    objects = cast("TermQuerySet", TermQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["jurisdiction", "list", "name"], name="one_term_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class AllianceQuerySet(models.QuerySet["Alliance"]):
    """Doors to alliances."""

    def visible_to(self, actor: Actor) -> AllianceQuerySet:
        """All of the register, for who may read alliances anywhere."""
        return self if actor.scopes("alliances.see") else self.none()

    def standing(self, day: object) -> AllianceQuerySet:
        """Founded and not dissolved on a day."""
        return self.filter(undissolved(day, "organization__"), founded_on__lte=day)


class Alliance(Register):
    """Bodies that stand together. `organization` is what it is in the directory: name, place, posts, past.

    A `formal` one is a party organization (联合党委, 产业链党委 ...): it elects and counts among the joint bodies.
    A functional one (联盟) is not. `mode`, `basis`, `functions`, `tags` and `chain` are terms of the code lists;
    `document` is the founding notice, `term_until` the last day of its present term.
    """

    organization = models.OneToOneField(Organization, models.PROTECT, related_name="alliance")
    form = models.CharField(max_length=10, choices=list(rules.FORMS.items()))
    mode = models.CharField(max_length=30)
    basis = models.CharField(max_length=30, blank=True)
    chain = models.CharField(max_length=30, blank=True)
    functions = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    tags = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    charter = models.TextField(blank=True)
    document = models.CharField(max_length=80, blank=True)
    founded_on = models.DateField()
    term_until = models.DateField(null=True, blank=True)

    objects = cast("AllianceQuerySet", AllianceQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [*Register.Meta.constraints]
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "mode"], name="alliance_by_mode")]

    def __str__(self) -> str:
        return self.organization.name


class MemberQuerySet(models.QuerySet["AllianceMember"]):
    """Doors to memberships."""

    def visible_to(self, actor: Actor) -> MemberQuerySet:
        """Those of alliances that the actor may read."""
        return self if actor.scopes("alliances.see") else self.none()

    def on(self, day: object) -> MemberQuerySet:
        """Memberships that hold on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)

    def with_body(self, day: date) -> MemberQuerySet:
        """`body`: id of the organization that the member was on that day.

        Records merged later were two then, and a record merged before had become the other.
        """
        body = Func(
            F("entered_as"),
            Value(day_end(day)),
            function="alliance_body",
            output_field=models.BigIntegerField(),
        )
        return self.annotate(body=body)


def _whole(name: str) -> Any:
    return Func(F(name), F(name), Value("[]"), function="int8range")


class AllianceMember(Register):
    """A body in an alliance, in a role, from `since` to the day before `until`; in several alliances at a time.

    `entered_as` is the id under which it came in and never changes, whatever is merged or renamed later.
    """

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="members")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="alliance_seats")
    entered_as = models.BigIntegerField(editable=False)
    role = models.CharField(max_length=30)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ground = models.CharField(max_length=200, blank=True)

    objects = cast("MemberQuerySet", MemberQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="alliance_member_leaves_later"
            ),
            ExclusionConstraint(
                name="one_seat_in_a_role_at_a_time",
                expressions=[
                    (_whole("alliance_id"), "&&"),
                    (_whole("entered_as"), "&&"),
                    (Func(F("role"), function="link_kind_range"), "&&"),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_chair_at_a_time",
                expressions=[
                    (_whole("alliance_id"), "&&"),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
                condition=Q(role=rules.CHAIR),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "since"], name="seat_by_organization"),
            models.Index(fields=["alliance", "since"], name="seat_by_alliance"),
        ]


class Brand(Register):
    """What a branch or an alliance is known for (一支部一品牌), from a day on."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="brands")
    name = models.CharField(max_length=40)
    about = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization"], condition=Q(until__isnull=True), name="one_brand_at_a_time"
            ),
        ]


class Demonstration(Register):
    """A demonstration project of joint work that a place names for a year; one or two each year."""

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="demonstrations")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    named_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "year", "title"], name="one_demonstration_per_title"
            ),
        ]
