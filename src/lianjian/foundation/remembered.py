"""What cannot change while one request is answered is asked once: `remembered(key, ask)`.

Outside of a request nothing is remembered, so jobs, commands and tests of verbs always ask. Only for what hardly any
verb of a request changes (which places there are, the tree of categories); one that does calls `forget`. Never for
rights or records.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_held: ContextVar[dict[Hashable, Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    """Remember within the block, and nothing after it."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def remembered(key: Hashable, ask: Callable[[], T]) -> T:
    """What `ask` answers; the first answer of the request is kept."""
    held = _held.get()
    if held is None:
        return ask()
    if key not in held:
        held[key] = ask()
    return held[key]  # type: ignore[no-any-return]


def forget(*heads: str) -> None:
    """Something changed after all: answers whose keys begin with one of these words are asked for again."""
    held = _held.get()
    for key in [key for key in held or () if isinstance(key, tuple) and key[0] in heads]:
        del held[key]  # type: ignore[union-attr]


def known(key: Hashable) -> Any:
    """What is remembered under the key, or None."""
    held = _held.get()
    return None if held is None else held.get(key)


def keep(key: Hashable, answer: Any) -> None:
    """Somebody knows it already; nothing is kept outside of a request."""
    held = _held.get()
    if held is not None:
        held[key] = answer
