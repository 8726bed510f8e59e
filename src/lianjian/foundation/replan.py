"""Dispatch under load: whom a case goes to now, and which cases not yet accepted had better go elsewhere.

Method: docs/methods/flow.md. Costs are whole numbers in one unit of the caller's (here: hundredths). What a receiver's
k-th case costs on top grows with k, so work spreads without a quota.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_Number = TypeVar("_Number", int, Ints)


@dataclass(frozen=True)
class Terms:
    """What the k-th case of a receiver costs (`each` * k), what a case costs that nobody has, and what a move costs."""

    each: int
    unplaced: int
    switch: int


@dataclass(frozen=True)
class Move:
    """A case had better go from one receiver to another. `saves` is what the pair and both loads save, alone."""

    case: str
    old: str
    new: str
    saves: int


@dataclass(frozen=True)
class Plan:
    """`placed` maps cases to receivers, with all moves made. `saved` is what they save together, moves not counted."""

    placed: dict[str, str]
    moves: list[Move]
    saved: int
    gap: int


def loaded(cost: _Number, load: _Number, each: int) -> _Number:
    """What a receiver with a load costs, its next case included; numbers or arrays of them."""
    return cost + each * (load + 1)


def choose(costs: Ints, load: Ints, room: Ints, each: int) -> int:
    """The place of the receiver that costs least with its next case; -1 if none has room. The first of equal ones."""
    open_ = np.flatnonzero(load < room)
    if not open_.size:
        return -1
    return int(open_[np.argmin(loaded(costs, load, each)[open_])])


def replan(
    cases: Sequence[str],
    receivers: Sequence[str],
    candidates: tuple[Ints, Ints, Ints],
    now: Mapping[str, str],
    *,
    load: Ints,
    room: Ints,
    terms: Terms,
) -> Plan:
    """The cheapest way to give the cases, each to one of its candidates, among receivers that have `load` already.

    `candidates` are places of cases, of receivers, and what each pair costs. `now` is who has each case; none to start
    with: it costs `terms.unplaced`. Who has a case now must be among its candidates. Moving costs `terms.switch`, so
    a case moves only where that is outweighed. `load` counts the work that is not up for planning.
    """
    from .flow import Arcs, solve  # the solver is loaded where something is planned, not with the program

    left, right, worth = candidates
    at = {key: place for place, key in enumerate(receivers)}
    held = np.array([at.get(now.get(case, ""), -1) for case in cases], np.int64)
    moved = (held[left] >= 0) & (held[left] != right)
    free = np.clip(room - load, 0, None)
    deepest = int(min(free.max(initial=0), len(cases)))
    steps = terms.each * (load[:, None] + 1 + np.arange(deepest)[None, :])
    found = solve(
        cases,
        receivers,
        Arcs(left, right, -(worth + terms.switch * moved)),
        room=free,
        penalty=terms.unplaced,
        steps=steps,
        before=now if len(cases) <= 1000 else None,
    )
    placed = {case: chosen[0] for case, chosen in found.pairs.items()}
    then = np.array([at[placed[case]] if case in placed else -1 for case in cases], np.int64)
    before = np.bincount(held[held >= 0], minlength=len(receivers)) + load
    stays = _cost_of(held, left, right, worth, len(receivers))
    changed = np.flatnonzero((held >= 0) & (then >= 0) & (held != then))
    saves = stays - _cost_of(then, left, right, worth, len(receivers))
    saves[changed] += terms.each * (before[held[changed]] - before[then[changed]] - 1)
    moves = [
        Move(cases[place], receivers[held[place]], receivers[then[place]], int(saves[place]))
        for place in changed.tolist()
    ]
    now_costs = int(stays.sum()) + terms.unplaced * int((held < 0).sum())
    now_costs += int((terms.each * (before * (before + 1) - load * (load + 1)) // 2).sum())
    return Plan(placed, moves, now_costs + found.total + terms.switch * len(moves), found.gap)


def _cost_of(whose: Ints, left: Ints, right: Ints, worth: Ints, receivers: int) -> Ints:
    """What each case costs with its receiver, 0 where it has none."""
    code = left * receivers + right
    order = np.argsort(code, kind="stable")
    costs = np.zeros(whose.size, np.int64)
    placed = np.flatnonzero(whose >= 0)
    if not placed.size:
        return costs
    wanted = placed * receivers + whose[placed]
    found = order[np.minimum(np.searchsorted(code, wanted, sorter=order), code.size - 1)]
    if not (code[found] == wanted).all():
        raise ValueError("who has a case now must be among its candidates")
    costs[placed] = worth[found]
    return costs
