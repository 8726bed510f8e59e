"""The outbox of matching loses nothing, in whatever order transactions end; quality and halves of the labelled set."""

from __future__ import annotations

import hashlib
import random
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianjian.foundation import clock
from lianjian.lists import actions
from lianjian.lists.matching import node
from lianjian.lists.models import MatchEntry
from lianjian.lists.queries import entries, matching
from lianjian.lists.tests.acts import published, speaker
from lianjian.lists.tests.test_matching import need, titles
from tests import ground
from tests.cast import NOW, Cast, build_cast

LABELLED = Path(__file__).resolve().parents[4] / "bench" / "matching" / "labelled"
DIGESTS = {
    "needs": "0e1f4743da2bcaf919b95d529a33c32404dce54744e60f159aef3f7cd80156e2",
    "offers": "833332e88a15e9560fa45fff971163f7099ad6f1da726d1b381ca2c7afd077ac",
    "labels": "9acc2122f98fc5f9e78951ff6c20f4edcba40298fc56c8f55920ff70876a7d52",
}


def test_a_reader_passes_no_transaction_that_ends_late(committed_db: str, tmp_path: Path) -> None:
    """An early number is committed after a later one: a reader by numbers would never see it."""
    with transaction.atomic():
        cast = build_cast()
        wanted = need(cast)
        first, second = published(cast, title="冷库甲"), published(cast, title="冷库乙")
    with override_settings(DATA_DIR=tmp_path), psycopg.connect(ground.owner_url(committed_db)) as slow:
        entries.rebuild()
        # The slow one writes first, and is still running when the quick one commits and the index catches up.
        slow.execute("UPDATE lists_matchentry SET chain = '竹木' WHERE subject_key = %s", [first.key])
        with transaction.atomic():
            actions.end_item(actor=speaker(cast, cast.firm), item=second, now=NOW)
        assert entries.catch_up(NOW) == "renewed"
        held = node.state(entries.home())
        assert held is not None
        slow.commit()
        changed, _oldest, _cluster, known = entries.changed_since(held.xid, held.cluster)
        assert known
        assert MatchEntry.objects.get(subject_key=first.key).pk in changed
        with transaction.atomic():
            found = matching.found_for(cast.actor("clerk"), wanted, NOW)
        assert found.source == "index"
        assert (titles(found), found.matches[0].facts.chain) == (["冷库甲"], "竹木")


def test_an_index_of_another_cluster_or_from_before_the_purge_answers_nothing(committed_db: str, tmp_path: Path) -> None:
    """A restored database gives out the same numbers again; purged changes are missed by nobody."""
    with transaction.atomic():
        cast = build_cast()
        wanted = need(cast)
        published(cast, title="冷库甲")
    with override_settings(DATA_DIR=tmp_path):
        entries.rebuild()
        with transaction.atomic():
            assert matching.found_for(cast.actor("clerk"), wanted, NOW).source == "index"
        held = node.state(entries.home())
        assert held is not None and held.cluster
        node._keep(entries.home(), replace(held, cluster="another-1"))
        with transaction.atomic():
            assert matching.found_for(cast.actor("clerk"), wanted, NOW).source == "database"
        assert entries.catch_up(NOW) == "built"
        with transaction.atomic():
            published(cast, title="冷库乙")
        # Nine days later the change is purged before this node has read it.
        with transaction.atomic():
            entries.count_words(clock.now() + timedelta(days=9))
        with transaction.atomic():
            found = matching.found_for(cast.actor("clerk"), wanted, NOW)
        assert (found.source, sorted(titles(found))) == ("database", ["冷库乙", "冷库甲"])
        # Complete is what is older than the oldest transaction still running, of any database of the server: another
        # test may hold one open for minutes. Once all that ran then have ended, the index answers.
        [last] = asked("SELECT pg_current_xact_id()::text::bigint")
        for _try in range(1200):
            [settled] = asked(f"SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > {last}")
            if settled:
                break
            sleep(1)
        entries.catch_up(NOW)
        with transaction.atomic():
            found = matching.found_for(cast.actor("clerk"), wanted, NOW)
        assert (found.source, sorted(titles(found))) == ("index", ["冷库乙", "冷库甲"])



