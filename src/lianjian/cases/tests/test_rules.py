"""Working time is shared out exactly; words of ledgers are understood."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianjian.cases import rules
from lianjian.foundation.calendar import WorkCalendar

DAYS = WorkCalendar()
MOMENTS = st.datetimes(datetime(2025, 12, 20), datetime(2026, 4, 20)).map(lambda m: m.replace(tzinfo=UTC))


def seconds(a: datetime, b: datetime) -> int:
    return rules.worked_seconds(a, b, DAYS.is_working)


@given(st.lists(MOMENTS, min_size=2, max_size=8))
def test_neighbouring_spans_add_up(moments: list[datetime]) -> None:
    moments.sort()
    parts = sum(seconds(a, b) for a, b in zip(moments, moments[1:], strict=False))
    assert parts == seconds(moments[0], moments[-1])


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-09T01:00Z", "2026-03-09T03:00Z", 2),  # Monday 9 to 11
        ("2026-03-09T01:00Z", "2026-03-09T07:00Z", 4),  # over noon
        ("2026-03-06T09:00Z", "2026-03-09T01:00Z", 1),  # Friday 17:00 to Monday 9:00
        ("2026-03-07T01:00Z", "2026-03-08T09:00Z", 0),  # a weekend
        ("2026-02-28T01:00Z", "2026-02-28T04:00Z", 3),  # a Saturday made up for the Spring Festival
        ("2026-03-09T10:00Z", "2026-03-09T20:00Z", 0),  # after hours
        ("2026-03-09T03:00Z", "2026-03-09T01:00Z", 0),  # backwards
    ],
)
def test_office_hours(start: str, end: str, hours: int) -> None:
    a, b = (datetime.fromisoformat(t.replace("Z", "+00:00")) for t in (start, end))
    assert seconds(a, b) == hours * 3600


def test_a_long_span_is_days_of_seven_hours() -> None:
    start = datetime(2026, 3, 9, 1, tzinfo=UTC)
    assert seconds(start, start + timedelta(days=7)) == 5 * rules.SECONDS_A_DAY


def test_every_state_has_a_hand_a_step_and_a_way_out() -> None:
    assert set(rules.HAND_OF) == set(rules.STATES)
    for state in rules.STATES:
        assert len(rules.steps(state)) == 7
        assert bool(rules.moves_from(state)) == (state not in {"withdrawn", "declined"})
    # An ended case only comes back, by its one move.
    assert [rules.moves_from(state) for state in ("closed", "merged")] == [("reopen",), ("unmerge",)]
    assert {move.to for move in rules.MOVES.values() if move.to} | {"registered"} == set(rules.STATES)


@pytest.mark.parametrize(
    ("word", "has_end", "state"),
    [("已解决", True, "closed"), ("推进中", False, "handling"), ("挂账", False, "parked"), ("", True, "closed"),
     ("", False, "handling"), ("√", True, "closed"), ("等领导", False, "")],
)  # fmt: skip
def test_words_of_ledgers(word: str, has_end: bool, state: str) -> None:
    assert rules.state_of(word, has_end=has_end) == state
