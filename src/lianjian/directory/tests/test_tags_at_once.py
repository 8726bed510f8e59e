"""Two clerks classify one village at the same moment, on real transactions: it has one class."""

from __future__ import annotations

import threading
from datetime import timedelta

from django.db import connection, transaction

from lianjian.directory import actions
from lianjian.directory.models import Tag, Tagging
from lianjian.foundation.errors import Refused
from tests.cast import NOW, SINCE, TODAY, build_cast

from .test_tags import PAPER, give, scheme, tag


def test_one_class_is_given_and_the_other_is_told(committed_db: str) -> None:
    with transaction.atomic():
        cast = build_cast()
        group = scheme(cast)
        first, *others = [tag(cast, group, name) for name in ("薄弱村", "较好村", "有条件村")]
        give(cast, first, since=SINCE)
    ready, told = threading.Barrier(len(others)), []

    def run(what: Tag) -> None:
        try:
            with transaction.atomic():
                actor = cast.actor("clerk")
                ready.wait(timeout=30)
                actions.set_tag(
                    actor=actor, organization=cast.village, tag=what, since=TODAY, document=PAPER, now=NOW
                )
            told.append("done")
        except Refused as refused:
            told.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(what,)) for what in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert "done" in told and set(told) - {"done"} <= {"TaggedMeanwhile", "SlotTaken"} and told.count("done") == 1
    with transaction.atomic():
        cast.actor("clerk")
        held = list(Tagging.objects.order_by("since"))
        assert [(one.since, one.until) for one in held] == [(SINCE, TODAY), (TODAY, None)]
        assert Tagging.objects.on(TODAY - timedelta(days=1)).get().tag == first
