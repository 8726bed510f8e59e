"""Six workbooks of other wording, order and header depth: kinds and columns are found without naming any of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from lianjian.foundation.codes import credit_check_digit
from lianjian.sheets.reading.book import Book, Sheet
from lianjian.sheets.reading.process import parse
from lianjian.sheets.reading.rows import interpret, read_workbook
from lianjian.sheets.reading.spec import Choice, Memory
from lianjian.sheets.tests.specs import KINDS

NAMES = ["张伟", "李娜", "王秀英", "刘洋", "陈静", "杨磊", "赵敏", "黄勇"]
FIRMS = [
    f"{word}有限公司"
    for word in (
        "远山茶业",
        "青禾农机",
        "北岭建材",
        "长河物流",
        "明光电子",
        "三友纺织",
        "同德食品",
        "广源包装",
    )
]


def code(number: int) -> str:
    """An invented valid code."""
    stem = f"91420882MA49{number:05d}"
    return stem + credit_check_digit(stem)


def mapping(sheet: Sheet) -> dict[str, str]:
    return {column.label: column.field for column in sheet.columns if column.field}


def only(book: Book, kind: str) -> Sheet:
    found = book.of_kind(kind)
    assert len(found) == 1, [(sheet.name, sheet.guess.ranking) for sheet in book]
    return found[0]


def write(
    path: Path, sheets: dict[str, Sequence[Sequence[Any]]], merged: dict[str, Sequence[str]] | None = None
) -> Path:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    book.save(path)
    return path


def test_three_merged_header_rows_and_a_total_on_top(tmp_path: Path) -> None:
    path = tmp_path / "1.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("表1")
    sheet.merge_range("B2:K2", "2023年度某乡非公企业信息采集表")
    for column, label in ((1, "序"), (10, "说明")):
        sheet.merge_range(2, column, 4, column, label)
    sheet.merge_range(2, 2, 2, 6, "企业信息")
    sheet.merge_range(2, 7, 2, 9, "党建情况")
    sheet.merge_range(3, 2, 4, 2, "公司名称")
    sheet.merge_range(3, 3, 4, 3, "信用代码\n（18位）")
    sheet.merge_range(3, 4, 3, 5, "法人")
    sheet.write_row(4, 4, ["姓名", "手机"])
    sheet.merge_range(3, 6, 4, 6, "员工人数（人）")
    sheet.merge_range(3, 7, 3, 8, "组织")
    sheet.write_row(4, 7, ["党支部名称", "书记"])
    sheet.merge_range(3, 9, 4, 9, "党员（人）")
    sheet.write_row(5, 1, ["合计", "8家", "", "", "", 360, "", "", 24])
    for row, (name, firm) in enumerate(zip(NAMES, FIRMS, strict=True)):
        sheet.write_row(
            6 + row,
            1,
            [row + 1, firm, code(row), name, 13900000000 + row, 45, f"{firm[:-4]}党支部", NAMES[-row], 3],
        )
    book.close()
    found = only(read_workbook(path, KINDS), "enterprise")
    assert mapping(found) == {
        "企业信息/公司名称": "name",
        "企业信息/信用代码 (18位)".replace(" ", ""): "code",
        "企业信息/法人/姓名": "legal_person",
        "企业信息/法人/手机": "phone",
        "企业信息/员工人数(人)": "staff",
        "党建情况/组织/党支部名称": "branch",
        "党建情况/组织/书记": "secretary",
        "党建情况/党员(人)": "members",
        "说明": "remark",
    }
    assert len(found.rows) == 8
    assert found.rows[0].values["phone"] == "13900000000"
    assert found.cell(found.rows[0], "code") == "D7"
    assert found.year == 2023
    assert not [item for item in found.problems if item.severity != "note"]


def test_english_headers_and_swapped_columns(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Mobile", "Employees", "Legal Rep.", "USCC", "Above scale", "Company", "No."]]
    rows += [
        [f"1380000000{i}", str(30 + i), NAMES[i], code(i), "Y" if i % 2 else "N", FIRMS[i], i + 1]
        for i in range(8)
    ]
    found = only(read_workbook(write(tmp_path / "2.xlsx", {"Sheet1": rows}), KINDS), "enterprise")
    assert mapping(found) == {
        "Mobile": "phone",
        "Employees": "staff",
        "Legal Rep.": "legal_person",
        "USCC": "code",
        "Above scale": "above_scale",
        "Company": "name",
    }
    assert found.rows[1].values["staff"] == 31
    assert found.rows[1].values["above_scale"] is True


def test_units_in_the_headers_and_amounts_as_text(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["重点企业一览表"],
        ["单位名称", "年营业收入(万元)", "用地面积（亩）", "从业人数/人", "统一社会信用代码", "规模以上企业"],
        [FIRMS[0], "1,200", 15, "156人", code(0).lower(), "√"],
        [FIRMS[1], 850.5, "约20", "约120", f" {code(1)} ", None],
        [FIRMS[2], "3.2亿元", "300平方米", "30余人", code(2), "√"],
        [FIRMS[3], None, None, 8, code(3), None],
    ]
    found = only(
        read_workbook(write(tmp_path / "3.xlsx", {"Sheet1": rows}, {"Sheet1": ["A1:F1"]}), KINDS),
        "enterprise",
    )
    assert set(mapping(found).values()) == {"name", "revenue", "land", "staff", "code", "above_scale"}
    first, second, third, fourth = (row.values for row in found.rows)
    assert first["revenue"].nominal == Decimal(12_000_000)
    assert first["land"].nominal == Decimal(10_000)
    assert third["revenue"].nominal == Decimal(320_000_000)
    assert third["land"].nominal == Decimal(300)
    assert (first["staff"], second["staff"].is_exact) == (156, False)
    assert (first["code"], second["code"]) == (code(0), code(1))
    assert [first["above_scale"], second["above_scale"]] == [True, False]
    assert fourth["revenue"] is None
    notes = {(item.cell, item.code) for item in found.problems}
    assert notes == {("C4", "approximate"), ("D4", "approximate"), ("D5", "approximate")}


def test_two_tables_on_one_sheet_and_repeated_headers(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["某镇2025年一季度走访台账"],
        ["序号", "走访时间", "走访人员", "走访对象", "走访情况", "收集需求数"],
        [1, "1月6日", NAMES[0], FIRMS[0], "了解用工情况", 1],
        [2, "2025.2.11", NAMES[1], FIRMS[1], "宣讲政策", 0],
        ["序号", "走访时间", "走访人员", "走访对象", "走访情况", "收集需求数"],
        [3, date(2025, 3, 2), NAMES[2], FIRMS[2], "了解生产", 2],
        ["小计", None, None, None, None, 3],
        [],
        ["涉企诉求清单"],
        ["登记时间", "诉求企业", "诉求内容", "承办单位", "时限", "办结时间"],
        ["2025/1/6", FIRMS[0], "希望协调用电增容", "供电所", "7个工作日", "2025.1.20"],
        ["2025/3/2", FIRMS[2], "招工困难请帮助", "人社所", "一个月", None],
        ["填表人:王某    审核人:李某"],
    ]
    book = read_workbook(write(tmp_path / "4.xlsx", {"表1": rows}), KINDS)
    visits, needs = only(book, "visit"), only(book, "need")
    assert [row.values["day"] for row in visits.rows] == [
        date(2025, 1, 6),
        date(2025, 2, 11),
        date(2025, 3, 2),
    ]
    assert set(mapping(visits).values()) == {"day", "visitor", "enterprise", "content", "needs"}
    assert [row.number for row in needs.rows] == [11, 12]
    assert set(mapping(needs).values()) == {"day", "enterprise", "content", "office", "due", "done"}
    assert (visits.part, needs.part) == (0, 1)
    assert needs.year == 2025


def test_people_sheets_with_unmerged_groups_and_units_below(tmp_path: Path) -> None:
    development: list[list[Any]] = [
        ["", "基本情况", "", "", "培养过程", "", ""],
        ["序号", "发展对象姓名", "工作单位", "岗位", "递交入党申请书时间", "列为积极分子时间", "培养人"],
        *[
            [i + 1, NAMES[i], FIRMS[i], "技术员", f"2024.{i + 1}.8", None, "张伟、李娜" if i < 3 else None]
            for i in range(6)
        ],
    ]
    cadres: list[list[Any]] = [
        ["选派干部名单"],
        ["干部姓名", "工作单位及职务", "派驻单位", "是否驻点", "派驻时间", "手机号"],
        *[
            [
                NAMES[i],
                "乡党建办干事",
                "城东党建指导站",
                "是" if i % 2 else "否",
                date(2024, 3, i + 1),
                13700000000 + i,
            ]
            for i in range(5)
        ],
    ]
    members: list[list[Any]] = [
        ["姓名", "性别", "工作单位", "组织关系所在单位", "共管支部", "排查日期"],
        ["（1）", "（2）", "（3）", "（4）", "（5）", "（6）"],
        *[
            [NAMES[i], "男" if i % 2 else "女", FIRMS[i], "城西村党支部", "物流链党支部", "20240512"]
            for i in range(6)
        ],
    ]
    path = write(tmp_path / "5.xlsx", {"Sheet1": development, "Sheet2": cadres, "Sheet3": members})
    book = read_workbook(path, KINDS)
    assert set(mapping(only(book, "development")).values()) == {
        "name",
        "enterprise",
        "role",
        "applied",
        "activist",
        "mentors",
    }
    assert set(mapping(only(book, "dispatched_cadre")).values()) == {
        "name",
        "origin",
        "station",
        "resident",
        "start",
        "phone",
    }
    found = only(book, "found_member")
    assert set(mapping(found).values()) == {
        "name",
        "sex",
        "enterprise",
        "home_branch",
        "host_branch",
        "found_on",
    }
    assert len(found.rows) == 6
    assert found.rows[0].values["found_on"] == date(2024, 5, 12)
    assert only(book, "development").rows[0].values["mentors"] == ("张伟", "李娜")


def test_party_organizations_side_by_side_with_something_unknown(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["支部名称", "隶属党组织", "支部书记", "党员总数", "成立时间", "组建方式"],
        *[[f"{FIRMS[i][:-4]}党支部", "某镇党委", NAMES[i], 3 + i, f"202{i}年5月", "单独"] for i in range(5)],
    ]
    trees: list[list[Any]] = [["树种", "株数", "胸径", "树龄"], ["樟树", 3, 0.8, 120], ["银杏", 1, 1.2, 300]]
    book = read_workbook(write(tmp_path / "6.xlsx", {"Sheet1": rows, "Sheet2": trees}), KINDS)
    found = only(book, "party_organization")
    assert set(mapping(found).values()) == {"name", "parent", "secretary", "members", "founded", "form"}
    assert {item.code for item in found.problems} == {"date_partial"}
    kept = [sheet for sheet in book if sheet.kind is None]
    assert [dict(sheet.raw_rows())[2] for sheet in kept] == [
        {"树种": "樟树", "株数": 3, "胸径": 0.8, "树龄": 120}
    ]


def test_corrections_win_and_are_remembered(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["老板", "厂子", "编码", "何时去的"],
        *[[NAMES[i], FIRMS[i], f"A{i}", f"2024.5.{i + 1}"] for i in range(6)],
    ]
    raw = parse(write(tmp_path / "7.xlsx", {"Sheet1": rows}))
    first = interpret(raw, KINDS)
    assert first.sheets[0].kind is None
    chosen = interpret(raw, KINDS, choices={0: Choice("visit", {0: "visitor", 1: "enterprise", 3: "day"})})
    sheet = only(chosen, "visit")
    assert mapping(sheet) == {"老板": "visitor", "厂子": "enterprise", "何时去的": "day"}
    memory = Memory(
        sheets={sheet.signature: "visit"},
        columns={"visit": {column.key: column.field for column in sheet.columns}},
    )
    again = only(interpret(raw, KINDS, memory), "visit")
    assert mapping(again) == mapping(sheet)
    assert again.guess.source == "memory"
    assert [row.values["day"] for row in again.rows] == [date(2024, 5, i + 1) for i in range(6)]
    unwanted = Memory(sheets={sheet.signature: ""})
    assert interpret(raw, KINDS, unwanted).sheets[0].kind is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    lines = ["企业名称,统一社会信用代码,联系电话,职工数"]
    lines += [f"{FIRMS[i]},{code(i)},1380000000{i},{i}人" for i in range(6)]
    path = tmp_path / "firms.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    found = only(read_workbook(path, KINDS), "enterprise")
    assert len(found.rows) == 6
    assert found.rows[2].values == {"name": FIRMS[2], "code": code(2), "phone": "13800000002", "staff": 2}


def test_merged_cells_of_the_body_belong_to_all_their_rows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["指导站", "企业名称", "党员数", "统一社会信用代码"]]
    rows += [
        ["第一指导站" if i % 3 == 0 else None, FIRMS[i], 20 if i % 3 == 0 else None, code(i)]
        for i in range(6)
    ]
    path = write(tmp_path / "8.xlsx", {"Sheet1": rows}, {"Sheet1": ["A2:A4", "A5:A7", "C2:C4"]})
    found = only(read_workbook(path, KINDS), "enterprise")
    assert [row.values["station"] for row in found.rows] == ["第一指导站"] * 6
    assert [row.values["members"] for row in found.rows] == [20, None, None, 20, None, None]


def test_hidden_sheets_are_flagged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["企业名称", "联系电话"])
    book.active.append([FIRMS[0], "13800000000"])
    hidden = book.create_sheet("旧表")
    hidden.append(["企业名称", "联系电话"])
    hidden.append([FIRMS[1], "13800000001"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "9.xlsx")
    assert [sheet.hidden for sheet in read_workbook(tmp_path / "9.xlsx", KINDS)] == [False, True]
