"""The likest registered names of a written one, found through shared pairs of characters. Never used for linking."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lianjian.foundation.names import bigrams, explain_difference, likeness, short_key

LOOKED_AT = 40  # names sharing most pairs; of these the likeness proper is reckoned
MOST = 5
LEAST = 0.5
COMMON = 20_000  # a pair in more names than this says nothing


@dataclass(frozen=True, slots=True)
class Like:
    """A registered name that a written one may mean. `sentence` explains the difference, `left` and `right` show it."""

    pk: int
    name: str
    likeness: float
    sentence: str
    left: str
    right: str


class LikeIndex:
    """Registered names by their pairs of characters: built once, then each look-up touches a few names only."""

    def __init__(self, entries: Iterable[tuple[int, str]], places: Sequence[str] = ()) -> None:
        self.places = tuple(places)
        self.entries = list(entries)
        self._by_pair: dict[str, array[int]] = {}
        for place, (_pk, name) in enumerate(self.entries):
            for pair in bigrams(short_key(name, self.places)):
                self._by_pair.setdefault(pair, array("I")).append(place)

    def find(self, name: str) -> list[Like]:
        """The likest, best first; at most five, none below a likeness of a half. One entry for each thing."""
        wanted = short_key(name, self.places)
        shared: Counter[int] = Counter()
        for pair in bigrams(wanted):
            places = self._by_pair.get(pair, array("I"))
            if len(places) <= COMMON:
                shared.update(places)
        scored = []
        for place, _count in shared.most_common(LOOKED_AT):
            pk, other = self.entries[place]
            score = likeness(wanted, short_key(other, self.places))
            if score >= LEAST or (wanted and wanted in other):
                scored.append((-score, other, pk))
        found: dict[int, Like] = {}
        for score, other, pk in sorted(scored):
            found.setdefault(pk, self.compare(name, pk, other, -score))
        return list(found.values())[:MOST]

    def compare(self, name: str, pk: int, other: str, score: float | None = None) -> Like:
        """A candidate with the difference shown."""
        why = explain_difference(name, other, self.places)
        if score is None:
            score = likeness(short_key(name, self.places), short_key(other, self.places))
        return Like(pk, other, round(score, 3), why.sentence, why.left, why.right)
