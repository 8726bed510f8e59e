"""Two reviewers act at the same moment on real transactions: exactly one review counts, the other is told."""

from __future__ import annotations

import threading

from django.db import connection, transaction

from lianjian.notices import actions, rules
from lianjian.notices.models import Document, Review
from lianjian.notices.tests.walk import approve, draft, submit, with_reviewers
from tests.cast import NOW, build_cast


def race(verbs: dict[str, object]) -> list[str]:
    """What became of each; all start at the same moment."""
    ready = threading.Barrier(len(verbs))
    outcomes: list[str] = []

    def run(act: object) -> None:
        try:
            with transaction.atomic():
                ready.wait(timeout=20)
                act()  # type: ignore[operator]
            outcomes.append("done")
        except (rules.NotYourTurn, rules.ChangedSinceSeen, rules.NotOpen) as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in verbs.values()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(outcomes)


def test_one_review_counts_and_a_change_is_not_overrun(committed_db: str) -> None:
    with transaction.atomic():
        cast = with_reviewers(build_cast())
        document = approve(cast, approve(cast, submit(cast, draft(cast)), "clerk"), "editor")
        seen = actions.seen_mark(document)

    def final(who: str) -> object:
        def act() -> None:
            actor = cast.actor(who)
            held = Document.objects.select_related("issuer").get(pk=document.pk)
            actions.approve_document(actor=actor, document=held, seen=seen, now=NOW)

        return act

    leaders = ("leader", "chief", "second_chief")
    assert race({who: final(who) for who in leaders}) == ["done", "not_your_turn", "not_your_turn"]
    with transaction.atomic():
        cast.actor("clerk")
        assert Review.objects.filter(document=document, stage="final").count() == 1
        assert document.publications.count() == 1
        document = Document.objects.select_related("issuer").get(pk=document.pk)
        document = actions.change_document(actor=cast.actor("handler"), document=document, now=NOW, text="新的")
        document = approve(cast, approve(cast, submit(cast, document), "clerk"), "editor")
        seen = actions.seen_mark(document)

    def change() -> None:
        actor = cast.actor("handler")
        held = Document.objects.select_related("issuer").get(pk=document.pk)
        actions.change_document(actor=actor, document=held, now=NOW, text="再改")

    outcomes = race({"leader": final("leader"), "handler": change})
    with transaction.atomic():
        cast.actor("clerk")
        held = Document.objects.get(pk=document.pk)
        out = list(held.publications.order_by("version").values_list("text", flat=True))
        # Whoever was first: words that nobody reviewed are never out.
        if outcomes == ["done", "done"]:
            assert out[1:] == ["新的"] and (held.version, held.text) == (3, "再改")
        else:
            assert outcomes == ["done", "not_your_turn"] and len(out) == 1 and held.text == "再改"
