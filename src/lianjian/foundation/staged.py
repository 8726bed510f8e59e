"""What is worked out of several parts of a row, each of them asked once."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Expression, Field


class Part(Expression):
    """A named part of the `Staged` value around it: stands in its conditions where a field would."""

    conditional = False

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """The column of the inner row."""
        return f"staged.{connection.ops.quote_name(self.name)}", []


class Staged(Expression):
    """One value of a row from `parts` (names and expressions), which `result` speaks of as `Part`s.

    An annotation that is named in ten conditions is written into the statement ten times, its subqueries with it: the
    text grows as the product of the layers, and the database plans for longer than it counts. Here each part is
    written once, in a row of its own that the planner leaves alone (`OFFSET 0`).
    """

    def __init__(self, result: Any, parts: dict[str, Any], output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.names = tuple(parts)
        self.sources = [result, *self._parse_expressions(*parts.values())]

    def get_source_expressions(self) -> list[Any]:
        """The result first, then the parts in the order of their names."""
        return self.sources

    def set_source_expressions(self, exprs: Any) -> None:
        """As they were given out."""
        self.sources = list(exprs)

    def copy(self) -> Self:
        """A copy with a list of its own."""
        copied = super().copy()
        copied.sources = list(self.sources)
        return copied

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """A subquery of one row and one column."""
        (result, values), *rest = (compiler.compile(one) for one in self.sources)
        named = zip(rest, self.names, strict=True)
        columns = ", ".join(f"{sql} AS {connection.ops.quote_name(name)}" for (sql, _params), name in named)
        params = [*values, *(one for _sql, held in rest for one in held)]
        return f"(SELECT {result} FROM (SELECT {columns} OFFSET 0) AS staged)", params  # noqa: S608 - of compiled parts
