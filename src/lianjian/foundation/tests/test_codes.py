import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.foundation.codes import (
    PROBLEMS,
    Checked,
    NotAnAreaCode,
    body_check_digit,
    check_area_code,
    check_body_code,
    check_credit_code,
    check_industry,
    check_phone,
    check_resident_id,
    collective_level,
    credit_check_digit,
    industry_section,
    is_credit_code,
    normalise_credit_code,
    pad_industry_code,
    parse_area_code,
    resident_check_digit,
    resident_facts,
    split_phones,
)
from lianjian.foundation.codes.credit import ALPHABET
from lianjian.foundation.data.industries import DIVISIONS, SECTION_OF, SECTIONS

BIG = "91110000600037341L"


@pytest.mark.parametrize("code", [BIG, "N2360782MA3ABCDE1K", "9136078207049996X0"])
def test_vectors_of_credit_codes(code):
    assert check_credit_code(code) == Checked(code)
    assert check_credit_code(code[:17] + ("1" if code[17] != "1" else "2")).problem == "check"


@pytest.mark.parametrize(
    "head", ["N1", "N2", "N3", "Y1", "A1", "51", "52", "53", "54", "55", "11", "12", "91", "92", "93", "81"]
)
def test_all_registrars_are_known(head):
    first = head + "360703" + "MA3ABCDE1"
    assert check_credit_code(first + credit_check_digit(first)).ok
    assert collective_level(first) == {"N1": "group", "N2": "village", "N3": "township"}.get(head)


@pytest.mark.parametrize(
    ("typed", "repaired"),
    [
        (" 91110000600037341l ", ("blanks", "case")),
        ("９１１１００００６０００３７３４１Ｌ", ("width",)),
        ("91110000-6000 37341L", ("blanks", "hyphens")),
        ("91110000600037341L。", ("noise",)),
        ("\u200b" + BIG, ("blanks",)),
    ],
)
def test_harmless_cleaning_is_done_and_said(typed, repaired):
    assert check_credit_code(typed) == Checked(BIG, None, None, repaired)
    assert normalise_credit_code(typed) == BIG


@pytest.mark.parametrize("typed", ["9111OOOO600037341L", "9l1l0000600037341L", "9111000O600037341L"])
def test_lookalikes_are_suggested_and_never_put_in(typed):
    checked = check_credit_code(typed)
    assert checked.suggestion == (BIG if "l" not in typed else None)
    assert not checked.ok and checked.value == typed.upper()


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "missing"),
        (None, "missing"),
        ("  ", "missing"),
        ("123", "length"),
        (BIG + "1", "length"),
        ("88110000600037341L", "registrar"),
        ("B1110000600037341L", "registrar"),
        ("911100A0600037341L", "area"),
        (9.111000060003734e17, "digits_lost"),
        ("91110000600037341é", "alphabet"),
        ("无", "length"),
        ("9" * 10_000, "length"),
        ("９１" * 9, "check"),
    ],
)
def test_problems_of_credit_codes(typed, problem):
    checked = check_credit_code(typed)
    assert checked.problem == problem and checked.sentence == PROBLEMS[problem]


def test_body_codes():
    assert body_check_digit("60003734") == "1"
    assert check_body_code("60003734-1") == Checked("600037341", None, None, ("hyphens",))
    assert check_body_code("07049996x").ok
    assert check_body_code("600037342").problem == "check"
    assert check_body_code("6OOO37341").suggestion == "600037341"
    assert check_body_code("60003734").problem == "length"
    assert check_body_code("").problem == "missing"


def test_vectors_of_resident_numbers():
    facts = resident_facts("11010519491231002X")
    assert (facts.birth.isoformat(), facts.female, facts.area) == ("1949-12-31", True, "110105")
    assert check_resident_id("360782199001011234").ok
    assert check_resident_id("11010519491231002x") == Checked("11010519491231002X", None, None, ("case",))
    # An area that no table knows any more (a county abolished in 2011) stays good.
    retired = "34142319750305001"
    assert check_resident_id(retired + resident_check_digit(retired)).ok


@pytest.mark.parametrize(
    ("typed", "problem", "suggestion"),
    [
        ("110105194912310021", "check", None),
        ("110105491231002", "old_form", "11010519491231002X"),
        ("36078219900230123X", "birth", None),
        (3.60782199001011e17, "digits_lost", None),
        ("3.60782E+17", "digits_lost", None),
        ("99010519491231002X", "area", None),
        ("1101051949123100", "length", None),
        ("", "missing", None),
        ("1101O519491231OO2X", "alphabet", "11010519491231002X"),
    ],
)
def test_problems_of_resident_numbers(typed, problem, suggestion):
    checked = check_resident_id(typed)
    assert (checked.problem, checked.suggestion) == (problem, suggestion)


@pytest.mark.parametrize(
    ("typed", "value", "kind"),
    [
        ("19900000001", "19900000001", "mobile"),
        (19900000002.0, "19900000002", "mobile"),
        (19900000002, "19900000002", "mobile"),
        ("1.9900000001e10", "19900000001", "mobile"),
        ("19900000001.0", "19900000001", "mobile"),
        ("+86 138 0000 0000", "13800000000", "mobile"),
        ("138-0000-0000", "13800000000", "mobile"),
        ("１３８００００００００", "13800000000", "mobile"),
        ("电话:13800000000", "13800000000", "mobile"),
        ("0797-8234567", "0797-8234567", "landline"),
        ("（0797）8234567", "0797-8234567", "landline"),
        ("010-62345678转8001", "010-62345678-8001", "landline"),
        ("07978234567", "0797-8234567", "landline"),
        ("8234567", "8234567", "local"),
        ("400-820-8820", "400-820-8820", "service"),
        ("12345", "12345", "short"),
    ],
)
def test_phones(typed, value, kind):
    checked = check_phone(typed)
    assert (checked.value, checked.problem, checked.kind) == (value, None, kind)


