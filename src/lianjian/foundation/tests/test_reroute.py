"""What another column would cost, against every plan there is; many plans equally good."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest

from lianjian.foundation.reroute import BARRED, Reroute


def value(worth: np.ndarray, room: list[int], plan: tuple[int, ...]) -> int | None:
    """The sum, or None where a room is overfull or a pair barred."""
    none = worth.shape[1]
    if any(plan.count(column) > room[column] for column in range(none)):
        return None
    found = [int(worth[row, column]) for row, column in enumerate(plan) if column != none]
    return None if min(found, default=0) < 0 else sum(found)


@pytest.mark.parametrize("seed", range(150))
def test_moves_lead_to_the_best_plan_with_the_pair_and_cost_what_they_say(seed: int) -> None:
    dice = Random(seed)
    rows, columns = dice.randrange(1, 5), dice.randrange(1, 5)
    worth = np.array([[dice.choice((1, 1, 2, 3, int(BARRED))) for _c in range(columns)] for _r in range(rows)], np.int64)
    room = [dice.choice((0, 1, 1, 2)) for _c in range(columns)]
    plans = {plan: value(worth, room, plan) for plan in product(range(columns + 1), repeat=rows)}
    valid = {plan: worth_ for plan, worth_ in plans.items() if worth_ is not None}
    best = max(valid.values())
    plan = dice.choice([one for one, sum_ in valid.items() if sum_ == best])
    routes = Reroute(worth, np.array(plan, np.int64), np.array(room, np.int64))
    for row in range(rows):
        found = {move.column: move for move in routes.others(row, columns)}
        can = {one[row] for one in valid} - {plan[row], columns}
        assert set(found) == can
        for column, move in found.items():
            after = tuple(move.goes.get(at, plan[at]) for at in range(rows))
            assert after[row] == column
            assert valid[after] == best - move.loss == max(sum_ for one, sum_ in valid.items() if one[row] == column)


def test_a_column_with_room_asks_nobody_to_fill_it() -> None:
    """Leaving a column that has room: a round of equal steps back to itself is no reason for anybody to move."""
    b = int(BARRED)
    worth = np.array([[1, b, b, 1], [4, 3, 3, b], [2, 1, b, 3], [b, 2, 1, 3]], np.int64)
    [move] = [one for one in Reroute(worth, np.array([0, 1, 3, 3]), np.array([1, 2, 1, 2])).others(1, 4) if one.column == 2]
    assert (move.goes, move.loss) == ({1: 2}, 0)
