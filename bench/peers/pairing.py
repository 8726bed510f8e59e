"""What pairing is compared with: the four criteria written straight down in numpy, and scipy on the ready matrix."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from lianjian.alliances.scoring import FULL, GAIN, UNKNOWN, Bodies, Deals, Terms, code_nearness


def score(givers: Bodies, receivers: Bodies, deals: Deals, terms: Terms) -> NDArray[np.float64]:
    """The same points from the same attributes, a whole matrix at a time and a part after the other."""
    parts = [
        _industry(givers, receivers, terms),
        _place(givers, receivers, terms),
        _market(givers, receivers),
        _economy(givers, receivers, deals, terms),
    ]
    known = sum(weight * (part >= 0) for weight, part in zip(terms.weights, parts, strict=True))
    total = sum(weight * GAIN * np.maximum(part, 0) for weight, part in zip(terms.weights, parts, strict=True))
    return np.rint(total / np.maximum(known, 1))


def _industry(givers: Bodies, receivers: Bodies, terms: Terms) -> NDArray[np.float64]:
    codes = sorted({*givers.industry, *receivers.industry})
    at = {code: place for place, code in enumerate(codes)}
    table = code_nearness(codes, terms.linked).astype(np.float64)
    rows, columns = [at[one] for one in givers.industry], [at[one] for one in receivers.industry]
    return table[np.ix_(rows, columns)]


def _place(givers: Bodies, receivers: Bodies, terms: Terms) -> NDArray[np.float64]:
    def points(side: Bodies) -> NDArray[np.float64]:
        north, east = np.radians(side.latitude), np.radians(side.longitude)
        axes = np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1)
        return np.rint(axes * 6_371_009)

    here, there = points(givers), points(receivers)
    way = np.sqrt(sum((here[:, axis, None] - there[None, :, axis]) ** 2 for axis in range(3)))
    found = np.rint(np.clip(FULL - way * (FULL / terms.far), 0, None))
    return np.where(np.isnan(found), UNKNOWN, found)


def _market(givers: Bodies, receivers: Bodies) -> NDArray[np.float64]:
    shared = np.bitwise_count(givers.markets[:, None, :] & receivers.markets[None, :, :]).sum(axis=2)
    mine, theirs = (np.bitwise_count(side.markets).sum(axis=1) for side in (givers, receivers))
    fewer = np.minimum(mine[:, None], theirs[None, :]).astype(np.float64)
    return np.where(fewer > 0, np.rint(shared * FULL / np.maximum(fewer, 1)), UNKNOWN)


def _economy(givers: Bodies, receivers: Bodies, deals: Deals, terms: Terms) -> NDArray[np.float64]:
    found = np.full((len(givers), len(receivers)), float(UNKNOWN))
    found[givers.surveyed[:, None] | receivers.surveyed[None, :]] = 0
    money = np.minimum(np.rint(deals.yuan * (FULL / terms.yuan)), FULL)
    work = np.minimum(np.rint(deals.jobs * (FULL / terms.jobs)), FULL)
    found[deals.giver, deals.receiver] = np.fmax(money, work)
    return found


def assign(gains: NDArray[np.float64]) -> int:
    """The total of scipy's optimum on a ready matrix."""
    row, column = linear_sum_assignment(gains, maximize=True)
    return int(gains[row, column].sum())
