"""Register tables that every place may read and hardly anybody changes: what is read of them is kept between requests.

The database counts the changes of these tables (`Reference`, a migration operation); a request learns the count with
its session, and what is kept under that count is what the database says. A request that writes to one of the tables
itself asks the database from then on. Jobs and commands always ask.

Only tables that everybody reads may be declared: what is kept has passed row security for somebody else. It is shared:
nobody changes it; a verb that changes such a row reads it anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import connection
from django.db.migrations.operations.base import Operation

from .remembered import forget, keep, known

COUNT = "(SELECT coalesce(sum(n), 0) FROM foundation_referencechange)"
_MARK = ("references.count",)
_MOST = 2000

TABLES: set[str] = set()
T = TypeVar("T")
# The count and what was read under it; replaced as a whole, so that what a slower thread still reads lands in its own.
_kept: tuple[int | None, dict[Hashable, Any]] = (None, {})
# Whether what is asked of the database now is asked of references.
_asking: ContextVar[bool] = ContextVar("references", default=False)


def declare(*tables: str) -> None:
    """These tables are references; each has the triggers of `Reference`."""
    TABLES.update(tables)


def learn(count: int) -> None:
    """How many changes there were when this request began."""
    keep(_MARK, int(count))


def kept(key: Hashable, ask: Callable[[], T]) -> T:
    """What `ask` answers, which depends on `key` and on references alone."""
    global _kept
    count = known(_MARK)
    if count is None:
        return _asked(ask)
    under, held = _kept
    if count != under or len(held) > _MOST:
        held = {}
        _kept = (count, held)
    if key not in held:
        found = _asked(ask)
        if known(_MARK) is None:
            return found
        held[key] = found
    return held[key]  # type: ignore[no-any-return]


def _asked(ask: Callable[[], T]) -> T:
    token = _asking.set(True)
    try:
        return ask()
    finally:
        _asking.reset(token)


def asking() -> bool:
    """Whether the database is being asked for what `kept` keeps."""
    return _asking.get()


def clear() -> None:
    """Keep nothing (tests, whose counts are rolled back)."""
    global _kept
    _kept = (None, {})


@contextmanager
def watched() -> Iterator[None]:
    """Within the block a write to a reference ends what this request takes from those kept."""
    with connection.execute_wrapper(_watch):
        yield


_WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|MERGE|WITH|TRUNCATE)\b", re.IGNORECASE)
_NAMES = re.compile(r"\w+")


def _watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    text = sql if isinstance(sql, str) else ""
    if not text or (_WRITES.match(text) and not TABLES.isdisjoint(_NAMES.findall(text))):
        forget(_MARK[0])
    return execute(sql, params, many, context)


class Reference(Operation):
    """Count the changes of a table. Needs `foundation.0002`."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.table], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(
            f"CREATE TRIGGER reference AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {self.table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION foundation_reference_changed()"
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f"DROP TRIGGER reference ON {self.table}")

    def describe(self) -> str:
        return f"Count changes of {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        return f"reference_{self.table}"
