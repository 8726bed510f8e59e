"""Venues: what they are for, who shares them, and a function that is there already."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.events import actions
from lianjian.events.models import Venue, VenueUser, Word
from lianjian.events.queries import venue_choices, venue_page
from lianjian.events.rules import bookings
from lianjian.events.rules import meetings as rules
from lianjian.events.tests.meetingwork import START, planned
from lianjian.foundation.rights import Denied
from tests.cast import NOW, TODAY, Cast

SENT = {"name": "党群服务中心", "functions": ["会议", "便民服务"], "area_m2": "400", "service_m2": "320", "opened_on": "2025-01-01"}


def venue(cast: Cast, name: str = "党群服务中心", **more: Any) -> Venue:
    given: dict[str, Any] = {"organization": cast.town_root, "functions": ["会议", "便民服务"], "now": NOW, **more}
    return actions.open_venue(actor=cast.actor("clerk"), name=name, **given)


def test_a_function_that_is_there_already_needs_a_reason(cast: Cast) -> None:
    first = venue(cast)
    with pytest.raises(rules.FunctionDoubled) as doubled:
        venue(cast, "二楼会议室", functions=["会议", "办公"])
    assert "党群服务中心" in str(doubled.value) and "会议" in str(doubled.value) and "办公" not in str(doubled.value)
    second = venue(cast, "二楼会议室", functions=["会议"], double_reason="服务中心周末不开放")
    shown = venue_page(cast.actor("clerk"), first, NOW)
    assert [(word, name) for word, name, _url in shown.doubled] == [("会议", "二楼会议室")]
    # One that it had before is not asked about again; a new one is.
    actions.change_venue(actor=cast.actor("clerk"), venue=first, seats=60, now=NOW)
    with pytest.raises(rules.FunctionDoubled):
        actions.change_venue(actor=cast.actor("clerk"), venue=second, functions=["会议", "便民服务"], double_reason="", now=NOW)
    # Another town doubles nothing of ours, and a closed venue doubles nothing.
    actions.open_venue(
        actor=cast.actor("other_clerk"), organization=cast.other_root, name="石桥会议室", functions=["会议"], now=NOW
    )
    actions.close_venue(actor=cast.actor("clerk"), venue=first, now=NOW)
    venue(cast, "便民点", functions=["便民服务"])
    with pytest.raises(rules.VenueClosed):
        actions.change_venue(actor=cast.actor("clerk"), venue=first, seats=1, now=NOW)


def test_area_users_and_closing(cast: Cast) -> None:
    with pytest.raises(rules.ServiceTooLarge):
        venue(cast, area_m2=100, service_m2=101)
    with pytest.raises(rules.ServiceTooLarge):
        venue(cast, service_m2=5)
    with pytest.raises(rules.UnknownWord):
        venue(cast, functions=["健身房"])
    actions.add_word(actor=cast.actor("clerk"), list_code="function", name="健身房", now=NOW)
    made = venue(cast, functions=["健身房"], area_m2=300, service_m2=240)
    with pytest.raises(rules.VenueExists):
        venue(cast, functions=[])
    with pytest.raises(rules.AlreadyUser):
        actions.share_venue(actor=cast.actor("clerk"), venue=made, organization=cast.town_root, now=NOW)
    use = actions.share_venue(actor=cast.actor("clerk"), venue=made, organization=cast.office, now=NOW)
    with pytest.raises(rules.AlreadyUser):
        actions.share_venue(actor=cast.actor("clerk"), venue=made, organization=cast.office, now=NOW)
    facts = dict(venue_page(cast.actor("clerk"), made, NOW).facts)
    assert facts["服务群众的面积"] == "240 平方米 · 80%"
    with pytest.raises(Denied):
        actions.unshare_venue(actor=cast.actor("other_clerk"), use=use, now=NOW)
    actions.unshare_venue(actor=cast.actor("clerk"), use=use, now=NOW)
    assert not VenueUser.objects.exists()
    actions.close_venue(actor=cast.actor("clerk"), venue=made, now=NOW)
    assert made.closed_on == TODAY
    with pytest.raises(rules.VenueClosed):
        planned(cast, venue=made, place="")


def test_by_the_front_door(cast: Cast) -> None:
    clerk = cast.client("clerk")
    new = reverse("events:open_venue")
    assert clerk.get(new).status_code == 200
    sent = {**SENT, "organization": str(cast.town_root.key), "facilities": "投影、音响"}
    wrong = clerk.post(new, {**sent, "service_m2": "500"})
    assert wrong.status_code == 422 and "不能大于总面积" in wrong.content.decode()
    assert clerk.post(new, sent).status_code == 303
    again = clerk.post(new, {**sent, "name": "另一处"})
    assert again.status_code == 422 and "请写明重复设置的理由" in again.content.decode()
    cast.actor("clerk")
    made = Venue.objects.get()
    assert (made.facilities, made.service_m2) == (["投影", "音响"], 320)
    here = reverse("events:venue", kwargs={"key": made.key})
    planned(cast, venue=made, place="")
    with pytest.raises(bookings.VenueTaken):
        planned(cast, venue=made, place="", title="撞在一起的会", starts_at=START + timedelta(minutes=30))
    page = clerk.get(here).content.decode()
    assert "320 平方米 · 80%" in page
    listed = clerk.get(reverse("events:venues") + "?q=服务中心&function=会议&place=own&standing=open").content.decode()
    assert "党群服务中心" in listed and "80%" in listed
    change = reverse("events:change_venue", kwargs={"key": made.key})
    assert clerk.post(change, {**SENT, "seats": "80"}).status_code == 303
    share = reverse("events:share_venue", kwargs={"key": made.key})
    assert clerk.post(share, {"organization": str(cast.second_station.key)}).status_code == 303
    cast.actor("clerk")
    use = VenueUser.objects.get()
    assert cast.client("other_clerk").get(here).status_code == 200  # register: read across towns
    for path in (change, share, reverse("events:close_venue", kwargs={"key": made.key})):
        assert cast.client("other_clerk").post(path, SENT).status_code == 404
    assert clerk.post(reverse("events:unshare_venue", kwargs={"key": use.key})).status_code == 303
    assert clerk.post(reverse("events:close_venue", kwargs={"key": made.key})).status_code == 303
    assert "已停用" in clerk.get(here).content.decode()
    assert "党群服务中心" in clerk.get("/search?q=党群服务中心").content.decode()


def test_words_of_a_place(cast: Cast) -> None:
    clerk, here = cast.client("clerk"), reverse("events:words")
    assert "卫生大清整" in clerk.get(here).content.decode()
    assert clerk.post(here, {"list": "kind", "name": "夕阳红关爱"}).status_code == 303
    for name in ("夕阳红关爱", "联席会议"):
        taken = clerk.post(here, {"list": "kind", "name": name})
        assert taken.status_code == 422 and "已经有了" in taken.content.decode()
    cast.actor("clerk")
    word = Word.objects.get()
    planned(cast, kind="夕阳红关爱")
    retire = reverse("events:retire_word", kwargs={"key": word.key})
    assert clerk.post(retire).status_code == 303
    cast.actor("clerk")
    with pytest.raises(rules.UnknownWord):
        planned(cast, kind="夕阳红关爱")
    assert clerk.post(retire).status_code == 303
    assert cast.client("other_clerk").post(retire).status_code == 404
    assert cast.client("contact").get(here).status_code == 403


def test_venues_of_the_own_place_are_never_cut_off(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("阿", "安"):
        actions.open_venue(
            actor=cast.actor("other_clerk"), organization=cast.other_root, name=f"{place}村会议室", functions=["会议"],
            double_reason="各村各用", now=NOW,
        )  # fmt: skip
    own = venue(cast)
    monkeypatch.setattr("lianjian.events.queries.meeting.MOST_VENUES", 2)
    named = [key for key, _name in venue_choices(cast.actor("clerk"), TODAY)]
    assert len(named) == 2 and named[0] == str(own.key)
