"""The receiver of another town accepts while the sender withdraws, on real transactions: one wins, one is told."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from lianjian.directory import actions as directory
from lianjian.partylife import actions, queries
from lianjian.partylife.models import BranchMembership, Transfer
from lianjian.partylife.rules import moves
from tests.cast import NOW, TODAY, build_cast

from .test_members import member


@pytest.mark.parametrize("acts", [("accept", "withdraw"), ("accept", "accept"), ("accept", "refuse")])
def test_one_of_two_wins(committed_db: str, acts: tuple[str, str]) -> None:
    with transaction.atomic():
        cast = build_cast()
        there = directory.register_organization(
            actor=cast.system(cast.other_town), name="石桥村党支部", classification="party", parent=cast.other_root,
            now=NOW,
        )  # fmt: skip
        one = member(cast)
        row = actions.open_transfer(
            actor=cast.actor("clerk"), member=one, to_branch=there, reason="work", opened_on=TODAY, now=NOW
        )
    ready = threading.Barrier(2)
    outcomes: list[str] = []

    def act(word: str) -> None:
        verbs: dict[str, Callable[..., object]] = {
            "accept": lambda **who: actions.accept_transfer(day=TODAY, **who),
            "refuse": lambda **who: actions.refuse_transfer(day=TODAY, reason="因", **who),
            "withdraw": lambda **who: actions.withdraw_transfer(reason="因", **who),
        }
        try:
            with transaction.atomic():
                actor = cast.actor("clerk" if word == "withdraw" else "other_clerk")
                held = queries.transfers_of(actor).get(pk=row.pk)
                ready.wait(timeout=20)
                verbs[word](actor=actor, transfer=held, now=NOW)
            outcomes.append("done")
        except moves.TransferClosed:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(word,)) for word in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["done", "told"]
    with transaction.atomic():
        cast.actor("county_clerk")
        state = Transfer.objects.get(pk=row.pk).state
        homes = list(
            BranchMembership.objects.filter(member=one, role="home", until=None).values_list("branch_id", flat=True)
        )
        assert homes == [there.pk if state == "accepted" else cast.branch.pk]
