"""What another partner would move: the cheapest rings of exchanges in a solved assignment. docs/methods/pairing.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .solver import Assignment, Flags, Ints

_NEVER = int(np.iinfo(np.int64).max)
_FAR = _NEVER // 2  # can be added to a way


@dataclass(frozen=True)
class Exchange:
    """A row takes another column: `loss` in gains, `fewer` pairs, where each row that moves goes (None: to none)."""

    column: str
    loss: int
    fewer: int
    moves: Mapping[str, str | None]


class Exchanges:
    """Asked about one row after another; what all of them need is worked out once.

    `all_rows`: every row will be asked about, so all shortest ways are worked out together (Floyd, Warshall), which
    takes time with the cube and memory with the square of the rows. Raises ValueError for fewer columns than rows.
    """

    def __init__(self, found: Assignment, *, all_rows: bool = False) -> None:
        held = found._solved
        if held.turned:
            raise ValueError("at least as many columns as rows are needed")
        self.problem, self.cost, self.shut = held.problem, held.cost, held.shut
        self.partner, self.prices, self.own = held.partner, held.prices, held.own
        rows, columns = self.cost.shape
        self.rows = rows
        self.holder = np.full(columns, rows, np.int64)  # `rows` stands for nobody: the column is free
        self.holder[self.partner] = np.arange(rows)
        self.free = np.flatnonzero(self.holder == rows)
        if self.free.size:
            reduced = self.cost[:, self.free] - self.own[:, None]
            best = reduced.argmin(axis=1)
            self.to_free = reduced[np.arange(rows), best]
            self.free_of = self.free[best]
        self.place = {key: place for place, key in enumerate(self.problem.rows)}
        self.ways = self._all_ways() if all_rows and rows else None

    def of(self, row: str, most: int = 3, groups: Mapping[str, str] | None = None) -> list[Exchange]:
        """The cheapest other columns of a row, at most one of each group, none of the group it has; exact.

        A ring: the row takes a column from its holder, who takes another, until one takes what the row leaves.
        The cheapest is a shortest way in reduced costs, sought backwards from the row (Dijkstra). A ring not yet
        found costs at least its first step and the way reached so far; the search ends when that is no longer less.
        """
        start = self.place[row]
        if not self.rows or self.shut[start].all():
            return []
        if self.ways is not None:
            far, after = self.ways[0][:, start], self.ways[1][:, start]
            line = self.cost[start] - self.own[start] - self.prices
            line[self.shut[start]] = _FAR
            reached = np.minimum(far[self.holder], _FAR)
            order = np.argsort(line + reached, kind="stable")
            chosen = self._first_of_each(start, order, (line + reached) < _FAR, most, groups)
            return [self._ring(start, column, after) for column in chosen]
        names = self.problem.columns
        group = {name: name for name in names} if groups is None else groups
        own = group[names[int(self.partner[start])]] if not self.shut[start, self.partner[start]] else None
        best: dict[str, tuple[int, int]] = {}
        far = np.full(self.rows + 1, _NEVER, np.int64)
        after = np.full(self.rows + 1, -1, np.int64)
        left, far[start] = far.copy(), 0
        left[start] = 0
        first = self._first_steps(start)
        while True:
            here = int(left.argmin())
            way = int(left[here])
            if way == _NEVER or (
                len(best) >= most and way + int(first.min()) >= sorted(best.values())[most - 1][0]
            ):
                break
            left[here] = _NEVER
            first[here] = _FAR
            for column in self.free if here == self.rows else (int(self.partner[here]),):
                mine = group[names[column]]
                if here == start or mine == own or self.shut[start, column]:
                    continue
                loss = way + int(self.cost[start, column] - self.own[start] - self.prices[column])
                if mine not in best or (loss, int(column)) < best[mine]:
                    best[mine] = (loss, int(column))
            self._relax(here, way, far, left, after)
        return [self._ring(start, column, after) for _loss, column in sorted(best.values())[:most]]

    def _all_ways(self) -> tuple[Ints, Ints]:
        """From each node to each the length of the shortest way and the node after the first step."""
        count = self.rows + 1
        far = np.full((count, count), _FAR, np.int64)
        far[: self.rows, : self.rows] = (
            self.cost[:, self.partner] - self.own[:, None] - self.prices[self.partner][None, :]
        )
        if self.free.size:
            far[: self.rows, self.rows] = self.to_free
            far[self.rows, : self.rows] = -self.prices[self.partner]
        after = np.broadcast_to(np.arange(count, dtype=np.int64), (count, count)).copy()
        np.fill_diagonal(far, 0)
        for middle in range(count):
            through = far[:, middle, None] + far[None, middle, :]
            shorter = through < far
            np.copyto(far, through, where=shorter)
            np.copyto(after, np.broadcast_to(after[:, middle, None], after.shape), where=shorter)
        return far, after

    def _first_of_each(
        self, start: int, order: Ints, possible: Flags, most: int, groups: Mapping[str, str] | None
    ) -> list[int]:
        """The first columns in an order, one of each group, none of the group that the row has."""
        names = self.problem.columns
        group = {name: name for name in names} if groups is None else groups
        here = int(self.partner[start])
        seen = {group[names[here]]} if not self.shut[start, here] else set()
        chosen: list[int] = []
        for column in map(int, order):
            if len(chosen) == most or not possible[column]:
                break
            if column != here and group[names[column]] not in seen:
                seen.add(group[names[column]])
                chosen.append(column)
        return chosen

    def _first_steps(self, start: int) -> Ints:
        """For each holder the least that its column costs the row; of those barred, far too much."""
        line = self.cost[start] - self.own[start] - self.prices
        line[self.shut[start]] = _FAR
        first = np.full(self.rows + 1, _FAR, np.int64)
        first[: self.rows] = line[self.partner]
        if self.free.size:
            first[self.rows] = line[self.free].min()
        first[start] = _FAR
        return first

    def _relax(self, here: int, way: int, far: Ints, left: Ints, after: Ints) -> None:
        """Ways that go through `here`: whoever takes its column, and its column left free."""
        if here == self.rows:
            steps = self.to_free + way
        else:
            column = int(self.partner[here])
            steps = self.cost[:, column] - self.own
            steps += way - int(self.prices[column])
            if self.free.size and way - int(self.prices[column]) < far[self.rows]:
                far[self.rows] = left[self.rows] = way - int(self.prices[column])
                after[self.rows] = here
        better = np.flatnonzero(steps < far[: self.rows])
        far[better] = left[better] = steps[better]
        after[better] = here

    def _ring(self, start: int, column: int, after: Ints) -> Exchange:
        names, keys = self.problem.columns, self.problem.rows
        moves = {start: column}
        here = int(self.holder[column])
        while here != start:
            onward = int(after[here])
            if here != self.rows:
                moves[here] = int(self.free_of[here]) if onward == self.rows else int(self.partner[onward])
            here = onward
        loss = fewer = 0
        for row, taken in moves.items():
            for sign, chosen in ((1, int(self.partner[row])), (-1, taken)):
                if not self.shut[row, chosen]:
                    loss += sign * int(self.problem.gains[row, chosen])
                    fewer += sign
        shown = {keys[row]: None if self.shut[row, taken] else names[taken] for row, taken in moves.items()}
        return Exchange(names[column], loss, fewer, shown)
