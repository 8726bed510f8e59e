"""What must hold of every table, function and role; each answer of the catalog query is a fault to mend."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from lianjian.jurisdictions import catalog
from tests import ground


@pytest.mark.django_db
def test_the_catalog_has_no_fault() -> None:
    assert catalog.problems(connection) == []


@pytest.mark.django_db
def test_the_written_lists_name_nothing_that_is_gone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')")
        tables = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT oid::regprocedure::text FROM pg_proc WHERE prosecdef")
        functions = {row[0] for row in cursor.fetchall()}
    assert set(catalog.WITHOUT_JURISDICTION) <= tables
    assert set(catalog.DEFINER_FUNCTIONS) <= functions
    assert all(reason for reason in {**catalog.WITHOUT_JURISDICTION, **catalog.DEFINER_FUNCTIONS}.values())


# A fault made on purpose, and what the query must say of it.
FAULTS = [
    ("CREATE TABLE loose (id int)", "table without jurisdiction and not on the list: loose"),
    ("CREATE TABLE loose (id int, jurisdiction_id int)", "no row security (enabled and forced): loose"),
    (
        "CREATE TABLE loose (id int, jurisdiction_id int); ALTER TABLE loose ENABLE ROW LEVEL SECURITY;"
        " ALTER TABLE loose FORCE ROW LEVEL SECURITY",
        "row security without policy: loose",
    ),
    ("ALTER TABLE directory_person NO FORCE ROW LEVEL SECURITY", "no row security (enabled and forced): directory_person"),
    ("ALTER TABLE directory_person DISABLE ROW LEVEL SECURITY", "no row security (enabled and forced): directory_person"),
    ("CREATE POLICY wide ON directory_person USING (true) WITH CHECK (true)", "policy for everybody: wide"),
    ("CREATE POLICY half ON directory_person FOR UPDATE TO app USING (true)", "policy without check: half"),
    ("CREATE VIEW peek AS SELECT * FROM directory_person", "view that runs as its owner: peek"),
    (
        "CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one; GRANT SELECT ON kept TO app",
        "materialized view open to app: kept",
    ),
    (
        "CREATE FUNCTION peek() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "function that runs as its owner: peek()",
    ),
    ("ALTER ROLE app BYPASSRLS", "role app is too strong"),
    ("GRANT pg_read_all_data TO app", "app is a member of pg_read_all_data"),
    ("ALTER TABLE foundation_cache OWNER TO app", "app owns foundation_cache"),
    ("GRANT TRUNCATE ON foundation_cache TO app", "app may truncate, trigger or reference foundation_cache"),
    ("GRANT UPDATE ON journal_entry TO app", "app may change the journal"),
    ("GRANT UPDATE ON journal_head TO app", "app may change the heads of the journal"),
    ("GRANT SELECT ON sec.key TO app", "app reads the context key"),
]


@pytest.mark.parametrize(("statement", "answer"), FAULTS, ids=[answer for _s, answer in FAULTS])
def test_each_fault_is_found(django_db_setup: None, statement: str, answer: str) -> None:
    """Made by a superuser in a transaction that is rolled back."""
    from django.conf import settings

    name = str(settings.DATABASES["default"]["NAME"])
    with psycopg.connect(ground.server().superuser_url(name)) as superuser:
        superuser.execute(statement.encode())
        found = catalog.problems(superuser)
        superuser.rollback()
    assert answer in found
