"""Series make dated meetings, are carried on and stopped; the dates are those of the rule."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from lianjian.events import actions
from lianjian.events.models import Meeting, Series
from lianjian.events.rules import meetings as rules
from lianjian.events.rules.recurrence import MOST, RHYTHMS, dates_of, lunar_day, rule_of
from lianjian.events.tests.meetingwork import AFTER, START, all_came
from lianjian.foundation.calendar import CHINA, WorkCalendar
from lianjian.foundation.clock import local_day
from tests.cast import NOW, Cast

DAY = timedelta(days=1)
PLAIN = [rhythm for rhythm in RHYTHMS if not rhythm.endswith(("nines", "daily", "workdays"))]


@pytest.mark.parametrize(
    ("rhythm", "first", "last", "by_weekday", "wanted"),
    [
        ("weekly", "2026-03-06", "2026-03-27", False, ["03-06", "03-13", "03-20", "03-27"]),
        ("daily", "2026-02-27", "2026-03-02", True, ["02-27", "02-28", "03-01", "03-02"]),
        ("fortnightly", "2026-03-06", "2026-04-05", False, ["03-06", "03-20", "04-03"]),
        ("monthly", "2026-01-31", "2026-04-30", False, ["01-31", "02-28", "03-31", "04-30"]),
        ("monthly", "2024-01-30", "2024-03-30", False, ["01-30", "02-29", "03-30"]),
        ("monthly", "2026-03-10", "2026-05-31", True, ["03-10", "04-14", "05-12"]),  # the second Tuesday
        ("monthly", "2026-01-30", "2026-03-31", True, ["01-30", "02-27", "03-27"]),  # the last Friday
        ("quarterly", "2026-03-31", "2026-12-31", False, ["03-31", "06-30", "09-30", "12-31"]),
        ("halfyearly", "2026-06-01", "2026-12-31", False, ["06-01", "12-01"]),
        ("yearly", "2024-02-29", "2026-03-01", False, ["02-29", "02-28", "02-28"]),
        ("nines", "2026-01-19", "2026-03-19", False, ["01-19", "01-29", "02-09", "02-19", "03-09", "03-19"]),
        ("nines", "2024-02-09", "2024-03-08", False, ["02-09", "02-19", "02-29"]),
        # New year on 17 February 2026; the month before it, of 30 days, began on 19 January.
        ("lunar_nines", "2026-02-06", "2026-03-19", False, ["02-06", "02-16", "02-25", "03-07", "03-17"]),
        # The sixth month of 2025 comes twice: 25 June to 24 July, and the leap month to 22 August.
        ("lunar_nines", "2025-07-01", "2025-08-25", False, ["07-03", "07-13", "07-23", "08-02", "08-12", "08-22"]),
        # Twelfth month of 2024 with 29 days only: its last day is the 29th, new year is 29 January 2025.
        ("lunar_nines", "2025-01-17", "2025-02-07", False, ["01-18", "01-28", "02-06"]),
    ],
)
def test_dates(rhythm: str, first: str, last: str, by_weekday: bool, wanted: list[str]) -> None:
    start = date.fromisoformat(first)
    rule = rule_of(rhythm, start, by_weekday=by_weekday)
    found = dates_of(rule, start, date.fromisoformat(last))
    assert [day.isoformat()[5:] for day in found] == wanted


def test_days_with_a_nine_around_a_leap_month() -> None:
    """First days of the lunar months of 2033 and 2034, around the disputed leap month, as calendars print them."""
    months = ["2033-10-23", "2033-11-22", "2033-12-22", "2034-01-20", "2034-02-19"]
    starts = [date.fromisoformat(text) for text in months]
    wanted = [start + (nine - 1) * DAY for start in starts[:-1] for nine in (9, 19, 29)]
    assert dates_of(rule_of("lunar_nines", starts[0]), starts[0], starts[-1]) == wanted


def test_working_days_are_those_of_the_calendar() -> None:
    """The first of October is a holiday; a Saturday before or after it is worked."""
    calendar = WorkCalendar()
    first, last = date(2025, 9, 26), date(2025, 10, 13)
    found = dates_of(rule_of("workdays", first), first, last, working=calendar.is_working)
    assert found == [day for day in (first + n * DAY for n in range(18)) if calendar.is_working(day)]
    assert date(2025, 10, 1) not in found and date(2025, 9, 28) in found and date(2025, 10, 11) in found
    with pytest.raises(rules.SeriesEmpty):
        dates_of(rule_of("workdays", first), date(2025, 10, 1), date(2025, 10, 8), working=calendar.is_working)
    with pytest.raises(rules.SeriesTooLong):
        dates_of(rule_of("workdays", first), first, date(2026, 3, 1), working=calendar.is_working)


def test_a_quarter_of_an_hour_before_work(cast: Cast) -> None:
    """Row 001-10: every working day, carried on over a holiday."""
    starts = datetime(2026, 4, 1, 7, 45, tzinfo=CHINA)
    series = actions.plan_series(
        actor=cast.actor("clerk"), convener=cast.town_root, kind="工前一刻钟", title="工前一刻钟", starts_at=starts,
        ends_at=starts + timedelta(minutes=15), rhythm="workdays", last_on=date(2026, 4, 10), place="车间",
        bodies=[(cast.firm, "host")], now=NOW,
    )  # fmt: skip
    days = [local_day(moment).day for moment in series.meetings.order_by("starts_at").values_list("starts_at", flat=True)]
    assert days == [1, 2, 3, 7, 8, 9, 10]  # Qingming on the 5th gives the Monday after it
    assert series.meetings.order_by("starts_at").first().ends_at == starts + timedelta(minutes=15)  # type: ignore[union-attr]
    actions.extend_series(actor=cast.actor("clerk"), series=series, last_on=date(2026, 4, 14), now=NOW)
    assert series.meetings.count() == 9


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_lunar_nines_are_three_a_month(first: date) -> None:
    found = dates_of(rule_of("lunar_nines", first), first, first + 120 * DAY)
    assert {lunar_day(day) for day in found} == {9, 19, 29}
    gaps = {(two - one).days for one, two in zip(found, found[1:], strict=False)}
    assert gaps <= {9, 10, 11}
    between = [first + number * DAY for number in range(121)]
    assert found == [day for day in between if lunar_day(day) in (9, 19, 29)]


@given(st.sampled_from(sorted(PLAIN)), st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.booleans(), st.integers(0, 1500))
def test_each_date_follows_the_last(rhythm: str, first: date, by_weekday: bool, length: int) -> None:
    rule = rule_of(rhythm, first, by_weekday=by_weekday)
    rrulestr(rule)  # a rule that others read too
    last = first + length * DAY
    try:
        found = dates_of(rule, first, last)
    except rules.SeriesTooLong:
        assert length >= {"weekly": 7, "fortnightly": 14}[rhythm] * MOST
        return
    assert found[0] == first and found[-1] <= last and found == sorted(set(found))
    months = {"monthly": 1, "quarterly": 3, "halfyearly": 6, "yearly": 12}
    for one, two in zip(found, found[1:], strict=False):
        if rhythm in months:
            assert (two.year - one.year) * 12 + two.month - one.month == months[rhythm]
        else:
            assert (two - one).days == {"weekly": 7, "fortnightly": 14}[rhythm]


def clean_up(cast: Cast, **more: object) -> Series:
    """A weekly clean-up of the village, four times."""
    values = {
        "convener": cast.village,
        "kind": "卫生大清整",
        "title": "红马甲卫生大清整",
        "starts_at": START,
        "ends_at": START + timedelta(hours=2),
        "rhythm": "weekly",
        "last_on": local_day(START) + 21 * DAY,
        "bodies": [(cast.branch, rules.MEMBER)],
        "place": "村口",
        "now": NOW,
        **more,
    }
    return actions.plan_series(actor=cast.actor("village"), **values)  # type: ignore[arg-type]


def test_a_weekly_clean_up(cast: Cast) -> None:
    series = clean_up(cast)
    rows = list(series.meetings.order_by("starts_at"))
    assert [row.starts_at - START for row in rows] == [number * 7 * DAY for number in range(4)]
    assert all(row.invitations.get().organization == cast.branch for row in rows)
    actor = cast.actor("village")
    held = actions.hold_meeting(actor=actor, meeting=rows[0], came=all_came(rows[0]), text="", now=AFTER)
    assert held.state == "held"
    with pytest.raises(rules.SeriesEmpty):
        actions.extend_series(actor=actor, series=series, last_on=series.last_on, now=AFTER)
    actions.extend_series(actor=actor, series=series, last_on=series.last_on + 14 * DAY, now=AFTER)
    assert series.meetings.count() == 6 and series.meetings.latest("starts_at").invitations.count() == 1
    with pytest.raises(rules.ReasonNeeded):
        actions.end_series(actor=actor, series=series, reason="", now=AFTER)
    assert actions.end_series(actor=actor, series=series, reason="改由保洁公司做", now=AFTER) == 5
    assert sorted(series.meetings.values_list("state", flat=True)) == ["cancelled"] * 5 + ["held"]
    assert set(series.meetings.exclude(state="held").values_list("reason", flat=True)) == {"改由保洁公司做"}
    with pytest.raises(rules.SeriesOver):
        actions.extend_series(actor=actor, series=series, last_on=series.last_on + 90 * DAY, now=AFTER)


def test_what_cannot_recur(cast: Cast) -> None:
    with pytest.raises(rules.SeriesEmpty):
        clean_up(cast, last_on=local_day(START) - DAY)
    with pytest.raises(rules.SeriesTooLong):
        clean_up(cast, last_on=date(9999, 12, 31))
    with pytest.raises(rules.NoPlace):
        clean_up(cast, place="")
    assert not Meeting.objects.exists() and not Series.objects.exists()
