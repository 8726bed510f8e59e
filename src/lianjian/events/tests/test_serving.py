"""Teams at an activity: who serves, who of them came, counted once; hours told to oneself and to who records."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from lianjian.directory import actions as directory
from lianjian.directory.models import Person, Team
from lianjian.events import actions, figures
from lianjian.events.models import Attendance, Meeting, ServingTeam
from lianjian.events.queries import own_calendar
from lianjian.events.queries.serving import hours_of_members, own_service, seats_of, served_rows
from lianjian.events.rules import meetings
from lianjian.events.rules import serving as rules
from lianjian.events.tests.meetingwork import AFTER, START, all_came, held, planned, together
from lianjian.foundation import clock
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from tests.cast import NOW, SINCE, TODAY, Cast, build_cast
from tests.test_query_counts import MOST, cost, signed_in


def team(cast: Cast, name: str = "木香志愿服务队", *members: str, **more: Any) -> Team:
    """Volunteers of the village, founded long ago; the secretary leads them."""
    given = {"organization": cast.village, "leader": cast.people["village"], "founded_on": SINCE, **more}
    made = directory.found_team(actor=cast.actor("clerk"), kind="volunteer", name=name, now=NOW, **given)
    for who in members:
        directory.add_to_team(
            actor=cast.actor("clerk"), team=made, person=cast.people[who], since=SINCE, unit=cast.firm, now=NOW
        )
    return made


def activity(cast: Cast, *teams: Team, **more: Any) -> Meeting:
    given: dict[str, Any] = {"kind": "志愿服务", "title": "逢九送汤", "bodies": [], "answer_by": None, **more}
    return planned(cast, teams=teams, **given)


def over(cast: Cast, *teams: Team, **more: Any) -> Meeting:
    return held(cast, activity(cast, *teams, **more))


def came(cast: Cast, meeting: Meeting, served: Team, *people: Person, who: str = "clerk") -> None:
    ids = [one.pk for one in people]
    actions.record_serving(actor=cast.actor(who), meeting=meeting, team=served, people=ids, now=AFTER)


def test_teams_are_asked_changed_and_told_in_the_journal(cast: Cast) -> None:
    one, two = team(cast), team(cast, "红马甲服务队")
    meeting = activity(cast, one)
    assert [row.name for row in meeting.teams.all()] == ["木香志愿服务队"]
    actions.change_meeting(actor=cast.actor("clerk"), meeting=meeting, teams=[two, one], now=NOW)
    actions.change_meeting(actor=cast.actor("clerk"), meeting=meeting, teams=[one, two], now=NOW)
    entries = Entry.objects.filter(verb="events.change_meeting")
    assert entries.count() == 1  # the same teams in another order are no change
    actions.change_meeting(actor=cast.actor("clerk"), meeting=meeting, title="逢九送爱心汤", now=NOW)
    assert meeting.teams.count() == 2  # nothing was said of them
    actions.hold_meeting(actor=cast.actor("clerk"), meeting=meeting, came={}, text="", teams=[two], now=AFTER)
    assert [row.team for row in meeting.teams.all()] == [two]


def test_a_team_that_is_not_there_does_not_serve(cast: Cast) -> None:
    late = team(cast, "新队", founded_on=TODAY)
    with pytest.raises(rules.TeamNotThere):
        activity(cast, late, starts_at=NOW - timedelta(days=30), ends_at=NOW - timedelta(days=29))
    gone = team(cast, "老队")
    before = activity(cast, gone)
    directory.dissolve_team(actor=cast.actor("clerk"), team=gone, now=NOW)
    gone.refresh_from_db()
    with pytest.raises(rules.TeamNotThere):
        activity(cast, gone)
    actions.change_meeting(actor=cast.actor("clerk"), meeting=before, teams=[gone], now=NOW)  # it was asked before
    foreign = directory.found_team(
        actor=cast.actor("other_clerk"), kind="volunteer", name="石桥服务队", organization=cast.other_root,
        leader=cast.people["other_clerk"], now=NOW,
    )  # fmt: skip
    with pytest.raises(rules.TeamElsewhere):
        activity(cast, foreign)


def test_who_came_with_a_team_counts_once_for_the_own_body(cast: Cast) -> None:
    one, two = team(cast, "木香志愿服务队", "instructor"), team(cast, "红马甲服务队", "instructor")
    meeting = over(cast, one, two)
    instructor, village = cast.people["instructor"], cast.people["village"]
    with pytest.raises(rules.NotInTeam):
        came(cast, meeting, one, cast.people["contact"])
    came(cast, meeting, one, instructor, village)
    row = Attendance.objects.get(person=instructor)
    assert (row.organization, row.state, row.team) == (cast.firm, "present", one)
    assert Attendance.objects.get(person=village).organization == cast.village
    with pytest.raises(rules.OnAnotherList):
        came(cast, meeting, two, instructor)
    assert served_rows(one).count() == 2 and served_rows(two).count() == 2 and served_rows().count() == 2
    actor = cast.actor("clerk")
    whole = Scoped((cast.town.pk,), START.date(), START.date())
    indicator = {one.code: one for one in figures.INDICATORS}
    assert indicator["events.attendance"].rows(actor, whole).count() == 2
    came(cast, meeting, one, village)
    assert list(Attendance.objects.values_list("person_id", flat=True)) == [village.pk]
    assert Entry.objects.filter(verb="events.record_serving").count() == 2  # what was refused left none


def test_the_list_of_a_body_takes_its_people_over_and_the_team_keeps_counting_them(cast: Cast) -> None:
    one = team(cast, "木香志愿服务队", "contact")
    cast.system()
    directory.add_membership(
        actor=cast.actor("clerk"), person=cast.people["contact"], organization=cast.second_firm, role="staff", since=SINCE,
        now=NOW,
    )  # fmt: skip
    meeting = over(cast, one, bodies=[(cast.second_firm, "member")])
    contact = cast.people["contact"]
    came(cast, meeting, one, contact)
    assert Attendance.objects.get().organization == cast.firm
    said = {contact.pk: actions.Said("present")}
    actions.record_attendance(
        actor=cast.actor("clerk"), meeting=meeting, organization=cast.second_firm, said=said, now=AFTER
    )
    row = Attendance.objects.get()
    assert (row.organization, row.team) == (cast.second_firm, None)
    assert served_rows(one).count() == 1
    with pytest.raises(rules.OnAnotherList):
        came(cast, meeting, one, contact)
    came(cast, meeting, one)  # and what the body wrote, an empty list of the team leaves alone
    assert Attendance.objects.count() == 1


def test_the_list_of_a_town_takes_over_whom_the_county_s_team_wrote_down(cast: Cast) -> None:
    county, contact = cast.actor("county_clerk"), cast.people["contact"]
    one = directory.found_team(
        actor=county, kind="volunteer", name="县直服务队", organization=cast.county_root, founded_on=SINCE,
        leader=cast.people["county_clerk"], now=NOW,
    )  # fmt: skip
    directory.add_to_team(actor=county, team=one, person=contact, since=SINCE, now=NOW)
    cast.system()
    directory.add_membership(
        actor=cast.actor("clerk"), person=contact, organization=cast.firm, role="staff", since=SINCE, now=NOW
    )
    meeting = actions.plan_meeting(
        actor=cast.actor("county_clerk"), convener=cast.county_root, kind="志愿服务", title="护河", place="河边", teams=[one],
        starts_at=START, ends_at=START + timedelta(hours=1), bodies=[(cast.firm, "member")], now=NOW,
    )  # fmt: skip
    actions.hold_meeting(actor=cast.actor("county_clerk"), meeting=meeting, came=all_came(meeting), text="", now=AFTER)
    came(cast, meeting, one, contact, who="county_clerk")
    assert Attendance.objects.get().jurisdiction_id == cast.county.pk
    address = reverse("events:attend", kwargs={"key": meeting.key, "body": cast.firm.key})
    assert cast.client("clerk").post(address, {f"state_{contact.pk}": "present"}).status_code == 303
    cast.actor("county_clerk")
    row = Attendance.objects.get()
    assert (row.organization, row.team, row.jurisdiction_id) == (cast.firm, None, cast.town.pk)
    assert served_rows(one).count() == 1


def test_a_team_whose_people_are_written_down_stays(cast: Cast) -> None:
    one = team(cast)
    meeting = over(cast, one)
    came(cast, meeting, one, cast.people["village"])
    correct: Callable[..., Any] = lambda: actions.correct_meeting(  # noqa: E731
        actor=cast.actor("clerk"), meeting=meeting, came={}, text="各方同意共享物流。", reason="写错了", teams=[], now=AFTER
    )
    with pytest.raises(rules.TeamHasPeople):
        correct()
    came(cast, meeting, one)
    correct()
    assert not ServingTeam.objects.exists()
    with pytest.raises(rules.TeamNotServing):
        came(cast, meeting, one)
    with pytest.raises(Denied):
        came(cast, meeting, one, who="contact")


def seen_on(page: str) -> str:
    """Who the page of a team's list says are written down."""
    (found,) = re.findall(r'name="seen" value="([\d,]*)"', page) or [""]
    return str(found)


