"""A meeting is planned by choosing bodies: what is searched becomes a line, and a pasted list stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .people import DESK, PHONE, Visitor


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_bodies_are_searched_and_pasted(visitor: Callable[..., Visitor], width: int) -> None:
    clerk = visitor("clerk", width=width)
    page = clerk.goto("/events/meetings/new")
    text = page.locator("textarea[name=members]")
    text.fill("木言木业党支部")
    search = page.locator("lj-lines:has(textarea[name=members]) input[role=combobox]")
    for _twice in range(2):
        search.fill("家具产业链第一党支部")
        page.locator("lj-lines:has(textarea[name=members]) [role=option]", has_text="家具产业链第一党支部").first.wait_for()
        search.press("ArrowDown")
        search.press("Enter")
        assert search.input_value() == ""
    assert text.input_value().split("\n") == ["木言木业党支部", "家具产业链第一党支部"]
    search.fill("致格家居党支部")
    search.press("Tab")  # typed in full, not chosen
    assert text.input_value().split("\n")[-1] == "致格家居党支部" and search.input_value() == ""
    clerk.look()
