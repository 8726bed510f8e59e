"""`add`: new rows by a statement that is written once for each model and planned once for each connection.

Writing an INSERT anew costs Django several times what PostgreSQL needs to carry it out, and each round trip as much as
a small row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

from . import prepared

ModelT = TypeVar("ModelT", bound=models.Model)

# Fields whose values of these types travel as they are.
_PLAIN_FIELDS = (models.CharField, models.TextField, models.IntegerField, models.BigIntegerField, models.ForeignKey)
_PLAIN_FIELDS += (models.SmallIntegerField, models.PositiveSmallIntegerField, models.BooleanField, models.UUIDField)
_PLAIN_FIELDS += (models.DateField, models.DateTimeField)
_PLAIN_VALUES = (str, int, type(None), UUID)


def _plain(field: models.Field[Any, Any]) -> tuple[type, ...]:
    """Types of values that travel as they are; all others go the way of `save`."""
    if type(field) not in _PLAIN_FIELDS or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return ()
    if isinstance(field, models.BooleanField):
        return (bool, type(None))
    if isinstance(field, models.DateTimeField):
        return (type(None),)
    return (date, type(None)) if isinstance(field, models.DateField) else _PLAIN_VALUES


class _Shape:
    """What the rows of a model are written with."""

    def __init__(self, model: type[models.Model]) -> None:
        if model._meta.parents:
            raise TypeError(f"{model.__name__} lies in two tables")
        quote = connection.ops.quote_name
        fields = [one for one in model._meta.local_concrete_fields if not one.primary_key and not one.generated]
        self.fields = [(one, one.attname, _plain(one)) for one in fields]
        self.links = [one for one in fields if one.is_relation]
        names = ", ".join(quote(one.column) for one in fields)
        self.head = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608 - names of our own
        self.tail = f" RETURNING {quote(model._meta.pk.column)}"


_shapes: dict[type[models.Model], _Shape] = {}


def _shape(model: type[models.Model]) -> _Shape:
    known = _shapes.get(model)
    if known is None:
        known = _shapes[model] = _Shape(model)
    return known


def add(one: ModelT) -> ModelT:
    """Store a new object, as `save(force_insert=True)` does, and return it with its id. No signals are sent.

    Raises what the database raises; the id comes from its sequence.
    """
    add_together(one)
    return one


def add_together(*many: models.Model) -> None:
    """Store a few new objects in one round trip; one may refer to another that stands before it."""
    parts, values = [], []
    places: dict[int, str] = {}
    for place, one in enumerate(many):
        if one.pk is not None:
            raise ValueError("it is stored already")
        shape = _shape(type(one))
        row, given = _row(one, shape, places)
        parts.append(f"{shape.head}({row}){shape.tail}")
        values += given
        places[id(one)] = f"(SELECT * FROM r{place})"  # noqa: S608 - a number
    if len(parts) == 1:
        found: Sequence[Any] = prepared.rows(parts[0], values)[0]
    else:
        steps = ", ".join(f"r{place} AS ({part})" for place, part in enumerate(parts))
        answers = ", ".join(places[id(one)] for one in many)
        (found,) = prepared.rows(f"WITH {steps} SELECT {answers}", values)
    for one, pk in zip(many, found, strict=True):
        _stored(one, pk)


def add_all(many: Iterable[ModelT]) -> list[ModelT]:
    """Store a few objects of one model by one statement."""
    rows = list(many)
    if not rows:
        return rows
    shape = _shape(type(rows[0]))
    made = [_row(one, shape, {}) for one in rows]
    values = [value for _places, given in made for value in given]
    statement = shape.head + ", ".join(f"({places})" for places, _given in made) + shape.tail
    for one, (pk,) in zip(rows, prepared.rows(statement, values), strict=True):
        _stored(one, pk)
    return rows


def _stored(one: models.Model, pk: Any) -> None:
    one.pk = pk
    one._state.adding, one._state.db = False, "default"


def _row(one: models.Model, shape: _Shape, known: dict[int, str]) -> tuple[str, list[Any]]:
    """What stands in the statement for the values of an object, and the values that travel."""
    new = {}
    for link in shape.links:
        other = one.__dict__["_state"].fields_cache.get(link.name)
        if other is None:
            continue
        if id(other) in known:
            new[link.attname] = known[id(other)]
        elif other.pk is None:
            raise ValueError(f"{link.name} is not stored yet")
        elif one.__dict__.get(link.attname) is None:  # it was linked before it was stored
            one.__dict__[link.attname] = other.pk
    places, values = [], []
    held = one.__dict__
    for field, attname, plain in shape.fields:
        value = held.get(attname)
        if attname in new:
            places.append(new[attname])
        elif type(value) in plain:
            places.append("%s")
            values.append(value)
        else:
            place, given = _placed(field, field.pre_save(one, True))
            places.append(place)
            values += given
    return ", ".join(places), values


def _placed(field: models.Field[Any, Any], value: Any) -> tuple[str, list[Any]]:
    if hasattr(value, "resolve_expression"):
        compiler = models.sql.InsertQuery(field.model).get_compiler(connection=connection)
        sql, params = compiler.compile(value.resolve_expression(compiler.query, allow_joins=False, for_save=True))
        return sql, list(params)
    return "%s", [field.get_db_prep_save(value, connection)]
