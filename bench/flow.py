"""The rounds of area `flow`: pairing over candidates with capacities, against OR-tools alone on the same arcs.

100,000 firms and as many villages with 20 candidates each, rows left over modelled; and 2,000 villages for 700 firms
with room for three, on the best forty of each against all 1.4 million pairs.
"""

from __future__ import annotations

import resource
from collections.abc import Callable
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

from bench.pairing import _timed
from bench.protocol import Check, Outcome, interleave, say
from lianjian.foundation import candidates, flow

ROWS, NEAR = 100_000, 20
VILLAGES, FIRMS, ROOM, BEST = 2_000, 700, 3, 40


def sparse(n: int, seed: int) -> flow.Arcs:
    """Ten nearest, ten nearest of the same industry; the score of distance, industry and size."""
    dice = np.random.default_rng(seed)
    side = 20 * np.sqrt(n / 1000)
    here, there = dice.random((n, 2)) * side, dice.random((n, 2)) * side
    mine, theirs = (dice.integers(0, 97, n) for _side in range(2))
    groups = [str(one) for one in mine], [str(one) for one in theirs]
    left, right = candidates.near(here, there, NEAR // 2, groups=groups, of_group=NEAR // 2)
    way = np.linalg.norm(here[left] - there[right], axis=1)
    fit = 0.5 * np.exp(-way / 10) + 0.4 * (mine[left] == theirs[right]) + 0.1 * dice.random(left.size)
    return flow.Arcs(left, right, np.rint(fit * 1e6).astype(np.int64))


def bare(n: int, m: int, arcs: flow.Arcs, room: int) -> int:
    """The model and the solve, from arrays, and the total of what it pairs."""
    network, sink = min_cost_flow.SimpleMinCostFlow(), n + m
    add = network.add_arcs_with_capacity_and_unit_cost
    add(arcs.left, arcs.right + n, np.ones(arcs.left.size, np.int64), -arcs.gains)
    add(np.arange(n), np.full(n, sink), np.ones(n, np.int64), np.zeros(n, np.int64))
    add(np.arange(m) + n, np.full(m, sink), np.full(m, room), np.zeros(m, np.int64))
    network.set_nodes_supplies(np.arange(n), np.ones(n, np.int64))
    network.set_nodes_supplies(np.array([sink]), np.array([-n]))
    if network.solve() != network.OPTIMAL:
        raise AssertionError("no optimum")
    used = network.flows(np.arange(arcs.left.size))
    return int((used * arcs.gains).sum())


def _keys(mark: str, count: int) -> list[str]:
    return [f"{mark}{number:06}" for number in range(count)]


def measure(*, n: int | None, seed: int, rounds: int | None) -> Outcome:
    """`n` rows (100,000) and as many columns."""
    rows = n or ROWS
    say(f"{rows:,} rows with {NEAR} candidates")
    arcs, keys = sparse(rows, seed), (_keys("f", rows), _keys("v", rows))
    kept: dict[str, Any] = {}
    acts: dict[str, Callable[[], Any]] = {
        "OR-tools": lambda: kept.update(bare=bare(rows, rows, arcs, 1)),
        "ours": lambda: kept.update(ours=flow.solve(*keys, arcs)),
        "candidates": lambda: sparse(rows, seed),
    }
    found = interleave({name: _timed(act, 1) for name, act in acts.items()}, rounds or 3)
    ours, alone = found["ours"].least(), found["OR-tools"].least()
    answer = kept["ours"]
    left_over = [one.reason for one in answer.left_over.values()]
    capacity = _capacity(seed)
    checks = [
        Check(f"ours / OR-tools alone, {rows:,} rows", round(ours / alone, 3), 1.3, at_most=True),
        Check(f"certificate gap, {rows:,} rows", answer.gap, 0, "", at_most=True),
        Check("total less OR-tools'", answer.total - kept["bare"], 0, "", at_most=True),
        Check(f"lost on the best {BEST} against all, {VILLAGES:,} x {FIRMS}", capacity["lost"], 0, "", at_most=True),
        Check("certificate gap, capacities", capacity["gap"], 0, "", at_most=True),
    ]
    twins = {
        "sparse": {
            "arcs": int(arcs.left.size),
            "total": answer.total,
            "or_tools": kept["bare"],
            "left_over": {reason: left_over.count(reason) for reason in sorted(set(left_over))},
        },
        "capacity": capacity,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }
    return Outcome("flow", {name: one.as_json() for name, one in found.items()}, checks, twins, NOTES)


def _capacity(seed: int) -> dict[str, Any]:
    """Forty arcs of each village against every one."""
    say(f"{VILLAGES:,} villages, {FIRMS} firms with room for {ROOM}")
    dice = np.random.default_rng(seed)
    here, there = dice.random((VILLAGES, 2)) * 60, dice.random((FIRMS, 2)) * 60
    mine, theirs = dice.integers(0, 30, VILLAGES), dice.integers(0, 30, FIRMS)
    size = dice.random(FIRMS)

    def score(part: slice) -> Any:
        way = np.linalg.norm(here[part, None] - there[None], axis=2)
        fit = 0.5 * np.exp(-way / 10) + 0.4 * (mine[part, None] == theirs) + 0.1 * size
        return np.rint(fit * 1e6).astype(np.int64)

    keys, answers = (_keys("v", VILLAGES), _keys("f", FIRMS)), {}
    for name, count in (("best", BEST), ("all", FIRMS)):
        left, right, gains = candidates.best((VILLAGES, FIRMS), score, count, BEST)
        answers[name] = (flow.solve(*keys, flow.Arcs(left, right, gains), room=ROOM), int(left.size))
    best, every = answers["best"][0], answers["all"][0]
    return {
        "lost": every.total - best.total,
        "gap": best.gap + every.gap,
        "total": every.total,
        "arcs": {name: count for name, (_answer, count) in answers.items()},
        "left_over": len(best.left_over),
    }


NOTES = (
    "ours: keys sorted, arcs in order, marks, the same OR-tools solve, proof by our own prices, who is left over",
    "OR-tools alone: the network from ready arrays, the solve, the flows of its arcs",
)
