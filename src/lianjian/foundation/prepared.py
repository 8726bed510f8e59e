"""Reads that every page makes: written once, planned once for each connection, their values sent apart.

`rows` runs a statement prepared; `together` asks several queries in one round trip; `recall`, `one` and `objects` keep
the SQL of a query that the ORM wrote, because writing it costs more than answering it; so does `kept` with a part of
a statement. What is kept is the statement and its values, never an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import JSONField, QuerySet
from django.db.models.query import get_related_populators

from . import clock, references
from .remembered import one_request

T = TypeVar("T")
_KEPT = 1000
_KEPT_PARTS = 5000
_SLOT = UUID(int=0x5107)
_known: dict[Hashable, Statement] = {}


class _Prepared(ServerBindingCursor):
    """Prepares at the first execution already: what comes here comes again."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, **{**options, "prepare": True})


class _Binary(_Prepared):
    """Answers with the types of the database, also inside of rows."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, **{**options, "binary": True})


class Statement:
    """SQL with its values; where the ORM wrote it, also what must be done to some columns of its answer."""

    __slots__ = ("_compiler", "_converters", "holds_json", "params", "sql")

    def __init__(self, sql: str, params: Sequence[Any] = ()) -> None:
        self.sql, self.params, self.holds_json = sql, params, False
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
        made.holds_json = any(
            isinstance(expression._output_field_or_none, JSONField) for expression, _sql, _alias in selected
        )
        converters = compiler.get_converters([expression for expression, _sql, _alias in selected])
        if converters:
            made._compiler, made._converters = compiler, converters
        return made

    def run(self, given: Mapping[str, str] | None = None) -> list[tuple[Any, ...]]:
        """All rows; `given` says for what some of the values stand."""
        if not self.sql:
            return []
        params = self.params
        if given:
            params = [given.get(value, value) if isinstance(value, str) else value for value in params]
        return self.converted(rows(self.sql, params))

    def converted(self, found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The rows as the fields of the models want them."""
        if self._compiler is not None:
            found = [tuple(row) for row in self._compiler.apply_converters(found, self._converters)]
        return found


def rows(
    sql: str, params: Sequence[Any] = (), kind: type[ServerBindingCursor] = _Prepared
) -> list[tuple[Any, ...]]:
    """All rows of a prepared statement; `%s` stands for a value."""
    connection.ensure_connection()
    # As `connection.cursor()` does, so that tests and tools see the query like any other.
    with connection._prepare_cursor(kind(connection.connection)) as cursor:  # type: ignore[attr-defined, call-arg]
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def together(*queries: QuerySet[Any] | Statement) -> list[list[tuple[Any, ...]]]:
    """The rows of each of several `values_list` queries, asked in one round trip; each keeps its own order.

    Columns of JSON are refused: their binary form is read otherwise than the ORM expects.
    """
    asked = [_statement(query) for query in queries]
    if any(statement.holds_json for statement in asked):
        raise ValueError("a column of JSON cannot be asked for together with others")
    told = [statement for statement in asked if statement.sql]
    if not told:
        return [[] for _query in queries]
    sql = ", ".join(f"ARRAY(SELECT ROW(r.*) FROM ({one.sql}) r)" for one in told)  # noqa: S608 - made by the ORM
    (answer,) = rows(f"SELECT {sql}", [value for one in told for value in one.params], _Binary)  # noqa: S608
    answers = iter(answer)
    return [statement.converted(list(next(answers))) if statement.sql else [] for statement in asked]


def run(query: QuerySet[Any] | Statement) -> list[tuple[Any, ...]]:
    """The rows of a `values_list` query."""
    return _statement(query).run()


def _statement(query: QuerySet[Any] | Statement) -> Statement:
    return query if isinstance(query, Statement) else Statement.of(query)


