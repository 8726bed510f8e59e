"""One who can send any SQL as role `app` with the context of one town reads and writes nothing of another.

Every table behind the wall gets a row of each of two towns, whatever its columns; then every form of attempt is
tried on every table. An attempt may fail loudly or come back empty; it may never show or change the other's row.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql

from lianjian.foundation import context
from tests import ground

OWN, OTHER = 1, 2
Connection = psycopg.Connection[Any]

READS: dict[str, str] = {
    "plain": "SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "everything": "SELECT * FROM {t} WHERE jurisdiction_id <> {own}",
    "count": "SELECT 1 FROM {t} WHERE jurisdiction_id = {other} HAVING count(*) > 0",
    "table command": "WITH a AS (TABLE {t}) SELECT * FROM a WHERE jurisdiction_id = {other}",
    "whole row": "SELECT x FROM {t} x WHERE (x).jurisdiction_id = {other}",
    "subquery": "SELECT * FROM (SELECT * FROM {t} OFFSET 0) s WHERE jurisdiction_id = {other}",
    "scalar subquery": "SELECT 1 WHERE (SELECT count(*) FROM {t} WHERE jurisdiction_id = {other}) > 0",
    "exists": "SELECT 1 WHERE EXISTS (SELECT FROM {t} WHERE jurisdiction_id = {other})",
    "not exists": "SELECT 1 WHERE NOT EXISTS (SELECT FROM {t} WHERE jurisdiction_id = {other}) IS FALSE",
    "in": "SELECT 1 WHERE {other} IN (SELECT jurisdiction_id FROM {t})",
    "any array": "SELECT 1 WHERE {other} = ANY (ARRAY(SELECT jurisdiction_id FROM {t}))",
    "cte": "WITH a AS (SELECT * FROM {t}) SELECT * FROM a WHERE jurisdiction_id = {other}",
    "cte materialized": "WITH a AS MATERIALIZED (SELECT * FROM {t}) SELECT * FROM a WHERE jurisdiction_id = {other}",
    "recursive": "WITH RECURSIVE a AS (SELECT jurisdiction_id FROM {t} UNION SELECT a.jurisdiction_id FROM a JOIN {t} b"
    " ON b.jurisdiction_id = a.jurisdiction_id) SELECT * FROM a WHERE jurisdiction_id = {other}",
    "self join": "SELECT a.* FROM {t} a JOIN {t} b ON a.jurisdiction_id = b.jurisdiction_id WHERE a.jurisdiction_id = {other}",
    "cross join": "SELECT 1 FROM {t} a, {t} b WHERE b.jurisdiction_id = {other}",
    "join register": "SELECT a.* FROM jurisdictions_jurisdiction j JOIN {t} a ON a.jurisdiction_id = j.id WHERE j.id = {other}",
    "left join": "SELECT 1 FROM jurisdictions_jurisdiction j LEFT JOIN {t} a ON a.jurisdiction_id = j.id"
    " WHERE j.id = {other} AND a.jurisdiction_id IS NOT NULL",
    "right join": "SELECT 1 FROM {t} a RIGHT JOIN (VALUES ({other})) v(x) ON a.jurisdiction_id = v.x WHERE a.jurisdiction_id IS NOT NULL",
    "full join": "SELECT 1 FROM {t} a FULL JOIN (VALUES ({other})) v(x) ON a.jurisdiction_id = v.x WHERE a.jurisdiction_id = {other}",
    "lateral": "SELECT s.* FROM (VALUES ({other})) v(x), LATERAL (SELECT * FROM {t} WHERE jurisdiction_id = v.x) s",
    "union": "SELECT jurisdiction_id FROM {t} WHERE jurisdiction_id = {other} UNION ALL SELECT jurisdiction_id FROM {t}"
    " WHERE jurisdiction_id = {other}",
    "except": "SELECT jurisdiction_id FROM {t} EXCEPT SELECT {own}",
    "intersect": "SELECT jurisdiction_id FROM {t} INTERSECT SELECT {other}",
    "group": "SELECT jurisdiction_id, count(*) FROM {t} GROUP BY 1 HAVING jurisdiction_id = {other}",
    "rollup": "SELECT jurisdiction_id FROM {t} GROUP BY ROLLUP (1) HAVING jurisdiction_id = {other}",
    "distinct": "SELECT DISTINCT jurisdiction_id FROM {t} WHERE jurisdiction_id = {other}",
    "window": "SELECT * FROM (SELECT jurisdiction_id, row_number() OVER () FROM {t}) s WHERE jurisdiction_id = {other}",
    "max": "SELECT m FROM (SELECT max(jurisdiction_id) AS m FROM {t}) s WHERE m = {other}",
    "json": "SELECT j FROM (SELECT row_to_json(x) AS j FROM {t} x) s WHERE (j->>'jurisdiction_id')::int = {other}",
    "jsonb_agg": "SELECT 1 FROM (SELECT jsonb_agg(to_jsonb(x)) AS j FROM {t} x) s WHERE j @> '[{{\"jurisdiction_id\": {other}}}]'",
    "xml": "SELECT 1 WHERE query_to_xml('SELECT * FROM {t} WHERE jurisdiction_id = {other}', true, false, '')::text LIKE '%<row>%'",
    "table_to_xml": "SELECT 1 WHERE table_to_xml('{t}', true, false, '')::text LIKE '%<jurisdiction_id>{other}<%'",
    "ctid": "SELECT ctid FROM {t} WHERE ctid >= '(0,0)' AND jurisdiction_id = {other}",
    "system columns": "SELECT xmin, tableoid FROM {t} WHERE jurisdiction_id = {other}",
    "sample": "SELECT * FROM {t} TABLESAMPLE SYSTEM (100) WHERE jurisdiction_id = {other}",
    "bernoulli": "SELECT * FROM {t} TABLESAMPLE BERNOULLI (100) WHERE jurisdiction_id = {other}",
    "only": "SELECT * FROM ONLY {t} WHERE jurisdiction_id = {other}",
    "for update": "SELECT * FROM {t} WHERE jurisdiction_id = {other} FOR UPDATE",
    "for share": "SELECT * FROM {t} WHERE jurisdiction_id = {other} FOR KEY SHARE SKIP LOCKED",
    "order": "SELECT jurisdiction_id FROM {t} ORDER BY (jurisdiction_id = {other}) DESC, 1 OFFSET (SELECT count(*) FROM {t} WHERE jurisdiction_id = {own})",
    "or true": "SELECT * FROM {t} WHERE jurisdiction_id = {other} OR (true AND jurisdiction_id = {other})",
    "case": "SELECT CASE WHEN jurisdiction_id = {other} THEN 'seen' END FROM {t} WHERE jurisdiction_id = {other}",
    "coalesce": "SELECT 1 FROM {t} WHERE coalesce(jurisdiction_id, 0) = {other}",
    "text": "SELECT 1 FROM {t} x WHERE x::text <> '' AND x.jurisdiction_id::text LIKE '%{other}%'",
    "prepared": "PREPARE p AS SELECT * FROM {t} WHERE jurisdiction_id = $1; EXECUTE p({other})",
    "cursor": "DECLARE c CURSOR FOR SELECT * FROM {t} WHERE jurisdiction_id = {other}; FETCH ALL FROM c",
    "row security off": "SET LOCAL row_security = off; SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "as owner": "SET LOCAL ROLE lianjian_owner; SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "as postgres": "SET LOCAL ROLE postgres; SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "as backup": "SET LOCAL ROLE lianjian_backup; SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "session authorization": "SET SESSION AUTHORIZATION postgres; SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "replica": "SET LOCAL session_replication_role = replica; SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "disable": "ALTER TABLE {t} DISABLE ROW LEVEL SECURITY; SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "unforce": "ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY; SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "drop policy": "DROP POLICY read ON {t}; SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "own policy": "CREATE POLICY mine ON {t} USING (true); SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "alter policy": "ALTER POLICY read ON {t} USING (true); SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "bypass": "ALTER ROLE app BYPASSRLS; SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "take": "ALTER TABLE {t} OWNER TO app; SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "replace readable": "CREATE OR REPLACE FUNCTION sec.readable() RETURNS int[] LANGUAGE sql AS 'SELECT ARRAY[{other}]';"
    " SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "shadow readable": "CREATE FUNCTION pg_temp.readable() RETURNS int[] LANGUAGE sql AS 'SELECT ARRAY[{other}]';"
    " SET LOCAL search_path = pg_temp, public; SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "search path": "SET LOCAL search_path = pg_temp, public; SELECT * FROM {t} WHERE jurisdiction_id = {other}",
    "copy of table": "CREATE TABLE stolen AS SELECT * FROM {t}; SELECT * FROM stolen WHERE jurisdiction_id = {other}",
    "temporary table": "CREATE TEMP TABLE stolen AS SELECT * FROM {t}; SELECT * FROM stolen WHERE jurisdiction_id = {other}",
    "view": "CREATE VIEW peek AS SELECT * FROM {t}; SELECT * FROM peek WHERE jurisdiction_id = {other}",
    "temporary view": "CREATE TEMP VIEW peek AS SELECT * FROM {t}; SELECT * FROM peek WHERE jurisdiction_id = {other}",
    "function": "CREATE FUNCTION public.peek() RETURNS SETOF {t} LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM {t}';"
    " SELECT * FROM public.peek() WHERE jurisdiction_id = {other}",
    "trigger": "CREATE TRIGGER peek BEFORE INSERT ON {t} EXECUTE FUNCTION journal_refuse()",
    "statistics": "SELECT * FROM pg_stats WHERE tablename = '{t}' AND (most_common_vals IS NOT NULL OR histogram_bounds IS NOT NULL)",
    "statistics table": "SELECT 1 FROM pg_statistic WHERE starelid = '{t}'::regclass",
    "shared rows": "SELECT 1 WHERE cardinality(sec.shared('{t}')) > 0",
    "context key": "SELECT * FROM sec.key",
    "update returning": "UPDATE {t} SET jurisdiction_id = jurisdiction_id WHERE jurisdiction_id = {other} RETURNING *",
    "delete returning": "DELETE FROM {t} WHERE jurisdiction_id = {other} RETURNING *",
}

WRITES: dict[str, str] = {
    "update": "UPDATE {t} SET jurisdiction_id = jurisdiction_id WHERE jurisdiction_id = {other}",
    "update all": "UPDATE {t} SET jurisdiction_id = {own}",
    "take row": "UPDATE {t} SET jurisdiction_id = {own} WHERE jurisdiction_id = {other}",
    "give row": "UPDATE {t} SET jurisdiction_id = {other} WHERE jurisdiction_id = {own}",
    "update from": "UPDATE {t} a SET jurisdiction_id = {other} FROM {t} b WHERE a.jurisdiction_id = b.jurisdiction_id",
    "delete": "DELETE FROM {t} WHERE jurisdiction_id = {other}",
    "delete using": "DELETE FROM {t} a USING jurisdictions_jurisdiction j WHERE a.jurisdiction_id = j.id AND j.id = {other}",
    "delete in cte": "WITH d AS (DELETE FROM {t} WHERE jurisdiction_id = {other} RETURNING *) SELECT count(*) FROM d",
    "insert": "INSERT INTO {t} ({columns}) SELECT {as_other} FROM {t} WHERE jurisdiction_id = {own}",
    "upsert": "INSERT INTO {t} ({columns}) SELECT {as_other} FROM {t} WHERE jurisdiction_id = {own} ON CONFLICT DO NOTHING",
    "insert in cte": "WITH i AS (INSERT INTO {t} ({columns}) SELECT {as_other} FROM {t} WHERE jurisdiction_id = {own}"
    " RETURNING *) SELECT count(*) FROM i",
    "merge": "MERGE INTO {t} a USING (SELECT {other} AS j) s ON a.jurisdiction_id = s.j WHEN MATCHED THEN DELETE",
    "merge update": "MERGE INTO {t} a USING (SELECT {own} AS j) s ON a.jurisdiction_id = s.j"
    " WHEN MATCHED THEN UPDATE SET jurisdiction_id = {other}",
    "truncate": "TRUNCATE {t} CASCADE",
    "drop": "DROP TABLE {t} CASCADE",
    "add column": "ALTER TABLE {t} ADD COLUMN mine int",
    "disable triggers": "ALTER TABLE {t} DISABLE TRIGGER ALL",
    "rule": "CREATE RULE r AS ON INSERT TO {t} DO INSTEAD NOTHING",
    "grant": "GRANT ALL ON {t} TO PUBLIC",
    "prepared transaction": "PREPARE TRANSACTION 'p'",
    "file": "COPY {t} FROM '/etc/passwd'",
    "program": "COPY {t} TO PROGRAM 'cat'",
}


@dataclass
class Wall:
    """A database with a row of each town in every table behind the wall."""

    superuser: Connection
    app: Connection
    owned: list[str]
    register: list[str]
    columns: dict[str, list[str]] = field(default_factory=dict)

    def print(self, table: str) -> Any:
        """All rows of the other town, as text."""
        query = "SELECT coalesce(string_agg(x::text, '|' ORDER BY x::text), '') FROM {} x WHERE jurisdiction_id = %s"
        return self.superuser.execute(sql.SQL(query).format(sql.Identifier(table)), [OTHER]).fetchone()

    def form(self, text: str, table: str) -> str:
        """An attempt on one table."""
        columns = [c for c in self.columns[table] if c not in ("id", "key")]
        as_other = ", ".join(str(OTHER) if c == "jurisdiction_id" else f'"{c}"' for c in columns)
        named = ", ".join(f'"{c}"' for c in columns)
        return text.format(t=table, own=OWN, other=OTHER, columns=named, as_other=as_other)

    def attempt(self, statement: str, value: str | None = None) -> list[Any]:
        """Rows that an attempt showed; none when it failed. What it wrote is committed."""
        try:
            with self.app.transaction():
                self.app.execute("SELECT set_config('app.ctx', %s, true)", [value or signed((OWN,))])
                cursor = self.app.execute(statement.encode())
                rows: list[Any] = []
                while True:
                    if cursor.description is not None:
                        rows = cursor.fetchall()
                    if not cursor.nextset():
                        break
                return rows
        except psycopg.Error as error:
            assert not isinstance(error, errors.DivisionByZero), "a function saw the other town's row"
            assert not isinstance(error, errors.SyntaxError | errors.UndefinedColumn | errors.UndefinedTable), error
            return []


def signed(readable: tuple[int, ...], writable: tuple[int, ...] | None = None, expires: int | None = None) -> str:
    """A true context."""
    return context.sign(readable, readable if writable is None else writable, expires=expires or int(time.time()) + 900)


def _value(kind: str, number: int, name: str) -> Any:
    """Something that a column of this type holds."""
    if kind in ("bigint", "integer", "smallint"):
        return number
    if kind in ("numeric", "double precision"):
        return number % 10
    if kind in ("text", "character varying"):
        return f"secret of {number}"[:8] if name in ("role", "kind", "prefix") else f"secret of {number}"
    if kind.startswith("timestamp") or kind == "date":
        return "2026-01-01"
    return {
        "boolean": True, "jsonb": "{}", "uuid": f"00000000-0000-7000-8000-{number:012d}", "bytea": b"\0",
        "tsvector": "a", "daterange": "[2026-01-01,2026-02-01)", "inet": "10.0.0.1", "time without time zone": "09:00",
        "interval": "1 day", "ARRAY": "{}",
    }[kind]  # fmt: skip


def _fill(superuser: Connection, table: str) -> list[str]:
    """One row of each town, with every constraint out of the way. Returns the columns."""
    for (name,) in superuser.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'u', 'x', 'f')", [table]
    ).fetchall():
        superuser.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {} CASCADE").format(*map(sql.Identifier, (table, name))))
    for (name,) in superuser.execute(
        "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary",
        [table],
    ).fetchall():
        superuser.execute(f"DROP INDEX {name}".encode())
    columns = superuser.execute(
        "SELECT column_name, data_type, character_maximum_length FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    ).fetchall()
    names = [name for name, _kind, _length in columns]
    for town in (OWN, OTHER):
        values = []
        for name, kind, length in columns:
            value = town if name in ("jurisdiction_id", "id") else _value(kind, town + 1000, name)
            values.append(value[:length] if isinstance(value, str) and length else value)
        superuser.execute(
            sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({})").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, names)),
                sql.SQL(", ").join([sql.Placeholder()] * len(names)),
            ),
            values,
        )
    return names


@pytest.fixture(scope="module")
def wall(django_db_setup: None) -> Iterator[Wall]:
    name = ground.new_name()
    ground.clone(name)
    url = ground.server().superuser_url(name)
    with psycopg.connect(url, autocommit=True) as superuser, psycopg.connect(ground.app_url(name), autocommit=True) as app:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(
            "INSERT INTO jurisdictions_jurisdiction (id, key, name, level, prefix, area_code) OVERRIDING SYSTEM VALUE"
            " VALUES (1, gen_random_uuid(), 'A', 'town', 'A', ''), (2, gen_random_uuid(), 'B', 'town', 'B', '')"
        )
        rows = superuser.execute(
            "SELECT p.tablename, p.qual FROM pg_policies p WHERE p.policyname = 'read' AND p.schemaname = 'public'"
        ).fetchall()
        found = Wall(
            superuser,
            app,
            owned=sorted(table for table, qual in rows if qual != "true"),
            register=sorted(table for table, qual in rows if qual == "true"),
        )
        for table in (*found.owned, *found.register):
            found.columns[table] = _fill(superuser, table)
        superuser.execute("ANALYZE")
        yield found
    ground.drop(name)


def test_there_is_something_to_protect(wall: Wall) -> None:
    assert {"directory_person", "journal_entry", "journal_change", "jurisdictions_share"} <= set(wall.owned)
    assert {"directory_organization", "directory_grant"} <= set(wall.register)
    for table in wall.owned:
        assert wall.print(table) != ("",), table
        assert wall.attempt(f"SELECT * FROM {table}"), f"one's own row of {table} is readable"


@pytest.mark.parametrize("form", READS)
def test_nothing_of_another_town_is_read(wall: Wall, form: str) -> None:
    for table in wall.owned:
        before = wall.print(table)
        assert wall.attempt(wall.form(READS[form], table)) == [], table
        assert wall.print(table) == before, table


# Forms that need no more than to read: without the wall each of them shows the row.
PLAIN = list(READS)[: list(READS).index("row security off")]


@pytest.mark.parametrize("form", PLAIN)
def test_without_the_wall_each_form_shows_the_row(wall: Wall, form: str) -> None:
    """So that no form passes because it is wrong."""
    with wall.superuser.transaction(force_rollback=True):
        try:
            cursor = wall.superuser.execute(wall.form(READS[form], "directory_membership").encode())
        except errors.FeatureNotSupported:
            pytest.skip("this server was built without it")
        while cursor.nextset():
            pass
        assert cursor.fetchall() != [], form
        wall.superuser.execute("DEALLOCATE ALL")


@pytest.mark.parametrize("form", WRITES)
def test_nothing_of_another_town_is_written(wall: Wall, form: str) -> None:
    for table in (*wall.owned, *wall.register):
        before = wall.print(table)
        wall.attempt(wall.form(WRITES[form], table))
        assert wall.print(table) == before, table
        _restore(wall, table)


def _restore(wall: Wall, table: str) -> None:
    """A form may have spoilt one's own row; the next one starts from the same."""
    wall.superuser.execute(f"DELETE FROM {table} WHERE jurisdiction_id = {OWN}".encode())
    names = ", ".join(f'"{c}"' for c in wall.columns[table])
    own = ", ".join(str(OWN) if c in ("jurisdiction_id", "id") else f'"{c}"' for c in wall.columns[table])
    if "id" in wall.columns[table] or "jurisdiction_id" in wall.columns[table]:
        wall.superuser.execute(
            f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE SELECT {own} FROM {table}"
            f" WHERE jurisdiction_id = {OTHER} LIMIT 1".encode()
        )


