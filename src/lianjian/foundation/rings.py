"""What the whole loses when one pair is fixed that the optimum does not hold. Method: docs/methods/pairing.md.

Row i takes column j from its holder k, k takes another's, and so on until somebody takes what i had. The cheapest such
ring is a shortest way from k to i between holders; a step of it costs what an entry costs above the prices of its two
sides, so never less than nothing. Columns that nobody holds are one more holder, without a row.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from scipy.sparse.csgraph import dijkstra, floyd_warshall  # type: ignore[import-untyped]

from .optimum import Places, Reals, Solution

_SMALL = 96  # up to here all ways between all holders at once
_ENTRIES = 4_000_000
_AT_ONCE = 256


class Rings:
    """The rings of one solved matrix. Losses are in the units of its costs, exact."""

    def __init__(self, cost: Reals, solved: Solution) -> None:
        self.cost, self.solved = cost, solved
        n, m = cost.shape
        self.holder = np.full(m, n, np.int64)
        self.holder[solved.partner] = np.arange(n)
        self.free = np.flatnonzero(self.holder == n)

    def of_rows(self, rows: Places, most: int, barred: NDArray[np.bool_] | None) -> list[list[tuple[int, int]]]:
        """For each row its cheapest other columns, as (loss, column); entries that are barred are left out."""
        return self._cheapest(rows, most, barred, turned=False)

    def of_columns(self, columns: Places, most: int, barred: NDArray[np.bool_] | None) -> list[list[tuple[int, int]]]:
        """For each column its cheapest other rows, as (loss, row)."""
        return self._cheapest(columns, most, barred, turned=True)

    def _cheapest(
        self, asked: Places, most: int, barred: NDArray[np.bool_] | None, *, turned: bool
    ) -> list[list[tuple[int, int]]]:
        if not self.cost.size or most < 1:
            return [[] for _one in asked]
        found: dict[int, list[tuple[int, int]]] = {}
        left = np.unique(asked)
        for bound, steps in self._rounds(left, most, turned):
            for start in range(0, left.size, _AT_ONCE):
                chunk = left[start : start + _AT_ONCE]
                lines = self._reduced(chunk, turned)
                lines[self._own(chunk, turned)] = np.inf
                if barred is not None:
                    lines[barred[:, chunk].T if turned else barred[chunk]] = np.inf
                lines += self._ways(chunk, lines, most, bound, steps, turned)
                places, losses = _least(lines, most)
                # With fewer than asked for below the bound, the next ones may lie above it.
                done = np.isfinite(bound) & (losses[:, -1] < bound) & (losses.shape[1] == most) | np.isinf(bound)
                for one, near, worth in zip(
                    chunk[done].tolist(), places[done].tolist(), losses[done].tolist(), strict=True
                ):
                    found[one] = [(int(loss), at) for loss, at in zip(worth, near, strict=True) if loss < np.inf]
            left = np.array([one for one in left.tolist() if one not in found], np.int64)
            if not left.size:
                break
        return [found[one] for one in asked.tolist()]

    def _rounds(
        self, asked: Places, most: int, turned: bool
    ) -> Iterator[tuple[float, csr_matrix | None]]:
        """Bounds, and the steps below each: first what most of those asked about need, at last none."""
        n, m = self.cost.shape
        if max(n, m) > _SMALL:
            lines = self._reduced(asked[:: max(1, asked.size // 64)], turned)
            rank = min(most, lines.shape[1] - 1)
            first = float(np.median(np.partition(lines, rank, axis=1)[:, rank])) * 2.5 + 1
            widest = self._steps(first * 2)
            if widest is not None:
                for bound in (first, first * 2):
                    kept = widest.data < bound
                    begin = np.concatenate([[0], np.cumsum(kept)])[widest.indptr]
                    below = (widest.data[kept], widest.indices[kept], begin)
                    yield bound, csr_matrix(below, shape=widest.shape)
        yield np.inf, self._steps(np.inf)

    def _reduced(self, asked: Places, turned: bool) -> Reals:
        """What their entries cost above the prices."""
        rows, columns = self.solved.rows, self.solved.columns
        if turned:
            return np.ascontiguousarray((self.cost[:, asked] - rows[:, None] - columns[asked]).T)
        return self.cost[asked] - rows[asked, None] - columns

    def _own(self, asked: Places, turned: bool) -> tuple[Places, Places]:
        """Where the lines of those asked about hold their own partner."""
        partner = self.holder[asked] if turned else self.solved.partner[asked]
        held = np.flatnonzero(partner < self.cost.shape[0]) if turned else np.arange(asked.size)
        return held, partner[held]

    def _ways(
        self, asked: Places, lines: Reals, most: int, bound: float, steps: csr_matrix | None, turned: bool
    ) -> Reals:
        """How much the ring costs that a pair of each line closes; those above the bound may be infinite."""
        sources = self.holder[asked] if turned else asked
        if steps is None:
            ends = zip(sources.tolist(), lines, strict=True)
            ways = np.stack([self._walk(one, line, most, turned) for one, line in ends])
        elif np.isfinite(bound):
            ways = dijkstra(steps if turned else steps.T.tocsr(), indices=sources, limit=bound)
        else:
            every = floyd_warshall(steps)
            ways = (every if turned else every.T)[sources]
        return ways[:, :-1] if turned else ways[:, self.holder]

    def _steps(self, bound: float) -> csr_matrix | None:
        """Steps below the bound from holder to holder; None where there are too many to keep."""
        n, m = self.cost.shape
        if not np.isfinite(bound) and max(n, m) > _SMALL:
            return None
        rows, held, worth, kept = [], [], [], 0
        block = max(1, (1 << 18) // m)
        for start in range(0, n, block):
            every = np.arange(start, min(n, start + block))
            to, cost = self._row_steps(every)
            flat = np.flatnonzero(cost.ravel() < bound)
            kept += flat.size
            if kept > _ENTRIES:
                return None
            row, place = np.divmod(flat, to.size)
            rows.append(row + start)
            held.append(to[place])
            worth.append(cost.ravel()[flat])
        if self.free.size:
            rows.append(np.full(n, n))
            held.append(np.arange(n))
            worth.append(-self.solved.columns[self.solved.partner])
        begin = np.searchsorted(np.concatenate(rows), np.arange(n + 2))
        return csr_matrix((np.concatenate(worth), np.concatenate(held), begin), shape=(n + 1, n + 1))

    def _row_steps(self, rows: Places) -> tuple[Places, Reals]:
        """Holders, and what a step from each of the rows to each of them costs; to the free columns the cheapest."""
        reduced = self._reduced(rows, False)
        if not self.free.size:
            return self.holder, reduced
        taken = self.holder < self.cost.shape[0]
        least = reduced[:, self.free].min(axis=1)
        return np.append(self.holder[taken], self.cost.shape[0]), np.column_stack([reduced[:, taken], least])

    def _walk(self, source: int, line: Reals, most: int, turned: bool) -> Reals:
        """Ways from one holder (`turned`), or to it, on the whole matrix (Dijkstra 1959), as far as they matter."""
        n = self.cost.shape[0]
        ways, beyond = np.full(n + 1, np.inf), np.full(n + 1, np.inf)
        beyond[source] = 0
        best: list[float] = []
        for _holder in range(n + 1):
            here = int(beyond.argmin())
            way = float(beyond[here])
            if not np.isfinite(way) or (len(best) == most and best[-1] <= way):
                break
            ways[here], beyond[here] = way, np.inf
            ends = line[here : here + 1] if turned else line[self._held(here)]
            best = sorted([*best, *(float(end) + way for end in ends if np.isfinite(end))])[:most]
            further = way + (self._onward(here) if turned else self._back(here))
            np.minimum(beyond, further, out=beyond, where=np.isinf(ways))
        return ways

    def _held(self, holder: int) -> Places:
        """The columns of a holder."""
        return self.free if holder == self.cost.shape[0] else self.solved.partner[holder : holder + 1]

    def _onward(self, holder: int) -> Reals:
        """Steps from a holder to every one."""
        n = self.cost.shape[0]
        steps = np.full(n + 1, np.inf)
        if holder == n:
            steps[:n] = -self.solved.columns[self.solved.partner]
            return steps
        to, cost = self._row_steps(np.array([holder]))
        steps[to] = cost[0]
        return steps

    def _back(self, holder: int) -> Reals:
        """Steps to a holder from every one."""
        n = self.cost.shape[0]
        if holder == n:
            least = (self.cost[:, self.free] - self.solved.rows[:, None] - self.solved.columns[self.free]).min(axis=1)
            return np.append(least, np.inf)
        column = int(self.solved.partner[holder])
        price = float(self.solved.columns[column])
        return np.append(self.cost[:, column] - self.solved.rows - price, -price if self.free.size else np.inf)


def _least(lines: Reals, most: int) -> tuple[Places, Reals]:
    """Places and values of the least ones of each line, the least first; of equal ones the first."""
    if lines.shape[1] > 8 * most:
        rank = np.argpartition(lines, most, axis=1)[:, :most]
        rank.sort(axis=1)
    else:
        rank = np.broadcast_to(np.arange(lines.shape[1]), lines.shape)
    values = np.take_along_axis(lines, rank, axis=1)
    order = np.argsort(values, axis=1, kind="stable")[:, :most]
    return np.take_along_axis(rank, order, axis=1), np.take_along_axis(values, order, axis=1)