def asked(statement: str) -> Any:
    """The one row of a statement, in a transaction of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def test_an_index_from_before_a_restore_within_the_same_cluster_answers_nothing(
    committed_db: str, tmp_path: Path
) -> None:
    """Rows that a backup brings back are in no change: the numbers of transactions just go on."""
    with transaction.atomic():
        cast = build_cast()
        wanted = need(cast)
        store = published(cast, title="冷库甲")
    owner = ground.server().superuser_url(committed_db)
    with override_settings(DATA_DIR=tmp_path), psycopg.connect(owner, autocommit=True) as admin:
        admin.execute("CREATE TEMP TABLE kept AS TABLE lists_matchentry")
        with transaction.atomic():
            cast.actor("clerk")
            MatchEntry.objects.filter(subject_key=store.key).delete()
        assert entries.catch_up(NOW) == "built"
        with transaction.atomic():
            assert titles(matching.found_for(cast.actor("clerk"), wanted, NOW)) == []
        with admin.transaction():
            admin.execute("SET LOCAL session_replication_role = replica")
            admin.execute("TRUNCATE lists_matchentry")
            admin.execute("INSERT INTO lists_matchentry SELECT * FROM kept")
        with transaction.atomic():
            found = matching.found_for(cast.actor("clerk"), wanted, NOW)
        assert (found.source, titles(found)) == ("database", ["冷库甲"])
        assert entries.catch_up(NOW) == "built"
        with transaction.atomic():
            found = matching.found_for(cast.actor("clerk"), wanted, NOW)
        assert (found.source, titles(found)) == ("index", ["冷库甲"])


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10_000))
def test_many_writers_and_a_reader_that_catches_up_between_them(committed_db: str, seed: int) -> None:
    """After any interleaving the index with its changes holds what the table holds."""
    home = Path(ground.HOME if hasattr(ground, "HOME") else "/tmp") / f"match-{committed_db}-{seed}"  # noqa: S108
    with psycopg.connect(ground.owner_url(committed_db), autocommit=True) as owner:
        rows = owner.execute("SELECT id FROM directory_organization ORDER BY id LIMIT 1").fetchall()
    if not rows:
        with transaction.atomic():
            cast = build_cast()
            for number in range(20):
                published(cast, title=f"冷库{number}号")
    keys = list(MatchEntry.objects.order_by("pk").values_list("pk", flat=True))
    with override_settings(DATA_DIR=home):
        entries.rebuild()
        stop = threading.Event()

        def write(salt: int) -> None:
            dice = random.Random(seed + salt)  # noqa: S311
            with psycopg.connect(ground.owner_url(committed_db)) as connection:
                for step in range(12):
                    try:
                        connection.execute(
                            "UPDATE lists_matchentry SET chain = %s WHERE id = %s", [f"{salt}-{step}", dice.choice(keys)]
                        )
                    except psycopg.errors.DeadlockDetected:  # two that hold rows in turn: one of them goes back
                        connection.rollback()
                    if dice.random() < 0.3:
                        connection.rollback()
                    elif dice.random() < 0.7:
                        connection.commit()
                connection.commit()
            done.append(salt)

        done: list[int] = []
        writers = [threading.Thread(target=write, args=(salt,)) for salt in range(4)]
        for one in writers:
            one.start()
        while any(one.is_alive() for one in writers):
            entries.catch_up(NOW)
        for one in writers:
            one.join()
        assert len(done) == len(writers), "a writer broke off"
        stop.set()
        held = node.state(entries.home())
        assert held is not None
        changed = set(entries.changed_since(held.xid)[0])
        chains = dict(MatchEntry.objects.values_list("pk", "chain"))
        index = node.node(entries.home())
        index.fresh()
        for pk in set(keys) - changed:
            assert _indexed(index, pk, chains[pk]), "neither in the index as it is, nor among the changes"


def _indexed(index: node.Node, pk: int, chain: str) -> bool:
    """Whether the index holds an entry with this chain."""
    import tantivy

    schema = index._index.schema
    query = tantivy.Query.term_query(schema, "id", pk)
    if chain:
        facet = tantivy.Query.term_query(schema, "facets", f"h#{chain}", index_option="basic")
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, facet)])
    return bool(index._index.searcher().search(query, 1).count)


def test_the_labelled_set_is_as_it_was_before_tuning() -> None:
    from bench.matching.labelled import make

    for name, digest in DIGESTS.items():
        assert hashlib.sha256((LABELLED / f"{name}.jsonl").read_bytes()).hexdigest() == digest, name
    needs, offers, labels = make.made()
    assert (len(needs), len(offers), len(labels)) == (184, 690, 6798)
    halves = {need["half"] for need in needs}
    assert halves == {"tune", "test"}


def test_the_best_ten_beat_plain_bm25_on_the_test_half() -> None:
    from bench.matching import quality

    offers = [quality.facts(row, "resource") for row in quality.read("offers")]
    counts = quality.statistics(offers)
    grades: quality.Grades = {}
    for label in quality.read("labels"):
        grades.setdefault(label["need"], {})[int(label["offer"][1:])] = label["grade"]
    plain, ours = (
        quality.measured("test", lambda need, w=w, p=p: quality.order(need, offers, counts, w, p), grades)
        for w, p in (quality.candidates()["plain BM25"], quality.candidates()["all"])
    )
    assert plain["needs"] == ours["needs"] == 100
    assert ours["ndcg@10"] > plain["ndcg@10"] * 1.2
    assert ours["recall@10"] > plain["recall@10"] * 1.2


@pytest.mark.django_db
def test_every_addend_can_be_read_off_a_row_of_a_cast(cast: Cast) -> None:
    """The sum of the reasons shown is the score shown, to the last place but rounding."""
    from lianjian.lists.queries import matchpages

    wanted = need(cast)
    published(cast, title="冷库出租")
    one = matching.found_for(cast.actor("clerk"), wanted, NOW).matches[0]
    shown = sum(float(reason.points) for reason in matchpages.reasons(one))
    assert abs(shown - one.score) < 0.05
