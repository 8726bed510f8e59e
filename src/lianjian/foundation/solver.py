"""Pairing: the optimum of an assignment with its proof, the same on every machine. Method: docs/methods/pairing.md.

Gains are integers (for example millionths of a score). A row left unpaired gains nothing; a barred pair is never made.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .marks import numbers, spread
from .optimum import Places, Reals, optimum
from .rings import Rings

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
_EXACT = 1 << 50  # whole numbers below it, and what prices make of them, are exact in the solver's floating point
_BLOCK = 1 << 17  # entries weighed at once: they stay in the cache


class Contradiction(Exception):
    """Pairs that must be made exclude one another, or are barred; `pairs` are the culprits."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self.pairs = list(pairs)


class TooLarge(Exception):
    """Gains too large to be told apart exactly."""


@dataclass(frozen=True)
class Exchange:
    """A row takes another column: `loss` in gains, `fewer` pairs, where each row that moves goes (None: to none)."""

    column: str
    loss: int
    fewer: int
    moves: Mapping[str, str | None]


@dataclass(frozen=True)
class Assignment:
    """The best pairs and their proof.

    `pairs` maps a row's key to a column's. `total` is their gain, `proven` the bound by the prices: no pairing whatever
    gains more, and `gap` (the difference) is 0 for an optimum.
    """

    pairs: dict[str, str]
    total: int
    proven: int
    _solved: _Solved = field(repr=False, compare=False)

    @property
    def gap(self) -> int:
        """How much better another pairing could be at most."""
        return self.proven - self.total

    def alternatives(self, row: str, most: int = 3) -> list[tuple[str, int]]:
        """Other columns for a row and what the whole loses with each, the cheapest first; exact.

        Of a problem that was to be filled: those first that leave fewest without a pair.
        """
        return self._solved.alternatives([row], most)[row]

    def alternatives_of(self, rows: Sequence[str], most: int = 3) -> dict[str, list[tuple[str, int]]]:
        """The same for many rows at once, as a page or a report shows them."""
        return self._solved.alternatives(rows, most)

    def exchanges_of(
        self, rows: Sequence[str], most: int = 3, groups: Mapping[str, str] | None = None
    ) -> dict[str, list[Exchange]]:
        """The same with who else would move; of columns of one group at most one, none of the group that a row has.

        Raises ValueError for fewer columns than rows.
        """
        return self._solved.exchanges(rows, most, groups)


def solve(
    rows: Sequence[str],
    columns: Sequence[str],
    gains: Ints,
    *,
    barred: Flags | None = None,
    must: Mapping[str, str] | None = None,
    before: Mapping[str, str] | None = None,
    fill: bool = False,
) -> Assignment:
    """The pairs of rows and columns with the greatest total gain.

    `gains` is a matrix (rows by columns) of whole numbers from 0; `must` fixes pairs; among pairings of the same total
    those that keep most of `before` win, then those that the keys decide. `fill` pairs as many as possible before gain
    counts. Raises `Contradiction`, `TooLarge`, ValueError for keys that are doubled or a matrix of another shape.
    """
    if len(set(rows)) != len(rows) or len(set(columns)) != len(columns) or gains.shape != (len(rows), len(columns)):
        raise ValueError("one row and one column of gains for each key")
    if gains.size and int(gains.min()) < 0:
        raise ValueError("a gain is not below 0")
    problem = _Problem(list(rows), list(columns), gains, barred, dict(must or {}), dict(before or {}))
    problem.check()
    return problem.solve(fill)


def greedy(gains: Ints, barred: Flags | None = None) -> int:
    """The total of taking the best pair left, again and again: what the optimum is compared with."""
    return sum(int(gains[pair]) for pair in greedy_pairs(gains, barred))


