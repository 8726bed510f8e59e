"""The pure part: properties that hold for every start and length."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lianjian.foundation.calendar import CHINA, WorkCalendar, day_end, local_day
from lianjian.rulebook.rules import (
    MAX_DEADLINE,
    MIN_INTERVAL,
    Pause,
    Term,
    reckon,
    stricter,
    surely_not_looser,
)

CALENDAR = WorkCalendar()
days = st.dates(date(2024, 1, 2), date(2026, 10, 31))
working = st.integers(1, 60)
terms = st.one_of(
    st.builds(Term, working, st.sampled_from(["wd", "d", "h"])),
    st.builds(Term, st.integers(1, 12), st.just("m")),
)


@given(days, working)
def test_the_due_day_is_the_nth_working_day_after_the_start(start: date, n: int) -> None:
    found = reckon(CALENDAR, start, Term(n, "wd"))
    due = found.reckoning.due
    assert CALENDAR.is_working(due)
    assert CALENDAR.working_days_between(start, due) == n
    assert found.due_at == day_end(due) - timedelta(seconds=1)


@given(days, st.integers(1, 400))
def test_a_deadline_in_days_never_ends_on_a_rest_day_nor_early(start: date, n: int) -> None:
    due = reckon(CALENDAR, start, Term(n, "d")).reckoning.due
    assert CALENDAR.is_working(due) and due >= start + timedelta(days=n)
    assert reckon(CALENDAR, start, Term(n, "d"), kind=MIN_INTERVAL).reckoning.due == start + timedelta(days=n)


@given(days, terms, st.integers(0, 20), st.integers(0, 10))
def test_a_pause_never_brings_the_end_nearer(start: date, term: Term, after: int, length: int) -> None:
    first = start + timedelta(days=after)
    pause = Pause(first, first + timedelta(days=length), "补正材料")
    plain, paused = reckon(CALENDAR, start, term), reckon(CALENDAR, start, term, pauses=[pause])
    assert paused.due_at >= plain.due_at
    if first > local_day(plain.due_at):
        assert paused.due_at == plain.due_at
    if term.unit == "wd":
        counted = set(paused.reckoning.counted)
        assert not counted & set(pause.days()) and len(counted) == term.amount


@given(days, terms, terms)
def test_the_stricter_of_two_binds_whatever_their_order(start: date, a: Term, b: Term) -> None:
    for kind, pick in ((MAX_DEADLINE, min), (MIN_INTERVAL, max)):
        first, second = reckon(CALENDAR, start, a, kind=kind), reckon(CALENDAR, start, b, kind=kind)
        assert (
            stricter(first, second).due_at
            == stricter(second, first).due_at
            == pick(first.due_at, second.due_at)
        )


@given(days, st.integers(1, 60), st.integers(0, 60))
def test_what_is_accepted_in_one_unit_is_never_looser(start: date, n: int, less: int) -> None:
    national, local = Term(n, "d"), Term(max(1, n - less), "d")
    assert surely_not_looser(national, local, MAX_DEADLINE)
    assert reckon(CALENDAR, start, local).due_at <= reckon(CALENDAR, start, national).due_at


@given(st.datetimes(datetime(2025, 1, 1), datetime(2026, 6, 1)), st.integers(1, 200))
def test_hours_are_hours(moment: datetime, n: int) -> None:
    start = moment.replace(tzinfo=CHINA)
    assert reckon(CALENDAR, start, Term(n, "h")).due_at - start == timedelta(hours=n)
