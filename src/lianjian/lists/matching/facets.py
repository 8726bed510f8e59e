"""Facets of an entry as tokens: who may see it, what it is about, where it lies. One form for the index of a node and
for the search column of PostgreSQL.

A facet holds a `#`, which no word holds. The visibility tokens begin with the side (`n#` a need, `o#` an offer): nobody
looks for both.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from . import seeds
from .scoring import NEED, Facts, Question

CELL: Final = 10  # cells to a degree: about 10 km
NEARBY: Final = 0.6  # mean nearness of the own cell and those around it, over that of the rest
FAR_AWAY: Final = 10**7  # a day that never comes


def side(kind: str) -> str:
    """Needs and offers are looked for apart."""
    return "n" if kind == NEED else "o"


@dataclass(frozen=True, slots=True)
class Seen:
    """To whom an entry is shown."""

    audience: str
    jurisdiction_id: int
    alliance_id: int | None
    above: tuple[int, ...]  # ids of the organization and of those above it


@dataclass(frozen=True, slots=True)
class Reader:
    """What the actor may see: places whose public, county, town lists he reads, alliances, whole places, subtrees."""

    county: tuple[int, ...]
    town: int
    alliances: tuple[int, ...]
    whole: tuple[int, ...]
    below: tuple[int, ...]


def seen_tokens(kind: str, seen: Seen) -> list[str]:
    """By which an entry is visible."""
    mark = side(kind)
    found = [f"{mark}#j{seen.jurisdiction_id}", *(f"{mark}#u{one}" for one in seen.above)]
    if seen.audience == "public":
        found.append(f"{mark}#p")
    elif seen.audience == "county":
        found.append(f"{mark}#c{seen.jurisdiction_id}")
    elif seen.audience == "town":
        found.append(f"{mark}#t{seen.jurisdiction_id}")
    elif seen.alliance_id is not None:
        found.append(f"{mark}#l{seen.alliance_id}")
    return found


def reader_tokens(asks_for: str, reader: Reader) -> list[str]:
    """Any of these must stand in an entry; `asks_for` is the side."""
    letters = {"c": reader.county, "l": reader.alliances, "j": reader.whole, "u": reader.below}
    found = [f"{asks_for}#p", f"{asks_for}#t{reader.town}"]
    return found + [f"{asks_for}#{letter}{one}" for letter, ids in letters.items() for one in ids]


def cell(lat: float, lon: float) -> tuple[int, int]:
    """The cell of a place."""
    return math.floor(lat * CELL), math.floor(lon * CELL)


def ring(at: tuple[int, int], wide: int) -> list[str]:
    """Tokens of the cells up to `wide` cells away."""
    steps = range(-wide, wide + 1)
    return [f"g#{at[0] + north}:{at[1] + east}" for north in steps for east in steps]


def about_tokens(facts: Facts) -> list[str]:
    """What an entry is about, and where."""
    found = [f"k#{facts.category}"] if facts.category else []
    if facts.chain:
        found.append(f"h#{facts.chain}")
    if facts.lat is not None and facts.lon is not None:
        found += ring(cell(facts.lat, facts.lon), 0)
    return [token.replace(" ", "_") for token in found]


def index_tokens(facts: Facts, seen: Seen) -> list[str]:
    """All facets of an entry in the index of a node."""
    found = [*seen_tokens(facts.kind, seen), *about_tokens(facts), f"b#{facts.organization_id}"]
    return [token.replace(" ", "_") for token in found]


def ends(facts: Facts, day_of: date = date(1970, 1, 1)) -> int:  # noqa: B008 - a date does not change
    """The last day on which an entry is proposed, in days since 1970; 0 for one that has nothing left."""
    if facts.left is not None and facts.left <= 0:
        return 0
    last = [one for one in (facts.expires_on, facts.until) if one is not None]
    return (min(last) - day_of).days if last else FAR_AWAY


def kin_tokens(category: str) -> list[str]:
    """Facets of the categories that are kin."""
    found = sorted(other for pair in seeds.KIN if category in pair for other in pair - {category})
    return [f"k#{one}" for one in found]


def wished(question: Question) -> list[tuple[tuple[str, ...], float]]:
    """(any of these facets, points): what most addends are to the index, nearly; exactly all are counted afterwards.

    Time, quantity, kin and what lies farther than the next cell are left out: what fits them is a large part of all
    there is, and asking for it would cost more than the rest of the question. There are enough candidates for them to
    be told apart.
    """
    facts, weights = question.facts, question.weights
    found: list[tuple[Iterable[str], float]] = []
    if facts.category:
        found.append(((f"k#{facts.category}",), weights["category"]))
    if facts.chain:
        found.append(((f"h#{facts.chain}",), weights["chain"]))
    if facts.lat is not None and facts.lon is not None:
        share = seeds.FAR_SHARE if facts.category in seeds.FAR_CATEGORIES else 1.0
        at = cell(facts.lat, facts.lon)
        found.append((ring(at, 1), weights["distance"] * share * NEARBY))
    kept = [(tokens, points) for tokens, points in found if tokens and points > 0]
    return [(tuple(token.replace(" ", "_") for token in tokens), points) for tokens, points in kept]
