"""The rounds of area `pairing`: a proposal from raw attributes, against scipy's bare assignment and numpy's scoring.

Ours: points of the four criteria by the product's own `alliances.scoring`, the optimum with its proof by
`foundation.solver`, the part scores of every pair made, and three alternatives with their exact cost for the fifty rows
that one page shows. The peer: the same points in plain numpy, and `linear_sum_assignment` on the ready matrix.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from bench.peers import pairing as peer
from bench.protocol import ROOT, Check, Outcome, Sample, Series, interleave, say
from lianjian.alliances.scoring import Bodies, Deals, Terms, score
from lianjian.foundation.solver import Assignment, solve

SIZES = (59, 500, 2000, 5000)
PAGE, LONGEST = 50, 1.0  # rows of a page; seconds a round at the least, so that small sizes are measured many times
DIVISIONS, CLASSES = (1, 3, 13, 14, 17, 26, 30, 34, 38, 39, 51, 59, 65), (11, 12, 25, 90)
CODES = np.array([f"{division:02}{rest}" for division in DIVISIONS for rest in CLASSES])
TERMS = Terms(linked=frozenset({(1, 13), (3, 13), (13, 51), (38, 39)}))


def made(n: int, seed: int) -> tuple[Bodies, Bodies, Deals]:
    """Firms and villages of one county; a tenth without place, industry or markets; a deal for every second firm."""
    dice = np.random.default_rng(seed)

    def side() -> Bodies:
        industry = np.where(dice.random(n) > 0.1, dice.choice(CODES, n), "").tolist()
        north, east = 30.1 + dice.random(n) * 0.5, 119.6 + dice.random(n) * 0.6
        north[dice.random(n) < 0.1] = np.nan
        markets = dice.integers(0, 2**63, (n, 1), dtype=np.uint64) & dice.integers(0, 2**63, (n, 1), dtype=np.uint64)
        markets[dice.random(n) < 0.1] = 0
        return Bodies(industry, north, east, markets, dice.random(n) < 0.5)

    code = np.unique(dice.integers(0, n * n, n // 2))
    giver, receiver = np.divmod(code, n)
    deals = Deals(giver, receiver, dice.random(code.size) * 300_000, dice.integers(0, 15, code.size).astype(np.float64))
    return side(), side(), deals


def propose(firms: Bodies, villages: Bodies, deals: Deals, keys: tuple[list[str], list[str]]) -> tuple[Assignment, Any]:
    """What a proposal page is made of."""
    points = score(firms, villages, deals, TERMS)
    found = solve(*keys, points.gains)
    at, over = ({key: place for place, key in enumerate(side)} for side in keys)
    made = list(found.pairs.items())
    places = [at[row] for row, _column in made], [over[column] for _row, column in made]
    parts = dict(zip(made, points.parts[:, *places].T.tolist(), strict=True))
    return found, (parts, found.alternatives_of(keys[0][:PAGE]))


def _timed(act: Callable[[], Any], times: int) -> Callable[[], Sample]:
    def run() -> Sample:
        began, spent = time.perf_counter(), time.process_time()
        for _time in range(times):
            act()
        return Sample((time.perf_counter() - began) / times, {"program": (time.process_time() - spent) / times})

    return run


def measure(*, n: int | None, seed: int, rounds: int | None) -> Outcome:
    """Sizes up to `n` (5,000)."""
    checks: list[Check] = []
    twins: dict[str, Any] = {}
    series: dict[str, Any] = {}
    for size in (one for one in SIZES if one <= (n or SIZES[-1])):
        say(f"pairing {size:,} firms and {size:,} villages")
        found, same = _size(size, seed, rounds or 3)
        memory = {who: _memory(who, size, seed) for who in ("ours", "peer")}
        bare, scoring, ours = (_least(found[name]) for name in ("bare assignment", "numpy scoring", "ours"))
        over = (ours - scoring) / bare
        checks += [
            Check(f"(ours - numpy scoring) / bare assignment, {size:,}", round(over, 3), 1.5, at_most=True),
            Check(f"certificate gap, {size:,}", same["gap"], 0, "", at_most=True),
            Check(f"total less scipy's, {size:,}", same["total_less_scipys"], 0, "", at_most=True),
        ]
        twins[f"{size}"] = {**same, "peak_mb": memory}
        series |= {f"{name}, {size:,}": one.as_json() for name, one in found.items()}
    return Outcome("pairing", series, checks, twins, NOTES)


def _least(series: Series) -> float:
    """CPU seconds of the one thread: nothing waits, and others at work count less."""
    return series.least()


def _keys(size: int) -> tuple[list[str], list[str]]:
    return [f"f{number:06}" for number in range(size)], [f"v{number:06}" for number in range(size)]


def _size(size: int, seed: int, rounds: int) -> tuple[dict[str, Series], dict[str, Any]]:
    firms, villages, deals = made(size, seed)
    keys = _keys(size)
    gains = peer.score(firms, villages, deals, TERMS)
    ours = score(firms, villages, deals, TERMS).gains
    acts: dict[str, Callable[[], Any]] = {
        "bare assignment": lambda: peer.assign(gains),
        "numpy scoring": lambda: peer.score(firms, villages, deals, TERMS),
        "ours": lambda: propose(firms, villages, deals, keys),
        "ours: scoring": lambda: score(firms, villages, deals, TERMS),
        "ours: optimum and proof": lambda: solve(*keys, ours),
    }
    times = {}
    for name, act in acts.items():
        began = time.perf_counter()
        act()
        times[name] = max(1, int(LONGEST / rounds / max(time.perf_counter() - began, 1e-6)))
    found = interleave({name: _timed(act, times[name]) for name, act in acts.items()}, rounds)
    answer, (parts, others) = propose(firms, villages, deals, keys)
    exact = peer.assign(ours.astype(np.float64))
    return found, {
        "gap": answer.gap,
        "total_less_scipys": answer.total - exact,
        "largest_difference_of_points": int(np.abs(gains - ours).max()),
        "pairs": len(parts),
        "alternatives": sum(len(one) for one in others.values()),
        "alternatives_checked": _checked(answer, ours, keys, others, 5 if size <= 500 else 2),
    }


def _checked(answer: Assignment, gains: Any, keys: tuple[list[str], list[str]], others: Any, rows: int) -> int:
    """Alternatives of the first rows, solved anew with the pair fixed. Raises AssertionError."""
    count = 0
    for row in keys[0][:rows]:
        for column, loss in others[row]:
            again = solve(*keys, gains, must={row: column})
            if answer.total - again.total != loss:
                raise AssertionError(f"{row} with {column}: {loss}")
            count += 1
    return count


def _memory(who: str, size: int, seed: int) -> float:
    """Megabytes at the peak of a process that does it once."""
    code = (
        "from bench import pairing as p\n"
        f"a = p.made({size}, {seed})\n"
        + (f"p.propose(*a, p._keys({size}))\n" if who == "ours" else "p.peer.assign(p.peer.score(*a, p.TERMS))\n")
        # Not getrusage: a child begins with the peak of its parent there.
        + "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return round(float(run.stdout) / 1024, 1)


NOTES = (
    "CPU seconds of one thread; target: ours at most 1.5 bare assignments and 1 numpy scoring of the same attributes",
    f"ours: points, optimum, proof, part scores of all pairs, three exact alternatives for {PAGE} rows (a page)",
    "peak_mb: of a fresh process that does it once, libraries and attributes included",
    "largest_difference_of_points: the product's points are single precision on a tenth of a point, numpy's are double",
)
