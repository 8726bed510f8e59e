"""Every demonstration account signs in and walks its pages, at both widths and in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .pages import WALKS
from .people import AXE, DESK, PHONE, Visitor

# Wide in Chinese and narrow in English for everybody; the busiest account the other way round too.
LOOKS = [(DESK, "zh"), (PHONE, "en")]


@pytest.mark.parametrize("account", WALKS)
def test_an_account_walks_its_pages(visitor: Callable[..., Visitor], account: str) -> None:
    for width, language in LOOKS:
        walk(visitor(account, width=width, language=language), WALKS[account])


def test_the_clerk_walks_the_other_way_round(visitor: Callable[..., Visitor]) -> None:
    for width, language in ((DESK, "en"), (PHONE, "zh")):
        walk(visitor("clerk", width=width, language=language), WALKS["clerk"])


def walk(person: Visitor, pages: tuple[str, ...]) -> None:
    for path in pages:
        if path.startswith("> "):
            person.page.locator(path[2:]).first.click()
            person.page.wait_for_load_state("load")
        else:
            person.goto(path)
        person.look()


@pytest.mark.parametrize("account", ["clerk", "contact", "secadmin", "auditor"])
def test_no_page_has_a_serious_fault_of_access(visitor: Callable[..., Visitor], account: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: `make frontend` with node modules brings it")
    person = visitor(account)
    for path in WALKS[account]:
        if path.startswith("> "):
            person.page.locator(path[2:]).first.click()
            person.page.wait_for_load_state("load")
        else:
            person.goto(path)
        person.axe()


def test_the_door_has_no_serious_fault_of_access(visitor: Callable[..., Visitor]) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed")
    person = visitor(None, width=PHONE)
    person.goto("/sign-in")
    person.look()
    person.axe()
