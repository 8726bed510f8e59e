"""Cases go to who costs least with its load; what is planned anew is the best there is, and says what each move saves."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest

from lianjian.foundation.replan import Plan, Terms, choose, replan

TERMS = Terms(each=5, unplaced=60, switch=7)


def drawn(dice: Random) -> tuple[int, list[dict[int, int]], list[int], list[int], list[int]]:
    """Receivers; of each case what its candidates cost; who has it (-1: nobody); loads and rooms."""
    receivers, cases = dice.randrange(1, 4), dice.randrange(0, 6)
    room = [dice.randrange(0, 5) for _r in range(receivers)]
    load = [dice.randrange(0, 2) for _r in range(receivers)]
    costs, held, free = [], [], [max(0, r - b) for r, b in zip(room, load, strict=True)]
    for _case in range(cases):
        near = dice.sample(range(receivers), dice.randrange(1, receivers + 1))
        costs.append({at: dice.randrange(0, 40) for at in near})
        open_ = [at for at in near if free[at]]
        held.append(dice.choice([*open_, -1]))
        if held[-1] >= 0:
            free[held[-1]] -= 1
    return receivers, costs, held, load, room


def price(way: tuple[int, ...], costs: list[dict[int, int]], load: list[int], room: list[int]) -> int | None:
    """What a way costs without moves; None where there is no room or no such candidate."""
    total, now = 0, list(load)
    for at, near in zip(way, costs, strict=True):
        if at < 0:
            total += TERMS.unplaced
            continue
        now[at] += 1
        if at not in near or now[at] > room[at]:
            return None
        total += near[at] + TERMS.each * now[at]
    return total


def planned(receivers: int, costs: list[dict[int, int]], held: list[int], load: list[int], room: list[int]) -> Plan:
    table = np.array([(c, r, cost) for c, near in enumerate(costs) for r, cost in near.items()], np.int64).reshape(-1, 3)
    return replan(
        [f"c{at}" for at in range(len(costs))],
        [f"r{at}" for at in range(receivers)],
        (table[:, 0], table[:, 1], table[:, 2]),
        {f"c{at}": f"r{whose}" for at, whose in enumerate(held) if whose >= 0},
        load=np.array(load),
        room=np.array(room),
        terms=TERMS,
    )


@pytest.mark.parametrize("seed", range(80))
def test_no_way_is_cheaper_with_the_price_of_moving(seed: int) -> None:
    receivers, costs, held, load, room = drawn(Random(seed))
    found = planned(receivers, costs, held, load, room)
    made = tuple(int(found.placed.get(f"c{at}", "r-1")[1:]) for at in range(len(costs)))

    def whole(way: tuple[int, ...]) -> int | None:
        cost = price(way, costs, load, room)
        moves = sum(-1 != old != new != -1 for old, new in zip(held, way, strict=True))
        return None if cost is None else cost + TERMS.switch * moves

    ways = [whole(way) for way in product(range(-1, receivers), repeat=len(costs))]
    assert whole(made) == min(cost for cost in ways if cost is not None) and found.gap == 0
    before, after = price(tuple(held), costs, load, room), price(made, costs, load, room)
    assert before is not None and after is not None and found.saved == before - after
    moved = {(move.case, move.old, move.new) for move in found.moves}
    assert moved == {(f"c{at}", f"r{o}", f"r{n}") for at, (o, n) in enumerate(zip(held, made, strict=True)) if -1 != o != n != -1}
    for move in found.moves:
        alone = list(held)
        alone[int(move.case[1:])] = int(move.new[1:])
        cost = price(tuple(alone), costs, load, [99] * receivers)
        assert cost is not None and move.saves == before - cost


def test_a_case_goes_to_who_costs_least_with_its_load() -> None:
    costs, room = np.array([10, 12, 40]), np.array([3, 3, 3])
    assert choose(costs, np.array([0, 0, 0]), room, 5) == 0
    assert choose(costs, np.array([1, 0, 0]), room, 5) == 1
    assert choose(costs, np.array([3, 3, 0]), room, 5) == 2
    assert choose(costs, np.array([3, 3, 3]), room, 5) == -1


def test_who_has_a_case_is_a_candidate() -> None:
    with pytest.raises(ValueError, match="among its candidates"):
        planned(2, [{0: 1}], [1], [0, 0], [1, 1])
