"""The rounds of area `cases`: what casework costs at 10,000, 100,000 and a million cases, over HTTP.

Wall milliseconds of one request after another (median), cases filed in a second by eight clients, and the same reads
in bare SQL on a kept connection as the owner, without policy, right, page or form.
"""

from __future__ import annotations

import itertools
import json
import statistics
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from typing import Any

import psycopg

from bench import ground
from bench.protocol import Check, Outcome, say
from bench.web.seed import seeded
from bench.web.serve import Web
from lianjian.foundation import clock
from tests import ground as servers

Connection = psycopg.Connection[tuple[Any, ...]]

SIZES = (10_000, 100_000, 1_000_000)
TIMES = 40
FILED, CLIENTS, WORKERS, ROUNDS = 800, 8, 2, 3
# Milliseconds (median) at 100,000 cases; a million may cost twice as much.
TARGETS = {"list": 6.0, "search": 15.0, "aggregate": 10.0}
FILED_A_SECOND = 250.0
WORD = "第37号路段增设路灯"

BARE = {
    "list": (
        "SELECT c.key, c.number, c.title, o.name, o.key, g.name, h.name, c.state, c.registered_on, c.due_at"
        " FROM cases_case c JOIN cases_category g ON g.id = c.category_id"
        " LEFT JOIN directory_organization o ON o.id = c.organization_id"
        " LEFT JOIN directory_organization h ON h.id = c.handler_id"
        " WHERE c.jurisdiction_id = %(town)s AND c.kind = 'need' AND c.state = 'signed'"
        " ORDER BY c.registered_on DESC, c.id DESC LIMIT 51"
    ),
    "search": (
        "SELECT c.key, c.number, c.title FROM cases_case c WHERE c.jurisdiction_id = %(town)s"
        " AND c.search @@ %(word)s::tsquery ORDER BY c.registered_on DESC, c.id DESC LIMIT 51"
    ),
    "aggregate": (
        "SELECT state, date_trunc('month', registered_on), count(*) FROM cases_case"
        " WHERE jurisdiction_id = %(town)s AND state NOT IN ('withdrawn', 'merged') GROUP BY 1, 2"
    ),
    "suggestion": (
        "SELECT handler_id, number FROM cases_case WHERE jurisdiction_id = %(town)s AND category_id ="
        " (SELECT category_id FROM cases_case WHERE key = %(key)s) AND handler_id IS NOT NULL ORDER BY id DESC LIMIT 1"
    ),
    "backlog": (
        "SELECT count(*) FROM cases_case WHERE jurisdiction_id = %(town)s AND registered_on <= %(day)s"
        " AND (ended_at IS NULL OR ended_at >= %(day)s + 1)"
    ),
}
# One case with all that goes with it, copied from one that the verbs made: number, case, line of its story, journal
# entry with its change, deadline, duty, the key of the form.
FILING = (
    "INSERT INTO jurisdictions_counter AS c (jurisdiction_id, kind, year, last) VALUES (%(town)s, 'bare', 2026, 1)"
    " ON CONFLICT (jurisdiction_id, kind, year) DO UPDATE SET last = c.last + 1 RETURNING last",
    "INSERT INTO foundation_idempotencykey (user_id, key, digest, status, location, body, at)"
    " VALUES (0, %(mark)s, '', 303, '', '', now())",
)
COPIED = (
    ("rulebook_evaluation", "id = (SELECT evaluation_id FROM duties_duty WHERE subject_key = %(key)s LIMIT 1)", {}),
    ("cases_case", "key = %(key)s", {"number": "%(mark)s"}),
    ("cases_caseevent", "case_id = (SELECT id FROM cases_case WHERE key = %(key)s)", {}),
    ("journal_entry", "subject_key = %(key)s", {"seq": "NULL", "hash": "NULL", "prev": "NULL"}),
    ("journal_change", "entry_id = (SELECT id FROM journal_entry WHERE subject_key = %(key)s LIMIT 1)", {}),
    ("duties_duty", "subject_key = %(key)s", {"subject_key": "gen_random_uuid()"}),
)


