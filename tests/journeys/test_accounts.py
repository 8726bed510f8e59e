"""Every demonstration account signs in and walks its pages, at both widths and in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .pages import WALKS
from .people import AXE, DESK, PHONE, Visitor

# Wide in Chinese and narrow in English for everybody; what the busiest account opened is looked at in the other width too.
LOOKS = [(DESK, "zh"), (PHONE, "en")]
BUSIEST = "clerk"
# Whose pages, wide and in Chinese, are searched for serious faults of access.
SEARCHED = ("clerk", "contact", "secadmin", "auditor")


@pytest.mark.parametrize(("width", "language"), LOOKS)
@pytest.mark.parametrize("account", WALKS)
def test_an_account_walks_its_pages(
    visitor: Callable[..., Visitor], account: str, width: int, language: str
) -> None:
    """None has a serious fault of access."""
    person = visitor(account, width=width, language=language)
    searched = account in SEARCHED and width == DESK
    for path in WALKS[account]:
        if path.startswith("> "):
            person.page.locator(path[2:]).first.click()
            person.page.wait_for_load_state("load")
        else:
            person.goto(path)
        person.look()
        if searched and AXE.exists():
            person.axe()
        if account == BUSIEST:
            person.resize(PHONE if width == DESK else DESK)
            person.look()
            person.resize(width)
    if searched and not AXE.exists():
        pytest.skip("axe-core is not installed: `make frontend` with node modules brings it")


def test_the_door_has_no_serious_fault_of_access(visitor: Callable[..., Visitor]) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed")
    person = visitor(None, width=PHONE)
    person.goto("/sign-in")
    person.look()
    person.axe()
