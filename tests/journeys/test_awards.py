"""A village holds this quarter's round of 七净一规范 on the phone: one wrong try, then the list that hangs out."""

from __future__ import annotations

from collections.abc import Callable

from .people import PHONE, Visitor


def _check(village: Visitor, name: str, criteria: int) -> None:
    """Record a look at a candidate that meets the first so many criteria, with consent."""
    page = village.page
    page.locator(f"main a[aria-label='核查:{name}']").click()
    boxes = page.locator("[name=met]")
    for number in range(boxes.count()):
        boxes.nth(number).set_checked(number < criteria)
    page.locator("[name=agreed]").set_checked(True)
    village.press("保存")


def test_a_village_hangs_out_its_list(visitor: Callable[..., Visitor]) -> None:
    village = visitor("village", width=PHONE)
    page = village.goto("/awards/")
    village.look()
    page.locator("main a", has_text="七净一规范").first.click()
    page.wait_for_load_state("load")
    village.look()
    page.locator("main a.lj-title").first.click()  # the newest period: this quarter's round goes on
    page.wait_for_load_state("load")
    address = page.url
    for name in ("上坡人家", "下坡人家"):
        page.goto(address)
        village.press("登记候选")
        page.fill("[name=name]", name)
        page.fill("[name=group]", "四组")
        village.press("保存")
    _check(village, "上坡人家", 8)
    _check(village, "下坡人家", 7)
    village.look()
    village.press("公示拟表扬名单")
    village.look()
    page.fill("[name=document]", "村民代表会议记录")
    page.get_by_label("上坡人家 · 四组 · 8/8").check()
    page.get_by_label("下坡人家 · 四组 · 7/8").check()
    village.press("开始公示")
    said = page.locator("main").inner_text()
    assert "“下坡人家”还有标准没有达到:物品摆放规范" in said
    assert page.input_value("[name=document]") == "村民代表会议记录"  # nothing typed is lost
    page.get_by_label("下坡人家 · 四组 · 7/8").uncheck()
    village.press("开始公示")
    assert page.url == address and page.locator("main h1").inner_text().endswith("公示中")
    village.look()
    assert not page.locator("main a[href$='/decide']").count()  # the list hangs out first
    page.goto(f"{address}/paper")
    paper = page.locator("main").inner_text()
    assert "上坡人家" in paper and "下坡人家" not in paper
