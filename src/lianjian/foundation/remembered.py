"""What cannot change while one request is answered is asked once: `remembered(key, ask)`.

Outside of a request nothing is remembered, so jobs, commands and tests of verbs always ask. Only for what no verb of
a request changes (which places there are); never for rights or records.
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


def keep(key: Hashable, answer: Any) -> None:
    """Somebody knows it already; nothing is kept outside of a request."""
    held = _held.get()
    if held is not None:
        held[key] = answer
