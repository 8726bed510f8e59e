"""Parts of one page that ask their queries in one round trip.

A part is a generator: it yields the `values_list` queries it needs, once, is sent their rows, and returns what it makes
of them. What is no generator is an answer already.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

from . import prepared

Rows = list[list[tuple[Any, ...]]]


def answered(parts: Sequence[Any]) -> list[Any]:
    """What each of the parts answers, in their order."""
    found: list[Any] = [None if isinstance(one, Generator) else one for one in parts]
    asked: dict[int, tuple[Any, ...]] = {}
    for place, one in enumerate(parts):
        if isinstance(one, Generator):
            try:
                asked[place] = next(one)
            except StopIteration as done:  # it needed no query
                found[place] = done.value
    if asked:
        rows = iter(prepared.together(*(query for queries in asked.values() for query in queries)))
        for place, queries in asked.items():
            found[place] = _told(parts[place], [next(rows) for _query in queries])
    return found


def _told(part: Any, rows: Rows) -> Any:
    try:
        part.send(rows)
    except StopIteration as done:
        return done.value
    raise RuntimeError("a part asks once")
