"""Things that must happen once although jobs and forms arrive twice."""

from __future__ import annotations

from django.db import connection


def first_time(key: str) -> bool:
    """True for the first transaction that names `key`; others wait for it, then get False.

    Call it in the transaction of the effect: if that is undone, so is the key.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundation_oncekey (key, at) VALUES (%s, now()) ON CONFLICT DO NOTHING", [key]
        )
        return bool(cursor.rowcount)
