"""A hall of the lists that is a venue of the register: one calendar, whichever books first."""

from __future__ import annotations

import html
import re
import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianjian.events import actions as events
from lianjian.events.models import Booking, Meeting, Venue
from lianjian.events.rules import bookings, meetings
from lianjian.events.tests.meetingwork import START, planned
from lianjian.foundation.clock import local_day
from lianjian.lists import actions, rules
from lianjian.lists.models import Claim, Item
from lianjian.lists.tests.acts import moved, proposed, published
from tests.cast import NOW, TODAY, Cast, build_cast

DAY = timedelta(days=1)
ON = local_day(START)


def hall(cast: Cast, **more: Any) -> Venue:
    """A hall that the village runs."""
    given = {"organization": cast.village, "name": "村文化礼堂", "opened_on": date(2025, 1, 1), "now": NOW, **more}
    return events.open_venue(actor=cast.actor("clerk"), **given)


def offered(cast: Cast, venue: Venue, **more: Any) -> Item:
    """The hall on the list of resources."""
    given = {"category": "设施阵地", "title": "村文化礼堂", "capacity": None, "reusable": False, "venue": venue, **more}
    return published(cast, cast.village, **given)


def booked(cast: Cast, item: Item, since: date = ON, until: date = ON) -> Claim:
    """Proposed by the firm and agreed to by the village."""
    return moved(cast, proposed(cast, item, cast.firm, since=since, until=until), "agree", "owner")


def test_a_meeting_stops_a_claim_of_its_day_and_says_which(cast: Cast) -> None:
    venue = hall(cast)
    item = offered(cast, venue)
    assert item.by_day and item.capacity is None
    claim = proposed(cast, item, cast.firm, since=ON - DAY, until=ON)
    planned(cast, venue=venue, place="", title="联席会议在礼堂")
    with pytest.raises(bookings.VenueTaken) as told:
        moved(cast, claim, "agree", "owner")
    assert "村文化礼堂" in str(told.value) and "联席会议在礼堂" in str(told.value) and told.value.field == "since"
    claim.refresh_from_db()
    assert claim.state == rules.PROPOSED
    with pytest.raises(bookings.VenueTaken):
        proposed(cast, item, cast.second_firm, since=ON, until=ON + DAY)
    # The day before and the day after are free.
    assert booked(cast, item, ON + DAY, ON + DAY).state == rules.AGREED


def test_a_claim_stops_a_meeting_on_its_days_and_says_whose(cast: Cast) -> None:
    venue = hall(cast)
    claim = booked(cast, offered(cast, venue), ON - DAY, ON)
    with pytest.raises(bookings.VenueTaken) as told:
        planned(cast, venue=venue, place="")
    assert cast.firm.name in str(told.value)
    with transaction.atomic(), pytest.raises(IntegrityError, match="one_booking_of_a_venue"), transaction.atomic():
        made = planned(cast, title="别处的会")
        Meeting.objects.filter(pk=made.pk).update(venue=venue)
    # Before midnight of the first day and after that of the last the hall is free.
    early = datetime.combine(ON - DAY, datetime.min.time(), tzinfo=START.tzinfo) - timedelta(hours=11)
    planned(cast, venue=venue, place="", title="前一天的会", starts_at=early, ends_at=early + timedelta(hours=2), answer_by=None)
    moved(cast, claim, "take_back", "claimant", words="改期")
    planned(cast, venue=venue, place="")
    assert set(Booking.objects.values_list("kind", flat=True)) == {"events.meeting"}


def test_who_may_not_know_a_booking_is_told_that_there_is_one(cast: Cast) -> None:
    venue = hall(cast)
    booked(cast, offered(cast, venue))
    actor = cast.actor("other_clerk")
    with pytest.raises(bookings.VenueTaken) as told:
        events.plan_meeting(
            actor=actor, convener=cast.other_root, kind="座谈会", title="外镇的会", starts_at=START,
            ends_at=START + timedelta(hours=1), bodies=[], venue=venue, now=NOW,
        )  # fmt: skip
    assert cast.firm.name not in str(told.value) and "别的单位的预订" in str(told.value)
    later = START + DAY
    planned(
        cast, venue=venue, place="", title="内部会", audience=meetings.INVITED, starts_at=later, answer_by=None,
        ends_at=later + timedelta(hours=1), bodies=[(cast.firm, meetings.MEMBER)],
    )  # fmt: skip
    item, day = Item.objects.get(), local_day(later)
    for who, body, known in (("other_clerk", cast.other_firm, False), ("clerk", cast.second_firm, True)):
        with pytest.raises(bookings.VenueTaken) as told:
            actions.propose(actor=cast.actor(who), item=item, organization=body, since=day, until=day, now=NOW)
        assert ("内部会" in str(told.value), "不公开的会议活动" in str(told.value)) == (known, not known)