def measure(*, n: int | None, seed: int, rounds: int | None) -> Outcome:
    """Sizes up to `n` (a million)."""
    sizes = [size for size in SIZES if size <= (n or SIZES[-1])]
    ground.open_ground()
    found: dict[int, dict[str, float]] = {}
    bare: dict[int, dict[str, float]] = {}
    for size in sizes:
        say(f"seeding {size:,} cases")
        name, made = seeded(size, seed)
        say(f"measuring {size:,} cases")
        with ExitStack() as stack:
            found[size] = _ours(stack, name, made)
            bare[size] = _bare(name, made)
        servers.drop(name)
    twins = {"bare_sql_ms": bare, "ratios": _ratios(found, bare)}
    return Outcome("cases", _series(found, bare), _checks(found, bare), twins, NOTES)


def _pages(made: dict[str, Any]) -> dict[str, str]:
    day = clock.today().replace(day=1).isoformat()
    return {
        "list": "/cases/?kind=need&state=signed",
        "search": f"/cases/?q={WORD}",
        "aggregate": "/api/v1/cases/counts",
        "suggestion": f"/cases/{made['registered_key']}/dispatch",
        "backlog": f"/figures/cases.backlog/?period={day}..{day}",
    }


def _ours(stack: ExitStack, name: str, made: dict[str, Any]) -> dict[str, float]:
    """Milliseconds a page, and cases filed a second."""
    with psycopg.connect(servers.server().superuser_url(name), autocommit=True) as connection:
        query = "SELECT key FROM cases_case WHERE state = 'registered' ORDER BY id DESC LIMIT 1"
        made["registered_key"] = str(connection.execute(query).fetchone()[0])  # type: ignore[index]
    web = Web("ours", "lianjian.config.wsgi", name)
    web.start()
    times = {}
    for page, path in _pages(made).items():
        times[page] = _median(lambda path=path: web.ask(_encoded(path), made["cookies"]))
    times["filing"] = _median(lambda: _file_one(web, made))
    web.stop()
    crew = Web("crew", "lianjian.config.wsgi", name, extra={"WEB_CONCURRENCY": str(WORKERS)})
    crew.start(workers=WORKERS)
    stack.callback(crew.stop)
    times["filed a second"] = _file(crew, made)
    return times


def _encoded(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/?&=%")


def _median(act: Any) -> float:
    for _warm in range(4):
        act()
    spent = []
    for _time in range(TIMES):
        began = time.perf_counter()
        act()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent) * 1000


_marks = itertools.count()


def _file_one(web: Web, made: dict[str, Any]) -> None:
    """File one case through the form."""
    form = {
        "organization": made["firm_key"],
        "category": "utilities",
        "text": "厂区门口道路夜间照明不足,希望协调增设路灯。",
        "source": "desk",
        "urgency": "normal",
        "registered_on": clock.today().isoformat(),
        "reporter": "丁宁",
        "_key": f"bench-{next(_marks)}",
    }
    web.ask("/cases/new", made["cookies"], form, (302, 303))


