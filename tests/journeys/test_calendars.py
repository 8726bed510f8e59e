"""Two calendars on a phone: the month of meetings is a list of its days, the days of a venue stay a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from .people import PHONE, Visitor

_INSIDE = """() => [...document.querySelectorAll('.lj-month td:not(.is-empty)')].filter(day => day.offsetHeight).map(day => {
  const box = day.getBoundingClientRect();
  const links = [...day.querySelectorAll('a')].map(link => link.getBoundingClientRect());
  return [links.length, links.every(one => one.top >= box.top && one.bottom <= box.bottom + 1)];
})"""
_ROWS = """() => [...document.querySelectorAll('.lj-booking tr')].map(row =>
  new Set([...row.children].map(cell => Math.round(cell.getBoundingClientRect().top))).size)"""


def test_each_meeting_stands_within_its_day(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor("clerk", width=PHONE)
    today = date.today()
    most = 0
    for back in range(3):  # the demonstration has a day with two, this month or shortly before
        month = (today.replace(day=1) - timedelta(days=28 * back)).replace(day=1)
        page = clerk.goto(f"/events/meetings/month?month={month:%Y-%m}")
        days = page.evaluate(_INSIDE)
        assert all(inside for _number, inside in days)
        most = max(most, *(number for number, _inside in days))
        clerk.look()
    assert most >= 2


def test_the_days_of_a_venue_stay_seven_in_a_row(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor("clerk", width=PHONE)
    page = clerk.goto("/lists/?q=文化礼堂")
    page.locator("main table tbody a").first.click()
    page.wait_for_load_state("load")
    rows = page.evaluate(_ROWS)
    assert len(rows) >= 5 and set(rows) == {1}
    assert page.locator(".lj-booking thead th").count() == 7 and page.locator(".lj-booking thead").is_visible()
    clerk.look()
