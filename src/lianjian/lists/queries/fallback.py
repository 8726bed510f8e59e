"""Candidates from PostgreSQL alone, where a node has no index or lags behind.

Rows are chosen by the search column's GIN index, words and facets in one query: those with one of the rarest asked
words, as many as together stand in at most `COMMON` entries; those with two of the others that seldom stand together
(two middling words outweigh one rare one); and those of the own category with one of the words that stand in at most
`WITHIN`. SQL scores these by the whole formula, nearly, and the best are then scored exactly.
`ts_rank` is not used: it knows no rarity (docs/methods/matching.md).
"""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any, Final

from django.db import connection

from lianjian.foundation.search import Term
from lianjian.foundation.searchdb import _quoted

from ..matching import seeds
from ..matching.facets import Reader, about_tokens, cell, kin_tokens, reader_tokens, ring
from ..matching.scoring import FADE_KM, K1, NEED, B, Question

COMMON: Final = 10_000  # entries, seen or not, in which the rarest words stand
WITHIN: Final = 60_000  # the same for entries of the own category, of which there are far fewer
PAIRED: Final = 1_500  # entries in which pairs of the commoner words are to be expected together
SCORED: Final = 8_000  # entries that SQL scores for a question
FEW: Final = 500  # with fewer entries of the words, those of the category nearby are scored too


def _any(tokens: list[str]) -> str:
    return "(" + " | ".join(_quoted(Term(token.replace(" ", "_"), False)) for token in tokens) + ")"


def _rarest(asking: Question, most: int) -> tuple[list[str], int]:
    """The rarest asked words that together stand in at most so many entries, one at least; in how many they do."""
    counts = asking.statistics.frequencies
    total = 0
    words: list[str] = []
    for word in sorted(asking.asked, key=lambda one: (counts.get(one, 0), one)):
        if words and total + counts.get(word, 0) > most:
            break
        total += counts.get(word, 0)
        words.append(word)
    return words, total


def _pairs(asking: Question, rare: list[str]) -> dict[str, list[str]]:
    """Of the words that are not rare, each with those beside which it is seldom found, the least likely pairs first.

    Were words independent, a pair would stand in (entries of one x entries of the other / all entries); pairs are taken
    until that comes to `PAIRED`.
    """
    counts, everything = asking.statistics.frequencies, max(asking.statistics.documents, 1)
    held = sorted((counts[word], word) for word in asking.asked if word not in rare and counts.get(word))
    expected = sorted((n * m / everything, one, other) for (n, one), (m, other) in combinations(held, 2))
    total = 0.0
    pairs: dict[str, list[str]] = {}
    for likely, one, other in expected:
        total += likely
        if total > PAIRED:
            break
        pairs.setdefault(one, []).append(other)
    return pairs


def _query(asking: Question, reader: Reader) -> str:
    """The tsquery: visible, and one of the rarest words, or the category with a word or nearby."""
    words, total = _rarest(asking, COMMON)
    reasons = [_any(words)] if words else []
    reasons += [f"({_any([one])} & {_any(others)})" for one, others in _pairs(asking, words).items()]
    facts = asking.facts
    if facts.category and len(words) < len(asking.asked):
        within, _total = _rarest(asking, WITHIN)
        reasons.append(f"({_any([about_tokens(facts)[0]])} & {_any(within)})")
    if facts.category and total < FEW:
        near = _any([about_tokens(facts)[0]])
        if facts.lat is not None and facts.lon is not None and asking.statistics.documents > SCORED:
            near = f"({near} & {_any(ring(cell(facts.lat, facts.lon), 2))})"
        reasons.append(near)
    if not reasons:
        return ""
    wanted = "o" if facts.kind == NEED else "n"
    return f"{_any(reader_tokens(wanted, reader))} & ({' | '.join(reasons)})"


# BM25 of the asked words from the arrays of a row.
_WORDS: Final = (
    "(SELECT sum(q.points * e.counts[p] * %(top)s / (e.counts[p] + %(low)s + %(high)s * e.length))"
    " FROM unnest(%(words)s::text[], %(points)s::float8[]) AS q(word, points),"
    " array_position(e.words, q.word::varchar) AS p WHERE p IS NOT NULL)"
)
_PLACE: Final = (
    "exp(-111.2 * sqrt(power(e.latitude - %(lat)s, 2) + power((e.longitude - %(lon)s) * cos(radians(%(lat)s)), 2))"
    " / %(fade)s)"
)


