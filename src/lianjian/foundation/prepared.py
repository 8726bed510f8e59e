"""Reads that every page makes: written once, planned once for each connection, their values sent apart.

`rows` runs a statement prepared; `recall` keeps the SQL of a query that the ORM wrote, because writing it costs
more than answering it. What is kept is the statement and its values, never an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import QuerySet

from . import clock

_KEPT = 1000
_known: dict[Hashable, Statement] = {}


class _Prepared(ServerBindingCursor):
    """Prepares at the first execution already: what comes here comes again."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, **{**options, "prepare": True})


class Statement:
    """SQL with its values; where the ORM wrote it, also what must be done to some columns of its answer."""

    __slots__ = ("_compiler", "_converters", "params", "sql")

    def __init__(self, sql: str, params: Sequence[Any] = ()) -> None:
        self.sql, self.params = sql, params
        self._compiler: Any = None
        self._converters: Any = None

    @classmethod
    def of(cls, queryset: QuerySet[Any]) -> Statement:
        """The statement of a `values_list` query; an empty one where nothing can match."""
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            made = cls(*compiler.as_sql())
        except EmptyResultSet:
            return cls("")
        selected = compiler.select[: compiler.col_count]
        converters = compiler.get_converters([expression for expression, _sql, _alias in selected])
        if converters:
            made._compiler, made._converters = compiler, converters
        return made

    def run(self) -> list[tuple[Any, ...]]:
        """All rows."""
        if not self.sql:
            return []
        found = rows(self.sql, self.params)
        if self._compiler is not None:
            found = [tuple(row) for row in self._compiler.apply_converters(found, self._converters)]
        return found


def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a prepared statement; `%s` stands for a value."""
    connection.ensure_connection()
    # As `connection.cursor()` does, so that tests and tools see the query like any other.
    with connection._prepare_cursor(_Prepared(connection.connection)) as cursor:  # type: ignore[attr-defined, call-arg]
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def run(query: QuerySet[Any] | Statement) -> list[tuple[Any, ...]]:
    """The rows of a `values_list` query."""
    return _statement(query).run()


def _statement(query: QuerySet[Any] | Statement) -> Statement:
    return query if isinstance(query, Statement) else Statement.of(query)


def recall(key: Hashable, build: Callable[[], QuerySet[Any] | Statement]) -> list[tuple[Any, ...]]:
    """The rows of the `values_list` query that `build` makes; for a key seen before it is not made again.

    The key must hold all that the query depends on. A query that took something from the database or the clock
    while it was made would go stale, so it is not kept.
    """
    known = _known.get(key)
    if known is None:
        asked: list[str] = []

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            asked.append(sql)
            return execute(sql, params, many, context)

        reads = clock.reads
        with connection.execute_wrapper(watch):
            known = _statement(build())
        if not asked and reads == clock.reads:
            if len(_known) >= _KEPT:
                _known.clear()
            _known[key] = known
    return known.run()
