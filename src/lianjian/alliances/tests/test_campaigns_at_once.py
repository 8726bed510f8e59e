"""Many bodies join at the same moment on real transactions: every place in the order is handed out once."""

from __future__ import annotations

import threading

from django.db import connection, transaction

from lianjian.alliances import actions
from lianjian.alliances.models import Participant, Rectification
from lianjian.alliances.rules import campaigns as rules
from lianjian.files.actions import attach
from lianjian.foundation.errors import Refused
from tests.cast import NOW, SINCE, TODAY, Cast, build_cast


def _run(*acts: object) -> list[str]:
    """Each in its own thread and transaction, all released together; what each was told."""
    ready, told = threading.Barrier(len(acts)), []

    def run(act: object) -> None:
        try:
            with transaction.atomic():
                ready.wait(timeout=30)
                act()  # type: ignore[operator]
            told.append("done")
        except Refused as refused:
            told.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(told)


def _campaign(cast: Cast) -> object:
    return actions.open_campaign(
        actor=cast.actor("clerk"), organization=cast.town_root, name="两整", kind="整治整改", since=SINCE, now=NOW
    )


def test_places_in_the_order_are_handed_out_once(committed_db: str) -> None:
    with transaction.atomic():
        cast = build_cast()
        held = _campaign(cast)
    bodies = [cast.firm, cast.second_firm, cast.village, cast.branch, cast.station]

    def join(body: object) -> object:
        return lambda: actions.invite_to_campaign(
            actor=cast.actor("clerk"), campaign=held, organizations=[body], status="joined", on=TODAY, now=NOW  # type: ignore[arg-type, list-item]
        )

    told = _run(*map(join, bodies), join(cast.firm))
    assert told == ["AlreadyTakesPart", *["done"] * 5]
    with transaction.atomic():
        cast.actor("clerk")
        assert sorted(Participant.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_an_item_is_submitted_once(committed_db: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    with transaction.atomic():
        cast = build_cast()
        held = _campaign(cast)
        clerk = cast.actor("clerk")
        [part] = actions.invite_to_campaign(
            actor=clerk, campaign=held, organizations=[cast.firm], status="joined", on=TODAY, now=NOW  # type: ignore[arg-type]
        )
        one = actions.open_rectification(
            actor=clerk, participant=part, issue="废气", measure="收集", found_on=TODAY, due_on=TODAY, now=NOW
        )
        attach(actor=clerk, record=one, upload=SimpleUploadedFile("a.pdf", b"%PDF-1.7"), now=NOW)

    def submit(who: str) -> object:
        return lambda: actions.submit_rectification(actor=cast.actor(who), item=one, words=who, now=NOW)

    assert _run(submit("contact"), submit("clerk")) == ["NotOpen", "done"]
    with transaction.atomic():
        cast.actor("clerk")
        held_item = Rectification.objects.get()
        assert (held_item.state, held_item.steps.count()) == (rules.SUBMITTED, 1)