def test_whom_the_recorder_has_not_seen_on_the_list_stays_on_it(cast: Cast) -> None:
    one = team(cast, "木香志愿服务队", "instructor", "contact")
    meeting = over(cast, one)
    instructor, contact, village = (cast.people[who] for who in ("instructor", "contact", "village"))
    clerk, address = cast.client("clerk"), reverse("events:serve", kwargs={"key": meeting.key, "team": one.key})
    opened = seen_on(clerk.get(address).content.decode())
    came(cast, meeting, one, village)  # by somebody else, while the page was open
    assert clerk.post(address, {"people": [str(instructor.pk)], "seen": opened}).status_code == 303
    cast.actor("clerk")
    assert set(Attendance.objects.values_list("person_id", flat=True)) == {instructor.pk, village.pk}
    # Who is no member of that day any more stands on the list until taken off it.
    seat = one.members.get(person=instructor)
    left = {"since": seat.since, "until": START.date()}
    directory.correct_seat(actor=cast.actor("clerk"), member=seat, now=AFTER, **left)
    page = clerk.get(address).content.decode()
    assert "当天已不是成员" in page
    sent = {"people": [str(one.pk) for one in (instructor, contact, village)], "seen": seen_on(page)}
    assert clerk.post(address, sent).status_code == 303
    cast.actor("clerk")
    assert Attendance.objects.count() == 3
    assert clerk.post(address, {"people": [str(contact.pk)], "seen": seen_on(page)}).status_code == 303
    cast.actor("clerk")
    assert Attendance.objects.get().person == contact