def test_two_items_of_one_hall_are_one_hall(cast: Cast) -> None:
    venue = hall(cast)
    events.share_venue(actor=cast.actor("clerk"), venue=venue, organization=cast.branch, now=NOW)
    first = offered(cast, venue)
    second = published(cast, cast.branch, category="设施阵地", title="礼堂(周末)", capacity=None, reusable=False, venue=venue)
    booked(cast, first)
    with pytest.raises(bookings.VenueTaken):
        proposed(cast, second, cast.second_firm, since=ON, until=ON)
    for body in (cast.firm, cast.second_firm):
        with pytest.raises(rules.VenueOfAnother):
            published(cast, body, category="设施阵地", title="别人的礼堂", capacity=None, reusable=False, venue=venue)


def test_an_item_that_becomes_a_venue_takes_its_bookings_along(cast: Cast) -> None:
    venue = hall(cast)
    item = published(cast, cast.village, category="设施阵地", title="礼堂", capacity=None, reusable=False, by_day=True)
    claim = booked(cast, item)
    meeting = planned(cast, venue=venue, place="")
    with pytest.raises(bookings.VenueTaken) as told:
        actions.change_item(actor=cast.actor("clerk"), item=item, venue=venue, now=NOW)
    assert meeting.title in str(told.value) and told.value.field == "venue"
    events.cancel_meeting(actor=cast.actor("clerk"), meeting=meeting, reason="改期", now=NOW)
    item = actions.change_item(actor=cast.actor("clerk"), item=item, venue=venue, now=NOW)
    held = Booking.objects.get()
    assert (held.kind, held.record, local_day(held.starts_at), held.ends_at - held.starts_at) == ("lists.claim", claim.pk, ON, DAY)
    actions.change_item(actor=cast.actor("clerk"), item=item, venue=None, now=NOW)
    assert not Booking.objects.exists()


def test_what_is_fulfilled_stays_in_the_calendar_and_a_closed_hall_takes_nothing(cast: Cast) -> None:
    venue = hall(cast)
    item = offered(cast, venue)
    claim = booked(cast, item)
    moved(cast, claim, "fulfil", "owner")
    assert not Booking.objects.get().ahead
    events.close_venue(actor=cast.actor("clerk"), venue=venue, now=NOW)
    item = Item.objects.select_related("venue", "organization").get()
    with pytest.raises(meetings.VenueClosed):
        proposed(cast, item, cast.firm, since=ON + 9 * DAY, until=ON + 9 * DAY)
    with pytest.raises(meetings.VenueClosed):
        offered(cast, venue)


def test_no_booking_is_written_by_hand(cast: Cast) -> None:
    venue = hall(cast)
    planned(cast, venue=venue, place="")
    row = Booking.objects.get()
    for act in (
        lambda: Booking.objects.all().delete(),
        lambda: Booking.objects.update(alone=False),
        lambda: Booking.objects.create(
            jurisdiction_id=row.jurisdiction_id, venue=venue, kind="events.meeting", record=0, starts_at=NOW, ends_at=NOW + DAY
        ),
    ):
        with pytest.raises(ProgrammingError, match="follows its record"), transaction.atomic():
            act()


def test_a_house_with_several_rooms_takes_both(cast: Cast) -> None:
    venue = hall(cast, several=True)
    booked(cast, offered(cast, venue))
    planned(cast, venue=venue, place="")
    with pytest.raises(bookings.VenueBusy):
        events.change_venue(actor=cast.actor("clerk"), venue=venue, several=False, now=NOW)


