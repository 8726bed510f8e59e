from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.foundation.calendar import (
    CHINA,
    DayFact,
    PeriodOutOfRange,
    WorkCalendar,
    add_hours,
    local_day,
    plus_months,
)
from lianjian.foundation.data import holidays
from lianjian.foundation.dates import Period
from lianjian.foundation.errors import Refused

WORK = WorkCalendar()
loaded_days = st.dates(date(2024, 1, 1), date(2026, 10, 31))
days = st.dates(date(1900, 1, 1), date(2089, 12, 31))


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2026, 2, 12), 5, date(2026, 2, 26)),
        (date(2026, 9, 18), 7, date(2026, 9, 29)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 4, 30), 1, date(2026, 5, 6)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2025, 9, 26), 2, date(2025, 9, 29)),
        (date(2024, 2, 9), 1, date(2024, 2, 18)),
    ],
)
def test_working_days(start, n, due):
    reckoning = WORK.add_working_days(start, n)
    assert reckoning.due == due
    assert reckoning.counted[-1] == due and len(reckoning.counted) == n
    assert not reckoning.provisional
    assert WORK.working_days_between(start, due) == n


def test_the_data_agree_with_themselves():
    assert WORK.working_days_between(date(2025, 12, 31), date(2026, 12, 31)) == 248
    for year, made_up in holidays.MAKE_UP_DAYS.items():
        resting = {fact.day for fact in WORK.facts.values() if not fact.working and fact.day.year == year}
        for day in made_up:
            assert day.year == year and day.weekday() >= 5 and day not in resting
    assert WORK.is_working(date(2026, 2, 28)) and not WORK.is_working(date(2025, 10, 8))
    assert not WORK.is_working(date(2024, 9, 17)) and WORK.is_working(date(2024, 9, 18))


def test_each_skipped_day_has_its_reason():
    reckoning = WORK.add_working_days(date(2026, 9, 30), 3)
    assert reckoning.first_counted == date(2026, 10, 8)
    assert [skip.reason for skip in reckoning.skipped] == ["国庆节"] * 7
    over_weekend = WORK.add_working_days(date(2026, 3, 6), 1)
    assert [skip.reason for skip in over_weekend.skipped] == ["周末", "周末"]
    assert over_weekend.steps() == (
        (date(2026, 3, 7), None, "周末"),
        (date(2026, 3, 8), None, "周末"),
        (date(2026, 3, 9), 1, ""),
    )
    assert over_weekend.as_dict()["skipped"] == [["2026-03-07", "周末"], ["2026-03-08", "周末"]]
    assert over_weekend.ends_at == datetime(2026, 3, 10, tzinfo=CHINA)


def test_calendar_days_roll_over_rest_days():
    plain = WORK.add_calendar_days(date(2026, 9, 1), 30, roll=False)
    rolled = WORK.add_calendar_days(date(2026, 9, 1), 30)
    assert (plain.due, rolled.due) == (date(2026, 10, 1), date(2026, 10, 8))
    assert len(rolled.skipped) == 7 and rolled.first_counted == date(2026, 9, 2)
    # A make-up Saturday is no rest day.
    assert WORK.add_calendar_days(date(2026, 2, 13), 1).due == date(2026, 2, 14)


def test_months_end_on_the_same_number_or_the_last_day():
    assert WORK.add_months(date(2025, 1, 31), 1).due == date(2025, 2, 28)
    assert WORK.add_months(date(2024, 1, 31), 1).due == date(2024, 2, 29)
    assert WORK.add_months(date(2024, 12, 15), 2).due == date(2025, 2, 15)
    assert WORK.add_months(date(2026, 9, 3), 1, roll=True).due == date(2026, 10, 8)
    assert plus_months(date(2024, 3, 31), -1) == date(2024, 2, 29)


def test_a_year_not_loaded_is_provisional():
    reckoning = WORK.add_working_days(date(2026, 12, 30), 3)
    assert reckoning.provisional and reckoning.years_missing == (2027,)
    assert reckoning.due == date(2027, 1, 5)
    assert [skip.reason for skip in reckoning.skipped] == ["元旦", "周末", "周末"]
    assert not WORK.is_working(date(2030, 10, 2)) and not WORK.is_working(date(2030, 5, 2))
    assert WORK.is_working(date(2023, 5, 2))
    assert not WORK.add_calendar_days(date(2026, 12, 1), 60, roll=False).provisional
    assert WORK.add_calendar_days(date(2026, 12, 1), 60).years_missing == (2027,)
    assert not WORK.add_working_days(date(2026, 12, 25), 1).provisional
    assert not WORK.add_working_days(date(2023, 12, 31), 1).provisional


