"""Conditions on many values at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db.models import BigIntegerField, BooleanField, F, Func, TextField, Value


class Among(Func):
    """`column = ANY (values)` as a condition: one parameter for all, where `__in` has one for each.

    A statement has at most 65,535 parameters, and each is looked at on its own: to be used wherever the values are as
    many as the rows of a file. Values are ids or texts.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("

    def __init__(self, column: str, values: Iterable[int] | Iterable[str]) -> None:
        held = list(values)
        kind = TextField() if held and isinstance(held[0], str) else BigIntegerField()
        self.none = not held
        super().__init__(F(column), Value(held, output_field=ArrayField(kind)), output_field=BooleanField())

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        """As `__in` does: no value, no row, and where nothing else is asked, no query."""
        if self.none:
            raise EmptyResultSet
        return super().as_sql(*args, **kwargs)
