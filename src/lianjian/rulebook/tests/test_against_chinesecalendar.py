"""The house's calendar and the deadlines made of it, against an independent table of the State Council's notices."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
from hypothesis import given
from hypothesis import strategies as st

from lianjian.foundation.calendar import DayFact, WorkCalendar

SHIPPED = WorkCalendar()
YEARS = range(2022, 2027)


def loaded(year: int) -> WorkCalendar:
    """The house's calendar with a year loaded as an administrator would: days that differ from Monday to Friday."""
    facts = []
    day = date(year, 1, 1)
    while day.year == year:
        working = chinese_calendar.is_workday(day)
        if working != (day.weekday() < 5):
            facts.append(DayFact(day, working, "通知"))
        day += timedelta(days=1)
    return SHIPPED.with_facts(facts, [year])


def test_every_shipped_day_is_that_of_the_notice() -> None:
    for year in (2024, 2025, 2026):
        day = date(year, 1, 1)
        while day.year == year:
            assert SHIPPED.is_working(day) == chinese_calendar.is_workday(day), day
            day += timedelta(days=1)


def test_a_loaded_year_is_that_of_the_notice() -> None:
    for year in YEARS:
        calendar, day = loaded(year), date(year, 1, 1)
        while day.year == year:
            assert calendar.is_working(day) == chinese_calendar.is_workday(day), day
            day += timedelta(days=1)


@given(
    st.dates(date(2024, 1, 1), date(2026, 10, 15)),
    st.integers(1, 30),
)
def test_working_days_are_counted_as_by_hand(start: date, count: int) -> None:
    day, left = start, count
    while left:
        day += timedelta(days=1)
        left -= chinese_calendar.is_workday(day)
    assert SHIPPED.add_working_days(start, count).due == day
