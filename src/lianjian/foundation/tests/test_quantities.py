from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.foundation.errors import Refused
from lianjian.foundation.numerals import chinese_integer, decimal_of
from lianjian.foundation.quantities import (
    NotACount,
    NotAQuantity,
    NotExact,
    NumberOutOfRange,
    UnitMismatch,
    UnitMissing,
    UnknownUnit,
    find_quantities,
    format_quantity,
    parse_count,
    parse_number,
    parse_quantity,
    quantity,
    total,
    unit_named,
)
from lianjian.foundation.units import UNITS


@pytest.mark.parametrize(
    ("text", "lower", "upper", "kind", "unit"),
    [
        ("10余", 10, None, "more_than", "个"),
        ("近100", None, 100, "near", "个"),
        ("约120", None, None, "about", "个"),
        ("200余人", 200, None, "more_than", "人"),
        ("88%以上", 88, None, "at_least", "%"),
        ("50左右", None, None, "about", "个"),
        ("30家左右", None, None, "about", "家"),
        ("20人以下", None, 20, "at_most", "人"),
        ("超过30户", 30, None, "more_than", "户"),
        ("不足5家", None, 5, "less_than", "家"),
        ("不少于3名", 3, None, "at_least", "名"),
        ("至多8项", None, 8, "at_most", "项"),
        ("十多个", 10, None, "more_than", "个"),
        ("百余家", 100, None, "more_than", "家"),
        ("上百人", 100, None, "at_least", "人"),
        ("10-20人", 10, 20, "range", "人"),
        ("10至20件", 10, 20, "range", "件"),
        ("3-5万元", 3, 5, "range", "万元"),
        ("近200余人", None, None, "about", "人"),
        ("超过200余人", 200, None, "more_than", "人"),
        ("10余万元", 10, None, "more_than", "万元"),
        ("１５６人", 156, 156, "exact", "人"),
        ("1,200元", 1200, 1200, "exact", "元"),
        ("一万二千人", 12000, 12000, "exact", "人"),
        ("两户", 2, 2, "exact", "户"),
        ("860㎡", 860, 860, "exact", "平方米"),
        ("3.5万亩", 35000, 35000, "exact", "亩"),
        ("百分之八十八", 88, 88, "exact", "%"),
        ("¥1,200.50", "1200.5", "1200.5", "exact", "元"),
        ("30人次", 30, 30, "exact", "人次"),
        ("-5.2万元", "-5.2", "-5.2", "exact", "万元"),
        ("5 公斤", 5, 5, "exact", "公斤"),
    ],
)
def test_words_become_bounds(text, lower, upper, kind, unit):
    read = parse_quantity(text, "个")
    assert read.kind == kind and read.unit is unit_named(unit)
    assert read.lower == (None if lower is None else Decimal(lower))
    assert read.upper == (None if upper is None else Decimal(upper))
    assert read.text == text


def test_numbers_of_cells():
    assert parse_quantity(468.0, "人").nominal == 468
    assert parse_quantity(0.1 + 0.2, "万元").nominal == Decimal("0.3")
    assert parse_quantity(Decimal("14.25"), "亩").lower == Decimal("14.25")
    assert parse_count("156人") == 156 and parse_count(468.0) == 468 and parse_count("三十六") == 36
    assert parse_number("1,200.5元") == Decimal("1200.5") and parse_number(" 88 % ") == 88


def test_ten_thousand_in_a_column_of_money_is_money():
    assert parse_quantity("5万", "万元").to_base().nominal == 50_000
    assert parse_quantity("5万", "元").to_base().nominal == 50_000
    assert parse_quantity("3-5万左右", "万元").kind == "about"
    assert parse_quantity("5", "万元").to_base().nominal == 50_000
    assert parse_quantity("5万", "人").nominal == 50_000


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("几十人", NotAQuantity),
        ("", NotAQuantity),
        ("数百家", NotAQuantity),
        (None, NotAQuantity),
        (True, NotAQuantity),
        ("1.5e3", NotAQuantity),
        ("20-10人", NotAQuantity),
        (float("nan"), NotAQuantity),
        (float("inf"), NotAQuantity),
        ("1" * 25, NumberOutOfRange),
        (10**60, NumberOutOfRange),
        (1e300, NumberOutOfRange),
        ("0.123456789", NumberOutOfRange),
        ("$5", UnknownUnit),
        ("人", NotAQuantity),
        ("=1+1", NotAQuantity),
        ("9" * 500, NotAQuantity),
        (b"5", NotAQuantity),
    ],
)
def test_what_is_no_quantity_is_refused(value, kind):
    with pytest.raises(Refused) as caught:
        parse_quantity(value, "个")
    assert type(caught.value) is kind and str(caught.value)


def test_bounds_and_units_are_not_forgotten():
    with pytest.raises(UnitMissing):
        parse_quantity("156")
    with pytest.raises(NotExact):
        parse_count("约120人")
    with pytest.raises(NotExact):
        parse_number("10余")
    with pytest.raises(UnitMismatch):
        parse_count("30人次")
    with pytest.raises(NotACount):
        parse_count("3.5")
    with pytest.raises(UnknownUnit):
        unit_named("斗")


def test_counting_words_never_mix():
    words = ["人", "人次", "户", "家", "个", "件", "次", "项", "名"]
    for left in words:
        for right in words:
            if left == right:
                continue
            with pytest.raises(UnitMismatch):
                quantity(1, left) + quantity(1, right)
            with pytest.raises(UnitMismatch):
                quantity(1, left).in_unit(right)
    with pytest.raises(UnitMismatch):
        total([quantity(1, "亩"), quantity(1, "公斤")])


