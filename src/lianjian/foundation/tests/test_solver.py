"""The solver's pairs are the best there are, on any machine and in any order, and it can say what another would cost."""

from __future__ import annotations

from itertools import permutations
from random import Random

import numpy as np
import pytest

from lianjian.foundation.solver import Contradiction, TooLarge, greedy, solve


def keys(mark: str, count: int) -> list[str]:
    return [f"{mark}{number}" for number in range(count)]


def brute(gains: np.ndarray, barred: np.ndarray) -> int:
    """The best total over all ways to pair, some left unpaired."""
    n, m = gains.shape
    worth = np.where(barred, 0, gains)
    if n > m:
        worth, n, m = worth.T, m, n
    return max(sum(int(worth[row, column]) for row, column in enumerate(way)) for way in permutations(range(m), n))


@pytest.mark.parametrize("seed", range(60))
def test_it_equals_every_way_there_is(seed: int) -> None:
    dice = Random(seed)
    n, m = dice.randrange(1, 7), dice.randrange(1, 8)
    gains = np.array([[dice.randrange(0, 12) for _c in range(m)] for _r in range(n)], np.int64)
    barred = np.array([[dice.random() < 0.25 for _c in range(m)] for _r in range(n)])
    found = solve(keys("r", n), keys("c", m), gains, barred=barred)
    assert found.total == brute(gains, barred) and found.gap == 0
    assert not any(barred[int(r[1:]), int(c[1:])] for r, c in found.pairs.items())
    for row in keys("r", n):
        for column, loss in found.alternatives(row):
            fixed = solve(keys("r", n), keys("c", m), gains, barred=barred, must={row: column})
            assert found.total - fixed.total == loss >= 0


def test_eight_by_eight_against_every_way() -> None:
    gains = np.random.default_rng(8).integers(0, 1_000_000, (8, 8))
    assert solve(keys("r", 8), keys("c", 8), gains).total == brute(gains, np.zeros((8, 8), bool))


def test_it_is_never_worse_than_taking_the_best_again_and_again() -> None:
    dice = np.random.default_rng(5)
    better = 0
    for _set in range(500):
        n, m = (int(one) for one in dice.integers(2, 25, 2))
        gains = dice.integers(0, 1_000_000, (n, m))
        barred = dice.random((n, m)) < 0.1
        found = solve(keys("r", n), keys("c", m), gains, barred=barred)
        taken = greedy(gains, barred)
        assert found.total >= taken and found.gap == 0
        better += found.total > taken
    assert better > 200


@pytest.mark.parametrize("top", [1, 3, 1_000_000])
def test_the_order_of_the_rows_changes_nothing(top: int) -> None:
    """Also where many pairings are equally good."""
    dice = np.random.default_rng(7)
    n, m = 30, 34
    gains = dice.integers(0, top, (n, m), endpoint=True)
    rows, columns = keys("r", n), keys("c", m)
    first = solve(rows, columns, gains).pairs
    for _time in range(10):
        order, across = dice.permutation(n), dice.permutation(m)
        again = solve([rows[p] for p in order], [columns[p] for p in across], gains[np.ix_(order, across)])
        assert again.pairs == first


def test_as_many_as_possible_before_gain() -> None:
    gains = np.array([[9, 0], [8, 0]], np.int64)
    barred = np.array([[False, True], [False, False]])
    assert solve(["a", "b"], ["x", "y"], gains, barred=barred).total == 9
    assert solve(["a", "b"], ["x", "y"], gains, barred=barred).pairs == {"a": "x", "b": "y"}
    wide = np.array([[9, 1], [8, 0]], np.int64)
    lonely = np.array([[False, False], [False, True]])
    assert solve(["a", "b"], ["x", "y"], wide, barred=lonely, fill=True).pairs == {"a": "y", "b": "x"}
    narrow = np.array([[30, 1], [8, 0]], np.int64)
    assert solve(["a", "b"], ["x", "y"], narrow, barred=lonely).pairs == {"a": "x"}
    assert len(solve(["a", "b"], ["x", "y"], narrow, barred=lonely, fill=True).pairs) == 2


def test_what_must_be_and_what_contradicts() -> None:
    gains = np.array([[9, 5], [8, 1]], np.int64)
    assert solve(["a", "b"], ["x", "y"], gains, must={"b": "y"}).pairs == {"a": "x", "b": "y"}
    barred = np.array([[True, False], [False, False]])
    for must, culprits in (
        ({"a": "x"}, [("a", "x")]),
        ({"a": "y", "b": "y"}, [("a", "y"), ("b", "y")]),
        ({"z": "x"}, [("z", "x")]),
    ):
        with pytest.raises(Contradiction) as found:
            solve(["a", "b"], ["x", "y"], gains, barred=barred, must=must)
        assert found.value.pairs == culprits
    for wrong in (["a", "a"], ["a"]):
        with pytest.raises(ValueError, match="one row"):
            solve(wrong, ["x", "y"], gains)
    with pytest.raises(ValueError, match="below 0"):
        solve(["a", "b"], ["x", "y"], -gains)
    with pytest.raises(TooLarge):
        solve(["a", "b"], ["x", "y"], gains * 10**15)
    empty = solve([], ["x"], np.zeros((0, 1), np.int64))
    assert (empty.pairs, empty.total, empty.gap) == ({}, 0, 0)


@pytest.mark.parametrize("seed", range(20))
def test_taking_one_away_changes_as_few_pairs_as_the_optimum_allows(seed: int) -> None:
    dice = Random(seed)
    n = 6
    gains = np.array([[dice.randrange(0, 4) for _c in range(n)] for _r in range(n)], np.int64)
    rows, columns = keys("r", n), keys("c", n)
    before = solve(rows, columns, gains).pairs
    left = solve(rows, columns[1:], gains[:, 1:], before=before)
    worth = [
        (sum(int(gains[r, c]) for r, c in enumerate(way) if c), sum(before.get(f"r{r}") == f"c{c}" for r, c in enumerate(way) if c))
        for way in permutations(range(n))
    ]
    kept = sum(before.get(row) == column for row, column in left.pairs.items())
    assert (left.total, kept) == max(worth)
