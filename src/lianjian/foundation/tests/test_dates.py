from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.foundation.dates import (
    AmbiguousDate,
    NoSuchDay,
    NotADate,
    NotAPeriod,
    Period,
    YearOutOfRange,
    YearUnknown,
    parse_date,
    parse_due,
    parse_period,
    year_hint,
)
from lianjian.foundation.errors import Refused

FIFTH = date(2024, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2024.3.5",
        "2024/03/05",
        "2024-03-05",
        "2024年3月5日",
        "2024 年 3 月 5 日",
        "２０２４．３．５",
        "2024年3月5号",
        "20240305",
        "二〇二四年三月五日",
        "2024-03-05 00:00:00",
        "2024、3、5",
        "2024.3.5.",
        "2024年3月5日（星期二）",
        "2024—3—5",
        "2024-03-05T00:00:00",
        20240305,
        20240305.0,
        date(2024, 3, 5),
        datetime(2024, 3, 5),
    ],
)
def test_a_whole_date_assumes_nothing(text):
    read = parse_date(text)
    assert (read.value, read.precision, read.assumed) == (FIFTH, "day", ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024/1/2 10:05", date(2024, 1, 2)),
        ("2024-3-1 11:30", date(2024, 3, 1)),
        ("2024-3-5 18:00", FIFTH),
        ("2024-3-5T18:00", FIFTH),
        ("2024.12.1 12:00:00", date(2024, 12, 1)),
        ("2024年3月1日11:30", date(2024, 3, 1)),
        ("2024年3月5日（星期二） 14:30", FIFTH),
        ("２０２４/３/５\u3000１８:３０", FIFTH),
        ("20240305 08:15", FIFTH),
    ],
)
def test_the_hour_never_becomes_part_of_the_day(text, day):
    read = parse_date(text)
    assert (read.value, read.assumed) == (day, ("time_dropped",))


@pytest.mark.parametrize("text", ["2024-3-111:30", "2024-03-0508:00"])
def test_a_time_without_a_blank_after_digits_is_refused(text):
    with pytest.raises(NotADate):
        parse_date(text)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.times(), st.sampled_from("-/."))
def test_any_day_with_any_time_is_that_day(day, time, sign):
    text = f"{day.year}{sign}{day.month}{sign}{day.day} {time.hour}:{time.minute:02d}"
    assert parse_date(text).value == day


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        (45356, ("excel_serial",)),
        (45356.5, ("excel_serial", "time_dropped")),
        ("45356", ("excel_serial",)),
        (datetime(2024, 3, 5, 14, 30), ("time_dropped",)),
        ("2024-03-05 14:30", ("time_dropped",)),
        ("24.3.5", ("century",)),
        ("24年3月5日", ("century",)),
        ("3月5日", ("year",)),
        ("三月五日", ("year",)),
        ("3.5", ("year",)),
        ("3/5", ("year",)),
        ("03-05", ("year",)),
    ],
)
def test_what_was_assumed_is_said(text, assumed):
    read = parse_date(text, default_year=2024)
    assert (read.value, read.precision, read.assumed) == (FIFTH, "day", assumed)


def test_months_and_years_keep_their_precision():
    month = parse_date("2024年2月")
    assert (month.value, month.last, month.precision) == (date(2024, 2, 1), date(2024, 2, 29), "month")
    assert parse_date("2024.10").value == date(2024, 10, 1)
    assert parse_date("2024年12月底").assumed == ("part_of_month",)
    assert parse_date("2024年12月份").last == date(2024, 12, 31)
    year = parse_date("2024年")
    assert (year.value, year.last, year.precision) == (date(2024, 1, 1), date(2024, 12, 31), "year")
    assert parse_date(2024).precision == "year"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("2024年2月30日", NoSuchDay),
        ("2023-02-29", NoSuchDay),
        ("2024.13.1", NoSuchDay),
        ("13月5日", NoSuchDay),
        ("1899-12-31", YearOutOfRange),
        ("2101.1.1", YearOutOfRange),
        (date(1800, 1, 1), YearOutOfRange),
        ("3月5日", YearUnknown),
        ("3.5", YearUnknown),
        ("5/3/2024", AmbiguousDate),
        ("13/3/2024", AmbiguousDate),
        (2024.1, AmbiguousDate),
        ("昨天", NotADate),
        ("", NotADate),
        (None, NotADate),
        (True, NotADate),
        (12, NotADate),
        (float("nan"), NotADate),
        (float("inf"), NotADate),
        (-45356, NotADate),
        ("3月5日-6日", NotADate),
        ([], NotADate),
        ("①月②日", YearUnknown),
        ("x" * 500, NotADate),
        ("2024-03-05' or 1=1", NotADate),
    ],
)
def test_what_is_unclear_is_refused_by_name(value, kind):
    with pytest.raises(NotADate) as caught:
        parse_date(value)
    assert type(caught.value) is kind
    assert str(caught.value)[0] in "“日" and len(str(caught.value)) < 90