def test_both_calendars_show_both(cast: Cast) -> None:
    venue = hall(cast)
    item = offered(cast, venue)
    booked(cast, item, ON + DAY, ON + DAY)
    proposed(cast, item, cast.second_firm, since=ON + 2 * DAY, until=ON + 2 * DAY)
    meeting = planned(cast, venue=venue, place="", title="春季联席会议")
    clerk = cast.client("clerk")
    month = f"?month={ON:%Y-%m}"
    page = clerk.get(reverse("lists:item", kwargs={"key": item.key}) + month).content.decode()
    assert meeting.get_absolute_url() in page and "春季联席会议" in page and cast.firm.name in page
    assert reverse("events:venue", kwargs={"key": venue.key}) in page
    here = clerk.get(reverse("events:venue", kwargs={"key": venue.key}) + month).content.decode()
    assert "春季联席会议" in here and f"{cast.firm.name}的预订" in here and "这个月有 2 次预订" in here
    assert cast.second_firm.name not in here  # asked for is not taken
    # A stranger sees that the day is taken, and not by whom.
    other = cast.client("other_clerk").get(reverse("events:venue", kwargs={"key": venue.key}) + month).content.decode()
    assert cast.firm.name not in other and "别的单位的预订" in other
    shown = cast.client("other_clerk").get(reverse("lists:item", kwargs={"key": item.key}) + month).content.decode()
    assert cast.firm.name not in shown and "春季联席会议" in shown


def test_the_form_offers_ones_own_venues(cast: Cast) -> None:
    venue = hall(cast)
    foreign = events.open_venue(
        actor=cast.actor("other_clerk"), organization=cast.other_root, name="石桥会议室", now=NOW
    )
    village, new = cast.client("village"), reverse("lists:publish")
    page = village.get(new).content.decode()
    assert "村文化礼堂" in page and "石桥会议室" not in page
    assert "村文化礼堂" not in cast.client("contact").get(new).content.decode()
    here = village.get(reverse("events:venue", kwargs={"key": venue.key})).content.decode()
    leads = re.search(rf'href="({new}\?[^"]*)"', here)
    assert leads is not None
    filled = village.get(html.unescape(leads[1])).content.decode()
    assert f'value="{venue.key}" selected' in filled and 'value="村文化礼堂"' in filled
    sent = {"kind": "resource", "category": "设施阵地", "title": "礼堂", "visibility": "county", "venue": str(venue.key)}
    wrong = village.post(new, {**sent, "venue": str(foreign.key)})
    assert wrong.status_code == 422
    assert village.post(new, sent).status_code == 303
    cast.actor("village")
    item = Item.objects.get()
    assert (item.venue_id, item.by_day) == (venue.pk, True)
    change = reverse("lists:change", kwargs={"key": item.key})
    assert f'value="{venue.key}" selected' in village.get(change).content.decode()
    assert village.post(change, {**sent, "venue": "", "by_day": "on"}).status_code == 303
    item.refresh_from_db()
    assert item.venue_id is None


def test_a_venue_that_was_closed_meanwhile_is_not_promised(cast: Cast) -> None:
    venue = hall(cast)
    claim = proposed(cast, offered(cast, venue), cast.firm, since=ON, until=ON)
    events.close_venue(actor=cast.actor("village"), venue=venue, now=NOW)
    mine = Claim.objects.select_related("organization", "item__organization", "item__venue").get(pk=claim.pk)
    with pytest.raises(meetings.VenueClosed):
        moved(cast, mine, "agree", "owner")


@pytest.mark.parametrize("turn", range(4))
def test_a_meeting_and_a_claim_at_the_same_moment(committed_db: str, turn: int) -> None:
    """One has the hall, the other is told what has it: whoever is second waits for the first and reads it."""
    with transaction.atomic():
        cast = build_cast()
        venue = hall(cast)
        claim = proposed(cast, offered(cast, venue), cast.firm, since=ON, until=ON)
    ready, outcomes = threading.Barrier(2), {}

    def run(name: str, act: Any) -> None:
        try:
            with transaction.atomic():
                ready.wait(timeout=20)
                act()
            outcomes[name] = ""
        except bookings.VenueTaken as told:
            outcomes[name] = str(told)
        except BaseException as error:
            outcomes[name] = repr(error)
        finally:
            connection.close()

    def agree() -> None:
        actor = cast.actor("village")
        mine = Claim.objects.select_related("organization", "item__organization", "item__venue").get(pk=claim.pk)
        actions.agree(actor=actor, claim=mine, side="owner", now=NOW)

    threads = [
        threading.Thread(target=run, args=("meeting", lambda: planned(cast, venue=venue, place="", answer_by=None))),
        threading.Thread(target=run, args=("claim", agree)),
    ]
    for thread in threads if turn % 2 else reversed(threads):
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    won = [name for name, said in outcomes.items() if not said]
    assert len(won) == 1, outcomes
    said = outcomes["claim" if won == ["meeting"] else "meeting"]
    assert ("家具产业第二季度联席会议" if won == ["meeting"] else cast.firm.name) in said, outcomes
    with transaction.atomic():
        cast.actor("clerk")
        assert Booking.objects.count() == 1
        assert TODAY < ON


