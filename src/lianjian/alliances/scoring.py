"""How well two sides fit: raw attributes in, whole points out. Plain numpy, no records (docs/methods/pairing.md).

The four criteria are 产业相近, 地域相邻, 市场趋同, 经济一体. Each part is 0 to `FULL`, or `UNKNOWN` where a fact is
missing; a pair's gain is the mean of the parts that are known, by their weights, times ten. Nothing depends on who else
takes part, and only operations that are rounded alike everywhere are used: the same facts, the same points everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lianjian.foundation.data.industries import SECTIONS

CRITERIA: Final = ("industry", "place", "market", "economy")
FULL: Final = 1000
UNKNOWN: Final = -1
GAIN: Final = 10  # points of gain for each point of a part: a full score is 10,000

SAME_CLASS, SAME_GROUP, SAME_DIVISION, LINKED, SAME_SECTION = 1000, 800, 600, 700, 300
_EARTH = 6_371_009.0  # metres
_BLOCK = 1 << 16  # pairs worked on at a time, so that the numbers in between stay in the cache


@dataclass(frozen=True)
class Bodies:
    """One side, one entry a body.

    `industry`: GB/T 4754 code of 2 to 4 digits, "" unknown. `latitude`, `longitude`: WGS-84 degrees, nan unknown.
    `markets`: a bit for each market that the body sells to or buys from, (bodies, words of 64 bits); none is unknown.
    `surveyed`: its contracts and jobs were all asked for, so that a pair without any has none (and not unknown many).
    """

    industry: Sequence[str]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    markets: NDArray[np.uint64]
    surveyed: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.industry)


@dataclass(frozen=True)
class Deals:
    """What pairs have together already: places of giver and receiver, yuan a year, jobs; nan where not asked."""

    giver: NDArray[np.int64]
    receiver: NDArray[np.int64]
    yuan: NDArray[np.float64]
    jobs: NDArray[np.float64]


NO_DEALS: Final = Deals(
    np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float64), np.zeros(0, np.float64)
)


@dataclass(frozen=True)
class Terms:
    """What an office decides: weights of the four criteria in whole percents, and where each scale ends.

    `far`: metres from which on a place is not near at all. `yuan`, `jobs`: what counts as wholly one economy.
    `linked`: pairs of divisions (2 digits) that stand next to one another in a chain, either way round.
    """

    weights: tuple[int, int, int, int] = (25, 25, 25, 25)
    far: int = 30_000
    yuan: int = 200_000
    jobs: int = 10
    linked: frozenset[tuple[int, int]] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Scores:
    """`gains` (givers by receivers) from 0 to FULL * GAIN; `parts` (criteria by givers by receivers)."""

    gains: NDArray[np.int64]
    parts: NDArray[np.int16]


def score(givers: Bodies, receivers: Bodies, deals: Deals, terms: Terms) -> Scores:
    """Points of all pairs. Time and memory grow with their number: 12 bytes a pair at the least."""
    n, m = len(givers), len(receivers)
    gains = np.zeros((n, m), np.int64)
    parts = np.empty((len(CRITERIA), n, m), np.int16)
    if not n or not m:
        return Scores(gains, parts)
    nearness, rows, columns = _industries(givers.industry, receivers.industry, terms.linked)
    here, there = _points(givers), _points(receivers)
    sold, bought = _market_counts(givers), _market_counts(receivers)
    _economy(parts[3], givers, receivers, deals, terms)
    step = max(1, _BLOCK // m)
    for start in range(0, n, step):
        block = slice(start, min(n, start + step))
        np.take(nearness[rows[block]], columns, axis=1, out=parts[0, block])
        _places(parts[1, block], here[:, block], there, terms.far)
        _markets(parts[2, block], givers.markets[block], receivers.markets, sold[block], bought)
        gains[block] = _together(parts[:, block], terms.weights)
    return Scores(gains, parts)


def _together(parts: NDArray[np.int16], weights: tuple[int, ...]) -> NDArray[np.float32]:
    """The weighted mean of what is known, in tenths of a point; 0 where nothing is."""
    total = np.zeros(parts.shape[1:], np.float32)
    known = np.zeros(parts.shape[1:], np.float32)
    for part, weight in zip(parts, weights, strict=True):
        if not weight:
            continue
        total += np.maximum(part, np.int16(0)) * np.float32(weight * GAIN)
        known += (part >= 0) * np.float32(weight)
    np.maximum(known, np.float32(1), out=known)
    total /= known
    return np.rint(total, out=total)


def section_of(code: str) -> str:
    """The letter of the section that a code lies in; "" where GB/T 4754 has no such division."""
    division = int(code[:2]) if code[:2].isdigit() else 0
    return next((letter for letter, (_name, first, last) in SECTIONS.items() if first <= division <= last), "")


def _industries(
    givers: Sequence[str], receivers: Sequence[str], linked: frozenset[tuple[int, int]]
) -> tuple[NDArray[np.int16], NDArray[np.int64], NDArray[np.int64]]:
    """A table of the codes that occur, and where each body's code stands in it."""
    codes: dict[str, int] = {}
    rows = np.array([codes.setdefault(one, len(codes)) for one in givers], np.int64)
    columns = np.array([codes.setdefault(one, len(codes)) for one in receivers], np.int64)
    return code_nearness(list(codes), linked), rows, columns


