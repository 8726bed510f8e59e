"""Many rows in one statement.

COPY is refused by tables with row security, so rows go in as arrays: `INSERT ... SELECT ... FROM unnest(...)`,
which plans once and checks the policy by one initial plan.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models

CHUNK = 10_000


def new_keys(count: int) -> Iterator[str]:
    """UUIDv7 texts (RFC 9562) made in one go: milliseconds first, then randomness."""
    head = f"{time.time_ns() // 1_000_000:012x}"
    noise = os.urandom(10 * count).hex()
    for start in range(0, 20 * count, 20):
        piece = noise[start : start + 20]
        variant = "89ab"[int(piece[3], 16) & 3]
        yield f"{head[:8]}-{head[8:]}-7{piece[:3]}-{variant}{piece[4:7]}-{piece[7:19]}"


def allocate(model: type[models.Model], count: int) -> list[int]:
    """New ids of a table. The sequence is looked up once and the numbers come as one text: a call a row is slow."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
        [sequence] = cursor.fetchone()
        cursor.execute(
            "SELECT string_agg(nextval(%s::regclass)::text, ',') FROM generate_series(1, %s)",
            [sequence, count],
        )
        return list(map(int, cursor.fetchone()[0].split(",")))


def insert(
    model: type[models.Model],
    columns: dict[str, Sequence[Any]],
    constants: dict[str, Any],
    joined: Collection[str] = (),
) -> None:
    """Write rows given column by column; `constants` are the columns that are equal in all rows.

    Values must be what PostgreSQL reads (ids for foreign keys, text for jsonb and tsvector): nothing is converted.
    `joined` names array columns whose values come as one text each, see `joined_text`.
    """
    count = len(next(iter(columns.values())))
    if not count:
        return
    fields = {field.attname: field for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    names = ", ".join(quote(fields[name].column or name) for name in (*columns, *constants))
    given = ", ".join(f"%s::{_array_type(fields[name])}" for name in columns)
    kept = "".join(f", %s::{_plain_type(fields[name])}" for name in constants)
    aliases = ", ".join(f"c{place}" for place in range(len(columns)))
    casts = ", ".join(
        (f"string_to_array(c{place}, E'\\x1f', '-')" if name in joined else f"c{place}")
        + f"::{_plain_type(fields[name])}"
        for place, name in enumerate(columns)
    )
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({names}) "  # noqa: S608 - names of our own tables and columns
        f"SELECT {casts}{kept} FROM unnest({given}) AS t({aliases})"
    )
    with connection.cursor() as cursor:
        for start in range(0, count, CHUNK):
            pieces = [literal(values[start : start + CHUNK]) for values in columns.values()]
            cursor.execute(statement, [*constants.values(), *pieces])


def joined_text(values: Iterable[str]) -> str:
    """The elements of an array as one text, which costs a fraction of an array in an array. A lone "-" is null.

    No element may hold U+001F; JSON, numbers and digests do not.
    """
    return "\x1f".join(values)


def literal(values: Sequence[Any]) -> str:
    """The text form of an array of numbers or of texts.

    The driver would look at each value on its own, which costs more than the insert.
    """
    first = next((value for value in values if value is not None), None)
    if not isinstance(first, str):
        return "{" + ",".join(map(str, values)).replace("None", "NULL") + "}"
    if None not in values:
        joined = _MARK.join(values)
        if joined.count(_MARK) != len(values) - 1:
            raise ValueError("a text holds NUL")
        return '{"' + _escaped(joined).replace(_MARK, '","') + '"}'
    return "{" + ",".join("NULL" if value is None else f'"{_escaped(value)}"' for value in values) + "}"


_MARK = "\0"  # no text of PostgreSQL may hold it


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _plain_type(field: models.Field[Any, Any]) -> str:
    kind = (field.rel_db_type(connection) if field.primary_key else field.db_type(connection)) or "text"
    return str(kind).split("(")[0]


def _array_type(field: models.Field[Any, Any]) -> str:
    """The type of the array that travels: what needs parsing travels as text and is cast on the server."""
    kind = _plain_type(field)
    return f"{kind}[]" if kind in ("bigint", "integer", "smallint", "boolean", "date") else "text[]"


def stand_in(model: type[models.Model], **known: Any) -> Any:
    """An object of a row that was just written, holding only what is known; anything else is read when asked for.

    Ten times cheaper than calling the model, which matters for a hundred thousand rows.
    """
    made = model.__new__(model)
    made._state = models.base.ModelState()  # type: ignore[attr-defined]
    made._state.adding, made._state.db = False, "default"
    made.__dict__.update(known)
    return made
