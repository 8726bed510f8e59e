"""Services of a venue, how many used it, and its figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from lianjian.events import actions
from lianjian.events.figures import INDICATORS
from lianjian.events.models import Booking, Meeting, Venue, VenueCount, VenueService
from lianjian.events.rules import bookings as rules
from lianjian.events.rules import meetings
from lianjian.events.tests.meetingwork import AFTER, START, held, planned
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from tests.cast import NOW, TODAY, Cast

DAY = timedelta(days=1)
ON = local_day(START)


def centre(cast: Cast, **more: Any) -> Venue:
    """The service centre of the town."""
    given = {"organization": cast.town_root, "name": "党群服务中心", "opened_on": date(2025, 1, 1), "now": NOW, **more}
    return actions.open_venue(actor=cast.actor("clerk"), **given)


def water(cast: Cast, venue: Venue, **more: Any) -> VenueService:
    """Hot water, free."""
    return actions.offer_service(actor=cast.actor("clerk"), venue=venue, now=NOW, **{"name": "热水", **more})


def figure(cast: Cast, code: str, who: str = "clerk", start: date = TODAY - 30 * DAY, end: date = TODAY + 30 * DAY) -> int:
    """What a figure of the town says in two months, from its rows."""
    item = next(one for one in INDICATORS if one.code == code)
    rows = item.rows(cast.actor(who), Scoped((cast.town.pk,), start, end))
    return sum(getattr(row, item.measure) for row in rows) if item.measure else rows.count()


def test_services_are_offered_changed_and_ended(cast: Cast) -> None:
    venue = centre(cast)
    made = water(cast, venue, hours="全天")
    with pytest.raises(rules.ServiceExists):
        water(cast, venue)
    with pytest.raises(rules.ServiceBeforeVenue):
        water(cast, venue, name="打印", since=date(2024, 12, 31))
    copies = water(cast, venue, name="打印复印", charge="超过10页每页0.2元")
    assert (figure(cast, "events.free_services"), Entry.objects.filter(verb="events.offer_service").count()) == (1, 2)
    actions.change_service(actor=cast.actor("clerk"), service=copies, charge="", now=NOW)
    assert figure(cast, "events.free_services") == 2
    with pytest.raises(Denied):
        actions.end_service(actor=cast.actor("other_clerk"), service=copies, now=NOW)
    with pytest.raises(rules.ServiceBackwards):
        actions.end_service(actor=cast.actor("clerk"), service=made, until=TODAY - DAY, now=NOW)
    actions.end_service(actor=cast.actor("clerk"), service=made, now=NOW)
    with pytest.raises(rules.ServiceOver):
        actions.change_service(actor=cast.actor("clerk"), service=made, name="开水", now=NOW)
    # What ends on a day was still offered the day before, and may be offered anew.
    assert figure(cast, "events.free_services", end=TODAY) == 1
    water(cast, venue)
    actions.close_venue(actor=cast.actor("clerk"), venue=venue, now=NOW)
    with pytest.raises(meetings.VenueClosed):
        water(cast, venue, name="充电")
    assert figure(cast, "events.free_services") == 0


def test_what_a_service_costs_changes_from_a_day_on(cast: Cast) -> None:
    venue, then = centre(cast), TODAY - 20 * DAY
    service, clerk = water(cast, venue, since=TODAY - 60 * DAY), cast.client("clerk")
    for day in (then - DAY, then):
        actions.count_day(actor=cast.actor("clerk"), venue=venue, service=service, on=day, members=1, others=1, now=NOW)
    with pytest.raises(rules.ChargeAhead):
        actions.change_service(actor=cast.actor("clerk"), service=service, charge="每壶1元", on=TODAY + DAY, now=NOW)
    change = reverse("events:change_service", kwargs={"key": service.key})
    sent = {"name": "热水", "charge": "每壶1元", "since": f"{service.since}", "on": f"{then}"}
    assert clerk.post(change, sent).status_code == 303
    free = [figure(cast, "events.free_services", end=day) for day in (then - DAY, then, TODAY)]
    assert free == [1, 0, 0]
    made = VenueService.objects.get(until__isnull=True)
    assert [row.service_id for row in VenueCount.objects.order_by("on")] == [service.pk, made.pk]
    # What was written down wrongly from the first day on is mended, and leaves no line behind.
    actions.change_service(actor=cast.actor("clerk"), service=made, charge="", on=then, now=NOW)
    assert VenueService.objects.count() == 2
    assert [figure(cast, "events.free_services", end=day) for day in (then - DAY, then, TODAY)] == [1, 1, 1]


def test_a_booking_is_counted_once_and_the_figures_are_its_rows(cast: Cast) -> None:
    venue = centre(cast)
    meeting = planned(cast, venue=venue, place="")
    booking = Booking.objects.get()
    clerk = cast.actor("clerk")
    with pytest.raises(rules.CountAhead):
        actions.count_booking(actor=clerk, booking=booking, members=3, others=4, now=NOW)
    held(cast, meeting)
    with pytest.raises(rules.NobodyCounted):
        actions.count_booking(actor=clerk, booking=booking, members=0, others=0, now=AFTER)
    count = actions.count_booking(actor=clerk, booking=booking, members=12, others=30, now=AFTER)
    with pytest.raises(rules.CountedAlready):
        actions.count_booking(actor=clerk, booking=booking, members=1, others=1, now=AFTER)
    service = water(cast, venue)
    more = {"actor": cast.actor("clerk"), "venue": venue, "now": AFTER}
    actions.count_day(on=ON, members=2, others=9, **more)
    actions.count_day(on=ON, members=0, others=5, service=service, **more)
    for again in ({"service": service}, {}):
        with pytest.raises(rules.CountedAlready):
            actions.count_day(on=ON, members=1, others=1, **more, **again)
    with pytest.raises(rules.CountAhead):
        actions.count_day(on=ON + DAY, members=1, others=1, **more)
    with pytest.raises(rules.CountOutside):
        actions.count_day(on=date(2024, 12, 31), members=1, others=1, **more)
    with pytest.raises(rules.ServiceNotThen):
        actions.count_day(on=TODAY - DAY, members=1, others=1, service=service, **more)
    codes = ("events.venue_uses", "events.venue_member_uses", "events.venue_public_uses")
    assert [figure(cast, code) for code in codes] == [58, 14, 44]
    assert [figure(cast, code, end=ON - DAY) for code in codes] == [0, 0, 0]
    actions.change_count(actor=cast.actor("clerk"), count=count, members=10, others=30, now=AFTER)
    assert [figure(cast, code) for code in codes] == [56, 12, 44]
    actions.remove_count(actor=cast.actor("clerk"), count=count, now=AFTER)
    assert [figure(cast, code) for code in codes] == [16, 2, 14]
    verbs = Entry.objects.filter(verb__in=("events.count_use", "events.change_count", "events.remove_count"))
    assert verbs.count() == 5


def test_who_counts(cast: Cast) -> None:
    """The house, or who convened the meeting: each in a row of its own place, which only its own place mends."""
    venue = centre(cast)
    actions.plan_meeting(
        actor=cast.actor("other_clerk"), convener=cast.other_root, kind="座谈会", title="外镇的会", starts_at=START,
        ends_at=START + timedelta(hours=1), bodies=[], venue=venue, now=NOW,
    )  # fmt: skip
    booking = Booking.objects.select_related("venue__organization").get()
    with pytest.raises(Denied):
        actions.count_booking(actor=cast.actor("village"), booking=booking, members=1, others=1, now=AFTER)
    count = actions.count_booking(actor=cast.actor("other_clerk"), booking=booking, members=5, others=6, now=AFTER)
    assert count.jurisdiction_id == cast.other_town.pk
    with pytest.raises(Denied):
        actions.change_count(actor=cast.actor("clerk"), count=count, members=1, others=1, now=AFTER)
    # It counts where the house stands, and who convened is told when it was the house that counted.
    assert figure(cast, "events.venue_uses") == 11
    with pytest.raises(rules.BookingCounted):
        actions.cancel_meeting(actor=cast.actor("other_clerk"), meeting=Meeting.objects.get(), reason="没开成", now=AFTER)
    actions.remove_count(actor=cast.actor("other_clerk"), count=count, now=AFTER)
    count = actions.count_booking(actor=cast.actor("clerk"), booking=booking, members=7, others=8, now=AFTER)
    said = cast.client("other_clerk").get(reverse("events:count_meeting", kwargs={"key": Meeting.objects.get().key}))
    assert said.status_code == 409 and cast.town_root.name in said.content.decode()
    actions.remove_count(actor=cast.actor("clerk"), count=count, now=AFTER)
    actions.cancel_meeting(actor=cast.actor("other_clerk"), meeting=Meeting.objects.get(), reason="没开成", now=AFTER)
    assert not Booking.objects.exists()


def test_a_counted_booking_stays_where_and_when_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    venue, other = centre(cast), centre(cast, name="二楼会议室")
    meeting = planned(cast, venue=venue, place="", bodies=[], answer_by=None)
    monkeypatch.setattr("lianjian.foundation.clock.now", lambda: AFTER)
    count = actions.count_booking(actor=cast.actor("clerk"), booking=Booking.objects.get(), members=3, others=4, now=AFTER)
    clerk, change = cast.client("clerk"), reverse("events:change_meeting", kwargs={"key": meeting.key})
    start = timezone.localtime(START)

    def sent(hall: Venue, shift: timedelta) -> Any:
        times = {name: f"{start + shift + more:%Y-%m-%dT%H:%M}" for name, more in
                 (("starts_at", timedelta()), ("ends_at", timedelta(hours=1)))}  # fmt: skip
        facts = {"kind": meeting.kind, "title": meeting.title, "audience": "open", "venue": str(hall.key), **times}
        return clerk.post(change, facts)

    for hall, shift in ((other, timedelta()), (venue, DAY)):
        refused = sent(hall, shift)
        assert refused.status_code == 422 and "先在阵地页面更正那一条" in refused.content.decode()
    assert sent(venue, timedelta(minutes=30)).status_code == 303  # another hour of the day
    actions.remove_count(actor=cast.actor("clerk"), count=count, now=AFTER)
    assert sent(other, DAY).status_code == 303
    assert Booking.objects.get().venue == other


def test_functions_twice_and_the_share_of_service(cast: Cast) -> None:
    first = centre(cast, functions=["会议", "便民服务"], area_m2=400, service_m2=300)
    centre(cast, name="二楼会议室", functions=["会议"], double_reason="周末用", area_m2=100, service_m2=0)
    centre(cast, name="仓库", area_m2=50)
    item = {one.code: one for one in INDICATORS}["events.service_share"]
    scoped = Scoped((cast.town.pk,), TODAY, TODAY)
    actor = cast.actor("clerk")
    assert item.base is not None
    assert sum(row.service_m2 for row in item.rows(actor, scoped)) == 300
    assert sum(row.area_m2 for row in item.base(actor, scoped)) == 500
    clerk = cast.client("clerk")
    page = clerk.get(reverse("insight:figure", kwargs={"code": "events.service_share"}) + "?period=2026-03").content.decode()
    assert "60.0%" in page and "300" in page and "500" in page and "党群服务中心" in page
    assert figure(cast, "events.venues_doubled") == 2
    listed = clerk.get(reverse("events:venues") + "?double=yes").content.decode()
    assert "二楼会议室" in listed and "党群服务中心" in listed and "仓库" not in listed
    actions.close_venue(actor=cast.actor("clerk"), venue=first, now=NOW)
    assert figure(cast, "events.venues_doubled") == 0
    assert "二楼会议室" not in clerk.get(reverse("events:venues") + "?double=yes").content.decode()


def test_by_the_front_door(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    venue = centre(cast)
    meeting = planned(cast, venue=venue, place="", title="开放日")
    held(cast, meeting)
    monkeypatch.setattr("lianjian.foundation.clock.now", lambda: AFTER)
    clerk, here = cast.client("clerk"), reverse("events:venue", kwargs={"key": venue.key})
    new = reverse("events:offer_service", kwargs={"key": venue.key})
    assert clerk.get(new).status_code == 200
    assert clerk.post(new, {"name": "热水", "hours": "全天", "since": "2026-01-01"}).status_code == 303
    twice = clerk.post(new, {"name": "热水", "since": "2026-01-01"})
    assert twice.status_code == 422 and "已经有这项服务" in twice.content.decode()
    assert clerk.post(new, {"name": "复印", "charge": "每页0.2元", "since": "2026-01-01"}).status_code == 303
    page = clerk.get(here).content.decode()
    assert "热水" in page and "免费" in page and "每页0.2元" in page and "登记人数" in page
    cast.actor("clerk")
    service, booking = VenueService.objects.get(name="热水"), Booking.objects.get()
    change = reverse("events:change_service", kwargs={"key": service.key})
    assert clerk.post(change, {"name": "开水", "since": "2026-01-01"}).status_code == 303
    count = reverse("events:count_booking", kwargs={"key": booking.key})
    asked = clerk.get(count).content.decode()
    assert "开放日" in asked
    nobody = clerk.post(count, {"members": "0", "others": "0"})
    assert nobody.status_code == 422 and "至少一项大于0" in nobody.content.decode()
    assert clerk.post(count, {"members": "8", "others": "20"}).status_code == 303
    # From the page of the meeting the same numbers are mended.
    said = reverse("events:count_meeting", kwargs={"key": meeting.key})
    assert said in clerk.get(meeting.get_absolute_url()).content.decode()
    assert clerk.post(said, {"members": "9", "others": "20"}).status_code == 303
    day = reverse("events:count_day", kwargs={"key": venue.key})
    assert clerk.get(day).status_code == 200
    sent = {"on": f"{ON}", "service": str(service.key), "members": "1", "others": "6"}
    assert clerk.post(day, sent).status_code == 303
    again = clerk.post(day, sent)
    assert again.status_code == 422 and "已经登记" in again.content.decode()
    page = clerk.get(here).content.decode()
    assert "党员 9 人次,群众 20 人次" in page and "党员 1 人次,群众 6 人次" in page
    period = "?period=2026-03"
    shown = clerk.get(reverse("insight:figure", kwargs={"code": "events.venue_uses"}) + period).content.decode()
    assert "36" in shown and "开水" in shown and "党群服务中心" in shown
    cast.actor("clerk")
    row = VenueCount.objects.get(booking__isnull=True)
    mend = reverse("events:change_count", kwargs={"key": row.key})
    assert clerk.post(mend, {"members": "2", "others": "6"}).status_code == 303
    remove = reverse("events:remove_count", kwargs={"key": row.key})
    assert remove in clerk.get(mend).content.decode()
    for path in (new, change, count, day, mend, remove, reverse("events:end_service", kwargs={"key": service.key})):
        assert cast.client("other_clerk").post(path, sent).status_code == 404, path
    assert cast.client("other_clerk").post(said, sent).status_code == 404
    assert clerk.post(remove).status_code == 303
    assert clerk.post(reverse("events:end_service", kwargs={"key": service.key})).status_code == 303
    assert "已停止" in clerk.get(here).content.decode()
