"""The rows behind the figures of party life: whom or what each counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from lianjian.directory.models import Organization
from lianjian.directory.queries import sector_of
from lianjian.foundation.actor import Actor, path_range, subtree_q
from lianjian.foundation.calendar import day_end
from lianjian.foundation.declare import Scoped

from .models import Applicant, BranchMembership, FoundMember, Pledge, Shortfall, StandardCheck, TalentLead
from .models.doors import of_branches
from .models.moves import stopped
from .queries.bodies import bodies_on
from .queries.body_rows import by_form
from .queries.cadence import moments
from .queries.education import learned
from .queries.moves import away_members
from .rules.practice import NOT_ASKED


def _within(rows: QuerySet[Any], scoped: Scoped) -> QuerySet[Any]:
    rows = rows.filter(jurisdiction_id__in=scoped.jurisdiction_ids)
    if scoped.path:
        low, high = path_range(scoped.path)
        rows = rows.filter(enterprise__path__gte=low, enterprise__path__lt=high)
    return rows.select_related("person", "enterprise")


def found_members(actor: Actor, scoped: Scoped) -> QuerySet[FoundMember]:
    """Members found in the period; counted where they work, so each once."""
    rows = FoundMember.objects.visible_to(actor).standing()  # type: ignore[attr-defined]
    return _within(rows.filter(found_on__range=(scoped.start, scoped.end)), scoped)


def talent_leads(actor: Actor, scoped: Scoped) -> QuerySet[TalentLead]:
    """People of firms noticed in the period, whatever came of it."""
    rows = TalentLead.objects.visible_to(actor)  # type: ignore[attr-defined]
    return _within(rows.filter(noticed_on__range=(scoped.start, scoped.end)), scoped)


def leaders(actor: Actor, scoped: Scoped) -> QuerySet[Pledge]:
    """Members who led a project of prosperity on the last day, each project once."""
    rows = Pledge.objects.visible_to(actor).filter(
        Q(until__isnull=True) | Q(until__gt=scoped.end),
        kind="leader",
        since__lte=scoped.end,
        jurisdiction_id__in=scoped.jurisdiction_ids,
    )
    if scoped.path:
        rows = rows.filter(subtree_q("branch__path", [scoped.path]))
    return rows.select_related("person", "branch").order_by("branch__name", "pk")


def managed_members(actor: Actor, scoped: Scoped) -> QuerySet[FoundMember]:
    """Of those found in the period, the ones a joint branch had taken up by its last day."""
    return found_members(actor, scoped).filter(managed_on__lte=scoped.end)


def _sector_of_applicant() -> Case:
    """The field in which he works: of his firm, or of the unit that his branch stands at."""
    return Case(When(enterprise__isnull=True, then=sector_of("branch__parent")), default=sector_of("enterprise"))


def steps_taken(field: str, *sectors: str) -> Callable[[Actor, Scoped], QuerySet[Applicant]]:
    """Who took the step in the period, with his `sector`; only those of `sectors` where any are named."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Applicant]:
        standing = Applicant.objects.visible_to(actor).standing()  # type: ignore[attr-defined]
        # Who was transferred is counted where the step was taken.
        standing = standing.filter(Q(continues__isnull=True) | ~Q(**{field: F(f"continues__{field}")}))
        standing = standing.annotate(sector=_sector_of_applicant())
        if sectors:
            standing = standing.filter(sector__in=sectors)
        return _within(standing.filter(**{f"{field}__range": (scoped.start, scoped.end)}), scoped)

    return rows


