"""Fills a clone with branches, thirty members each, and two years of their meetings (seeded)."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import psycopg

from bench import ground
from bench.matching.seed import _place
from bench.web.seed import _multiply
from tests import ground as servers

FIRST = 1_000_000  # ids of made rows begin here
IN_A_TOWN, MEMBERS, MONTHS = 500, 30, 24
# Kind of meeting, months between two, and of a hundred how many were held and recorded.
HELD = (("主题党日", 1, 85), ("支委会", 1, 80), ("支部党员大会", 3, 90), ("党课", 3, 75), ("组织生活会", 12, 90))

Connection = psycopg.Connection[tuple[Any, ...]]


def seeded(n: int, seed: int) -> tuple[str, dict[str, Any]]:
    """A new database with `n` branches, and the ids of the towns they are in."""
    name = ground.fresh()
    answer = subprocess.run(
        [sys.executable, "-m", "bench.nightly.prototype"],
        env=ground.environment(name),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ground.ROOT,
    )
    made: dict[str, Any] = json.loads(answer.stdout.strip().splitlines()[-1])
    with psycopg.connect(servers.server().superuser_url(name), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        towns = [FIRST + number for number in range(-(-n // IN_A_TOWN))]
        for town in towns:
            _place(connection, town, "town", made["county"])
        _branches(connection, made, n)
        _members(connection, made, n)
        _meetings(connection, made, n, seed)
        _quorums(connection)
        _single(connection)
        for table in ("directory_organization", "jurisdictions_jurisdiction", "events_meeting"):
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))".encode()
            )
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    return name, {**made, "towns": towns}


def _town(branch: str) -> str:
    return f"{FIRST} + ({branch} - 1) / {IN_A_TOWN}"


def _branches(connection: Connection, made: dict[str, Any], n: int) -> None:
    name = "'第' || g || '党支部'"
    place = {"jurisdiction_id": _town("g"), "key": "gen_random_uuid()"}
    body = {
        "id": f"{FIRST} + g", "name": name, "name_key": name, "short_name": "''", "short_key": "''", "code": "''",
        "path": f"lpad(({FIRST} + g)::text, 7, '0')", "founded_on": "date '2015-01-01'", **place,
    }  # fmt: skip
    _multiply(connection, "directory_organization", f"t.id = {made['branch']}", n, body)
    profile = {"organization_id": f"{FIRST} + g", "level": "'branch'", "members": str(MEMBERS), **place}
    _multiply(connection, "directory_partyprofile", f"t.organization_id = {made['branch']}", n, profile)


def _members(connection: Connection, made: dict[str, Any], n: int) -> None:
    count, branch = n * MEMBERS, f"(1 + (g - 1) / {MEMBERS})"
    place = {"jurisdiction_id": _town(branch), "key": "gen_random_uuid()", "id": f"{FIRST} + g"}
    _multiply(connection, "directory_person", f"t.id = {made['person']}", count, place)
    _multiply(
        connection, "partylife_partymember", f"t.id = {made['member']}", count, {"person_id": f"{FIRST} + g", **place}
    )
    seat = {"member_id": f"{FIRST} + g", "branch_id": f"{FIRST} + {branch}", **place}
    _multiply(connection, "partylife_branchmembership", f"t.id = {made['seat']}", count, seat)


def _quorums(connection: Connection) -> None:
    """Every meeting of a kind that needs a quorum had it; how it came out is not looked at."""
    connection.execute(
        "INSERT INTO partylife_quorum (key, jurisdiction_id, meeting_id, branch_id, eligible, present, typed, reason,"
        " met, counts, evaluation_id) SELECT gen_random_uuid(), jurisdiction_id, id, convener_id, 3, 3, false, '',"
        f" true, true, 0 FROM events_meeting WHERE id > {FIRST} AND kind IN ('支部党员大会', '支委会')".encode()
    )


def _single(connection: Connection) -> None:
    """Periods of single people: a secretary a branch, of whom one in ten is new; one member in three hundred is a
    graduate kept at school whose time ends soon, another is in a correction period that ended.
    """
    seats = f"FROM partylife_branchmembership s JOIN partylife_partymember m ON m.id = s.member_id WHERE s.id > {FIRST}"
    nth = f"(s.id - {FIRST})"
    for sql in (
        "INSERT INTO directory_membership (key, jurisdiction_id, person_id, organization_id, role, since, details)"
        f" SELECT gen_random_uuid(), s.jurisdiction_id, m.person_id, s.branch_id, 'secretary', CASE {nth} % 300 WHEN 1"
        f" THEN current_date - 90 ELSE date '2019-01-01' END, '{{}}' {seats} AND {nth} % {MEMBERS} = 1",
        "INSERT INTO partylife_absence (key, jurisdiction_id, member_id, kind, since, place, contact_name, words,"
        " recorded_by_name, recorded_at) SELECT gen_random_uuid(), s.jurisdiction_id, m.id, 'graduate',"
        f" current_date - 700, '', '', '', '', now() {seats} AND {nth} % 300 = 2",
        "INSERT INTO partylife_standingdecision (key, jurisdiction_id, member_id, kind, ground, since, until, body,"
        " paper, reason, recorded_by_name, recorded_at) SELECT gen_random_uuid(), s.jurisdiction_id, m.id, 'correct',"
        f" '', current_date - 100, current_date - 1, 'b', 'p', 'r', '', now() {seats} AND {nth} % 300 = 3",
    ):
        connection.execute(sql.encode())


def _meetings(connection: Connection, made: dict[str, Any], n: int, seed: int) -> None:
    for number, (kind, months, held) in enumerate(HELD):
        times = MONTHS // months
        branch, back = f"(1 + (g - 1) / {times})", f"((g - 1) % {times}) * {months}"
        dice = f"('x' || substr(md5(g::text || '{kind}{seed}'), 1, 6))::bit(24)::int % 100"
        start = f"date_trunc('month', now()) - ({back}) * interval '1 month' + interval '4 days 2 hours'"
        _multiply(
            connection,
            "events_meeting",
            f"t.id = {made['meeting']} AND {dice} < {held} AND {start} < now()",
            n * times,
            {
                "id": f"{FIRST} + {number} * 10000000 + g", "key": "gen_random_uuid()", "kind": f"'{kind}'",
                "title": f"'{kind}'", "convener_id": f"{FIRST} + {branch}", "jurisdiction_id": _town(branch),
                "starts_at": start, "ends_at": f"{start} + interval '1 hour'", "series_id": "NULL",
                "series_day": "NULL",
            },
        )  # fmt: skip
