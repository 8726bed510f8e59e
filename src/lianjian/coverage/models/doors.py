"""Doors to what coverage keeps, and what its dated rows have in common."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now, TruncDate

from lianjian.directory.models import Link
from lianjian.directory.models.organizations import DateRange
from lianjian.events.models import covered_by
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions

RIGHT = "coverage.see"


def whole(name: str) -> Any:
    """One id as a range, for an exclusion that needs no extension of the database."""
    return Func(F(name), F(name), Value("[]"), function="int8range")


def one_at_a_time(name: str, *fields: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows of the same fields hold on one day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((whole(field), "&&") for field in fields),
            (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


def ends_later(name: str) -> models.CheckConstraint:
    """The first day without comes after the first day with."""
    return models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name=name)


class OfPlace(models.QuerySet[Any]):
    """Rows of the office: seen by those who see a whole place."""

    def visible_to(self, actor: Actor) -> OfPlace:
        """Those of the places whose coverage the actor sees as a whole."""
        return self.filter(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))

    def on(self, day: object) -> OfPlace:
        """Rows that hold on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


def owed(day: object, prefix: str = "") -> Q:
    """Answers that a survey counts: of firms that stand on the day, or that answered all before they were dissolved.

    `prefix` leads to the row of the firm in the survey.
    """
    gone = f"{prefix}organization__dissolved_on"
    done = Q(**{f"{prefix}done_on__isnull": False})
    return done | Q(**{f"{gone}__isnull": True}) | Q(**{f"{gone}__gt": day})


class OfFirm(OfPlace):
    """Rows about one firm (`organization`): seen by those who see who covers it."""

    def visible_to(self, actor: Actor) -> OfFirm:
        """Whole places, firms of one's subtree, those one's station covers, those one looks after."""
        query = Q(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))
        paths = subtree_paths(actor, RIGHT)
        if paths:
            day = TruncDate(Now())  # in China, whatever the session of the database goes by
            covered = Link.objects.filter(
                Q(until__isnull=True) | Q(until__gt=day), subtree_q("source__path", paths),
                kind=Link.COVERAGE, since__lte=day,
            )  # fmt: skip
            query |= subtree_q("organization__path", paths) | Q(organization__in=covered.values("target_id"))
        if actor.person_id is not None and actor.scopes(RIGHT):
            query |= Q(organization__in=covered_by(actor).values("organization_id"))
        return self.filter(query)
