"""Words of the active language at the cost of one look into a dictionary.

A page says some hundred words. Django looks each up through an object made for asynchronous programs and then in one
catalogue after another; together that was a seventh of a list page. The house is served by synchronous processes
(docs/house.md, section 2), so a plain thread-local holds the active language and time zone, and what a word is in
a language is kept: catalogues do not change while a process runs.
"""

from __future__ import annotations

import threading
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import trans_real

# By catalogue (one object for each language) and word. Words stand in the code, so there are some thousands.
_known: dict[Any, dict[str, str]] = {}


def _word(message: str) -> str:
    """`gettext`: the same answer, remembered."""
    active = getattr(trans_real._active, "value", None)  # type: ignore[attr-defined]
    if active is None or message.__class__ is not str:
        return trans_real.gettext(message)
    words = _known.get(active)
    if words is None:
        words = _known[active] = {}
    found = words.get(message)
    if found is None:
        found = words[message] = trans_real.gettext(message)
    return found


def install() -> None:
    """Put both in place for this process; what was active stays active. Done once more it changes nothing."""
    for module in (trans_real, timezone):
        held: Any = module._active  # type: ignore[attr-defined]
        if isinstance(held, threading.local):
            continue
        plain = threading.local()
        if hasattr(held, "value"):
            plain.value = held.value
        module._active = plain  # type: ignore[attr-defined]
    translation._trans.gettext = _word  # type: ignore[attr-defined]