def test_29_february_needs_the_right_assumed_year():
    assert parse_date("2月29日", default_year=2024).value == date(2024, 2, 29)
    with pytest.raises(NoSuchDay):
        parse_date("2月29日", default_year=2023)


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (("2024年1-10月",), 2024),
        (("填报单位:镇党建指导站(盖章) 填报时间:2024.10.31 单位:人",), 2024),
        (("截至2024年10月31日 累计168项",), 2024),
        (("二〇二四年度台账",), 2024),
        (("台账", "2023年"), 2023),
        (("2023-2024年",), None),
        (("共2000户",), None),
        (("联系电话 19900000001",), None),
        ((), None),
        (("台账2024",), 2024),
        (("company_2024-05.xlsx",), 2024),
    ],
)
def test_a_title_gives_the_year(texts, year):
    assert year_hint(*texts) == year


@pytest.mark.parametrize(
    ("text", "n", "unit"),
    [
        ("7个工作日", 7, "wd"),
        ("15日内", 15, "d"),
        ("3天", 3, "d"),
        ("一个月", 1, "m"),
        ("年底前", 0, "year_end"),
        ("本年底", 0, "year_end"),
        ("月底前", 0, "month_end"),
        ("24小时", 24, "h"),
        ("2小时内", 2, "h"),
        ("半年", 6, "m"),
        ("半个月", 15, "d"),
        ("两周", 14, "d"),
        ("1年", 12, "m"),
        ("十五个工作日内", 15, "wd"),
        ("１０个工作日", 10, "wd"),
        ("自收到申请之日起60日内", 60, "d"),
        ("一季度", 3, "m"),
        ("30个自然日", 30, "d"),
    ],
)
def test_periods(text, n, unit):
    assert parse_period(text) == Period(n, unit)


@pytest.mark.parametrize(
    "value", ["尽快", "长期", "", None, 7, "7", "个月", "半个工作日", "-3天", "99999999天", "一一天天"]
)
def test_unclear_periods_are_refused(value):
    with pytest.raises(NotAPeriod):
        parse_period(value)


def test_a_due_column_mixes_days_and_periods():
    assert parse_due("7个工作日") == Period(7, "wd")
    assert parse_due("2024年3月5日前").value == FIFTH
    assert parse_due("3月5日前", default_year=2024).value == FIFTH
    assert parse_due(FIFTH).value == FIFTH
    with pytest.raises(NotADate):
        parse_due("尽快")


FORMS = [
    "{0.year}.{0.month}.{0.day}",
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y%m%d}",
]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(FORMS))
@settings(max_examples=100)
def test_round_trip(day, form):
    assert parse_date(form.format(day)).value == day


@given(st.dates(date(1920, 1, 1), date(2100, 12, 31)))
@settings(max_examples=100)
def test_serials_round_trip(day):
    assert parse_date((day - date(1899, 12, 30)).days).value == day


PIECES = st.lists(
    st.sampled_from(list("0123456789年月日个工作半一二十〇.-/: T底前内小时天'()") + ["2024"]), max_size=14
)


@given(
    st.one_of(
        st.text(max_size=30),
        PIECES.map("".join),
        st.floats(),
        st.integers(),
        st.binary(max_size=5),
        st.none(),
    )
)
@settings(max_examples=100)
def test_nothing_but_refusals(value):
    for read in (parse_date, parse_period, parse_due):
        try:
            result = read(value)
        except Refused as refusal:
            assert str(refusal)
        else:
            assert not hasattr(result, "value") or 1900 <= result.value.year <= 2100
    assert year_hint(str(value)) is None or 1900 <= year_hint(str(value)) <= 2100
