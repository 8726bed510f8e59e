"""The list of who covers whom, with its gaps as filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Membership, Organization
from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.counting import count_each
from lianjian.foundation.dbday import Today
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.foundation.listrows import narrowed
from lianjian.foundation.searchdb import search

from ..rules import COVERABLE, EFFECTS, GAPS, LEADERS, RATES, REASONS
from .effective import by_effect
from .enterprises import (
    coverage_on,
    enterprises,
    in_gap,
    instructors_on,
    stations,
    visible_enterprises,
)
from .rates import Rate, by_rate, rates_of


@cache
def _address(name: str) -> str:
    zero = UUID(int=0)
    return reverse(name, kwargs={"key": zero}).replace(str(zero), "")


def station_url(key: object) -> str:
    """The address of a station's page."""
    return f"{_address('coverage:station')}{key}"


def instructor_url(key: object) -> str:
    """The address of an instructor's page."""
    return f"{_address('coverage:instructor')}{key}"


def list_url(**query: str) -> str:
    """The list under some filters."""
    words = urlencode({name: value for name, value in query.items() if value})
    return reverse("coverage:enterprises") + (f"?{words}" if words else "")


def gap_url(gap: str) -> str:
    """The list of one gap."""
    return list_url(gap=gap)


def key_of(value: str) -> UUID | None:
    """A key from an address; None for what is none."""
    try:
        return UUID(value)
    except ValueError:
        return None


