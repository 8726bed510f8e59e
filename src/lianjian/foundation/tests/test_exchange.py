"""What another partner would cost, against solving everything anew with that pair fixed."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from lianjian.foundation import rings
from lianjian.foundation.solver import solve


def keys(mark: str, count: int) -> list[str]:
    return [f"{mark}{number:02d}" for number in range(count)]


@pytest.mark.parametrize("seed", range(150))
def test_each_ring_costs_what_solving_anew_says(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By each of the three ways of looking: all at once, below bounds, on the whole matrix."""
    if seed % 3:
        monkeypatch.setattr(rings, "_SMALL", 0)
    if seed % 3 == 2:
        monkeypatch.setattr(rings, "_ENTRIES", 0)
    dice = Random(seed)
    n = dice.randrange(1, 9)
    m = n + dice.choice((0, 0, 1, 3))
    rows, columns = keys("r", n), keys("c", m)
    gains = np.array([[dice.randrange(0, dice.choice((4, 60))) for _c in range(m)] for _r in range(n)], np.int64)
    barred = np.array([[dice.random() < 0.3 for _c in range(m)] for _r in range(n)])
    found = solve(rows, columns, gains, barred=barred, fill=True)
    exchanges = found.exchanges_of(rows)
    for r, row in enumerate(rows):
        wanted = []
        for c, column in enumerate(columns):
            if barred[r, c] or found.pairs.get(row) == column:
                continue
            fixed = solve(rows, columns, gains, barred=barred, must={row: column}, fill=True)
            wanted.append((len(found.pairs) - len(fixed.pairs), found.total - fixed.total))
        got = exchanges[row]
        assert [(one.fewer, one.loss) for one in got] == sorted(wanted)[:3], (row, found.pairs)
        for one in got:
            after: dict[str, str | None] = {**found.pairs, **one.moves}
            taken = [column for column in after.values() if column]
            assert len(taken) == len(set(taken)) and after[row] == one.column
            assert not any(barred[int(a[1:]), int(b[1:])] for a, b in after.items() if b)
            total = sum(int(gains[int(a[1:]), int(b[1:])]) for a, b in after.items() if b)
            assert found.total - total == one.loss


def test_columns_of_one_group_are_one_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    gains = np.array([[9, 9, 5, 5], [8, 8, 1, 1]], np.int64)
    columns = ["a#1", "a#2", "b#1", "b#2"]
    found = solve(["x", "y"], columns, gains, fill=True)
    assert {one[0] for one in found.pairs.values()} == {"a"}
    groups = {name: name[0] for name in columns}
    for small in (0, 96):
        monkeypatch.setattr(rings, "_SMALL", small)
        [one] = found.exchanges_of(["x"], groups=groups)["x"]
        assert (one.column[0], one.loss) == ("b", 4)


def test_it_wants_as_many_columns_as_rows() -> None:
    with pytest.raises(ValueError, match="at least"):
        solve(["x", "y"], ["a"], np.zeros((2, 1), np.int64)).exchanges_of(["x"])
