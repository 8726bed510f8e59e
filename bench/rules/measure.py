"""The rounds of area `rules`: votes, intervals, deadlines and cadences against plain Python; evaluations kept."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from bench import ground
from bench.pairing import _timed
from bench.protocol import Check, Outcome, interleave, say
from tests import ground as servers

KINDS = ("votes", "intervals", "deadlines", "cadences")
MOST, KEPT = 100_000, (1_000, 10_000)
# How much longer than its bare answer an evaluation may take: it says each comparison, for the page and the record. The
# bare answer to a vote is three comparisons of whole numbers.
TARGETS = {"votes": 40.0, "intervals": 20.0, "deadlines": 20.0, "cadences": 20.0}
A_SECOND = 50_000  # a night of 10,000 branches asks about 100,000 times


def measure(*, n: int | None, seed: int, rounds: int | None) -> Outcome:
    """`n` acts of each kind (100,000); 10,000 of them kept, at most."""
    from bench.rules import acts as made

    most, times = n or MOST, rounds or 3
    sizes = [size for size in (most // 100, most) if size]
    series: dict[str, Any] = {}
    checks: list[Check] = []
    twins: dict[str, Any] = {}
    for kind in KINDS:
        each: dict[int, float] = {}
        for size in sizes:
            say(f"{size:,} {kind}")
            acts, kept = made.asked(kind, size, seed), {}
            found = interleave(_candidates(kind, acts, kept), times)
            each[size] = found["ours"].least() / size
            series |= {f"{kind}, {name}, {size:,}": one.as_json() for name, one in found.items()}
        ratio = found["ours"].least() / found["bare"].least()
        differing = sum(one != other for one, other in zip(kept["ours"], kept["bare"], strict=True))
        twins[kind] = {
            "acts": size, "passed": sum(kept["ours"]), "differing": differing, "a_second": round(1 / each[size]),
        }  # fmt: skip
        checks += [
            Check(f"answers that differ, {kind}, {size:,}", differing, 0, "", at_most=True),
            Check(f"evaluator / bare, {kind}, {size:,}", round(ratio, 2), TARGETS[kind], at_most=True),
            Check(f"evaluations a second, {kind}", twins[kind]["a_second"], A_SECOND, ""),
            Check(f"an evaluation at {size:,} over one at {sizes[0]:,}, {kind}", _growth(each), 1.3, at_most=True),
        ]
    stored, of = _stored(seed, times, [size for size in KEPT if size <= most])
    return Outcome("rules", {**series, **stored}, [*checks, *of.pop("checks")], {**twins, "kept": of}, NOTES)


def _growth(each: dict[int, float]) -> float:
    return round(each[max(each)] / each[min(each)], 2)


def _candidates(kind: str, acts: list[Any], kept: dict[str, Any]) -> dict[str, Callable[[], Any]]:
    from bench.rules import acts as made

    return {
        "bare": _timed(lambda: kept.update(bare=made.bare(kind, acts)), 1),
        "ours": _timed(lambda: kept.update(ours=made.ours(kind, acts)), 1),
    }


def _stored(seed: int, rounds: int, sizes: list[int]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Half votes, half cadences, evaluated and kept in one call, against one statement with the ready rows."""
    from bench.rules import acts as made

    ground.open_ground()
    name = ground.fresh()
    say("keeping")
    answer = subprocess.run(
        [sys.executable, "-m", "bench.rules.keep"],
        env=ground.environment(name),
        input=json.dumps({"sizes": sizes, "seed": seed, "rounds": rounds}),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ground.ROOT,
    )
    servers.drop(name)
    found = {int(size): one for size, one in json.loads(answer.stdout.strip().splitlines()[-1]).items()}
    most, series, told = sizes[-1], {}, {}
    for size, one in found.items():
        for which in ("ours", "bare"):
            cpu, wall = ([round(sample[part], 5) for sample in one[which]] for part in ("cpu", "wall"))
            middle = len(cpu) // 2
            series[f"kept, {which}, {size:,}"] = {
                "rounds": len(cpu), "cpu_min": min(cpu), "cpu_median": sorted(cpu)[middle], "wall_min": min(wall),
                "wall_median": sorted(wall)[middle], "parts": {"process": min(cpu)},
            }  # fmt: skip
        told[size] = {name: min(sample["wall"] for sample in one[name]) for name in ("ours", "bare")}
    wanted = [
        answer for kind in ("votes", "cadences") for answer in made.bare(kind, made.asked(kind, most // 2, seed))
    ]
    differing = sum(one != other for one, other in zip(found[most]["verdicts"], wanted, strict=True))
    growth = (told[most]["ours"] / most) / (told[sizes[0]]["ours"] / sizes[0])
    ratio = told[most]["ours"] / told[most]["bare"]
    checks = [
        Check(f"answers that differ, kept, {most:,}", differing, 0, "", at_most=True),
        Check(f"kept / one bare statement, {most:,}", round(ratio, 2), 3.0, at_most=True),
        Check(f"one kept at {most:,} over one at {sizes[0]:,}", round(growth, 2), 1.3, at_most=True),
    ]
    return series, {"a_second": round(most / told[most]["ours"]), "differing": differing, "checks": checks}


NOTES = [
    "ours: the act checked (more present than eligible, a day before the start), each comparison with its numbers, the"
    " verdict. Deadlines and intervals also name every day that was skipped and why, as the page shows them.",
    "bare: the answer alone, from numbers written by hand (bench/rules/acts.py), in plain Python.",
    "kept: check_many with version, law and article, inputs and comparisons of each, as role app behind row security;"
    " the bare statement inserts the same ready rows.",
]
