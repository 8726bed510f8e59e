"""Enterprises as coverage sees them on a day: who covers them, how large they are, what is missing.

Every list, count and figure of this app goes through `enterprises` and `in_gap`, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from lianjian.cases.models import Case
from lianjian.directory.models import EnterpriseYear, Link, Membership, Organization
from lianjian.events.models import Visit, covered_by
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.foundation.calendar import day_end
from lianjian.foundation.dbday import Today

from ..rules import BRANCH_MEMBERS, GAPS, TARGET_STAFF, quarter_start

RIGHT = "coverage.see"
INSTRUCTOR = "instructor"
GAP_CODES = tuple(GAPS)


class QuarterStart(Func):
    """First day of the quarter of a day."""

    template = "date_trunc('quarter', %(expressions)s)::date"
    output_field = DateField()


Day = date | None
ENTERPRISE = ("enterprise",)


def day_or_today(day: Day) -> Any:
    """A day for the database; today's for None."""
    return Today() if day is None else Value(day, output_field=DateField())


def coverage_on(day: Day) -> QuerySet[Link]:
    """Coverage links that hold on a day (today for None)."""
    return Link.objects.filter(kind=Link.COVERAGE).on(day_or_today(day))  # type: ignore[attr-defined,no-any-return]


def instructors_on(day: Day) -> QuerySet[Membership]:
    """Instructors that hold on a day."""
    return Membership.objects.filter(role=INSTRUCTOR).on(day_or_today(day))  # type: ignore[attr-defined,no-any-return]


def standing_on(rows: QuerySet[Organization], day: Day) -> QuerySet[Organization]:
    """Not merged, not dissolved by the day, and founded by then if the day of founding is known."""
    when = day_or_today(day)
    return rows.filter(
        Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=when),
        Q(founded_on__isnull=True) | Q(founded_on__lte=when),
        merged_into__isnull=True,
    )


def visible_enterprises(
    actor: Actor, day: Day = None, kinds: Sequence[str] = ENTERPRISE
) -> QuerySet[Organization]:
    """Enterprises in the scope of `coverage.see`: places, subtrees, what one's station covers, what one guides.

    `kinds`: other bodies too that a station or an instructor may look after (`rules.COVERABLE`).
    """
    query = Q(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))
    paths = subtree_paths(actor, RIGHT)
    if paths:
        covered = coverage_on(day).filter(subtree_q("source__path", paths))
        query |= subtree_q("path", paths) | Q(pk__in=covered.values("target_id"))
    if actor.person_id is not None and actor.scopes(RIGHT):
        query |= Q(pk__in=covered_by(actor).values("organization_id"))
    return standing_on(Organization.objects.filter(query, classification__in=kinds), day)


def _needs_on(actor: Actor, day: Day) -> QuerySet[Case]:
    """Needs and other matters that were not ended on the day."""
    rows = Case.objects.visible_to(actor)
    if day is None:
        return rows.open()
    end = day_end(day)
    return rows.counted().filter(Q(ended_at__isnull=True) | Q(ended_at__gte=end), registered_on__lte=day)


def enterprises(actor: Actor, day: Day = None, kinds: Sequence[str] = ENTERPRISE) -> QuerySet[Any]:
    """The same, each with station, instructors, last visit, open needs and size on that day.

    Sizes of a named day, the number of members among them, are each those of the latest `EnterpriseYear` up to its
    year that states them.
    """
    links = coverage_on(day).filter(target=OuterRef("pk"))
    guides = instructors_on(day).filter(organization=OuterRef("pk")).order_by().values("organization")
    visits = (
        Visit.objects.visible_to(actor)
        .standing()
        .filter(organization=OuterRef("pk"), visited_on__lte=day_or_today(day))
    )  # type: ignore[attr-defined]
    needs = _needs_on(actor, day).filter(organization=OuterRef("pk"))
    rows = visible_enterprises(actor, day, kinds).annotate(
        station_name=Subquery(links.values("source__name")[:1]),
        station_key=Subquery(links.values("source__key")[:1]),
        instructors=Subquery(
            guides.annotate(names=StringAgg("person__name", "、", order_by="person__name")).values("names")
        ),
        last_visit=Subquery(visits.order_by("-visited_on").values("visited_on")[:1]),
        open_needs=Coalesce(
            Subquery(needs.order_by().values("organization").annotate(n=Count("pk")).values("n")),
            0,
            output_field=IntegerField(),
        ),
    )
    return _sized(rows, day)


