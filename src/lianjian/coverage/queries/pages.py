"""The overview of coverage, a station, an instructor, the assignment form, and the panel of an organization."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Membership, Organization, Person
from lianjian.directory.queries import organization_url
from lianjian.directory.queries.scope import SCOPE
from lianjian.foundation.actor import Actor
from lianjian.foundation.dbday import Today
from lianjian.foundation.declare import Asking
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Link
from lianjian.foundation.listrows import narrowed
from lianjian.foundation.looks import show_date
from lianjian.foundation.numerals import natural_key

from ..rules import (
    BALANCE_TONES,
    BALANCE_WORDS,
    BANDS,
    COVERABLE,
    GAPS,
    LEADERS,
    NORM,
    balance,
    quarter_start,
)
from .asked import VISITING
from .caring import DUE, leader_url
from .enterprises import (
    INSTRUCTOR,
    coverage_on,
    enterprises,
    in_gap,
    instructors_on,
    stations,
    visible_enterprises,
)
from .listing import COVERAGE, Standing, instructor_url, list_url, standing, station_url
from .rates import scope_of

MOST = 300  # rows on a page that is not a list


@dataclass(frozen=True)
class Load:
    """What one station carries."""

    key: str
    name: str
    url: str
    enterprises: int
    above_scale: int
    staff: int
    instructors: int
    cadres: int
    resident: int

    @property
    def verdict(self) -> Badge:
        """Even, heavy or light against the norm."""
        found = balance(self.above_scale)
        return Badge(translate(BALANCE_WORDS[found]), BALANCE_TONES[found])

    def cells(self) -> tuple[Any, ...]:
        """The row of the table of loads; each number opens the list it counts."""
        return (
            Link(self.name, self.url),
            Link(f"{self.enterprises:,}", list_url(station=self.key)),
            Link(f"{self.above_scale:,}", list_url(station=self.key, scale="yes")),
            self.staff,
            self.instructors,
            _("%(count)d(常驻%(resident)d)") % {"count": self.cadres, "resident": self.resident},
            self.verdict,
        )


def load_columns() -> list[Any]:
    """Heads of the table of loads."""
    return [
        _("指导站"),
        (_("覆盖(家)"), "number"),
        (_("规上(家)"), "number"),
        (_("职工(人)"), "number"),
        (_("红管家(人)"), "number"),
        _("下派干部(人)"),
        (_("负荷"), "state"),
    ]


def loads(actor: Actor) -> list[Load]:
    """Every station in scope with its load today. Four queries, whatever their number."""
    rows = sorted(
        stations(actor).order_by("id").values_list("id", "key", "name"), key=lambda row: natural_key(row[2])
    )
    mine = visible_enterprises(actor, None, COVERABLE).values("pk")
    covered = coverage_on(None).filter(source_id__in=[pk for pk, _k, _n in rows], target__in=mine)
    sizes = {
        pk: (firms, above, staff or 0)
        for pk, firms, above, staff in covered.order_by()
        .values_list("source_id")
        .annotate(
            firms=Count("target_id"),
            above=Count("target_id", filter=Q(target__enterprise__above_scale=True)),
            staff=Sum("target__enterprise__staff"),
        )
    }
    station_of = dict(covered.values_list("target_id", "source_id"))
    guides: dict[int, set[int]] = {}
    for firm, person in (
        instructors_on(None)
        .filter(organization__in=list(station_of))
        .values_list("organization_id", "person_id")
    ):
        guides.setdefault(station_of[firm], set()).add(person)
    cadres: dict[int, list[bool]] = {}
    for place, details in _cadres([pk for pk, _k, _n in rows]).values_list("organization_id", "details"):
        cadres.setdefault(place, []).append(bool(details.get("resident")))
    return [
        Load(
            str(key),
            name,
            station_url(key),
            *sizes.get(pk, (0, 0, 0)),
            len(guides.get(pk, ())),
            len(cadres.get(pk, ())),
            sum(cadres.get(pk, ())),
        )
        for pk, key, name in rows
    ]


def _cadres(station_ids: Sequence[int]) -> Any:
    rows = Membership.objects.filter(role="dispatched", organization_id__in=station_ids)
    return rows.on(Today())  # type: ignore[attr-defined]


@dataclass(frozen=True)
class HomePage:
    """The overview."""

    loads: Sequence[Load]
    columns: Sequence[Any]
    standing: Standing
    norm: int
    mine: str
    mine_led: str
    may_write: bool
    scope: str
    scope_url: str


def home_page(actor: Actor, today: date) -> HomePage:
    """Stations with their load, the gaps, what is assigned and what is effective."""
    held = Membership.objects.filter(person_id=actor.person_id or 0, role__in=[INSTRUCTOR, *VISITING])
    mine = list(held.on(Today()).values_list("person__key", "role").distinct())  # type: ignore[attr-defined]
    own, roles = next((key for key, _role in mine), None), {role for _key, role in mine}
    return HomePage(
        loads=loads(actor),
        columns=load_columns(),
        standing=standing(actor, DUE.base(actor)),
        norm=NORM,
        mine=instructor_url(own) if INSTRUCTOR in roles else "",
        mine_led=leader_url(own) if roles & set(VISITING) else "",
        may_write=bool(actor.scopes("coverage.write")),
        scope=scope_of(actor, today),
        scope_url=reverse("rulebook:law", kwargs={"code": SCOPE}) if actor.may("calendar.read") else "",
    )


@dataclass(frozen=True)
class StationPage:
    """One station: load, cadres, and its enterprises by instructor."""

    load: Load
    facts: Sequence[tuple[str, Any]]
    cadres: Sequence[tuple[Any, ...]]
    columns: Sequence[str]
    instructors: Sequence[tuple[Any, ...]]
    list_url: str
    organization_url: str
    may_write: bool


def station_page(actor: Actor, station: Organization) -> StationPage:
    """What a station carries, whom it has, who looks after which of its enterprises."""
    load = next(found for found in loads(actor) if found.key == str(station.key))
    may_write = actor.may("coverage.write", station)
    cadres = [
        (
            name,
            details.get("origin", ""),
            _("常驻") if details.get("resident") else _("不常驻"),
            since,
            str(key),
            translate(BANDS.get(details.get("band", ""), "")),
        )
        for key, name, details, since in _cadres([station.pk])
        .order_by("since", "id")
        .values_list("key", "person__name", "details", "since")
    ]
    held = coverage_on(None).filter(source=station).values("target_id")
    guides = (
        instructors_on(None)
        .filter(organization__in=held)
        .order_by("person__name")
        .values_list("person__key", "person__name")
        .annotate(firms=Count("organization_id", distinct=True))
    )
    facts = [
        (_("覆盖(家)"), Link(f"{load.enterprises:,}", list_url(station=load.key))),
        (_("规上(家)"), Link(f"{load.above_scale:,}", list_url(station=load.key, scale="yes"))),
        (_("职工(人)"), load.staff),
        (_("规上企业负荷(约%(norm)d家为宜)") % {"norm": NORM}, load.verdict),
    ]
    return StationPage(
        load=load,
        facts=facts,
        cadres=cadres,
        columns=[_("红管家"), _("联系企业(家)")],
        instructors=[
            (
                Link(name, instructor_url(key)),
                Link(str(count), list_url(station=load.key, instructor=str(key))),
            )
            for key, name, count in guides
        ],
        list_url=list_url(station=load.key),
        organization_url=organization_url(station.key),
        may_write=may_write,
    )


@dataclass(frozen=True)
class InstructorPage:
    """Whom an instructor looks after."""

    name: str
    columns: Sequence[Any]
    rows: Sequence[tuple[Any, ...]]
    total: int
    unvisited: int
    needs: int
    list_url: str
    own: bool


def instructor_page(actor: Actor, person: Person, *, today: date) -> InstructorPage | None:
    """The enterprises of an instructor that `actor` may see; None when there are none and it is somebody else."""
    held = instructors_on(None).filter(person=person).values("organization_id")
    found = list(
        enterprises(actor, None, COVERABLE)
        .filter(pk__in=held)
        .order_by("name", "id")
        .values_list("key", "name", "station_name", "last_visit", "open_needs")[:MOST]
    )
    own = actor.person_id == person.pk
    if not found and not own:
        return None
    start = quarter_start(today)
    rows = []
    for key, name, station, last, needs in found:
        late = last is None or last < start
        shown = Badge(_("本季未走访"), "due") if late else Badge(_("本季已走访"), "done")
        rows.append((Link(name, organization_url(key)), station or "", last or _("没有记录"), shown, needs))
    return InstructorPage(
        name=person.name,
        columns=[
            _("企业"),
            _("指导站"),
            (_("最近走访"), "date"),
            (_("走访"), "state"),
            (_("未办结诉求"), "number"),
        ],
        rows=rows,
        total=len(rows),
        unvisited=sum(last is None or last < start for _k, _n, _s, last, _c in found),
        needs=sum(row[4] for row in found),
        list_url=list_url(instructor=str(person.key)),
        own=own,
    )


def choices_for_assignment(
    actor: Actor, query: dict[str, str], one: UUID | None = None
) -> tuple[list[tuple[str, str]], int]:
    """(key, words) of the enterprises under the filters of an address that the actor may assign, and their number."""
    rows = narrowed(COVERAGE, actor, query).filter(jurisdiction_id__in=actor.writable)
    if one is not None:
        rows = rows.filter(key=one)
    found = rows.order_by("name", "id").values_list("key", "name", "station_name", "instructors")[:MOST]
    choices = [
        (str(key), " · ".join(filter(None, (name, station or _("没有指导站"), guide or _("没有指导员")))))
        for key, name, station, guide in found
    ]
    return choices, rows.count() if len(choices) == MOST else len(choices)


def organization_panel(
    *, actor: Actor, record: Organization, now: datetime
) -> Asking:
    """Who covers this enterprise, or what this station carries; only for those whose scope holds it."""
    if not actor.scopes("coverage.see"):
        return None
    if record.classification == "station":
        if not stations(actor).filter(pk=record.pk).exists():
            return None
        return "coverage/_station.html", {"url": station_url(record.key)}
    if record.classification not in COVERABLE:
        return None
    rows = enterprises(actor, None, COVERABLE).filter(pk=record.pk)
    guides = instructors_on(None).filter(organization=record).order_by("person__name")
    led = Membership.objects.filter(role__in=list(LEADERS), organization=record).on(Today())  # type: ignore[attr-defined]
    found, guiding, leading, *gaps = yield (
        rows.values_list("station_name", "station_key", "last_visit", "open_needs"),
        guides.values_list("person__key", "person__name"),
        led.order_by("role", "since", "pk").values_list("role", "person__name"),
        *(in_gap(rows, code).values_list("pk") for code in GAPS),
    )
    if not found:
        return None
    ((station, station_key, last_visit, needs),) = found
    may = actor.may("coverage.write", record)
    return "coverage/_organization.html", {
        "station": (station, station_url(station_key)) if station else None,
        "instructors": [(name, instructor_url(key)) for key, name in guiding],
        "leaders": [(translate(LEADERS[role]), name) for role, name in leading],
        "tier_url": reverse("coverage:tier", kwargs={"key": record.key}) if may else "",
        "goal_url": reverse("coverage:goal", kwargs={"key": record.key}) if may else "",
        "last_visit": show_date(last_visit) if last_visit else _("没有记录"),
        "needs": needs,
        "gaps": [translate(word) for (word, _text), missing in zip(GAPS.values(), gaps, strict=True) if missing],
        "assign_url": f"{reverse('coverage:assign')}?one={record.key}" if may else "",
    }