def test_whoever_waits_for_a_seat_is_not_taken_to_have_come(cast: Cast) -> None:
    one = team(cast, "木香志愿服务队", "contact", "other_contact")
    meeting = activity(cast, one)
    until = START - timedelta(hours=1)
    actions.open_sign_up(actor=cast.actor("clerk"), meeting=meeting, until=until, seats=1, now=NOW)
    for who in ("contact", "other_contact"):
        actions.sign_up(actor=cast.actor(who), meeting=meeting, now=NOW)
    meeting = held(cast, meeting)
    seats = {seat.person_id: seat for seat in seats_of(meeting, one)}
    first, second = (seats[cast.people[who].pk] for who in ("contact", "other_contact"))
    assert first.likely and "已报名" in first.label
    assert not second.likely and "候补" in second.label


def test_a_list_of_a_team_is_no_list_of_its_body(cast: Cast) -> None:
    from lianjian.events.queries.attendance import attendance_of, listed

    one = team(cast, "木香志愿服务队", "instructor")
    meeting = over(cast, one)
    came(cast, meeting, one, cast.people["instructor"])
    assert listed(meeting) == (None, None)
    assert [body.came for body in attendance_of(cast.actor("clerk"), meeting)] == [0]


def test_two_lists_at_once_write_a_person_once(committed_db: None) -> None:
    with transaction.atomic():
        cast = build_cast()
        one, two = team(cast), team(cast, "红马甲服务队")
        meeting = over(cast, one, two)
    said: list[str] = []

    def go(served: Team) -> Callable[[], None]:
        def run() -> None:
            try:
                came(cast, meeting, served, cast.people["village"])
                said.append("written")
            except rules.OnAnotherList:
                said.append("other")

        return run

    together(go(one), go(two))
    assert sorted(said) == ["other", "written"]
    with transaction.atomic():
        cast.system()
        assert Attendance.objects.count() == 1


