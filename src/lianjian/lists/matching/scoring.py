"""How well an offer answers a need: every addend is kept, and the addends are the reasons."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from . import seeds

K1, B = 1.2, 0.75  # Robertson and Zaragoza 2009, section 3; the values Lucene and tantivy take
FADE_KM: Final = 20.0  # a distance at which nearness counts 1/e
PRIOR: Final = 3  # ratings of the middle that everybody begins with
MIDDLE: Final = 0.5  # what is not known counts as the middle, and says so

NEED: Final = "need"
OFFERS: Final = ("resource", "activity", "project", "expert", "policy", "lesson")


@dataclass(frozen=True, slots=True)
class Facts:
    """What matching knows of an entry. `left` is how much there is (or is needed), none without limit."""

    id: int
    kind: str
    organization_id: int
    category: str = ""
    chain: str = ""
    lat: float | None = None
    lon: float | None = None
    since: date | None = None
    until: date | None = None
    expires_on: date | None = None
    left: float | None = None
    unit: str = ""
    ratings: int = 0
    rating_sum: int = 0
    words: Mapping[str, int] = field(default_factory=dict)
    length: int = 0
    title: str = ""
    organization: str = ""
    label: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Statistics:
    """How common words are: a snapshot of a night, so that a list and its explanation agree."""

    version: int
    documents: int
    mean_length: float
    frequencies: Mapping[str, int]

    def rarity(self, word: str) -> float:
        """The inverse document frequency of BM25, never below 0."""
        held = min(self.frequencies.get(word, 0), self.documents)
        return math.log(1 + (self.documents - held + 0.5) / (held + 0.5))


@dataclass(frozen=True, slots=True)
class Part:
    """One addend. `value` is 0 to 1 (for words: their BM25), `points` what it adds; `known` is false for the middle.

    `note` is what it was found by: words with their points, kilometres, days.
    """

    code: str
    value: float
    points: float
    known: bool = True
    note: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """An entry with its addends; the score is their sum."""

    facts: Facts
    parts: tuple[Part, ...]

    @property
    def score(self) -> float:
        return math.fsum(part.points for part in self.parts)


def asked_for(kind: str) -> tuple[str, ...]:
    """What an entry of a kind looks for: a need for all that is offered, an offer for needs."""
    return OFFERS if kind == NEED else (NEED,)


@dataclass(frozen=True, slots=True)
class Question:
    """An entry that looks for its counterparts. `asked`: word -> (share, the own word it stands for)."""

    facts: Facts
    asked: Mapping[str, tuple[float, str]]
    weights: Mapping[str, float]
    statistics: Statistics

    @property
    def kinds(self) -> tuple[str, ...]:
        return asked_for(self.facts.kind)


def kilometres(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Great-circle distance."""
    a, b = math.radians(lat), math.radians(to_lat)
    half = (
        math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(to_lon - lon) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


@lru_cache(maxsize=512)
def kinship(one: str, other: str) -> float:
    """1 for the same category, less for kin, 0 otherwise."""
    if one == other:
        return 1.0 if one else 0.0
    return seeds.KIN_SHARE if frozenset((one, other)) in seeds.KIN else 0.0


def score(question: Question, facts: Facts) -> Scored:
    """All addends of an entry, in the order of the weights."""
    need, offer = (question.facts, facts) if question.facts.kind == NEED else (facts, question.facts)
    weights = question.weights
    parts = [
        _words(question, facts),
        _plain("category", kinship(question.facts.category, facts.category), weights),
        _plain("chain", float(bool(facts.chain) and facts.chain == question.facts.chain), weights),
        _distance(question, facts),
        _time(need, offer, weights["time"]),
        _capacity(need, offer, weights["capacity"]),
        _outcomes(offer, weights["outcomes"]),
    ]
    return Scored(facts, tuple(part for part in parts if part is not None))


def _plain(code: str, value: float, weights: Mapping[str, float]) -> Part:
    return Part(code, value, value * weights[code])


def _words(question: Question, facts: Facts) -> Part:
    """BM25 of the asked words; a word that means the same counts its share."""
    statistics, weight = question.statistics, question.weights["words"]
    norm = K1 * (1 - B + B * facts.length / max(statistics.mean_length, 1.0))
    found = []
    for word, (share, source) in question.asked.items():
        count = facts.words.get(word)
        if count:
            found.append((share * statistics.rarity(word) * count * (K1 + 1) / (count + norm), word, source))
    value = math.fsum(points for points, _word, _source in found)
    note = tuple((word, source, points * weight) for points, word, source in sorted(found, reverse=True))
    return Part("words", value, value * weight, note=note)


def _distance(question: Question, facts: Facts) -> Part:
    own = question.facts
    weight = question.weights["distance"] * (seeds.FAR_SHARE if own.category in seeds.FAR_CATEGORIES else 1.0)
    if own.lat is None or own.lon is None or facts.lat is None or facts.lon is None:
        return Part("distance", MIDDLE, MIDDLE * weight, known=False)
    far = kilometres(own.lat, own.lon, facts.lat, facts.lon)
    value = math.exp(-far / FADE_KM)
    return Part("distance", value, value * weight, note=(far,))


def _time(need: Facts, offer: Facts, weight: float) -> Part | None:
    """The share of the need's days on which the offer is there; nothing where the need names no days."""
    if need.since is None and need.until is None:
        return None
    if offer.since is None and offer.until is None:
        return Part("time", 1.0, weight, note=("always",))
    first, last = need.since or need.until, need.until or need.since
    if first is None or last is None:
        return None
    whole = (last - first).days + 1
    both = (min(last, offer.until or last) - max(first, offer.since or first)).days + 1
    value = max(0, both) / whole
    return Part("time", value, value * weight, note=(max(0, both), whole))


def _capacity(need: Facts, offer: Facts, weight: float) -> Part | None:
    """How much of the quantity the offer can give; nothing where the need names none."""
    if need.left is None or need.left <= 0:
        return None
    if offer.left is None:
        return Part("capacity", 1.0, weight, note=("unlimited",))
    if need.unit != offer.unit:
        return Part("capacity", MIDDLE, MIDDLE * weight, known=False)
    value = min(1.0, offer.left / need.left)
    return Part("capacity", value, value * weight, note=(offer.left, need.left, need.unit))


def _outcomes(offer: Facts, weight: float) -> Part:
    """The mean rating as if three of the middle came before; the middle without any."""
    if offer.kind == NEED or not offer.ratings:
        return Part("outcomes", MIDDLE, MIDDLE * weight, known=False)
    mean = (offer.rating_sum + 3 * PRIOR) / (offer.ratings + PRIOR)
    value = (mean - 1) / 4
    return Part("outcomes", value, value * weight, note=(offer.rating_sum / offer.ratings, offer.ratings))


EXPIRED, PAST, TAKEN, OWN, REFUSED, UNRELATED = "expired", "past", "taken", "own", "refused", "unrelated"


def ruled_out(question: Question, facts: Facts, day: date, refused: frozenset[int] = frozenset()) -> str:
    """The rule by which an entry is not proposed, whatever its score; empty for none."""
    if facts.organization_id == question.facts.organization_id:
        return OWN
    if facts.expires_on is not None and facts.expires_on < day:
        return EXPIRED
    if facts.until is not None and facts.until < day:
        return PAST
    if facts.left is not None and facts.left <= 0:
        return TAKEN
    return REFUSED if facts.id in refused else ""


def related(scored: Scored) -> bool:
    """Whether anything but circumstances speaks for it: a word, or the same category (kin alone is too little)."""
    return any(
        part.points > 0 and (part.code == "words" or part.value == 1.0)
        for part in scored.parts
        if part.code in ("words", "category")
    )


def ranked(found: list[Scored]) -> list[Scored]:
    """Best first; equal ones by id, so that any machine gives the same order."""
    return sorted(found, key=lambda one: (-round(one.score, 9), one.facts.id))
