"""What an office's verdicts suggest: pairs of words and changes of weights. A person applies them, or does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .seeds import WEIGHTS
from .words import cut

TWICE: Final = 2  # accepted proposals in which a pair of words met
ENOUGH: Final = 5  # accepted and refused ones each, before a weight is spoken of
MORE, LESS = 0.15, -0.05  # difference of the means from which a weight is raised or lowered
STEP: Final = 0.25
MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict as learning reads it."""

    asker: str
    found: str
    accepted: bool
    parts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words that met in accepted proposals, one on each side, and in how many accepted and refused ones."""

    word: str
    other: str
    accepted: int
    refused: int


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion that accepted proposals had more of (or less) than refused ones, by the means of both."""

    code: str
    weight: float
    proposed: float
    accepted_mean: float
    refused_mean: float


def pairs(judged: Iterable[Judged], known: frozenset[tuple[str, str]]) -> list[Pair]:
    """Pairs worth a look, the most frequent first: met twice in accepted ones, twice as often as in refused ones."""
    good: Counter[tuple[str, str]] = Counter()
    bad: Counter[tuple[str, str]] = Counter()
    for one in judged:
        asked, found = set(cut(one.asker)), set(cut(one.found))
        met = {tuple(sorted((a, b))) for a in asked - found for b in found - asked}
        (good if one.accepted else bad).update((a, b) for a, b in met)
    kept = [
        Pair(word, other, number, bad[word, other])
        for (word, other), number in good.items()
        if number >= TWICE and number >= 2 * bad[word, other] and (word, other) not in known
    ]
    return sorted(kept, key=lambda pair: (-pair.accepted, pair.refused, pair.word, pair.other))[:MOST]


def changes(judged: Iterable[Judged], weights: Mapping[str, float]) -> list[Change]:
    """A quarter up or down for criteria that told accepted from refused proposals, or told them the wrong way."""
    held = list(judged)
    found = []
    for code in WEIGHTS:
        if code == "words":
            continue  # its values have no common scale
        good = [one.parts[code] for one in held if one.accepted and code in one.parts]
        bad = [one.parts[code] for one in held if not one.accepted and code in one.parts]
        if len(good) < ENOUGH or len(bad) < ENOUGH:
            continue
        mean, other = sum(good) / len(good), sum(bad) / len(bad)
        if mean - other > MORE or mean - other < LESS:
            share = 1 + STEP if mean > other else 1 - STEP
            found.append(Change(code, weights[code], round(min(20.0, weights[code] * share), 2), mean, other))
    return found
