"""An older house comes up: its rows are carried over with nothing lost, and it ends in the schema of a new one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests import ground

# The chain as it was before new houses had a short one: a house that stopped on the way goes on from there.
CHAIN = """
import sys
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
executor = MigrationExecutor(connection)
executor.loader = MigrationLoader(connection, replace_migrations=False)
executor.migrate([tuple(name.split(".")) for name in sys.argv[1:]])
"""

# All that a schema is, one line each. Left out: the order of columns, names of NOT NULL.
SCHEMA = r"""
SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                 a.attidentity, a.attgenerated, l.collname, pg_get_expr(d.adbin, d.adrelid))
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  LEFT JOIN pg_collation l ON l.oid = a.attcollation
 WHERE c.relkind = 'r' AND {ours}
UNION ALL SELECT concat_ws(' ', 'table', c.relkind, c.relname, c.relrowsecurity, c.relforcerowsecurity, c.reloptions,
                           (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(c.relacl) a))
  FROM pg_class c WHERE c.relkind IN ('r', 'S', 'v') AND {ours}
UNION ALL SELECT concat_ws(' ', 'constraint', c.relname, k.conname, pg_get_constraintdef(k.oid))
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE k.contype <> 'n' AND {ours}
UNION ALL SELECT concat_ws(' ', 'index', regexp_replace(pg_get_indexdef(i.indexrelid), ' WITH \(.*?\)', ''),
    (SELECT string_agg(o, ',' ORDER BY o) FROM pg_class x CROSS JOIN unnest(x.reloptions) o WHERE x.oid = i.indexrelid))
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE {ours}
UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled)
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND {ours}
UNION ALL SELECT concat_ws(' ', 'policy', c.relname, p.polname, p.polcmd, p.polpermissive, p.polroles::regrole[],
                           pg_get_expr(p.polqual, c.oid), '/', pg_get_expr(p.polwithcheck, c.oid))
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE {ours}
UNION ALL SELECT concat_ws(' ', 'function', pg_get_functiondef(p.oid), p.proacl)
  FROM pg_proc p WHERE p.prokind = 'f' AND p.pronamespace IN ('public'::regnamespace, 'sec'::regnamespace)
