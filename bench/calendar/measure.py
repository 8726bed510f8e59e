"""The rounds of area `calendar`: feeds of a town, a person and an organization at 1,000, 10,000 and 100,000 meetings.

Fetched through the door as a calendar does, against `icalendar` putting the same components into text from values that
are at hand, in the same rounds. The answer is read back by `icalendar` and held against the database.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bench import ground
from bench.calendar.seed import seeded
from bench.protocol import Check, Outcome, say
from tests import ground as servers

SIZES = (1_000, 10_000, 100_000)


def measure(*, n: int | None, seed: int, rounds: int | None) -> Outcome:
    """Sizes up to `n` meetings (100,000); `rounds` of each candidate (five)."""
    sizes = [size for size in SIZES if size <= (n or SIZES[-1])]
    ground.open_ground()
    found: dict[int, dict[str, Any]] = {}
    for size in sizes:
        say(f"seeding {size:,} meetings")
        name, made = seeded(size, seed)
        say("fetching")
        found[size] = _asked(name, {"made": made, "rounds": rounds or 5})
        servers.drop(name)
    return Outcome("calendar", _series(found), _checks(found), {"sizes": _told(found)}, NOTES)


def _asked(name: str, given: dict[str, Any]) -> dict[str, Any]:
    env = {**ground.environment(name), "BENCH_OWNER_URL": servers.server().superuser_url(name)}
    answer = subprocess.run(
        [sys.executable, "-m", "bench.calendar.ask"],
        env=env,
        input=json.dumps(given),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ground.ROOT,
    )
    return dict(json.loads(answer.stdout.strip().splitlines()[-1]))


KINDS = ("town", "person", "organization")


def _least(one: dict[str, Any], name: str, part: str = "wall") -> float:
    return float(min(sample[part] for sample in one[name]))


def _series(found: dict[int, dict[str, Any]]) -> dict[str, Any]:
    shown = {}
    for size, kinds in found.items():
        for kind in KINDS:
            for name in ("ours", "bare", "again"):
                samples = kinds[kind][name]
                cpus, walls = sorted(one["cpu"] for one in samples), sorted(one["wall"] for one in samples)
                shown[f"{kind}, {name}, {size:,}"] = {
                    "rounds": len(samples),
                    "cpu_min": round(cpus[0], 5),
                    "cpu_median": round(cpus[len(cpus) // 2], 5),
                    "wall_min": round(walls[0], 5),
                    "wall_median": round(walls[len(walls) // 2], 5),
                    "parts": {"process": round(cpus[0], 5)},
                }
    return shown


def _told(found: dict[int, dict[str, Any]]) -> dict[int, Any]:
    """What is kept of each size beside the times."""
    names = ("statements", "slowest_statement", "kb", "in_window", "shown", "foreign", "lacking", "again_status")
    return {
        size: {kind: {name: kinds[kind][name] for name in names} for kind in KINDS} | {"peak_mb": kinds["peak_mb"]}
        for size, kinds in found.items()
    }


def _each(one: dict[str, Any]) -> float:
    """Wall milliseconds of a meeting in the answer."""
    return _least(one, "ours") * 1000 / max(1, one["shown"])


def _differing(one: dict[str, Any]) -> int:
    return int(one["foreign"]) + int(one["lacking"])


def _ratio(one: dict[str, Any]) -> float:
    return round(_least(one, "ours") / _least(one, "bare"), 3)


def _checks(found: dict[int, dict[str, Any]]) -> list[Check]:
    most = max(found)
    checks = []
    for kind in KINDS:
        one = found[most][kind]
        growth = _least(one, "ours") / _least(found[min(found)][kind], "ours") / (most / min(found))
        checks += [
            Check(f"rows that differ from the database, {kind}, {most:,}", _differing(one), 0, "", at_most=True),
            Check(f"ours / bare icalendar, {kind}, {most:,}", _ratio(one), 1.0, at_most=True),
            Check(f"ms of a meeting shown, {kind}, {most:,}", round(_each(one), 4), 1.0, "ms", at_most=True),
            Check(f"growth of the feed over that of the meetings, {kind}", round(growth, 3), 1.0, at_most=True),
        ]
    return checks


NOTES = [
    "ours: the door by the test client in one process - middleware, rights of the day, row security, query, text; the"
    " database's share of the wall time is not in the CPU column. Ratios are of least wall seconds.",
    "bare: icalendar makes components of values that are at hand, and puts them into text; no database.",
    "again: the same address asked with the tag of the answer before; 304 and no body where nothing has changed.",
    "The window is three months back and a year ahead; of more than 1,500, a feed holds what is to come first.",
]
