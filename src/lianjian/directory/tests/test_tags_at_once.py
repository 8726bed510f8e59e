"""Two clerks classify one village at the same moment, on real transactions: it has one class."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

from django.db import connection, transaction

from lianjian.directory import actions
from lianjian.directory.models import Tag, Tagging
from lianjian.events.tests.meetingwork import together
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


def test_lists_of_two_clerks_lose_nothing_but_what_both_decide(committed_db: str) -> None:
    """Each list is stored as far as the other left it room: nobody's whole list fails for one organization."""
    with transaction.atomic():
        cast = build_cast()
        group = scheme(cast, kinds=())
        names = [tag(cast, group, name) for name in ("甲类", "乙类")]
    own = [cast.firm, cast.second_firm]
    refused: list[str] = []

    def gives(place: int) -> None:
        bodies = [cast.village, own[place]] if place else [own[place], cast.village]
        lines = [actions.TagLine(body, names[place], TODAY, PAPER) for body in bodies]
        done = actions.set_tags(actor=cast.actor("clerk"), lines=lines, now=NOW)
        time.sleep(0.5)  # the other has looked by now, unless it waits
        refused.extend(type(why).__name__ for _line, why in done.refused)

    together(lambda: gives(0), lambda: gives(1))
    assert refused == ["SlotTaken"]
    with transaction.atomic():
        cast.actor("clerk")
        assert Tagging.objects.count() == 3 and Tagging.objects.filter(organization=cast.village).count() == 1