def shortfalls(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """What branches owed on the last day of the period: opened by then, and not made good or explained yet."""
    rows = Shortfall.objects.visible_to(actor).filter(
        Q(settled_at__isnull=True) | Q(settled_at__gte=day_end(scoped.end)),
        jurisdiction_id__in=scoped.jurisdiction_ids,
        opened_at__lt=day_end(scoped.end),
    )
    if scoped.path:
        rows = rows.filter(subtree_q("branch__path", [scoped.path]))
    return rows.select_related("branch").order_by("period_to", "branch__name", "pk")


def late_branches(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    """Branches that owed something on the last day, each once."""
    owed = shortfalls(actor, scoped).order_by().values("branch_id")
    return Organization.objects.filter(pk__in=owed).order_by("name", "pk")


def members(actor: Actor, scoped: Scoped) -> QuerySet[BranchMembership]:
    """Who belongs to a branch of the place at the end of the period: each at home, so each once.

    Whose membership is stopped on that day (停止党籍) is not counted; he stays on the roll.
    """
    seats: Any = BranchMembership.objects.on(scoped.end).filter(role=BranchMembership.HOME)  # type: ignore[attr-defined]
    rows = seats.filter(of_branches(actor), jurisdiction_id__in=scoped.jurisdiction_ids)
    rows = rows.exclude(member__in=stopped(scoped.end).values("member_id"))
    if scoped.path:
        low, high = path_range(scoped.path)
        rows = rows.filter(branch__path__gte=low, branch__path__lt=high)
    return rows.select_related("member__person", "branch")  # type: ignore[no-any-return]


def full_members(actor: Actor, scoped: Scoped) -> QuerySet[BranchMembership]:
    """Of them, those who had turned full by that day."""
    return members(actor, scoped).filter(member__full_on__lte=scoped.end)


def mobile_members(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Members away at the end of the period, each where he is at home."""
    path = path_range(scoped.path) if scoped.path else ()
    return away_members(actor, scoped.end, scoped.jurisdiction_ids, path)


def standards_looked_at(only: str = "") -> Callable[[Actor, Scoped], QuerySet[StandardCheck]]:
    """Lines of the branches' checklist that were looked at in the year of the last day and are asked of the branch;
    `only` those with that verdict.
    """

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[StandardCheck]:
        found = StandardCheck.objects.visible_to(actor).filter(
            year=scoped.end.year, checked_on__lte=scoped.end, jurisdiction_id__in=scoped.jurisdiction_ids
        )
        found = found.filter(verdict=only) if only else found.exclude(verdict=NOT_ASKED)
        if scoped.path:
            found = found.filter(subtree_q("branch__path", [scoped.path]))
        return found.select_related("branch", "standard").order_by("branch__name", "standard__position", "pk")  # type: ignore[no-any-return]

    return rows


def branches_formed(formation: str) -> Callable[[Actor, Scoped], QuerySet[Any]]:
    """Party organizations that stood at the end of the period, by the form of that day; of any that is recorded."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
        found = bodies_on(actor, scoped.end).filter(jurisdiction_id__in=scoped.jurisdiction_ids)
        found = found.filter(form_formation=formation) if formation else found.exclude(form_formation="")
        if scoped.path:
            found = found.filter(subtree_q("path", [scoped.path]))
        return by_form(found)

    return rows


def learners(who: str = "", only: str = "") -> Callable[[Actor, Scoped], QuerySet[Any]]:
    """Members on the last day whom the rules of education ask, with what they had learned since New Year.

    `who`: "officer", "secretary", or everybody. `only`: "hours" who reached the number asked of him, "rotation" who
    took a course at county level. Whoever need not attend that day stands in neither number.
    """

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
        start, end = moments(date(scoped.end.year, 1, 1), scoped.end)
        found = learned(actor, scoped.end, start, end, scoped.jurisdiction_ids)
        found = found.filter(exempt=False, jurisdiction_id__in=scoped.jurisdiction_ids)
        if scoped.path:
            found = found.filter(subtree_q("branch__path", [scoped.path]))
        if who:
            found = found.filter(officer=True) if who == "officer" else found.filter(head_since__isnull=False)
        if only:
            found = found.filter(state="met") if only == "hours" else found.filter(county__gte=F("county_asked"))
        return found.select_related("member__person", "branch").order_by("branch__name", "member__person__name", "pk")

    return rows
