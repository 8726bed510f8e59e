"""The best ten for a need, or for an offer, each with its reasons; and what the next best was ruled out by."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day

from ..matching import node, seeds
from ..matching.facets import Reader
from ..matching.scoring import Facts, Question, Scored, ranked, related, ruled_out, score
from ..matching.words import Synonyms, question
from ..models import Item, MatchWeight, Synonym, Verdict
from . import entries
from .fallback import candidates as fallback_candidates

log = logging.getLogger("lianjian.lists")

TOP: Final = 10
CANDIDATES: Final = 160

# Who owns a record says which of these keys the actor may see today: label of the model -> answer. The wiring of higher
# apps adds theirs; a record of a label that nobody answers for is not shown.
Doorkeeper = Callable[[Actor, list[UUID], date], dict[UUID, bool]]
DOORS: dict[str, Doorkeeper] = {}
# Addresses of their pages: label -> url of a key.
ADDRESSES: dict[str, Callable[[object], str]] = {}


def _items(actor: Actor, keys: list[UUID], day: date) -> dict[UUID, bool]:
    """By `visible_to`, whose SQL is written once for all who stand where the actor stands."""

    def seen() -> Any:
        offered = Exists(Item.objects.offered(day).filter(pk=OuterRef("pk")))
        return Item.objects.visible_to(actor).annotate(now=offered).values_list("key", "now")

    held = entries.kept(actor, "items", day, seen)
    sql = f"SELECT v.* FROM ({held.sql}) AS v(key, now) WHERE v.key = ANY(%s)"  # noqa: S608 - made by the ORM
    return dict(prepared.rows(sql, [*held.params, keys])) if held.sql else {}


DOORS["lists.item"] = _items


@dataclass(frozen=True)
class Aside:
    """The best of what was ruled out, and by which rule (`rules.RULED_OUT`)."""

    scored: Scored
    rule: str


@dataclass(frozen=True)
class Found:
    """The best, best first; what the next best was ruled out by; where the answer came from: "index" or "database"."""

    matches: list[Scored]
    aside: Aside | None
    source: str
    version: int


@dataclass(frozen=True)
class Office:
    """What holds where a record lies: words that mean the same, weights, what was refused; and what the actor sees."""

    synonyms: Synonyms
    weights: dict[str, float]
    refused: frozenset[UUID]
    reader: Reader


def _office(place: int) -> Q:
    """Rows of a place and of the county above it."""
    return Q(jurisdiction_id=place) | Q(jurisdiction__children=place, jurisdiction__level="county")


def synonym_rows(place: int) -> Any:
    """The office's own pairs: (word, other)."""
    return Synonym.objects.filter(_office(place), retired_on__isnull=True).order_by("pk").values_list("word", "other")


def weight_rows(place: int) -> Any:
    """The office's own weights: (place, code, value)."""
    return MatchWeight.objects.filter(_office(place)).order_by("pk").values_list("jurisdiction_id", "code", "value")


def weights_of(place: int, rows: Iterable[tuple[int, str, Any]]) -> dict[str, float]:
    """Of the place, else of its county, else those every office begins with."""
    found = {code: weight for code, (_name, weight) in seeds.WEIGHTS.items()}
    for _place, code, value in sorted(rows, key=lambda row: row[0] == place):
        found[code] = float(value)
    return found


def office(actor: Actor, place: int, key: UUID) -> Office:
    """One round trip."""
    refusals = Verdict.objects.visible_to(actor).filter(asker_key=key, accepted=False)
    pairs, weights, barred, county, alliances = prepared.together(
        entries.kept(actor, "synonyms", place, lambda: synonym_rows(place)),
        entries.kept(actor, "weights", place, lambda: weight_rows(place)),
        refusals.values_list("found_key"),
        *entries.reader_rows(actor),
    )
    return Office(
        Synonyms([*seeds.SYNONYMS, *pairs]),
        weights_of(place, weights),
        frozenset(one for (one,) in barred),
        entries.reader_of(actor, county, alliances),
    )


def question_of(own: Facts, text: str, held: Office) -> Question:
    """What an entry asks for, by the words and weights of its office."""
    asked = question(own.words, own.title, text, held.synonyms, seeds.SYNONYM_SHARE)
    return Question(own, asked, held.weights, entries.statistics(list(asked)))


def matches(actor: Actor, item: Any, now: datetime) -> list[Scored]:
    """The best ten for a record that the actor may see (an `Item`, or anything offered), each with its addends."""
    return found_for(actor, item, now).matches


