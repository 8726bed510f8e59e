"""Fills a clone with many cases: rows that the real verbs made, multiplied inside the database (seeded)."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from typing import Any

import psycopg
from psycopg import sql

from bench import ground
from tests import ground as servers

# Of a hundred cases so many are in this state.
SHARES = {"closed": 70, "signed": 15, "dispatched": 10, "registered": 5}
CASES, BODIES, EVALUATIONS = 1_000_000, 100_000, 1_000_000

Connection = psycopg.Connection[tuple[Any, ...]]


def seeded(n: int, seed: int) -> tuple[str, dict[str, Any]]:
    """A new database with about `n` cases, and what a client needs to know of it."""
    name = ground.fresh()
    answer = subprocess.run(
        [sys.executable, "-m", "bench.web.prototype"],
        env=ground.environment(name),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ground.ROOT,
    )
    made: dict[str, Any] = json.loads(answer.stdout.strip().splitlines()[-1])
    with psycopg.connect(servers.server().superuser_url(name), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        bodies = max(20, min(n // 10, 20_000))
        _bodies(connection, made, bodies)
        offset = 0
        for state, share in SHARES.items():
            count = max(1, n * share // 100)
            _cases(connection, made["cases"][state], offset, count, bodies, seed, made["words"])
            offset += count
        made["count"] = offset + len(made["cases"])
        for table in (
            "cases_case",
            "cases_caseevent",
            "duties_duty",
            "directory_organization",
            "rulebook_evaluation",
        ):
            connection.execute(
                sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                    sql.Literal(table), sql.Identifier(table)
                )
            )
        _counts(connection)
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")  # what seeding left to be written is not what is measured
        rows = connection.execute(
            "SELECT key FROM cases_case WHERE id > %s ORDER BY md5(id::text) LIMIT 50", [CASES]
        )
        made["keys"] = [str(key) for (key,) in rows.fetchall()]
    return name, made


def _counts(connection: Connection) -> None:
    """What the triggers, which are off, would have counted."""
    counted = import_module("lianjian.cases.migrations.0013_counts")
    connection.execute("TRUNCATE cases_casecount")
    connection.execute(counted.INSERT.format(rows=counted.ROWS.format(rows="cases_case", sign="1")).encode())


def _multiply(connection: Connection, table: str, where: str, count: int, changed: dict[str, str]) -> None:
    """Copy the rows of `table` that match `where` (of alias t) `count` times; `changed` are expressions of `g`."""
    rows = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [table],
    ).fetchall()
    columns = [str(name) for (name,) in rows if name != "id" or "id" in changed]
    values = ", ".join(changed.get(name, f't."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    connection.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t, generate_series(1, {count}) g"
        f" WHERE {where}".encode()
    )


def _bodies(connection: Connection, made: dict[str, Any], count: int) -> None:
    name = "'云岭第' || g || '木业有限公司'"
    _multiply(
        connection,
        "directory_organization",
        f"t.id = {made['firm']}",
        count,
        {
            "id": f"{BODIES} + g",
            "key": "gen_random_uuid()",
            "name": name,
            "name_key": name,
            "short_name": "''",
            "short_key": "''",
            "code": "''",
            "path": f"left(t.path, length(t.path) - 6) || lpad(({BODIES} + g)::text, 6, '0')",
        },
    )


def _cases(
    connection: Connection, prototype: int, offset: int, count: int, bodies: int, seed: int, words: list[str]
) -> None:
    number = f"({offset} + g)"
    # A pseudo-random number of the row, the same in every run of one seed.
    dice = f"(('x' || substr(md5({number}::text || 'seed{seed}'), 1, 7))::bit(28)::int)"
    key = f"md5('case' || {number})::uuid"
    day = f"(current_date - 1 - ({dice} %% 700))".replace("%%", "%")
    vectors = ", ".join("'" + one.replace("'", "''") + "'::tsvector" for one in words)
    evaluation = f"CASE WHEN t.evaluation_id IS NULL THEN NULL ELSE {EVALUATIONS} + {number} END"
    _multiply(
        connection,
        "rulebook_evaluation",
        f"t.id = (SELECT evaluation_id FROM cases_case WHERE id = {prototype})",
        count,
        {"id": f"{EVALUATIONS} + {number}", "key": "gen_random_uuid()"},
    )
    _multiply(
        connection,
        "cases_case",
        f"t.id = {prototype}",
        count,
        {
            "id": f"{CASES} + {number}",
            "key": key,
            "number": f"'LX-2025-' || lpad({number}::text, 7, '0')",
            "title": f"'厂区道路照明不足,请协调第' || {dice} % 97 || '号路段增设路灯'",
            "organization_id": f"{BODIES} + 1 + {dice} % {bodies}",
            "category_id": "(SELECT (array_agg(id))[1 + " + dice + " % count(*)::int] FROM cases_category)",
            "registered_on": day,
            "registered_at": f"{day}::timestamptz",
            "ended_at": f"CASE WHEN t.ended_at IS NULL THEN NULL ELSE {day} + interval '9 days' END",
            "closed_on": f"CASE WHEN t.closed_on IS NULL THEN NULL ELSE {day} + 9 END",
            "due_at": f"CASE WHEN t.due_at IS NULL THEN NULL ELSE {day} + interval '14 days' END",
            "evaluation_id": evaluation,
            "search": f"(ARRAY[{vectors}])[1 + {dice} % 97]",
        },
    )
    _multiply(
        connection,
        "cases_caseevent",
        f"t.case_id = {prototype}",
        count,
        {"key": "gen_random_uuid()", "case_id": f"{CASES} + {number}"},
    )
    _multiply(
        connection,
        "duties_duty",
        f"t.subject_key = (SELECT key FROM cases_case WHERE id = {prototype})",
        count,
        {"key": "gen_random_uuid()", "subject_key": key},
    )
