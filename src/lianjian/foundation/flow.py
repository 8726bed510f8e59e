"""Pairing with capacities over listed candidates: the optimum by minimum-cost flow, with its proof.

Method: docs/methods/flow.md. Gains are whole numbers of any sign. A row may be left over; what that costs is said by
who asks. The answer is the optimum of the arcs that are given: a pair without an arc is never made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]

from .marks import numbers, spread

Ints = NDArray[np.int64]
_EXACT = 1 << 61  # the solver multiplies costs by the number of nodes, in 64 bits
_FAR = np.int64(1) << 60
_MANY = 100_000  # from so many nodes on marks cost the solver time; the order of the keys decides alone


class TooLarge(Exception):
    """Gains too large for so many rows."""


@dataclass(frozen=True)
class Arcs:
    """Candidates: `left` and `right` are places of rows and columns, no pair twice; `gains` what each pair gains."""

    left: Ints
    right: Ints
    gains: Ints


@dataclass(frozen=True)
class Shortage:
    """Why a row is left over: "none" (no candidate), "full" (all candidates are), "worse" (leaving it is better)."""

    reason: str
    columns: list[str]


@dataclass(frozen=True)
class Flow:
    """The best pairs: `pairs` maps a row to its columns. `total` is what they gain less what rows left over cost.

    `proven` is the bound by the prices: nothing whatever on these arcs is better; `gap` is 0 for an optimum.
    `prices` say what one place more at a full column would gain.
    """

    pairs: dict[str, list[str]]
    total: int
    proven: int
    prices: dict[str, int]
    left_over: dict[str, Shortage]

    @property
    def gap(self) -> int:
        """How much better another answer could be at most."""
        return self.proven - self.total


def solve(
    rows: Sequence[str],
    columns: Sequence[str],
    arcs: Arcs,
    *,
    room: Ints | int = 1,
    wants: Ints | int = 1,
    penalty: Ints | int = 0,
    steps: Ints | None = None,
    before: Mapping[str, str] | None = None,
) -> Flow:
    """The pairs with the greatest total gain.

    `room` is how many rows a column takes, `wants` how many columns a row would have, `penalty` what each that it does
    not get costs. `steps[j, k]` is what the (k+1)-th row of column j costs, never less than the k-th (a load that
    grows dearer). Among answers of the same total those that keep most of `before` win, then the keys decide.
    Raises `TooLarge`; ValueError for doubled keys, doubled arcs, steps that fall.
    """
    problem = _Problem.read(rows, columns, arcs, room, wants, penalty, steps, dict(before or {}))
    return problem.answer(problem.solve())


@dataclass
class _Problem:
    """All in the order of the keys, so that how rows, columns and arcs came changes nothing."""

    rows: list[str]
    columns: list[str]
    left: Ints
    right: Ints
    gains: Ints
    room: Ints
    wants: Ints
    penalty: Ints
    steps: Ints | None
    before: dict[str, str]

    @classmethod
    def read(
        cls,
        rows: Sequence[str],
        columns: Sequence[str],
        arcs: Arcs,
        room: Ints | int,
        wants: Ints | int,
        penalty: Ints | int,
        steps: Ints | None,
        before: dict[str, str],
    ) -> _Problem:
        """Sorted and checked."""
        n, m = len(rows), len(columns)
        down, up = _sorted(rows)
        over, across = _sorted(columns)
        left, right = up[arcs.left], across[arcs.right]
        code = left * m + right
        # By row, then by the order of the columns' keys; arcs that come so already are not moved.
        order = np.arange(code.size) if (np.diff(code) > 0).all() else np.argsort(code, kind="stable")
        code = code[order]
        if (code[1:] == code[:-1]).any():
            raise ValueError("one arc for a pair")
        if steps is not None and (steps.shape[0] != m or (np.diff(steps, axis=1) < 0).any()):
            raise ValueError("steps for each column that do not fall")
        places = _each(room, m)[over]
        if steps is not None:
            steps = steps[over].astype(np.int64)
            places = np.minimum(places, steps.shape[1])
            steps = steps if steps.shape[1] else None  # nobody has room
        return cls(
            [rows[place] for place in down.tolist()],
            [columns[place] for place in over.tolist()],
            left[order],
            right[order],
            arcs.gains[order].astype(np.int64),
            places,
            _each(wants, n)[down],
            _each(penalty, n)[down],
            steps,
            before,
        )

    @cached_property
    def step(self) -> int:
        """What one unit of gain weighs: more than all that keeps and keys can add up to."""
        return self._scale[0]

    @cached_property
    def _scale(self) -> tuple[int, int, int]:
        """One unit of gain, a kept pair, bits of the mark."""
        pairs = int(self.wants.sum())
        top = int(max(abs(self.gains).max(initial=0), abs(self.penalty).max(initial=0)))
        top += int(abs(self.steps).max(initial=0)) if self.steps is not None else 0
        nodes = len(self.rows) + len(self.columns) + 2
        for bits in range(8 if nodes < _MANY else 0, -1, -1):
            keep = pairs << bits if self.before else 0
            step = pairs * (keep + (1 << bits)) + 1 if bits or self.before else 1
            if (top + 1) * step * nodes < _EXACT:
                return step, keep, bits
        raise TooLarge

    @cached_property
    def cost(self) -> Ints:
        """What to make least: gains, then pairs kept, then a mark of the two keys."""
        step, keep, bits = self._scale
        cost: Ints = self.gains * -step
        if bits:
            mixed = spread(numbers(self.rows, 1)[self.left] + numbers(self.columns, 2)[self.right])
            cost -= (mixed & np.uint32((1 << bits) - 1)).astype(np.int64)
        if self.before:
            at = {key: place for place, key in enumerate(self.columns)}
            kept = np.array([at.get(self.before.get(row, ""), -1) for row in self.rows], np.int64)
            cost[kept[self.left] == self.right] -= keep
        return cost

    def solve(self) -> Ints:
        """Flow on the arcs, 0 or 1 each."""
        n, m, network = len(self.rows), len(self.columns), min_cost_flow.SimpleMinCostFlow()
        sink = n + m
        add = network.add_arcs_with_capacity_and_unit_cost
        add(self.left, self.right + n, np.ones(self.left.size, np.int64), self.cost)
        spare = np.full(n, sink)
        add(np.arange(n), spare, self.wants, self.penalty * self.step)
        if self.steps is None:
            add(np.arange(m) + n, np.full(m, sink), self.room, np.zeros(m, np.int64))
        else:
            column, unit = np.nonzero(np.arange(self.steps.shape[1]) < self.room[:, None])
            ones = np.ones(column.size, np.int64)
            add(column + n, np.full(column.size, sink), ones, self.steps[column, unit] * self.step)
        network.set_nodes_supplies(np.arange(n), self.wants)
        network.set_nodes_supplies(np.array([sink]), np.array([-int(self.wants.sum())]))
        status = network.solve()
        if status != network.OPTIMAL:
            raise TooLarge(str(status))
        flow: Ints = network.flows(np.arange(self.left.size)).astype(np.int64)
        return flow

    def answer(self, flow: Ints) -> Flow:
        """The pairs by their keys, with their proof."""
        used = np.flatnonzero(flow)
        filled = np.bincount(self.right[used], minlength=len(self.columns))
        missing = self.wants - np.bincount(self.left[used], minlength=len(self.rows))
        total = int(self.gains[used].sum()) - int((missing * self.penalty).sum())
        if self.steps is not None:
            total -= int(self.steps[np.arange(self.steps.shape[1]) < filled[:, None]].sum())
        ways = self._ways(used, filled, missing)
        broken = self._broken(ways, used, filled, missing)
        pairs: dict[str, list[str]] = {}
        for row, column in zip(self.left[used].tolist(), self.right[used].tolist(), strict=True):
            pairs.setdefault(self.rows[row], []).append(self.columns[column])
        full = np.flatnonzero((filled == self.room) & (self.room > 0))
        loads = self._next(filled - 1)[full]
        worth = (-(ways[full] + loads) // self.step).tolist()
        prices = {self.columns[at]: price for at, price in zip(full.tolist(), worth, strict=True)}
        slack = -(-broken * int(self.wants.sum()) // self.step)
        return Flow(pairs, total, total + slack, prices, self._left_over(np.flatnonzero(missing), filled))

    def _ways(self, used: Ints, filled: Ints, missing: Ints) -> Ints:
        """The shortest way from "left over" to each column in the graph of exchanges (Bellman and Ford)."""
        n, m = len(self.rows), len(self.columns)
        start = np.searchsorted(self.left, np.arange(n + 1))
        ways = np.where(filled > 0, -self._next(filled - 1), _FAR)
        at = np.where(missing > 0, -self.penalty * self.step, _FAR)
        of_column = used[np.argsort(self.right[used], kind="stable")]
        begin = np.searchsorted(self.right[of_column], np.arange(m + 1))
        rows, open_ = np.arange(n), self.cost.copy()
        open_[used] = _FAR  # what is used can be given back, not used twice
        np.minimum.at(at, self.left[used], ways[self.right[used]] - self.cost[used])
        for _round in range(n + m):
            arcs = _ranges(start[rows], start[rows + 1])
            before = ways.copy()
            np.minimum.at(ways, self.right[arcs], at[self.left[arcs]] + open_[arcs])
            fallen = np.flatnonzero(ways < before)
            if not fallen.size:
                break
            # Only rows that hold a column whose way grew shorter can shorten another one in the next round.
            held = of_column[_ranges(begin[fallen], begin[fallen + 1])]
            earlier = at[self.left[held]]
            np.minimum.at(at, self.left[held], ways[self.right[held]] - self.cost[held])
            rows = np.unique(self.left[held[at[self.left[held]] < earlier]])
        self._at = at
        return ways

    def _broken(self, ways: Ints, used: Ints, filled: Ints, missing: Ints) -> int:
        """By how much the ways fail to show that there is no cheaper exchange: 0."""
        held = missing < self.wants
        tried = ways[self.right] < _FAR
        tried[used] = False
        worst = [
            int((self._at[self.left] + self.cost - ways[self.right])[tried].min(initial=0)),
            int((ways[self.right[used]] - self.cost[used] - self._at[self.left[used]]).min(initial=0)),
            int((self._at + self.penalty * self.step)[held].min(initial=0)),
            int((ways + self._next(filled))[filled < self.room].min(initial=0)),
        ]
        return max(0, -min(worst))

    def _next(self, place: Ints) -> Ints:
        """What the row at this place of each column costs it (places from 0)."""
        if self.steps is None:
            return np.zeros(len(self.columns), np.int64)
        within = np.clip(place, 0, self.steps.shape[1] - 1)
        found: Ints = self.steps[np.arange(len(self.columns)), within] * self.step
        return found

    def _left_over(self, rows: Ints, filled: Ints) -> dict[str, Shortage]:
        """Which rows get less than they want, and why."""
        start = np.searchsorted(self.left, np.arange(len(self.rows) + 1))
        found = {}
        for row in rows.tolist():
            near = self.right[start[row] : start[row + 1]]
            full = bool((filled[near] >= self.room[near]).all())
            reason = "none" if not near.size else "full" if full else "worse"
            found[self.rows[row]] = Shortage(reason, [self.columns[at] for at in near.tolist()])
        return found


def _each(one: Ints | int, size: int) -> Ints:
    """A number for each, given as one or as many."""
    return np.broadcast_to(np.asarray(one, np.int64), size)


def _sorted(keys: Sequence[str]) -> tuple[Ints, Ints]:
    """Places in the order of the keys, and where each place went."""
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)
    if len(set(keys)) != len(keys):
        raise ValueError("a key twice")
    place = np.empty(len(keys), np.int64)
    place[order] = np.arange(len(keys))
    return order, place


def _ranges(begin: Ints, end: Ints) -> Ints:
    """All places from each begin to its end."""
    counts = end - begin
    ends = np.cumsum(counts)
    last = int(ends[-1]) if ends.size else 0
    places: Ints = np.arange(last) + np.repeat(begin - ends + counts, counts)
    return places