def found_for(actor: Actor, item: Any, now: datetime, *, exact: bool = False) -> Found:
    """The best ten, and what the next best was ruled out by. `exact` scores all there is: for tests, to measure."""
    own = entries.own(item._meta.label_lower, item.key)
    if own is None or not actor.scopes("lists.see"):
        return Found([], None, "database", 0)
    facts, text, place = own
    held, day = office(actor, place, item.key), local_day(now)
    asking = question_of(facts, text, held)
    rows, source, chosen = _candidates(actor, asking, held.reader, day, exact)
    found = _chosen(actor, asking, rows, held.refused, day, source)
    if source == "index" and len(found.matches) < TOP and chosen >= CANDIDATES:
        # Most of what came first is set aside by the rules, or is not what the index says: ask again for what is not.
        more, _source, _chosen_then = _candidates(actor, asking, held.reader, day, exact, alive=True)
        every = {one.id: one for one in (*rows, *more)}
        found = _chosen(actor, asking, every.values(), held.refused, day, source)
    return found


def _chosen(
    actor: Actor, asking: Question, rows: Iterable[Facts], refused: frozenset[UUID], day: date, source: str
) -> Found:
    """The rules, the doors of the records, the order."""
    scored = [one for one in (score(asking, facts) for facts in rows) if related(one)]
    barred = frozenset(one.facts.id for one in scored if UUID(one.facts.key) in refused)
    kept, out = [], []
    for one in ranked(scored):
        rule = ruled_out(asking, one.facts, day, barred)
        if rule:
            out.append(Aside(one, rule))
        else:
            kept.append(one)
    best, named = _admitted(actor, kept, [one.scored for one in out[:TOP]], day)
    first = (one for one in out if UUID(one.scored.facts.key) in named)
    aside = next((one for one in first if len(best) < TOP or one.scored.score >= best[-1].score), None)
    return Found(best, aside, source, asking.statistics.version)


def _admitted(
    actor: Actor, kept: list[Scored], out: list[Scored], day: date
) -> tuple[list[Scored], frozenset[UUID]]:
    """The first ten that the doors of their records let the actor see and that are on offer; twice as many are asked
    for at a time. And which of those ruled out the actor may see: only such a one is named.
    """
    best: list[Scored] = []
    named: frozenset[UUID] = frozenset()
    for start in range(0, max(len(kept), 1), TOP * 2):
        part = kept[start : start + TOP * 2]
        keys: dict[str, list[UUID]] = {}
        for one in (*part, *(out if start == 0 else ())):
            keys.setdefault(one.facts.label, []).append(UUID(one.facts.key))
        seen: dict[UUID, bool] = {}
        for label, held in keys.items():
            seen |= DOORS[label](actor, held, day) if label in DOORS else {}
        named = frozenset(seen) if start == 0 else named
        best += [one for one in part if seen.get(UUID(one.facts.key))]
        if len(best) >= TOP:
            break
    return best[:TOP], named


def _candidates(
    actor: Actor, asking: Question, reader: Reader, day: date, exact: bool, alive: bool = False
) -> tuple[list[Facts], str, int]:
    """What may come among the ten, as it stands in the database now; where it was found; how many were chosen there."""
    seen, values = entries.seen_by(actor, reader)
    values |= {"own": asking.facts.id, "kinds": list(asking.kinds)}
    where = f"e.id <> %(own)s AND e.kind = ANY(%(kinds)s) AND {seen}"
    if exact:
        return entries.rows(where, values), "database", 0
    ids = from_index(asking, reader, day if alive else None)
    source = "index"
    if ids is None:
        ids, source = fallback_candidates(asking, reader, where, values, day, CANDIDATES), "database"
    return entries.rows(f"e.id = ANY(%(ids)s) AND {where}", values | {"ids": ids}), source, len(ids)


def from_index(asking: Question, reader: Reader, alive: date | None) -> list[int] | None:
    """Candidates by this node's index, with all that changed since it was written; none where there is no index, or
    more changed than is scored beside it.
    """
    try:
        index = node.node(entries.home())
        state = index.fresh()
        if state is None:
            return None
        later = entries.changed_since(state.xid, state.cluster)
        if not later.known or len(later.changed) > entries.TAIL_MOST:
            return None
        found = index.candidates(asking, reader, CANDIDATES, alive)
    except (OSError, ValueError):
        log.exception("the index of matching cannot be read; the database answers")
        return None
    return list(dict.fromkeys((*found, *later.changed)))


def verdicts_on(actor: Actor, item: Item) -> list[Verdict]:
    """What was said to proposals for a record, newest first."""
    return list(Verdict.objects.visible_to(actor).filter(Q(asker_key=item.key)).order_by("-pk")[:50])
