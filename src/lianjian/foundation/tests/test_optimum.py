"""The optimum has prices that prove it; exchanges are looked for in three ways, and the answer is the same."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from lianjian.foundation import optimum, rings
from lianjian.foundation.solver import Assignment, solve

Sets = pytest.MonkeyPatch


def keys(mark: str, count: int) -> list[str]:
    return [f"{mark}{number}" for number in range(count)]


@pytest.mark.parametrize("kind", ["alike", "ties", "priced"])
def test_the_prices_prove_the_optimum(kind: str) -> None:
    dice = np.random.default_rng(4)
    n = 220
    cost = {
        "alike": -dice.integers(0, 10**9, (n, n)),
        "ties": -dice.integers(0, 4, (n, n)),
        # Some columns are wanted by all.
        "priced": -(dice.integers(0, 10**6, (n, n)) + 10**6 * dice.integers(0, 9, n)),
    }[kind].astype(np.float64)
    found = optimum.optimum(cost)
    row, column = linear_sum_assignment(cost)
    assert cost[row, column].sum() == cost[np.arange(n), found.partner].sum()
    assert sorted(found.partner.tolist()) == list(range(n))
    assert (cost - found.rows[:, None] - found.columns).min() == 0 == found.slack
    assert found.rows.sum() + found.columns.sum() == cost[row, column].sum()


@pytest.fixture(params=["all at once", "below a bound", "one by one"])
def way(request: pytest.FixtureRequest, monkeypatch: Sets) -> str:
    """How exchanges are looked for: in small, large and very large problems."""
    if request.param != "all at once":
        monkeypatch.setattr(rings, "_SMALL", 1)
    if request.param == "one by one":
        monkeypatch.setattr(rings, "_ENTRIES", -1)
    return str(request.param)


def drawn(dice: Random, **more: object) -> tuple[list[str], list[str], np.ndarray, np.ndarray]:
    n = dice.randrange(1, 11)
    m = n if dice.random() < 0.5 else dice.randrange(1, 11)
    top = dice.choice([1, 5, 10**6])
    gains = np.array([[dice.randint(0, top) for _c in range(m)] for _r in range(n)], np.int64)
    barred = np.array([[dice.random() < 0.2 for _c in range(m)] for _r in range(n)])
    return keys("r", n), keys("c", m), gains, barred


def solved_again(found: Assignment, row: str, again: Callable[[dict[str, str]], Assignment], free: list[str]) -> list[int]:
    """What the whole loses with each of the free columns, each solved anew."""
    return [found.total - again({row: column}).total for column in free]


@pytest.mark.parametrize("seed", range(25))
def test_alternatives_are_what_solving_again_would_lose(way: str, seed: int) -> None:
    dice = Random(seed)
    rows, columns, gains, barred = drawn(dice)
    fill = dice.random() < 0.3
    before = dict(zip(rows, dice.sample(columns, len(columns)), strict=False)) if dice.random() < 0.4 else {}

    def again(must: dict[str, str]) -> Assignment:
        return solve(rows, columns, gains, barred=barred, before=before, fill=fill, must=must)

    found = again({})
    assert found.gap == 0
    every = found.alternatives_of(rows)
    for place, row in enumerate(rows):
        free = [c for over, c in enumerate(columns) if not barred[place, over] and found.pairs.get(row) != c]
        losses = dict(zip(free, solved_again(found, row, again, free), strict=True))
        assert len(every[row]) == min(3, len(free)) and all(losses[column] == loss for column, loss in every[row])
        if not fill:
            assert [loss for _column, loss in every[row]] == sorted(losses.values())[:3]
        assert found.alternatives(row) == every[row]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=5, max_size=5), st.randoms())
def test_a_larger_total_never_loses_to_more_pairs(lines: list[list[int]], dice: Random) -> None:
    """A pair without gain is made only where it costs nothing."""
    gains = np.array(lines, np.int64)
    barred = np.array([[dice.random() < 0.5 for _c in range(5)] for _r in range(5)])
    row, column = linear_sum_assignment(np.where(barred, 0, gains), maximize=True)
    found = solve(keys("r", 5), keys("c", 5), gains, barred=barred)
    assert found.total == np.where(barred, 0, gains)[row, column].sum()
    left = [place for place, key in enumerate(keys("r", 5)) if key not in found.pairs]
    over = [place for place, key in enumerate(keys("c", 5)) if key not in found.pairs.values()]
    assert barred[np.ix_(left, over)].all()
