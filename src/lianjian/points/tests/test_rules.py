"""What gives points as it was typed, how people name households, and when a vote passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianjian.foundation.errors import Refused
from lianjian.points.rules import points as rules
from lianjian.points.rules import refused

# As a Chinese keyboard types them.
COLON, COMMA, SEMICOLON, MINUS, STOP, BRACKET = "\uff1a", "\uff0c", "\uff1b", "\uff0d", "\uff0e", "\uff09"
WIDE = str.maketrans("0123456789", "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19")


def known(*rows: tuple[int, str, str]) -> list[rules.Known]:
    return [rules.Known(1000 + number, number, name, group) for number, name, group in rows]


VILLAGE = known(
    (1, "田小满", "一组"), (2, "林秋实", "一组"), (3, "周白露", "二组"), (12, "何清明", "二组"), (13, "田小满", "三组"), (14, "何 谷雨", ""),
)  # fmt: skip


def numbers(text: str) -> list[int]:
    return [one.number for one in rules.resolve(text, VILLAGE)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("打扫门前 5", ("打扫门前", 5)),
        ("打扫门前 10", ("打扫门前", 10)),
        ("打扫门前 10分", ("打扫门前", 10)),
        ("打扫门前10分", ("打扫门前", 10)),
        ("  打扫门前\t 10  分 ", ("打扫门前", 10)),
        ("打扫门前:10", ("打扫门前", 10)),
        (f"打扫门前{COLON}10分", ("打扫门前", 10)),
        (f"打扫门前 {COLON} 10", ("打扫门前", 10)),
        ("打扫门前=10", ("打扫门前", 10)),
        ("打扫门前,10", ("打扫门前", 10)),
        (f"打扫门前{COMMA}10", ("打扫门前", 10)),
        ("打扫门前、10", ("打扫门前", 10)),
        ("打扫门前 10".translate(WIDE), ("打扫门前", 10)),
        (f"打扫门前{COLON}" + "1000分".translate(WIDE), ("打扫门前", 1000)),
        ("捐款100元 20", ("捐款100元", 20)),
        ("第3次劳动 120", ("第3次劳动", 120)),
        ("好媳妇、好公婆 1000", ("好媳妇、好公婆", 1000)),
        ("植树×3棵 15", ("植树×3棵", 15)),
        ("门前三包(含院外)25分", ("门前三包(含院外)", 25)),
    ],
)
def test_a_line_of_what_gives_points(line: str, found: tuple[str, int]) -> None:
    assert rules.items_of(line) == [found]


def test_lines_stay_in_order_and_empty_ones_do_not_count() -> None:
    text = "\n打扫门前 5\r\n\n义务劳动 20分\n   \n参加会议 2\n"
    assert rules.items_of(text) == [("打扫门前", 5), ("义务劳动", 20), ("参加会议", 2)]
    many = "\n".join(f"事项第{number}条 {number + 1}" for number in range(60))
    assert len(rules.items_of(many)) == 60


@pytest.mark.parametrize(
    ("text", "refusal", "says"),
    [
        ("", refused.ItemsMissing, ""),
        (" \n \n", refused.ItemsMissing, ""),
        ("打扫门前", refused.ItemUnclear, "打扫门前"),
        ("打扫门前 五分", refused.ItemUnclear, "打扫门前 五分"),
        ("5", refused.ItemUnclear, "5"),
        (":5", refused.ItemUnclear, ":5"),
        ("打扫门前 5\n讲卫生", refused.ItemUnclear, "讲卫生"),
        ("打架斗殴 -5", refused.ItemTakesAway, "打架斗殴 -5"),
        ("打架斗殴:-50分", refused.ItemTakesAway, "打架斗殴:-50分"),
        ("打架斗殴\u221220", refused.ItemTakesAway, "打架斗殴\u221220"),
        (f"打架斗殴{MINUS}20", refused.ItemTakesAway, f"打架斗殴{MINUS}20"),
        ("打扫门前 0", refused.ItemPointsOutside, "打扫门前 0"),
        ("打扫门前 1001", refused.ItemPointsOutside, "打扫门前 1001"),
        ("打扫门前 999999999", refused.ItemPointsOutside, "打扫门前 999999999"),
        ("打扫门前 5\n打扫门前:6", refused.ItemTwice, "打扫门前"),
        ("净" * 61 + " 5", refused.ItemTooLong, "净" * 20 + "…"),
        ("\n".join(f"事项{chr(0x4E00 + number)} 5" for number in range(61)), refused.ItemsTooMany, ""),
    ],
)
def test_lines_that_are_refused(text: str, refusal: type[Refused], says: str) -> None:
    with pytest.raises(refusal) as said:
        rules.items_of(text)
    assert says in str(said.value) and "%(" not in str(said.value)


@given(
    name=st.text("打扫门前义务劳动参加会议植树", min_size=1, max_size=60),
    points=st.integers(1, 1000),
    between=st.sampled_from([" ", ":", COLON, "=", COMMA, ", ", "  ", ""]),
    unit=st.sampled_from(["", "分", " 分"]),
    wide=st.booleans(),
)
def test_every_number_of_points_is_read_as_it_stands(
    name: str, points: int, between: str, unit: str, wide: bool
) -> None:
    written = str(points).translate(WIDE) if wide else str(points)
    assert rules.items_of(f"{name}{between}{written}{unit}") == [(name, points)]


@pytest.mark.parametrize("word", rules.RIGHTS)
def test_a_right_is_found_in_a_name(word: str) -> None:
    assert rules.right_in(f"抵扣{word}一次") == word


@pytest.mark.parametrize("name", ["肥皂", "洗衣粉2kg", "理发一次", "电影票", "", "证书框"])
def test_what_is_no_right(name: str) -> None:
    assert rules.right_in(name) == ""


@pytest.mark.parametrize(
    ("voters", "least"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 4), (8, 5), (9, 5)]
)
def test_more_than_half_of_those_who_may_judge(voters: int, least: int) -> None:
    assert [rules.passes(votes, voters) for votes in range(voters + 1)] == [
        votes >= least for votes in range(voters + 1)
    ]


def test_where_nobody_may_judge_nothing_passes() -> None:
    assert not rules.passes(0, 0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1", [1]),
        ("12", [12]),
        ("12".translate(WIDE), [12]),
        ("林秋实", [2]),
        (" 林 秋实 ", [2]),
        ("何谷雨", [14]),
        ("一组田小满", [1]),
        ("三组 田小满", [13]),
        ("1\n林秋实\n二组周白露", [1, 2, 3]),
        ("林秋实,周白露", [2, 3]),
        (f"林秋实{COMMA}周白露", [2, 3]),
        ("林秋实、周白露", [2, 3]),
        ("林秋实;周白露", [2, 3]),
        (f"林秋实{SEMICOLON}周白露", [2, 3]),
        ("1、2、12", [1, 2, 12]),
        ("3\n1\n2", [3, 1, 2]),
        ("林秋实\n2\n一组林秋实", [2]),
        ("\n\n林秋实\n,\n", [2]),
    ],
)
def test_households_by_number_name_or_group_and_name(text: str, found: list[int]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    "line",
    ["12. 林秋实", "12.林秋实", "12) 林秋实", f"12{BRACKET}林秋实", f"12{STOP}林秋实", "3. 一组林秋实"],
)
def test_a_number_of_a_chats_list_is_no_households(line: str) -> None:
    assert numbers(line) == [2]


def test_a_number_that_may_be_either_is_asked() -> None:
    for text in ("12、林秋实", " 12、 林秋实", "1、林秋实\n周白露"):
        with pytest.raises(refused.LineDoubtful):
            numbers(text)
    assert numbers("2、3") == [2, 3]


def test_a_chats_whole_list() -> None:
    assert numbers("1. 林秋实\n2. 周白露\n3. 三组田小满") == [2, 3, 13]
    assert numbers("1、林秋实\n2、周白露\n3、三组田小满") == [2, 3, 13]


@pytest.mark.parametrize(
    ("text", "refusal", "says"),
    [
        ("", refused.AccountsMissing, ""),
        (" ,\n、 ", refused.AccountsMissing, ""),
        ("4", refused.AccountUnknown, "4"),
        ("0", refused.AccountUnknown, "0"),
        ("1234567890123", refused.AccountUnknown, "1234567890123"),
        ("吴立春", refused.AccountUnknown, "吴立春"),
        ("四组田小满", refused.AccountUnknown, "四组田小满"),
        ("林秋实\n吴立春", refused.AccountUnknown, "吴立春"),
        ("99. 吴立春", refused.AccountUnknown, "吴立春"),
        ("田小满", refused.AccountAmbiguous, "1、13"),
        ("5. 田小满", refused.AccountAmbiguous, "1、13"),
        ("1\n" * 501, refused.LinesTooMany, ""),
    ],
)
def test_lines_that_name_no_household(text: str, refusal: type[Refused], says: str) -> None:
    with pytest.raises(refusal) as said:
        numbers(text)
    assert says in str(said.value) and "%(" not in str(said.value)


def test_as_many_lines_as_may_be() -> None:
    assert numbers("1\n" * 500) == [1]


def test_a_number_is_that_of_the_household_even_where_it_is_also_a_name() -> None:
    rows = known((7, "九斤", ""), (9, "7", ""))
    assert [one.number for one in rules.resolve("7", rows)] == [7]


def test_a_name_without_a_group_beside_the_same_with_one_is_told_by_number() -> None:
    rows = known((1, "田小满", ""), (2, "田小满", "一组"))
    with pytest.raises(refused.AccountAmbiguous):
        rules.resolve("田小满", rows)
    assert [one.number for one in rules.resolve("一组田小满\n1", rows)] == [2, 1]


@pytest.mark.parametrize(
    ("earned", "spent", "left"), [(0, 0, 0), (10, 0, 10), (10, 4, 6), (10, 10, 0), (10, 14, 0), (0, 3, 0)]
)
def test_what_is_left_of_a_year(earned: int, spent: int, left: int) -> None:
    assert rules.left_of_year(earned, spent) == left


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("田小满", ("田小满", "", 0)),
        ("一组 田小满", ("田小满", "一组", 0)),
        ("一组 田小满 120", ("田小满", "一组", 120)),
        ("田小满 120", ("田小满", "", 120)),
        ("一组\t何 谷雨\t7", ("何 谷雨", "一组", 7)),
        ("\t田小满\t\t", ("田小满", "", 0)),
        ("\t田小满\t7", ("田小满", "", 7)),
        ("1组 田小满 7", ("田小满", "1组", 7)),
    ],
)
def test_an_account_to_be_opened(line: str, found: tuple[str, str, int]) -> None:
    assert rules.openings_of(line) == [found]


def test_accounts_to_be_opened_line_by_line() -> None:
    found = rules.openings_of("一组 田小满\n\n  \n林秋实 3\n")
    assert found == [("田小满", "一组", 0), ("林秋实", "", 3)]
    assert rules.openings_of("\n \n") == []


@pytest.mark.parametrize(
    "line", ["柳溪村 一组 田小满", "一组 田小满 -5", "12", "1. 田小满", "一组 田小满 12345678", "一组 田小满 3 5", "一组 3.5"]
)
def test_a_line_that_opens_no_account(line: str) -> None:
    with pytest.raises(refused.LineUnclear) as said:
        rules.openings_of(f"林秋实\n{line}")
    assert line.split()[-1] in str(said.value) and "%(" not in str(said.value)