def greedy_pairs(
    gains: Ints, barred: Flags | None = None, must: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """Places of the best pair left, again and again, after those that must be."""
    left = gains.astype(np.int64).copy()
    if barred is not None:
        left[barred] = -1
    pairs = list(must)
    for row, column in pairs:
        left[row, :] = -1
        left[:, column] = -1
    while left.size and len(pairs) < min(left.shape):
        row, column = divmod(int(left.argmax()), left.shape[1])
        if left[row, column] < 0:
            break
        pairs.append((row, column))
        left[row, :] = -1
        left[:, column] = -1
    return pairs


@dataclass
class _Problem:
    rows: list[str]
    columns: list[str]
    gains: Ints
    barred: Flags | None
    must: dict[str, str]
    before: dict[str, str]

    def check(self) -> None:
        """Raises `Contradiction`."""
        if not self.must:
            return
        at, over = _places(self.rows), _places(self.columns)
        wrong = [
            (r, c)
            for r, c in self.must.items()
            if r not in at or c not in over or (self.barred is not None and self.barred[at[r], over[c]])
        ]
        seen: dict[str, str] = {}
        for row, column in self.must.items():
            if column in seen:
                wrong += [(seen[column], column), (row, column)]
            seen[column] = row
        if wrong:
            raise Contradiction(sorted(set(wrong)))

    def solve(self, fill: bool) -> Assignment:
        """Weigh, solve, prove."""
        shut = self._shut()
        scale = self._scale(fill)
        # In the order of the keys: how the rows came changes nothing. The cost has no more rows than columns.
        turned = len(self.rows) > len(self.columns)
        down, across = (self.columns, self.rows) if turned else (self.rows, self.columns)
        gains = self.gains.T if turned else self.gains
        closed = None if shut is None else shut.T if turned else shut
        order, over = _order(down), _order(across)
        down, across = [down[place] for place in order], [across[place] for place in over]
        if not _rising(order) or not _rising(over):
            gains = gains[order][:, over]
            closed = None if closed is None else closed[order][:, over]
        cost = _costs(down, across, gains, closed, scale)
        for row, column in self.before.items():
            _keep(cost, closed, down, across, (column, row) if turned else (row, column), scale)
        return _Solved(_Sorted(down, across, gains), turned, cost, closed, scale).assignment()

    def _shut(self) -> Flags | None:
        """Pairs that are not made: barred ones, and those that a fixed pair leaves no room for."""
        if not self.must:
            return self.barred
        at, over = _places(self.rows), _places(self.columns)
        shut = np.zeros(self.gains.shape, bool) if self.barred is None else self.barred.copy()
        for row, column in self.must.items():
            shut[at[row], :] = True
            shut[:, over[column]] = True
            shut[at[row], over[column]] = False
        return shut

    def _scale(self, fill: bool) -> _Scale:
        """Gains, then pairs kept, then a mark made of the two keys, each too small to outweigh the one before."""
        pairs = min(self.gains.shape, default=0)
        top = int(self.gains.max(initial=0))
        offset = top * pairs + 1 if fill else 0
        for bits in range(16, -1, -1):
            mark = 1 << bits
            keep = pairs * mark + 1 if self.before else 0
            step = pairs * (keep + mark) + 1
            if (top + offset) * step + keep + mark < _EXACT:
                return _Scale(step, keep, bits, offset)
        raise TooLarge


@dataclass(frozen=True)
class _Scale:
    """What one unit of gain and a kept pair weigh, bits of the mark, what a pair adds to its gain to go before none."""

    step: int
    keep: int
    bits: int
    offset: int


@dataclass(frozen=True)
class _Sorted:
    """What was asked, in the order of the keys, with no more rows than columns."""

    rows: list[str]
    columns: list[str]
    gains: Ints


class _Solved:
    """The matrix that was solved (`turned`: the columns of the question are its rows), its optimum and its prices."""

    def __init__(self, problem: _Sorted, turned: bool, cost: Reals, closed: Flags | None, scale: _Scale) -> None:
        self.problem, self.turned, self.cost, self.closed, self.scale = problem, turned, cost, closed, scale
        found = optimum(cost)
        self.partner, self.own, self.prices, self.slack = found.partner, found.rows, found.columns, found.slack
        self.rings = Rings(cost, found)
        self.weights = [-int(paid) for paid in cost[np.arange(len(problem.rows)), found.partner]]

    def assignment(self) -> Assignment:
        """The pairs by their keys."""
        partner = self.partner.tolist()
        made = [(d, a) for d, a in enumerate(partner) if self.closed is None or not self.closed[d, a]]
        pairs = {self.problem.rows[d]: self.problem.columns[a] for d, a in made}
        if self.turned:
            pairs = {row: column for column, row in pairs.items()}
        scale = self.scale
        total = sum(self.weights[d] // scale.step - scale.offset for d, _a in made)
        return Assignment(dict(sorted(pairs.items())), total, total + self.slack, self)

    def alternatives(self, rows: Sequence[str], most: int) -> dict[str, list[tuple[str, int]]]:
        """By the cheapest ring of exchanges that fixes the pair; exact."""
        at = _places(self.problem.columns if self.turned else self.problem.rows)
        asked = np.array([at[row] for row in rows], np.int64)
        if self.turned:
            found = self.rings.of_columns(asked, most, self.closed)
        else:
            found = self.rings.of_rows(asked, most, self.closed)
        names = self.problem.rows if self.turned else self.problem.columns
        whole = sum(self.weights)
        base = self._gain(whole)
        losses = ([(base - self._gain(whole - one.loss), one.place) for one in line] for line in found)
        return {
            row: [(names[place], loss) for loss, place in line] for row, line in zip(rows, losses, strict=True)
        }

    def exchanges(
        self, rows: Sequence[str], most: int, groups: Mapping[str, str] | None
    ) -> dict[str, list[Exchange]]:
        """By the same rings, with what each moves."""
        if self.turned:
            raise ValueError("at least as many columns as rows are needed")
        at, names = _places(self.problem.rows), self.problem.columns
        known: dict[str, int] = {}
        group = np.array([known.setdefault(groups[one] if groups else one, len(known)) for one in names], np.int64)
        asked = np.array([at[row] for row in rows], np.int64)
        found = self.rings.of_rows(asked, most, self.closed, group)
        return {
            row: [self._exchange(names[ring.place], self.rings.moves(at[row], ring)) for ring in line]
            for row, line in zip(rows, found, strict=True)
        }

    def _exchange(self, column: str, moves: Mapping[int, int]) -> Exchange:
        """What the moves lose."""
        loss = fewer = 0
        for row, taken in moves.items():
            for sign, chosen in ((1, int(self.partner[row])), (-1, taken)):
                if not self._is_shut(row, chosen):
                    loss += sign * int(self.problem.gains[row, chosen])
                    fewer += sign
        keys, names = self.problem.rows, self.problem.columns
        shown = {keys[row]: None if self._is_shut(row, taken) else names[taken] for row, taken in moves.items()}
        return Exchange(column, loss, fewer, shown)

    def _is_shut(self, row: int, column: int) -> bool:
        return self.closed is not None and bool(self.closed[row, column])

    def _gain(self, weight: int) -> int:
        """The gain in a total weight: kept pairs and marks of all pairs together are less than one step."""
        units = weight // self.scale.step
        return units % self.scale.offset if self.scale.offset else units


def _places(keys: Sequence[str]) -> dict[str, int]:
    return {key: place for place, key in enumerate(keys)}


def _order(keys: Sequence[str]) -> Places:
    """The places in the order of the keys."""
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)


def _rising(places: Places) -> bool:
    """Nothing is out of order."""
    return bool((places == np.arange(places.size)).all())


def _costs(down: list[str], across: list[str], gains: Ints, shut: Flags | None, scale: _Scale) -> Reals:
    """What to make least. A shut pair costs nothing, as does a row without a pair.

    So leaving one unpaired is among the choices, and it is never chosen where a pair is left: that weighs 1 or more.
    """
    n, m = len(down), len(across)
    cost = np.empty((n, m))
    rows, columns = numbers(down, 1), numbers(across, 2)
    step = max(1, _BLOCK // max(m, 1))
    for start in range(0, n, step):
        part = slice(start, min(n, start + step))
        target = cost[part]
        np.multiply(gains[part], -float(scale.step), out=target)
        target -= spread(rows[part, None] + columns) & np.uint32((1 << scale.bits) - 1)
        target -= 1 + scale.offset * scale.step
        if shut is not None:
            target[shut[part]] = 0
    return cost


def _keep(
    cost: Reals, shut: Flags | None, down: list[str], across: list[str], pair: tuple[str, str], scale: _Scale
) -> None:
    """Put a kept pair before others of the same gain."""
    at, over = bisect_left(down, pair[0]), bisect_left(across, pair[1])
    if at == len(down) or over == len(across) or (down[at], across[over]) != pair:
        return
    if shut is None or not shut[at, over]:
        cost[at, over] -= scale.keep
