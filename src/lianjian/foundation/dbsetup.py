"""What the owner does after every migration: rights of the role `app`, the context key, the cache table."""

from __future__ import annotations

from typing import Any

from .context import pads

APP_ROLE = "app"

# Tables in which the application may only add and read.
APPEND_ONLY = ("journal_entry", "journal_anchor")
# Tables that only the database's own functions write.
READ_ONLY = ("journal_head",)

GRANTS = f"""
GRANT USAGE ON SCHEMA public, sec TO {APP_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE};
REVOKE INSERT, UPDATE, DELETE ON django_migrations, django_content_type FROM {APP_ROLE};
REVOKE ALL ON ALL TABLES IN SCHEMA sec FROM PUBLIC, {APP_ROLE};
"""


def after_migrate(connection: Any) -> None:
    """Run as the owner of the schema; repeating it changes nothing."""
    inner, outer = pads()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS foundation_cache (cache_key varchar(255) PRIMARY KEY,"
            " value text NOT NULL, expires timestamptz NOT NULL)"
        )
        cursor.execute("CREATE INDEX IF NOT EXISTS foundation_cache_expires ON foundation_cache (expires)")
        cursor.execute(
            "INSERT INTO sec.key (id, inner_pad, outer_pad) VALUES (1, %s, %s)"
            " ON CONFLICT (id) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad"
            " WHERE (sec.key.inner_pad, sec.key.outer_pad) IS DISTINCT FROM (excluded.inner_pad, excluded.outer_pad)",
            [inner, outer],
        )
        cursor.execute(GRANTS)
        for table in APPEND_ONLY:
            cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {APP_ROLE}")
        for table in READ_ONLY:
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {APP_ROLE}")
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = 'public' AND p.proname LIKE 'procrastinate%%'"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {APP_ROLE}")
