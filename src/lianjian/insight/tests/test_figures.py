"""A figure opens onto its rows, and a frozen one keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lianjian.directory.models import Organization
from lianjian.foundation import registry
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import Refused
from lianjian.foundation.remembered import remembered
from lianjian.insight.models import FrozenFigure
from lianjian.insight.rules import difference, rate, read_period
from tests.cast import Cast

TODAY = date(2026, 3, 9)


def firms(actor: Actor, scoped: Scoped) -> Any:
    """Enterprises of the scope."""
    rows = Organization.objects.filter(
        classification="enterprise", jurisdiction_id__in=scoped.jurisdiction_ids
    )
    return rows.filter(path__startswith=scoped.path) if scoped.path else rows


def everybody(actor: Actor, scoped: Scoped) -> Any:
    """Organizations of the scope."""
    return Organization.objects.filter(jurisdiction_id__in=scoped.jurisdiction_ids)


@pytest.fixture(autouse=True)
def indicators() -> Iterator[None]:
    common = {
        "unit": "家",
        "columns": [("名称", "name"), ("上级", "parent.name")],
        "address": lambda row: f"/directory/{row.key}/",
    }
    for item in (
        Indicator(
            code="t_firms",
            name="测试企业",
            period="as_of",
            definition="登记的企业",
            rows=firms,
            subject="测试",
            **common,
        ),
        Indicator(
            code="t_share",
            name="测试占比",
            period="as_of",
            definition="企业占组织",
            rows=firms,
            base=everybody,
            **common,
        ),
    ):
        registry.indicators[item.code] = item
    yield
    for code in ("t_firms", "t_share"):
        registry.indicators.pop(code, None)


def test_the_value_is_the_number_of_rows_shown(as_clerk: Client, cast: Cast) -> None:
    page = as_clerk.get("/figures/t_firms/").content.decode()
    assert "云岭市晨光木业有限公司" in page and "柳溪远山家居有限公司" in page
    assert "石桥清泉食品有限公司" not in page
    assert "<strong>2</strong>" in page


def test_a_rate_shows_numerator_and_denominator(as_clerk: Client) -> None:
    page = as_clerk.get("/figures/t_share/").content.decode()
    base = as_clerk.get("/figures/t_share/?side=base").content.decode()
    assert "柳溪村" not in page
    assert "柳溪村" in base


def test_county_counts_every_town_and_a_town_its_own(
    as_county_leader: Client, as_other_clerk: Client
) -> None:
    assert "<strong>3</strong>" in as_county_leader.get("/figures/t_firms/").content.decode()
    assert "<strong>1</strong>" in as_other_clerk.get("/figures/t_firms/").content.decode()


def test_a_scope_of_another_town_is_missing(as_other_clerk: Client, cast: Cast) -> None:
    assert as_other_clerk.get(f"/figures/t_firms/?scope={cast.town_root.key}").status_code == 404


def test_an_unknown_period_is_refused_with_a_sentence(as_clerk: Client) -> None:
    answer = as_clerk.get("/figures/t_firms/?period=上个月")
    assert answer.status_code == 422 and "看不懂时段" in answer.content.decode()


def test_freeze_then_restate(as_clerk: Client, cast: Cast) -> None:
    address = f"/figures/t_firms/freeze?scope={cast.town_root.key}&period=2025"
    assert as_clerk.post(address).status_code == 303
    assert as_clerk.post(address).status_code == 409
    cast.actor("clerk")
    frozen = FrozenFigure.objects.get()
    assert frozen.value == 2 and set(frozen.row_ids) == {cast.firm.pk, cast.second_firm.pk}
    again = f"/figures/t_firms/restate?scope={cast.town_root.key}&period=2025"
    assert as_clerk.post(again, {"reason": "核对"}).status_code == 422  # nothing changed
    cast.actor("clerk")
    Organization.objects.filter(pk=cast.second_firm.pk).update(classification="other")
    assert as_clerk.post(again, {"reason": ""}).status_code == 422
    assert as_clerk.post(again, {"reason": "误登记"}).status_code == 303
    page = as_clerk.get(f"/figures/t_firms/?scope={cast.town_root.key}&period=2025").content.decode()
    assert "误登记" in page and "更正" in page


def test_an_open_period_cannot_be_frozen(as_clerk: Client, cast: Cast) -> None:
    assert as_clerk.post(f"/figures/t_firms/freeze?scope={cast.town_root.key}&period=2099").status_code == 422


def test_export_holds_the_rows(as_clerk: Client) -> None:
    import io

    import openpyxl

    answer = as_clerk.post("/figures/t_firms/export")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert {row[0] for row in book.active.iter_rows(min_row=2, values_only=True)} == {
        "云岭市晨光木业有限公司",
        "柳溪远山家居有限公司",
    }


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        period = read_period(text, today=TODAY)
    except Refused:
        return
    assert period.start <= period.end


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024h2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("", date(2026, 1, 1), TODAY),
        ("2024-01-01..2024-10-31", date(2024, 1, 1), date(2024, 10, 31)),
    ],
)
def test_periods(text: str, start: date, end: date) -> None:
    period = read_period(text, today=TODAY)
    assert (period.start, period.end) == (start, end)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_rate_without_denominator_is_no_data(top: int, bottom: int) -> None:
    found = rate(top, bottom)
    assert (found is None) == (bottom == 0)
    if found is not None:
        assert abs(found * bottom - top * 100) <= bottom * 5 / 100 + 1


@given(st.lists(st.integers(0, 50)), st.lists(st.integers(0, 50)))
def test_a_difference_turns_the_old_rows_into_the_new(old: list[int], new: list[int]) -> None:
    found = difference(old, new)
    assert (set(old) - set(found.gone)) | set(found.new) == set(new)


def test_a_page_writes_its_statement_once_and_counts_anew(cast: Cast, monkeypatch: Any) -> None:
    written: list[str] = []

    def declared(code: str, rows: Any) -> None:
        def counted(actor: Actor, scoped: Scoped) -> Any:
            written.append(code)
            return rows(actor, scoped)

        common = {"unit": "家", "period": "as_of", "definition": code, "columns": [], "address": str}
        monkeypatch.setitem(registry.indicators, code, Indicator(code=code, name=code, rows=counted, **common))

    def by_record(actor: Actor, scoped: Scoped) -> Any:
        others = remembered("t_others", lambda: list(Organization.objects.filter(classification="other").values_list("pk")))
        return firms(actor, scoped) if others else Organization.objects.filter(pk__lt=0)

    declared("t_plain", firms)
    declared("t_asks", by_record)
    declared("t_is_told", by_record)  # takes from the request what the one before it asked for
    client = cast.client("clerk")

    def shown() -> dict[str, str]:
        page = client.get("/figures/").content.decode()
        return dict(re.findall(r'class="lj-figure" href="/figures/(t_plain|t_asks|t_is_told)/[^"]*">([^<]*)<', page))

    first = shown()
    assert len(first) == 3 and shown() == first and written.count("t_plain") == 1
    cast.actor("clerk")
    Organization.objects.filter(pk=cast.second_firm.pk).update(classification="other")
    now = shown()
    assert all(now[code] != first[code] for code in first) and written.count("t_plain") == 1
