"""The cheapest way to give each row a column of its own, with the prices that prove it: docs/methods/pairing.md.

Costs are whole numbers kept in float64 (exact below 2**53): a matrix with no more rows than columns. Square matrices
from `CORE` rows on are solved on their promising entries only, and the prices are then tried on every entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # type: ignore[import-untyped]

Reals = NDArray[np.float64]
Places = NDArray[np.int64]

CORE = 400
_BLOCK = 1 << 18  # entries handled at once: they stay in the cache
_SCANS = 6  # a row is looked at so many times on average before the sparse solver takes over
_ROUNDS = 12


@dataclass(frozen=True)
class Solution:
    """`partner` is the column of each row; no entry costs less than `rows` + `columns` but for `slack`, which is 0."""

    partner: Places
    rows: Reals
    columns: Reals
    slack: int


def optimum(cost: Reals) -> Solution:
    """The cheapest columns, each row another one, and their prices."""
    n, m = cost.shape
    if n == 0:
        return Solution(np.zeros(0, np.int64), np.zeros(0), np.zeros(m), 0)
    if n == m and n >= CORE:
        found = _by_core(cost)
        if found is not None:
            return found
    partner = linear_sum_assignment(cost)[1].astype(np.int64)
    columns = _settle(cost, partner)
    rows = cost[np.arange(n), partner] - columns[partner]
    free = np.ones(m, bool)
    free[partner] = False
    worst = min(float((cost[part] - columns - rows[part, None]).min()) for part in _parts(n, m))
    slack = max(0, -int(worst)) + max(0, -int(columns[free].min(initial=0.0)))
    return Solution(partner, rows, columns, slack * n)


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


def _by_core(cost: Reals) -> Solution | None:
    """Solve on the promising entries, try the prices on all, add those that are cheaper, again.

    None if that will not end.
    """
    n = cost.shape[0]
    columns = _bid(cost)
    flat, own = cost.ravel(), np.arange(n)
    rows, arcs = _promising(cost, columns)
    arcs = np.union1d(arcs, own * n + own)  # with the diagonal there is always a way to give each row a column
    for _round in range(_ROUNDS):
        left, right = np.divmod(arcs, n)
        worth = flat[arcs]
        # Not below 0 but for entries that prices of an earlier round do not fit yet; 0 would be no entry.
        reduced = worth - rows[left] - columns[right]
        reduced += 1.0 - min(0.0, float(reduced.min()))
        start = np.searchsorted(left, np.arange(n + 1))
        matched, chosen = min_weight_full_bipartite_matching(csr_matrix((reduced, right, start), shape=(n, n)))
        partner = np.empty(n, np.int64)
        partner[matched] = chosen
        paid = flat[own * n + partner]
        columns = _settle_sparse(worth, right, start, partner, paid, columns)
        rows = paid - columns[partner]
        missed = _cheaper(cost, rows, columns)
        if not missed.size:
            return Solution(partner, rows, columns, 0)
        arcs = np.union1d(arcs, missed)
    return None


def _bid(cost: Reals) -> Reals:
    """First prices: rows without a column bid for the one that suits them best, as in an auction (Bertsekas 1988)."""
    n, m = cost.shape
    prices, held = np.zeros(m), np.full(m, -1, np.int64)
    rows, scans = np.arange(n), _SCANS * n
    for _round in range(n):
        scans -= rows.size
        if not rows.size or scans < 0:
            break
        best, more = np.empty(rows.size, np.int64), np.empty(rows.size)
        for part in _parts(rows.size, m):
            net = cost[rows[part]] - prices
            line = np.arange(net.shape[0])
            best[part] = first = net.argmin(axis=1)
            least = net[line, first]
            net[line, first] = np.inf
            more[part] = net.min(axis=1) - least
        order = np.lexsort((rows, -more, best))
        wanted = best[order]
        winners = order[np.append(True, wanted[1:] != wanted[:-1])]
        taken = best[winners]
        prices[taken] -= more[winners]
        ousted = held[taken]
        held[taken] = rows[winners]
        lost = np.ones(rows.size, bool)
        lost[winners] = False
        rows = np.concatenate([rows[lost], ousted[ousted >= 0]])
    return prices


def _promising(cost: Reals, columns: Reals) -> tuple[Reals, Places]:
    """The least net cost of each row, and about 24 of its cheapest entries as places in the flat matrix."""
    n, m = cost.shape
    step = max(1, m // 160)
    rank = min(max(2, 24 // step), (m - 1) // step)
    rows, found = np.empty(n), []
    for part in _parts(n, m):
        net = cost[part] - columns
        rows[part] = net.min(axis=1)
        limit = np.partition(net[:, ::step], rank, axis=1)[:, rank]
        found.append(np.flatnonzero(net <= limit[:, None]) + part.start * m)
    return rows, np.concatenate(found)


def _settle_sparse(
    worth: Reals, right: Places, start: Places, partner: Places, paid: Reals, columns: Reals
) -> Reals:
    """As `_settle`, on the entries of a core, from prices that nearly fit; no column is free."""
    n = partner.size
    prices, held = columns.copy(), np.empty(n, np.int64)
    held[partner] = np.arange(n)
    rows = np.arange(n)
    for _round in range(n + 1):
        counts = start[rows + 1] - start[rows]
        ends = np.cumsum(counts)
        places = np.arange(ends[-1]) + np.repeat(start[rows] - ends + counts, counts)
        offers = worth[places] - np.repeat(paid[rows] - prices[partner[rows]], counts)
        before = prices.copy()
        np.minimum.at(prices, right[places], offers)
        rows = held[prices < before]
        if not rows.size:
            break
    return prices


def _cheaper(cost: Reals, rows: Reals, columns: Reals) -> Places:
    """Entries that cost less than the prices of their two sides, the 32 worst of a row."""
    n, m = cost.shape
    found: list[Places] = []
    for part in _parts(n, m):
        net = cost[part] - columns
        net -= rows[part, None]
        for line in np.flatnonzero(net.min(axis=1) < 0):
            places = np.flatnonzero(net[line] < 0)
            if places.size > 32:
                places = places[np.argpartition(net[line, places], 32)[:32]]
            found.append(places + (part.start + int(line)) * m)
    return np.concatenate(found) if found else np.zeros(0, np.int64)
