"""Finding tables and guessing columns in tables put together at random."""

from __future__ import annotations

import random
from array import array
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.sheets.reading.assign import best_pairs
from lianjian.sheets.reading.grid import Grid, GridColumn, RawBook, letters
from lianjian.sheets.reading.guess import known_words
from lianjian.sheets.reading.header import find_tables
from lianjian.sheets.reading.likeness import english_likeness, key_likeness, path_likeness
from lianjian.sheets.reading.rows import interpret
from lianjian.sheets.reading.words import is_total, label_key, label_unit, meta_pairs
from lianjian.sheets.tests.specs import ENTERPRISE, KINDS, NEED, VISIT

KNOWN = known_words(KINDS)
SAMPLES: dict[str, list[Any]] = {
    "text": ["希望协调车间用电增容", "请帮助对接展会", "了解生产经营情况"],
    "name": ["张伟", "李秀英", "王芳"],
    "org_name": ["远山茶业有限公司", "青禾农机有限公司", "北岭建材厂"],
    "code_uscc": ["91420882MA49000012", "91420882MA49000023", "91420882MA49000034"],
    "date": ["2024.3.5", "2024年4月8日", "2024-05-06"],
    "yes_no": ["是", "否", "√"],
    "count": [12, "30人", 7],
    "money": [120.5, "300", 45],
    "area": [1200, "300", 45.5],
    "phone": ["13800000000", 13900000001, "13700000002"],
    "industry": ["C2110", "2190 其他家具制造", "2032"],
    "choice": ["联合", "单独", "无"],
    "people": ["张伟、李秀英", "王芳", "张伟"],
    "deadline": ["7个工作日", "年底前", "15日内"],
}


def grid(
    rows: list[list[Any]], merged: list[tuple[int, int, int, int]] | None = None, name: str = "Sheet1"
) -> Grid:
    width = max(map(len, rows))
    columns = []
    for place in range(width):
        values: list[Any] = [None]
        codes = array("I")
        for row in rows:
            value = row[place] if place < len(row) else None
            if value is None or value == "":
                codes.append(0)
                continue
            values.append(value)
            codes.append(len(values) - 1)
        columns.append(GridColumn(values, codes))
    filled = array("H", (sum(1 for value in row if value not in (None, "")) for row in rows))
    return Grid(name, False, 0, 0, len(rows), columns, filled, merged or [])


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), kind=st.sampled_from([ENTERPRISE, NEED, VISIT]))
def test_any_synonyms_in_any_order_under_any_title(seed: int, kind: Any) -> None:
    """Columns are found whatever order they stand in, whichever of their known words heads them."""
    chance = random.Random(seed)
    fields = [spec for spec in kind.fields if spec.required or chance.random() < 0.8]
    chance.shuffle(fields)
    taken: set[str] = set()
    heads: list[str] = []
    for spec in fields:
        words = [word for word in (spec.title, *spec.synonyms) if label_key(word) not in taken]
        heads.append(chance.choice([spec.title, *words[:3]]))
        taken.add(label_key(heads[-1]))
    if len({label_key(head) for head in heads}) < len(heads):
        return
    rows: list[list[Any]] = []
    if chance.random() < 0.7:
        rows += [["2024年情况统计表"], ["填报单位:某镇(盖章)    填报时间:2024.6.30"]][: chance.randint(1, 2)]
    start = len(rows)
    rows.append(["序号", *heads])
    for number in range(chance.randint(3, 9)):
        rows.append([number + 1, *(chance.choice(SAMPLES[spec.type]) for spec in fields)])
    rows.append(["合计"])
    book = interpret(RawBook([grid(rows)]), KINDS)
    assert [sheet.kind.code if sheet.kind else None for sheet in book] == [kind.code]
    sheet = book.sheets[0]
    assert len(sheet.rows) == len(rows) - start - 2
    found = {column.label: column.field for column in sheet.columns if column.field}
    wrong = [
        (head, found.get(head), spec.code)
        for head, spec in zip(heads, fields, strict=True)
        if found.get(head) != spec.code
    ]
    assert not [item for item in wrong if not _shared(item[0], kind)], wrong


def _shared(head: str, kind: Any) -> bool:
    """Whether two fields of the kind both know the word, so that either is right."""
    key = label_key(head)
    return (
        sum(any(label_key(word) == key for word in (spec.title, *spec.synonyms)) for spec in kind.fields) > 1
    )


@settings(max_examples=80, deadline=None)
@given(
    rows=st.lists(
        st.lists(
            st.one_of(st.none(), st.text(max_size=12), st.integers(-5, 10**6), st.dates()),
            min_size=1,
            max_size=7,
        ),
        min_size=1,
        max_size=14,
    )
)
def test_any_sheet_is_read_without_a_fall_and_no_row_twice(rows: list[list[Any]]) -> None:
    sheet = grid(rows)
    seen: list[int] = []
    for table in find_tables(sheet, KNOWN):
        seen += table.rows
        assert table.header[0] <= table.header[1]
        assert not set(table.rows) & set(table.totals)
        assert all(row > table.header[1] for row in table.rows)
    assert len(seen) == len(set(seen))
    for read in interpret(RawBook([sheet]), KINDS):
        list(read.raw_rows())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 20), min_size=4, max_size=4), min_size=1, max_size=5))
