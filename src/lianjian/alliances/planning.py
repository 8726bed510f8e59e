"""The best pairs of givers and receivers with room for several, from points already worked out. No records.

Method: docs/methods/pairing.md. Keys are texts; what a giver's room is filled with are its places, `key#1`, `key#2` ...
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lianjian.foundation.solver import Assignment, Contradiction, Exchange, TooLarge, greedy_pairs, solve

MOST_PLACES: Final = 25_000_000  # receivers times places: what was measured (5,000 by 5,000)
MOST_GREEDY: Final = 800  # receivers up to which greedy choice is worked out too, to be held against
OTHERS: Final = 3


@dataclass(frozen=True)
class Wish:
    """What is to be paired. `gains` and `barred` are givers by receivers; `must` and `before` map receiver to giver.

    `first`: receivers that come before the others where there is not room for all (weak villages).
    """

    givers: Sequence[str]
    room: Sequence[int]
    receivers: Sequence[str]
    gains: NDArray[np.int64]
    barred: NDArray[np.bool_]
    must: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    first: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Other:
    """Another giver for a receiver: what the whole loses, how many receivers lose their giver, how many others move."""

    giver: str
    loss: int
    fewer: int
    moved: int


@dataclass(frozen=True)
class Plan:
    """`pairs` maps receiver to giver. `total` and `greedy` (None where it was not worked out) are sums of gains.

    `greedy` fixes the same musts and puts the same receivers first; `greedy_pairs` is how many pairs it makes, so that
    sums of fewer pairs are not held against sums of more. `gap` is by how much another plan could be better under the
    same musts and bars: 0, proven by the prices of the solver.
    """

    pairs: dict[str, str]
    total: int
    greedy: int | None
    greedy_pairs: int | None
    gap: int
    _gains: _Gains = field(repr=False)
    _found: Assignment = field(repr=False)
    _owner: Mapping[str, str] = field(repr=False)

    @cached_property
    def _exchanges(self) -> dict[str, list[Exchange]]:
        return self._found.exchanges_of(list(self._gains.rows), OTHERS, self._owner)

    def others(self, receiver: str) -> list[Other]:
        """Other givers for a receiver, the cheapest first; exact. None for one that must stay as it is."""
        return [self._other(receiver, one) for one in self._exchanges[receiver]]

    def _other(self, receiver: str, one: Exchange) -> Other:
        after = {key: place and self._owner[place] for key, place in one.moves.items()}
        gain = self._gains.of
        loss = sum(gain(self.pairs.get(key), key) - gain(giver, key) for key, giver in after.items())
        fewer = sum((key in self.pairs) - bool(giver) for key, giver in after.items())
        moved = sum(self.pairs.get(key) != giver for key, giver in after.items() if key != receiver)
        return Other(self._owner[one.column], loss, fewer, moved)


class _Gains:
    """The gain of a pair by its keys."""

    def __init__(self, wish: Wish) -> None:
        self.table = wish.gains
        self.rows = {key: place for place, key in enumerate(wish.receivers)}
        self.columns = {key: place for place, key in enumerate(wish.givers)}

    def of(self, giver: str | None, receiver: str) -> int:
        return int(self.table[self.columns[giver], self.rows[receiver]]) if giver else 0


def plan(wish: Wish) -> Plan:
    """As many pairs as there can be, of those with most of `first`, of those the greatest gain.

    Of equally good ones those that keep most of `before`, then those that the keys decide. Raises `Contradiction`
    with (giver, receiver) pairs, `TooLarge`.
    """
    check(wish)
    slots, owners, owner = _slots(wish)
    if len(slots) * len(wish.receivers) > MOST_PLACES:
        raise TooLarge
    # Never fewer places than receivers: those left over find a place that is barred to all.
    spare = [f"~{number}" for number in range(max(0, len(wish.receivers) - len(slots)))]
    owner |= dict.fromkeys(spare, "")
    shape = (len(wish.receivers), len(slots) + len(spare))
    # To be paired at all, and to be of the first, each outweigh all gains together.
    step = (int(wish.gains.max(initial=0)) + 1) * min(shape, default=0) + 1
    weak = np.array([one in wish.first for one in wish.receivers], np.int64)
    gains, barred = np.zeros(shape, np.int64), np.ones(shape, bool)
    if slots and wish.receivers:
        gains[:, : len(slots)] = wish.gains.T[:, owners] + step * (1 + weak)[:, None]
        barred[:, : len(slots)] = wish.barred.T[:, owners]
    must = _placed(wish, wish.must, {})
    found = solve(
        list(wish.receivers),
        [*slots, *spare],
        gains,
        barred=barred,
        must=must,
        before=must | _placed(wish, wish.before, must),
    )
    pairs = {receiver: owner[place] for receiver, place in found.pairs.items()}
    held = _Gains(wish)
    total = sum(held.of(giver, receiver) for receiver, giver in pairs.items())
    small = 0 < max(shape) <= MOST_GREEDY and slots
    taken = greedy_pairs(gains, barred, _at(must, wish.receivers, slots)) if small else None
    best = None if taken is None else sum(int(wish.gains[owners[place], row]) for row, place in taken)
    return Plan(pairs, total, best, None if taken is None else len(taken), found.gap, held, found, owner)


def _at(pairs: Mapping[str, str], rows: Sequence[str], columns: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of keys as places."""
    down, across = ({key: place for place, key in enumerate(keys)} for keys in (rows, columns))
    return [(down[row], across[column]) for row, column in pairs.items()]


def check(wish: Wish) -> None:
    """Raises `Contradiction` with the (giver, receiver) that must be paired and cannot: barred, or no room for all."""
    rows = {key: place for place, key in enumerate(wish.receivers)}
    columns = {key: place for place, key in enumerate(wish.givers)}
    wrong = [
        (giver, receiver)
        for receiver, giver in wish.must.items()
        if receiver not in rows or giver not in columns or wish.barred[columns[giver], rows[receiver]]
    ]
    for giver, room in zip(wish.givers, wish.room, strict=True):
        held = [(giver, receiver) for receiver, wanted in wish.must.items() if wanted == giver]
        wrong += held if len(held) > room else []
    if wrong:
        raise Contradiction(sorted(set(wrong)))


def _slots(wish: Wish) -> tuple[list[str], list[int], dict[str, str]]:
    """The places of all givers, whose they are (by number and by key)."""
    slots: list[str] = []
    owners: list[int] = []
    for place, (giver, wanted) in enumerate(zip(wish.givers, wish.room, strict=True)):
        room = min(wanted, len(wish.receivers))  # more is never filled
        slots += [f"{giver}#{number + 1}" for number in range(room)]
        owners += [place] * room
    return slots, owners, {slot: wish.givers[owner] for slot, owner in zip(slots, owners, strict=True)}


def _placed(wish: Wish, pairs: Mapping[str, str], taken: Mapping[str, str]) -> dict[str, str]:
    """Each pair with a place of its giver that is not `taken`; those that find none are left out."""
    room = dict(zip(wish.givers, wish.room, strict=True))
    held, known = set(taken.values()), set(wish.receivers)
    found: dict[str, str] = {}
    for receiver, giver in sorted(pairs.items()):
        if receiver in taken or receiver not in known:
            continue
        places = (f"{giver}#{number + 1}" for number in range(room.get(giver, 0)))
        place = next((one for one in places if one not in held), None)
        if place is not None:
            held.add(place)
            found[receiver] = place
    return found