@pytest.mark.parametrize(
    ("typed", "problem", "suggestion"),
    [
        ("13800000000/13900000000", "several", "13800000000"),
        ("13800000000 13900000000", "several", "13800000000"),
        ("138OOOOOOOO", "alphabet", "13800000000"),
        ("1380000000", "length", None),
        ("无", "alphabet", None),
        ("", "missing", None),
        (7978234567.0, "length", "0797-8234567"),
        ("12800000000", "length", None),
    ],
)
def test_problems_of_phones(typed, problem, suggestion):
    checked = check_phone(typed)
    assert (checked.problem, checked.suggestion) == (problem, suggestion)
    assert split_phones("13800000000、0797-8234567") == ["13800000000", "0797-8234567"]


@pytest.mark.parametrize(
    ("code", "level", "kind", "parents"),
    [
        ("36", "province", "", []),
        ("3607", "city", "", ["36"]),
        ("360703", "county", "", ["36", "3607"]),
        ("360703000000", "county", "", ["36", "3607"]),
        ("360703001", "township", "street", ["36", "3607", "360703"]),
        ("360703104", "township", "town", ["36", "3607", "360703"]),
        ("360703204", "township", "township", ["36", "3607", "360703"]),
        ("360703401", "township", "enterprise_type", ["36", "3607", "360703"]),
        ("360703104001", "village", "residents", ["36", "3607", "360703", "360703104"]),
        (360703104201.0, "village", "villagers", ["36", "3607", "360703", "360703104"]),
        ("441900101", "township", "town", ["44", "4419"]),
    ],
)
def test_area_codes(code, level, kind, parents):
    area = parse_area_code(code)
    assert (area.level, area.kind, [parent.short for parent in area.parents]) == (level, kind, parents)
    assert all(parent.contains(area) and not area.contains(parent) for parent in area.parents)
    assert parse_area_code(area.code) == area == parse_area_code(area.short)


@pytest.mark.parametrize(
    "code", ["", "0", "012345", "36070", "abc", "360703000201", "360000101", None, "3607031042011"]
)
def test_wrong_area_codes(code):
    with pytest.raises(NotAnAreaCode):
        parse_area_code(code)
    assert not check_area_code(code).ok


NAMES = {
    "0111": "稻谷种植",
    "011": "谷物种植",
    "211": "木质家具制造",
    "2110": "木质家具制造",
    "2190": "其他家具制造",
    "111": "煤炭开采和洗选专业及辅助性活动",
}


@pytest.mark.parametrize(
    ("typed", "value", "kind"),
    [
        ("2110", "2110", "class"),
        ("C2110", "2110", "class"),
        (2110.0, "2110", "class"),
        ("2190 其他家具制造", "2190", "class"),
        ("家具制造业", "21", "division"),
        ("木质家具制造", "211", "group"),
        ("制造业", "C", "section"),
        ("c", "C", "section"),
        ("A111", "0111", "class"),
        ("111稻谷种植", "0111", "class"),
        ("111", "111", "group"),
        ("1", "01", "division"),
        ("Ｃ２１", "21", "division"),
        ("C21 家具制造业", "21", "division"),
    ],
)
def test_industries(typed, value, kind):
    checked = check_industry(typed, {**DIVISIONS, **NAMES})
    assert (checked.value, checked.problem, checked.kind) == (value, None, kind)


def test_unclear_industries():
    assert check_industry(111.0)[:3] == ("111", "ambiguous", "0111")
    assert check_industry("B2110").problem == "ambiguous" and check_industry("9999").problem == "unknown"
    assert check_industry("木质家具制造").problem == "unknown" and check_industry("").problem == "missing"
    assert pad_industry_code("1", "division") == "01" and pad_industry_code("111", "class") == "0111"
    assert (
        industry_section("2110") == "C" and industry_section("0111") == "A" and industry_section("C") == "C"
    )
    assert industry_section("9999") is None


def test_the_industry_table_is_whole():
    assert len(SECTIONS) == 20 and len(DIVISIONS) == 97 and DIVISIONS.keys() == SECTION_OF.keys()


bodies = st.text(ALPHABET, min_size=9, max_size=9)
heads = st.sampled_from(["91", "92", "93", "N2", "Y1", "51"])
areas = st.integers(0, 999_999).map("{:06d}".format)
valid = st.builds(lambda h, a, b: h + a + b + credit_check_digit(h + a + b), heads, areas, bodies)


@given(valid, st.integers(0, 17), st.sampled_from(ALPHABET))
@settings(max_examples=100)
def test_every_single_typing_error_is_found(code, place, letter):
    assert is_credit_code(code)
    changed = code[:place] + letter + code[place + 1 :]
    assert check_credit_code(changed).ok == (changed == code)


@given(valid, st.integers(0, 16))
@settings(max_examples=100)
def test_every_swap_of_neighbours_is_found(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert check_credit_code(swapped).ok == (swapped == code)


@given(
    st.one_of(
        st.text(max_size=40),
        st.floats(),
        st.integers(),
        st.none(),
        st.booleans(),
        st.binary(max_size=20),
        st.decimals(),
        st.lists(st.sampled_from(list("0123456789XOIEe+.-/() 转")), max_size=22).map("".join),
    )
)
@settings(max_examples=100)
def test_checks_always_answer(value):
    for check in (
        check_credit_code,
        check_body_code,
        check_resident_id,
        check_phone,
        check_area_code,
        check_industry,
    ):
        checked = check(value)
        assert checked.problem is None or checked.problem in PROBLEMS
        assert check(checked.value).value == checked.value or not checked.ok