def code_nearness(codes: Sequence[str], linked: frozenset[tuple[int, int]]) -> NDArray[np.int16]:
    """Every code against every other: the longest common piece, or a link of the chain table."""
    count = len(codes)
    table = np.zeros((count, count), np.int16)
    pieces: tuple[tuple[int, Mapping[str, str]], ...] = (
        (SAME_SECTION, {code: section_of(code) for code in codes}),
        (SAME_DIVISION, {code: code[:2] for code in codes}),
        (SAME_GROUP, {code: code[:3] if len(code) > 2 else "" for code in codes}),
        (SAME_CLASS, {code: code[:4] if len(code) > 3 else "" for code in codes}),
    )
    for points, piece in pieces:
        numbers: dict[str, int] = {"": 0}
        held = np.array([numbers.setdefault(piece[code], len(numbers)) for code in codes], np.int64)
        table[(held[:, None] == held[None, :]) & (held > 0)[:, None]] = points
    if linked:
        wide = np.zeros((100, 100), bool)
        for one, other in linked:
            wide[one, other] = wide[other, one] = True
        division = np.array([int(code[:2]) if code[:2].isdigit() else 0 for code in codes], np.int64)
        joined = wide[division[:, None], division[None, :]]
        np.maximum(table, np.int16(LINKED), out=table, where=joined)
    unknown = np.array([not section_of(code) for code in codes], bool)
    table[unknown, :] = UNKNOWN
    table[:, unknown] = UNKNOWN
    return table


def _sine(angle: NDArray[np.float64]) -> NDArray[np.float64]:
    """By its series, for angles up to pi: products and sums are rounded alike everywhere, a library's sine is not."""
    square = angle * angle
    found = np.ones_like(angle)
    for place in range(27, 1, -2):
        found = 1.0 - square / (place * (place - 1)) * found
    return found * angle


def _points(bodies: Bodies) -> NDArray[np.float32]:
    """Whole metres from the centre of the earth along three axes; nan where unknown. Exact in 24 bits."""
    north = bodies.latitude * (np.pi / 180.0)
    east = bodies.longitude * (np.pi / 180.0)
    quarter = np.pi / 2
    level = _sine(quarter - np.abs(north))
    east_cosine = _sine(quarter - np.abs(east))
    found = np.stack((level * east_cosine, level * _sine(east), _sine(north)))
    return np.rint(found * _EARTH).astype(np.float32)


def _places(out: NDArray[np.int16], here: NDArray[np.float32], there: NDArray[np.float32], far: int) -> None:
    """From FULL at the same spot down to 0 at `far` metres, in a straight line."""
    square = here[0][:, None] - there[0][None, :]
    square *= square
    for axis in (1, 2):
        step = here[axis][:, None] - there[axis][None, :]
        step *= step
        square += step
    np.sqrt(square, out=square)
    square *= np.float32(-FULL / far)
    square += np.float32(FULL)
    np.maximum(square, np.float32(0), out=square)
    np.nan_to_num(square, copy=False, nan=float(UNKNOWN))
    np.rint(square, out=square)
    out[...] = square


def _market_counts(bodies: Bodies) -> NDArray[np.int16]:
    return np.asarray(np.bitwise_count(bodies.markets).sum(axis=1), np.int16)


def _markets(
    out: NDArray[np.int16],
    sold: NDArray[np.uint64],
    bought: NDArray[np.uint64],
    numbers: NDArray[np.int16],
    others: NDArray[np.int16],
) -> None:
    """Shared markets as a part of the markets of who has fewer."""
    shared = np.zeros(out.shape, np.float32)
    for word in range(sold.shape[1]):
        shared += np.bitwise_count(sold[:, word][:, None] & bought[:, word][None, :])
    fewer = np.minimum(numbers[:, None], others[None, :])
    shared *= np.float32(FULL)
    shared /= np.maximum(fewer, np.int16(1))
    shared[fewer == 0] = UNKNOWN
    np.rint(shared, out=shared)
    out[...] = shared


def _economy(out: NDArray[np.int16], givers: Bodies, receivers: Bodies, deals: Deals, terms: Terms) -> None:
    """Contracts and jobs, each from 0 to FULL; the higher of those that were asked for."""
    out[...] = UNKNOWN
    out[givers.surveyed, :] = 0
    out[:, receivers.surveyed] = 0
    if not len(deals.giver):
        return
    money = np.minimum(np.rint(deals.yuan * (FULL / terms.yuan)), FULL)
    work = np.minimum(np.rint(deals.jobs * (FULL / terms.jobs)), FULL)
    found = np.fmax(money, work)  # nan only where neither is known
    known = ~np.isnan(found)
    out[deals.giver[known], deals.receiver[known]] = found[known]
