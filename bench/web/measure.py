"""The rounds of area `web`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import ExitStack
from datetime import date
from typing import Any

import psycopg

from bench import ground
from bench.protocol import Check, Outcome, Sample, Series, interleave, ratio, say
from tests import ground as servers

from .seed import seeded
from .serve import Web, sample

PAGES = ("list", "table", "record", "file")
# Milliseconds of CPU a request that we aim at: (web, database).
AIMS = {"list": (3.0, 1.0), "record": (2.0, 0.5), "file": (3.0, 1.0)}
MAIN = 10_000


def measure(*, n: int | None, seed: int, rounds: int | None) -> Outcome:
    """Sizes 1,000, 10,000 and n; peers at 10,000."""
    largest, rounds = n or 100_000, rounds or 7
    middle = min(MAIN, largest)
    sizes = sorted({min(1_000, largest), middle, largest})
    ground.open_ground()
    databases = {}
    for size in sizes:
        say(f"seeding {size:,} cases")
        databases[size] = seeded(size, seed)
    say("seeding 10 cases for the query counts")
    few = seeded(10, seed)
    counts = {"10": _queries(*few), f"{middle}": _queries(*databases[middle])}
    with ExitStack() as stack:
        webs = _start(stack, databases, middle)
        series, twins = _rounds(webs, databases, rounds, middle)
    return _judge(series, twins, counts, sizes, middle)


def _queries(name: str, made: dict[str, Any]) -> dict[str, Any]:
    """Queries a page, in a process of its own."""
    pages = {
        "list": "/cases/",
        "record": f"/cases/{made['keys'][0]}",
        "form": "/cases/new",
        "workbench": "/",
        "organization": f"/directory/organizations/{made['firm_key']}",
        "duties": "/duties/",
    }
    answer = subprocess.run(
        [sys.executable, "-m", "bench.web.queries", json.dumps({"cookies": made["cookies"], "pages": pages})],
        env=ground.environment(name),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ground.ROOT,
    )
    return dict(json.loads(answer.stdout.strip().splitlines()[-1]))


def _without_policies(name: str) -> str:
    """A clone in which no table has row security."""
    clone = ground.fresh(name)
    with psycopg.connect(servers.server().superuser_url(clone), autocommit=True) as connection:
        rows = connection.execute("SELECT relname FROM pg_class WHERE relrowsecurity").fetchall()
        for (table,) in rows:
            connection.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY'.encode())
        connection.execute("VACUUM (ANALYZE)")
    return clone


def _start(stack: ExitStack, databases: dict[int, tuple[str, Any]], middle: int) -> dict[str, Web]:
    house = "lianjian.config.wsgi"
    name = databases[middle][0]
    webs = {
        f"ours_{size}": Web(f"ours_{size}", house, database) for size, (database, _m) in databases.items()
    }
    webs["open"] = Web("open", "bench.peers.unguarded", _without_policies(name), extra={"BENCH_HOUSE": "1"})
    webs["stock"] = Web("stock", "bench.peers.wsgi", name, as_owner=True)
    webs["raw"] = Web("raw", "bench.peers.wsgi", name, as_owner=True, extra={"BENCH_PERSISTENT": "1"})
    for web in webs.values():
        web.start()
        stack.callback(web.stop)
    return webs


def _requests(name: str, page: str, made: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """`count` requests of one page, and one more to warm up."""
    front = "" if name.startswith(("ours", "open")) else f"/{name}"
    cookies = {**made["cookies"], "town": str(made["town"])}
    if page == "table":
        return [{"path": "/raw/table/", "cookies": cookies}] * (count + 1)
    if page == "list":
        return [{"path": f"{front}/cases/", "cookies": cookies}] * (count + 1)
    if page == "record":
        keys = (made["keys"] * (count // len(made["keys"]) + 1))[: count + 1]
        return [{"path": f"{front}/cases/{key}", "cookies": cookies} for key in keys]
    form = {
        "organization": made["firm_key"],
        "category": "utilities",
        "text": "厂区门口道路夜间照明不足,希望协调增设路灯。",
        "source": "desk",
        "urgency": "normal",
        "registered_on": date.today().isoformat(),  # noqa: DTZ011 - the form's own day
        "reporter": "丁宁",
    }
    asked = {"path": f"{front}/cases/new", "cookies": cookies, "expect": (302, 303)}
    return [{**asked, "form": {**form, "_key": f"{name}{_number()}"}} for _i in range(count + 1)]


_last = 0


def _number() -> int:
    global _last
    _last += 1
    return _last


def _rounds(
    webs: dict[str, Web], databases: dict[int, tuple[str, Any]], rounds: int, middle: int
) -> tuple[dict[str, dict[str, Series]], dict[str, Any]]:
    def made_of(name: str) -> dict[str, Any]:
        size = int(name.partition("_")[2]) if name.startswith("ours_") else middle
        return dict(databases[size][1])

    def candidate(name: str, page: str) -> Sample:
        return sample(webs[name], _requests(name, page, made_of(name), 40))

    twins = _same(webs, made_of(f"ours_{middle}"), middle)
    found = {}
    for page in PAGES:
        names = ["raw"] if page == "table" else list(webs)
        for name in names:
            sample(webs[name], _requests(name, page, made_of(name), 8))
        say(f"measuring {page}")
        found[page] = interleave({name: (lambda n=name, p=page: candidate(n, p)) for name in names}, rounds)
    return found, twins


def _same(webs: dict[str, Web], made: dict[str, Any], middle: int) -> dict[str, Any]:
    """The twins: the same fifty numbers in the same order on every page that claims to be the list; every choice,
    state with its count, and word of the menu on the raw page that ours has.
    """
    shown, pages = {}, {}
    for name in (f"ours_{middle}", "open", "stock", "raw"):
        text = pages[name] = webs[name].ask(**_requests(name, "list", made, 0)[0])
        shown[name] = list(dict.fromkeys(re.findall(r"\b[A-Z]{2}-\d{4}-\d{4,6}\b", text)))[:50]
    first = shown[f"ours_{middle}"]
    same = {name: numbers == first and len(numbers) == 50 for name, numbers in shown.items()}
    words = _words(pages[f"ours_{middle}"])
    raw = re.sub(r"<[^>]*>", " ", pages["raw"])
    return {
        "same_fifty_numbers": all(same.values()),
        "by_page": same,
        "words_of_ours": len(words),
        "words_of_ours_that_raw_lacks": sorted(word for word in words if word not in raw),
    }


def _words(page: str) -> set[str]:
    """Choices of the filters, states with their counts, entries of the menu."""
    choices = re.findall(r"<option[^>]*>([^<]+)</option>", page)
    states = re.findall(r'<a href="/cases/\?state=[a-z]+"[^>]*>([^<]+)<span>([^<]+)</span>', page)
    menu = re.findall(r'<li><a href="[^"]*"[^>]*><svg.*?</svg><span>([^<]+)</span>', page)
    return {*choices, *menu, *(f"{word}{count}" for word, count in states)}


def _judge(
    series: dict[str, dict[str, Series]],
    twins: dict[str, Any],
    counts: dict[str, Any],
    sizes: list[int],
    middle: int,
) -> Outcome:
    checks, flat = [], {}
    for page, found in series.items():
        if page == "table":
            flat["list table alone, raw"] = found["raw"].as_json()
            continue
        ours = found[f"ours_{middle}"]
        for name, one in found.items():
            flat[f"{page} {name}"] = one.as_json()
        at = f"{page}, {middle:,} cases"
        checks.append(Check(f"stock / ours, {at}", ratio(found["stock"], ours), 2.5))
        checks.append(Check(f"ours / raw, {at}", ratio(ours, found["raw"]), 2.0, at_most=True))
        web, pg = AIMS[page]
        parts = ours.as_json()["parts"]
        checks.append(Check(f"web ms, {at}", round(parts["web"] * 1000, 2), web, "ms", True))
        checks.append(Check(f"pg ms, {at}", round(parts["pg"] * 1000, 2), pg, "ms", True))
        checks.append(
            Check(f"with / without row security, {at}", ratio(ours, found["open"]), 1.25, at_most=True)
        )
        small, large = found[f"ours_{sizes[0]}"], found[f"ours_{sizes[-1]}"]
        grown = round(large.median() / small.median(), 3)
        checks.append(Check(f"median at {sizes[-1]:,} / at {sizes[0]:,}, {page}", grown, 1.5, at_most=True))
    few, many = counts["10"], counts[str(middle)]
    for page in few:
        checks.append(Check(f"queries, {page}", many[page]["queries"], 12, "", True))
        grown = many[page]["queries"] - few[page]["queries"]
        checks.append(Check(f"queries more at {middle:,} cases than at 10, {page}", grown, 0, "", True))
    twins["same_queries_at_10_and_many"] = {
        page: [few[page]["queries"], many[page]["queries"]]
        for page in few
        if few[page]["queries"] != many[page]["queries"]
    } or True
    twins["statuses"] = {page: many[page]["status"] for page in many}
    notes = [
        "stock: connection per request, objects, Django template, count(*); as owner, so without row security",
        "raw: kept connection, SQL by hand, HTML joined by hand; as owner. Its list holds what ours holds (menu, "
        "unread messages, cases by state, filters with their choices, saved views, table, next page) with no object, "
        "template, form, right or policy; its other pages one statement's rows and no menu",
        "table: of the raw page the table alone, one statement; shown, not judged",
        "open: ours on a clone without row security and without setting the context",
        "seconds are CPU seconds a request; 40 requests a round one after another, least of the rounds",
        f"query counts: {json.dumps(counts)}",
    ]
    return Outcome("web", flat, checks, twins, notes)
