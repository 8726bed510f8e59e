"""Who should cover whom: the most firms covered, then the fewest changes, then the nearest in one's own area.

Plain Python.

Each holder is written once for each firm it may take; the assignment of firms to these places is solved exactly
(`foundation.solver`). Method: docs/methods/pairing.md; what is added for coverage: docs/how-to/coverage.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from lianjian.foundation.errors import Refused, _
from lianjian.foundation.solver import TooLarge, solve

Point = tuple[float, float]  # latitude, longitude in degrees
FAR = 20_000  # metres beyond which a way no longer counts as nearer or farther
MOST_FIRMS = 1500
_FINE = (1000, 200, 40, 8)  # steps of nearness, coarser where there are many firms


class TooManyFirms(Refused):
    """One proposal is for one place."""

    sentence = _("一次最多为%(most)s家企业提方案,现有%(count)s家。请缩小范围,先为没有安排的企业提方案。")


class NoHolders(Refused):
    """Nobody can be proposed."""

    sentence = _("还没有可以分派的指导站或指导员。请先登记指导站,或在“承担上限”里登记指导员。")


@dataclass(frozen=True)
class Place:
    """Where a holder travels: any firm that has one of `parts` among its own lies there."""

    parts: frozenset[str]
    name: str


@dataclass(frozen=True)
class Firm:
    """A firm to be covered. `parts` is all it lies in (bodies above it, areas, its station), `held` who covers it."""

    key: str
    parts: frozenset[str] = frozenset()
    point: Point | None = None
    held: Sequence[str] = ()


@dataclass(frozen=True)
class Holder:
    """A station or instructor: at most `most` firms (None: no cap), only in `places` (none: everywhere)."""

    key: str
    most: int | None = None
    places: Sequence[Place] = ()
    point: Point | None = None
    elsewhere: int = 0  # firms held that are not part of the question
    keeps: int = 0  # firms of the question that stay his, whatever his cap and area now are


@dataclass(frozen=True)
class Given:
    """What is proposed for one firm, and why. `load` is what the holder has with it; `distance` is in metres."""

    firm: str
    holder: str | None
    before: str | None
    place: str = ""
    distance: int | None = None
    load: int = 0
    most: int | None = None
    way: str = "new"  # kept, new, moved (its holder can no longer), room (moved so that another firm gets a place)


@dataclass(frozen=True)
class Shortage:
    """Firms that together have too few places: only `holders` may go to them, with `seats` in all."""

    firms: Sequence[str]
    holders: Sequence[str]
    seats: int
    lacking: int


@dataclass(frozen=True)
class Cover:
    """A proposal: one line for each firm; `shortages` is empty when all are covered."""

    lines: Sequence[Given]
    shortages: Sequence[Shortage]

    @property
    def lacking(self) -> int:
        """How many places are missing in all."""
        return sum(one.lacking for one in self.shortages)


def metres(one: Point | None, other: Point | None) -> int | None:
    """The way as the crow flies (haversine, a sphere of 6,371 km); None where a point is unknown."""
    if one is None or other is None:
        return None
    north, east = radians(other[0] - one[0]), radians(other[1] - one[1])
    part = sin(north / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(east / 2) ** 2
    return round(2 * 6_371_000 * asin(sqrt(min(1.0, part))))


def place_of(firm: Firm, holder: Holder) -> str | None:
    """The name of the holder's area in which the firm lies; empty for one who goes everywhere; None for nowhere."""
    if not holder.places:
        return ""
    for place in holder.places:
        if firm.parts & place.parts:
            return place.name
    return None