def test_a_function_in_the_filter_does_not_see_the_row(wall: Wall) -> None:
    """Were the policy asked after the filter, the division would fail on the other town's row."""
    for table in wall.owned:
        wall.attempt(f"SELECT * FROM {table} WHERE 1 / (CASE WHEN jurisdiction_id = {OTHER} THEN 0 ELSE 1 END) = 1")


def test_copy_of_a_table_is_empty_of_others(wall: Wall) -> None:
    for table in wall.owned:
        for source in (table, f"(SELECT * FROM {table})"):
            data = b""
            try:
                with wall.app.transaction():
                    wall.app.execute("SELECT set_config('app.ctx', %s, true)", [signed((OWN,))])
                    with wall.app.cursor().copy(f"COPY {source} TO STDOUT".encode()) as copy:
                        data = b"".join(bytes(part) for part in copy)
            except psycopg.Error:
                continue
            assert data.count(b"\n") <= 1, table


def _altered(value: str, place: int, text: str) -> str:
    parts = value.split("|")
    parts[place] = text
    return "|".join(parts)


def false_contexts() -> dict[str, str]:
    """What somebody might set who cannot sign."""
    now = int(time.time())
    good = signed((OWN,))
    return {
        "empty": " ",
        "words": "jurisdiction 2",
        "unsigned": f"{{{OTHER}}}|{{{OTHER}}}|{now + 900}|",
        "invented": f"{{{OTHER}}}|{{{OTHER}}}|{now + 900}|{'0' * 64}",
        "other readable": _altered(good, 0, f"{{{OTHER}}}"),
        "wider readable": _altered(good, 0, f"{{{OWN},{OTHER}}}"),
        "wider writable": _altered(good, 1, f"{{{OWN},{OTHER}}}"),
        "later": _altered(good, 2, str(now + 10**6)),
        "expired": signed((OTHER,), expires=now - 1),
        "long ago": signed((OTHER,), expires=1),
        "short mac": good[:-1],
        "upper mac": good.rpartition("|")[0] + "|" + good.rpartition("|")[2].upper(),
        "no mac": good.rpartition("|")[0],
        "five parts": good + "|",
        "swapped": "|".join([good.split("|")[1], *good.split("|")[1:]]) + " ",
        "moved bar": good.replace("}|{", "|}{", 1),
        "null": "{NULL}|{NULL}|9999999999|" + "0" * 64,
        "all": "{*}|{*}|9999999999|" + "0" * 64,
    }


