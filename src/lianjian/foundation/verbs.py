"""`verb`: what makes a function in an `actions` module one undivided act."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar, overload

from django.db import IntegrityError, transaction

from .errors import Refused, _

P = ParamSpec("P")
R = TypeVar("R")

_CONSTRAINTS: dict[str, type[Refused]] = {}


class _Inside(threading.local):
    verb = False


_inside = _Inside()


@contextmanager
def _acting(*, savepoint: bool) -> Iterator[None]:
    before, _inside.verb = _inside.verb, True
    try:
        with transaction.atomic(savepoint=savepoint):
            yield
    finally:
        _inside.verb = before


@contextmanager
def attempt() -> Iterator[None]:
    """A savepoint within a verb: a refusal raised inside undoes what was written inside, and may be caught outside."""
    with _acting(savepoint=True):
        yield


class Conflict(Refused):
    """A constraint of the database without a refusal of its own: two people did the same at once."""

    sentence = _("这条记录刚被别人改动或已经存在,请刷新后再试。")
    status = 409


def constraint_name(error: IntegrityError) -> str:
    """Name of the violated constraint, empty if the server gave none."""
    diag = getattr(error.__cause__, "diag", None)
    return getattr(diag, "constraint_name", None) or ""


def refusal_for(error: IntegrityError, own: Mapping[str, type[Refused]] | None = None) -> Refused:
    """The named refusal of a violated constraint: the verb's `own`, else that of the lowest app that names it.

    Also used, without a verb, for constraints that fail at commit.
    """
    name = constraint_name(error)
    return ((own or {}).get(name) or _CONSTRAINTS.get(name, Conflict))()


@overload
def verb(function: Callable[P, R]) -> Callable[P, R]: ...
@overload
def verb(*, constraints: Mapping[str, type[Refused]]) -> Callable[[Callable[P, R]], Callable[P, R]]: ...


def verb(
    function: Callable[P, R] | None = None, *, constraints: Mapping[str, type[Refused]] | None = None
) -> Callable[P, R] | Callable[[Callable[P, R]], Callable[P, R]]:
    """Run the function in a savepoint: a refusal undoes all it wrote.

    A verb called by a verb shares the savepoint of the outer one, which a refusal of the inner one breaks: whoever
    means to catch it and go on calls it in `attempt()`.

    `constraints` names the database constraints that may stop it and the refusal each becomes.
    """
    own = dict(constraints or {})
    for name, refusal in own.items():
        _CONSTRAINTS.setdefault(name, refusal)

    def decorate(action: Callable[P, R]) -> Callable[P, R]:
        @wraps(action)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                with _acting(savepoint=not _inside.verb):
                    return action(*args, **kwargs)
            except IntegrityError as error:
                raise refusal_for(error, own) from error

        run.is_verb = True  # type: ignore[attr-defined]
        return run

    return decorate if function is None else decorate(function)