def nearness(firm: Firm, holder: Holder, fine: int) -> int:
    """From 0 to `fine`: half for an area of one's own, half for a short way. An unknown way is a middling one."""
    own = fine // 2 if place_of(firm, holder) else 0
    way = metres(firm.point, holder.point)
    short = 0.5 if way is None else max(0.0, 1 - way / FAR)
    return own + round((fine // 2) * short)


def seats_of(holder: Holder, firms: int) -> int:
    """How many of the firms in question a holder may have."""
    return firms if holder.most is None else max(0, holder.keeps, min(firms, holder.most - holder.elsewhere))


def may_take(firm: Firm, holder: Holder) -> bool:
    """Whether the firm may be the holder's: in the area and with room, or kept by one who keeps what he has."""
    if holder.keeps and holder.key in firm.held:
        return True
    over = holder.keeps > 0 and holder.most is not None and holder.keeps > holder.most - holder.elsewhere
    return not over and place_of(firm, holder) is not None


def nobody(firms: Sequence[Firm]) -> Cover:
    """What is to be said where there is nobody at all: every firm stays without."""
    keys = sorted(firm.key for firm in firms)
    before = {firm.key: next(iter(firm.held), None) for firm in firms}
    lines = [Given(key, None, before[key]) for key in keys]
    return Cover(lines, [Shortage(keys, (), 0, len(keys))] if keys else [])


def propose(firms: Sequence[Firm], holders: Sequence[Holder]) -> Cover:
    """The most firms covered; among these the fewest changes; among these the nearest. The same on every machine.

    Raises `TooManyFirms`, `NoHolders`.
    """
    if len(firms) > MOST_FIRMS:
        raise TooManyFirms(most=MOST_FIRMS, count=len(firms))
    if not holders:
        raise NoHolders
    firms = sorted(firms, key=lambda one: one.key)
    holders = sorted(holders, key=lambda one: one.key)
    open_ = {firm.key: [h.key for h in holders if may_take(firm, h)] for firm in firms}
    pairs = _pairs(firms, holders, open_)
    seats = {holder.key: seats_of(holder, len(firms)) for holder in holders}
    return Cover(_lines(firms, holders, open_, pairs), _shortages(firms, open_, pairs, seats))


def _pairs(
    firms: Sequence[Firm], holders: Sequence[Holder], open_: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Firm to holder: places are the holders, each as often as it may have firms."""
    columns = [(h, f"{h.key} {n:04d}") for h in holders for n in range(seats_of(h, len(firms)))]
    if not columns or not firms:
        return {}
    numbers = {h.key: place for place, h in enumerate(holders)}
    spread = np.array([numbers[h.key] for h, _name in columns])
    barred = np.array([[h.key not in open_[f.key] for h in holders] for f in firms])
    for fine in _FINE:
        near = np.array([[nearness(f, h, fine) for h in holders] for f in firms], np.int64)
        near += _kept(firms, holders) * (len(firms) * fine + 1)
        try:
            found = solve(
                [f.key for f in firms], [name for _h, name in columns], near[:, spread], barred=barred[:, spread],
                fill=True,
            )  # fmt: skip
        except TooLarge:
            continue
        return {firm: column.rpartition(" ")[0] for firm, column in found.pairs.items()}
    raise TooManyFirms(most=MOST_FIRMS, count=len(firms))


def _kept(firms: Sequence[Firm], holders: Sequence[Holder]) -> NDArray[np.int64]:
    """1 where the holder covers the firm today."""
    return np.array([[h.key in f.held for h in holders] for f in firms], np.int64)


def _lines(
    firms: Sequence[Firm],
    holders: Sequence[Holder],
    open_: Mapping[str, Sequence[str]],
    pairs: Mapping[str, str],
) -> list[Given]:
    known = {holder.key: holder for holder in holders}
    loads = {key: known[key].elsewhere for key in known}
    for taken in pairs.values():
        loads[taken] += 1
    lines = []
    for firm in firms:
        key = pairs.get(firm.key)
        before = key if key in firm.held else next(iter(firm.held), None)
        if key is None:
            lines.append(Given(firm.key, None, before))
            continue
        holder = known[key]
        way = "kept" if key == before else "new" if before is None else "moved"
        if way == "moved" and before in open_[firm.key]:
            way = "room"
        place = place_of(firm, holder) or ""
        away = metres(firm.point, holder.point)
        lines.append(Given(firm.key, key, before, place, away, loads[key], holder.most, way))
    return lines


def _shortages(
    firms: Sequence[Firm],
    open_: Mapping[str, Sequence[str]],
    pairs: Mapping[str, str],
    seats: Mapping[str, int],
) -> list[Shortage]:
    """For the firms left over: who competes with them for the same places (Hall's condition), group by group."""
    by_holder: dict[str, list[str]] = {}
    for firm, holder in pairs.items():
        by_holder.setdefault(holder, []).append(firm)
    left = [firm.key for firm in firms if firm.key not in pairs]
    found: list[Shortage] = []
    done: set[str] = set()
    for start in left:
        if start in done:
            continue
        group, helpers, waiting = {start}, set[str](), [start]
        while waiting:
            for holder in open_[waiting.pop()]:
                if holder in helpers:
                    continue
                helpers.add(holder)
                # Whoever else is left over with the same holder belongs to the same shortage.
                rivals = [*by_holder.get(holder, ()), *(one for one in left if holder in open_[one])]
                fresh = [one for one in rivals if one not in group]
                group.update(fresh)
                waiting += fresh
        done |= group
        places = sum(seats[holder] for holder in helpers)
        found.append(Shortage(sorted(group), sorted(helpers), places, len(group) - places))
    return _joined(found)


def _joined(found: Sequence[Shortage]) -> list[Shortage]:
    """Firms to which nobody may go are one shortage, not one each."""
    nobody = [one for one in found if not one.holders]
    rest = [one for one in found if one.holders]
    if nobody:
        firms = sorted(key for one in nobody for key in one.firms)
        rest.append(Shortage(firms, (), 0, len(firms)))
    return sorted(rest, key=lambda one: (-one.lacking, one.firms[0]))
