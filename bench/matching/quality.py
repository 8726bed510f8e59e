"""`python -m bench matching --quality`: nDCG@10 and recall@10 of plain BM25 and of the matching, on both halves."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from lianjian.lists.matching import seeds
from lianjian.lists.matching.scoring import (
    Facts,
    Question,
    Statistics,
    kinship,
    ranked,
    related,
    ruled_out,
    score,
)
from lianjian.lists.matching.words import Synonyms, counted, question

LABELLED = Path(__file__).parent / "labelled"
TOP = 10
DAY = date(2026, 3, 1)
WEIGHTS = {code: weight for code, (_name, weight) in seeds.WEIGHTS.items()}
Row = dict[str, Any]
Grades = dict[str, dict[int, int]]


def read(name: str) -> list[Row]:
    """The rows of one of the three files."""
    return [json.loads(line) for line in (LABELLED / f"{name}.jsonl").read_text().splitlines()]


def facts(row: Row, kind: str) -> Facts:
    """An entry as the product would keep it."""
    words = counted(row["title"], row["text"])
    day = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("since", "until")}
    return Facts(
        id=int(row["id"][1:]),
        kind=kind,
        organization_id=int(row["id"][1:]) + (10_000 if kind == "need" else 0),
        category=row["category"],
        chain=row["chain"],
        lat=row["lat"],
        lon=row["lon"],
        left=row["amount"],
        unit=row["unit"],
        words=words,
        length=sum(words.values()),
        title=row["title"],
        **day,
    )


def statistics(entries: Iterable[Facts]) -> Statistics:
    """As the nightly snapshot counts them."""
    held = list(entries)
    counts = Counter(word for one in held for word in one.words)
    return Statistics(1, len(held), sum(one.length for one in held) / len(held), counts)


def ndcg(grades: dict[int, int], order: list[int]) -> float:
    """Gain 2^grade - 1, discount log2 of the rank + 1 (Burges et al. 2005)."""

    def gain(found: Iterable[int]) -> float:
        return sum((2**one - 1) / math.log2(rank + 2) for rank, one in enumerate(found))

    ideal = gain(sorted(grades.values(), reverse=True)[:TOP])
    return gain(grades.get(one, 0) for one in order[:TOP]) / ideal if ideal else 0.0


def recall(grades: dict[int, int], order: list[int]) -> float | None:
    """Of the offers graded 2 or 3 (at most ten count) the share that was found; none where there is no such offer."""
    good = {one for one, grade in grades.items() if grade > 1}
    return len(good & set(order[:TOP])) / min(TOP, len(good)) if good else None


def order(
    need: Row, offers: list[Facts], counts: Statistics, weights: dict[str, float], pairs: Any
) -> list[int]:
    """Ids of the best ten by some weights and synonyms."""
    own = facts(need, "need")
    asked = question(own.words, need["title"], need["text"], Synonyms(pairs), seeds.SYNONYM_SHARE)
    asking = Question(own, asked, weights, counts)
    found = [score(asking, one) for one in offers if not ruled_out(asking, one, DAY)]
    return [one.facts.id for one in ranked([one for one in found if related(one)])[:TOP]]


def measured(half: str, one_order: Callable[[Row], list[int]], grades: Grades) -> dict[str, float]:
    """Means over the needs of a half that any offer could answer."""
    needs = [need for need in read("needs") if need["half"] == half and grades.get(need["id"])]
    orders = {need["id"]: one_order(need) for need in needs}
    gains = [ndcg(grades[key], found) for key, found in orders.items()]
    recalls = [found for key, one in orders.items() if (found := recall(grades[key], one)) is not None]
    return {
        "needs": len(needs),
        "ndcg@10": round(sum(gains) / len(gains), 4),
        "recall@10": round(sum(recalls) / len(recalls), 4),
    }


def candidates() -> dict[str, tuple[dict[str, float], Any]]:
    """Plain BM25, the whole, and the whole without each of its terms."""
    nothing = dict.fromkeys(WEIGHTS, 0.0)
    plain = {**nothing, "words": 1.0}
    found: dict[str, tuple[dict[str, float], Any]] = {
        "plain BM25": (plain, ()),
        "BM25 with synonyms": (plain, seeds.SYNONYMS),
        "all": (WEIGHTS, seeds.SYNONYMS),
        "all but synonyms": (WEIGHTS, ()),
        WITHOUT: (WEIGHTS, seeds.SYNONYMS),
    }
    for code in WEIGHTS:
        found[f"all but {code}"] = ({**WEIGHTS, code: 0.0}, seeds.SYNONYMS)
    return found


# Kin categories that no matter of the tuning half suggested, only matters of the other: left out once to see what they
# do to the figures of the half that was to stay unseen.
UNTUNED = (frozenset(("仓储共用", "物流共享")), frozenset(("仓储共用", "土地厂房")))
WITHOUT = "all, without kin of the test half"


@contextmanager
def _kin(name: str) -> Iterator[None]:
    """The pairs of kin categories that a candidate knows."""
    held = seeds.KIN
    if name == WITHOUT:
        seeds.KIN = tuple(pair for pair in held if pair not in UNTUNED)  # type: ignore[misc]
    kinship.cache_clear()
    try:
        yield
    finally:
        seeds.KIN = held  # type: ignore[misc]
        kinship.cache_clear()


def _halves(name: str, measure: Callable[[str], dict[str, float]]) -> dict[str, dict[str, float]]:
    with _kin(name):
        return {half: measure(half) for half in ("tune", "test")}


def table() -> dict[str, dict[str, dict[str, float]]]:
    """Candidate -> half -> figures."""
    offers = [facts(row, "resource") for row in read("offers")]
    counts = statistics(offers)
    grades: Grades = {}
    for label in read("labels"):
        grades.setdefault(label["need"], {})[int(label["offer"][1:])] = label["grade"]
    return {
        name: _halves(
            name,
            lambda half, w=weights, p=pairs: measured(  # type: ignore[misc]
                half, lambda need: order(need, offers, counts, w, p), grades
            ),
        )
        for name, (weights, pairs) in candidates().items()
    }


def show() -> None:
    """Print the table."""
    print(f"{'':34} {'tune':>22} {'test':>22}\n{'':34} {'nDCG@10  recall@10':>22} {'nDCG@10  recall@10':>22}")
    for name, halves in table().items():
        cells = [f"{half['ndcg@10']:.4f}     {half['recall@10']:.4f}" for half in halves.values()]
        print(f"{name:34} {cells[0]:>22} {cells[1]:>22}")