def test_hours_are_told_to_oneself_and_to_who_records(cast: Cast) -> None:
    one = team(cast, "木香志愿服务队", "instructor", "contact")
    meeting = over(cast, one)
    came(cast, meeting, one, cast.people["contact"], cast.people["village"])
    actions.set_results(actor=cast.actor("clerk"), meeting=meeting, service_hours=Decimal("2.5"), served=40, now=AFTER)
    other = over(cast, one, starts_at=START - timedelta(days=2), ends_at=START - timedelta(days=1))
    came(cast, other, one, cast.people["contact"])
    mine = own_service(cast.actor("contact"), 2026)
    assert (len(mine.rows), mine.hours, mine.without) == (2, "2.5", 1)
    assert own_service(cast.actor("instructor"), 2026).rows == []
    assert own_service(cast.actor("contact"), 2025).rows == []
    cast.actor("clerk")
    names = sorted([(cast.people["contact"].name, 2, "2.5"), (cast.people["village"].name, 1, "2.5")])
    assert sorted(hours_of_members(one, 2026)) == names
    hours = reverse("events:team_hours", kwargs={"key": one.key})
    assert "2.5" in cast.client("clerk").get(hours, {"year": "2026"}).content.decode()
    assert cast.client("village").get(hours, {"year": "2026"}).status_code == 200  # the team is the village's own
    assert cast.client("instructor").get(hours).status_code == 404  # a member, who records nothing for it
    assert cast.client("other_clerk").get(hours).status_code == 404
    page = cast.client("contact").get(reverse("events:own_service"), {"year": "2026"}).content.decode()
    assert "2.5" in page and "木香志愿服务队" in page


def test_a_member_sees_the_activity_in_the_calendar_though_no_body_of_theirs_is_asked(cast: Cast) -> None:
    one = team(cast, "木香志愿服务队", "contact")
    meeting = activity(cast, one, audience=meetings.INVITED, convener=cast.office)
    contact, other = cast.actor("contact"), cast.actor("other_contact")
    for actor, seen in ((contact, True), (other, False)):
        assert Meeting.objects.visible_to(actor).filter(pk=meeting.pk).exists() is seen
        assert Meeting.objects.concerning(actor).filter(pk=meeting.pk).exists() is seen
        assert (meeting.key in [line.key for line in own_calendar(actor, NOW)]) is seen
    # Who serves reads the invitation, and no more.
    done = held(cast, meeting)
    page = cast.client("contact").get(reverse("events:meeting", kwargs={"key": done.key})).content.decode()
    assert "木香志愿服务队" in page and "各方同意共享物流" not in page


