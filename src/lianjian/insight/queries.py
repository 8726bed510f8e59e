"""Figures and their rows: the value of a figure is counted from the rows its page shows."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.files.models import File
from lianjian.files.queries import size_text
from lianjian.foundation import prepared, registry
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.declare import Indicator, Scoped

from .models import FrozenFigure, OfficeTemplate
from .rules import Period, Restated, average, cell_of, difference, rate

PAGE = 50


@dataclass(frozen=True)
class Place:
    """The scope of a figure: an organization with everything below it."""

    key: str
    name: str
    jurisdiction_ids: tuple[int, ...]
    path: str
    organization_id: int
    jurisdiction_id: int
    whole: bool


@dataclass(frozen=True)
class Figure:
    """A computed figure with its birth certificate."""

    indicator: Indicator
    place: Place
    period: Period
    value: Decimal | int
    base: Decimal | int | None
    rate: Decimal | None
    url: str
    note: str = ""

    @property
    def text(self) -> str:
        """The number as a page prints it."""
        if self.indicator.base is not None:
            return _("无数据") if self.rate is None else f"{self.rate}{'%' if self.indicator.share else ''}"
        return f"{self.value:,}"

    @property
    def meaning(self) -> str:
        """What is counted, with what the place settled about it."""
        return "".join((_(str(self.indicator.definition)), self.note and f" {self.note}"))

    @property
    def unit(self) -> str:
        """The counting word; a share has its own sign."""
        return "" if self.indicator.base is not None and self.indicator.share else self.indicator.unit


def places(actor: Actor) -> list[Place]:
    """Every scope the actor may ask figures for: roots of whole jurisdictions first, then single organizations."""
    scopes = actor.scopes("figures.read")
    whole = {j for s in scopes if s.whole for j in s.jurisdiction_ids}
    single = [s.organization_id for s in scopes if not s.whole]
    rows = (
        Organization.objects.filter(is_root=True, jurisdiction_id__in=whole)
        | Organization.objects.filter(pk__in=single)
    ).order_by("depth", "name")
    found = rows.values_list("key", "name", "jurisdiction_id", "path", "id", "is_root", "jurisdiction__name")
    reach = {
        j: tuple(sorted(x for s in scopes if s.whole and j in s.jurisdiction_ids for x in s.jurisdiction_ids))
        for j in whole
    }
    below = _below(found, reach)
    return [
        Place(str(key), jname if root else name, below.get(pk, (jid,)), "" if root else path, pk, jid, root)
        for key, name, jid, path, pk, root, jname in found
    ]


def _below(rows: Any, reach: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """For each root organization the jurisdictions of its subtree among those the actor reads."""
    roots = [(pk, jid, path) for _k, _n, jid, path, pk, root, _j in rows if root]
    return {
        pk: tuple(j for _p, j, other in roots if other.startswith(path)) or reach[jid]
        for pk, jid, path in roots
    }


def place_of(actor: Actor, key: str) -> Place | None:
    """The scope with this key, or the actor's own when none is named; None for one he may not ask."""
    known = places(actor)
    if not key:
        home = [p for p in known if p.jurisdiction_id == actor.jurisdiction_id]
        return next(iter(home or known), None)
    return next((p for p in known if p.key == key), None)


def scoped(place: Place, period: Period) -> Scoped:
    """What an indicator is asked."""
    return Scoped(place.jurisdiction_ids, period.start, period.end, place.path, place.organization_id)


def indicator(code: str, actor: Actor) -> Indicator | None:
    """The indicator of that code if the actor may read it."""
    found = registry.indicators.get(code)
    return found if found is not None and actor.scopes(found.right) else None


def readable_indicators(actor: Actor) -> list[Indicator]:
    """Every indicator the actor may read, in the order of the wiring."""
    return [i for i in registry.indicators.values() if actor.scopes(i.right)]


def figure_url(code: str, *, period: str = "", scope: str = "", base: bool = False) -> str:
    """The page of a figure."""
    query = urlencode(
        {k: v for k, v in (("period", period), ("scope", scope), ("side", "base" if base else "")) if v}
    )
    return reverse("insight:figure", kwargs={"code": code}) + (f"?{query}" if query else "")


def compute_all(actor: Actor, wanted: Sequence[Indicator], place: Place, period: Period) -> list[Figure]:
    """Many figures of one place and period in one query."""
    return compute_each(actor, [(item, place, period) for item in wanted])


