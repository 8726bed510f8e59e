"""Run as a process on a seeded database, as the role `app`: builds the index, asks, prints what it cost, as JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import django

django.setup()

import psutil  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from lianjian.directory.actors import actor_of_user  # noqa: E402
from lianjian.foundation import clock, context  # noqa: E402
from lianjian.lists import actions  # noqa: E402
from lianjian.lists.matching import node  # noqa: E402
from lianjian.lists.matching.facets import reader_tokens  # noqa: E402
from lianjian.lists.matching.scoring import ranked, related, ruled_out, score  # noqa: E402
from lianjian.lists.models import Item  # noqa: E402
from lianjian.lists.queries import entries, matching  # noqa: E402
from lianjian.lists.queries.fallback import _any  # noqa: E402

TOP = 10


def spread(times: list[float]) -> dict[str, float]:
    """Milliseconds."""
    held = sorted(times)
    return {
        "p50": round(statistics.median(held) * 1000, 2),
        "p95": round(held[min(len(held) - 1, int(len(held) * 0.95))] * 1000, 2),
        "questions": len(held),
    }


class Asker:
    """The clerk, asking for one need after another, each in a transaction with its context."""

    def __init__(self, made: dict[str, Any]) -> None:
        with transaction.atomic():
            self.actor = actor_of_user(made["user"], day=clock.today())
            context.enter_for(self.actor)
            self.needs = list(Item.objects.filter(key__in=[UUID(key) for key in made["needs"]]))

    def timed(self, act: Callable[[Item], Any], needs: list[Item]) -> tuple[list[float], list[Any]]:
        """Seconds and answers."""
        times, answers = [], []
        for need in needs:
            with transaction.atomic():
                context.enter_for(self.actor)
                began = time.perf_counter()
                answers.append(act(need))
                times.append(time.perf_counter() - began)
        return times, answers

    def found(self, need: Item) -> matching.Found:
        return matching.found_for(self.actor, need, clock.now())

    def question(self, need: Item) -> tuple[Any, matching.Office]:
        own = entries.own("lists.item", need.key)
        assert own is not None
        held = matching.office(self.actor, own[2], need.key)
        return matching.question_of(own[0], own[1], held), held

    def exact(self, need: Item) -> list[tuple[int, float]]:
        """The best by the whole formula over everything that could be among them."""
        asking, held = self.question(need)
        seen, values = entries.seen_by(self.actor, held.reader)
        query = _any([*asking.asked, f"k#{asking.facts.category}"])
        where = f"e.search @@ %(query)s::tsquery AND e.kind = ANY(%(kinds)s) AND {seen}"
        rows = entries.rows(where, values | {"query": query, "kinds": list(asking.kinds)})
        scored = [score(asking, one) for one in rows if not ruled_out(asking, one, clock.today())]
        return [(one.facts.id, one.score) for one in ranked([one for one in scored if related(one)])[:TOP]]

    def ts_rank(self, need: Item, filtered: bool) -> int:
        """PostgreSQL's own ranking of the same words; with the category and what may be seen, or of the words alone."""
        asking, held = self.question(need)
        query = _any(list(asking.asked))
        if filtered:
            query += f" & {_any(reader_tokens('o', held.reader))} & {_any(['k#' + asking.facts.category])}"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM lists_matchentry WHERE search @@ %(q)s::tsquery"
                " ORDER BY ts_rank(search, %(q)s::tsquery) DESC LIMIT 10",
                {"q": query},
            )
            return len(cursor.fetchall())


def overlap(found: list[matching.Found], exact: list[list[tuple[int, float]]]) -> float:
    """Share of the ten that are among the exact ten; one with the score of the tenth counts as it."""
    shares = []
    for ours, whole in zip(found, exact, strict=True):
        if not whole:
            continue
        ids, least = {number for number, _score in whole}, whole[-1][1] - 1e-9
        good = sum(one.facts.id in ids or one.score >= least for one in ours.matches)
        shares.append(good / len(whole))
    return round(statistics.mean(shares), 4)


def fresh(asker: Asker, need: Item) -> float:
    """Seconds from before the commit of a new item until it is the first answer."""
    asking, _held = asker.question(need)
    words = "".join(asking.asked)[:80]
    began = time.perf_counter()
    with transaction.atomic():
        context.enter_for(asker.actor)
        body = need.organization.__class__.objects.filter(jurisdiction_id=asker.actor.jurisdiction_id).first()
        made = actions.publish(
            actor=asker.actor, organization=body, kind="resource", category=need.category, title=words, now=clock.now()
        )
        number = entries.own("lists.item", made.key)
        assert number is not None
        # Its words are the question's own: it fits as nothing else does.
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE lists_matchentry SET words = %s, counts = %s, length = %s WHERE id = %s",
                [list(asking.asked), [1] * len(asking.asked), len(asking.asked), number[0].id],
            )
    while time.perf_counter() - began < 10:
        _times, (answer,) = asker.timed(asker.found, [need])
        if any(one.facts.key == str(made.key) for one in answer.matches):
            return time.perf_counter() - began
    return 99.0


def main() -> None:
    made = json.loads(sys.stdin.read())
    asker = Asker(made)
    needs = asker.needs
    out: dict[str, Any] = {}
    began = time.perf_counter()
    with transaction.atomic():
        context.enter_for(asker.actor)
        entries.count_words(clock.now())
    out["count_seconds"] = round(time.perf_counter() - began, 1)
    began = time.perf_counter()
    state = entries.rebuild()
    assert state is not None
    out["build_seconds"] = round(time.perf_counter() - began, 1)
    out["documents"] = state.documents
    folder = entries.home() / state.folder
    out["index_mb"] = round(sum(file.stat().st_size for file in folder.iterdir()) / 2**20, 1)
    asker.timed(asker.found, needs[:20])
    times, found = asker.timed(asker.found, needs)
    assert all(one.source == "index" for one in found)
    out["in process"] = spread(times)
    index = node.node(entries.home())

    def bare(need: Item) -> list[int]:
        asking, held = asker.question(need)
        began = time.perf_counter()
        index.candidates(asking, held.reader, matching.CANDIDATES)
        spent.append(time.perf_counter() - began)
        return []

    spent: list[float] = []
    asker.timed(bare, needs)
    out["index alone"] = spread(spent)
    few = needs[: made["few"]]
    _times, exact = asker.timed(asker.exact, few)
    out["overlap"] = overlap(found[: len(few)], exact)
    for name, filtered in (("ts_rank", False), ("ts_rank filtered", True)):
        times, _rows = asker.timed(lambda need, one=filtered: asker.ts_rank(need, one), few)
        out[name] = spread(times)
    out["fresh_seconds"] = round(fresh(asker, needs[0]), 3)
    out["rss_mb"] = round(psutil.Process().memory_info().rss / 2**20)
    _fallback(asker, out, few, exact)
    print(json.dumps(out))


def _fallback(asker: Asker, out: dict[str, Any], few: list[Item], exact: list[Any]) -> None:
    matching.from_index = lambda *_given: None  # type: ignore[assignment]
    asker.timed(asker.found, few[:10])
    times, found = asker.timed(asker.found, asker.needs)
    assert all(one.source == "database" for one in found)
    out["database"] = spread(times)
    out["database overlap"] = overlap(found[: len(few)], exact)


main()
