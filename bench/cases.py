"""The rounds of area `cases`: what casework costs at 10,000, 100,000 and a million cases, over HTTP.

Wall milliseconds of one request after another (median), cases filed in a second by eight clients, and the same reads
in bare SQL on a kept connection as the owner, without policy, right, page or form.
"""

from __future__ import annotations

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

SIZES = (10_000, 100_000, 1_000_000)
TIMES = 40
FILED, CLIENTS, WORKERS = 600, 8, 3
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
    return Outcome("cases", _series(found, bare), _checks(found, bare), {"bare_sql_ms": bare}, NOTES)


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


def _file(web: Web, made: dict[str, Any]) -> float:
    """Cases filed in a second by clients at once, each through the form with all its side effects."""
    form = {
        "organization": made["firm_key"],
        "category": "utilities",
        "text": "厂区门口道路夜间照明不足,希望协调增设路灯。",
        "source": "desk",
        "urgency": "normal",
        "registered_on": clock.today().isoformat(),
        "reporter": "丁宁",
    }

    def work(client: int, count: int) -> None:
        for number in range(count):
            sent = {**form, "_key": f"{client}-{number}-{count}"}
            web.ask("/cases/new", made["cookies"], sent, (302, 303))

    def crowd(count: int) -> float:
        clients = [threading.Thread(target=work, args=(one, count)) for one in range(CLIENTS)]
        began = time.perf_counter()
        for one in clients:
            one.start()
        for one in clients:
            one.join()
        return CLIENTS * count / (time.perf_counter() - began)

    crowd(4)
    return crowd(FILED // CLIENTS)


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

        return {page: _median(lambda one=statement: ask(one)) for page, statement in BARE.items()}


def _query() -> str:
    """The words of the search as PostgreSQL asks them."""
    code = "import json, sys; from lianjian.foundation.search import query_terms"
    code += "; print(json.dumps([term.token for term in query_terms(sys.argv[1])]))"
    answer = subprocess.run(
        [sys.executable, "-c", code, WORD],
        env=ground.environment("postgres"),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ground.ROOT,
    )
    return " & ".join(f"'{token}'" for token in json.loads(answer.stdout))


def _series(found: dict[int, dict[str, float]], bare: dict[int, dict[str, float]]) -> dict[str, Any]:
    shown = {}
    for size, pages in found.items():
        for page, value in pages.items():
            if page == "filed a second":
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
        times = round(found[middle][page] / bare[middle][page], 1)
        checks.append(Check(f"{page} over bare SQL, {middle:,}", times, 99.0, "x", True))
    for size, pages in found.items():
        checks.append(
            Check(f"filed a second, {size:,} cases", round(pages["filed a second"]), FILED_A_SECOND, "")
        )
    for page in ("suggestion", "backlog"):
        for size in found:
            checks.append(Check(f"{page}, {size:,} cases", round(found[size][page], 1), 999.0, "ms", True))
    largest = max(found)
    if largest > middle:
        for page in TARGETS:
            times = found[largest][page] / found[middle][page]
            checks.append(Check(f"{page}, {largest:,} over {middle:,}", round(times, 2), 2.0, "x", True))
    return checks


NOTES = [
    f"wall milliseconds, median of {TIMES} requests one after another, one gunicorn worker, a connection a request;"
    " pages are whole pages with menu, filters, counts by state, unread messages",
    f"filing: {CLIENTS} clients at once, {WORKERS} workers; policy, journal, duty, deadline, message, search words",
    "the targets for suggestion, backlog and the ratios to bare SQL are not set by anybody: the numbers are to be read",
]
