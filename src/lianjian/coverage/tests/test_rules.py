"""Who holds from which day: small cases worked out by hand, and one property."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lianjian.coverage.rules import Held, balance, next_day, plan, quarter_start

A, B, C = 1, 2, 3
JAN, MAY, SEP = date(2024, 1, 1), date(2024, 5, 1), date(2024, 9, 1)


def test_a_new_one_ends_the_old_one_that_day() -> None:
    found = plan([Held(7, A, JAN)], [B], MAY, exclusive=True)
    assert (found.end, found.begin, found.hand_over) == ((7,), ((B, None),), ())


def test_the_same_one_changes_nothing() -> None:
    assert plan([Held(7, A, JAN)], [A], MAY, exclusive=True).nothing


def test_what_began_that_day_is_handed_over() -> None:
    assert plan([Held(7, A, MAY)], [B], MAY, exclusive=True).hand_over == ((7, B),)


def test_an_older_ledger_ends_where_the_known_begins() -> None:
    assert plan([Held(7, A, MAY)], [B], JAN, exclusive=True).begin == ((B, MAY),)
    assert plan([Held(7, A, MAY)], [B], JAN, exclusive=False).begin == ((B, None),)
    assert plan([Held(7, A, MAY)], [A], JAN, exclusive=False).begin == ((A, MAY),)


def test_one_too_many_that_began_that_day_holds_one_day() -> None:
    assert plan([Held(7, A, MAY), Held(8, B, MAY)], [A], MAY, exclusive=False).cut == (8,)


def test_quarters_and_balance() -> None:
    assert [quarter_start(day) for day in (date(2024, 3, 31), date(2024, 4, 1), date(2024, 12, 5))] == [
        JAN,
        date(2024, 4, 1),
        date(2024, 10, 1),
    ]
    assert [balance(n) for n in (19, 20, 30, 40, 41)] == ["under", "even", "even", "even", "over"]


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 300)), max_size=8))
def test_after_any_moves_one_station_covers_each_day(moves: list[tuple[int, int]]) -> None:
    rows: list[Held] = []
    for station, offset in moves:
        day = JAN + timedelta(days=offset)
        found = plan(rows, [station], day, exclusive=True)
        turned = dict(found.hand_over)
        rows = [
            Held(
                row.id,
                turned.get(row.id, row.holder),
                row.since,
                day if row.id in found.end else next_day(day) if row.id in found.cut else row.until,
            )
            for row in rows
        ]
        rows += [Held(len(rows) + n + 1, holder, day, until) for n, (holder, until) in enumerate(found.begin)]
        assert [row.holder for row in rows if row.on(day)] == [station]
    for offset in range(301):
        assert sum(row.on(JAN + timedelta(days=offset)) for row in rows) <= 1
