"""Days and steps in their order: what no later or backdated step may undo, and what a mistake leads back from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction

from lianjian.events.actions import cancel_meeting
from lianjian.events.tests.meetingwork import held as meeting_held
from lianjian.events.tests.meetingwork import planned, together
from lianjian.foundation.calendar import CHINA
from lianjian.points import actions
from lianjian.points.models import Account, Claim, Good, Scheme
from lianjian.points.rules import goods, refused
from tests.cast import NOW, TODAY, Cast, build_cast

from . import work
from .work import DAY, PANEL, SWEEP


def test_an_edition_does_not_reach_back_over_what_counts(cast: Cast) -> None:
    """Otherwise a day's sweeping would count twice: by the values of then, and by those written down later."""
    scheme, _homes = work.ready(cast)
    now = NOW + 5 * DAY
    [claim] = work.filed(cast, scheme, now=now)
    for starts in (TODAY + DAY, TODAY + 5 * DAY):
        with work.nothing_written(cast, refused.EditionTooLate):
            work.edition(cast, scheme, now, starts_on=starts, decided_on=TODAY, published_on=TODAY)
    actions.withdraw_claim(actor=cast.actor("village"), claim=claim, reason="记错", now=now)
    made = work.edition(cast, scheme, now, starts_on=TODAY + DAY, decided_on=TODAY, published_on=TODAY)
    [claim] = work.filed(cast, scheme, now=now)
    assert claim.item.edition_id == made.pk


def test_a_wrong_edition_goes_while_nothing_stands_on_it(cast: Cast) -> None:
    scheme = work.scheme(cast)
    work.accounts(cast, scheme)
    wrong = work.edition(cast, scheme, items=f"{SWEEP} 500")
    [claim] = work.filed(cast, scheme)
    with work.nothing_written(cast, refused.EditionUsed):
        actions.withdraw_edition(actor=cast.actor("village"), edition=wrong, now=NOW)
    actions.withdraw_claim(actor=cast.actor("village"), claim=claim, reason="分值写错", now=NOW)
    actions.withdraw_edition(actor=cast.actor("village"), edition=wrong, now=NOW)
    work.edition(cast, scheme)
    assert work.filed(cast, scheme)[0].points == 5


def test_what_comes_back_hangs_out_anew(cast: Cast) -> None:
    """A list taken down after its days and shown again does not count by the days of the first one."""
    scheme, homes = work.ready(cast)
    claims = work.checked(cast, scheme, "1\n2")
    review = work.opened(cast, scheme)
    work.vote(cast, review, claims[0], 3)
    work.vote(cast, review, claims[1], 0)
    work.shown(cast, review)
    late = NOW + 6 * DAY
    actions.reopen_review(actor=cast.actor("village"), review=review, reason="算错了票", now=late)
    work.voted(cast, review, now=late)
    with work.nothing_written(cast, refused.DayBefore):
        work.shown(cast, review, late, on=TODAY)
    again = work.shown(cast, review, late)
    with work.nothing_written(cast, refused.StillShown):
        work.posted(cast, again, late)
    work.posted(cast, again, late + 5 * DAY)
    assert work.balance(cast, homes[1]) == 5


def test_who_bears_a_households_name_does_not_judge_it(cast: Cast) -> None:
    scheme, homes = work.ready(cast)
    work.checked(cast, scheme, "1\n2\n3\n5")
    review = work.opened(cast, scheme, (("田小满", ""), ("评议员乙", "2、周白露"), ("评议员丙", "")))
    voters = dict(review.claims.values_list("account__number", "voters"))
    assert voters == {1: 2, 2: 2, 3: 2, 5: 2}  # both households of that name, and two of one juror
    seats = review.jurors.order_by("pk").values_list("name", "recusals__account__number")
    assert sorted(seats, key=str) == [("田小满", 1), ("田小满", 5), ("评议员丙", None), ("评议员乙", 2), ("评议员乙", 3)]
    assert homes[0].number == 1


def test_nothing_is_taken_before_it_was_there(cast: Cast) -> None:
    """An exchange that is entered late is one of its day: not with points or goods that came after it."""
    scheme, homes = work.ready(cast)
    day = work.exchange_day(cast, scheme)
    later = NOW + 3 * DAY
    soap = work.good(cast, scheme, now=later)
    work.brought(cast, homes[0], 100)
    with work.nothing_written(cast, goods.StockShort):
        work.exchanged(cast, day, homes[0], soap, now=later)
    work.moved(cast, soap, 2, on=TODAY, now=later)
    work.brought(cast, homes[1], 100, later)
    with work.nothing_written(cast, goods.BalanceShort):
        work.exchanged(cast, day, homes[1], soap, now=later)
    assert work.exchanged(cast, day, homes[0], soap, 2, now=later).number == 1
    with work.nothing_written(cast, goods.StockShort):
        work.exchanged(cast, day, homes[0], soap, now=later)


