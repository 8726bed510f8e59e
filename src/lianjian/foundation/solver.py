"""Pairing: the optimum of an assignment with its proof, the same on every machine. Method: docs/methods/pairing.md.

Gains are integers (for example millionths of a score). A row left unpaired gains nothing; a barred pair is never made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
_EXACT = 1 << 52  # whole numbers below it are exact in the floating point of the solver


class Contradiction(Exception):
    """Pairs that must be made exclude one another, or are barred; `pairs` are the culprits."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self.pairs = list(pairs)


class TooLarge(Exception):
    """Gains too large to be told apart exactly."""


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
        """Other columns for a row and what the whole loses with each, the cheapest first; exact."""
        return self._solved.alternatives(row, most)


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
    # In the order of the keys: how the rows came changes nothing.
    order, across = np.argsort(rows, kind="stable"), np.argsort(columns, kind="stable")
    problem = _Problem(
        [rows[place] for place in order],
        [columns[place] for place in across],
        gains[np.ix_(order, across)].astype(np.int64),
        np.zeros(gains.shape, bool) if barred is None else barred[np.ix_(order, across)],
        dict(must or {}),
        dict(before or {}),
    )
    problem.check()
    return problem.solve(fill)


def greedy(gains: Ints, barred: Flags | None = None) -> int:
    """The total of taking the best pair left, again and again: what the optimum is compared with."""
    left = gains.astype(np.int64).copy()
    if barred is not None:
        left[barred] = -1
    total = 0
    for _pair in range(min(left.shape, default=0)):
        place = int(left.argmax())
        row, column = divmod(place, left.shape[1])
        if left[row, column] < 0:
            break
        total += int(left[row, column])
        left[row, :] = -1
        left[:, column] = -1
    return total


@dataclass
class _Problem:
    rows: list[str]
    columns: list[str]
    gains: Ints
    barred: Flags
    must: dict[str, str]
    before: dict[str, str]

    def check(self) -> None:
        """Raises `Contradiction`."""
        at, over = _places(self.rows), _places(self.columns)
        wrong = [(r, c) for r, c in self.must.items() if r not in at or c not in over or self.barred[at[r], over[c]]]
        seen: dict[str, str] = {}
        for row, column in self.must.items():
            if column in seen:
                wrong += [(seen[column], column), (row, column)]
            seen[column] = row
        if wrong:
            raise Contradiction(sorted(set(wrong)))

    def solve(self, fill: bool) -> Assignment:
        """Weigh, solve, prove."""
        at, over = _places(self.rows), _places(self.columns)
        shut = self.barred.copy()
        for row, column in self.must.items():
            shut[at[row], :] = True
            shut[:, over[column]] = True
            shut[at[row], over[column]] = False
        weights, step, offset = self._weights(shut, fill)
        chosen = linear_sum_assignment(weights.astype(np.float64), maximize=True)
        pairs = [(int(r), int(c)) for r, c in zip(*chosen, strict=True) if not shut[r, c]]
        partners = dict(zip(*(map(int, side) for side in chosen), strict=True))
        solved = _Solved(self, weights, shut, partners, step, offset)
        total = sum(int(self.gains[pair]) for pair in pairs)
        return Assignment(
            {self.rows[r]: self.columns[c] for r, c in pairs}, total, total + solved.slack(), solved
        )

    def _weights(self, shut: Flags, fill: bool) -> tuple[Ints, int, int]:
        """Gains, then pairs kept, then a mark made of the two keys, each too small to outweigh the one before.

        With it what one unit of gain weighs, and what a pair adds to its gain so that it goes before none.
        A shut pair weighs nothing, as does a row without a pair: so leaving one unpaired is among the choices.
        """
        pairs = min(self.gains.shape, default=0)
        top = int(self.gains.max(initial=0))
        offset = top * pairs + 1 if fill else 1
        at, over = _places(self.rows), _places(self.columns)
        kept = np.zeros(self.gains.shape, np.int64)
        for row, column in self.before.items():
            if row in at and column in over:
                kept[at[row], over[column]] = 1
        for bits in range(12, -1, -1):
            mark = 1 << bits
            keep = pairs * mark + 1
            step = pairs * (keep + mark) + 1
            if (top + offset) * step < _EXACT:
                break
        else:
            raise TooLarge
        weights = (self.gains + offset) * step + kept * keep + _marks(self.rows, self.columns, bits)
        weights[shut] = 0
        return weights, step, offset


