"""What a list asks the database: one page of rows, counts by state, the total. The SQL of a question is kept.

A search by words is kept too: its statement is written for words that stand in for any, and the real ones are put in
their places.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db import connection
from django.db.models import CharField, F, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from . import prepared, searchdb
from .actor import Actor
from .keyset import beyond, read_key, write_key

if TYPE_CHECKING:
    from .listing import ListSpec

COUNT_LIMIT = 1000
Key = tuple[Any, int, bool]


def narrowed(spec: ListSpec, actor: Actor, query: Mapping[str, str], *, with_state: bool = True) -> QuerySet[Any]:
    """The rows of a list under the filters of an address: what page, counts and export share."""
    rows = spec.base(actor)
    for item in spec.filters:
        value = query.get(item.name, "")
        if value:
            rows = item.apply(rows, value, actor)
    text = query.get("q", "").strip()
    if text and spec.search:
        rows = spec.search(rows, text)
    state = query.get("state", "")
    if with_state and state and spec.state_field and state in {s for s, _l in spec.states}:
        rows = rows.filter(**{spec.state_field: state})
    return rows


class Asked:
    """The questions of one request for a list."""

    def __init__(self, spec: ListSpec, actor: Actor, query: Mapping[str, str], sort: str) -> None:
        self.spec, self.actor, self.query, self.sort = spec, actor, query, sort
        self.words: Mapping[str, str] = {}
        self.written = query
        if spec.search is searchdb.search and "q" in query:
            stand_in, self.words = searchdb.stand_in(query["q"])
            self.written = {**query, "q": stand_in} if stand_in else query
        self.known = self._statement_key()

    def _statement_key(self) -> Hashable:
        """Under what the SQL is kept: all that decides it. None for texts and places, which rarely recur."""
        print_ = getattr(self.actor, "fingerprint", None)
        if print_ is None or "at" in self.query or ("q" in self.query and not self.words):
            return None
        return ("list", self.spec.name, print_, get_language(), *sorted(self.written.items()))

    def _rows(self, *, with_state: bool = True) -> QuerySet[Any]:
        """Made only where the SQL is not known."""
        query = self.query if self.known is None else self.written
        return narrowed(self.spec, self.actor, query, with_state=with_state)

    def _ask(
        self, part: str, build: Callable[[], QuerySet[Any] | prepared.Statement]
    ) -> list[tuple[Any, ...]]:
        if self.known is None:
            return prepared.run(build())
        return prepared.recall((part, self.known), build, self.words)

    def page(self) -> tuple[list[tuple[Any, ...]], str | None, str | None]:
        """One page by keyset: never an OFFSET, so the thousandth page costs what the first does."""
        key = read_key(self.query.get("at", ""))
        back = bool(key and key[2])
        found = self._ask("page", lambda: self._page_rows(key))
        size = self.spec.page_size
        more = len(found) > size
        found = found[:size]
        if back:
            found.reverse()
        has_next, has_prev = (True, more) if back else (more, bool(key))
        next_key = write_key(found[-1][-2], found[-1][-1], False) if found and has_next else None
        prev_key = write_key(found[0][-2], found[0][-1], True) if found and has_prev else None
        return found, next_key, prev_key

    def _page_rows(self, key: Key | None) -> QuerySet[Any]:
        """The rows of one page and one more, in the order walked."""
        rows, size = self._rows(), self.spec.page_size
        name, down = self.sort.lstrip("-"), self.sort.startswith("-")
        back = bool(key and key[2])
        empty = _may_be_empty(rows, name)
        turned = down != back
        if key:
            rows = rows.filter(beyond(name, key[0], key[1], turned, back=back, empty=empty))
        # Only where values may be missing: "nulls last" keeps the database from walking a plain index.
        nulls = {("nulls_first" if back else "nulls_last"): True} if empty else {}
        order = F(name).desc(**nulls) if turned else F(name).asc(**nulls)
        pk_order = "-pk" if turned else "pk"
        found = rows.order_by(order, pk_order)
        if "q" in self.query:  # what a search finds is sorted as a whole: other tables join the page alone
            found = self.spec.base(self.actor).filter(pk__in=found.values("pk")[: size + 1])
            found = found.order_by(order, pk_order)
        return found.values_list(*self.spec.values, name, "pk")[: size + 1]

    def counts(self) -> dict[str, int | None]:
        """Rows by state, each count stopping just past the limit; None where a search finds more in all."""
        rows = lambda: self._rows(with_state=False)  # noqa: E731
        if "q" not in self.query:
            return dict(self._ask("counts", lambda: _count_rows(self.spec, rows())))  # type: ignore[arg-type]
        counts: dict[str, int] = dict(self._ask("counts", lambda: _found_rows(self.spec, rows())))  # type: ignore[arg-type]
        more = sum(counts.values()) > COUNT_LIMIT
        return {state: None if more else counts.get(state, 0) for state, _label in self.spec.states}

    def total(self, counts: Mapping[str, int | None]) -> int:
        """How many rows there are under all filters, or one more than the limit."""
        state = self.query.get("state")
        own = [counts[state]] if state in counts else list(counts.values())
        if own and None not in own:
            return sum(filter(None, own))
        if own and state not in counts:
            return COUNT_LIMIT + 1
        rows = narrowed(self.spec, self.actor, self.query)
        return int(rows.order_by().values("pk")[: COUNT_LIMIT + 1].count())


def _may_be_empty(rows: QuerySet[Any], name: str) -> bool:
    """Whether the column can be without a value; one of another table or an annotation is taken to be."""
    if name == "pk":
        return False
    try:
        return bool(getattr(rows.model._meta.get_field(name), "null", True))
    except FieldDoesNotExist:
        return True


def _found_rows(spec: ListSpec, rows: QuerySet[Any]) -> prepared.Statement:
    """(state, count) of what a search found: one walk through its rows instead of one for each state."""
    own = rows.order_by().values(str(spec.state_field))[: COUNT_LIMIT + 1]
    try:
        sql, values = own.query.sql_with_params()
    except EmptyResultSet:
        return prepared.Statement("")
    counted = f"SELECT found.state, count(*) FROM ({sql}) found(state) GROUP BY 1"  # noqa: S608 - made by the ORM
    return prepared.Statement(counted, values)


def _count_rows(spec: ListSpec, rows: QuerySet[Any]) -> prepared.Statement:
    """(state, count): one counted query that the database plans once and runs for each state."""
    state = RawSQL(f"shown.state{_cast(rows, str(spec.state_field))}", [])  # noqa: S611
    own = rows.filter(**{str(spec.state_field): state}).order_by().values("pk")
    try:
        sql, values = own[: COUNT_LIMIT + 1].query.sql_with_params()
    except EmptyResultSet:  # a filter that can match nothing
        return prepared.Statement("")
    counted = f"SELECT shown.state, (SELECT count(*) FROM ({sql}) s) FROM unnest(%s::text[]) shown(state)"  # noqa: S608
    return prepared.Statement(counted, [*values, [state for state, _label in spec.states]])


def _cast(rows: QuerySet[Any], name: str) -> str:
    """States are words; a column that is not one has them cast to its type."""
    try:
        field = rows.model._meta.get_field(name)
    except FieldDoesNotExist:  # an annotation
        return ""
    return "" if isinstance(field, CharField | TextField) else f"::{field.db_type(connection)}"
