"""Two people change the tree at the same moment on real transactions: it stays a tree, and every path is true."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from lianjian.directory import actions
from lianjian.directory.actions.organizations import AlreadyEnded, AlreadyMerged, InsideItself
from lianjian.directory.models import Organization
from lianjian.directory.queries.trees import paths_differ
from lianjian.foundation.errors import Refused
from tests.cast import NOW, SINCE, TODAY, Cast, build_cast

Act = Callable[[Any, dict[str, Organization]], None]


def _at_once(cast: Cast, names: tuple[str, ...], first: Act, second: Act) -> list[str]:
    """Both load what they act on, then both act. What became of each: done, or the name of the refusal."""
    loaded = threading.Barrier(2)
    outcomes: list[str] = []

    def run(act: Act) -> None:
        try:
            with transaction.atomic():
                actor = cast.actor("clerk")
                rows = {name: Organization.objects.get(pk=getattr(cast, name).pk) for name in names}
                loaded.wait(timeout=20)
                act(actor, rows)
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append(type(refusal).__name__)
        except Exception as error:  # told to the test: a thread has nobody else
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(outcomes)


def _move(what: str, below: str) -> Act:
    def act(actor: Any, rows: dict[str, Organization]) -> None:
        actions.move_organization(
            actor=actor, organization=rows[what], parent=rows[below], since=TODAY, now=NOW
        )

    return act


def _register(below: str) -> Act:
    def act(actor: Any, rows: dict[str, Organization]) -> None:
        actions.register_organization(
            actor=actor, name="新设小组", classification="party", parent=rows[below], since=SINCE, now=NOW
        )

    return act


def _dissolve(what: str) -> Act:
    def act(actor: Any, rows: dict[str, Organization]) -> None:
        actions.dissolve_organization(actor=actor, organization=rows[what], on=TODAY, now=NOW)

    return act


@pytest.fixture
def town(committed_db: str) -> Cast:
    with transaction.atomic():
        return build_cast()


def _differing(cast: Cast) -> list[Any]:
    with transaction.atomic():
        cast.actor("clerk")
        return list(paths_differ())


@pytest.mark.parametrize("_again", range(3))
def test_two_bodies_are_not_put_below_each_other(town: Cast, _again: int) -> None:
    outcomes = _at_once(town, ("office", "housing"), _move("office", "housing"), _move("housing", "office"))
    assert outcomes == [InsideItself.__name__, "done"]
    assert _differing(town) == []


@pytest.mark.parametrize("_again", range(3))
def test_a_body_moves_while_the_one_above_it_moves(town: Cast, _again: int) -> None:
    with transaction.atomic():
        _move("firm", "station")(town.actor("clerk"), {"firm": town.firm, "station": town.station})
    outcomes = _at_once(
        town, ("station", "housing", "firm", "branch"), _move("station", "housing"), _move("branch", "firm")
    )
    assert outcomes == ["done", "done"]
    assert _differing(town) == []


@pytest.mark.parametrize("_again", range(3))
def test_a_body_is_registered_while_the_one_above_it_moves(town: Cast, _again: int) -> None:
    outcomes = _at_once(town, ("office", "housing"), _move("office", "housing"), _register("office"))
    assert outcomes == ["done", "done"]
    assert _differing(town) == []


@pytest.mark.parametrize("_again", range(3))
def test_nothing_is_registered_below_what_ends_at_that_moment(town: Cast, _again: int) -> None:
    outcomes = _at_once(town, ("office",), _dissolve("office"), _register("office"))
    assert outcomes in (["HasUnits", "done"], [AlreadyEnded.__name__, "done"])


def _merge(winner: str, loser: str) -> Act:
    def act(actor: Any, rows: dict[str, Organization]) -> None:
        actions.merge_organizations(actor=actor, winner=rows[winner], loser=rows[loser], now=NOW)

    return act


@pytest.mark.parametrize("_again", range(3))
def test_what_is_registered_below_a_record_being_merged_comes_along(town: Cast, _again: int) -> None:
    outcomes = _at_once(town, ("firm", "second_firm"), _merge("firm", "second_firm"), _register("second_firm"))
    assert outcomes in (["done", "done"], [AlreadyMerged.__name__, "done"])
    assert _differing(town) == []
    with transaction.atomic():
        town.actor("clerk")
        assert not Organization.objects.filter(parent=town.second_firm).exists()
