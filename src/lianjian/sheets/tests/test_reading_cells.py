"""Cleaning of single values, and what can be said of any value."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.foundation.codes import credit_check_digit
from lianjian.foundation.dates import Period
from lianjian.sheets.reading.cells import CLEANERS, Cleaned, Context, clean
from lianjian.sheets.reading.problems import SENTENCES, Problem
from lianjian.sheets.reading.spec import TYPES, FieldSpec


def cleaned(kind: str, value: Any, *, unit: str = "", year: int | None = 2024, **extra: Any) -> Cleaned:
    return clean(value, Context.of(FieldSpec("f", "某列", kind, unit=unit, **extra), year=year))


@pytest.mark.parametrize("word", ["是", "√", "Y", "y", 1, "1", "有", "✓", "对", "TRUE", " 是 "])
def test_yes(word: Any) -> None:
    assert cleaned("yes_no", word) == Cleaned(True)


@pytest.mark.parametrize("word", ["否", "×", "无", 0, "0", "N", "没有", "FALSE"])
def test_no(word: Any) -> None:
    assert cleaned("yes_no", word) == Cleaned(False)


def test_yes_no_that_says_neither() -> None:
    assert cleaned("yes_no", "  ") == Cleaned(None)
    assert cleaned("yes_no", "也许").code == "yes_no_unknown"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (156, 156),
        ("156人", 156),
        ("１５６", 156),
        ("1,200人", 1200),
        ("三十六人", 36),
        ("5名", 5),
        (0, 0),
        ("0", 0),
    ],
)
def test_exact_counts(value: Any, expected: int) -> None:
    assert cleaned("count", value, unit="人") == Cleaned(expected)


@pytest.mark.parametrize("value", ["约120", "10余", "近100人", "30人以上", "10-20人"])
def test_bounded_counts_stay_bounds(value: str) -> None:
    result = cleaned("count", value, unit="人")
    assert (result.code, result.severity, result.value.is_exact) == ("approximate", "note", False)


@pytest.mark.parametrize(
    ("value", "code"),
    [(-3, "not_a_count"), (2.5, "not_a_count"), ("3户", "unit_differs"), ("许多", "number_wrong")],
)
def test_counts_that_are_none(value: Any, code: str) -> None:
    assert cleaned("count", value, unit="人")[:3] == (None, code, "warning")
    assert cleaned("count", value, unit="人", required=True).severity == "error"


def test_money_and_area_are_stored_in_one_unit() -> None:
    assert cleaned("money", 12.5, unit="万元").value.nominal == Decimal(125_000)
    assert cleaned("money", "3.2亿元", unit="元").value.nominal == Decimal(320_000_000)
    assert cleaned("money", "50左右", unit="万元").code == "approximate"
    assert cleaned("area", "14.25", unit="亩").value.nominal == Decimal(9500)
    assert cleaned("area", 14).code == "unit_missing"
    assert cleaned("money", "3亩", unit="元").code == "unit_differs"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024.3.5", date(2024, 3, 5)),
        ("2024/03/05", date(2024, 3, 5)),
        ("2024年3月5日", date(2024, 3, 5)),
        (datetime(2024, 3, 5), date(2024, 3, 5)),
        (20240305, date(2024, 3, 5)),
        ("-", None),
    ],
)
def test_dates(value: Any, expected: date | None) -> None:
    assert cleaned("date", value) == Cleaned(expected)


def test_dates_that_need_a_word() -> None:
    assert cleaned("date", "3月5日")[:3] == (date(2024, 3, 5), "year_assumed", "note")
    assert cleaned("date", "3月5日", year=None).code == "date_no_year"
    assert cleaned("date", 45356)[:2] == (date(2024, 3, 5), "date_assumed")
    assert cleaned("date", "2024年3月")[:2] == (date(2024, 3, 1), "date_partial")
    assert cleaned("date", "3/5/2024").code == "date_ambiguous"
    assert cleaned("date", "2024.2.30").code == "date_wrong"


def test_deadlines() -> None:
    assert cleaned("deadline", "7个工作日") == Cleaned(Period(7, "wd"))
    assert cleaned("deadline", "年底前") == Cleaned(Period(0, "year_end"))
    assert cleaned("deadline", "2024年3月5日前").value == date(2024, 3, 5)
    assert cleaned("deadline", "尽快")[:2] == ("尽快", "deadline_unknown")


def test_codes_and_phones() -> None:
    stem = "91420882MA4900001"
    good = stem + credit_check_digit(stem)
    wrong = stem + ("1" if good[-1] != "1" else "2")
    assert cleaned("code_uscc", f" {good[:9]} {good[9:].lower()}") == Cleaned(good)
    result = cleaned("code_uscc", wrong)
    assert (result.value, result.code, result.params["reason"]) == (wrong, "code_wrong", "check")
    assert cleaned("code_uscc", 9.1360703764804818e17).params["reason"] == "digits_lost"
    assert cleaned("code_uscc", "无") == Cleaned(None)
    assert cleaned("phone", 19900000001) == Cleaned("19900000001")
    assert cleaned("phone", "199 0000 0001") == Cleaned("19900000001")
    assert cleaned("phone", "1990000").code == "phone_wrong"


def test_names() -> None:
    assert cleaned("name", "张 三") == Cleaned("张三")
    assert cleaned("name", "无") == Cleaned(None)
    assert cleaned("name", "张三、李四").code == "several_names"
    assert cleaned("name", 12).code == "name_odd"
    assert cleaned("people", "沈斌、于莉") == Cleaned(("沈斌", "于莉"))
    assert cleaned("people", "沈斌 于莉,沈斌") == Cleaned(("沈斌", "于莉"))
    assert cleaned("org_name", " 某某（南康）家具有限公司 ").value.startswith("某某")
    assert cleaned("org_name", 12).code == "name_odd"


def test_choices() -> None:
    extra = {"choices": {"joint": ["联合", "联合组建"], "none": ["无"]}}
    assert cleaned("choice", "联合", **extra) == Cleaned("joint")
    assert cleaned("choice", "无", **extra) == Cleaned("none")
    assert cleaned("choice", "别的", **extra)[:2] == ("别的", "choice_unknown")
    assert cleaned("choice", "别的", closed=True, required=True, **extra)[:3] == (
        None,
        "choice_wrong",
        "error",
    )


@pytest.mark.parametrize(
    "text", ["鎮(zhèn)黨(dǎng)委", "建设?！，", "收入增加,,村民", "锟斤拷锟斤拷", "鎴戜滑鐨勫厷濮斿缓璁"]
)
def test_damaged_text_is_flagged(text: str) -> None:
    assert cleaned("text", text).code == "garbled"


@pytest.mark.parametrize(
    "text", ["企业（南康）家具第2分公司，职工30人。", "带动就业36人；已建成", "C2110家具制造"]
)
def test_ordinary_text_is_not(text: str) -> None:
    assert cleaned("text", text) == Cleaned(text)


def test_every_problem_has_a_sentence_that_fills() -> None:
    params = {
        "title": "某列",
        "value": "x",
        "reason": "check",
        "year": 2024,
        "read": "x",
        "unit": "人",
        "limit": 4,
    }
    for code in SENTENCES:
        sentence = Problem("表", 3, "A3", "f", "error", code, params).sentence
        assert sentence and "%(" not in sentence


def test_every_type_has_a_cleaner() -> None:
    assert set(CLEANERS) == TYPES


VALUES = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789.年月日-/约余人万元亩个、张三有限公司是否√ ", max_size=20),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
)


@settings(max_examples=100, deadline=None)
@given(value=VALUES, kind=st.sampled_from(sorted(TYPES)), required=st.booleans())
def test_any_value_gives_a_value_or_a_known_problem(value: Any, kind: str, required: bool) -> None:
    unit = {"money": "万元", "area": "亩", "count": "人"}.get(kind, "")
    result = cleaned(kind, value, unit=unit, required=required)
    assert result.code == "" or result.code in SENTENCES
    if result.code:
        assert Problem(
            "表", 1, "A1", "f", result.severity, result.code, {"title": "列", **result.params}
        ).sentence
    if kind == "count" and isinstance(result.value, int):
        assert result.value >= 0
    if kind == "date":
        assert result.value is None or type(result.value) is date


@settings(max_examples=100, deadline=None)
@given(count=st.integers(0, 10**7), suffix=st.sampled_from(["", "人", " 人"]), grouped=st.booleans())
def test_counts_read_back(count: int, suffix: str, grouped: bool) -> None:
    assert cleaned("count", f"{count:,}{suffix}" if grouped else f"{count}{suffix}", unit="人") == Cleaned(
        count
    )


@settings(max_examples=100, deadline=None)
@given(
    day=st.dates(date(1950, 1, 1), date(2090, 12, 31)),
    form=st.sampled_from(["{0}.{1}.{2}", "{0}年{1}月{2}日", "{0}/{1}/{2}"]),
)
def test_dates_read_back(day: date, form: str) -> None:
    assert cleaned("date", form.format(day.year, day.month, day.day)) == Cleaned(day)
