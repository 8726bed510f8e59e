"""A village on the phone: what households did is recorded, checked, voted on and hung out; on its day goods are taken."""

from __future__ import annotations

from collections.abc import Callable

from .people import PHONE, Visitor


def test_a_village_gathers_and_exchanges(visitor: Callable[..., Visitor]) -> None:
    village = visitor("village", width=PHONE)
    page = village.goto("/points/")
    village.look()
    page.locator("main table tbody a").first.click()
    page.wait_for_load_state("load")
    village.look()
    home = page.url
    _record(village)
    page.goto(home)
    page.locator("main a", has_text="初核").first.click()
    village.look()
    village.press("初核通过")
    page.locator("main a", has_text="开展评议").first.click()
    village.look()
    panel = page.input_value("[name=jurors]")
    assert "岳成林/1" in panel  # that of the last time
    page.fill("[name=jurors]", "岳成林/1\n尚立春/11")
    village.press("保存")
    assert "3人以上且为单数" in page.locator("main").inner_text()
    page.fill("[name=jurors]", panel)
    village.press("保存")
    village.look()
    village.press("登记同意票")
    village.look()
    village.press("保存")
    village.press("公示通过的积分")
    page.fill("[name=document]", "评议小组会议记录")
    village.press("开始公示")
    assert "公示中" in page.locator("main h1").inner_text()
    village.look()
    assert not page.locator("main a[href$='/post']").count()  # the list hangs out first
    page.goto(f"{page.url}/paper")
    assert "冉启明" in page.locator("main").inner_text()
    page.goto(home)
    _exchange(village)


def _record(village: Visitor) -> None:
    """One thing for two accounts; a name that nobody bears is named, and nothing typed is lost."""
    page = village.page
    village.press("登记积分")
    village.look()
    page.select_option("[name=item]", "参加志愿服务")
    page.fill("[name=accounts]", "1. 冉启明\n2. 无名氏")
    page.fill("[name=proof]", "志愿服务记录")
    village.press("保存")
    assert "没有找到“无名氏”" in page.locator("main").inner_text()
    assert page.input_value("[name=proof]") == "志愿服务记录"
    page.fill("[name=accounts]", "1. 冉启明\n2. 游素珍")
    village.press("保存")


def _exchange(village: Visitor) -> None:
    """Today is an exchange day: what is short is said, then one thing is taken and given back."""
    page = village.page
    village.press("设定兑换日")
    village.look()
    village.press("保存")
    day = page.url
    village.look()
    village.press("登记兑换")
    village.look()
    page.fill("[name=account]", "9")
    page.locator("label", has_text="食盐").click()
    page.fill("[name=quantity]", "900")
    village.press("兑换")
    assert "只剩" in page.locator("main").inner_text()
    page.fill("[name=quantity]", "1")
    village.press("兑换")
    page.goto(day)
    assert "1户兑换1笔,用去3分" in page.locator("main").inner_text()
    village.look()
    page.locator("main a[aria-label^='退回']").first.click()
    page.fill("[name=reason]", "拿错了")
    village.press("退回")
    assert "0户兑换0笔" in page.locator("main").inner_text()
    village.look()