@pytest.mark.parametrize("name", false_contexts())
def test_a_false_context_is_an_error_not_an_empty_list(wall: Wall, name: str) -> None:
    value = false_contexts()[name]
    for table in wall.owned:
        with pytest.raises(psycopg.Error), wall.app.transaction():
            wall.app.execute("SELECT set_config('app.ctx', %s, true)", [value])
            wall.app.execute(f"SELECT * FROM {table}".encode())


def test_without_a_context_every_table_is_an_error(wall: Wall) -> None:
    for table in wall.owned:
        for _again in range(2):
            with pytest.raises(errors.InsufficientPrivilege, match="no jurisdiction context"):
                wall.app.execute(f"SELECT * FROM {table}".encode())
            with pytest.raises(errors.InsufficientPrivilege):
                wall.app.execute(f"DELETE FROM {table}".encode())
    for table in wall.register:
        with pytest.raises(errors.InsufficientPrivilege):
            wall.app.execute(f"UPDATE {table} SET jurisdiction_id = jurisdiction_id".encode())


def test_a_context_ends_with_its_transaction(wall: Wall) -> None:
    with wall.app.transaction():
        wall.app.execute("SELECT set_config('app.ctx', %s, true)", [signed((OWN,))])
        assert wall.app.execute("SELECT * FROM directory_person").fetchall()
    with pytest.raises(errors.InsufficientPrivilege):
        wall.app.execute("SELECT * FROM directory_person")
    with wall.app.transaction(force_rollback=True):
        wall.app.execute("SELECT set_config('app.ctx', %s, true)", [signed((OWN,))])
        with wall.app.transaction(force_rollback=True):
            wall.app.execute("SELECT set_config('app.ctx', %s, true)", [signed((OTHER,))])
        rows = wall.app.execute("SELECT jurisdiction_id FROM directory_person").fetchall()
    assert rows == [(OWN,)], "a context set in a savepoint goes with it"


