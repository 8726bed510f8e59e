"""Two people act at the same moment on real transactions: one wins, the other is told."""

from __future__ import annotations

import threading
from datetime import timedelta

from django.db import connection, transaction

from lianjian.cases import actions, rules
from lianjian.cases.models import Case
from lianjian.cases.queries import visible
from lianjian.cases.tests.walk import walked
from lianjian.duties.models import Duty
from tests.cast import NOW, build_cast


def test_two_answers_at_once(committed_db: str) -> None:
    with transaction.atomic():
        cast = build_cast()
        case = walked(cast, "handling")
    ready = threading.Barrier(2)
    outcomes: list[str] = []

    def answer(who: str) -> None:
        try:
            with transaction.atomic():
                actor = cast.actor(who)
                mine = visible(actor).select_related("handler", "category", "organization").get(pk=case.pk)
                ready.wait(timeout=20)
                actions.answer_case(actor=actor, case=mine, text=f"{who}办妥", now=NOW + timedelta(days=1))
            outcomes.append("done")
        except rules.ChangedMeanwhile:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(who,)) for who in ("clerk", "handler")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["done", "told"]
    with transaction.atomic():
        cast.actor("clerk")
        found = Case.objects.get(pk=case.pk)
        assert found.events.filter(move="answer").count() == 1
        assert list(
            Duty.objects.filter(subject_key=case.key, state="open").values_list("kind", flat=True)
        ) == ["cases.confirm"]
