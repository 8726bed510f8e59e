"""Other ways to the same place: by keyboard, without script, over a line that breaks."""

from __future__ import annotations

import re
from collections.abc import Callable

from .people import PHONE, Visitor

NEED = "叉车充电区插座烧坏,需要电工上门。"


def test_by_keyboard_alone(visitor: Callable[..., Visitor]) -> None:
    person = visitor("clerk")
    page = person.goto("/cases/new")
    page.keyboard.press("Tab")
    assert page.locator(".lj-skip").evaluate("e => e === document.activeElement"), "the first stop is the skip link"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.querySelector('main').contains(document.activeElement)"
    assert page.evaluate(inside), "the skip link leads into the text"

    page.locator(".lj-me summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".lj-me .lj-sheet").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".lj-me .lj-sheet").is_visible(), "Escape closes the menu"

    page.locator("input[role=combobox]").first.focus()
    page.keyboard.type("晨曜")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("input[name=organization]").input_value()
    page.locator("[name=text]").focus()
    page.keyboard.type("想了解工会建会流程。")
    page.locator("select[name=category]").focus()
    page.keyboard.press("End")
    page.locator("main form button.btn-primary").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}(#main)?$"))
    assert "想了解工会建会流程" in page.locator("h1").inner_text()


def test_without_script(visitor: Callable[..., Visitor]) -> None:
    person = visitor("clerk", script=False)
    page = person.goto("/cases/?state=registered")
    assert page.locator("main table tbody tr").count() > 0
    page.goto(person.town.url + "/cases/new")
    page.fill("[name=organization]", "云溪晨曜家具有限公司")
    page.fill("[name=text]", NEED)
    page.select_option("[name=category]", "utilities")
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}(#main)?$"))
    assert "叉车充电区" in page.locator("h1").inner_text()
    page.goto(person.town.url + "/cases/?q=叉车")
    assert page.locator("main table tbody tr").count() == 1


def test_a_lost_line_keeps_a_draft(visitor: Callable[..., Visitor]) -> None:
    person = visitor("contact", width=PHONE)
    page = person.goto("/cases/new")
    page.fill("[name=text]", "想申请稳岗返还,材料已备好。")
    person.context.set_offline(True)
    page.locator("main form button.btn-primary").last.click()
    page.get_by_text("网络断了").first.wait_for()
    person.context.set_offline(False)
    person.goto("/")
    page = person.goto("/cases/new")
    page.get_by_role("button", name="恢复草稿").click()
    assert page.locator("[name=text]").input_value() == "想申请稳岗返还,材料已备好。"
