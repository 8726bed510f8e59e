"""The shared workbook of a town, where it is present: kinds, rows and problems as people counted them."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from lianjian.foundation.dates import Period
from lianjian.sheets.reading.book import Book
from lianjian.sheets.reading.rows import read_workbook
from lianjian.sheets.tests.specs import KINDS

SHARED = Path(os.environ.get("LIANJIAN_SHARED", Path(__file__).resolve().parents[5] / "shared"))
LEDGER = SHARED / "data" / "ledgers" / "jingba-2024.xlsx"
pytestmark = pytest.mark.skipif(not LEDGER.exists(), reason="the shared ledger is not here (LIANJIAN_SHARED)")


@pytest.fixture(scope="module")
def book() -> Book:
    return read_workbook(LEDGER, KINDS)


def test_every_sheet_is_known_and_the_assets_are_kept(book: Book) -> None:
    assert book.counts() == {
        "enterprise": 115,
        "party_organization": 14,
        "dispatched_cadre": 10,
        "found_member": 25,
        "development": 16,
        "visit": 312,
        "need": 168,
        "": 14,
    }
    kept = [sheet for sheet in book if sheet.kind is None]
    assert len(kept) == 1
    assert len(dict(kept[0].raw_rows())) == 14
    assert all(sheet.guess.confidence >= 0.8 for sheet in book)


def test_all_columns_find_their_fields(book: Book) -> None:
    for sheet in book:
        if sheet.kind:
            unmapped = [column.label for column in sheet.columns if not column.field]
            assert set(unmapped) <= {"序号"}, sheet.kind.code


def test_wrong_codes_are_named_by_cell(book: Book) -> None:
    problems = book.of_kind("enterprise")[0].problems
    assert [item.cell for item in problems if item.code == "code_wrong"] == ["C22", "C63", "C102"]
    assert {item.params["reason"] for item in problems if item.code == "code_wrong"} == {"check"}
    missing = [item for item in problems if item.code == "missing"]
    assert [(item.cell, item.severity) for item in missing] == [("C49", "warning")]
    assert not any(item.severity == "error" for item in book.problems)


def test_figures_of_the_rows(book: Book) -> None:
    firms = book.of_kind("enterprise")[0].rows
    codes = Counter(row.values["code"] for row in firms if row.values["code"])
    assert sum(count - 1 for count in codes.values()) == 2
    first_of = {row.values["code"] or row.number: row for row in reversed(firms)}
    assert len(first_of) == 113
    assert sum(row.values["above_scale"] is True for row in first_of.values()) == 91
    assert all(isinstance(row.values["staff"], int) for row in firms)
    cadres = book.of_kind("dispatched_cadre")[0].rows
    assert sum(row.values["resident"] for row in cadres) == 5
    development = book.of_kind("development")[0].rows
    assert (
        sum(row.values["activist"] is not None and row.values["activist"].year == 2024 for row in development)
        == 5
    )
    assert sum(row.values["probationary"] is not None for row in development) == 1
    needs = book.of_kind("need")[0].rows
    assert sum(row.values["state"] == "done" for row in needs) == 113
    assert {type(row.values["due"]) for row in needs} == {Period}
    visits = book.of_kind("visit")[0].rows
    assert all(date(2024, 1, 1) <= row.values["day"] <= date(2024, 10, 31) for row in visits)


def test_addresses_and_raw_values(book: Book) -> None:
    sheet = book.of_kind("enterprise")[0]
    row = sheet.rows[0]
    assert (row.number, sheet.cell(row, "staff")) == (5, "G5")
    assert sheet.raw(row)["基本情况/职工数"] == 468
    assert sheet.kept(row) == {"序号": 1}
    assert sheet.table is not None
    assert [sheet.grid.row_number(total) for total in sheet.table.totals] == [120]
    assert sheet.table.remarks[0].startswith("注:1.规上企业")
    assert sheet.table.notes["填报时间"] == "2024.10.31"
