"""Leading cadres take part twice a year: in their branch and on their committee (党员教育管理工作条例 art. 16)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.events import actions as events
from lianjian.events.rules.attendance import Said
from lianjian.partylife import actions
from lianjian.partylife.models import PartyMember
from lianjian.partylife.queries.two_track import Leader, two_track
from tests.cast import NOW, PASSWORD, Cast, acting

from .test_life import at, hold
from .test_members import member

DAY = date(2026, 3, 6)


def committee(cast: Cast, name: str = "柳溪产业园党委") -> Organization:
    return directory.register_organization(
        actor=cast.actor("clerk"), name=name, classification="party", parent=cast.town_root, now=NOW,
        since=date(2020, 1, 1), founded_on=date(2020, 1, 1), profile={"level": "committee"},
    )  # fmt: skip


def leading(cast: Cast, body: Organization, name: str = "秦川", since: date = date(2022, 1, 1)) -> PartyMember:
    one = member(cast, name)
    directory.add_membership(
        actor=cast.actor("clerk"), person=one.person, organization=body, role="committee_member", since=since, now=NOW
    )
    return one


def came(cast: Cast, convener: Organization, kind: str, one: PartyMember, day: date = DAY) -> None:
    meeting = hold(cast, convener, kind, day)
    events.record_attendance(
        actor=cast.actor("clerk"), meeting=meeting, organization=convener, said={one.person_id: Said("present")},
        now=at(day, 20),
    )  # fmt: skip


def leaders(cast: Cast, body: Organization, today: date, year: int = 2026) -> dict[str, Leader]:
    with acting(cast.actor("clerk")):
        found = two_track(body, year, today)
    assert found is not None and "第16条" in found.cite
    return {one.name: one for one in found.leaders}


def lights(one: Leader) -> tuple[str, list[str]]:
    return one.branch.badge.tone if one.branch else "", [track.badge.tone for track in one.committees]


def test_each_track_is_asked_for_itself_and_late_when_the_year_is_over(cast: Cast) -> None:
    body = committee(cast)
    one = leading(cast, body)
    assert lights(leaders(cast, body, DAY)["秦川"]) == ("neutral", ["neutral"])
    assert lights(leaders(cast, body, date(2026, 12, 31))["秦川"]) == ("due", ["due"])
    came(cast, cast.branch, "主题党日", one)
    assert lights(leaders(cast, body, date(2027, 1, 5))["秦川"]) == ("done", ["late"])
    came(cast, body, "党委会议", one)  # business, not the life of the committee
    assert lights(leaders(cast, body, date(2027, 1, 5))["秦川"])[1] == ["late"]
    came(cast, body, "民主生活会", one, date(2026, 3, 7))
    assert lights(leaders(cast, body, date(2027, 1, 5))["秦川"]) == ("done", ["done"])
    assert lights(leaders(cast, body, date(2027, 1, 5), 2027)["秦川"]) == ("neutral", ["neutral"])
    same = leaders(cast, cast.branch, date(2027, 1, 5))["秦川"]  # the branch's page tells the same
    assert lights(same) == ("done", ["done"]) and same.branch is not None and same.branch.times == 1


def test_who_stayed_away_has_not_taken_part_and_the_exempt_are_not_asked(cast: Cast) -> None:
    body = committee(cast)
    one, two = leading(cast, body), leading(cast, body, "何平")
    other = member(cast, "普通某")  # leads nothing
    meeting = hold(cast, cast.branch, "主题党日", DAY)
    said = {one.person_id: Said("leave", "work"), other.person_id: Said("present")}
    events.record_attendance(
        actor=cast.actor("clerk"), meeting=meeting, organization=cast.branch, said=said, now=at(DAY, 20)
    )
    actions.exempt(actor=cast.actor("clerk"), member=two, kind="unbound", since=date(2025, 1, 1), now=NOW)
    found = leaders(cast, body, date(2027, 1, 5))
    assert lights(found["秦川"])[0] == "late" and found["何平"].exempt
    assert set(found) == {"秦川", "何平"} == set(leaders(cast, cast.branch, date(2027, 1, 5)))


def test_who_took_office_in_the_year_is_not_late_in_it(cast: Cast) -> None:
    body = committee(cast)
    leading(cast, body, since=date(2026, 2, 1))
    hold(cast, cast.branch, "主题党日", DAY)
    assert lights(leaders(cast, body, date(2027, 1, 5))["秦川"])[1] == ["info"]


def test_it_stands_on_the_page_of_the_branch_and_of_the_committee(cast: Cast, as_clerk: Any) -> None:
    body = committee(cast)
    one = leading(cast, body)
    came(cast, cast.branch, "组织生活会", one)
    before = as_clerk.get(reverse("partylife:life", kwargs={"key": body.key}) + "?year=2025").content.decode()
    assert "党员领导干部双重组织生活" not in before  # nothing was on record yet: that year is not judged
    hold(cast, cast.branch, "主题党日", date(2025, 5, 6))
    for place in (cast.branch, body):
        page = as_clerk.get(reverse("partylife:life", kwargs={"key": place.key}) + "?year=2025").content.decode()
        assert "党员领导干部双重组织生活" in page and "秦川" in page and "全年未参加" in page
        page = as_clerk.get(reverse("partylife:life", kwargs={"key": place.key}) + "?year=2026").content.decode()
        assert "1次,最近3月6日" in page
    other = as_clerk.get(reverse("partylife:life", kwargs={"key": cast.town_root.key})).content.decode()
    assert "秦川" not in other
    own = as_clerk.get(f"/members/branches/{cast.branch.key}").content.decode()
    assert reverse("partylife:life", kwargs={"key": cast.branch.key}) in own


def test_many_leaders_cost_what_few_do(cast: Cast) -> None:
    body = committee(cast)
    leading(cast, body)

    def cost() -> int:
        with acting(cast.actor("clerk")), CaptureQueriesContext(connection) as found:
            two_track(body, 2026, DAY)
        return len(found)

    few = cost()
    for n in range(5):
        leading(cast, body, f"领导{n}")
    assert cost() == few


def test_the_pages_stay_within_twelve_queries(cast: Cast) -> None:
    body = committee(cast)
    came(cast, body, "民主生活会", leading(cast, body))
    came(cast, cast.branch, "主题党日", leading(cast, body, "何平"))
    browser = Client()
    assert browser.post("/sign-in", {"login": "clerk", "password": PASSWORD}).status_code in (302, 303)
    for place in (cast.branch, body):
        for address in (
            reverse("partylife:life", kwargs={"key": place.key}) + "?year=2026",
            reverse("partylife:life", kwargs={"key": place.key}) + "?year=2025",
            reverse("partylife:hours", kwargs={"key": place.key}),
        ):
            browser.get(address)
            with CaptureQueriesContext(connection) as found:
                assert browser.get(address).status_code == 200
            asked = [one["sql"] for one in found if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
            assert len(asked) <= 12, (address, len(asked), "\n".join(sql[:160] for sql in asked))
