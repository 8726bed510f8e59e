"""Migrations that carry rows over: an older database, filled, comes up to this program with nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests import ground


@pytest.fixture
def older(django_db_setup: None) -> Iterator[str]:
    """A database of its own, empty, to be taken back and forth."""
    name = ground.new_name()
    ground.clone(name)
    yield name
    ground.drop(name)


def migrate(name: str, app: str, target: str) -> None:
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "django", "migrate", app, target, "--verbosity=0", "--no-input"],
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


def test_visitors_keep_their_names_and_links(older: str) -> None:
    migrate(older, "events", "0004")
    names = [f"走访员{n:03}" for n in range(40)]
    with psycopg.connect(ground.server().superuser_url(older), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # rows may be bare
        add(connection, "jurisdictions_jurisdiction", id=1)
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
    migrate(older, "events", "0005")
    with psycopg.connect(ground.server().superuser_url(older), autocommit=True) as connection:
        kept = dict(connection.execute("SELECT id, visitors FROM events_visit").fetchall())
        assert kept == {short: "苏禾、白露", long: "、".join(names)}
        assert connection.execute("SELECT visit_id, person_id FROM events_visitperson").fetchall() == [(short, 7)]
        assert _walled(connection, "events_visit") and _walled(connection, "events_visitperson")


def test_kept_rows_are_packed_whole(older: str) -> None:
    migrate(older, "sheets", "0003")
    with psycopg.connect(ground.server().superuser_url(older), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        add(connection, "jurisdictions_jurisdiction", id=1)
        add(connection, "sheets_keptsheet", id=3, jurisdiction_id=1)
        add(connection, "sheets_import", id=4, jurisdiction_id=1)
        common = {"jurisdiction_id": 1, "sheet_id": 3, "imported_id": 4}
        for number in range(1, 1206):
            add(connection, "sheets_keptrow", number=number, values=f'{{"列": "{number}"}}', digest=f"d{number}",
                label="directory.organization", row_id=number + 10, **common)
        add(connection, "sheets_keptrow", number=9, values='{"列": "另"}', digest="e", label="", **common)
    migrate(older, "sheets", "0004")
    with psycopg.connect(ground.server().superuser_url(older), autocommit=True) as connection:
        rows = connection.execute(
            "SELECT label, numbers, lines, digests, row_ids FROM sheets_keptchunk ORDER BY label, numbers"
        ).fetchall()
        assert [len(row[1]) for row in rows] == [1, 1000, 205]
        told = [line for row in rows[1:] for line in zip(*row[1:], strict=True)]
        assert told == [(n, f'{{"列": "{n}"}}', f"d{n}", n + 10) for n in range(1, 1206)]
        assert rows[0][1:] == ([9], ['{"列": "另"}'], ["e"], [None])
        assert _walled(connection, "sheets_keptchunk")


def test_two_sides_become_parties_and_a_free_source_a_voucher(older: str) -> None:
    migrate(older, "alliances", "0007")
    with psycopg.connect(ground.server().superuser_url(older), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        add(connection, "jurisdictions_jurisdiction", id=1)
        add(connection, "directory_organization", id=5, jurisdiction_id=1, classification="party")
        add(connection, "directory_organization", id=6, jurisdiction_id=1, classification="park")
        held = add(connection, "alliances_benefitagreement", jurisdiction_id=1, first_id=5, second_id=6, title="一")
        item = add(
            connection, "alliances_benefititem", jurisdiction_id=1, agreement_id=held, kind="tax", first_share=6_550,
            second_share=3_450,
        )  # fmt: skip
        given = add(connection, "alliances_contribution", jurisdiction_id=1, side="giver", source="银行回单", amount=5)
    migrate(older, "alliances", "0008")
    with psycopg.connect(ground.server().superuser_url(older), autocommit=True) as connection:
        rows = connection.execute(
            'SELECT p.number, p.side, p.organization_id, p."group", s.points FROM alliances_benefitparty p'
            " JOIN alliances_benefitshare s ON s.party_id = p.id WHERE s.item_id = %s ORDER BY 1",
            [item],
        ).fetchall()
        assert rows == [(1, "government", 5, "", 6_550), (2, "park", 6, "", 3_450)]
        kept = connection.execute("SELECT id, note, source FROM alliances_contribution").fetchall()
        assert kept == [(given, "银行回单", "")]
        for name in ("benefitagreement", "benefititem", "benefitparty", "benefitshare", "benefitpayout", "personseat"):
            assert _walled(connection, f"alliances_{name}"), name
        with pytest.raises(psycopg.errors.CheckViolation, match="make the whole"):
            connection.execute("UPDATE alliances_benefitshare SET points = 3451 WHERE points = 3450")


def _walled(connection: Any, table: str) -> bool:
    """Row security binds the table's owner too."""
    query = "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = %s"
    return bool(connection.execute(query, [table]).fetchone()[0])
