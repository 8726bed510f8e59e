"""One column to one field, best in sum: the Hungarian method with potentials (Kuhn 1955, Munkres 1957)."""

from __future__ import annotations

from collections.abc import Sequence


def best_pairs(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs (row, column) with the greatest sum of scores; the smaller side is paired whole. O(n^2 m)."""
    if not scores or not scores[0]:
        return []
    if len(scores) > len(scores[0]):
        turned = [list(line) for line in zip(*scores, strict=True)]
        return sorted((row, column) for column, row in best_pairs(turned))
    count, width = len(scores), len(scores[0])
    endless = float("inf")
    row_price, column_price = [0.0] * (count + 1), [0.0] * (width + 1)
    owner = [0] * (width + 1)  # 1-based row that holds each column
    for row in range(1, count + 1):
        owner[0] = row
        here = 0
        slack, way, done = [endless] * (width + 1), [0] * (width + 1), [False] * (width + 1)
        while owner[here]:
            done[here] = True
            line, held, step, following = scores[owner[here] - 1], owner[here], endless, 0
            for column in range(1, width + 1):
                if done[column]:
                    continue
                cost = -line[column - 1] - row_price[held] - column_price[column]
                if cost < slack[column]:
                    slack[column], way[column] = cost, here
                if slack[column] < step:
                    step, following = slack[column], column
            for column in range(width + 1):
                if done[column]:
                    row_price[owner[column]] += step
                    column_price[column] -= step
                else:
                    slack[column] -= step
            here = following
        while here:
            owner[here] = owner[way[here]]
            here = way[here]
    return sorted((owner[column] - 1, column - 1) for column in range(1, width + 1) if owner[column])
