"""What the whole loses when one pair is fixed that the optimum does not hold. Method: docs/methods/pairing.md.

Row i takes column j from its holder k, k takes another's, and so on until somebody takes what i had. The cheapest such
ring is a shortest way from k to i between holders; a step of it costs what an entry costs above the prices of its two
sides, so never less than nothing. Columns that nobody holds are one more holder, without a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from scipy.sparse.csgraph import dijkstra, floyd_warshall  # type: ignore[import-untyped]

from .optimum import Places, Reals, Solution

_SMALL = 96  # up to here all ways between all holders at once
_ENTRIES = 4_000_000
_AT_ONCE = 256
_INFINITE = float("inf")
_BOUNDS = ((1.0,), (2.0, 4.0))  # in what the rank asked for costs above the prices


class Ring(NamedTuple):
    """What the whole loses when a row takes the column `place` (or a column the row), and how the ring goes on."""

    loss: int
    place: int
    onward: tuple[int, ...] = ()


class Rings:
    """The rings of one solved matrix. Losses are in the units of its costs, exact."""

    def __init__(self, cost: Reals, solved: Solution) -> None:
        self.cost, self.solved = cost, solved
        n, m = cost.shape
        self.holder = np.full(m, n, np.int64)
        self.holder[solved.partner] = np.arange(n)
        self.free = np.flatnonzero(self.holder == n)

    def of_rows(
        self, rows: Places, most: int, barred: NDArray[np.bool_] | None, groups: Places | None = None
    ) -> list[list[Ring]]:
        """For each row the cheapest rings that give it another column; entries that are barred are left out.

        `groups`: a number for each column; of each group at most one column, and none of the group that the row has.
        """
        return self._cheapest(rows, most, barred, groups, turned=False)

    def of_columns(self, columns: Places, most: int, barred: NDArray[np.bool_] | None) -> list[list[Ring]]:
        """For each column the cheapest rings that give it another row."""
        return self._cheapest(columns, most, barred, None, turned=True)

    def moves(self, row: int, ring: Ring) -> dict[int, int]:
        """The column that each row takes in a ring of `of_rows` with groups."""
        n = self.cost.shape[0]
        moves, here = {row: ring.place}, int(self.holder[ring.place])
        for onward in ring.onward:
            if here != n:
                moves[here] = self._cheapest_free(here) if onward == n else int(self.solved.partner[onward])
            here = onward
        return moves

    def _cheapest_free(self, row: int) -> int:
        return int(self.free[(self.cost[row, self.free] - self.solved.columns[self.free]).argmin()])

    def _cheapest(
        self, asked: Places, most: int, barred: NDArray[np.bool_] | None, groups: Places | None, *, turned: bool
    ) -> list[list[Ring]]:
        if not self.cost.size or most < 1:
            return [[] for _one in asked]
        found: dict[int, list[Ring]] = {}
        left = np.unique(asked)
        for bound, steps in self._rounds(left, most, turned):
            for start in range(0, left.size, _AT_ONCE):
                chunk = left[start : start + _AT_ONCE]
                lines = self._lines(chunk, barred, groups, turned)
                ways, after = self._ways(chunk, lines, most, bound, steps, turned, groups)
                # Whatever is not reached is at least the bound away, and then has its own pair to pay for.
                unseen = np.where(np.isinf(ways), lines, np.inf).min(axis=1) if np.isfinite(bound) else np.inf
                lines += ways
                places, losses = _least(lines, most) if groups is None else _least_of_groups(lines, most, groups)
                done = (losses[:, -1] < bound + unseen) & (losses.shape[1] == most) | np.isinf(bound)
                rows = np.flatnonzero(done)
                told = zip(
                    rows.tolist(), chunk[rows].tolist(), losses[rows].tolist(), places[rows].tolist(), strict=True
                )
                for at, one, worth, near in told:
                    rings = [(int(loss), to) for loss, to in zip(worth, near, strict=True) if loss < _INFINITE]
                    if after is None:
                        found[one] = [Ring(loss, to) for loss, to in rings]
                    else:
                        found[one] = [Ring(loss, to, self._onward_from(one, to, after, at)) for loss, to in rings]
            left = np.array([one for one in left.tolist() if one not in found], np.int64)
            if not left.size:
                break
        return [found[one] for one in asked.tolist()]

    def _lines(
        self, asked: Places, barred: NDArray[np.bool_] | None, groups: Places | None, turned: bool
    ) -> Reals:
        """What each of those asked about pays for its other entries above the prices; infinite where it has none."""
        lines = self._reduced(asked, turned)
        if groups is not None:
            own = groups[self.solved.partner[asked]]
            if barred is not None:  # who holds nothing has no group
                own = np.where(barred[asked, self.solved.partner[asked]], -1, own)
            lines[groups == own[:, None]] = np.inf
        lines[self._own(asked, turned)] = np.inf
        if barred is not None:
            lines[barred[:, asked].T if turned else barred[asked]] = np.inf
        return lines

    def _onward_from(self, one: int, place: int, after: Places, at: int) -> tuple[int, ...]:
        """Whose column each holder of the ring takes, from the holder of the place on to the one who began."""
        onward, here = [], int(self.holder[place])
        while here != one:
            here = int(after[at, here])
            onward.append(here)
        return tuple(onward)

    def _rounds(
        self, asked: Places, most: int, turned: bool
    ) -> Iterator[tuple[float, csr_matrix | None]]:
        """Bounds, and the steps below each: first what most of those asked about need, at last none."""
        if max(self.cost.shape) > _SMALL:
            lines = self._reduced(asked[:: max(1, asked.size // 64)], turned)
            rank = min(most, lines.shape[1] - 1)
            first = float(np.median(np.partition(lines, rank, axis=1)[:, rank])) + 1
            for group in _BOUNDS:
                widest = self._steps(first * group[-1])
                if widest is None:
                    break
                for wide in group:
                    yield first * wide, widest if wide == group[-1] else _below(widest, first * wide)
        yield np.inf, self._steps(np.inf)

    def _reduced(self, asked: Places, turned: bool) -> Reals:
        """What their entries cost above the prices."""
        rows, columns, kept = self.solved.rows, self.solved.columns, self.solved.reduced
        if kept is not None:
            return np.ascontiguousarray(kept[:, asked].T) if turned else kept[asked]
        if turned:
            return np.ascontiguousarray((self.cost[:, asked] - rows[:, None] - columns[asked]).T)
        return self.cost[asked] - rows[asked, None] - columns

    def _own(self, asked: Places, turned: bool) -> tuple[Places, Places]:
        """Where the lines of those asked about hold their own partner."""
        partner = self.holder[asked] if turned else self.solved.partner[asked]
        held = np.flatnonzero(partner < self.cost.shape[0]) if turned else np.arange(asked.size)
        return held, partner[held]

    def _ways(
        self,
        asked: Places,
        lines: Reals,
        most: int,
        bound: float,
        steps: csr_matrix | None,
        turned: bool,
        groups: Places | None,
    ) -> tuple[Reals, Places | None]:
        """How much the ring costs that a pair of each line closes; those above the bound may be infinite.

        With groups also whose column each holder takes on the way.
        """
        trace = groups is not None
        sources = self.holder[asked] if turned else asked
        after: Places | None = None
        if steps is None:
            ends = zip(sources.tolist(), lines, strict=True)
            walks = [self._walk(one, line, most, turned, groups) for one, line in ends]
            ways, after = np.stack([way for way, _after in walks]), np.stack([onward for _way, onward in walks])
        else:
            graph = steps if turned else steps.T.tocsr()
            if np.isfinite(bound):
                found = dijkstra(graph, indices=sources, limit=bound, return_predecessors=trace)
            else:
                found = floyd_warshall(graph, return_predecessors=trace)
            ways, after = found if trace else (found, None)
            if np.isinf(bound):
                ways, after = ways[sources], None if after is None else after[sources]
        return (ways[:, :-1] if turned else ways[:, self.holder]), after if trace else None

    def _steps(self, bound: float) -> csr_matrix | None:
        """Steps below the bound from holder to holder; None where there are too many to keep."""
        n, m = self.cost.shape
        if not np.isfinite(bound) and max(n, m) > _SMALL:
            return None
        rows, held, worth, kept = [], [], [], 0
        block = max(1, (1 << 18) // m)
        for start in range(0, n, block):
            to, cost = self._row_steps(slice(start, min(n, start + block)))
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

    def _row_steps(self, rows: slice) -> tuple[Places, Reals]:
        """Holders, and what a step from each of the rows to each of them costs; to the free columns the cheapest."""
        if self.solved.reduced is not None:
            reduced = self.solved.reduced[rows]
        else:
            reduced = self.cost[rows] - self.solved.rows[rows, None]
            reduced -= self.solved.columns
        if not self.free.size:
            return self.holder, reduced
        taken = self.holder < self.cost.shape[0]
        least = reduced[:, self.free].min(axis=1)
        return np.append(self.holder[taken], self.cost.shape[0]), np.column_stack([reduced[:, taken], least])

    def _walk(self, source: int, line: Reals, most: int, turned: bool, groups: Places | None) -> tuple[Reals, Places]:
        """Ways from one holder (`turned`), or to it, on the whole matrix (Dijkstra 1959), as far as they matter.

        And where each leads on to.
        """
        n = self.cost.shape[0]
        ways, beyond = np.full(n + 1, np.inf), np.full(n + 1, np.inf)
        after = np.full(n + 1, source, np.int64)
        beyond[source] = 0
        best: dict[int, float] = {}
        least = float(line.min(initial=np.inf))
        for _holder in range(n + 1):
            here = int(beyond.argmin())
            way = float(beyond[here])
            if not np.isfinite(way) or (len(best) >= most and sorted(best.values())[most - 1] < way + least):
                break
            ways[here], beyond[here] = way, np.inf
            for end in range(here, min(here + 1, n)) if turned else self._held(here).tolist():
                one = end if groups is None else int(groups[end])
                if line[end] + way < best.get(one, np.inf):
                    best[one] = float(line[end]) + way
            further = way + (self._onward(here) if turned else self._back(here))
            nearer = (further < beyond) & np.isinf(ways)
            beyond[nearer], after[nearer] = further[nearer], here
        return ways, after

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
        to, cost = self._row_steps(slice(holder, holder + 1))
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


def _below(steps: csr_matrix, bound: float) -> csr_matrix:
    """Those below a bound."""
    kept = steps.data < bound
    begin = np.concatenate([[0], np.cumsum(kept)])[steps.indptr]
    return csr_matrix((steps.data[kept], steps.indices[kept], begin), shape=steps.shape)


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


def _least_of_groups(lines: Reals, most: int, groups: Places) -> tuple[Places, Reals]:
    """The same with one place of each group: its cheapest, of equal ones the first."""
    order = np.argsort(groups, kind="stable")
    begin = np.flatnonzero(np.diff(groups[order], prepend=-1))
    sorted_ = lines[:, order]
    cheapest = np.minimum.reduceat(sorted_, begin, axis=1)
    group, values = _least(cheapest, most)
    ends = np.append(begin[1:], order.size)
    places = np.empty_like(group)
    for at, one in np.ndindex(*group.shape):
        within = slice(begin[group[at, one]], ends[group[at, one]])
        places[at, one] = order[within][sorted_[at, within].argmin()]
    return places, values