def compute_each(actor: Actor, wanted: Sequence[tuple[Indicator, Place, Period]]) -> list[Figure]:
    """Many figures in one query: each is a count (or sum) of its own rows, side by side."""
    parts: list[str] = []
    params: list[Any] = []
    for number, (item, place, period) in enumerate(wanted):
        for side, (sql, values) in enumerate(_sides(item, actor, scoped(place, period))):
            parts.append(f"SELECT {number}, {side}, ({sql})::numeric")
            params += values
    rows = prepared.rows(" UNION ALL ".join(parts), params) if parts else []
    totals = {(n, side): value or Decimal(0) for n, side, value in rows}
    return [
        _figure(item, place, period, totals.get((n, 0), 0), totals.get((n, 1)), _note(item, actor, place, period))
        for n, (item, place, period) in enumerate(wanted)
    ]


Sql = tuple[str, list[Any]]


def _sides(item: Indicator, actor: Actor, asked: Scoped) -> list[Sql]:
    """The SQL of a figure and of its base. Writing it costs several times what answering it does, so it is kept."""

    def make() -> list[Sql]:
        own = _own_sql(item, actor, asked)
        return [own, _value_sql(item.base(actor, asked), item.base_measure)] if item.base else [own]

    reader = getattr(actor, "fingerprint", None)
    return prepared.kept(("figure", item.code, item.rows, asked, reader, get_language()) if reader else None, make)


def _own_sql(item: Indicator, actor: Actor, asked: Scoped) -> Sql:
    """The value: from kept counts where there are such, else counted from its rows."""
    kept = item.quickly(actor, asked) if item.quickly else None
    if kept is None:
        return _value_sql(item.rows(actor, asked), item.measure)
    plus, values = _value_sql(kept.plus, kept.column)
    minus, more = _value_sql(kept.minus, None)
    return f"SELECT coalesce(({plus}), 0) - ({minus})", values + more  # noqa: S608 - made by the ORM


def _value_sql(rows: QuerySet[Any], measure: str | None) -> Sql:
    if measure:
        narrowed = rows.order_by().values(measure)
        sql, params = narrowed.query.sql_with_params()
        return f"SELECT sum(v) FROM ({sql}) AS t(v)", list(params)  # noqa: S608 - made by the ORM
    sql, params = rows.order_by().values("pk").query.sql_with_params()
    return f"SELECT count(*) FROM ({sql}) AS t", list(params)  # noqa: S608 - made by the ORM


def _note(item: Indicator, actor: Actor, place: Place, period: Period) -> str:
    return item.note(actor, scoped(place, period)) if item.note else ""


def _figure(item: Indicator, place: Place, period: Period, value: Any, base: Any, note: str) -> Figure:
    number = _plain(value)
    bottom = None if base is None else _plain(base)
    return Figure(
        indicator=item,
        place=place,
        period=period,
        value=number,
        base=bottom,
        rate=None if bottom is None else rate(number, bottom) if item.share else average(number, bottom),
        url=figure_url(item.code, period=period.text, scope=place.key),
        note=note,
    )


def _plain(value: Any) -> Decimal | int:
    number = round(Decimal(value or 0), 2)  # sums of hours come with the tail of a division
    return int(number) if number == number.to_integral_value() else number.normalize()


def compute(actor: Actor, item: Indicator, place: Place, period: Period) -> Figure:
    """One figure."""
    return compute_all(actor, [item], place, period)[0]


@dataclass(frozen=True)
class FigurePage:
    """What the page of a figure shows besides its value."""

    figure: Figure
    labels: list[str]
    rows: list[tuple[str, list[Any]]]
    shown: str
    last_year: Figure | None
    frozen: list[FrozenRow]
    next_after: int | None
    restated: Restated | None
    part: str = ""
    parts: Sequence[tuple[str, str, Decimal | int]] = ()


@dataclass(frozen=True)
class FrozenRow:
    """A line of a figure's history."""

    value: Decimal
    base: Decimal | None
    frozen_at: Any
    frozen_by: str
    reason: str
    restates: bool


