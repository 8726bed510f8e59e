"""The shared workbook of a town, where it is present, through every part that coverage and party life have in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lianjian.directory.models import Organization
from lianjian.directory.queries import Resolver, county_of
from lianjian.foundation import registry
from lianjian.foundation.batch import SheetRow
from lianjian.foundation.declare import Scoped
from lianjian.sheets.reading.rows import read_workbook
from lianjian.sheets.specs import kind_specs, kinds_in_order
from tests.cast import NOW, Cast

SHARED = Path(os.environ.get("LIANJIAN_SHARED", Path(__file__).resolve().parents[5] / "shared"))
LEDGER = SHARED / "data" / "ledgers" / "jingba-2024.xlsx"
pytestmark = pytest.mark.skipif(not LEDGER.exists(), reason="the shared ledger is not here (LIANJIAN_SHARED)")

MINE = ("party_organization", "enterprise", "dispatched_cadre", "found_member", "development")
DAY = date(2024, 10, 31)


class Batch:
    """The batch of one sheet over the register as it is now."""

    label = "台账"

    def __init__(self, root: Organization, year: int | None) -> None:
        self.root, self.year, self.jurisdiction_id = root, year, root.jurisdiction_id
        self.written: list[Any] = []
        self.problems: list[tuple[int, str, str, str]] = []
        self.resolvers: dict[Any, Resolver] = {}

    def resolve_org(self, name: str, code: str = "", classification: Any = None, **place: Any) -> Any:
        kinds = (classification,) if isinstance(classification, str) else tuple(classification or ())
        if kinds not in self.resolvers:
            self.resolvers[kinds] = Resolver.of(county_of(self.jurisdiction_id), kinds)
        found = self.resolvers[kinds].resolve(name, code).organization_id
        return Organization.objects.get(pk=found) if found else None

    def resolve_person(self, name: str, phone: str = "", organization: Any = None) -> None:
        return None

    def make(self, instance: Any, row: Any = None) -> None:
        self.written.append(instance)

    def make_many(self, model: Any, ids: Any, rows: Any = None) -> None:
        self.written += list(ids)

    def change(self, instance: Any, before: Any, row: Any = None) -> None:
        self.written.append((instance, before))

    def problem(self, row: Any, field: str, severity: str, sentence: str) -> None:
        self.problems.append((row.number, field, severity, sentence))


def _import(cast: Cast) -> Iterator[tuple[str, Batch]]:
    clerk = cast.actor("clerk")
    book = read_workbook(LEDGER, kind_specs())
    for kind in kinds_in_order():
        for sheet in book.of_kind(kind.code) if kind.code in MINE else ():
            batch = Batch(cast.town_root, sheet.year)
            rows = [SheetRow(row.number, dict(row.values)) for row in sheet.rows]
            for part in registry.parts_of(kind.code):
                part.store(actor=clerk, batch=batch, rows=rows, now=NOW)
            yield kind.code, batch


def _value(cast: Cast, code: str) -> int:
    asked = Scoped((cast.town.pk,), date(2024, 1, 1), DAY)
    return int(registry.indicators[code].rows(cast.actor("leader"), asked).count())


def test_figures_are_those_people_counted(cast: Cast) -> None:
    before = {"coverage.enterprises": 2, "coverage.stations": 2}  # what the cast has itself
    batches = dict(_import(cast))
    errors = [p for batch in batches.values() for p in batch.problems if p[2] == "error"]
    assert errors == []
    wanted = {
        "coverage.enterprises": 113,
        "coverage.stations": 3,
        "coverage.target": 36,
        "coverage.cadres": 10,
        "coverage.resident_cadres": 5,
        "partylife.found": 25,
        "partylife.managed": 25,
        "partylife.applications": 15,
        "partylife.activists": 5,
        "partylife.developed": 1,
    }
    found = {code: _value(cast, code) - before.get(code, 0) for code in wanted}
    assert found == wanted
    again = dict(_import(cast))
    for kind in ("dispatched_cadre", "found_member", "development"):
        assert again[kind].written == [], kind
    assert {code: _value(cast, code) - before.get(code, 0) for code in wanted} == wanted