def by_station(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    """Firms that the station of a key covers today."""
    key = key_of(value)
    return (
        rows.filter(pk__in=coverage_on(None).filter(source__key=key).values("target_id"))
        if key
        else rows.none()
    )


def by_instructor(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    """Firms that the instructor of a key looks after today."""
    key = key_of(value)
    if key is None:
        return rows.none()
    held = instructors_on(None).filter(person__key=key)
    return rows.filter(pk__in=held.values("organization_id"))


def _gap(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return in_gap(rows.filter(classification="enterprise"), value)


def _kind(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(classification=value)


def _kinds(actor: Actor) -> list[tuple[str, str]]:
    return [(code, str(Organization.Classification(code).label)) for code in COVERABLE]


def gap_choices(actor: Actor) -> list[tuple[str, str]]:
    """(code, word) of the gaps."""
    return [(code, translate(word)) for code, (word, _text) in GAPS.items()]


def _scale(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return (
        rows.filter(size_above__isnull=True) if value == "unknown" else rows.filter(size_above=value == "yes")
    )


def _needs(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(open_needs__gt=0) if value == "yes" else rows.filter(open_needs=0)


def station_choices(actor: Actor) -> list[tuple[str, str]]:
    """(key, name) of the stations in scope."""
    return [
        (str(key), name) for key, name in stations(actor).order_by("name", "id").values_list("key", "name")
    ]


def instructor_choices(actor: Actor) -> list[tuple[str, str]]:
    """(key, name) of the instructors of enterprises in scope."""
    bodies = visible_enterprises(actor, None, COVERABLE).order_by()
    rows = instructors_on(None).filter(organization__in=bodies.values("pk"))
    found = rows.order_by("person__name", "person__key").values_list("person__key", "person__name").distinct()
    return [(str(key), name) for key, name in found]


def _row(values: Sequence[Any]) -> Row:
    key, name, station, station_key, instructors, last_visit, needs, above, staff, staff_text, members = (
        values[:11]
    )
    return Row(
        organization_url(key),
        (
            name,
            Link(station, station_url(station_key)) if station else Badge(gettext("没有"), "due"),
            instructors or Badge(gettext("没有"), "due"),
            last_visit,
            needs,
            "" if above is None else Badge(gettext("规上"), "info") if above else gettext("规下"),
            staff_text or staff,
            members,
        ),
    )


def _effect(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return by_effect(rows.filter(classification="enterprise"), actor, value)


def _rated(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return by_rate(rows.filter(classification="enterprise"), value)


def _led(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    held = Membership.objects.filter(role__in=list(LEADERS), organization=OuterRef("pk")).on(Today())  # type: ignore[attr-defined]
    return rows.filter(Exists(held) if value == "yes" else ~Exists(held))


COVERAGE = register(
    ListSpec(
        name="coverage.enterprises",
        title=_("谁覆盖谁"),
        right="coverage.see",
        base=lambda actor: enterprises(actor, None, COVERABLE),
        columns=(
            Column("name", _("企业(单位)"), sort="name"),
            Column("station", _("指导站"), "link"),
            Column("instructor", _("红管家")),
            Column("last_visit", _("最近走访"), "date", "last_visit"),
            Column("needs", _("未办结诉求"), "number", "open_needs"),
            Column("above", _("规模"), hide_small=True),
            Column("staff", _("职工数"), "number", "size_staff", True),
            Column("members", _("党员数"), "number", "members", True),
        ),
        values=(
            "key",
            "name",
            "station_name",
            "station_key",
            "instructors",
            "last_visit",
            "open_needs",
            "size_above",
            "size_staff",
            "size_text",
            "members",
        ),
        row=_row,
        default_sort="name",
        filters=(
            Filter("gap", _("缺口"), _gap, options=gap_choices),
            Filter("kind", _("种类"), _kind, options=_kinds),
            Filter(
                "effect", _("覆盖成效"), _effect,
                options=lambda actor: [(code, translate(word)) for code, word in EFFECTS.items()],
            ),
            Filter(
                "rate", _("覆盖率(按口径)"), _rated,
                options=lambda actor: [(code, translate(word)) for code, (word, _rate) in RATES.items()],
            ),
            Filter(
                "leader", _("领导联系"), _led, options=lambda actor: [("yes", _("有")), ("no", _("没有"))]
            ),
            Filter("station", _("指导站"), by_station, options=station_choices),
            Filter("instructor", _("红管家"), by_instructor, options=instructor_choices),
            Filter(
                "scale",
                _("规模"),
                _scale,
                options=lambda actor: [("yes", _("规上")), ("no", _("规下")), ("unknown", _("未填"))],
            ),
            Filter(
                "needs", _("未办结诉求"), _needs, options=lambda actor: [("yes", _("有")), ("no", _("没有"))]
            ),
        ),
        search=search,
        empty=(_("没有这样的企业"), _("换一个条件试试;若是缺口清单,说明这个缺口已经补上。")),
    )
)


@dataclass(frozen=True)
class Gap:
    """A gap with the number of rows of the list it opens."""

    code: str
    label: str
    text: str
    count: int
    url: str


def gap_counts(actor: Actor) -> list[Gap]:
    """Every gap, counted by the very query of its list."""
    counts = count_each([narrowed(COVERAGE, actor, {"gap": code}) for code in GAPS])
    return _gaps(counts)


def _gaps(counts: Sequence[int]) -> list[Gap]:
    return [
        Gap(code, translate(word), translate(text), count, gap_url(code))
        for (code, (word, text)), count in zip(GAPS.items(), counts, strict=True)
    ]


@dataclass(frozen=True)
class Standing:
    """How far a place is: all firms, gaps, what is assigned and what is effective, and what keeps it from being so."""

    total: int
    gaps: Sequence[Gap]
    assigned: Gap
    effective: Gap
    reasons: Sequence[Gap]
    due: int
    in_scope: int
    rates: Sequence[Rate]


def standing(actor: Actor, due: QuerySet[Any]) -> Standing:
    """All of it in one query; each number by the query of the list it opens. `due` are the visits due."""
    codes = ("assigned", "effective", *REASONS)
    queries = [{"kind": "enterprise"}, *({"gap": code} for code in GAPS), *({"effect": code} for code in codes)]
    queries += [{"rate": code} for code in RATES]
    found = count_each([*(narrowed(COVERAGE, actor, query) for query in queries), due])
    counts = {next(iter(query.items())): number for query, number in zip(queries, found[:-1], strict=True)}
    effects = {
        code: Gap(code, translate(EFFECTS[code]), "", counts["effect", code], list_url(effect=code)) for code in codes
    }
    rated = {code: (counts["rate", code], list_url(rate=code)) for code in RATES}
    return Standing(
        total=counts["kind", "enterprise"],
        gaps=_gaps([counts["gap", code] for code in GAPS]),
        assigned=effects["assigned"],
        effective=effects["effective"],
        reasons=[effects[code] for code in REASONS],
        due=found[-1],
        in_scope=rated["scope"][0],
        rates=rates_of(rated),
    )