def test_a_table_can_add_days_and_years():
    local = DayFact(date(2026, 3, 30), False, "三月三")
    more = WORK.with_facts([local])
    assert WORK.is_working(local.day) and more.rest_reason(local.day) == "三月三"
    undone = more.with_facts([DayFact(local.day, True, "")])
    assert undone.is_working(local.day)
    loaded = WORK.with_facts([DayFact(date(2027, 1, 4), False, "元旦")], years=[2027])
    reckoning = loaded.add_working_days(date(2026, 12, 30), 3)
    assert not reckoning.provisional and reckoning.due == date(2027, 1, 5)
    assert not WORK.with_facts([DayFact(date(2028, 4, 3), False, "三月三")]).years & {2028}


def test_hours_run_through_nights():
    friday = datetime(2026, 9, 30, 23, 30, tzinfo=CHINA)
    assert add_hours(friday, 2) == datetime(2026, 10, 1, 1, 30, tzinfo=CHINA)
    assert add_hours(datetime(2026, 9, 30, 15, 30, tzinfo=UTC), 2) == add_hours(friday, 2)
    assert add_hours(datetime(2026, 9, 30, 23, 30), 2) == add_hours(friday, 2)
    assert local_day(datetime(2026, 9, 30, 16, 0, tzinfo=UTC)) == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("period", "due"),
    [
        (Period(7, "wd"), date(2026, 9, 29)),
        (Period(15, "d"), date(2026, 10, 8)),
        (Period(1, "m"), date(2026, 10, 19)),
        (Period(24, "h"), date(2026, 9, 19)),
        (Period(0, "month_end"), date(2026, 9, 30)),
        (Period(0, "year_end"), date(2026, 12, 31)),
    ],
)
def test_periods_as_people_write_them(period, due):
    assert WORK.deadline(date(2026, 9, 18), period).due == due


@pytest.mark.parametrize("n", [-1, 4000, 10**12])
def test_senseless_lengths_are_refused(n):
    for add in (WORK.add_working_days, WORK.add_calendar_days, WORK.add_months):
        with pytest.raises(PeriodOutOfRange):
            add(date(2026, 1, 1), n)


@given(loaded_days, st.integers(0, 40))
@settings(max_examples=100)
def test_adding_and_counting_agree(start, n):
    reckoning = WORK.add_working_days(start, n)
    assert WORK.working_days_between(start, reckoning.due) == n
    assert WORK.working_days_between(reckoning.due, start) == -n
    assert n == 0 or WORK.is_working(reckoning.due)
    passed = {start + timedelta(days=i) for i in range(1, (reckoning.due - start).days + 1)}
    assert passed == set(reckoning.counted) | {skip.day for skip in reckoning.skipped}


@given(loaded_days, st.integers(0, 20), st.integers(0, 20))
@settings(max_examples=100)
def test_working_days_add_up(start, a, b):
    twice = WORK.add_working_days(WORK.add_working_days(start, a).due, b)
    assert twice.due == WORK.add_working_days(start, a + b).due


@given(days, st.integers(0, 400))
@settings(max_examples=100)
def test_calendar_days_never_end_early_or_on_a_rest_day(start, n):
    reckoning = WORK.add_calendar_days(start, n)
    assert reckoning.due >= start + timedelta(days=n)
    assert n == 0 or WORK.is_working(reckoning.due)
    assert reckoning.due - start - timedelta(days=n) <= timedelta(days=9)


@given(days, st.integers(0, 118))
@settings(max_examples=100)
def test_months_never_leave_their_month(start, n):
    due = WORK.add_months(start, n).due
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == n
    assert due.day <= start.day


@given(st.dates(), st.integers(-10, 10**5), st.sampled_from(["wd", "d", "m", "h", "month_end", "year_end"]))
@settings(max_examples=100)
def test_nothing_but_refusals(start, n, unit):
    try:
        WORK.deadline(start, Period(n, unit))
    except Refused as refusal:
        assert str(refusal)
