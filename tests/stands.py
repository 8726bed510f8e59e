"""Which database the tests of this process stand on: the empty clone, or the one in which the cast is founded already.

Founding the cast takes a quarter of a second, which was a quarter of the suite. A test that asks for the fixture `cast`
stands where it is there and rolls back what it does; every other one stands where nothing is. The choice is made
before any fixture begins a transaction. The connections of both stay open between: a new one knows nothing of the
tables and is slow at first.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction

from tests import ground
from tests.cast import Cast, build_cast

# Connections of databases one comes back to, by name.
_connections: dict[str, Any] = {}
_empty = ""
_founded = ""
_cast = b""
_wanted = False  # the cast, by the test that is about to run
_blocker: Any = None


def here() -> str:
    """The database that this process's tests use now."""
    return ground.current(connections.settings["default"])


def move(name: str) -> None:
    """From here on they use that one. Nothing may be open in the one before."""
    if name == here():
        return
    _connections[here()] = connections["default"]
    # Threads make connections of their own from these settings.
    connections.settings["default"] = {**connections.settings["default"], "NAME": name}
    known = _connections.pop(name, None)
    if known is None:
        del connections["default"]
    else:
        connections["default"] = known


def choose(cast: bool) -> None:
    """The next test asks for the cast, or does not."""
    global _wanted
    _wanted = cast
    if _blocker is not None:
        _stand()


def begin(blocker: Any) -> None:
    """The empty clone, for the first test that asks for a database."""
    global _empty, _blocker
    _empty, _blocker = here(), blocker
    ground.clone(_empty)
    with blocker.unblock(), connections["default"].cursor() as cursor:
        ground.assert_app_role(cursor)
    _stand()


def end() -> None:
    """Nothing of it is left."""
    move(_empty)
    with _blocker.unblock():
        for connection in [*connections.all(initialized_only=True), *_connections.values()]:
            connection.close()
    for name in filter(None, (_empty, _founded)):
        ground.drop(name)


def _stand() -> None:
    if _wanted and not _founded:
        _found()
    move(_founded if _wanted else _empty)


def _found() -> None:
    global _founded, _cast
    name = ground.new_name()
    ground.clone(name)
    move(name)
    with _blocker.unblock(), transaction.atomic():
        _cast = pickle.dumps(build_cast())
    _founded = name


def cast() -> Cast:
    """The cast as it was founded; where it is not there, it is founded now."""
    if here() == _founded:
        return pickle.loads(_cast)  # type: ignore[no-any-return]  # noqa: S301 - our own
    return build_cast()


@contextmanager
def elsewhere() -> Iterator[str]:
    """A fresh clone, for as long as it takes."""
    before, name = here(), ground.new_name()
    ground.clone(name)
    move(name)
    try:
        with _blocker.unblock():
            yield name
            connections.close_all()
    finally:
        connections["default"].close()
        move(before)
        del _connections[name]
        ground.drop(name)
