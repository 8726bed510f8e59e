"""Numbers of persons are found and hidden; document numbers are written as the standard has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianjian.foundation.codes import resident_check_digit
from lianjian.notices import rules
from lianjian.notices.rules import personal
from lianjian.notices.rules.layout import laid_out


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("身份证360428198001011239", ["identity"]),
        ("(360428198001011239)", ["identity"]),
        ("3 6 0 4 2 8 1 9 8 0 0 1 0 1 1 2 3 9", ["identity"]),
        ("360428-19800101-1239", ["identity"]),
        ("360428\u200b19800101\u200b1239", ["identity"]),
        ("360428198001011238", ["identity"]),  # a slip of the pen in the last digit
        ("代码91360428MA0000012X", []),
        ("统一社会信用代码 913604287165432109 号", []),
        ("合同编号 202603090001000123", []),
        ("电话13800001234或0792-1234567", ["phone"]),
        ("+86 138 0000 1234", ["phone"]),
        ("13800001234 13900005678", ["phone", "phone"]),
        ("卡号6222 0212 3456 7890 128", ["card"]),
        ("卡号6222021234567890123", []),  # the check digit is wrong
        ("360428800101123", ["old_identity"]),
        ("360***********1239", []),
        ("2026 360428 19800101 1239", ["identity"]),  # a year stands before it
        ("ID360428198001011239", ["identity"]),
        ("\uff13\uff16\uff10\uff14\uff12\uff18" + "198001011239", ["identity"]),
        ("2026年3月9日,共1234567.89元,比上年增长12.5%", []),
    ],
)
def test_what_is_found(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in personal.scan(text)] == kinds


@given(
    st.text(alphabet=" 甲乙,。\n", max_size=12),
    st.dates(min_value=__import__("datetime").date(1930, 1, 1), max_value=__import__("datetime").date(2020, 1, 1)),
    st.integers(0, 999),
    st.text(alphabet=" 甲乙,。\n", max_size=12),
)
def test_no_identity_number_survives_masking(before: str, born: object, order: int, after: str) -> None:
    first = f"360428{born:%Y%m%d}{order:03d}"
    text = f"{before}{first}{resident_check_digit(first)}{after}"
    found = personal.first_identity(personal.scan(text))
    assert found is not None and found.line == before.count("\n") + 1
    masked = personal.mask(text)
    assert f"{born:%Y%m%d}" not in masked and len(masked) == len(text)
    assert masked.startswith(before) and masked.endswith(after) and not personal.scan(masked)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("云委发[2026]12号", "云委发〔2026〕12号"),
        ("云委发(2026)第012号", "云委发〔2026〕12号"),
        ("云委发【2026】7", "云委发〔2026〕7号"),
        ("云委发\uff082026\uff09第3号", "云委发〔2026〕3号"),
        (" 云委发〔2026〕 1 号 ", "云委发〔2026〕1号"),
        ("会议纪要第三期", "会议纪要第三期"),
    ],
)
def test_numbers_as_the_standard_writes_them(typed: str, kept: str) -> None:
    assert rules.tidy_number(typed) == kept
    assert rules.tidy_number(kept) == kept


def test_the_number_that_follows() -> None:
    assert rules.following("云委发〔2026〕12号", 2026) == "云委发〔2026〕13号"
    assert rules.following("云委发〔2026〕12号", 2027) == "云委发〔2027〕1号"
    assert rules.following("第三期", 2026) == ""


def test_lines_are_set_as_headings_and_paragraphs() -> None:
    text = "各村:\n\n一、组成\n(一)镇\n正文。\n一、这一行太长了" + "长" * 40
    assert [tag for tag, _line in laid_out(text)] == ["flat", "h2", "h3", "p", "p"]
    assert laid_out("各村\uff1a\n正文。")[0][0] == "flat"


def test_a_digest_is_about_every_word_and_file() -> None:
    one = rules.digest_of(["a", "b"], [("f", "1"), ("g", "2")])
    assert one == rules.digest_of(["a", "b"], [("g", "2"), ("f", "1")])
    others = [
        rules.digest_of(["ab", ""], [("f", "1"), ("g", "2")]),
        rules.digest_of(["a", "b"], [("f", "2"), ("g", "1")]),
        rules.digest_of(["a", "b"], []),
    ]
    assert len({one, *others}) == 4