""".replace("{ours}", "c.relnamespace IN ('public'::regnamespace, 'sec'::regnamespace)")


@pytest.fixture
def older(django_db_setup: None) -> Iterator[str]:
    """A database of its own with nothing in it."""
    name = ground.new_name()
    ground.empty(name)
    yield name
    ground.drop(name)


def go_on(name: str, *targets: str) -> None:
    """Along the chain to these (`app.number_name`)."""
    subprocess.run(  # noqa: S603
        [sys.executable, "-c", CHAIN, *targets],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lianjian.config.settings",
            "DATABASE_OWNER_URL": ground.owner_url(name),
            "LIANJIAN_AS_OWNER": "1",
        },
        check=True,
    )


def add(connection: Any, table: str, **given: Any) -> int:
    """One row; what is not given and may not be empty gets the least its type allows. Returns the id."""
    rows = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'",
        [table],
    ).fetchall()
    least = {"uuid": None, "boolean": False, "date": "2026-03-01", "timestamp with time zone": "2026-03-01",
             "jsonb": "{}", "ARRAY": "{}", "bigint": 1, "integer": 1, "smallint": 1}
    values = {name: least.get(kind, "") for name, kind in rows} | given
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("gen_random_uuid()" if value is None else "%s" for value in values.values())
    [made] = connection.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id",  # noqa: S608 - names of our own
        [value for value in values.values() if value is not None],
    ).fetchone()
    return int(made)


def bare(name: str) -> Any:
    """As a user above the walls; rows may be bare."""
    connection = psycopg.connect(ground.server().superuser_url(name), autocommit=True)
    connection.execute("SET session_replication_role = replica")
    return connection


def test_an_older_house_comes_up_with_its_rows(older: str) -> None:
    go_on(older, "events.0004_fewer_indexes", "sheets.0003_fewer_indexes")
    with bare(older) as connection:
        add(connection, "jurisdictions_jurisdiction", id=1)
        visits = fill_visits(connection)
        fill_kept_rows(connection)
    go_on(older, "alliances.0007_model_cases")
    with bare(older) as connection:
        agreement = fill_agreement(connection)
    ground.bring_up(older)
    with psycopg.connect(ground.server().superuser_url(older), autocommit=True) as connection:
        visitors_kept_their_names_and_links(connection, *visits)
        kept_rows_are_packed_whole(connection)
        two_sides_are_parties_and_a_free_source_a_voucher(connection, **agreement)
        was = {line for [line] in connection.execute(SCHEMA)}
        waiting = connection.execute("SELECT count(*) FROM django_migrations WHERE name LIKE '0001_squashed%%'")
        assert waiting.fetchone()[0] > 10, "what the chain ends in is known as what a new house begins with"
    with psycopg.connect(ground.server().superuser_url(ground.template()), autocommit=True) as connection:
        new = {line for [line] in connection.execute(SCHEMA)}
    assert len(new) > 5_000
    assert (sorted(was - new), sorted(new - was)) == ([], [])


def fill_visits(connection: Any) -> tuple[int, int, list[str]]:
    names = [f"走访员{n:03}" for n in range(40)]
    add(connection, "directory_organization", id=5, jurisdiction_id=1)
    add(connection, "directory_person", id=7, jurisdiction_id=1)
    common = {"jurisdiction_id": 1, "organization_id": 5, "recorded_by_name": "x"}
    short = add(connection, "events_visit", visitors="苏禾、白露", **common)
    long = add(connection, "events_visit", visitors="、".join(names)[:200], **common)
    for place, (name, person) in enumerate((("苏禾", 7), ("白露", None))):
        add(connection, "events_visitperson", jurisdiction_id=1, visit_id=short, name=name,
            position=place, **({"person_id": person} if person else {}))
    for place, name in enumerate(names):
        add(connection, "events_visitperson", jurisdiction_id=1, visit_id=long, name=name, position=place)
    return short, long, names


def visitors_kept_their_names_and_links(connection: Any, short: int, long: int, names: list[str]) -> None:
    kept = dict(connection.execute("SELECT id, visitors FROM events_visit").fetchall())
    assert kept == {short: "苏禾、白露", long: "、".join(names)}
    assert connection.execute("SELECT visit_id, person_id FROM events_visitperson").fetchall() == [(short, 7)]


def fill_kept_rows(connection: Any) -> None:
    add(connection, "sheets_keptsheet", id=3, jurisdiction_id=1)
    add(connection, "sheets_import", id=4, jurisdiction_id=1)
    common = {"jurisdiction_id": 1, "sheet_id": 3, "imported_id": 4}
    for number in range(1, 1206):
        add(connection, "sheets_keptrow", number=number, values=f'{{"列": "{number}"}}', digest=f"d{number}",
            label="directory.organization", row_id=number + 10, **common)
    add(connection, "sheets_keptrow", number=9, values='{"列": "另"}', digest="e", label="", **common)


def kept_rows_are_packed_whole(connection: Any) -> None:
    rows = connection.execute(
        "SELECT label, numbers, lines, digests, row_ids FROM sheets_keptchunk ORDER BY label, numbers"
    ).fetchall()
    assert [len(row[1]) for row in rows] == [1, 1000, 205]
    told = [line for row in rows[1:] for line in zip(*row[1:], strict=True)]
    assert told == [(n, f'{{"列": "{n}"}}', f"d{n}", n + 10) for n in range(1, 1206)]
    assert rows[0][1:] == ([9], ['{"列": "另"}'], ["e"], [None])


def fill_agreement(connection: Any) -> dict[str, int]:
    add(connection, "directory_organization", id=8, jurisdiction_id=1, classification="party")
    add(connection, "directory_organization", id=6, jurisdiction_id=1, classification="park")
    held = add(connection, "alliances_benefitagreement", jurisdiction_id=1, first_id=8, second_id=6, title="一")
    item = add(
        connection, "alliances_benefititem", jurisdiction_id=1, agreement_id=held, kind="tax", first_share=6_550,
        second_share=3_450,
    )  # fmt: skip
    given = add(connection, "alliances_contribution", jurisdiction_id=1, side="giver", source="银行回单", amount=5)
    return {"item": item, "given": given}


def two_sides_are_parties_and_a_free_source_a_voucher(connection: Any, item: int, given: int) -> None:
    rows = connection.execute(
        'SELECT p.number, p.side, p.organization_id, p."group", s.points FROM alliances_benefitparty p'
        " JOIN alliances_benefitshare s ON s.party_id = p.id WHERE s.item_id = %s ORDER BY 1",
        [item],
    ).fetchall()
    assert rows == [(1, "government", 8, "", 6_550), (2, "park", 6, "", 3_450)]
    kept = connection.execute("SELECT id, note, source FROM alliances_contribution").fetchall()
    assert kept == [(given, "银行回单", "")]
    with pytest.raises(psycopg.errors.CheckViolation, match="make the whole"):
        connection.execute("UPDATE alliances_benefitshare SET points = 3451 WHERE points = 3450")
