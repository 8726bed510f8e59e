"""A person's way into the party in 25 steps, on a desk and on a phone, with one try that is refused with its article."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .people import DESK, PHONE, Visitor

DAYS = {
    2: "2022-02-10", 3: "2022-07-15", 4: "2022-07-20", 5: "2022-07-25", 6: "2023-01-12", 7: "2023-07-15", 8: "2023-07-20",
    9: "2023-07-25", 10: "2023-08-10", 11: "2023-08-20", 12: "2023-09-01", 13: "2023-09-15", 14: "2023-09-20",
    15: "2023-09-28", 16: "2023-10-20", 17: "2023-11-20", 18: "2023-11-25", 19: "2023-12-01", 20: "2023-12-05",
    21: "2024-03-28", 22: "2024-09-28", 23: "2024-10-08", 24: "2024-11-08", 25: "2024-11-15",
}  # fmt: skip
TYPED = {
    5: {"first_name": "沈斌", "second_name": "于莉"},
    9: {"first_name": "沈斌", "second_name": "于莉"},
    11: {"training_days": "3"},
    14: {"form_number": "0012345"},
    15: {"eligible": "15", "present": "13", "yes": "12", "no": "1"},
    23: {"eligible": "15", "present": "14", "yes": "14"},
}
CHOSEN = {15: {"outcome": "passed"}, 17: {"outcome": "approved", "body_kind": "committee"},
          23: {"outcome": "on_time"}, 24: {"outcome": "approved", "body_kind": "committee"}}  # fmt: skip


def save(person: Visitor) -> None:
    person.page.locator("main form.lj-form button.btn-primary").last.click()
    person.page.wait_for_load_state("load")


def step(person: Visitor, address: str, number: int, day: str) -> None:
    """The form of a step, opened from the button on the person's page, every paper ticked."""
    page = person.goto(address)
    page.locator(f"main a[href$='/steps/{number}']").first.click()
    page.wait_for_load_state("load")
    page.fill("[name=done_on]", day)
    for name, value in TYPED.get(number, {}).items():
        page.fill(f"[name={name}]", value)
    for name, value in CHOSEN.get(number, {}).items():
        page.select_option(f"[name={name}]", value)
    for box in page.locator("[name=observed]").all():
        box.check()
    save(person)


@pytest.mark.parametrize(("width", "language"), [(DESK, "zh"), (PHONE, "en")])
def test_from_application_to_full_member(visitor: Callable[..., Visitor], width: int, language: str) -> None:
    clerk = visitor("clerk", width=width, language=language)
    page = clerk.goto("/members/applicants/new")
    clerk.look()
    for name, value in {"person": f"路远{width}", "applied_on": "2022-01-10", "born": "1990-05-01"}.items():
        page.fill(f"[name={name}]", value)
    firm = page.locator("lj-combobox:has([name=enterprise]) input[role=combobox]")
    firm.fill("晨曜")
    page.locator("[role=option]").first.click()
    for box in page.locator("[name=observed]").all():
        box.check()
    save(clerk)
    address = page.url.removeprefix(clerk.town.url)
    assert address.count("-") == 4, page.locator("main").inner_text()[:500]
    clerk.look()
    for number, day in DAYS.items():
        if number == 7:  # a day too soon is refused with the article, and what was typed stays
            step(clerk, address, 7, "2023-07-14")
            assert ("第13条" if language == "zh" else "13") in page.locator("main form").inner_text()
            assert page.input_value("[name=done_on]") == "2023-07-14"
            clerk.look()
        step(clerk, address, number, day)
        assert page.locator(".alert-danger").count() == 0, (number, page.locator("main form").inner_text()[:800])
        if number in (5, 15, 25):
            clerk.look()
    text = page.locator("main").inner_text()
    assert "2024-09-28" in text and ("党龄起算" if language == "zh" else "Standing from") in text
    paper = clerk.goto(f"{address}/dossier")
    assert "0012345" in paper.locator("main").inner_text()
