"""Which pairs are worth a look, without looking at every pair: the nearest, those of the same group, the best scores.

The answer is arcs, as `foundation.flow` reads them: places of rows and of columns, by row and then by column.
Method: docs/methods/flow.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree  # type: ignore[import-untyped]

Ints = NDArray[np.int64]
Reals = NDArray[np.float64]
_BLOCK = 1 << 20  # scores held at once


def near(
    rows: Reals,
    columns: Reals,
    count: int,
    *,
    groups: tuple[Sequence[str], Sequence[str]] | None = None,
    of_group: int = 0,
) -> tuple[Ints, Ints]:
    """For each row the `count` nearest columns and the `of_group` nearest ones of its own group.

    Positions are pairs in one plane (kilometres east and north); an unknown one is NaN. Whoever has no position has
    candidates of its group only (the first of them), who has neither has none. A group "" is unknown.
    """
    known, reached = _placed(rows), _placed(columns)
    found = [_nearest(rows, np.flatnonzero(known), columns, np.flatnonzero(reached), count)]
    if groups is not None and of_group > 0:
        mine, theirs = np.asarray(groups[0], object), np.asarray(groups[1], object)
        by_group = _members(theirs)
        for group, members in _members(mine).items():
            others = by_group.get(group)
            if group and others is not None:
                found.append(
                    _nearest(rows, members[known[members]], columns, others[reached[others]], of_group)
                )
                found.append(_first(members[~known[members]], others, of_group))
    code = np.unique(np.concatenate([left * len(columns) + right for left, right in found]))
    left, right = np.divmod(code, max(len(columns), 1))
    return left, right


def best(
    size: tuple[int, int], score: Callable[[slice], NDArray[np.generic]], count: int, of_column: int = 0
) -> tuple[Ints, Ints, Ints]:
    """The `count` best columns of each row and the `of_column` best rows of each column, with their scores.

    `score(rows)` gives the scores of a block of rows with every column, whole numbers; below 0 is barred. Only blocks
    are held, never the whole.
    """
    n, m = size
    step = max(1, _BLOCK // max(m, 1))
    codes, worth = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    top, whose = np.full((of_column, m), -1, np.int64), np.zeros((of_column, m), np.int64)
    for start in range(0, n, step):
        part = slice(start, min(n, start + step))
        block = np.asarray(score(part)).astype(np.int64, copy=False)
        places = _greatest(block, count)
        values = np.take_along_axis(block, places, axis=1)
        codes.append((places + np.arange(part.start, part.stop)[:, None] * m)[values >= 0])
        worth.append(values[values >= 0])
        if of_column:
            both = np.vstack([top, block])
            rows = np.vstack([whose, np.broadcast_to(np.arange(part.start, part.stop)[:, None], block.shape)])
            kept = _greatest(both.T, of_column).T
            top, whose = np.take_along_axis(both, kept, axis=0), np.take_along_axis(rows, kept, axis=0)
    codes.append((whose * m + np.arange(m))[top >= 0])
    worth.append(top[top >= 0])
    code, first = np.unique(np.concatenate(codes), return_index=True)
    left, right = np.divmod(code, max(m, 1))
    return left, right, np.concatenate(worth)[first]


def _placed(positions: Reals) -> NDArray[np.bool_]:
    """Whose position is known."""
    known: NDArray[np.bool_] = np.isfinite(positions.sum(axis=1))
    return known


def _greatest(block: Ints, count: int) -> Ints:
    """Places of the greatest of each line; of equal ones the first."""
    count = min(count, block.shape[1])
    # The place is part of the value, so that no two are equal and the same ones are kept everywhere.
    ranked = block * block.shape[1] - np.arange(block.shape[1])
    if count == block.shape[1]:
        return np.argsort(-ranked, axis=1)
    return np.argpartition(-ranked, count, axis=1)[:, :count]


def _members(groups: NDArray[np.object_]) -> dict[str, Ints]:
    """Places by group."""
    found: dict[str, list[int]] = {}
    for place, group in enumerate(groups.tolist()):
        found.setdefault(group, []).append(place)
    return {group: np.array(places, np.int64) for group, places in found.items()}


def _nearest(rows: Reals, left: Ints, columns: Reals, right: Ints, count: int) -> tuple[Ints, Ints]:
    """The nearest of some columns for each of some rows."""
    count = min(count, right.size)
    if not left.size or count < 1:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    places = cKDTree(columns[right]).query(rows[left], k=[*range(1, count + 1)])[1]
    return np.repeat(left, count), right[places.ravel()]


def _first(left: Ints, right: Ints, count: int) -> tuple[Ints, Ints]:
    """The first of some columns for each of some rows."""
    chosen = right[:count]
    return np.repeat(left, chosen.size), np.tile(chosen, left.size)
