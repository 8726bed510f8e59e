"""Bring the database's schema up to this program, as its owner: a process of its own, so that no other has the right.

    python -m lianjian.config.launcher.schema      (with DATABASE_OWNER_URL and LIANJIAN_AS_OWNER=1)

Prints one line of JSON: {"applied": number of migrations, "empty": true if no jurisdiction exists}.
"""

from __future__ import annotations

import json
import sys
from typing import Any

FIRST_TABLE = "jurisdictions_jurisdiction"


def plan(connection: Any) -> list[Any]:
    """Migrations that this program has and the database has not."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def is_empty(connection: Any) -> bool:
    """True when no jurisdiction was ever made: the house is new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"public.{FIRST_TABLE}"])
        if cursor.fetchone()[0] is None:
            return False
        cursor.execute(f"SELECT NOT EXISTS (SELECT FROM {FIRST_TABLE})")  # noqa: S608 - a constant
        return bool(cursor.fetchone()[0])


def bring_up() -> dict[str, Any]:
    """Migrate what is missing and set the rights of `app`. Safe to run again; one at a time by an advisory lock."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from lianjian.foundation import dbsetup

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('lianjian.schema'))")
    waiting = plan(connection)
    if waiting:
        call_command("migrate", verbosity=0, interactive=False)
    dbsetup.after_migrate(connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtext('lianjian.schema'))")
    return {"applied": len(waiting), "empty": is_empty(connection)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bring_up()) + "\n")
