"""The rows behind the figures of coverage, and how a row is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianjian.directory.models import Membership, Organization
from lianjian.directory.queries.scope import scope_words
from lianjian.foundation.actor import Actor, path_range
from lianjian.foundation.declare import Scoped
from lianjian.foundation.errors import _

from .models import SurveyFirm
from .models.doors import owed
from .queries.effective import by_effect, with_reasons, with_stage
from .queries.enterprises import coverage_on, enterprises, in_gap, is_covered, standing_on, stations
from .queries.rates import by_rate
from .rules import LEADERS, TOLD, word


def of_subtree(scoped: Scoped, field: str = "path") -> Q:
    low, high = path_range(scoped.path)
    return Q(**{f"{field}__gte": low, f"{field}__lt": high})


def firms_of(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    rows = enterprises(actor, scoped.end).filter(jurisdiction_id__in=scoped.jurisdiction_ids)
    if scoped.path:
        covered = coverage_on(scoped.end).filter(of_subtree(scoped, "source__path")).values("target_id")
        rows = rows.filter(of_subtree(scoped) | Q(pk__in=covered))
    return rows


def stations_of(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    rows = stations(actor, scoped.end).filter(jurisdiction_id__in=scoped.jurisdiction_ids)
    return rows.filter(of_subtree(scoped)) if scoped.path else rows


def covered(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    return firms_of(actor, scoped).filter(is_covered(scoped.end))


def above_scale(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    return firms_of(actor, scoped).filter(size_above=True)


def gap(code: str) -> Callable[[Actor, Scoped], QuerySet[Organization]]:
    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
        return in_gap(firms_of(actor, scoped), code, scoped.end)

    return rows


def cadres(actor: Actor, scoped: Scoped) -> QuerySet[Membership]:
    """One row a person, however many stations he serves on that day."""
    held = Membership.objects.filter(role="dispatched").on(scoped.end)  # type: ignore[attr-defined]
    rows = held.visible_to(actor).filter(organization__in=stations_of(actor, scoped).values("pk"))
    earlier = held.filter(
        person=OuterRef("person"), pk__lt=OuterRef("pk"), organization__classification="station"
    )
    return rows.filter(~Exists(earlier)).select_related("person", "organization")  # type: ignore[no-any-return]


def resident(actor: Actor, scoped: Scoped) -> QuerySet[Membership]:
    return cadres(actor, scoped).filter(details__resident=True)


def formed(*forms: str) -> Callable[[Actor, Scoped], QuerySet[Organization]]:
    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
        found = Organization.objects.visible_to(actor).filter(  # type: ignore[attr-defined]
            classification="party", party__formation__in=forms, jurisdiction_id__in=scoped.jurisdiction_ids
        )
        if scoped.path:
            found = found.filter(of_subtree(scoped))
        return standing_on(found, scoped.end).select_related("party")

    return rows


Rows = Callable[[Actor, Scoped], QuerySet[Any]]


def by(narrow: Callable[..., QuerySet[Any]]) -> Rows:
    """Firms under a condition of `queries.effective` on the last day of the period."""
    return lambda actor, scoped: narrow(firms_of(actor, scoped), scoped.end)


def effect(code: str) -> Rows:
    return lambda actor, scoped: by_effect(firms_of(actor, scoped), actor, code, scoped.end)


def why(code: str) -> Rows:
    """Assigned firms under one reason, with what stands behind it."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
        return with_reasons(by_effect(firms_of(actor, scoped), actor, code, scoped.end), actor, scoped.end)

    return rows


def rated(code: str) -> Rows:
    """Firms within the scope of the day that a word of `rules.RATES` holds for."""
    return lambda actor, scoped: by_rate(firms_of(actor, scoped), code, scoped.end)


def scope_note(actor: Actor, scoped: Scoped) -> str:
    return scope_words(scoped.jurisdiction_ids, scoped.end)


def stage(code: str) -> Rows:
    return lambda actor, scoped: with_stage(firms_of(actor, scoped), scoped.end).filter(stage=code)


def asked(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Firms asked by the day in surveys that ran on it."""
    running = Q(survey__closed_on__isnull=True) | Q(survey__closed_on__gt=scoped.end)
    rows = SurveyFirm.objects.visible_to(actor).filter(
        running,
        owed(scoped.end),
        jurisdiction_id__in=scoped.jurisdiction_ids,
        asked_on__lte=scoped.end,
        survey__opens_on__lte=scoped.end,
    )
    if scoped.path:
        rows = rows.filter(of_subtree(scoped, "organization__path"))
    return rows.select_related("organization", "survey")


def answered(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    return asked(actor, scoped).filter(done_on__lte=scoped.end)


def led(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    held = Membership.objects.filter(role__in=list(LEADERS), organization=OuterRef("pk")).on(scoped.end)  # type: ignore[attr-defined]
    return firms_of(actor, scoped).filter(Exists(held))


def address_of(row: Any) -> str:
    return str(row.get_absolute_url())


def firm_address(row: Any) -> str:
    return str(row.organization.get_absolute_url())


def mass_cell(row: Any) -> str:
    """What stands for a mass group of the firm; the denominator's rows do not ask."""
    names = getattr(row, "mass_groups", "")
    return word(names) if names == TOLD else names


FIRM = (
    (_("企业"), "name"),
    (_("指导站"), "station_name"),
    (_("红管家"), "instructors"),
    (_("职工数"), "size_staff"),
    (_("是否规上"), "size_above"),
    (_("党员数"), "members"),
)
ORGANIZATION = (
    (_("名称"), "name"),
    (_("组建形式"), "party.get_formation_display"),
    (_("成立日期"), "founded_on"),
)
WORKED = (*FIRM, (_("群团组织"), mass_cell))
VISITED = (*FIRM, (_("最近走访"), "last_visit"))
ASKED = (
    (_("企业"), "organization.name"),
    (_("摸排"), "survey.name"),
    (_("填全日期"), "done_on"),
    (_("填报人"), "answered_by"),
)
PERSON = ((_("姓名"), "person.name"), (_("派驻指导站"), "organization.name"), (_("派驻起始"), "since"))
