"""The signed context that row security reads: which jurisdictions this transaction may read and write.

The value of the setting `app.ctx` is `readable|writable|expiry|mac`: two PostgreSQL int arrays, a unix time and
an HMAC-SHA256 in hex under a key that the role `app` cannot read. It is set for one transaction only, so that a
reused connection never carries it on. A missing or false context makes every read of an owned table an error,
never an empty list. See `lianjian.jurisdictions.migrations` for the other half.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection

from . import prepared
from .actor import Actor

LIFETIME = 6 * 3600
_BLOCK = 64


def context_key() -> bytes:
    """32 bytes, derived from the secret key of the place."""
    return _derived(settings.SECRET_KEY)


@lru_cache(maxsize=2)
def _derived(secret: str) -> bytes:
    return hmac.new(secret.encode(), b"lianjian.context", hashlib.sha256).digest()


def pads() -> tuple[bytes, bytes]:
    """The inner and outer padded keys of HMAC, kept in `sec.key` because core PostgreSQL has only sha256()."""
    key = context_key().ljust(_BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in key), bytes(b ^ 0x5C for b in key)


def sign(readable: Sequence[int], writable: Sequence[int], *, expires: int) -> str:
    """The signed value for these jurisdictions until `expires` (unix seconds)."""
    body = f"{{{','.join(map(str, readable))}}}|{{{','.join(map(str, writable))}}}|{expires}"
    mac = hmac.new(context_key(), body.encode(), hashlib.sha256).hexdigest()
    return f"{body}|{mac}"


def enter(readable: Sequence[int], writable: Sequence[int]) -> None:
    """Set the context for the rest of this transaction. Must run inside one."""
    prepared.rows("SELECT set_config('app.ctx', %s, true)", [_value(readable, writable)])


def enter_and_ask(readable: Sequence[int], writable: Sequence[int], sql: str, params: Sequence[Any]) -> Any:
    """The same, and in the same round trip the one value that `sql` gives under the new context.

    The expressions of a select list are worked out from left to right, and a scalar subquery not before its turn; were
    it ever otherwise, the read would find no context and fail.
    """
    asked = f"SELECT set_config('app.ctx', %s, true), ({sql})"  # noqa: S608 - written by us
    return prepared.rows(asked, [_value(readable, writable), *params])[0][1]


def _value(readable: Sequence[int], writable: Sequence[int]) -> str:
    if not connection.in_atomic_block:
        raise RuntimeError("a jurisdiction context needs an open transaction")
    return sign(readable, writable, expires=int(time.time()) + LIFETIME)


def leave() -> None:
    """Take the context away: every later read of an owned table in this transaction fails."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.ctx', '', true)")


def enter_for(actor: Actor) -> None:
    """Set the context of `actor`."""
    enter(actor.readable, actor.writable)


@contextmanager
def jurisdictions(readable: Sequence[int], writable: Sequence[int] | None = None) -> Iterator[None]:
    """Inside the block the transaction reads and writes these jurisdictions; before it, what it did before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.ctx', true)")
        before = cursor.fetchone()[0] or ""
    enter(readable, readable if writable is None else writable)
    yield
    # Not in a `finally`: after a database error the transaction is broken and its context ends with it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.ctx', %s, true)", [before])
