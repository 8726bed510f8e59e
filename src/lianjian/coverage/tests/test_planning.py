"""Proposals against every possibility on small cases, and against the bound of a flow on larger ones."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.coverage.rules import (
    Cover,
    Firm,
    Holder,
    NoHolders,
    Place,
    metres,
    place_of,
    propose,
    seats_of,
)

AREAS = ("a", "b", "c")


@st.composite
def cases(draw: st.DrawFn, firms: int, holders: int) -> tuple[list[Firm], list[Holder]]:
    """Firms in three areas with who covers them now, holders with caps and areas to travel in."""
    helpers = [
        Holder(
            f"h{n}",
            draw(st.one_of(st.none(), st.integers(0, 4))),
            tuple(Place(frozenset(area), area) for area in draw(st.sets(st.sampled_from(AREAS), max_size=2))),
            draw(st.one_of(st.none(), st.tuples(st.floats(30, 30.2), st.floats(110, 110.2)))),
            draw(st.integers(0, 1)),
        )
        for n in range(draw(st.integers(1, holders)))
    ]
    keys = [helper.key for helper in helpers] + ["gone"]
    asked = [
        Firm(
            f"f{n}",
            frozenset(draw(st.sampled_from(AREAS))),
            point=draw(st.one_of(st.none(), st.tuples(st.floats(30, 30.2), st.floats(110, 110.2)))),
            held=tuple(draw(st.lists(st.sampled_from(keys), max_size=1))),
        )
        for n in range(draw(st.integers(0, firms)))
    ]
    return asked, helpers


def _every_way(firms: list[Firm], holders: list[Holder]) -> tuple[int, int]:
    """The most firms that can be covered and, among these ways, the most that keep their holder: all ways tried."""
    best = (0, 0)
    choices = [[None, *(h for h in holders if place_of(firm, h) is not None)] for firm in firms]
    for way in product(*choices):
        taken = [h.key for h in way if h is not None]
        if any(taken.count(h.key) > seats_of(h, len(firms)) for h in holders):
            continue
        kept = sum(h is not None and h.key in firm.held for firm, h in zip(firms, way, strict=True))
        best = max(best, (len(taken), kept))
    return best


def _largest_matching(firms: list[Firm], holders: list[Holder]) -> int:
    """How many firms a flow covers at most: augmenting ways, written for this test alone."""
    seats = [h for h in holders for _seat in range(seats_of(h, len(firms)))]
    owner: dict[int, int] = {}

    def find(firm: int, seen: set[int]) -> bool:
        for seat, holder in enumerate(seats):
            if seat in seen or place_of(firms[firm], holder) is None:
                continue
            seen.add(seat)
            if seat not in owner or find(owner[seat], seen):
                owner[seat] = firm
                return True
        return False

    return sum(find(number, set()) for number in range(len(firms)))


def _check(firms: list[Firm], holders: list[Holder], found: Cover) -> None:
    known, by_key = {h.key: h for h in holders}, {f.key: f for f in firms}
    assert [line.firm for line in found.lines] == sorted(by_key)
    for line in found.lines:
        if line.holder is not None:
            assert place_of(by_key[line.firm], known[line.holder]) is not None
    for holder in holders:
        loads = {line.load for line in found.lines if line.holder == holder.key}
        mine = sum(line.holder == holder.key for line in found.lines)
        assert mine <= seats_of(holder, len(firms))
        assert loads <= {mine + holder.elsewhere}


@settings(max_examples=150, deadline=None)
@given(cases(5, 3))
def test_as_many_as_possible_then_as_few_changes_as_possible(case: tuple[list[Firm], list[Holder]]) -> None:
    firms, holders = case
    found = propose(firms, holders)
    _check(firms, holders, found)
    covered, kept = _every_way(firms, holders)
    assert sum(line.holder is not None for line in found.lines) == covered
    assert sum(line.way == "kept" for line in found.lines) == kept


@settings(max_examples=80, deadline=None)
@given(cases(30, 8))
def test_the_shortage_is_what_a_flow_leaves_over(case: tuple[list[Firm], list[Holder]]) -> None:
    firms, holders = case
    found = propose(firms, holders)
    _check(firms, holders, found)
    assert found.lacking == len(firms) - _largest_matching(firms, holders)
    known = {h.key: h for h in holders}
    named = [key for one in found.shortages for key in one.firms]
    assert len(named) == len(set(named))
    for one in found.shortages:
        # Hall's condition, counted anew: only these holders may go to these firms, and their places do not suffice.
        reach = {h.key for h in holders for f in firms if f.key in one.firms and place_of(f, h) is not None}
        assert reach == set(one.holders)
        assert one.seats == sum(seats_of(known[key], len(firms)) for key in one.holders)
        assert one.lacking == len(one.firms) - one.seats > 0


@settings(max_examples=30, deadline=None)
@given(cases(12, 5), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(case: tuple[list[Firm], list[Holder]], chance) -> None:  # type: ignore[no-untyped-def]
    firms, holders = case
    first = propose(firms, holders)
    chance.shuffle(firms)
    chance.shuffle(holders)
    assert propose(firms, holders) == first


def test_one_who_leaves_hands_over_only_his_own_firms() -> None:
    """Three stay with free places: what the fourth had is shared, all else stays, also where another would be nearer."""
    firms = [Firm(f"f{n:02d}", frozenset("a"), point=(30, 110 + n / 100), held=(f"h{n % 4}",)) for n in range(20)]
    holders = [Holder(f"h{n}", 8, point=(30, 110 + n / 20)) for n in range(4)]
    found = propose(firms, holders[:3])
    changed = {line.firm for line in found.lines if line.way != "kept"}
    assert changed == {firm.key for firm in firms if firm.held == ("h3",)}
    assert not found.shortages


def test_room_is_made_only_where_a_firm_would_stay_without() -> None:
    """Only h1 may go to b, and h1 is full with a firm of a, to which h2 may go as well."""
    firms = [Firm("f1", frozenset("a"), held=("h1",)), Firm("f2", frozenset("b"), held=("gone",)), Firm("f3", frozenset("a"), held=("h2",))]
    holders = [Holder("h1", 1), Holder("h2", 2, (Place(frozenset("a"), "甲片"),))]
    found = {line.firm: (line.holder, line.way) for line in propose(firms, holders).lines}
    assert found == {"f1": ("h2", "room"), "f2": ("h1", "moved"), "f3": ("h2", "kept")}


def test_the_shortage_names_the_part_that_lacks() -> None:
    firms = [Firm(f"a{n}", frozenset("a")) for n in range(5)] + [Firm(f"b{n}", frozenset("b")) for n in range(2)] + [Firm("c0", frozenset("c"))]
    holders = [Holder("h1", 3, (Place(frozenset("a"), "甲片"),)), Holder("h2", 9, (Place(frozenset("b"), "乙片"),))]
    found = propose(firms, holders)
    assert [(len(one.firms), one.seats, one.lacking, one.holders) for one in found.shortages] == [
        (5, 3, 2, ["h1"]),
        (1, 0, 1, ()),
    ]
    with pytest.raises(NoHolders):
        propose(firms, [])


def test_the_nearest_of_ones_own_area_goes_first() -> None:
    firm = Firm("f", frozenset("a"), point=(30.0, 110.0))
    own = Holder("own", 1, (Place(frozenset("a"), "甲片"),), (30.1, 110.0))
    near = Holder("near", 1, (), (30.0, 110.001))
    assert propose([firm], [own, near]).lines[0].holder == "own"
    line = propose([firm], [near, Holder("far", 1, (), (30.15, 110.0))]).lines[0]
    assert (line.holder, line.distance, line.load) == ("near", 96, 1)
    assert metres((30.0, 110.0), None) is None
