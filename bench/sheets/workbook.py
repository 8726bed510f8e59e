"""Seeded workbooks of enterprises and of visits, 15 columns, as untidy as offices keep them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

COLUMNS = (
    "序号", "企业名称", "统一社会信用代码", "所属行业", "法定代表人", "联系电话", "职工人数(人)", "是否规上", "党员数",
    "组织形式", "所属党组织", "党组织书记", "企业标签", "厂区地址", "备注",
)  # fmt: skip
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PLACES = ("云岭", "柳溪", "石桥", "清河", "青山", "东湖", "南塘", "北坡", "白沙", "金水", "凤鸣", "龙泉")
WORDS = "晨光远山清泉恒达瑞丰盛源嘉禾永兴宏图安泰新航众合华茂天成广源博雅卓越锦绣同创联合百顺鼎信德昌"
TRADES = ("木业", "家居", "食品", "纺织", "机械", "建材", "电子", "包装", "物流", "农业科技", "化工", "塑业")
INDUSTRIES = ("C20", "C21", "C13", "C17", "C34", "C30", "C39", "C22", "G54", "A05", "C26", "C29")
FAMILY, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "静远岚禾露明立宁圆岩原涛建国志强秀英伟芳"


def credit_code(number: int) -> str:
    """A valid, invented code of the imagined county 429900."""
    body = f"91429900{number:09d}"
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + ALPHABET[(31 - total % 31) % 31]


def firm_name(seed: int, number: int) -> str:
    """The name of a firm, the same in every run of one seed."""
    dice = random.Random(f"{seed} {number}")
    letters = "".join(dice.choice(WORDS) for _i in range(3))
    form = "(集团)有限公司" if number % 37 == 0 else "有限公司"
    letters += WORDS[number % len(WORDS)] + WORDS[number // len(WORDS) % len(WORDS)]
    return f"{dice.choice(PLACES)}{letters}{dice.choice(TRADES)}{form}"


def rows(count: int, seed: int) -> Iterator[list[Any]]:
    """The cells of every row."""
    dice = random.Random(seed)
    for number in range(1, count + 1):
        name = firm_name(seed, number)
        code = credit_code(number)
        person = dice.choice(FAMILY) + "".join(dice.sample(GIVEN, dice.choice((1, 2))))
        staff = int(dice.lognormvariate(3.4, 1.1)) + 1
        members = dice.choice((0, 0, 1, 2, 3, 5, 8))
        yield [
            number,
            _untidy_name(dice, name),
            _untidy_code(dice, code),
            INDUSTRIES[number % 12],
            person if dice.random() > 0.02 else f" {person} ",
            13800000000 + number if dice.random() < 0.5 else f"138{number:08d}",
            _untidy_count(dice, staff),
            dice.choice(("是", "√", "Y", "1")) if staff > 60 else dice.choice(("否", "", "N", "0")),
            members or None,
            ("单独建", "联合建", "挂靠", "无")[number % 4] if members else "无",
            "",
            person if members > 2 else "",
            "专精特新、重点税源" if number % 50 == 0 else "",
            f"{PLACES[number % 12]}工业园{number % 400}号",
            "已迁址" if number % 97 == 0 else "",
        ]


def _untidy_name(dice: random.Random, name: str) -> str:
    throw = dice.random()
    if throw < 0.02:
        return name.replace("(", "\uff08").replace(")", "\uff09")
    if throw < 0.04:
        return f" {name}"
    return name


def _untidy_code(dice: random.Random, code: str) -> str:
    throw = dice.random()
    if throw < 0.02:
        return code.lower()
    if throw < 0.03:
        return f"{code[:8]} {code[8:]}"
    if throw < 0.04:
        return ""
    return code


def _untidy_count(dice: random.Random, number: int) -> Any:
    throw = dice.random()
    if throw < 0.03:
        return f"{number}人"
    if throw < 0.05:
        return f"约{number}"
    return number


VISIT_COLUMNS = (
    "序号", "走访日期", "走访人员", "企业名称", "接待人", "走访内容", "发现需求", "备注",
    "所属网格", "厂区地址", "联系方式", "是否回访", "天气", "填表人", "归档编号",
)  # fmt: skip
FIRMS = 2_000  # in the register of the town before visits are imported
DOINGS = (
    "了解生产经营情况",
    "宣传惠企政策",
    "检查安全生产",
    "协调用工问题",
    "指导党支部工作",
    "走访慰问党员职工",
)


def visits(count: int, seed: int) -> Iterator[list[Any]]:
    """The cells of every visit; one firm in fifty is written as nobody knows it."""
    dice = random.Random(seed + 7)
    for number in range(1, count + 1):
        firm = dice.randrange(1, FIRMS + 1)
        name = firm_name(seed, firm)
        day = date(2025, 1, 1) + timedelta(days=dice.randrange(360))
        given = dice.sample(GIVEN, dice.choice((1, 2)))
        people = [dice.choice(FAMILY) + one for one in given]
        yield [
            number,
            _untidy_day(dice, day),
            dice.choice(("、", ",", " ")).join(people),
            name[:-4] if dice.random() < 0.02 else _untidy_name(dice, name),
            dice.choice(FAMILY) + dice.choice(GIVEN),
            f"{dice.choice(DOINGS)},企业反映第{number % 89}项情况,{dice.choice(DOINGS)}。",
            dice.choice((None, 0, 1, 2, "1个")),
            "已回复" if number % 71 == 0 else "",
            f"第{number % 30}网格",
            f"{PLACES[number % 12]}工业园{number % 400}号",
            13800000000 + number,
            dice.choice(("是", "否", "√", "")),
            dice.choice(("晴", "阴", "雨")),
            people[0],
            f"ZF{number:07d}",
        ]


def _untidy_day(dice: random.Random, day: date) -> Any:
    throw = dice.random()
    if throw < 0.6:
        return day
    return f"{day.year}.{day.month}.{day.day}" if throw < 0.9 else f"{day.year}年{day.month}月{day.day}日"


def write(path: Path, count: int, seed: int, kind: str = "enterprise") -> None:
    """A title, a header, the rows, a note."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    name = "企业台账" if kind == "enterprise" else "走访记录"
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, f"柳溪镇{name}")
    sheet.write_row(1, 0, COLUMNS if kind == "enterprise" else VISIT_COLUMNS)
    lines = rows(count, seed) if kind == "enterprise" else visits(count, seed)
    for number, cells in enumerate(lines, start=2):
        for column, cell in enumerate(cells):
            if cell is not None and cell != "":
                sheet.write(number, column, cell)
    sheet.write_string(count + 2, 0, "注:以上数据截至年底。")
    book.close()
