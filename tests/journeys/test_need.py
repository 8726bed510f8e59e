"""One need on its whole way: told at a visit, dispatched, handled, answered, confirmed, counted, reported, printed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from .people import DESK, PHONE, Visitor

TEXT = "喷漆房废气管道连接处漏风,请环保站来看看怎么改。"
TITLE = "喷漆房废气管道连接处漏风,请环保站来看看怎么改"
FIRM = "云溪晨曜家具有限公司"

WORDS = {
    "zh": {"dispatch": "派单", "sign": "签收", "answer": "反馈办理结果", "confirm": "确认办结", "closed": "已办结"},
    "en": {"dispatch": "Dispatch", "sign": "Sign", "answer": "Answer", "confirm": "Confirm", "closed": "Closed"},
}


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)


def solved(person: Visitor) -> int:
    page = person.goto("/figures/cases.solved/")
    return number(page.locator("main .lj-value-line strong").first.inner_text())


def move(person: Visitor, code: str) -> None:
    """Open the form of a move from the record's own button, and send what `code` needs."""
    person.page.locator(f"main a[href$='/{code}']").first.click()
    person.page.wait_for_load_state("load")
    if code == "answer":
        person.page.fill("[name=text]", "已更换密封垫,复测合格。")
    person.page.locator("main form.lj-form button.btn-primary, main form button.btn-primary").last.click()
    person.page.wait_for_load_state("load")


@pytest.mark.parametrize(("width", "language"), [(DESK, "zh"), (PHONE, "en")])
def test_from_visit_to_figure(visitor: Callable[..., Visitor], width: int, language: str) -> None:
    look = {"width": width, "language": language}
    clerk = visitor("clerk", **look)
    before = solved(clerk)

    instructor = visitor("instructor", **look)
    page = instructor.goto("/cases/visits/new")
    whom = page.locator("lj-combobox input[role=combobox]").first
    whom.fill("晨曜")
    page.locator("[role=option]", has_text=FIRM).first.click()
    page.fill("[name=content]", "了解喷涂线运行情况")
    page.fill("[name=need_1]", TEXT)
    page.select_option("[name=category_1]", "environment")
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_load_state("load")
    instructor.look()
    page.locator("main a", has_text="喷漆房废气").first.click()
    page.wait_for_load_state("load")
    address = page.url.removeprefix(clerk.town.url)
    assert TITLE in page.locator("h1").inner_text()

    for account, codes in (("clerk", ["dispatch"]), ("handler", ["sign", "answer"]), ("contact", ["confirm"])):
        person = clerk if account == "clerk" else visitor(account, **look)
        person.goto("/duties/?q=喷漆房废气")
        assert person.page.get_by_text("喷漆房废气").count() > 0, f"{account} has no duty"
        person.goto(address)
        for code in codes:
            move(person, code)
            person.look()

    clerk.goto(address)
    assert clerk.page.locator("h1 .badge, h1 [class*=badge]").first.inner_text() == WORDS[language]["closed"]
    assert solved(clerk) == before + 1
    row = clerk.page.locator("main table tbody a", has_text=re.compile("YX-"))
    while not clerk.page.locator(f"main table a[href='{address}']").count():
        clerk.page.locator(".lj-pager a, main a[rel=next]").last.click()
        clerk.page.wait_for_load_state("load")
    assert row.count() > 0
    clerk.page.locator(f"main table a[href='{address}']").first.click()
    clerk.page.wait_for_url(f"**{address}")

    page = clerk.goto("/figures/reports/covering/")
    counted = page.locator("main a[href*='/figures/cases.solved/']").first
    assert number(counted.inner_text()) == before + 1
    paper(clerk, f"{address}/paper")
    paper(clerk, "/figures/reports/covering/")


def paper(person: Visitor, path: str) -> None:
    """Prints on A4: the menu stays off the paper."""
    page = person.goto(path)
    page.emulate_media(media="print")
    for css in (".lj-side", ".lj-top", ".lj-bottom"):
        assert page.locator(css).count() == 0 or not page.locator(css).first.is_visible(), f"{css} is printed"
    assert len(page.pdf(format="A4")) > 5_000
    page.emulate_media(media="screen")
