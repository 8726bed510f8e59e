"""What another column would cost in a plan with rooms: exact, with who else would move. Method: docs/methods/flow.md.

Of an optimum in which each row stands in one column at most. Nothing is solved again: fixing a row to a column costs
the cheapest chain of moves among the columns, and the ways between columns are worked out once for all rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import csgraph_from_dense, floyd_warshall  # type: ignore[import-untyped]

Ints = NDArray[np.int64]
BARRED = -(np.int64(1) << 58)  # the worth of a pair that is never made
_FAR = np.int64(1) << 60


@dataclass(frozen=True)
class Move:
    """A row takes `column`: `loss` of worth, and where each row goes that moves, itself included."""

    column: int
    loss: int
    goes: dict[int, int]


class Reroute:
    """The optimum: `worth` (rows by columns), `at` the column of each row, `room` of each column.

    The number of columns stands for "in none": that is worth 0 and takes everybody. Raises ValueError where `at`
    overfills a column.
    """

    def __init__(self, worth: Ints, at: Ints, room: Ints) -> None:
        n, self.none = worth.shape
        self.worth = np.concatenate([worth, np.zeros((n, 1), np.int64)], axis=1)
        self.at = at
        free = room - np.bincount(at, minlength=self.none + 1)[: self.none]
        if (free < 0).any():
            raise ValueError("more rows than room")
        self.free = np.append(free > 0, True)  # noqa: FBT003

    @cached_property
    def _steps(self) -> tuple[Ints, Ints]:
        """The least that one row's step from a column to another costs, and which row's it is."""
        size = self.none + 1
        cost, whose = np.full((size, size), _FAR), np.full((size, size), -1, np.int64)
        order = np.argsort(self.at, kind="stable")
        ends = np.searchsorted(self.at[order], np.arange(size + 1))
        for column in range(size):
            rows = order[ends[column] : ends[column + 1]]
            if rows.size:
                lost = self.worth[rows, column][:, None] - self.worth[rows]
                first = lost.argmin(axis=0)
                cost[column], whose[column] = lost[first, np.arange(size)], rows[first]
        cost[cost >= -(BARRED >> 1)] = _FAR
        np.fill_diagonal(cost, 0)
        return cost, whose

    @cached_property
    def _ways(self) -> tuple[Ints, Ints]:
        """The cheapest way from each full column to each column, and the last step but one on it.

        A chain that comes to a column with room may end there: in an optimum what would follow saves nothing.
        """
        cost = self._steps[0].astype(np.float64)  # exact: sums of worths are far below 2^53
        cost[cost >= _FAR] = np.inf
        cost[self.free] = np.inf
        ways, before = floyd_warshall(csgraph_from_dense(cost, null_value=np.inf), return_predecessors=True)
        ways[~np.isfinite(ways)] = _FAR
        return ways.astype(np.int64), before

    @cached_property
    def _ends(self) -> tuple[Ints, Ints]:
        """For each column the cheapest way to where there is room (itself where it has), and where that is."""
        cost = self._ways[0][:, self.free]
        best = cost.argmin(axis=1)
        return cost[np.arange(len(cost)), best], np.flatnonzero(self.free)[best]

    @cached_property
    def _fills(self) -> tuple[Ints, Ints, Ints]:
        """For each column what a place more there saves (not above 0); from where a chain fills it, over which column.

        It begins at a full column, or with one step out of one that has room.
        """
        ways, steps = self._ways[0], self._steps[0].copy()
        steps[~self.free] = _FAR
        np.fill_diagonal(steps, 0)  # nobody moves, or the chain begins at a full column
        begin = steps.argmin(axis=0)
        cost = steps[begin, np.arange(len(steps))][:, None] + ways
        over = cost.argmin(axis=0)
        over[self.free] = np.flatnonzero(self.free)  # where there is room already nothing is saved, and nobody moves
        begin[self.free] = np.flatnonzero(self.free)
        saved = np.where(self.free, 0, cost[over, np.arange(len(steps))])
        return saved, begin[over], over

    def others(self, row: int, most: int) -> list[Move]:
        """Other columns for a row, the cheapest first; of equal ones the first columns."""
        now = int(self.at[row])
        across, apart = self._ways[0][: self.none, now], self._ends[0][: self.none] + self._fills[0][now]
        worth = self.worth[row]
        loss = worth[now] - worth[: self.none] + np.minimum(across, apart)
        # Not where the pair is barred, nor where nobody can make room.
        open_ = np.flatnonzero((worth[: self.none] > (BARRED >> 1)) & (loss < (_FAR >> 1)))
        open_ = open_[open_ != now]
        chosen = open_[np.argsort(loss[open_], kind="stable")[:most]]
        return [self._move(row, int(one), int(loss[one]), bool(across[one] <= apart[one])) for one in chosen]

    def _move(self, row: int, column: int, loss: int, across: bool) -> Move:
        now = int(self.at[row])
        goes = {row: column}
        if across:
            goes |= dict(self._chain(column, now))
        else:
            goes |= dict(self._chain(column, int(self._ends[1][column])))
            begin, over = int(self._fills[1][now]), int(self._fills[2][now])
            if begin != over:
                goes[int(self._steps[1][begin, over])] = over
            goes |= dict(self._chain(over, now))
        goes[row] = column
        return Move(column, loss, goes)

    def _chain(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Who moves where on the cheapest way."""
        before, whose = self._ways[1], self._steps[1]
        while begin != end:
            step = int(before[begin, end])
            yield int(whose[step, end]), end
            end = step