def test_conversion_is_exact():
    assert quantity(1, "公顷").in_unit("亩").nominal == 15
    assert quantity(3, "亩").to_base().nominal == 2000
    assert quantity(1, "亩").to_base().nominal == Decimal("666.666667")
    assert total([quantity(1, "亩")] * 3, unit="平方米").nominal == 2000
    assert (quantity(1, "公顷") + quantity(5, "亩")).nominal == 20
    assert quantity(Decimal("1.2"), "亿元").to_base().nominal == 120_000_000
    assert quantity(3, "斤").to_base().nominal == Decimal("1.5")
    assert quantity(1, "平方公里").in_unit("亩").nominal == 1500


def test_sums_keep_what_is_known():
    exact, more, near, about = (parse_quantity(t) for t in ("20人", "10余人", "近100人", "约120人"))
    assert (exact + exact).kind == "exact"
    assert ((exact + more).kind, (exact + more).lower, (exact + more).upper) == ("more_than", 30, None)
    assert ((exact + near).kind, (exact + near).upper, (exact + near).lower) == ("near", 120, None)
    assert ((more + near).kind, (more + near).nominal) == ("about", 110)
    assert (exact + about).kind == "about" and str(exact + about) == "约140人"
    assert total([], unit="人").nominal == 0 and total([], unit="人").is_exact
    with pytest.raises(UnitMissing):
        total([])
    assert total([more]).text == "10余人" and total([more, exact]).text == ""


def test_both_languages():
    assert format_quantity(parse_quantity("30余家"), "en") == "more than 30 firms or bodies"
    assert format_quantity(parse_quantity("1户"), "en") == "1 household"
    assert format_quantity(parse_quantity("88%以上"), "en") == "at least 88%"
    assert format_quantity(parse_quantity("3.5万元"), "en") == "35,000 yuan"
    assert format_quantity(parse_quantity("10-20人"), "en") == "10–20 people"
    assert str(parse_quantity("3.50万元")) == "3.5万元"


def test_finding_in_running_text():
    text = "带动就业30余人,买方拖欠货款11万元,增容1100千伏安;覆盖企业113家,约120人参加,"
    text += "3个月,7个工作日,一次性补助,十分重要,第3次会议"
    assert [(q.nominal, q.kind, q.unit.zh) for q in find_quantities(text)] == [
        (30, "more_than", "人"),
        (11, "exact", "万元"),
        (113, "exact", "家"),
        (120, "about", "人"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三十六", 36),
        ("一万二千", 12000),
        ("两千零五", 2005),
        ("一万二", 12000),
        ("三百五", 350),
        ("二〇二四", 2024),
        ("十", 10),
        ("一亿零三万", 100030000),
        ("壹佰贰拾叁", 123),
        ("三万五千亿", 3500000000000),
        ("三千二百万零五十", 32000050),
    ],
)
def test_chinese_numerals(text, value):
    assert chinese_integer(text) == value


def spelled(number):
    """An independent speller of Chinese numerals, to check the reader against."""
    if number == 0:
        return "零"
    groups, unit = [], 0
    while number:
        number, group = divmod(number, 10_000)
        groups.append((group, ["", "万", "亿"][unit]))
        unit += 1
    text = ""
    for group, name in reversed(groups):
        part, gap = "", bool(text) and group < 1000
        for power, scale in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = group // power % 10
            if digit:
                part += ("零" if gap else "") + "零一二三四五六七八九"[digit] + scale
                gap = False
            elif part:
                gap = True
        if part:
            text += part + name
    return text


@given(st.integers(0, 10**12 - 1))
@settings(max_examples=100)
def test_spelled_numerals_read_back(number):
    assert chinese_integer(spelled(number)) == number


numbers = st.decimals(-(10**9), 10**9, places=3)
kinds = st.sampled_from(["exact", "about", "at_least", "more_than", "at_most", "near", "less_than"])
areas = st.builds(quantity, numbers, st.sampled_from(["亩", "公顷", "平方米"]), kinds)
people = st.builds(quantity, st.integers(0, 10**9), st.just("人"), kinds)


def told(q):
    return (q.lower, q.upper, q.unit, q.kind, q.nominal)


@given(areas, areas)
@settings(max_examples=100)
def test_sums_commute(a, b):
    assert told(a + b) == told(b + a)


@given(people, people, people)
@settings(max_examples=100)
def test_sums_associate(a, b, c):
    assert told((a + b) + c) == told(a + (b + c)) == told(total([a, b, c]))


@given(st.builds(quantity, st.decimals(0, 10**8, places=2), st.sampled_from(UNITS), kinds))
@settings(max_examples=100)
def test_chinese_reads_back_and_storage_keeps_the_value(q):
    assert told(parse_quantity(str(q))) == told(q)
    back = q.to_base().in_unit(q.unit, places=2)
    assert back.nominal == q.nominal
    assert Fraction(q.to_base().nominal) - Fraction(q.nominal) * q.unit.factor < Fraction(1, 10**6)


@given(
    st.one_of(
        st.text(max_size=30),
        st.floats(),
        st.integers(),
        st.decimals(),
        st.lists(
            st.sampled_from(list("0123456789.,十百万亿两一余多约近超以上下左右至-人次户家个元亩%¥分点之 ")),
            max_size=12,
        ).map("".join),
    )
)
@settings(max_examples=100)
def test_nothing_but_refusals(value):
    for read in (parse_quantity, parse_number, parse_count):
        try:
            read(value, "人")
        except Refused as refusal:
            assert str(refusal)
    find_quantities(str(value))
    decimal_of(str(value))