def test_reading_two_towns_writes_only_one(wall: Wall) -> None:
    both = signed((OWN, OTHER), (OWN,))
    for table in wall.owned:
        assert len(wall.attempt(f"SELECT * FROM {table}", both)) == 2, table
        before = wall.print(table)
        for form in ("update", "take row", "delete", "give row", "insert"):
            wall.attempt(wall.form(WRITES[form], table), both)
            assert wall.print(table) == before, (table, form)
            _restore(wall, table)


LEND = (
    'INSERT INTO jurisdictions_share (id, jurisdiction_id, grantee_id, "table", row_id, reason, since)'
    " VALUES (9000, {lender}, {borrower}, '{t}', {row}, 'mine', now())"
)


def _lent_tables(wall: Wall) -> list[str]:
    """Tables whose rows can be lent."""
    rows = wall.superuser.execute(
        "SELECT tablename FROM pg_policies WHERE policyname = 'read' AND qual LIKE '%sec.shared(%' ORDER BY 1"
    ).fetchall()
    return [table for (table,) in rows]


def test_a_town_cannot_lend_itself_the_row_of_another(wall: Wall) -> None:
    """Were the loan believed, its own signed context would be enough to read any row that can be lent."""
    tables = _lent_tables(wall)
    assert {"directory_person", "files_file"} <= set(tables)
    for table in tables:
        read = f"; SELECT * FROM {table} WHERE jurisdiction_id = {OTHER}"
        false_loan = LEND.format(lender=OWN, borrower=OWN, t=table, row=OTHER)
        assert wall.attempt(false_loan + read) == [], table
        turned = LEND.format(lender=OWN, borrower=OWN, t=table, row=OWN) + (
            f"; UPDATE jurisdictions_share SET row_id = {OTHER} WHERE reason = 'mine'"
        )
        assert wall.attempt(turned + read) == [], table
        assert wall.attempt(f"SELECT * FROM {table} WHERE jurisdiction_id = {OTHER}") == [], table
    lent = wall.superuser.execute("SELECT count(*) FROM jurisdictions_share WHERE reason = 'mine'").fetchone()
    assert lent == (0,)


def test_a_true_loan_is_read_by_who_borrows(wall: Wall) -> None:
    for table in _lent_tables(wall):
        with wall.app.transaction(force_rollback=True):
            wall.app.execute("SELECT set_config('app.ctx', %s, true)", [signed((OTHER,))])
            wall.app.execute(LEND.format(lender=OTHER, borrower=OWN, t=table, row=OTHER).encode())
            wall.app.execute("SELECT set_config('app.ctx', %s, true)", [signed((OWN,))])
            rows = wall.app.execute(f"SELECT id FROM {table} WHERE jurisdiction_id = {OTHER}".encode()).fetchall()
            assert rows == [(OTHER,)], table