def _sized(rows: QuerySet[Any], day: Day) -> QuerySet[Any]:
    sizes: dict[str, Any] = {
        "size_staff": F("enterprise__staff"),
        "size_text": F("enterprise__staff_text"),
        "size_above": F("enterprise__above_scale"),
        "members": F("enterprise__party_members"),
    }
    if day is not None:
        years = EnterpriseYear.objects.filter(organization=OuterRef("pk"), year__lte=day.year).order_by("-year")
        staff = years.filter(staff__isnull=False)
        sizes = {
            "size_staff": Subquery(staff.values("staff")[:1]),
            "size_text": Subquery(staff.values("staff_text")[:1]),
            "size_above": Subquery(years.filter(above_scale__isnull=False).values("above_scale")[:1]),
            "members": Subquery(years.filter(party_members__isnull=False).values("party_members")[:1]),
        }
    found: QuerySet[Any] = rows.annotate(**sizes)
    return found


def is_covered(day: Day = None) -> Any:
    """True for an enterprise that a station covers on the day."""
    return Exists(coverage_on(day).filter(target=OuterRef("pk")))


def is_reached(day: Day = None) -> Q:
    """True for a firm that a party organization reaches, by a party link or below it in the tree."""
    linked = Link.objects.filter(kind=Link.PARTY, target=OuterRef("pk")).on(day_or_today(day))  # type: ignore[attr-defined]
    below = standing_on(Organization.objects.filter(parent=OuterRef("pk"), classification="party"), day)
    return Q(Exists(linked)) | Q(Exists(below))


def without_branch(rows: QuerySet[Any], day: Day = None) -> QuerySet[Any]:
    """Enterprises that no party organization reaches."""
    return rows.filter(~is_reached(day))


def in_gap(rows: QuerySet[Any], gap: str, day: Day = None) -> QuerySet[Any]:
    """Those of `enterprises(...)` to which a gap applies on the day; none for an unknown gap."""
    if gap == "no_station":
        return rows.filter(~is_covered(day))
    if gap == "no_instructor":
        return rows.filter(~Exists(instructors_on(day).filter(organization=OuterRef("pk"))))
    if gap == "target":
        return rows.filter(size_above=True, size_staff__gte=TARGET_STAFF, members=0)
    if gap == "unformed":
        return without_branch(rows.filter(members__gte=BRANCH_MEMBERS), day)
    if gap == "unvisited":
        start = QuarterStart(Today()) if day is None else Value(quarter_start(day), output_field=DateField())
        seen = Visit.objects.standing().filter(  # type: ignore[attr-defined]
            organization=OuterRef("pk"), visited_on__gte=start, visited_on__lte=day_or_today(day)
        )
        return rows.filter(~Exists(seen))
    return rows.none()


def stations(actor: Actor, day: Day = None) -> QuerySet[Organization]:
    """Guidance stations in the scope of `coverage.see`, and those that cover what one guides oneself."""
    query = Q(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))
    paths = subtree_paths(actor, RIGHT)
    if paths:
        query |= subtree_q("path", paths)
    if actor.person_id is not None and actor.scopes(RIGHT):
        guided = covered_by(actor).values("organization_id")
        query |= Q(pk__in=coverage_on(day).filter(target__in=guided).values("source_id"))
    return standing_on(Organization.objects.filter(query, classification="station"), day)
