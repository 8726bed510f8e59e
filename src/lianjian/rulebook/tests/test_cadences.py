"""Calendar periods, reminders and lights; lengths of time over month ends and leap days; against independent counts."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianjian.foundation.calendar import WorkCalendar
from lianjian.rulebook import rules
from lianjian.rulebook.data.national import RULES
from lianjian.rulebook.rules import Cadence, Held, Number, Term, limits, reckon, span_of, state_of

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
LENGTH = {"month": 1, "quarter": 3, "half": 6, "year": 12}
PARAMS = {row.code: row.params for row in RULES}


def cadence(code: str) -> Cadence:
    return Cadence.of(PARAMS[code])


@given(day=DAYS, per=st.sampled_from(sorted(LENGTH)))
def test_periods_are_those_of_the_calendar(day: date, per: str) -> None:
    span = span_of(day, per)
    months = LENGTH[per]
    assert span.first <= day <= span.last and span.first.day == 1
    assert (span.first.month - 1) % months == 0
    assert span.last.month == span.first.month + months - 1
    assert span.last.day == calendar.monthrange(span.last.year, span.last.month)[1]
    assert span_of(span.last + timedelta(days=1), per).first == span.last + timedelta(days=1)


@given(first=DAYS, length=st.integers(0, 800), per=st.sampled_from(sorted(LENGTH)))
def test_periods_between_two_days_leave_no_gap(first: date, length: int, per: str) -> None:
    last = first + timedelta(days=length)
    spans = rules.spans_between(first, last, per)
    assert spans[0].holds(first) and spans[-1].holds(last)
    assert all(b.first - a.last == timedelta(days=1) for a, b in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    ("code", "today", "held", "light"),
    [
        ("life.general_meeting", date(2026, 2, 28), [], "open"),
        ("life.general_meeting", date(2026, 3, 1), [], "due"),  # day 60 of the quarter
        ("life.general_meeting", date(2028, 2, 29), [], "due"),  # in a leap year one day sooner
        ("life.general_meeting", date(2026, 3, 1), [date(2026, 1, 31)], "met"),
        ("life.committee", date(2026, 2, 19), [], "open"),
        ("life.committee", date(2026, 2, 20), [], "due"),
        ("life.organisation_meeting", date(2026, 10, 31), [], "open"),
        ("life.organisation_meeting", date(2026, 11, 1), [], "due"),
        ("life.lesson", date(2026, 3, 1), [], "suggested"),
        ("life.lesson", date(2026, 2, 28), [], "open"),
    ],
)
def test_reminders_begin_on_their_day(code: str, today: date, held: list[date], light: str) -> None:
    assert state_of(cadence(code), Held(today, held)).light == light


def test_a_period_that_is_over_is_late_only_under_a_national_rule() -> None:
    after = date(2026, 4, 2)
    past = {"period": date(2026, 3, 1)}
    assert state_of(cadence("life.committee"), Held(after, **past)).light == "late"
    assert state_of(cadence("life.lesson"), Held(after, **past)).light == "suggested"
    founded = Held(after, started=date(2026, 3, 25), **past)
    assert state_of(cadence("life.committee"), founded).light == "suggested"
    assert state_of(cadence("life.committee"), Held(after, started=date(2026, 3, 1), **past)).light == "late"


@pytest.mark.parametrize(
    ("today", "fixed", "alert"),
    [
        (date(2026, 3, 1), 9, date(2026, 3, 12)),
        (date(2026, 2, 1), 29, date(2026, 2, 28)),
        (date(2028, 2, 1), 29, date(2028, 2, 29)),
        (date(2026, 4, 1), 31, date(2026, 4, 30)),
        (date(2026, 3, 1), None, date(2026, 3, 20)),
    ],
)
def test_the_branch_s_own_day_sets_the_reminder(today: date, fixed: int | None, alert: date) -> None:
    assert state_of(cadence("life.theme_day"), Held(today, fixed_day=fixed)).alert_from == alert


def test_hours_are_counted_as_a_number() -> None:
    found = state_of(cadence("education.hours"), Held(date(2026, 12, 31), done=20))
    assert (found.missing, found.light) == (12, "due")


@given(
    days=st.lists(DAYS, max_size=30), today=DAYS, per=st.sampled_from(sorted(LENGTH)), times=st.integers(1, 5)
)
def test_a_light_follows_from_the_days_within_the_period(
    days: list[date], today: date, per: str, times: int
) -> None:
    found = state_of(Cadence(per, times), Held(today, days))
    within = [
        d
        for d in days
        if (d.year, (d.month - 1) // LENGTH[per]) == (today.year, (today.month - 1) // LENGTH[per])
    ]
    assert found.done == len(within)
    assert (found.light == "met") == (len(within) >= times)
    assert found.light != "late"


def same_day(start: date, months: int) -> date:
    """Independent of the house's calendar: the same-numbered day, else the last one of the month."""
    year, month = start.year + (start.month - 1 + months) // 12, (start.month - 1 + months) % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


