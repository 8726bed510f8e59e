"""Visitors of the demonstration town."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.livetown import LiveTown

from .people import DESK, Visitor


@pytest.fixture
def visitor(chromium_browser: Any, live_town: LiveTown) -> Iterator[Callable[..., Visitor]]:
    """`visitor("clerk", width=390, language="en")`: signed in; whatever went wrong on any page fails the test."""
    made: list[Visitor] = []

    def make(account: str | None, *, width: int = DESK, language: str = "zh", script: bool = True) -> Visitor:
        one = Visitor(chromium_browser, live_town, width=width, language=language, script=script)
        made.append(one)
        return one.sign_in(account) if account else one

    yield make
    for one in made:
        one.close()
    faults = [fault for one in made for fault in one.faults]
    assert not faults, "\n".join(faults)
