"""Rows of what can be matched, as matching reads them: for questions, for building an index, for counting words."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from lianjian.directory.models.organizations import path_ids
from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor, path_range, subtree_paths, whole_jurisdictions

from ..matching import node
from ..matching.facets import Reader, Seen
from ..matching.scoring import Facts, Statistics
from ..models.items import alliances_of, counties

TAIL_MOST: Final = 1000  # changed entries that are scored beside an index; with more the database answers alone
CHUNK: Final = 2000
STATEMENTS: Final = 500  # kept for each process
KEPT_DAYS: Final = 7  # an index older than this is built anew, so changes need not be kept longer

COLUMNS: Final = (
    "e.id, e.kind, e.organization_id, e.category, e.chain, e.latitude, e.longitude, e.since, e.until, e.expires_on,"
    ' e."left", e.unit, e.ratings, e.rating_sum, e.words, e.counts, e.length, e.title, o.name, e.subject_label,'
    " e.subject_key"
)
SEEN: Final = "e.audience, e.jurisdiction_id, e.alliance_id, o.path"
FROM: Final = "FROM lists_matchentry e JOIN directory_organization o ON o.id = e.organization_id"


def facts_of(row: Sequence[Any]) -> Facts:
    """Of the columns above."""
    return Facts(
        row[0],
        row[1],
        row[2],
        row[3],
        row[4],
        row[5],
        row[6],
        row[7],
        row[8],
        row[9],
        float(row[10]) if row[10] is not None else None,
        row[11],
        row[12],
        row[13],
        dict(zip(row[14], row[15], strict=True)),
        row[16],
        row[17],
        row[18],
        row[19],
        str(row[20]),
    )


def seen_of(row: Sequence[Any]) -> Seen:
    """Of the columns of `SEEN`, which come last."""
    audience, place, alliance, path = row[-4:]
    return Seen(audience, place, alliance, tuple(path_ids(path)))


_statements: dict[Hashable, prepared.Statement] = {}


def kept(actor: Actor, name: str, given: Hashable, build: Callable[[], Any]) -> prepared.Statement:
    """The statement of a query that depends on where the actor stands and on what is `given`; never its answer."""
    key = (name, given, actor.jurisdiction_id, actor.scopes("lists.see"))
    if key not in _statements:
        if len(_statements) >= STATEMENTS:
            _statements.clear()
        _statements[key] = prepared.Statement.of(build())
    return _statements[key]


def reader_rows(actor: Actor) -> tuple[prepared.Statement, prepared.Statement]:
    """Places of the actor's county, and alliances in which a body of the actor's has a seat."""
    return (
        kept(actor, "county", None, lambda: counties(actor).values_list("pk")),
        kept(actor, "alliances", None, lambda: alliances_of(actor).values_list("alliance_id")),
    )


def reader_of(actor: Actor, county: Iterable[tuple[int]], alliances: Iterable[tuple[int]]) -> Reader:
    """What the actor may see, as the index asks for it, from the answers to `reader_rows`."""
    paths = subtree_paths(actor, "lists.see")
    return Reader(
        tuple(sorted({pk for (pk,) in county})),
        actor.jurisdiction_id,
        tuple(sorted({pk for (pk,) in alliances})),
        whole_jurisdictions(actor, "lists.see"),
        tuple(path_ids(path)[-1] for path in paths if path),
    )


def own(label: str, key: UUID) -> tuple[Facts, str, int] | None:
    """The entry of a record, its text, and its place."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS}, e.text, e.jurisdiction_id {FROM} WHERE e.subject_label = %s AND e.subject_key = %s",  # noqa: S608
            [label, key],
        )
        row = cursor.fetchone()
    return (facts_of(row), row[-2], row[-1]) if row is not None else None


def seen_by(actor: Actor, reader: Reader) -> tuple[str, dict[str, Any]]:
    """The same in SQL: `MatchEntry.visible_to` without its joins."""
    values: dict[str, Any] = {
        "county": list(reader.county),
        "town": reader.town,
        "alliances": list(reader.alliances),
        "whole": list(reader.whole),
    }
    text = (
        "(e.audience = 'public' OR e.audience = 'county' AND e.jurisdiction_id = ANY(%(county)s)"
        " OR e.audience = 'town' AND e.jurisdiction_id = %(town)s"
        " OR e.audience = 'alliance' AND e.alliance_id = ANY(%(alliances)s) OR e.jurisdiction_id = ANY(%(whole)s)"
    )
    for number, path in enumerate(subtree_paths(actor, "lists.see")):
        low, high = path_range(path)
        values |= {f"low{number}": low, f"high{number}": high}
        text += f' OR o.path COLLATE "C" >= %(low{number})s AND o.path COLLATE "C" < %(high{number})s'
    return text + ")", values


def rows(where: str, values: dict[str, Any]) -> list[Facts]:
    """Entries that fulfil a condition."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} {FROM} WHERE {where}", values)  # noqa: S608 - conditions are ours
        return [facts_of(row) for row in cursor.fetchall()]


def home() -> Path:
    """The folder of this node's index of this database."""
    name = str(connection.settings_dict["NAME"]).replace(os.sep, "_")
    return Path(settings.DATA_DIR) / "matching" / name


_may_ask_cluster: dict[str, bool] = {}
# A restored table is another file of another database, also within the cluster that its rows came from.
_TABLE_SQL: Final = (
    "(SELECT oid::text FROM pg_database WHERE datname = current_database())",
    "pg_relation_filenode('lists_matchentry')::text",
)
_CLUSTER_SQL: Final = (
    "(SELECT system_identifier::text FROM pg_control_system())",
    "(SELECT timeline_id::text FROM pg_control_checkpoint())",
)