@given(start=DAYS, months=st.integers(0, 60))
def test_months_end_on_the_same_numbered_day(start: date, months: int) -> None:
    found = reckon(WorkCalendar(), start, Term(months, "m"), kind=rules.MIN_INTERVAL)
    assert found.reckoning.due == same_day(start, months)


@given(start=DAYS, years=st.integers(1, 9))
def test_years_are_twelve_months(start: date, years: int) -> None:
    kinds = {"kind": rules.MIN_INTERVAL}
    assert (
        reckon(WorkCalendar(), start, Term(years, "y"), **kinds).due_at
        == reckon(WorkCalendar(), start, Term(years * 12, "m"), **kinds).due_at
    )


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
    ],
)
def test_month_ends_and_leap_days(start: date, months: int, end: date) -> None:
    assert reckon(WorkCalendar(), start, Term(months, "m"), kind=rules.MIN_INTERVAL).reckoning.due == end


def test_a_term_of_office_does_not_move_past_a_rest_day() -> None:
    """1 March 2026 is a Sunday: a term of office is over on it, a deadline moves to Monday."""
    start, term = date(2023, 3, 1), Term(3, "y")
    assert reckon(WorkCalendar(), start, term, roll=False).reckoning.due == date(2026, 3, 1)
    assert reckon(WorkCalendar(), start, term).reckoning.due == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(2008, 3, 9), date(2026, 3, 8), 17),
        (date(2008, 3, 9), date(2026, 3, 9), 18),
        (date(2008, 2, 29), date(2026, 2, 27), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 18),
    ],
)
def test_ages(born: date, day: date, years: int) -> None:
    assert rules.full_years(born, day) == years


def test_a_day_before_birth_is_refused() -> None:
    with pytest.raises(rules.BeforeBirth):
        rules.full_years(date(2026, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("n", "forms"),
    [
        (2, []),
        (3, ["branch"]),
        (49, ["branch"]),
        (50, ["general_branch"]),
        (99, ["general_branch"]),
        (100, ["committee"]),
    ],
)
def test_forms_by_number_of_full_members(n: int, forms: list[str]) -> None:
    assert rules.options_for(PARAMS["company.level"], n) == forms


@pytest.mark.parametrize(
    ("n", "forms"),
    [(50, ["branch"]), (51, ["branch", "general_branch"]), (100, ["branch", "general_branch", "committee"])],
)
def test_forms_of_a_village(n: int, forms: list[str]) -> None:
    assert rules.options_for(PARAMS["branch.village_form"], n) == forms


@pytest.mark.parametrize(("seats", "least"), [(3, 4), (5, 6), (7, 9)])
def test_a_fifth_more_candidates_than_seats_rounded_up(seats: int, least: int) -> None:
    params = PARAMS["election.candidates"]
    assert all(step["holds"] for step in limits.judge_range(params, Number(least, limit=seats)))
    assert not all(step["holds"] for step in limits.judge_range(params, Number(least - 1, limit=seats)))


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(rules.PeriodUnknown):
        span_of(date(2026, 1, 1), "fortnight")