def candidates(
    asking: Question, reader: Reader, where: str, values: dict[str, Any], day: date, limit: int
) -> list[int]:
    """Ids of the best by SQL, and of a few that the rules will set aside; `where` keeps to what may be seen."""
    query = _query(asking, reader)
    if not query:
        return []
    facts, weights, statistics = asking.facts, asking.weights, asking.statistics
    mean = max(statistics.mean_length, 1.0)
    share = seeds.FAR_SHARE if facts.category in seeds.FAR_CATEGORIES else 1.0
    given = {
        **values,
        "query": query,
        "day": day,
        "body": facts.organization_id,
        "top": K1 + 1,
        "low": K1 * (1 - B),
        "high": K1 * B / mean,
        "words": list(asking.asked),
        "points": [part * statistics.rarity(word) * weights["words"] for word, (part, _own) in asking.asked.items()],
        "category": facts.category,
        "kin": [token[2:] for token in kin_tokens(facts.category)],
        "same": weights["category"],
        "akin": weights["category"] * seeds.KIN_SHARE,
        "chain": facts.chain,
        "chained": weights["chain"],
        "lat": facts.lat,
        "lon": facts.lon,
        "fade": FADE_KM,
        "near": weights["distance"] * share,
        "since": facts.since or facts.until,
        "until": facts.until or facts.since,
        "timed": weights["time"],
        "amount": facts.left,
        "enough": weights["capacity"],
        "limit": limit,
        "scored": SCORED,
    }
    with connection.cursor() as cursor:
        cursor.execute(_sql(asking, where), given)
        return [number for (number,) in cursor.fetchall()]


def _sql(asking: Question, where: str) -> str:
    facts = asking.facts
    parts = [f"coalesce({_WORDS}, 0)"]
    if facts.category:
        parts.append(
            "CASE WHEN e.category = %(category)s THEN %(same)s WHEN e.category = ANY(%(kin)s) THEN %(akin)s ELSE 0 END"
        )
    if facts.chain:
        parts.append("CASE WHEN e.chain = %(chain)s THEN %(chained)s ELSE 0 END")
    if facts.lat is not None and facts.lon is not None:
        parts.append(f"%(near)s * coalesce({_PLACE}, 0.5)")
    if facts.since is not None or facts.until is not None:
        parts.append(
            "%(timed)s * CASE WHEN e.since IS NULL AND e.until IS NULL THEN 1 ELSE greatest(0,"
            " least(%(until)s::date, coalesce(e.until, %(until)s::date))"
            " - greatest(%(since)s::date, coalesce(e.since, %(since)s::date)) + 1)::float8"
            " / (%(until)s::date - %(since)s::date + 1) END"
        )
    if facts.left is not None and facts.left > 0:
        ratio = 'e."left" / %(amount)s' if facts.kind == NEED else '%(amount)s / nullif(e."left", 0)'
        parts.append(f'%(enough)s * CASE WHEN e."left" IS NULL THEN 1 ELSE least(1, {ratio}) END')
    alive = (
        "e.organization_id <> %(body)s AND coalesce(e.expires_on, 'infinity') >= %(day)s"
        " AND coalesce(e.until, 'infinity') >= %(day)s AND coalesce(e.\"left\", 1) > 0"
    )
    return (
        f"WITH found AS MATERIALIZED (SELECT e.id, {' + '.join(parts)} AS score, {alive} AS alive"  # noqa: S608
        f" FROM lists_matchentry e JOIN directory_organization o ON o.id = e.organization_id"
        f" WHERE e.search @@ %(query)s::tsquery AND {where} LIMIT %(scored)s)"
        " (SELECT id FROM found WHERE alive ORDER BY score DESC, id LIMIT %(limit)s)"
        " UNION ALL (SELECT id FROM found WHERE NOT alive ORDER BY score DESC, id LIMIT 10)"
    )
