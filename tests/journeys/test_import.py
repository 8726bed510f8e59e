"""A town's own workbook: upload, columns, preview, store, receipt, undo; and the shared ledger where it lies."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from lianjian.demo.data.names import code
from lianjian.foundation.codes.credit import credit_check_digit

from .people import DESK, PHONE, ROOT, Visitor

LEDGER = Path(os.environ.get("LIANJIAN_LEDGER") or ROOT.parent / "shared" / "data" / "ledgers" / "jingba-2024.xlsx")


def credit_code(number: int) -> str:
    first = code(number)
    return first + credit_check_digit(first)


def workbook(path: Path, first: int) -> Path:
    """A title, a header, three firms (one with a wrong check digit) and a line of totals."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("企业名录")
    sheet.merge_range(0, 0, 0, 4, "云溪镇企业名录")
    rows = [
        ["序号", "企业名称", "统一社会信用代码", "是否规上", "职工人数(人)"],
        [1, f"云溪测榫{first}号木业有限公司", credit_code(first), "是", "约120"],
        [2, f"云溪测榫{first}号包装有限公司", credit_code(first + 1).lower(), "否", 36],
        [3, f"云溪测榫{first}号食品有限公司", credit_code(first + 2)[:-1] + "?", "√", "18人"],
        ["合计", "", "", "", 174],
    ]
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def store(person: Visitor, path: Path) -> None:
    """From the file to the receipt."""
    page = person.goto("/sheets/new")
    page.set_input_files("input[type=file]", str(path))
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_url(re.compile("/match$"), timeout=60_000)
    person.look()
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_url(re.compile("/preview$"), timeout=60_000)
    person.look()
    page.locator("main form[action$='/commit'] button").first.click()
    page.wait_for_url(re.compile(r"/sheets/[0-9a-f-]{36}$"))
    person.town.work()
    page.locator("form[action$='/undo']").first.wait_for()  # the page moves on by itself
    page.wait_for_load_state("load")
    person.look()


def undo(person: Visitor) -> None:
    """Take it back: asked once more, then done."""
    person.page.locator("form[action$='/undo'] button").first.click()
    person.page.locator("dialog button[value=yes]").click()
    person.page.wait_for_load_state("load")
    person.town.work()


def found(person: Visitor, words: str) -> int:
    page = person.goto(f"/directory/organizations?q={words}")
    return page.locator("main table tbody tr").count()


@pytest.mark.parametrize(("width", "language", "first"), [(DESK, "zh", 700), (PHONE, "en", 800)])
def test_a_small_workbook(
    visitor: Callable[..., Visitor], tmp_path: Path, width: int, language: str, first: int
) -> None:
    person = visitor("clerk", width=width, language=language)
    store(person, workbook(tmp_path / f"企业名录{first}.xlsx", first))
    receipt = person.page.url.removeprefix(person.town.url)
    assert found(person, f"测榫{first}号") >= 2
    person.goto(receipt)
    undo(person)
    assert found(person, f"测榫{first}号") == 0


def test_the_shared_ledger(visitor: Callable[..., Visitor]) -> None:
    if not LEDGER.exists():
        pytest.skip("the shared ledger is not on this machine (LIANJIAN_LEDGER names it)")
    person = visitor("clerk")
    store(person, LEDGER)
    assert person.page.locator("main table tbody tr").count() > 4
    undo(person)
    assert found(person, "测榫") == 0