class _Solved:
    """The matrix that was solved, the pairs, and the prices that prove them."""

    def __init__(
        self, problem: _Problem, weights: Ints, shut: Flags, pairs: dict[int, int], step: int, offset: int
    ) -> None:
        self.problem, self.shut, self.step, self.offset = problem, shut, step, offset
        self.turned = weights.shape[0] > weights.shape[1]
        cost = -(weights.T if self.turned else weights)
        self.cost = cost
        held = {c: r for r, c in pairs.items()} if self.turned else pairs
        self.partner = np.array([held[row] for row in range(cost.shape[0])], np.int64)
        self.prices = self._prices()
        rows = np.arange(cost.shape[0])
        self.own = cost[rows, self.partner] - self.prices[self.partner] if cost.size else self.partner

    def _prices(self) -> Ints:
        """Prices of the columns: shortest ways in the graph of exchanges (Bellman and Ford), 0 for a free column."""
        n, m = self.cost.shape
        prices = np.zeros(m, np.int64)
        held = np.full(m, -1, np.int64)
        held[self.partner] = np.arange(n)
        paid = self.cost[np.arange(n), self.partner]
        rows = np.arange(n)
        for _round in range(n + 1):
            if not rows.size:
                break
            offers = (self.cost[rows] - (paid[rows] - prices[self.partner[rows]])[:, None]).min(axis=0)
            fallen = offers < prices
            prices[fallen] = offers[fallen]
            # Only rows whose own column fell can lower another one in the next round.
            rows = held[fallen & (held >= 0)]
        return prices

    def slack(self) -> int:
        """By how much, in whole gains, the prices fail to prove the optimum: 0."""
        if not self.cost.size:
            return 0
        free = np.ones(self.cost.shape[1], bool)
        free[self.partner] = False
        reduced = self.cost - self.own[:, None] - self.prices[None, :]
        broken = max(0, -int(reduced.min())) + max(0, -int(self.prices[free].min(initial=0)))
        return broken * self.cost.shape[0]

    def alternatives(self, row: str, most: int) -> list[tuple[str, int]]:
        """Solved once more with the pair fixed, for the likeliest by their prices; exact."""
        problem, at = self.problem, _places(self.problem.rows)
        place = at[row]
        reduced = self.cost - self.own[:, None] - self.prices[None, :]
        line = (reduced.T if self.turned else reduced)[place]
        here = next((c for r, c in self._pairs() if r == place), None)
        base = self._total(None)
        found: list[tuple[int, int]] = []
        # A reduced cost is never more than what the whole loses: past the worst that is kept nothing better follows.
        for column in np.argsort(line, kind="stable"):
            if column == here or self.shut[place, column]:
                continue
            if len(found) == most and int(line[column]) // self.step > found[-1][0] + self.offset:
                break
            found.append((base - self._total((place, int(column))), int(column)))
            found = sorted(found)[:most]
        return [(problem.columns[column], loss) for loss, column in found]

    def _pairs(self) -> list[tuple[int, int]]:
        turned = self.turned
        pairs = [(int(c), r) if turned else (r, int(c)) for r, c in enumerate(self.partner)]
        return [pair for pair in pairs if not self.shut[pair]]

    def _total(self, fixed: tuple[int, int] | None) -> int:
        """The best total gain, with one pair fixed."""
        if fixed is None:
            return sum(int(self.problem.gains[pair]) for pair in self._pairs())
        row, column = fixed
        weights = (-(self.cost.T if self.turned else self.cost)).astype(np.float64)
        small = np.delete(np.delete(weights, row, axis=0), column, axis=1)
        gains = np.delete(np.delete(self.problem.gains, row, axis=0), column, axis=1)
        shut = np.delete(np.delete(self.shut, row, axis=0), column, axis=1)
        chosen = linear_sum_assignment(small, maximize=True)
        rest = sum(int(gains[r, c]) for r, c in zip(*chosen, strict=True) if not shut[r, c])
        return rest + int(self.problem.gains[row, column])


def _places(keys: Sequence[str]) -> dict[str, int]:
    return {key: place for place, key in enumerate(keys)}


def _marks(rows: Sequence[str], columns: Sequence[str], bits: int) -> Ints:
    """A number below 2**bits for each pair, made of its two keys alone: it decides between equals."""

    def numbers(keys: Sequence[str]) -> NDArray[np.uint64]:
        digests = (hashlib.blake2b(key.encode(), digest_size=8).digest() for key in keys)
        return np.array([int.from_bytes(one, "big") for one in digests], np.uint64)

    if bits == 0:
        return np.zeros((len(rows), len(columns)), np.int64)
    with np.errstate(over="ignore"):
        mixed = numbers(rows)[:, None] * np.uint64(0x9E3779B97F4A7C15) + numbers(columns)[None, :]
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        found: Ints = (mixed >> np.uint64(64 - bits)).astype(np.int64)
    return found
