"""Fills a clone with the meetings of a town (seeded): four years of them, every fourth by itself, others by series.

A hundred branches convene, each meeting invites one of two hundred firms, of which one is that whose feed is asked for.
Three quarters are past and held, one in fifty is cancelled.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import psycopg

from bench import ground
from bench.web.seed import _multiply
from tests import ground as servers

FIRST = 1_000_000  # ids of made rows begin here
BRANCHES, FIRMS, YEARS, IN_SERIES = 100, 200, 4, 40

Connection = psycopg.Connection[tuple[Any, ...]]


def seeded(n: int, seed: int) -> tuple[str, dict[str, Any]]:
    """A new database with `n` meetings of one town, and the secret parts of three addresses."""
    name = ground.fresh()
    answer = subprocess.run(
        [sys.executable, "-m", "bench.calendar.prototype"],
        env=ground.environment(name),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ground.ROOT,
    )
    made: dict[str, Any] = json.loads(answer.stdout.strip().splitlines()[-1])
    with psycopg.connect(servers.server().superuser_url(name), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        _bodies(connection, made)
        _series(connection, made, n)
        _meetings(connection, made, n, seed)
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    return name, made


def _bodies(connection: Connection, made: dict[str, Any]) -> None:
    for which, count, word, base in (("branch", BRANCHES, "党支部", 0), ("firm", FIRMS, "木业有限公司", BRANCHES)):
        name = f"'云岭第' || g || '{word}'"
        body = {
            "id": f"{FIRST + base} + g", "key": "gen_random_uuid()", "name": name, "name_key": name,
            "short_name": "''", "short_key": "''", "code": "''",
            "path": f"left(t.path, length(t.path) - 6) || ({100_000 + base} + g)::text",
        }  # fmt: skip
        _multiply(connection, "directory_organization", f"t.id = {made[which]}", count, body)


def _series(connection: Connection, made: dict[str, Any], n: int) -> None:
    own = {"id": f"{FIRST} + g", "key": "gen_random_uuid()", "convener_id": f"{FIRST + 1} + g % {BRANCHES}"}
    _multiply(connection, "events_series", f"t.id = {made['series']}", -(-n // IN_SERIES), own)


def _meetings(connection: Connection, made: dict[str, Any], n: int, seed: int) -> None:
    dice = f"(('x' || substr(md5(g::text || '{seed}'), 1, 6))::bit(24)::int / 16777216.0)"
    # Three years back, one ahead.
    start = f"date_trunc('minute', now() + ({dice} * {YEARS} - {YEARS - 1}) * interval '365 days')"
    past = f"{start} < now()"
    alone = "g % 4 = 0"
    state = f"CASE WHEN g % 50 = 7 THEN 'cancelled' WHEN {past} THEN 'held' ELSE 'planned' END"
    _multiply(
        connection,
        "events_meeting",
        f"t.id = {made['meeting']}",
        n,
        {
            "id": f"{FIRST} + g", "key": "gen_random_uuid()", "title": "t.title || g",
            "convener_id": f"{FIRST + 1} + g % {BRANCHES}", "starts_at": start,
            "ends_at": f"{start} + interval '2 hours'",
            "series_id": f"CASE WHEN {alone} THEN NULL ELSE {FIRST + 1} + g / {IN_SERIES} END",
            "series_day": f"CASE WHEN {alone} THEN NULL ELSE date '1990-01-01' + g END",
            "venue_id": "CASE WHEN g % 3 = 0 THEN NULL ELSE t.venue_id END",
            "place": "CASE WHEN g % 3 = 0 THEN '三楼会议室' ELSE '' END",
            "state": state, "reason": "CASE WHEN g % 50 = 7 THEN '改期' ELSE '' END",
            "settled_at": f"CASE WHEN g % 50 = 7 OR {past} THEN least(now(), {start} + interval '3 hours') END",
            "search": "NULL",
        },
    )  # fmt: skip
    firm = f"CASE WHEN g % {FIRMS} = 3 THEN {made['firm']} ELSE {FIRST + BRANCHES + 1} + g % {FIRMS} END"
    invited = {
        "id": f"{FIRST} + g",
        "key": "gen_random_uuid()",
        "meeting_id": f"{FIRST} + g",
        "organization_id": firm,
    }
    _multiply(connection, "events_invitation", f"t.meeting_id = {made['meeting']}", n, invited)
