"""The rounds of area `matching`: the best ten with their reasons at 10,000, 100,000 and a million items.

Beside ours, on the same rows in the same run: PostgreSQL's `ts_rank` of the same words, alone and with category and
visibility. The twin of each time is the overlap of its ten with the ten of the whole formula over all rows.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from typing import Any

from bench import ground
from bench.matching import quality
from bench.matching.seed import seeded
from bench.protocol import Check, Outcome, say
from bench.web.serve import Web
from tests import ground as servers

SIZES = (10_000, 100_000, 1_000_000)
FEW = 40  # needs for which all rows are scored
WORKERS = 2


def measure(*, n: int | None, seed: int, rounds: int | None) -> Outcome:
    """Sizes up to `n` (a million); `rounds` of the pages over HTTP (two)."""
    sizes = [size for size in SIZES if size <= (n or SIZES[-1])]
    ground.open_ground()
    found = {}
    for size in sizes:
        say(f"seeding {size:,} items")
        began = time.monotonic()
        name, made = seeded(size, seed)
        say(f"seeded in {time.monotonic() - began:.0f} s; measuring")
        with ExitStack() as stack:
            home = tempfile.mkdtemp(prefix="lianjian-match-")
            stack.callback(shutil.rmtree, home, ignore_errors=True)
            found[size] = _asked(name, {**made, "few": FEW}, home)
            found[size]["over HTTP"] = _served(stack, name, made, home, rounds or 2)
        servers.drop(name)
    table = quality.table()
    twins = {"sizes": found, "quality": table}
    return Outcome("matching", _series(found), _checks(found, table), twins, NOTES)


def _asked(name: str, made: dict[str, Any], home: str) -> dict[str, Any]:
    answer = subprocess.run(
        [sys.executable, "-m", "bench.matching.ask"],
        env={**ground.environment(name), "LIANJIAN_DATA": home},
        input=json.dumps(made),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ground.ROOT,
    )
    return dict(json.loads(answer.stdout.strip().splitlines()[-1]))


def _served(stack: ExitStack, name: str, made: dict[str, Any], home: str, rounds: int) -> dict[str, float]:
    """Milliseconds of the page of matches of one need after another."""
    web = Web("ours", "lianjian.config.wsgi", name, extra={"LIANJIAN_DATA": home})
    web.start(workers=WORKERS)
    stack.callback(web.stop)
    for key in made["needs"][:20]:
        web.ask(f"/lists/{key}/matches", made["cookies"])
    times = []
    for _round in range(rounds):
        for key in made["needs"]:
            began = time.perf_counter()
            web.ask(f"/lists/{key}/matches", made["cookies"])
            times.append(time.perf_counter() - began)
    times.sort()
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    return {"p50": round(p50 * 1000, 2), "p95": round(p95 * 1000, 2), "questions": len(times)}


def _series(found: dict[int, dict[str, Any]]) -> dict[str, Any]:
    shown = {}
    for size, values in found.items():
        for name, value in values.items():
            if isinstance(value, dict):
                shown[f"{name} at {size:,}"] = {
                    "rounds": value["questions"],
                    "cpu_min": 0.0,
                    "cpu_median": 0.0,
                    "wall_min": value["p50"] / 1000,
                    "wall_median": value["p50"] / 1000,
                    "parts": {"p50 ms": value["p50"], "p95 ms": value["p95"]},
                }
    return shown


def _checks(found: dict[int, dict[str, Any]], table: dict[str, Any]) -> list[Check]:
    size = max(found)
    top = found[size]
    at = f"at {size:,}"
    ours, plain = table["all"]["test"], table["plain BM25"]["test"]
    index = top["in process"]["p50"]
    return [
        Check(f"page of matches over HTTP {at}, p95", top["over HTTP"]["p95"], 40.0, "ms", at_most=True),
        Check(f"in process with reasons {at}, p95", top["in process"]["p95"], 40.0, "ms", at_most=True),
        Check(f"overlap@10 with the whole formula {at}", top["overlap"], 0.99, ""),
        Check(f"faster than ts_rank on the words alone {at}, p50", round(top["ts_rank"]["p50"] / index, 2), 10.0),
        Check(
            f"faster than ts_rank with category and visibility {at}, p50",
            round(top["ts_rank filtered"]["p50"] / index, 2),
            4.0,
        ),
        Check(f"the database alone {at}, p95", top["database"]["p95"], 150.0, "ms", at_most=True),
        Check(f"the database alone, overlap@10 {at}", top["database overlap"], 0.95, ""),
        Check(f"a new item is found after {at}", top["fresh_seconds"], 2.0, "s", at_most=True),
        Check("nDCG@10 over that of plain BM25, test half", round(ours["ndcg@10"] / plain["ndcg@10"], 3), 1.0),
        Check("recall@10 over that of plain BM25, test half", round(ours["recall@10"] / plain["recall@10"], 3), 1.0),
    ]


NOTES = [
    "Milliseconds are wall time of one question after another; `index alone` is the search for candidates, `in process`"
    " the whole question with its six queries, `over HTTP` the page that a clerk opens.",
    "The reader is a town's clerk: of eight counties he sees his own and what is public.",
    "ts_rank is asked for the same words on the same rows: alone, and with the category and what the reader may see. It"
    " gives ten ids without reasons; ours are ten scored rows with every addend.",
    "The made vocabulary has 40,000 words; real texts have rarer ones, and shorter lists.",
]
