"""The best pairs of givers and receivers with room for several, from points already worked out. No records.

Method: docs/methods/pairing.md. Keys are texts; what a giver's room is filled with are its places, `key#1`, `key#2` ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lianjian.foundation import flow
from lianjian.foundation.reroute import BARRED, Reroute
from lianjian.foundation.solver import Assignment, Contradiction, TooLarge, greedy_pairs, solve

MOST_PLACES: Final = 25_000_000  # receivers times places: what was measured (5,000 by 5,000)
MOST_PAIRS: Final = 5_000_000  # receivers times givers where rooms are too large for places: what was measured
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


_Moved = tuple[str, Mapping[str, str | None]]  # another giver, and whom each receiver that moves has then


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
    _moves: Callable[[], Mapping[str, Sequence[_Moved]]] = field(repr=False)

    @cached_property
    def _others(self) -> Mapping[str, Sequence[_Moved]]:
        return self._moves()

    def others(self, receiver: str) -> list[Other]:
        """Other givers for a receiver, the cheapest first; exact. None for one that must stay as it is."""
        return [self._other(receiver, giver, after) for giver, after in self._others.get(receiver, ())]

    def _other(self, receiver: str, chosen: str, after: Mapping[str, str | None]) -> Other:
        gain = self._gains.of
        loss = sum(gain(self.pairs.get(key), key) - gain(giver, key) for key, giver in after.items())
        fewer = sum((key in self.pairs) - bool(giver) for key, giver in after.items())
        moved = sum(self.pairs.get(key) != giver for key, giver in after.items() if key != receiver)
        return Other(chosen, loss, fewer, moved)


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
    if sum(min(room, len(wish.receivers)) for room in wish.room) * len(wish.receivers) <= MOST_PLACES:
        return by_places(wish)
    return by_rooms(wish)


def by_places(wish: Wish) -> Plan:
    """Room for several as so many equal places of one giver. Raises `TooLarge`."""
    slots, owners, owner = _slots(wish)
    # Never fewer places than receivers: those left over find a place that is barred to all.
    spare = [f"~{number}" for number in range(max(0, len(wish.receivers) - len(slots)))]
    owner |= dict.fromkeys(spare, "")
    shape = (len(wish.receivers), len(slots) + len(spare))
    # To be paired at all, and to be of the first, each outweigh all gains together.
    step = (int(wish.gains.max(initial=0)) + 1) * min(shape, default=0) + 1
    gains, barred = np.zeros(shape, np.int64), np.ones(shape, bool)
    if slots and wish.receivers:
        gains[:, : len(slots)] = wish.gains.T[:, owners] + step * _ranks(wish)[:, None]
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
    count = None if taken is None else len(taken)
    return Plan(pairs, total, best, count, found.gap, held, lambda: _exchanged(found, wish.receivers, owner))


def _exchanged(found: Assignment, receivers: Sequence[str], owner: Mapping[str, str]) -> dict[str, list[_Moved]]:
    """What places say, said of their givers."""
    return {
        key: [(owner[one.column], {at: to and owner[to] for at, to in one.moves.items()}) for one in line]
        for key, line in found.exchanges_of(list(receivers), OTHERS, owner).items()
    }


def by_rooms(wish: Wish) -> Plan:
    """The same by flow, for rooms so large that places would be too many (banks and firms). Raises `TooLarge`.

    Greedy choice is not worked out.
    """
    if len(wish.givers) * len(wish.receivers) > MOST_PAIRS:
        raise TooLarge
    across = sorted(range(len(wish.givers)), key=wish.givers.__getitem__)
    down = sorted((n for n, key in enumerate(wish.receivers) if key not in wish.must), key=wish.receivers.__getitem__)
    givers, receivers = [wish.givers[n] for n in across], [wish.receivers[n] for n in down]
    taken = list(wish.must.values())
    room = np.array([wish.room[n] - taken.count(wish.givers[n]) for n in across], np.int64)
    # A better plan is one chain of moves away, and that passes each giver once: no more gains than that are at stake.
    step = (int(wish.gains.max(initial=0)) + 1) * (len(givers) + 2)
    worth = wish.gains.T[np.ix_(down, across)] + step * _ranks(wish)[down][:, None]
    worth[wish.barred.T[np.ix_(down, across)]] = BARRED
    left, right = np.nonzero(worth > BARRED)
    arcs = flow.Arcs(left.astype(np.int64), right.astype(np.int64), worth[left, right])
    try:
        found = flow.solve(receivers, givers, arcs, room=room, before=wish.before)
    except flow.TooLarge as wrong:
        raise TooLarge from wrong
    pairs = {**wish.must, **{receiver: giver for receiver, [giver] in found.pairs.items()}}
    held = _Gains(wish)
    total = sum(held.of(giver, receiver) for receiver, giver in pairs.items())
    pairs = dict(sorted(pairs.items()))
    return Plan(
        pairs, total, None, None, found.gap, held, lambda: _rerouted(worth, room, receivers, givers, pairs)
    )


def _rerouted(
    worth: NDArray[np.int64],
    room: NDArray[np.int64],
    receivers: Sequence[str],
    givers: Sequence[str],
    pairs: Mapping[str, str],
) -> dict[str, list[_Moved]]:
    """Other givers of those that are not bound."""
    place = {key: number for number, key in enumerate(givers)}
    at = np.array([place.get(pairs.get(key, ""), len(givers)) for key in receivers], np.int64)
    routes = Reroute(worth, at, room)
    named = [*givers, None]
    return {
        key: [
            (givers[one.column], {receivers[who]: named[to] for who, to in one.goes.items()})
            for one in routes.others(row, OTHERS)
        ]
        for row, key in enumerate(receivers)
    }


def _ranks(wish: Wish) -> NDArray[np.int64]:
    """How many steps a receiver's being paired is worth: two of the first, one of the others."""
    return np.array([1 + (one in wish.first) for one in wish.receivers], np.int64)


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