def test_eight_at_once_leave_one(committed_db: str) -> None:
    """Meetings and claims of two items of one hall, on overlapping days: one has it, seven are told, nobody dead-locks."""
    with transaction.atomic():
        cast = build_cast()
        venue = hall(cast)
        items = [offered(cast, venue, title=title) for title in ("礼堂", "礼堂(周末)")]
        bodies = (cast.firm, cast.second_firm)
        days = [(ON - DAY, ON), (ON, ON + DAY)]
        claims = [
            proposed(cast, item, body, since=since, until=until)
            for item in items
            for body, (since, until) in zip(bodies, days, strict=True)
        ]
    ready, outcomes = threading.Barrier(8), []

    def run(number: int) -> None:
        try:
            with transaction.atomic():
                ready.wait(timeout=30)
                if number < 4:
                    title = f"第{number}场"
                    planned(cast, venue=venue, place="", title=title, answer_by=None, ends_at=START + timedelta(minutes=30 + number))
                else:
                    actor = cast.actor("village")
                    rows = Claim.objects.select_related("organization", "item__organization", "item__venue")
                    actions.agree(actor=actor, claim=rows.get(pk=claims[number - 4].pk), side="owner", now=NOW)
            outcomes.append("booked")
        except (bookings.VenueTaken, rules.DaysTaken):
            outcomes.append("told")
        except BaseException as error:
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert sorted(outcomes) == ["booked", *["told"] * 7]
    with transaction.atomic():
        cast.actor("clerk")
        assert Booking.objects.count() == 1
        agreed = Claim.objects.filter(state=rules.AGREED).count()
        assert agreed + Meeting.objects.filter(venue=venue).count() == 1


def test_the_pages_ask_the_same_for_ten_and_for_twenty(cast: Cast) -> None:
    venue = hall(cast)
    item = offered(cast, venue)
    clerk, asked = cast.client("clerk"), []
    pages = [reverse("lists:item", kwargs={"key": item.key}), reverse("events:venue", kwargs={"key": venue.key})]
    for first in (0, 10):
        for number in range(first, first + 10):
            if number % 2:
                booked(cast, item, ON + number * DAY, ON + number * DAY)
            else:
                start = START + number * DAY
                planned(cast, venue=venue, place="", title=f"第{number}场", starts_at=start, ends_at=start + timedelta(hours=1), answer_by=None)
        for page in pages:
            clerk.get(page + f"?month={ON:%Y-%m}")
            with CaptureQueriesContext(connection) as found:
                assert f"第{first}场" in clerk.get(page + f"?month={ON:%Y-%m}").content.decode()
            asked.append(sum(not one["sql"].startswith(("SAVEPOINT", "RELEASE")) for one in found.captured_queries))
    assert asked[:2] == asked[2:] and max(asked) <= 12, asked


def test_programs_see_and_make_the_same(cast: Cast) -> None:
    venue = hall(cast)
    village = cast.client("village")
    sent = {"kind": "resource", "organization": str(cast.village.key), "category": "设施阵地", "title": "礼堂"}
    made = village.post("/api/v1/lists", {**sent, "venue": str(venue.key)}, content_type="application/json")
    assert made.status_code == 201 and (made.json()["venue"], made.json()["by_day"]) == (str(venue.key), True)
    foreign = cast.client("contact").post(
        "/api/v1/lists", {**sent, "organization": str(cast.firm.key), "venue": str(venue.key)}, content_type="application/json"
    )
    assert foreign.status_code == 422 and "管理单位和共用单位" in foreign.json()["detail"]
    cast.actor("clerk")
    booked(cast, Item.objects.get(), ON + DAY, ON + DAY)
    planned(cast, venue=venue, place="", title="春季联席会议")
    events.offer_service(actor=cast.actor("clerk"), venue=venue, name="热水", since=TODAY, now=NOW)
    path = f"/api/v1/venues/{venue.key}/bookings?since={ON}&days=2"
    found = cast.client("clerk").get(path).json()
    assert [(one["kind"], one["what"]) for one in found] == [
        ("events.meeting", "春季联席会议"), ("lists.claim", f"{cast.firm.name}的预订"),
    ]  # fmt: skip
    assert cast.client("other_clerk").get(path).json()[1]["what"] == "别的单位的预订"
    assert cast.client("clerk").get(path.replace("days=2", "days=1")).json() == found[:1]
    listed = cast.client("clerk").get("/api/v1/venues").json()["venues"]
    assert [(one["name"], one["charge"]) for one in listed[0]["services"]] == [("热水", "")]
