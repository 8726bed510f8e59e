"""Stations, instructors and cadres from a ledger, and the figures of a day, counted by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lianjian.coverage import actions, figures, sheets
from lianjian.directory import actions as directory
from lianjian.directory.models import Link, Membership, Organization, Person
from lianjian.foundation.batch import SheetRow
from lianjian.foundation.declare import Scoped
from tests.cast import NOW, Cast


@dataclass
class Batch:
    """What the wizard offers a part, kept in lists."""

    root: Organization
    year: int = 2025
    label: str = "批次"
    made: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    problems: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def jurisdiction_id(self) -> int:
        return self.root.jurisdiction_id

    def make(self, instance: Any, row: Any = None) -> None:
        self.made.append(instance)

    def change(self, instance: Any, before: dict[str, Any], row: Any = None) -> None:
        self.changed.append((instance, before))

    def problem(self, row: SheetRow, field: str, severity: str, sentence: str) -> None:
        self.problems.append((row.number, field, severity))

    def resolve_org(self, name: str, code: str = "", classification: Any = None, **place: Any) -> Any:
        return Organization.objects.filter(name=name, classification=classification).first()


def _run(cast: Cast, lines: list[tuple[Organization, str, Any]], year: int = 2025) -> Batch:
    batch = Batch(cast.town_root, year)
    rows = []
    for number, (firm, station, people) in enumerate(lines, start=5):
        row = SheetRow(number, {"station": station, "instructor": people})
        row.made["organization"] = firm
        rows.append(row)
    sheets.store_coverage(actor=cast.actor("clerk"), batch=batch, rows=rows, now=NOW)
    return batch


def _value(cast: Cast, code: str, day: date) -> int:
    indicator = next(i for i in figures.INDICATORS if i.code == f"coverage.{code}")
    return int(
        indicator.rows(cast.actor("leader"), Scoped((cast.town.pk,), date(day.year, 1, 1), day)).count()
    )


def test_a_ledger_sets_stations_and_instructors_once(cast: Cast) -> None:
    lines = [(cast.firm, "柳溪第二党建指导站", ("侯燕",)), (cast.second_firm, "没有的站", ("侯燕", "苏禾"))]
    first = _run(cast, lines)
    assert first.problems == [(6, "station", "warning")]
    assert Person.objects.filter(name="侯燕").count() == 1 and Person.objects.filter(name="苏禾").count() == 1
    now = Link.objects.filter(kind="coverage", until__isnull=True).values_list("target__name", "source__name")
    assert dict(now) == {cast.firm.name: "柳溪第二党建指导站", cast.second_firm.name: "柳溪第二党建指导站"}
    held = Membership.objects.filter(role="instructor", until__isnull=True).order_by(
        "organization_id", "person__name"
    )
    assert [(row.organization_id, row.person.name) for row in held] == [
        (cast.firm.pk, "侯燕"),
        (cast.second_firm.pk, "侯燕"),
        (cast.second_firm.pk, "苏禾"),
    ]
    assert {row.until for row, _before in first.changed} == {date(2025, 1, 1)}
    again = _run(cast, lines)
    assert (again.made, again.changed) == ([], [])
    turned = _run(cast, [(cast.firm, "柳溪第一党建指导站", ())])
    assert [before for _row, before in turned.changed] == [{"source_id": cast.second_station.pk}]


def test_cadres_are_stored_once_and_move(cast: Cast) -> None:
    def run(lines: list[dict[str, Any]]) -> Batch:
        batch = Batch(cast.town_root)
        rows = [SheetRow(number, values) for number, values in enumerate(lines, start=4)]
        sheets.store_cadres(actor=cast.actor("clerk"), batch=batch, rows=rows, now=NOW)
        return batch

    first = {"name": "武斌", "origin": "镇综治办干事", "station": "柳溪第一党建指导站", "resident": True,
             "phone": "13900000001", "since": date(2025, 1, 16)}  # fmt: skip
    second = {"name": "廖飞", "station": "柳溪第二党建指导站", "resident": False, "since": date(2025, 2, 6)}
    lost = {"name": "常志", "station": "没有的站"}
    batch = run([first, second, lost])
    assert batch.problems == [(6, "station", "error")] and len(batch.made) == 4
    assert run([first, second]).made == []
    assert (_value(cast, "cadres", date(2025, 1, 31)), _value(cast, "cadres", date(2025, 12, 31))) == (1, 2)
    assert _value(cast, "resident_cadres", date(2025, 12, 31)) == 1
    moved = run([{**first, "station": "柳溪第二党建指导站", "since": date(2025, 10, 1)}])
    assert len(moved.made) == 1 and len(moved.changed) == 1
    assert _value(cast, "cadres", date(2025, 12, 31)) == 2


def test_figures_of_a_day(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    for year, staff, members in ((2023, 140, 0), (2024, 130, 3), (2025, 130, 0), (2026, 130, 2)):
        directory.set_enterprise_year(
            actor=clerk,
            organization=cast.firm,
            year=year,
            staff=staff,
            above_scale=True if year > 2023 else None,
            party_members=members,
            now=NOW,
        )
    actions.end_coverage(actor=clerk, enterprise=cast.second_firm, until=date(2025, 3, 1), now=NOW)
    days = (date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31))
    assert [_value(cast, "enterprises", day) for day in days] == [0, 2, 1]
    assert [_value(cast, "above_scale", day) for day in days] == [0, 1, 1]
    assert [_value(cast, "target", day) for day in days] == [0, 0, 1]
    assert [_value(cast, "target", date(year, 12, 31)) for year in (2025, 2026)] == [1, 0]
    assert [_value(cast, "uncovered", day) for day in days] == [2, 0, 1]
    assert _value(cast, "stations", days[1]) == 2
    assert [_value(cast, code, days[1]) for code in ("formed", "formed_own", "formed_joint")] == [1, 1, 0]
    assert _value(cast, "unvisited", days[1]) == 2
