"""The best plan against every way there is: room for several, weak villages first, pairs that must be or stay."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from random import Random

import numpy as np
import pytest

from lianjian.alliances import planning
from lianjian.alliances.planning import Plan, Wish, by_places, by_rooms, plan
from lianjian.foundation.solver import Contradiction


def wish(dice: Random, givers: int, receivers: int, **more: object) -> Wish:
    gains = np.array([[dice.randrange(0, 40) for _v in range(receivers)] for _g in range(givers)], np.int64)
    barred = np.array([[dice.random() < 0.2 for _v in range(receivers)] for _g in range(givers)])
    room = [dice.choice((1, 1, 2, 3)) for _g in range(givers)]
    names = [f"f{g}" for g in range(givers)], [f"v{v}" for v in range(receivers)]
    return Wish(names[0], room, names[1], gains, barred, **more)  # type: ignore[arg-type]


def worth(asked: Wish, way: tuple[int, ...]) -> tuple[int, int, int] | None:
    """(pairs, pairs of the first, gain) of giving receiver v the giver way[v] (the last number: none)."""
    none = len(asked.givers)
    for giver in range(none):
        if way.count(giver) > asked.room[giver]:
            return None
    made = [(g, v) for v, g in enumerate(way) if g != none]
    if any(asked.barred[pair] for pair in made):
        return None
    first = sum(asked.receivers[v] in asked.first for _g, v in made)
    return len(made), first, sum(int(asked.gains[pair]) for pair in made)


@pytest.mark.parametrize("method", [by_places, by_rooms])
@pytest.mark.parametrize("seed", range(80))
def test_every_way_there_is(seed: int, method: Callable[[Wish], Plan]) -> None:
    dice = Random(seed)
    givers, receivers = dice.randrange(1, 4), dice.randrange(1, 6)
    first = frozenset(f"v{v}" for v in range(receivers) if dice.random() < 0.4)
    asked = wish(dice, givers, receivers, first=first)
    ways = {way: worth(asked, way) for way in product(range(givers + 1), repeat=receivers)}
    ways = {way: value for way, value in ways.items() if value is not None}
    best = max(ways.values())
    found = method(asked)
    made = tuple(int(found.pairs[v][1:]) if v in found.pairs else givers for v in asked.receivers)
    assert ways[made] == best and found.gap == 0 and found.total == best[2]
    for place, receiver in enumerate(asked.receivers):
        for other in found.others(receiver):
            giver = int(other.giver[1:])
            rest = max(value for way, value in ways.items() if way[place] == giver)
            assert (best[0] - rest[0], best[2] - rest[2]) == (other.fewer, other.loss)


@pytest.mark.parametrize("method", [by_places, by_rooms])
def test_taking_one_giver_away_changes_as_few_pairs_as_the_optimum_allows(method: Callable[[Wish], Plan]) -> None:
    """Among all plans that are best without the giver, none keeps more of the pairs before."""
    dice = Random(11)
    for _time in range(25):
        asked = wish(dice, 4, 4)
        gains = asked.gains // 10  # many plans are equally good
        before = method(Wish(asked.givers, [1] * 4, asked.receivers, gains, asked.barred)).pairs
        less = Wish(asked.givers[1:], [1] * 3, asked.receivers, gains[1:], asked.barred[1:], before=before)
        found = method(less).pairs
        ways = {way: worth(less, way) for way in product(range(4), repeat=4)}
        best = max(value for value in ways.values() if value is not None)
        kept = [
            sum(before.get(v) == (less.givers[g] if g < 3 else "") for v, g in zip(less.receivers, way, strict=True))
            for way, value in ways.items()
            if value == best
        ]
        assert sum(before.get(v) == g for v, g in found.items()) == max(kept)


@pytest.mark.parametrize("seed", range(40))
def test_large_rooms_are_the_same_plan_as_places(seed: int) -> None:
    """Where there is one best plan: pairs, losses and who else moves; with pairs that must be."""
    dice = Random(seed)
    many = [f"v{v}" for v in range(12)]
    first = frozenset(dice.sample(many, 4))
    gains = np.array([[dice.randrange(10**6) for _v in range(12)] for _g in range(5)], np.int64)
    barred = np.array([[dice.random() < 0.3 for _v in range(12)] for _g in range(5)])
    barred[2, 3] = False
    room = [dice.choice((1, 2, 3, 4)) for _g in range(5)]
    asked = Wish([f"f{g}" for g in range(5)], room, many, gains, barred, must={"v3": "f2"}, first=first)
    one, two = by_places(asked), by_rooms(asked)
    assert one.pairs == two.pairs and one.total == two.total and one.gap == two.gap == 0
    for receiver in many:
        assert one.others(receiver) == two.others(receiver)


def test_banks_with_room_for_hundreds_are_planned() -> None:
    """20 banks with room for 500 and 3,000 firms: 30 million places, 60,000 pairs."""
    dice = np.random.default_rng(7)
    gains, barred = dice.integers(0, 10_001, (20, 3_000)), dice.random((20, 3_000)) < 0.1
    asked = Wish([f"b{n:02}" for n in range(20)], [500] * 20, [f"f{n:04}" for n in range(3_000)], gains, barred)
    assert sum(asked.room) * 3_000 > planning.MOST_PLACES
    found = plan(asked)
    assert len(found.pairs) == 3_000 and found.gap == 0
    best = np.where(barred, -1, gains).max(axis=0).sum()
    assert found.total <= best  # nobody can have more than his best; the bound of the prices proves the rest
    shares = [list(found.pairs.values()).count(bank) for bank in asked.givers]
    assert max(shares) <= 500
    others = found.others("f0000")
    assert len(others) == 3 and all(one.loss >= 0 and one.fewer == 0 for one in others)


def test_what_must_be_and_what_cannot() -> None:
    asked = wish(Random(1), 3, 3)
    clear = Wish(asked.givers, [1, 1, 1], asked.receivers, asked.gains, np.zeros((3, 3), bool), must={"v0": "f2"})
    assert plan(clear).pairs["v0"] == "f2" and plan(clear).others("v0") == []
    for must, culprits in (
        ({"v0": "f2", "v1": "f2"}, [("f2", "v0"), ("f2", "v1")]),
        ({"v0": "f9"}, [("f9", "v0")]),
    ):
        with pytest.raises(Contradiction) as wrong:
            plan(Wish(asked.givers, [1, 1, 1], asked.receivers, asked.gains, np.zeros((3, 3), bool), must=must))
        assert wrong.value.pairs == culprits
    shut = np.zeros((3, 3), bool)
    shut[2, 0] = True
    with pytest.raises(Contradiction):
        plan(Wish(asked.givers, [1, 1, 1], asked.receivers, asked.gains, shut, must={"v0": "f2"}))


def test_nobody_to_pair() -> None:
    nothing = np.zeros((0, 2), np.int64)
    assert plan(Wish([], [], ["v0", "v1"], nothing, nothing.astype(bool))).pairs == {}
    assert plan(Wish(["f0"], [2], [], np.zeros((1, 0), np.int64), np.zeros((1, 0), bool))).pairs == {}


def test_the_order_of_the_rows_changes_nothing() -> None:
    dice = np.random.default_rng(3)
    gains = dice.integers(0, 3, (20, 30))
    givers, receivers = [f"f{n:02}" for n in range(20)], [f"v{n:02}" for n in range(30)]
    barred = dice.random((20, 30)) < 0.1
    first = plan(Wish(givers, [1] * 20, receivers, gains, barred))
    for _time in range(5):
        one, two = dice.permutation(20), dice.permutation(30)
        again = plan(
            Wish([givers[n] for n in one], [1] * 20, [receivers[n] for n in two], gains[np.ix_(one, two)], barred[np.ix_(one, two)])
        )
        assert again.pairs == first.pairs and again.total == first.total
        assert again.others("v05") == first.others("v05")
