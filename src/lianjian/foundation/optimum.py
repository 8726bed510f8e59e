"""The cheapest way to give each row a column of its own, with the prices that prove it: docs/methods/pairing.md.

Costs are whole numbers kept in float64 (exact below 2**53): a matrix with no more rows than columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

Reals = NDArray[np.float64]
Places = NDArray[np.int64]

_KEPT = 1 << 20  # entries above the prices that are kept, where what another partner costs is asked for next
_BLOCK = 1 << 18  # entries handled at once: they stay in the cache


@dataclass(frozen=True)
class Solution:
    """`partner` is the column of each row; no entry costs less than `rows` + `columns` but for `slack`, which is 0.

    `reduced`: what entries cost above the prices of their two sides, where there are few enough to keep.
    """

    partner: Places
    rows: Reals
    columns: Reals
    slack: int
    reduced: Reals | None = None


def optimum(cost: Reals) -> Solution:
    """The cheapest columns, each row another one, and their prices."""
    n, m = cost.shape
    if n == 0:
        return Solution(np.zeros(0, np.int64), np.zeros(0), np.zeros(m), 0)
    partner = linear_sum_assignment(cost)[1].astype(np.int64)
    columns = _settle(cost, partner)
    rows = cost[np.arange(n), partner] - columns[partner]
    free = np.ones(m, bool)
    free[partner] = False
    reduced = None
    if cost.size <= _KEPT:
        reduced = cost - columns
        reduced -= rows[:, None]
        worst = float(reduced.min())
    else:
        worst = min(float((cost[part] - columns - rows[part, None]).min()) for part in _parts(n, m))
    slack = max(0, -int(worst)) + max(0, -int(columns[free].min(initial=0.0)))
    return Solution(partner, rows, columns, slack * n, reduced)


def _parts(n: int, m: int) -> Iterator[slice]:
    """Blocks of rows."""
    step = max(1, _BLOCK // max(m, 1))
    for start in range(0, n, step):
        yield slice(start, min(n, start + step))


def _settle(cost: Reals, partner: Places) -> Reals:
    """Prices of the columns: shortest ways in the graph of exchanges (Bellman and Ford), 0 for a free column."""
    n, m = cost.shape
    prices = np.zeros(m)
    held = np.full(m, -1, np.int64)
    held[partner] = np.arange(n)
    paid = cost[np.arange(n), partner]
    rows = np.arange(n)
    for _round in range(n + 1):
        if not rows.size:
            break
        own = paid[rows] - prices[partner[rows]]
        offers = np.full(m, np.inf)
        for part in _parts(rows.size, m):
            np.minimum(offers, (cost[rows[part]] - own[part, None]).min(axis=0), out=offers)
        fallen = offers < prices
        prices[fallen] = offers[fallen]
        # Only rows whose own column fell can lower another one in the next round.
        rows = held[fallen & (held >= 0)]
    return prices
