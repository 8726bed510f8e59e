"""Pairs with capacities are the best there are on their arcs, in any order, and who is left over is told why."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.foundation import solver
from lianjian.foundation.candidates import best, near
from lianjian.foundation.flow import Arcs, Flow, TooLarge, solve


def keys(mark: str, count: int) -> list[str]:
    return [f"{mark}{number}" for number in range(count)]


def worth(problem: dict[str, Any], chosen: tuple[int, ...]) -> int | None:
    """What a choice of arcs gains; None where it is not allowed."""
    arcs, n, m = problem["arcs"], problem["n"], problem["m"]
    used = [arc for arc, take in zip(arcs, chosen, strict=True) if take]
    got = [sum(row == left for left, _right, _gain in used) for row in range(n)]
    load = [sum(column == right for _left, right, _gain in used) for column in range(m)]
    if any(have > want for have, want in zip(got, problem["wants"], strict=True)):
        return None
    if any(have > room for have, room in zip(load, problem["room"], strict=True)):
        return None
    total = sum(gain for _left, _right, gain in used)
    total -= sum((w - g) * p for w, g, p in zip(problem["wants"], got, problem["penalty"], strict=True))
    return total - sum(sum(steps[:have]) for steps, have in zip(problem["steps"], load, strict=True))


def asked(problem: dict[str, Any], order: list[int] | None = None, **more: Any) -> Flow:
    arcs = problem["arcs"] if order is None else [problem["arcs"][place] for place in order]
    table = np.array(arcs, np.int64).reshape(-1, 3)
    return solve(
        keys("r", problem["n"]),
        keys("c", problem["m"]),
        Arcs(table[:, 0], table[:, 1], table[:, 2]),
        room=np.array(problem["room"]),
        wants=np.array(problem["wants"]),
        penalty=np.array(problem["penalty"]),
        steps=np.array(problem["steps"]) if problem["m"] else None,
        **more,
    )


@st.composite
def problems(draw: st.DrawFn) -> dict[str, Any]:
    n, m = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    pairs = [(row, column) for row in range(n) for column in range(m)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=9)) if pairs else []
    small = st.integers(-3, 6)
    steps = [sorted(draw(st.lists(st.integers(0, 4), min_size=3, max_size=3))) for _c in range(m)]
    return {
        "n": n,
        "m": m,
        "arcs": [(row, column, draw(small)) for row, column in chosen],
        "room": [draw(st.integers(0, 3)) for _c in range(m)],
        "wants": [draw(st.integers(0, 2)) for _r in range(n)],
        "penalty": [draw(st.integers(0, 5)) for _r in range(n)],
        "steps": steps,
    }


@settings(max_examples=250, deadline=None)
@given(problems(), st.randoms())
def test_it_equals_every_choice_there_is(problem: dict[str, Any], dice: Any) -> None:
    choices = (worth(problem, chosen) for chosen in product((0, 1), repeat=len(problem["arcs"])))
    most = max(one for one in choices if one is not None)
    found = asked(problem)
    assert found.total == most and found.gap == 0
    taken = {(row, column) for row, columns in found.pairs.items() for column in columns}
    made = tuple((f"r{left}", f"c{right}") in taken for left, right, _gain in problem["arcs"])
    assert worth(problem, made) == most and sum(made) == len(taken)
    order = list(range(len(problem["arcs"])))
    dice.shuffle(order)
    assert asked(problem, order).pairs == found.pairs
    for row in range(problem["n"]):
        got = len(found.pairs.get(f"r{row}", []))
        assert (f"r{row}" in found.left_over) == (got < problem["wants"][row])


@pytest.mark.parametrize("seed", range(30))
def test_one_to_one_on_every_arc_is_the_dense_optimum(seed: int) -> None:
    dice = np.random.default_rng(seed)
    n, m = (int(one) for one in dice.integers(1, 30, 2))
    gains = dice.integers(0, 1000, (n, m))
    barred = dice.random((n, m)) < 0.3
    left, right = np.nonzero(~barred)
    found = solve(keys("r", n), keys("c", m), Arcs(left, right, gains[left, right]))
    dense = solver.solve(keys("r", n), keys("c", m), gains, barred=barred)
    assert found.total == dense.total and found.gap == 0


def test_the_order_of_everything_changes_nothing_where_many_answers_are_equal() -> None:
    dice = np.random.default_rng(3)
    rows, columns = keys("r", 40), keys("c", 15)
    left, right = np.nonzero(np.ones((40, 15), bool))
    first = solve(rows, columns, Arcs(left, right, np.ones(left.size, np.int64)), room=2)
    for _time in range(5):
        down, over, mixed = dice.permutation(40), dice.permutation(15), dice.permutation(left.size)
        arcs = Arcs(np.argsort(down)[left][mixed], np.argsort(over)[right][mixed], np.ones(left.size, np.int64))
        again = solve([rows[at] for at in down], [columns[at] for at in over], arcs, room=2)
        assert again.pairs == first.pairs and len(first.pairs) == 30


def test_who_is_left_over_is_told_why() -> None:
    arcs = Arcs(np.array([0, 1, 3]), np.array([0, 0, 1]), np.array([5, 4, -2]))
    found = solve(["a", "b", "c", "d"], ["x", "y"], arcs)
    assert found.pairs == {"a": ["x"]}
    assert {row: (one.reason, one.columns) for row, one in found.left_over.items()} == {
        "b": ("full", ["x"]),
        "c": ("none", []),
        "d": ("worse", ["y"]),
    }
    assert found.prices == {"x": 4}  # one place more at x would let b in
    more = solve(["a", "b", "c", "d"], ["x", "y"], arcs, room=np.array([2, 1]))
    assert more.total - found.total == 4


def test_those_that_were_together_stay_where_nothing_is_lost() -> None:
    left, right = np.nonzero(np.ones((4, 4), bool))
    before = {"r0": "c3", "r1": "c2", "r2": "c1", "r3": "c0", "gone": "c0"}
    found = solve(keys("r", 4), keys("c", 4), Arcs(left, right, np.full(16, 7)), before=before)
    assert {row: columns[0] for row, columns in found.pairs.items()} == {r: c for r, c in before.items() if r != "gone"}


def test_what_cannot_be_asked() -> None:
    one = np.array([0]), np.array([0])
    with pytest.raises(TooLarge):
        solve(["a"], ["x"], Arcs(*one, np.array([10**18])))
    with pytest.raises(ValueError, match="key twice"):
        solve(["a", "a"], ["x"], Arcs(*one, np.array([1])))
    with pytest.raises(ValueError, match="one arc"):
        solve(["a"], ["x"], Arcs(np.array([0, 0]), np.array([0, 0]), np.array([1, 2])))
    with pytest.raises(ValueError, match="do not fall"):
        solve(["a"], ["x"], Arcs(*one, np.array([1])), steps=np.array([[3, 1]]))


@pytest.mark.parametrize("seed", range(8))
def test_candidates_near_are_those_a_plain_search_finds(seed: int) -> None:
    dice = np.random.default_rng(seed)
    rows, columns = dice.random((30, 2)) * 50, dice.random((25, 2)) * 50
    rows[3], columns[4] = np.nan, np.nan
    mine, theirs = [str(one) for one in dice.integers(0, 4, 30)], [str(one) for one in dice.integers(0, 4, 25)]
    mine[3], mine[5], theirs[4] = "1", "", "1"
    left, right = near(rows, columns, 4, groups=(mine, theirs), of_group=3)
    found = set(zip(left.tolist(), right.tolist(), strict=True))
    assert len(found) == left.size and (np.diff(left * 25 + right) > 0).all()
    for row in range(30):
        way = np.hypot(*(columns - rows[row]).T)
        nearest = [int(at) for at in np.argsort(way) if np.isfinite(way[at])]
        same = [at for at in nearest if theirs[at] == mine[row] != ""][:3]
        if row == 3:
            same = [at for at in range(25) if theirs[at] == "1"][:3]
        assert {over for at, over in found if at == row} == {*nearest[:4], *same}
    assert near(rows[3:4], columns, 4)[0].size == 0


def test_the_best_of_each_row_and_column_without_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianjian.foundation.candidates._BLOCK", 40)
    scores = np.random.default_rng(2).integers(-2, 9, (23, 17))
    left, right, value = best(scores.shape, lambda part: scores[part], 3, 2)
    found = set(zip(left.tolist(), right.tolist(), strict=True))
    wanted = set()
    for row in range(23):
        wanted |= {(row, int(at)) for at in np.lexsort((np.arange(17), -scores[row]))[:3] if scores[row, at] >= 0}
    assert wanted <= found and len(found) == left.size
    for column in range(17):
        line = scores[:, column]
        taken = sorted((int(line[at]) for at, over in found if over == column), reverse=True)[:2]
        assert taken == sorted((one for one in line.tolist() if one >= 0), reverse=True)[:2]
    assert (value == scores[left, right]).all()