def test_pairs_are_the_best_in_sum(scores: list[list[int]]) -> None:
    plain = [[float(value) for value in line] for line in scores]
    pairs = best_pairs(plain)
    assert len({row for row, _column in pairs}) == len(pairs) == len({column for _row, column in pairs})
    total = sum(plain[row][column] for row, column in pairs)
    if len(plain) <= 4:
        best = max(
            sum(plain[row][column] for row, column in enumerate(order))
            for order in permutations(range(4), len(plain))
        )
    else:
        best = max(
            sum(plain[row][column] for column, row in enumerate(order))
            for order in permutations(range(len(plain)), 4)
        )
    assert total == best


def test_titles_and_notes_are_told_apart() -> None:
    rows = [
        ["某县重点企业名册"],
        ["填报单位:某局", None, "填报时间:2023年9月", "单位:万元"],
        ["序号", "企业名称", "年收入", "备注"],
        [1, "远山茶业有限公司", 120, None],
        [None, None, None, None],
        [2, "青禾农机有限公司", 80, None],
        ["总计", "2家", 200, None],
        ["注:年收入含税。"],
        ["填表人:张某   联系电话:13800000000"],
    ]
    (table,) = find_tables(grid(rows, [(0, 0, 0, 3)]), KNOWN)
    assert table.titles == ["某县重点企业名册"]
    assert table.notes == {"填报单位": "某局", "填报时间": "2023年9月", "单位": "万元"}
    assert (table.header, table.rows, table.totals, table.year) == ((2, 2), [3, 5], [6], 2023)
    assert len(table.remarks) == 2
    sheet = interpret(RawBook([grid(rows)]), KINDS).sheets[0]
    assert int(sheet.rows[0].values["revenue"].nominal) == 1_200_000


def test_a_row_of_units_and_a_row_of_numbers_belong_to_the_header() -> None:
    rows = [
        ["企业名称", "职工数", "年收入", "占地面积"],
        [None, "（人）", "（万元）", "（亩）"],
        ["甲", 1, 2, 3],
        ["远山茶业有限公司", 12, 30, 5],
        ["青禾农机有限公司", 14, 31, 6],
    ]
    (table,) = find_tables(grid(rows), KNOWN)
    assert [column.unit for column in table.columns] == ["", "人", "万元", "亩"]
    assert table.rows == [3, 4]


def test_two_tables_side_by_side() -> None:
    rows = [
        ["企业名称", "联系电话", "职工数", None, "走访日期", "走访人", "走访对象"],
        ["远山茶业有限公司", "13800000000", 12, None, "2024.3.5", "张伟", "远山茶业有限公司"],
        ["青禾农机有限公司", "13800000001", 15, None, "2024.3.6", "李娜", "青禾农机有限公司"],
    ]
    book = interpret(RawBook([grid(rows)]), KINDS)
    assert [sheet.kind.code if sheet.kind else None for sheet in book] == ["enterprise", "visit"]
    assert book.sheets[1].cell(book.sheets[1].rows[0], "visitor") == "F2"


@pytest.mark.parametrize(
    ("text", "key", "unit"),
    [
        ("年收入(万元)", "年收入", "万元"),
        ("面积（亩）", "面积", "亩"),
        ("发现需求(个)", "发现需求", "个"),
        ("从业人数/人", "从业人数人", "人"),
        ("* 企业 名称", "企业名称", ""),
        ("1.法定代表人", "法定代表人", ""),
        ("承租(合作)方", "承租方", ""),
        ("是否规上（是/否）", "是否规上", ""),
    ],
)
def test_header_words(text: str, key: str, unit: str) -> None:
    assert (label_key(text), label_unit(text)) == (key, unit)


def test_likeness_of_words() -> None:
    assert key_likeness("法人", "法定代表人") > 0.4
    assert key_likeness("社会信用代码", "统一社会信用代码") > 0.7
    assert key_likeness("树种", "企业名称") < 0.4
    assert english_likeness("Legal Rep.", "legal representative") == 0.8
    assert english_likeness("No", "number of staff") == 0.0
    assert path_likeness(("法定代表人", "姓名"), "法定代表人姓名") == 1.0
    assert path_likeness(("党建情况", "书记"), "党建/书记") > 1.0


def test_small_words() -> None:
    assert [is_total(text) for text in ("合 计", "总计:", "小计（一）", "Total", "合计数额说明很长")] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert meta_pairs("填报单位:某站(盖章)   填报时间:2024.10.31   单位:人") == {
        "填报单位": "某站(盖章)",
        "填报时间": "2024.10.31",
        "单位": "人",
    }
    assert [letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