def figure_page(
    actor: Actor, item: Indicator, place: Place, period: Period, *, side: str, after: int, part: str = ""
) -> FigurePage:
    """A figure with one page of the rows of its numerator, (side "base") denominator, or of one part."""
    before = period.before()
    now, last = compute_each(actor, [(item, place, period), (item, place, before)])
    behind = rows_behind(actor, item, place, period, side, part)
    rows = list(behind.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
    frozen = list(
        FrozenFigure.objects.visible_to(actor)
        .filter(code=item.code, organization_key=place.key, start=period.start, end=period.end)
        .order_by("-frozen_at", "-id")
    )
    restated = None
    if frozen:
        restated = difference(list(frozen[0].row_ids), row_ids(actor, item, place, period))
    return FigurePage(
        figure=now,
        labels=[_(str(label)) for label, _path in item.columns],
        rows=[(item.address(row), cells(item, row)) for row in rows[:PAGE]],
        shown=side,
        last_year=last,
        frozen=[
            FrozenRow(f.value, f.base, f.frozen_at, f.frozen_by, f.reason, f.restates_id is not None)
            for f in frozen
        ],
        next_after=rows[PAGE - 1].pk if len(rows) > PAGE else None,
        restated=restated,
        part=part,
        parts=[] if side else parts_of(actor, item, place, period),
    )


def rows_behind(actor: Actor, item: Indicator, place: Place, period: Period, side: str, part: str) -> Any:
    """The rows of a figure, of its denominator (side "base"), or of one part of it."""
    source = item.base if side == "base" and item.base else item.rows
    rows = source(actor, scoped(place, period))
    return rows.filter(**{item.split[1]: part}) if part and item.split else rows


def parts_of(
    actor: Actor, item: Indicator, place: Place, period: Period
) -> list[tuple[str, str, Decimal | int]]:
    """(code, word, number) of each part of a figure that is taken apart, the largest first; one query, or none."""
    if item.split is None:
        return []
    rows, field = item.rows(actor, scoped(place, period)).order_by(), item.split[1]
    asked = rows.values(field).annotate(number=Sum(item.measure) if item.measure else Count("pk"))
    found = asked.order_by("-number", field).values_list(field, "number")
    return [(code, (item.told or _)(code) if code else "", _plain(number)) for code, number in found]


def last_frozen(actor: Actor, item: Indicator, place: Place, period: Period) -> FrozenFigure | None:
    """The latest word on a figure of a closed period."""
    return (
        FrozenFigure.objects.visible_to(actor)
        .filter(code=item.code, organization_key=place.key, start=period.start, end=period.end)
        .order_by("-frozen_at", "-id")
        .first()
    )


def row_ids(actor: Actor, item: Indicator, place: Place, period: Period, *, base: bool = False) -> list[int]:
    """Identities of the rows behind a figure."""
    source = item.base if base and item.base else item.rows
    return list(source(actor, scoped(place, period)).order_by("pk").values_list("pk", flat=True))


def cells(item: Indicator, row: Any) -> list[Any]:
    """One row as the indicator's columns show it."""
    return [cell_of(row, path) for _label, path in item.columns]


def all_rows(
    actor: Actor, item: Indicator, place: Place, period: Period, side: str, part: str = ""
) -> list[list[Any]]:
    """Every row of a figure or of one part, for export."""
    return [cells(item, row) for row in rows_behind(actor, item, place, period, side, part).order_by("pk")]


def by_place(actor: Actor, item: Indicator, period: Period) -> list[Figure]:
    """The figure of each place the actor reads, for drilling from county to town. In the order of the tree."""
    return compute_each(actor, [(item, place, period) for place in places(actor)[:40]])


def month_series(
    actor: Actor, item: Indicator, place: Place, year: int, until: date
) -> list[tuple[str, Figure]]:
    """A `during` figure month by month."""
    months = []
    for month in range(1, 13):
        if date(year, month, 1) > until:
            break
        start, end = date(year, month, 1), min(_end(year, month), until)
        months.append((_("%(month)d月") % {"month": month}, Period(start, end, f"{year}-{month:02d}")))
    figures = compute_each(actor, [(item, place, period) for _label, period in months])
    return [(label, figure) for (label, _period), figure in zip(months, figures, strict=True)]


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True)
class ShownTemplate:
    """A template of an office in a list."""

    key: Any
    name: str
    place: str
    kind: str
    file: str
    size: str
    made_by: str
    changed_at: Any
    retired: bool
    own: bool


def template_rows(actor: Actor) -> list[ShownTemplate]:
    """The templates the actor may fill: those in use first, then by name."""
    rows = list(
        OfficeTemplate.objects.visible_to(actor)
        .select_related("jurisdiction")
        .order_by(F("retired_on").asc(nulls_first=True), "jurisdiction_id", "name", "id")
    )
    present = File.objects.present().filter(bundle_id__in=[row.bundle_id for row in rows])  # type: ignore[attr-defined]
    files = {file.bundle_id: file for file in present}
    return [
        ShownTemplate(
            key=row.key,
            name=row.name,
            place=row.jurisdiction.name,
            kind=file.name.rpartition(".")[2],
            file=file.name,
            size=size_text(file.size),
            made_by=row.made_by,
            changed_at=row.changed_at,
            retired=row.retired_on is not None,
            own=actor.may("reports.templates", Whole(row.jurisdiction_id))
            and row.jurisdiction_id in actor.writable,
        )
        for row in rows
        if (file := files.get(row.bundle_id or 0))
    ]


def file_of(template: OfficeTemplate) -> File | None:
    """The present file of a template."""
    present = File.objects.present()  # type: ignore[attr-defined]
    return present.filter(bundle_id=template.bundle_id or 0).order_by("-pk").first()  # type: ignore[no-any-return]