def _file(web: Web, made: dict[str, Any]) -> float:
    """Cases filed in a second by clients at once, each through the form with all its side effects."""

    def work(client: int, count: int) -> None:
        for _number in range(count):
            _file_one(web, made)

    def crowd(count: int) -> float:
        clients = [threading.Thread(target=work, args=(one, count)) for one in range(CLIENTS)]
        began = time.perf_counter()
        for one in clients:
            one.start()
        for one in clients:
            one.join()
        return CLIENTS * count / (time.perf_counter() - began)

    crowd(10)
    return max(crowd(FILED // CLIENTS) for _round in range(ROUNDS))


def _bare(name: str, made: dict[str, Any]) -> dict[str, float]:
    """Milliseconds of the same reads in SQL."""
    values = {
        "town": made["town"],
        "key": made["registered_key"],
        "day": clock.today().replace(day=1),
        "word": _query(),
    }
    with psycopg.connect(servers.server().superuser_url(name), autocommit=True) as connection:

        def ask(statement: str) -> Any:
            return connection.execute(statement.encode(), values, prepare=True).fetchall()

        times = {page: _median(lambda one=statement: ask(one)) for page, statement in BARE.items()}
        return times | {"filing": _bare_filing(connection, values)}


def _bare_filing(connection: Connection, values: dict[str, Any]) -> float:
    """Milliseconds of the same rows written by SQL alone, in one transaction that is committed."""
    statements = list(FILING)
    for table, where, changed in COPIED:
        rows = connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = '' AND attname <> 'id' ORDER BY attnum",
            [table],
        )
        columns = [str(name) for (name,) in rows.fetchall()]
        known = {"key": "gen_random_uuid()", **changed}
        shown = ", ".join(known.get(name, f'"{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        statements.append(f"INSERT INTO {table} ({names}) SELECT {shown} FROM {table} WHERE {where} LIMIT 1")

    def file() -> None:
        mark = f"bare-{next(_marks)}"
        with connection.transaction():
            for statement in statements:
                connection.execute(statement.encode(), {**values, "mark": mark}, prepare=True)

    return _median(file)


def _query() -> str:
    """The words of the search as PostgreSQL asks them."""
    code = "import django, json, sys; django.setup(); from lianjian.foundation.search import query_terms"
    code += "; from lianjian.foundation.searchdb import tsquery_text"
    code += "; print(json.dumps(tsquery_text(query_terms(sys.argv[1]))))"
    answer = subprocess.run(
        [sys.executable, "-c", code, WORD],
        env=ground.environment("postgres"),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ground.ROOT,
    )
    return str(json.loads(answer.stdout))


def _series(found: dict[int, dict[str, float]], bare: dict[int, dict[str, float]]) -> dict[str, Any]:
    shown = {}
    for size, pages in found.items():
        for page, value in pages.items():
            if page not in bare[size]:
                continue
            shown[f"{page} at {size:,}"] = {
                "rounds": TIMES,
                "cpu_min": 0.0,
                "cpu_median": 0.0,
                "wall_min": value / 1000,
                "wall_median": value / 1000,
                "parts": {"bare SQL": bare[size][page] / 1000},
            }
    return shown


def _checks(found: dict[int, dict[str, float]], bare: dict[int, dict[str, float]]) -> list[Check]:
    checks = []
    middle = min(100_000, max(found))
    for page, target in TARGETS.items():
        checks.append(Check(f"{page}, {middle:,} cases", round(found[middle][page], 1), target, "ms", True))
    for size, pages in found.items():
        # At a million half of it: within twice the cost.
        wanted = FILED_A_SECOND if size <= middle else FILED_A_SECOND / 2
        checks.append(Check(f"filed a second, {size:,} cases", round(pages["filed a second"]), wanted, ""))
    largest = max(found)
    if largest > middle:
        for page, target in TARGETS.items():
            times = found[largest][page] / target
            checks.append(Check(f"{page}, {largest:,} cases over its target", round(times, 2), 2.0, "x", True))
    return checks


def _ratios(found: dict[int, dict[str, float]], bare: dict[int, dict[str, float]]) -> dict[str, Any]:
    """What no target is set for: times the bare SQL of the same size, and growth from the least size to the largest."""
    least, most = min(found), max(found)
    return {
        page: {
            **{f"over bare SQL at {size:,}": round(found[size][page] / bare[size][page], 1) for size in found},
            "ms by size": [round(found[size][page], 1) for size in found],
            "growth": round(found[most][page] / found[least][page], 2),
        }
        for page in bare[least]
    }


NOTES = [
    f"wall milliseconds, median of {TIMES} requests one after another, one gunicorn worker, a connection a request;"
    " pages are whole pages with menu, filters, counts by state, unread messages",
    f"filing: {CLIENTS} clients at once, {WORKERS} workers, best of {ROUNDS} rounds of {FILED}; policy, journal, duty,"
    " deadline, message, search words",
    "bare SQL: the rows of the answer alone, on a kept connection as the owner; the aggregate and the backlog are"
    " counted from the cases there, from kept counts here",
]
