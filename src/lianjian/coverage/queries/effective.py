"""Firms by how they are cared for on a day: tier and next visit, effective coverage, stage of their organization.

Each adds to the rows of `enterprises(actor, day)`; lists, tiles and figures ask the same conditions.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case as Choose
from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Least, Now

from lianjian.cases.models import Case
from lianjian.directory.models import Link, Membership, Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end
from lianjian.partylife.models import FoundMember, Shortfall

from ..models import FirmTier, Interval
from ..rules import INTERVALS, REASONS, TARGET_STAFF
from .enterprises import (
    INSTRUCTOR,
    Day,
    coverage_on,
    day_or_today,
    instructors_on,
    is_covered,
    is_reached,
    standing_on,
    without_branch,
)


class Later(Func):
    """A day so many days after another."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    output_field = DateField()


class Between(Func):
    """Days from the second day to the first."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()


def is_guided(day: Day = None) -> Any:
    """True for a firm that an instructor looks after on the day."""
    return Exists(instructors_on(day).filter(organization=OuterRef("pk")))


def assigned(rows: QuerySet[Any], day: Day = None) -> QuerySet[Any]:
    """Firms that a station covers or an instructor looks after."""
    return rows.filter(is_covered(day) | is_guided(day))


def with_visits(rows: QuerySet[Any], day: Day = None) -> QuerySet[Any]:
    """Adds tier (`stated_tier` where it was given), `interval` in days, `covered_since`, `due_on` and `late` in days.

    A firm never visited is due one interval after it was first covered, whoever covered it first: `covered_since` is
    the day from which it was covered without a break up to the day asked.
    """
    firm = OuterRef("pk")
    stated = FirmTier.objects.on(day_or_today(day)).filter(organization=firm).values("tier")[:1]
    own = Interval.objects.on(day_or_today(day)).filter(
        jurisdiction_id=OuterRef("jurisdiction_id"), tier=OuterRef("firm_tier")
    )
    known = [When(firm_tier=tier, then=Value(days)) for tier, days in INTERVALS.items()]
    links = _unbroken(Link.objects.filter(kind=Link.COVERAGE), "target", coverage_on(day), day)
    guides = _unbroken(Membership.objects.filter(role=INSTRUCTOR), "organization", instructors_on(day), day)
    rows = rows.annotate(
        stated_tier=Subquery(stated, output_field=CharField()),
        firm_tier=Coalesce("stated_tier", _default_tier(), output_field=CharField()),
        covered_since=Least(links, guides),
    ).annotate(
        interval=Cast(
            Coalesce(Subquery(own.values("days")[:1]), Choose(*known, default=Value(0)), output_field=IntegerField()),
            IntegerField(),
        )
    )
    rows = rows.annotate(due_on=Later(Coalesce("last_visit", "covered_since"), F("interval")))
    found: QuerySet[Any] = rows.annotate(late=Between(day_or_today(day), F("due_on")))
    return found


def _unbroken(rows: QuerySet[Any], firm: str, now: QuerySet[Any], day: Day) -> Any:
    """The day since which a firm has had somebody without a break, one after the other; null where it has nobody."""
    before = rows.filter(
        Q(until__isnull=True) | Q(until__gte=OuterRef("since")), since__lt=OuterRef("since"), **{firm: OuterRef(firm)}
    )
    begun = rows.filter(~Exists(before), since__lte=day_or_today(day), **{firm: OuterRef("pk")})
    first = Subquery(begun.order_by("-since").values("since")[:1])
    return Choose(When(Exists(now.filter(**{firm: OuterRef("pk")})), then=first), output_field=DateField())


def _default_tier() -> Any:
    """A: above scale with many staff; B: above scale, or with open needs; C: the rest."""
    return Choose(
        When(size_above=True, size_staff__gte=TARGET_STAFF, then=Value("A")),
        When(Q(size_above=True) | Q(open_needs__gt=0), then=Value("B")),
        default=Value("C"),
        output_field=CharField(),
    )


def due_visits(rows: QuerySet[Any], day: Day = None) -> QuerySet[Any]:
    """Assigned firms whose last visit lies farther back than the interval of their tier."""
    return assigned(with_visits(rows, day), day).filter(late__gt=0)


def _overdue(actor: Actor, day: Day) -> QuerySet[Any]:
    """Needs of a firm that were open past their deadline on the day."""
    needs = Case.objects.visible_to(actor).counted().filter(organization=OuterRef("pk"))  # type: ignore[attr-defined]
    if day is None:
        return needs.open().filter(due_at__lt=Now())  # type: ignore[no-any-return]
    end = day_end(day)
    found: QuerySet[Any] = needs.filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=end),
        Q(ended_at__isnull=True) | Q(ended_at__gte=end),
        registered_on__lte=day,
        due_at__lt=end,
    )
    return found


def _owed(day: Day) -> QuerySet[Any]:
    """Periods of party life that were over on the day and neither kept nor explained by then, of the firm's branches.

    Read as the database lets through, not as the actor may open them: whether a firm counts is the same for everybody
    who sees the firm.
    """
    when = day_or_today(day)
    over = Shortfall.objects.filter(period_to__lt=when)
    over = over.filter(
        Q(settled_at__isnull=True) if day is None else Q(settled_at__isnull=True) | Q(settled_at__gte=day_end(day))
    )
    linked = Link.objects.filter(kind=Link.PARTY, target=OuterRef(OuterRef("pk"))).on(when).values("source")  # type: ignore[attr-defined]
    below = Organization.objects.filter(parent=OuterRef(OuterRef("pk")), classification="party").values("pk")
    return over.filter(Q(branch__in=linked) | Q(branch__in=standing_on(below, day)))  # type: ignore[arg-type]


def failing(rows: QuerySet[Any], actor: Actor, reason: str, day: Day = None) -> QuerySet[Any]:
    """Assigned firms that one reason (`rules.REASONS`) keeps from counting as effectively covered."""
    rows = assigned(rows, day)
    if reason == "unvisited":
        return with_visits(rows, day).filter(Q(last_visit__isnull=True) | Q(late__gt=0))
    if reason == "unanswered":
        return rows.filter(Exists(_overdue(actor, day)))
    if reason == "unformed":
        return without_branch(rows, day)
    if reason == "idle":
        return rows.filter(Exists(_owed(day)))
    return rows.none()


def with_reasons(rows: QuerySet[Any], actor: Actor, day: Day = None) -> QuerySet[Any]:
    """Adds what stands behind the reasons: `overdue_needs`; `owed_periods`, `owed_since`, `owing` (names of branches).

    `due_on` and `late` are those of `with_visits`.
    """

    def told(found: QuerySet[Any], by: str, what: Any, field: Any) -> Any:
        return Subquery(found.order_by().values(by).annotate(told=what).values("told"), output_field=field)

    # One group: the firm itself, whatever the branch.
    owed = _owed(day).annotate(one=Value(1))
    found: QuerySet[Any] = with_visits(rows, day).annotate(
        overdue_needs=told(_overdue(actor, day), "organization", Count("pk"), IntegerField()),
        owed_periods=told(owed, "one", Count("pk"), IntegerField()),
        owed_since=told(owed, "one", Min("period_to"), DateField()),
        owing=told(owed, "one", StringAgg("branch__name", "、", distinct=True, order_by="branch__name"), CharField()),
    )
    return found


def effective(rows: QuerySet[Any], actor: Actor, day: Day = None) -> QuerySet[Any]:
    """Assigned, visited within the interval, no need overdue, and a party organization whose party life is not late."""
    found = with_visits(assigned(rows, day), day).filter(last_visit__isnull=False, late__lte=0)
    found = found.filter(~Exists(_overdue(actor, day)), ~Exists(_owed(day)))
    return found.filter(is_reached(day))


def by_effect(rows: QuerySet[Any], actor: Actor, effect: str, day: Day = None) -> QuerySet[Any]:
    """Firms under one word of `rules.EFFECTS`; none for an unknown one."""
    if effect == "assigned":
        return assigned(rows, day)
    if effect == "effective":
        return effective(rows, actor, day)
    if effect == "lacking":
        return assigned(rows, day).exclude(pk__in=effective(rows, actor, day).order_by().values("pk"))
    return failing(rows, actor, effect, day) if effect in REASONS else rows.none()


def with_stage(rows: QuerySet[Any], day: Day = None) -> QuerySet[Any]:
    """Adds `stage` (`rules.STAGE_WORDS`), from who works there and which party organization reaches the firm.

    Where no number of members was ever reported, and none was found, the stage is unknown.
    """
    links = Link.objects.filter(kind=Link.PARTY, target=OuterRef("pk")).on(day_or_today(day))  # type: ignore[attr-defined]
    below = standing_on(Organization.objects.filter(parent=OuterRef("pk"), classification="party"), day)
    found = FoundMember.objects.standing().filter(enterprise=OuterRef("pk"), found_on__lte=day_or_today(day))  # type: ignore[attr-defined]
    own = Exists(links.filter(source__party__formation="own")) | Exists(
        below.filter(party__formation__in=("own", ""))
    )
    staged: QuerySet[Any] = rows.annotate(
        stage=Choose(
            When(own, then=Value("own")),
            When(Exists(links) | Exists(below), then=Value("joint")),
            When(Q(members__gt=0) | Exists(found), then=Value("member")),
            When(members__isnull=True, then=Value("unknown")),
            default=Value("none"),
            output_field=CharField(),
        )
    )
    return staged
