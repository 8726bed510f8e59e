"""A mean yearly growth in a report: reckoned, shown with its values, and held against what was written (002-59)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lianjian.insight.growth import growth_of
from lianjian.insight.models import OfficeTemplate
from tests.cast import Cast
from tests.samples import word_file

from .test_templates import LIST, refused, upload, words


@pytest.mark.parametrize(
    ("text", "rate", "agrees"),
    [
        ("年均增长 756 1200 5", "9.7", True),
        ("年均增长 756 1200 5年 9.7%", "9.7", True),
        ("growth 756 1200 5 10", "9.7", True),  # as exactly as it was written
        ("年均增长 756 1200 5 8%", "9.7", False),
        ("Growth  756  1200  5  9.68", "9.7", True),
        ("年均增长 100 100 3", "0.0", True),
        ("年均增长 100 50 1", "-50.0", True),
        ("年均增长 100 121 2 10.0", "10.0", True),
    ],
)
def test_the_rate_of_two_values(text: str, rate: str, agrees: bool) -> None:
    found = growth_of(text)
    assert found is not None and (str(found.rate), found.agrees) == (rate, agrees)


@pytest.mark.parametrize(
    "text", ["年均增长", "年均增长 756 1200", "年均增长 0 1200 5", "年均增长 756 0 5", "年均增长 756 1200 0", "增长 1 2 3"]
)
def test_what_is_no_growth(text: str) -> None:
    assert growth_of(text) is None


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(1, 60))
def test_so_many_years_at_that_rate_lead_from_one_to_the_other(first: int, last: int, years: int) -> None:
    found = growth_of(f"growth {first} {last} {years}")
    assert found is not None
    low, high = (Fraction(found.rate + step) / 100 + 1 for step in (Decimal("-0.051"), Decimal("0.051")))
    assert first * max(low, Fraction(0)) ** years <= last <= first * high**years


def test_a_template_says_how_a_rate_was_reckoned(cast: Cast, as_clerk: Client) -> None:
    text = "生产总值{{年均增长 756 1200 5}}。"
    assert upload(as_clerk, word_file(text)).status_code == 303
    content = as_clerk.get(f"{LIST}{OfficeTemplate.objects.get().key}?period=2026Q1").content
    assert words(content) == ["生产总值9.7%(756→1200,5年年均)。"]


def test_a_rate_that_does_not_agree_is_refused_with_the_arithmetic(cast: Cast, as_clerk: Client) -> None:
    said = refused(as_clerk, word_file("生产总值{{年均增长 756 1200 5 8%}}。"))
    assert "从756到1200,5年年均增长9.7%,不是8%" in said
    assert not OfficeTemplate.objects.exists()
