"""Points of pairs: each criterion by its formula, unknown never 0, the same whoever else takes part."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest

from lianjian.alliances import scoring
from lianjian.alliances.scoring import NO_DEALS, UNKNOWN, Bodies, Deals, Terms, score
from lianjian.directory.rules import metres_between

NAN = math.nan


def bodies(*rows: tuple[str, float, float, int, bool]) -> Bodies:
    return Bodies(
        [row[0] for row in rows],
        np.array([row[1] for row in rows], float),
        np.array([row[2] for row in rows], float),
        np.array([[row[3]] for row in rows], np.uint64),
        np.array([row[4] for row in rows], bool),
    )


def body(industry: str = "", at: tuple[float, float] = (NAN, NAN), markets: int = 0, surveyed: bool = False) -> Bodies:
    return bodies((industry, *at, markets, surveyed))


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        ("0111", "0111", 1000),
        ("0111", "0112", 800),
        ("0111", "0121", 600),
        ("01", "0111", 600),
        ("011", "0111", 800),
        ("0111", "0311", 300),
        ("0111", "1310", 700),  # linked in the chain table
        ("1310", "0111", 700),
        ("0111", "6500", 0),
        ("0111", "", UNKNOWN),
        ("0111", "9900", UNKNOWN),  # no such division
    ],
)
def test_industries(one: str, other: str, points: int) -> None:
    terms = Terms(linked=frozenset({(1, 13)}))
    assert score(body(one), body(other), NO_DEALS, terms).parts[0, 0, 0] == points


def test_a_place_is_near_in_a_straight_line_of_metres() -> None:
    dice = Random(2)
    for _one in range(200):
        here = (dice.uniform(20, 45), dice.uniform(75, 130))
        there = (here[0] + dice.uniform(-0.15, 0.15), here[1] + dice.uniform(-0.15, 0.15))
        metres = metres_between((here[1], here[0]), (there[1], there[0]))
        found = score(body(at=here), body(at=there), NO_DEALS, Terms(far=30_000)).parts[1, 0, 0]
        assert abs(found - max(0.0, 1000 * (1 - metres / 30_000))) <= 1
    assert score(body(at=here), body(), NO_DEALS, Terms()).parts[1, 0, 0] == UNKNOWN


def test_markets_and_economy() -> None:
    assert score(body(markets=0b111), body(markets=0b10110), NO_DEALS, Terms()).parts[2, 0, 0] == 667
    assert score(body(markets=0b1), body(markets=0b10), NO_DEALS, Terms()).parts[2, 0, 0] == 0
    assert score(body(markets=0b1), body(), NO_DEALS, Terms()).parts[2, 0, 0] == UNKNOWN

    def deal(yuan: float, jobs: float) -> int:
        held = Deals(np.array([0]), np.array([0]), np.array([yuan]), np.array([jobs]))
        return int(score(body(), body(), held, Terms(yuan=100_000, jobs=10)).parts[3, 0, 0])

    assert deal(50_000, NAN) == 500 and deal(NAN, 3) == 300 and deal(10_000, 20) == 1000
    assert deal(NAN, NAN) == UNKNOWN and deal(0, NAN) == 0
    assert score(body(), body(), NO_DEALS, Terms()).parts[3, 0, 0] == UNKNOWN
    assert score(body(surveyed=True), body(), NO_DEALS, Terms()).parts[3, 0, 0] == 0


def test_what_is_unknown_counts_neither_for_nor_against() -> None:
    terms = Terms(weights=(40, 20, 20, 20))
    full = score(body("0111", markets=1), body("0111", markets=2), NO_DEALS, terms)
    assert full.gains[0, 0] == round(10 * 40 * 1000 / 60)  # industry and markets are known
    alone = score(body("0111"), body("0111"), NO_DEALS, terms)
    assert alone.gains[0, 0] == 10_000  # a missing fact as 0 would have made it 4,000
    assert score(body(), body(), NO_DEALS, terms).gains[0, 0] == 0
    # A criterion of no weight changes nothing.
    assert score(body("0111", markets=1), body("0111", markets=2), NO_DEALS, Terms(weights=(100, 0, 0, 0))).gains[0, 0] == 10_000


def random_bodies(dice: Random, count: int) -> list[tuple[str, float, float, int, bool]]:
    return [
        (
            dice.choice(["", "0111", "0121", "0152", "1310", "1320", "21", "203", "5211"]),
            dice.choice([NAN, 30 + dice.random()]),
            110 + dice.random(),
            dice.getrandbits(6),
            dice.random() < 0.3,
        )
        for _one in range(count)
    ]


def test_nothing_depends_on_the_others_or_on_their_order() -> None:
    """Blocks, tables of codes and shuffled rows give the points that each pair has alone."""
    dice = Random(7)
    rows, columns = random_bodies(dice, 90), random_bodies(dice, 1_100)
    whole = score(bodies(*rows), bodies(*columns), NO_DEALS, Terms(linked=frozenset({(1, 13)})))
    for _look in range(200):
        r, c = dice.randrange(90), dice.randrange(1_100)
        alone = score(bodies(rows[r]), bodies(columns[c]), NO_DEALS, Terms(linked=frozenset({(1, 13)})))
        assert alone.gains[0, 0] == whole.gains[r, c]
        assert list(alone.parts[:, 0, 0]) == list(whole.parts[:, r, c])


def test_against_the_formula_in_plain_numbers() -> None:
    dice = Random(3)
    rows, columns = random_bodies(dice, 40), random_bodies(dice, 30)
    found = score(bodies(*rows), bodies(*columns), NO_DEALS, Terms(weights=(10, 20, 30, 40)))
    for r in range(40):
        for c in range(30):
            parts = [(int(p), w) for p, w in zip(found.parts[:, r, c], (10, 20, 30, 40), strict=True) if p != UNKNOWN]
            weight = sum(w for _p, w in parts)
            wanted = sum(10 * p * w for p, w in parts) / weight if weight else 0
            assert abs(int(found.gains[r, c]) - wanted) <= 0.51
    assert scoring.section_of("1310") == "C" and scoring.section_of("9900") == ""