def _cluster_sql() -> str:
    """What tells this table from one that was restored: its file; and, where the server lets one ask, the cluster and
    its timeline.
    """
    name = str(connection.settings_dict["NAME"])
    if name not in _may_ask_cluster:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT has_function_privilege('pg_control_system()', 'execute')"
                " AND has_function_privilege('pg_control_checkpoint()', 'execute')"
            )
            (_may_ask_cluster[name],) = cursor.fetchone()
    parts = (*_CLUSTER_SQL, *_TABLE_SQL) if _may_ask_cluster[name] else _TABLE_SQL
    return " || '-' || ".join(parts)


class Changes(NamedTuple):
    """Ids of entries that changed in transactions from some `xid` on, as far as committed (`TAIL_MOST` + 1 at most);
    the oldest transaction that may still be running; the cluster; whether nothing is missing between.
    """

    changed: list[int]
    oldest: int
    cluster: str
    known: bool


def changed_since(xid: int, cluster: str | None = None) -> Changes:
    """What changed from transaction `xid` of a cluster on.

    Not `known`: the number is of another database (a restored one), or changes after it have been purged.
    """
    with connection.cursor() as cursor:
        sql = (
            "SELECT ARRAY(SELECT DISTINCT entry_id FROM lists_matchchange WHERE xid >= %s LIMIT %s),"
            " pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint,"
            " coalesce((SELECT max(floor) FROM lists_matchcount), 0), {} FROM pg_current_snapshot() AS s"
        )
        cursor.execute(sql.format(_cluster_sql()), [xid, TAIL_MOST + 1])
        changed, oldest, newest, floor, here = cursor.fetchone()
    return Changes(list(changed), oldest, here, floor < xid <= newest and cluster in (None, here))


def _all() -> Iterator[tuple[Facts, Seen]]:
    """Every entry, in steps of its number."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {COLUMNS}, {SEEN} {FROM} WHERE e.id > %s ORDER BY e.id LIMIT %s",  # noqa: S608
                [last, CHUNK],
            )
            found = cursor.fetchall()
        if not found:
            return
        for row in found:
            yield facts_of(row), seen_of(row)
        last = found[-1][0]


def rebuild() -> node.State | None:
    """Build this node's index anew; none where another process is writing it.

    What commits while it is built lies in transactions not older than the one that was the oldest at the beginning, so
    the first question finds it among the changes.
    """
    with node.writing(home()) as mine:
        if not mine:
            return None
        now = changed_since(2**62)
        return node.build(home(), _all(), now.oldest, now.cluster)


def catch_up(now: datetime) -> str:
    """Bring this node's index up to what is committed: "built", "renewed", "fresh", or "busy"."""
    held = node.state(home())
    if held is not None:
        age = now.timestamp() - (home() / "current.json").stat().st_mtime
        found = changed_since(held.xid, held.cluster)
        if found.known and len(found.changed) <= TAIL_MOST and age < (KEPT_DAYS - 1) * 86_400:
            return _renewed(found.changed, found.oldest)
    return "built" if rebuild() is not None else "busy"


def _renewed(changed: list[int], oldest: int) -> str:
    if not changed:
        return "fresh"
    with node.writing(home()) as mine:
        if not mine:
            return "busy"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {COLUMNS}, {SEEN} {FROM} WHERE e.id = ANY(%s)", [changed])  # noqa: S608
            found = [(facts_of(row), seen_of(row)) for row in cursor.fetchall()]
        node.renew(home(), changed, found, oldest)
    return "renewed"


def count_words(now: datetime) -> int:
    """A new count of all entries takes the place of the last one; its number. Needs no place."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM lists_matchchange WHERE at < %s::timestamptz - make_interval(days => %s) RETURNING xid",
            [now, KEPT_DAYS],
        )
        purged = max((xid for (xid,) in cursor.fetchall()), default=0)
        cursor.execute(
            "INSERT INTO lists_matchcount (at, documents, mean_length, floor)"
            " SELECT %s, count(*), coalesce(avg(length), 0),"
            " greatest(%s, (SELECT coalesce(max(floor), 0) FROM lists_matchcount)) FROM lists_matchentry RETURNING id",
            [now, purged],
        )
        number = int(cursor.fetchone()[0])
        cursor.execute(
            "INSERT INTO lists_matchword (count_id, word, documents)"
            " SELECT %s, word, count(*) FROM lists_matchentry, unnest(words) AS word GROUP BY word",
            [number],
        )
        cursor.execute("DELETE FROM lists_matchword WHERE count_id < %s", [number])
        cursor.execute("DELETE FROM lists_matchcount WHERE id < %s", [number])
    return number


def statistics(words: Sequence[str]) -> Statistics:
    """How common these words are: by the last count, or counted now where there is none yet (a new house is small)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.documents, c.mean_length, w.word, w.documents FROM"
            " (SELECT * FROM lists_matchcount ORDER BY id DESC LIMIT 1) c"
            " LEFT JOIN lists_matchword w ON w.count_id = c.id AND w.word = ANY(%s)",
            [list(words)],
        )
        found = cursor.fetchall()
        if found:
            counts = {word: number for *_count, word, number in found if word is not None}
            return Statistics(found[0][0], found[0][1], found[0][2], counts)
        cursor.execute(
            "SELECT count(*), coalesce(avg(length), 0) FROM (SELECT length FROM lists_matchentry LIMIT 5000) e"
        )
        documents, mean = cursor.fetchone()
        cursor.execute(
            "SELECT word, count(*) FROM (SELECT words FROM lists_matchentry LIMIT 5000) e, unnest(e.words) AS word"
            " WHERE word = ANY(%s) GROUP BY word",
            [list(words)],
        )
        return Statistics(0, documents, float(mean), dict(cursor.fetchall()))
