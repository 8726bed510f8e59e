"""A superuser rewrites the journal in twelve ways, and every one is found with published heads at hand.

The tampering runs on a clone in which commits are real, by the superuser's own connection with triggers off.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from lianjian.foundation import context
from lianjian.foundation.actor import SystemActor
from lianjian.journal import actions, anchors, commands
from lianjian.journal.models import Check, Entry
from lianjian.journal.rules import canon, genesis, link
from lianjian.jurisdictions.actions import found_jurisdiction
from lianjian.jurisdictions.models import Jurisdiction
from tests import ground
from tests.cast import NOW

TOWNS = ("柳溪镇", "石桥镇")
SQL = psycopg.Connection[Any]


def write(town: Jurisdiction, count: int, name: str = "甲") -> None:
    """Each entry in a transaction of its own, with one readable value."""
    for number in range(count):
        with transaction.atomic():
            with context.jurisdictions((town.pk,)):
                actions.record(
                    actor=SystemActor(town.pk, name=name),
                    verb="test.write",
                    subject=town,
                    jurisdiction_id=town.pk,
                    now=NOW,
                    changes={"name": ("", f"{town.name}{number}")},
                    note=f"n{number}",
                )


@pytest.fixture
def towns(committed_db: str, tmp_path: Path) -> Iterator[list[Jurisdiction]]:
    """Two towns with six entries each, heads published after the fifth."""
    before = settings.DATA_DIR
    settings.DATA_DIR = tmp_path
    found = [found_jurisdiction(name=name, level="town", prefix=f"T{n}") for n, name in enumerate(TOWNS)]
    for town in found:
        write(town, 5)
    commands.publish()
    for town in found:
        write(town, 1)
    yield found
    settings.DATA_DIR = before


@pytest.fixture
def superuser(towns: list[Jurisdiction], committed_db: str) -> Iterator[SQL]:
    """One who may do anything in the database, and nothing in the folder of anchors."""
    with psycopg.connect(ground.server().superuser_url(committed_db), autocommit=True) as found:
        found.execute("SET session_replication_role = replica")
        yield found


def one(superuser: SQL, statement: str, *values: Any) -> Any:
    row = superuser.execute(statement.encode(), values).fetchone()
    assert row is not None
    return row


def recompute(superuser: SQL, town: int, start: int = 1) -> None:
    """What a forger does who knows how the chain is made: numbers, links, hashes and head anew."""
    rows = superuser.execute(
        b"SELECT id, at, actor_id, actor_name, verb, subject_kind, subject_key, body FROM journal_entry"
        b" WHERE jurisdiction_id = %s ORDER BY seq",
        [town],
    ).fetchall()
    superuser.execute(b"UPDATE journal_entry SET seq = -seq WHERE jurisdiction_id = %s", [town])
    prev, seq = genesis(town), 0
    for seq, (pk, at, actor_id, actor_name, verb, kind, key, body) in enumerate(rows, start=start):
        text = canon(
            jurisdiction_id=town, seq=seq, at=at, actor_id=actor_id, actor_name=actor_name, verb=verb,
            subject_kind=kind, subject_key=key, body=body,
        )  # fmt: skip
        mark = link(prev, text)
        superuser.execute(b"UPDATE journal_entry SET seq = %s, prev = %s, hash = %s WHERE id = %s", [seq, prev, mark, pk])
        prev = mark
    superuser.execute(b"UPDATE journal_head SET seq = %s, hash = %s WHERE jurisdiction_id = %s", [seq, prev, town])


def edit_body(sql: SQL, town: int, other: int) -> None:
    sql.execute(b"UPDATE journal_entry SET body = replace(body, 'n2', 'n9') WHERE jurisdiction_id = %s AND seq = 3", [town])


def edit_actor(sql: SQL, town: int, other: int) -> None:
    sql.execute("UPDATE journal_entry SET actor_name = '乙' WHERE jurisdiction_id = %s AND seq = 3".encode(), [town])


def change_time(sql: SQL, town: int, other: int) -> None:
    sql.execute(b"UPDATE journal_entry SET at = at - interval '1 day' WHERE jurisdiction_id = %s AND seq = 3", [town])


def delete_middle(sql: SQL, town: int, other: int) -> None:
    sql.execute(b"DELETE FROM journal_entry WHERE jurisdiction_id = %s AND seq = 3", [town])


def delete_tail(sql: SQL, town: int, other: int) -> None:
    sql.execute(b"DELETE FROM journal_entry WHERE jurisdiction_id = %s AND seq = 7", [town])


def cut_tail_and_mend_head(sql: SQL, town: int, other: int) -> None:
    sql.execute(b"DELETE FROM journal_entry WHERE jurisdiction_id = %s AND seq >= 4", [town])
    sql.execute(
        b"UPDATE journal_head h SET seq = 3, hash = e.hash FROM journal_entry e"
        b" WHERE h.jurisdiction_id = %s AND e.jurisdiction_id = h.jurisdiction_id AND e.seq = 3",
        [town],
    )


def edit_and_recompute(sql: SQL, town: int, other: int) -> None:
    edit_body(sql, town, other)
    recompute(sql, town)


def insert_forged(sql: SQL, town: int, other: int) -> None:
    sql.execute(
        b"INSERT INTO journal_entry (jurisdiction_id, seq, at, txid, actor_name, verb, subject_kind, body, prev, hash)"
        b" SELECT jurisdiction_id, 8, at, txid, actor_name, verb, subject_kind, '{}', hash, sha256('x')"
        b" FROM journal_entry WHERE jurisdiction_id = %s AND seq = 7",
        [town],
    )


def insert_forged_and_recompute(sql: SQL, town: int, other: int) -> None:
    sql.execute(b"UPDATE journal_entry SET seq = seq + 100 WHERE jurisdiction_id = %s AND seq > 2", [town])
    sql.execute(
        b"INSERT INTO journal_entry (jurisdiction_id, seq, at, txid, actor_name, verb, subject_kind, body)"
        b" SELECT jurisdiction_id, 50, at, txid, actor_name, verb, subject_kind, '{}'"
        b" FROM journal_entry WHERE jurisdiction_id = %s AND seq = 2",
        [town],
    )
    recompute(sql, town)


def swap_two(sql: SQL, town: int, other: int) -> None:
    for old, new in ((2, -2), (3, 2), (-2, 3)):
        sql.execute(b"UPDATE journal_entry SET seq = %s WHERE jurisdiction_id = %s AND seq = %s", [new, town, old])


def move_to_another_town(sql: SQL, town: int, other: int) -> None:
    sql.execute(
        b"UPDATE journal_entry SET jurisdiction_id = %s, seq = 7 WHERE jurisdiction_id = %s AND seq = 6", [other, town]
    )


def wipe_a_town(sql: SQL, town: int, other: int) -> None:
    for table in ("journal_change", "journal_entry", "journal_head"):
        sql.execute(f"DELETE FROM {table} WHERE jurisdiction_id = %s".encode(), [town])


def wipe_and_begin_anew(sql: SQL, town: int, other: int) -> None:
    sql.execute(b"DELETE FROM journal_change WHERE jurisdiction_id = %s", [town])
    sql.execute(b"DELETE FROM journal_entry WHERE jurisdiction_id = %s AND seq <> 6", [town])
    sql.execute(b"UPDATE journal_entry SET body = '{}' WHERE jurisdiction_id = %s", [town])
    recompute(sql, town)


def edit_value(sql: SQL, town: int, other: int) -> None:
    sql.execute(b"UPDATE journal_change SET after = 'x' WHERE id = (SELECT max(id) FROM journal_change)")


def remove_value(sql: SQL, town: int, other: int) -> None:
    sql.execute(b"DELETE FROM journal_change WHERE id = (SELECT max(id) FROM journal_change)")


def erase_value_off_record(sql: SQL, town: int, other: int) -> None:
    sql.execute(
        b"UPDATE journal_change SET before = '', after = '', salt = '' WHERE id = (SELECT max(id) FROM journal_change)"
    )


TAMPERING: list[Callable[[SQL, int, int], None]] = [
    edit_body, edit_actor, change_time, delete_middle, delete_tail, cut_tail_and_mend_head, edit_and_recompute,
    insert_forged, insert_forged_and_recompute, swap_two, move_to_another_town, wipe_a_town, wipe_and_begin_anew,
    edit_value, remove_value, erase_value_off_record,
]  # fmt: skip
# What no chain can tell of itself: only heads published before can.
ONLY_BY_ANCHOR = {cut_tail_and_mend_head, edit_and_recompute, insert_forged_and_recompute, wipe_a_town, wipe_and_begin_anew}


@pytest.mark.parametrize("tamper", TAMPERING, ids=lambda f: f.__name__)
def test_every_kind_of_tampering_is_found(
    towns: list[Jurisdiction], superuser: SQL, tamper: Callable[[SQL, int, int], None]
) -> None:
    assert commands.verify() == []
    tamper(superuser, towns[0].pk, towns[1].pk)
    found = commands.verify()
    assert found, f"{tamper.__name__} was not found"
    for path in anchors.folder().glob("*.json"):
        path.rename(path.with_suffix(".away"))
    without = commands.verify()
    assert bool(without) == (tamper not in ONLY_BY_ANCHOR), "the docs say which kinds need published heads"
    kept = next(anchors.folder().glob("*.away"))
    assert commands.verify(heads=str(kept)), "a copy kept elsewhere finds it too"


def test_published_heads_cannot_be_forged(towns: list[Jurisdiction], tmp_path: Path) -> None:
    (path,) = anchors.folder().glob("*.json")
    document = json.loads(path.read_text())
    for change in (
        {"heads": document["heads"][:1]},
        {"heads": [{**document["heads"][0], "hash": "00" * 32}, document["heads"][1]]},
        {"at": "2001-01-01T00:00:00+00:00"},
        {"number": 9},
        {"signature": "00" * 64},
        {"signature": "nonsense"},
        {"kind": "else"},
    ):
        path.write_text(json.dumps({**document, **change}))
        assert any(path.name in line for line in commands.verify()), change
    other = anchors.Ed25519PrivateKey.generate()
    heads = [(t.pk, t.name, 1, b"x" * 32) for t in towns]
    forged = anchors.make(number=1, previous="", heads=heads, at=NOW, key=other)
    path.write_text(json.dumps(forged))
    assert any(path.name in line for line in commands.verify()), "signed with a key of one's own"
    path.write_text("not json")
    assert any(path.name in line for line in commands.verify())
    path.write_text(json.dumps(document))
    assert commands.verify() == []


def test_each_publication_follows_the_one_before(towns: list[Jurisdiction]) -> None:
    short = commands.publish()
    assert len(short) == 12
    documents = [json.loads(p.read_text()) for p in sorted(anchors.folder().glob("*.json"))]
    assert [d["number"] for d in documents] == [1, 2]
    assert documents[1]["previous"] == anchors.digest(documents[0])
    assert commands.verify() == []
    mode = (Path(settings.DATA_DIR) / "secrets" / "journal_key").stat().st_mode & 0o777
    assert mode == 0o600


def test_the_nightly_check_keeps_what_it_found(towns: list[Jurisdiction], superuser: SQL) -> None:
    from lianjian.journal.tasks import check

    def stored() -> list[tuple[int, bool]]:
        with transaction.atomic(), context.jurisdictions([t.pk for t in towns]):
            rows = Check.objects.order_by("pk").values_list("entries", "problems")
            return [(entries, bool(problems)) for entries, problems in rows]

    with transaction.atomic():
        check(timestamp=0)
    assert stored() == [(7, False), (6, False)]
    edit_body(superuser, towns[0].pk, towns[1].pk)
    with transaction.atomic():
        check(timestamp=0)
    assert stored()[2:] == [(7, True), (6, False)]


def test_chains_survive_writers_of_two_towns_at_once(towns: list[Jurisdiction]) -> None:
    """Transactions that touch both towns in either order, from four threads."""
    failures: list[BaseException] = []

    def work(first: Jurisdiction, second: Jurisdiction) -> None:
        try:
            for _n in range(15):
                with transaction.atomic(), context.jurisdictions((first.pk, second.pk)):
                    for town in (first, second, first):
                        actions.record(
                            actor=SystemActor(town.pk), verb="test.both", subject=None, jurisdiction_id=town.pk, now=NOW
                        )
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    pairs = [(towns[0], towns[1]), (towns[1], towns[0])] * 2
    threads = [threading.Thread(target=work, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert commands.verify() == []
    with transaction.atomic(), context.jurisdictions([t.pk for t in towns]):
        # 6 before, the publication on the first town's chain, and 15 rounds of 4 threads with three entries each.
        counts = [Entry.objects.filter(jurisdiction=town).count() for town in towns]
    assert counts == [7 + 90, 6 + 90]


def test_the_reader_of_backups_verifies_too(towns: list[Jurisdiction], committed_db: str) -> None:
    """`lianjian doctor --journal` connects as a role that reads all and writes nothing: so must this."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        assert commands.verify() == []
