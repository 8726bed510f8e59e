"""Two people confirm at the same moment on real transactions: the pairs stand once."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import IntegrityError, OperationalError, connection, transaction

from lianjian.alliances import actions
from lianjian.alliances.models import PairAction, Pairing, PairRecord, PairReport, PairTask, Proposal
from lianjian.alliances.rules import pairing as rules
from lianjian.duties.models import Duty
from lianjian.foundation.verbs import constraint_name
from tests.cast import NOW, SINCE, TODAY, Cast, build_cast

from . import towns


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


def test_both_sides_report_at_once_and_two_jobs_count(committed_db: str) -> None:
    """The sides of two towns at the same moment, then two counting jobs, then two that follow: nothing twice."""
    with transaction.atomic():
        cast = build_cast()
        pair = towns.programme(cast)
        towns.enrol(cast, pair, cast.other_firm, cast.village)
        made = towns.confirm(cast, pair)
    ready = threading.Barrier(2)

    def twice(act: Callable[[int], object]) -> None:
        def together(number: int) -> None:
            ready.wait(timeout=20)
            act(number)

        assert _at_once(together) == ["done", "done"]

    def follow(town: object) -> None:
        twice(lambda _number: towns.follow(cast, made, town))

    follow(cast.other_town)  # both make the tasks and open the duties: once
    twice(lambda number: towns.report(cast, made, who=("other_clerk", "clerk")[number]))
    twice(lambda number: towns.report(cast, made, "help"))
    counted: list[int] = []
    twice(lambda _number: counted.append(towns.take(cast, made)))
    assert sorted(counted) == [0, 4]
    follow(cast.town)
    follow(cast.other_town)
    with transaction.atomic():
        cast.actor("county_clerk")
        assert PairReport.objects.count() == PairRecord.objects.count() == 4
        assert PairTask.objects.count() == 12
        assert PairAction.objects.get(code="agreement").done_on == TODAY
        for body in (cast.other_firm, cast.village):
            rows = Duty.objects.filter(organization=body, state="open")
            assert rows.count() == 5 and rows.values("subject_key").distinct().count() == 5


def test_an_end_and_a_count_at_once(committed_db: str) -> None:
    """Whichever comes first, the report is counted once or stays what it is, and no duty is left."""
    with transaction.atomic():
        cast = build_cast()
        held = towns.programme(cast)
        towns.enrol(cast, held, cast.other_firm, cast.village)
        made = towns.confirm(cast, held)
        towns.follow(cast, made, cast.other_town)
        towns.report(cast, made, on=TODAY)
    ready = threading.Barrier(2)

    def act(number: int) -> None:
        actor = cast.actor("county_clerk")
        pair = Pairing.objects.get(pk=made.pk)
        ready.wait(timeout=20)
        if number:
            actions.end_pairing(actor=actor, pairing=pair, until=TODAY, reason="搬走", now=NOW)
        else:
            towns.take(cast, pair)

    assert _at_once(act) == ["done", "done"]
    with transaction.atomic():
        towns.follow(cast, made, cast.other_town)
        cast.actor("county_clerk")
        assert Pairing.objects.get().until == TODAY
        counted = PairRecord.objects.count()
        assert counted in (0, 1) and PairReport.objects.filter(record__isnull=True).count() == 1 - counted
        towns.take(cast, made)  # nor is it counted later
        cast.actor("county_clerk")
        assert PairRecord.objects.count() == counted
        assert not Duty.objects.filter(organization=cast.other_firm, state="open").exists()
