"""Two people confirm at the same moment on real transactions: the pairs stand once."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import IntegrityError, OperationalError, connection, transaction

from lianjian.alliances import actions
from lianjian.alliances.models import Pairing, Proposal
from lianjian.alliances.rules import pairing as rules
from lianjian.duties.models import Duty
from lianjian.foundation.verbs import constraint_name
from tests.cast import NOW, SINCE, TODAY, Cast, build_cast


def _proposed() -> tuple[Cast, Proposal]:
    with transaction.atomic():
        cast = build_cast()
        clerk = cast.actor("clerk")
        held = actions.open_programme(
            actor=clerk, organization=cast.town_root, name="企村共建", kind="企村共建", shape="one_to_one", since=SINCE, now=NOW
        )
        for side, bodies in (("giver", [cast.firm, cast.second_firm]), ("receiver", [cast.village])):
            actions.enrol(actor=clerk, programme=held, organizations=bodies, side=side, now=NOW)
        return cast, actions.propose(actor=clerk, programme=held, now=NOW)


def _at_once(act: Callable[[int], None]) -> list[str]:
    """Two threads do it; what each was told."""
    outcomes: list[str] = []

    def run(number: int) -> None:
        try:
            with transaction.atomic():
                act(number)
            outcomes.append("done")
        except rules.NotDraft:
            outcomes.append("told")
        except IntegrityError as error:
            outcomes.append(constraint_name(error))
        except OperationalError:  # each waits to see whether the other's row stays: one of them is stopped
            outcomes.append("one_giver_for_a_receiver")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(outcomes)


def test_one_confirmation_of_two(committed_db: str) -> None:
    cast, proposal = _proposed()
    ready = threading.Barrier(2)

    def confirm(number: int) -> None:
        actor = cast.actor("clerk")
        held = Proposal.objects.select_related("programme").get(pk=proposal.pk)
        ready.wait(timeout=20)
        actions.confirm_proposal(actor=actor, proposal=held, since=TODAY, now=NOW)

    assert _at_once(confirm) == ["done", "told"]
    with transaction.atomic():
        cast.actor("clerk")
        assert Pairing.objects.count() == 1
        assert Duty.objects.filter(kind="alliances.pair_receiver", state="open").count() == 6


def test_the_database_lets_no_village_stand_in_two_pairs(committed_db: str) -> None:
    """Past every verb and lock."""
    cast, proposal = _proposed()
    ready = threading.Barrier(2)

    def write(number: int) -> None:
        cast.actor("clerk")
        giver = (cast.firm, cast.second_firm)[number]
        ready.wait(timeout=20)
        Pairing.objects.create(
            jurisdiction=cast.town, programme=proposal.programme, giver=giver, receiver=cast.village, exclusive=True, since=TODAY
        )

    assert _at_once(write) == ["done", "one_giver_for_a_receiver"]
    with transaction.atomic():
        cast.actor("clerk")
        assert Pairing.objects.count() == 1