def test_the_pages_from_plan_to_paper(cast: Cast) -> None:
    one, two = team(cast, "木香志愿服务队", "instructor"), team(cast, "红马甲服务队")
    clerk = cast.client("clerk")
    found = clerk.get(reverse("directory:lookup_team"), {"q": "木香"}).json()
    assert [row["label"] for row in found] == ["木香志愿服务队"]
    assert cast.client("other_clerk").get(reverse("directory:lookup_team")).json() == []
    start = clock.now() - timedelta(hours=3)
    sent = {
        "convener": cast.village.name, "kind": "志愿服务", "title": "清扫河道", "place": "河边", "audience": "open",
        "starts_at": start.strftime("%Y-%m-%dT%H:%M"), "ends_at": (start + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
        "teams": "木香志愿服务队\n没有的队",
    }  # fmt: skip
    plan = reverse("events:plan")
    refused = clerk.post(plan, sent)
    assert refused.status_code == 422 and "没有的队" in refused.content.decode()
    assert clerk.post(plan, {**sent, "teams": "木香志愿服务队"}).status_code == 303
    cast.actor("clerk")
    meeting = Meeting.objects.get(title="清扫河道")
    at = {"key": meeting.key}
    page = reverse("events:meeting", kwargs=at)
    assert "木香志愿服务队" in clerk.get(page).content.decode()
    hold = reverse("events:hold", kwargs=at)
    assert "木香志愿服务队" in clerk.get(hold).content.decode()
    assert clerk.post(hold, {"text": "", "teams": "木香志愿服务队、红马甲服务队"}).status_code == 303
    serve = reverse("events:serve", kwargs={**at, "team": one.key})
    shown = clerk.get(serve).content.decode()
    assert "苏禾" in shown and cast.firm.name in shown
    ids = [str(cast.people[who].pk) for who in ("instructor", "village")]
    assert clerk.post(serve, {"people": ids}).status_code == 303
    assert "2 人到场" in clerk.get(page).content.decode()
    second = clerk.get(reverse("events:serve", kwargs={**at, "team": two.key})).content.decode()
    assert "在“木香志愿服务队”的名单里:到会" in second
    assert clerk.get(reverse("events:serve", kwargs={**at, "team": cast.village.key})).status_code == 404
    results = reverse("events:results", kwargs=at)
    assert 'value="2"' in clerk.get(results).content.decode()  # from start to end, for the recorder to confirm
    assert clerk.post(results, {"service_hours": "2", "served": "30"}).status_code == 303
    paper = clerk.get(reverse("events:meeting_paper", kwargs=at)).content.decode()
    assert "服务团队" in paper and "苏禾" in paper and "红马甲服务队" in paper
    own = clerk.get(reverse("directory:team", kwargs={"key": one.key})).content.decode()
    assert "清扫河道" in own and "服务时长" in own
    listed = clerk.get(reverse("events:meetings"), {"team": str(one.key)}).content.decode()
    assert "清扫河道" in listed
    assert "清扫河道" not in clerk.get(reverse("events:meetings"), {"team": str(cast.firm.key)}).content.decode()


def test_another_town_reads_what_the_team_was_called(cast: Cast) -> None:
    one = team(cast)
    meeting = over(cast, one, bodies=[(cast.other_firm, "member")])
    came(cast, meeting, one, cast.people["village"])
    directory.change_team(
        actor=cast.actor("clerk"), team=one, name="新名字", organization=cast.village, leader=cast.people["village"], now=NOW
    )
    page = cast.client("other_clerk").get(reverse("events:meeting", kwargs={"key": meeting.key})).content.decode()
    assert "木香志愿服务队" in page and "石岩" not in page and "新名字" not in page


def test_what_recurs_is_served_each_time(cast: Cast) -> None:
    one = team(cast)
    series = actions.plan_series(
        actor=cast.actor("clerk"), convener=cast.village, kind="志愿服务", title="送汤", starts_at=START,
        ends_at=START + timedelta(hours=1), rhythm="weekly", last_on=START.date() + timedelta(days=7), bodies=[],
        place="食堂", teams=[one], now=NOW,
    )  # fmt: skip
    assert ServingTeam.objects.filter(meeting__series=series).count() == 2
    actions.extend_series(
        actor=cast.actor("clerk"), series=series, last_on=START.date() + timedelta(days=14), now=NOW
    )
    assert ServingTeam.objects.filter(meeting__series=series).count() == 3


def test_volunteer_activities_and_people_served_count_once(cast: Cast) -> None:
    one, two = team(cast), team(cast, "红马甲服务队")
    helpers = directory.found_team(
        actor=cast.actor("clerk"), name="帮办团", organization=cast.office, leader=cast.people["handler"],
        founded_on=SINCE, now=NOW,
    )  # fmt: skip
    plain = over(cast)
    other = {"kind": "主题党日", "starts_at": START - timedelta(days=2), "ends_at": START - timedelta(days=1)}
    day = over(cast, one, two, bodies=[(cast.firm, "host")], **other)
    third = {"kind": "座谈会", "starts_at": START - timedelta(days=4), "ends_at": START - timedelta(days=3)}
    over(cast, helpers, **third)
    activity(cast, one, starts_at=START + timedelta(days=2), ends_at=START + timedelta(days=3))
    actions.set_results(actor=cast.actor("clerk"), meeting=day, served=40, served_times=50, now=AFTER)
    actor = cast.actor("clerk")
    indicator = {one.code: one for one in figures.INDICATORS}
    first, last = (START - timedelta(days=9)).date(), (START + timedelta(days=9)).date()
    scoped = Scoped((cast.town.pk,), first, last)
    rows = indicator["events.volunteer_activities"].rows(actor, scoped)
    assert {row.pk for row in rows} == {plain.pk, day.pk} and rows.count() == 2
    assert [row.served for row in indicator["events.volunteer_served"].rows(actor, scoped)] == [40]
    firm = Scoped((cast.town.pk,), first, last, path=cast.firm.path)
    assert indicator["events.volunteer_activities"].rows(actor, firm).count() == 1  # a host counts it too
    stranger = cast.actor("other_clerk")  # who does not read the teams of the town
    assert indicator["events.volunteer_activities"].rows(stranger, scoped).count() == 2
    shown = cast.client("leader").get("/figures/events.volunteer_served/?period=2026-03").content.decode()
    assert "逢九送汤" in shown and "木香志愿服务队、红马甲服务队" in shown


def test_pages_with_teams_stay_within_the_house_limit_whatever_the_number(cast: Cast) -> None:
    one = team(cast, "木香志愿服务队", "instructor", "contact")
    meeting = over(cast, one, bodies=[(cast.firm, "host")])
    came(cast, meeting, one, cast.people["contact"])
    addresses = [
        meeting.get_absolute_url(),
        reverse("events:meeting_paper", kwargs={"key": meeting.key}),
        reverse("events:serve", kwargs={"key": meeting.key, "team": one.key}),
        reverse("events:team_hours", kwargs={"key": one.key}),
        reverse("directory:team", kwargs={"key": one.key}),
        reverse("directory:teams"),
        reverse("directory:team_members"),
        reverse("events:own_service"),
    ]
    clerk = signed_in(cast, "clerk")
    before = {address: cost(clerk, address) for address in addresses}
    assert max(before.values()) <= MOST, before
    more = [team(cast, f"第{number}队", "handler", "leader") for number in range(3)]
    again = over(cast, *more, starts_at=START - timedelta(days=2), ends_at=START - timedelta(days=1))
    came(cast, again, more[0], cast.people["handler"], cast.people["leader"])
    actions.correct_meeting(
        actor=cast.actor("clerk"), meeting=meeting, came={row.pk: actions.Came("attended", 2) for row in meeting.invitations.all()},
        text="各方同意共享物流。", reason="补记", teams=[one, *more], now=AFTER,
    )  # fmt: skip
    came(cast, meeting, more[1], cast.people["handler"], cast.people["leader"])
    assert {address: cost(clerk, address) for address in addresses} == before