class _Kept:
    """The statement of a query for model objects with their related ones, and how its rows become objects."""

    __slots__ = ("_compiler", "_converters", "_populators", "params", "sql")

    def __init__(self, queryset: QuerySet[Any]) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            self.sql, params = compiler.as_sql()
        except EmptyResultSet:  # can match nothing: no statement
            self.sql, self.params = "", []
            return
        self.params = list(params)
        selected = compiler.select[: compiler.col_count]
        self._compiler = compiler
        self._converters = compiler.get_converters([expression for expression, _sql, _alias in selected])
        self._populators = get_related_populators(compiler.klass_info, compiler.select, "default")

    def objects(self, value: UUID | None = None) -> list[Any]:
        """The objects found; with `value` in the place that was left open for it."""
        if not self.sql:
            return []
        params = self.params if value is None else [value if given == _SLOT else given for given in self.params]
        found = rows(self.sql, params)
        if self._converters:
            found = list(self._compiler.apply_converters(found, self._converters))
        info = self._compiler.klass_info
        columns = info["select_fields"]
        start, end = columns[0], columns[-1] + 1
        names = [self._compiler.select[at][0].target.attname for at in columns]
        made = []
        for row in found:
            one = info["model"].from_db("default", names, row[start:end])
            for populator in self._populators:
                populator.populate(row, one)
            made.append(one)
        return made


_objects: dict[Hashable, _Kept] = {}


def one(key: Hashable, build: Callable[[UUID], QuerySet[Any]], value: UUID) -> Any | None:
    """The one object that `build(value)` finds, with its related ones; None when there is none.

    The SQL is written once for each `key` (None: each time), which must hold all that decides it but `value`; like
    `recall`, it is not kept where `build` asked the database or the clock. Annotations are not brought along.
    """
    found = _keep(key, lambda: build(_SLOT)).objects(value)
    return found[0] if found else None


def objects(key: Hashable, build: Callable[[], QuerySet[Any]], *, reference: bool = False) -> list[Any]:
    """The objects that `build` finds, with their related ones; the SQL is kept as that of `one` is.

    `reference`: they and all that decides about them lie in tables declared to `references`; the objects are kept too.
    """
    if not reference:
        return _keep(key, build).objects()
    return list(references.kept(key, lambda: _keep(key, build).objects()))


def _keep(key: Hashable, build: Callable[[], QuerySet[Any]]) -> _Kept:
    if key is None:
        return _Kept(build())
    kept = _objects.get(key)
    if kept is None:
        kept, lasting = _watched(lambda: _Kept(build()))
        if lasting:
            if len(_objects) >= _KEPT:
                _objects.clear()
            _objects[key] = kept
    return kept


def recall(
    key: Hashable, build: Callable[[], QuerySet[Any] | Statement], given: Mapping[str, str] | None = None
) -> list[tuple[Any, ...]]:
    """The rows of the `values_list` query that `build` makes; for a key seen before it is not made again.

    The key must hold all that the query depends on but `given`: values that stand in for others in the query that is
    made, each with the value it stands for now. A query that took something from the database or the clock while it was
    made would go stale, so it is not kept.
    """
    known = _known.get(key)
    if known is None:
        known, lasting = _watched(lambda: _statement(build()))
        if lasting:
            if len(_known) >= _KEPT:
                _known.clear()
            _known[key] = known
    return known.run(given)


def _watched(make: Callable[[], T], others: list[str] | None = None) -> tuple[T, bool]:
    """What `make` made, and whether it was made without asking the database or the clock.

    To `others` is added what it asked for beside references.
    """
    asked: list[str] = []
    beside = [] if others is None else others

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        (asked if references.asking() else beside).append(sql)
        return execute(sql, params, many, context)

    reads = clock.reads
    with connection.execute_wrapper(watch):
        made = make()
    if reads != clock.reads:
        beside.append("clock")
    return made, not asked and not beside


_made: dict[Hashable, Any] = {}
_OF_REFERENCES, _CHANGES = object(), object()


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` makes of a statement; for a key seen before (never None) it is not made again, as with `recall`.

    It is made as if nothing were remembered yet: what it would have taken from there came from the database too. Where
    it asked for references alone, it is kept as long as they are.
    """
    known = _made.get(key) if key is not None else _CHANGES
    if known is _CHANGES:
        return make()
    if known is _OF_REFERENCES:
        return references.kept(("made", key), make)
    if known is None:
        others: list[str] = []
        with one_request():
            known, lasting = _watched(make, others)
        if len(_made) >= _KEPT_PARTS:
            _made.clear()
        _made[key] = known if lasting else _CHANGES if others else _OF_REFERENCES
    return known  # type: ignore[no-any-return]