def test_what_lapsed_is_not_taken_twice(cast: Cast) -> None:
    def at(year: int, month: int) -> datetime:
        return datetime(year, month, 5, 10, tzinfo=CHINA)

    scheme, homes = work.ready(cast, carries=False)
    work.whole(cast, scheme)
    old = homes[0].entries.get(kind="earned")
    assert actions.clear_year(actor=cast.actor("village"), scheme=scheme, year=2026, document="公告", now=at(2027, 2)) == 1
    work.brought(cast, homes[0], 50, at(2027, 3))
    with work.nothing_written(cast, refused.LapsedSince):
        actions.reverse_entry(actor=cast.actor("village"), entry=old, reason="记错", now=at(2027, 4))
    lapse = homes[0].entries.get(kind="lapsed")
    for entry in (lapse, old):
        actions.reverse_entry(actor=cast.actor("village"), entry=entry, reason="记错", now=at(2027, 4))
    assert work.balance(cast, homes[0]) == 50


def test_what_ended_by_mistake_goes_on_with_what_it_had(cast: Cast) -> None:
    scheme, homes = work.ready(cast)
    soap = work.good(cast, scheme, 7)
    actions.end_good(actor=cast.actor("village"), good=soap, now=NOW)
    other = work.good(cast, scheme, 0)
    with pytest.raises(goods.GoodStands):
        actions.restore_good(actor=cast.actor("village"), good=soap, now=NOW)
    actions.end_good(actor=cast.actor("village"), good=other, now=NOW)
    assert actions.restore_good(actor=cast.actor("village"), good=soap, now=NOW).stock == 7
    actions.end_scheme(actor=cast.actor("village"), scheme=scheme, now=NOW)
    with pytest.raises(refused.SchemeEnded):
        work.filed(cast, scheme)
    actions.resume_scheme(actor=cast.actor("village"), scheme=scheme, now=NOW)
    assert work.filed(cast, scheme)[0].account_id == homes[0].pk


def test_an_exchange_is_of_the_day_of_its_activity(cast: Cast) -> None:
    scheme, _homes = work.ready(cast)
    meeting = planned(cast, convener=cast.village)
    on: date = meeting.starts_at.astimezone(CHINA).date()
    assert work.exchange_day(cast, scheme, on=on, meeting=meeting).meeting_id == meeting.pk
    other = planned(cast, convener=cast.village, starts_at=NOW + 9 * DAY, ends_at=NOW + 9.1 * DAY, title="改期的")
    cancel_meeting(actor=cast.actor("clerk"), meeting=other, reason="下雨", now=NOW)
    other.refresh_from_db()
    with work.nothing_written(cast, refused.NotItsMeeting):
        work.exchange_day(cast, scheme, on=TODAY + 9 * DAY, meeting=other)


def test_a_meeting_decides_once_it_was_held(cast: Cast) -> None:
    scheme = work.scheme(cast)
    meeting = planned(cast, convener=cast.village, starts_at=NOW + DAY, ends_at=NOW + 1.1 * DAY, answer_by=None)
    meeting = meeting_held(cast, meeting, NOW + 2 * DAY)
    late, on = NOW + 3 * DAY, TODAY + DAY
    with work.nothing_written(cast, refused.DecidedElsewhen):
        work.edition(cast, scheme, late, meeting=meeting, decided_on=TODAY)
    assert work.edition(cast, scheme, late, meeting=meeting, decided_on=on).meeting_id == meeting.pk


def test_pages_and_the_counter_do_not_lock_each_other_out(committed_db: str) -> None:
    """Through the doors: a name or a price is changed while the same household takes the same good."""
    with transaction.atomic():
        cast = build_cast()
        scheme, homes = work.ready(cast)
        work.brought(cast, homes[0], 100)
        day, soap = work.exchange_day(cast, scheme), work.good(cast, scheme, 50)
    status: list[Any] = []

    def rename(name: str) -> None:
        answer = cast.client("village").post(f"/points/accounts/{homes[0].key}/change", {"name": name, "group": "一组"})
        status.append(answer.status_code)

    def price(value: int) -> None:
        said = {"name": "肥皂", "unit": "块", "price": value}
        status.append(cast.client("village").post(f"/points/goods/{soap.key}/change", said).status_code)

    def take() -> None:
        cast.actor("village")
        work.exchanged(cast, day, homes[0], soap)

    together(*[lambda n=n: rename(f"田{n}") for n in range(4)], *[take] * 6, *[lambda n=n: price(3 + n) for n in range(4)])
    with transaction.atomic():
        cast.actor("village")
        assert set(status) <= {303, 422} and len(status) == 8  # 422: somebody else changed it meanwhile
        assert Good.objects.get().stock == 44 and Account.objects.get(pk=homes[0].pk).balance < 100
        assert not Claim.objects.exists() and Scheme.objects.count() == 1


def test_a_panel_of_one_seat_more(cast: Cast) -> None:
    """The panel of the last time comes back as it was typed, with whose claims each does not judge."""
    from lianjian.points.forms import ReviewForm, panel_text

    scheme, _homes = work.ready(cast)
    assert panel_text(scheme) == ""
    work.checked(cast, scheme)
    work.opened(cast, scheme, (*PANEL[:2], ("周白露", "2")))
    text = panel_text(scheme)
    assert text.splitlines()[2] == "周白露/2,3"
    form = ReviewForm({"on": str(TODAY), "jurors": text})
    assert form.is_valid() and form.cleaned_data["jurors"][2] == ("周白露", "2,3")
