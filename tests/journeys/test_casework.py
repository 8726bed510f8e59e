"""Casework in the browser: a refusal that is ruled on, a dispute settled in the hamlet, a petition closed by a hearing."""

from __future__ import annotations

import re
from collections.abc import Callable

from .people import DESK, PHONE, Visitor
from .test_need import paper

TEXT = "厂门口下水道堵了,污水往外冒,请派人疏通。"


def press(person: Visitor) -> None:
    """Send the form of the page."""
    person.page.locator("main form.lj-form button.btn-primary").last.click()
    person.page.wait_for_load_state("load")


def move(person: Visitor, address: str, code: str, **fields: str) -> None:
    """Open the record, press the button of a move, fill in and send its form."""
    page = person.goto(address)
    button = page.locator(f"main a[href$='/{code}']").first
    if not button.is_visible():
        page.locator("details.lj-more summary").first.click()
    button.click()
    page.wait_for_load_state("load")
    fill(person, **fields)
    press(person)
    assert page.locator(".alert-danger").count() == 0, page.locator(".alert-danger").inner_text()


def fill(person: Visitor, **fields: str) -> None:
    page = person.page
    for name, value in fields.items():
        field = page.locator(f"[name={name}]").first
        kind = field.get_attribute("type")
        if kind == "hidden":  # behind a combobox
            shown = page.locator(f"lj-combobox:has([name={name}]) input[role=combobox]")
            shown.fill(value)
            page.locator("[role=option]", has_text=value).first.click()
        elif kind == "radio":
            page.locator(f"[name={name}][value='{value}']").check()
        elif kind == "checkbox":
            field.check()
        else:
            field.fill(value)


def address_of(person: Visitor, number: str) -> str:
    page = person.goto(f"/cases/?q={number}")
    page.locator("main table tbody a", has_text=number).first.click()
    page.wait_for_load_state("load")
    return page.url.removeprefix(person.town.url)


def test_an_owner_files_by_qr_and_has_the_last_word(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor("clerk", width=DESK)
    page = clerk.goto("/portal/entrances")
    line = page.locator("li", has_text="东门卫室").first
    code = line.locator("a[href^='/p/']").get_attribute("href")
    assert code is not None
    line.locator("a.lj-title").click()
    page.wait_for_load_state("load")
    assert page.locator(".paper-code svg").is_visible()

    owner = visitor("", width=PHONE)
    page = owner.goto(code)
    owner.look()
    fill(owner, kind="need", text=TEXT, reporter="丁老板")
    page.select_option("[name=category]", "utilities")
    page.wait_for_timeout(3_200)  # nobody writes faster
    press(owner)
    number = page.locator("main b").first.inner_text()
    follow = page.url.removeprefix(owner.town.url).partition("?")[0]
    owner.look()
    record = address_of(clerk, number)

    handler, head = visitor("handler", width=DESK), visitor("leader", width=DESK)
    for _twice in range(2):
        move(clerk, record, "dispatch", handler="生态环境站")
        move(handler, record, "return", reason_code="not_ours", reason="属市政管网", proposed="城建办")
    move(head, record, "rule", handler="生态环境站", ground="污水外溢先由环保站处置")
    handler.goto(record)
    assert handler.page.locator("main a[href$='/return']").count() == 0, "a ruling is final"
    move(handler, record, "sign")
    for what, quantity in (("疏通下水道", "120米"), ("更换井盖", "3个")):
        page = handler.goto(f"{record}/measures/new")
        fill(handler, kind="work", what=what, quantity=quantity)
        press(handler)
    handler.goto(record)
    assert handler.page.get_by_text("疏通下水道 120米").is_visible()
    move(handler, record, "answer", text="已疏通并更换井盖")
    move(owner, follow, "dispute", words="雨后又冒水了")
    assert "有异议" in owner.page.locator("h1").inner_text()
    move(handler, record, "answer", text="已清掏下游管网")
    move(owner, follow, "confirm", rating="satisfied")
    assert "已办结" in owner.page.locator("h1").inner_text()
    owner.look()
    clerk.goto(record)
    clerk.look()


def told(clerk: Visitor, kind: str, text: str, unit: str, tier: str = "") -> str:
    """The clerk registers a matter of a village and sends it on; its address."""
    page = clerk.goto(f"/cases/new?kind={kind}")
    fill(clerk, text=text, reporter="李某")
    page.select_option("[name=category]", "law")
    if tier:
        page.select_option("[name=tier]", tier)
    press(clerk)
    record = page.url.removeprefix(clerk.town.url).partition("#")[0]
    move(clerk, record, "dispatch", handler=unit)
    return record


def test_a_dispute_is_settled_in_the_hamlet(visitor: Callable[..., Visitor]) -> None:
    clerk, justice = visitor("clerk", width=DESK), visitor("handler", width=PHONE)
    record = told(clerk, "dispute", "两家为山林地界争执,已动过手。", "生态环境站", tier="hamlet")
    move(justice, record, "sign")
    for side, name in (("asking", "李某忠"), ("other", "赵某发")):
        justice.goto(f"{record}/mediation/party")
        fill(justice, side=side, name=name)
        press(justice)
    justice.goto(f"{record}/mediation/attempt")
    fill(justice, mediators="张圣福 党员中心户\n江律师 村法律顾问", text="上门说理,以老界石为准", outcome="agreed")
    press(justice)
    justice.goto(f"{record}/mediation/agreement")
    fill(justice, form="oral", terms="以老界石为界,各自管护")
    press(justice)
    assert "待确认" in justice.page.locator("h1").inner_text()
    justice.look()
    move(clerk, record, "confirm", reason="双方到场确认", rating="satisfied")
    page = clerk.goto(record)
    assert "已办结" in page.locator("h1").inner_text() and page.get_by_text("张圣福(党员中心户)").count() > 0
    page = clerk.goto("/figures/cases.settled_hamlet/")
    assert int(re.sub(r"\D", "", page.locator("main .lj-value-line strong").first.inner_text())) >= 1


def test_a_petition_is_closed_by_a_hearing_and_the_bulletin_prints(visitor: Callable[..., Visitor]) -> None:
    clerk, head = visitor("clerk", width=DESK), visitor("leader", width=DESK)
    record = told(clerk, "petition", "安置补偿面积不对,反映多年。", "生态环境站")
    page = clerk.goto(record)
    page.locator("main a[href*='/hearings/new']").first.click()
    page.wait_for_load_state("load")
    seats = "周书记 主持人\n吴代表、郑律师 听证员\n李某 信访人\n环保站 责任单位"
    fill(clerk, title="安置补偿听证", scheduled_at="2026-12-01T09:00", place="镇会议室", plan="逐项质询", people=seats)
    press(clerk)
    clerk.look()
    hearing = page.url.removeprefix(clerk.town.url).partition("#")[0]
    page = head.goto(hearing)
    page.locator("main a[href$='/conclude']").first.click()
    page.wait_for_load_state("load")
    fill(head, minutes="逐项质询,双方认可丈量结果。", conclusion="依据征收办法第十条,面积认定准确。")
    page.locator("select[name^=case_]").first.select_option("explained")
    press(head)
    page = clerk.goto(record)
    assert "已办结" in page.locator("h1").inner_text()
    paper(clerk, f"{hearing}/paper")
    paper(head, "/figures/reports/casework/")
