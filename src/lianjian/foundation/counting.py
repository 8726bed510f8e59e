"""Several counts in one query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def count_each(querysets: Sequence[QuerySet[Any]]) -> list[int]:
    """The number of rows of each queryset, side by side in one statement."""
    counts = [0] * len(querysets)
    parts: list[str] = []
    params: list[Any] = []
    for number, rows in enumerate(querysets):
        try:
            sql, values = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # a filter that can match nothing
            continue
        parts.append(f"SELECT {number}, (SELECT count(*) FROM ({sql}) t)")  # noqa: S608 - made by the ORM
        params += values
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), params)
            for number, count in cursor.fetchall():
                counts[number] = count
    return counts
