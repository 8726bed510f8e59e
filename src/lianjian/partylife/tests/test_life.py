"""Cadences of branches: what is missing is found by calendar periods, made good by a meeting, or explained."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse

from lianjian.directory import actions as directory
from lianjian.directory.models import Link, Membership, Organization, Person
from lianjian.duties.models import Duty
from lianjian.events import actions as events
from lianjian.events.models import Meeting
from lianjian.events.rules import meetings as meeting_rules
from lianjian.events.tasks import follow
from lianjian.journal.models import Entry
from lianjian.partylife import actions, tasks
from lianjian.partylife.models import Shortfall
from lianjian.partylife.queries.life import branch_year
from lianjian.partylife.rules import cadence as rules
from lianjian.rulebook.models import Evaluation
from tests.cast import Cast

SINCE = date(2025, 1, 1)


def at(day: date, hour: int = 9) -> datetime:
    """That hour of a day in China."""
    return datetime(day.year, day.month, day.day, hour - 8 if hour >= 8 else 0, tzinfo=UTC)


def branch(cast: Cast, name: str = "柳溪家具第一党支部", members: int = 10, since: date = SINCE) -> Organization:
    return directory.register_organization(
        actor=cast.actor("clerk"), name=name, classification="party", parent=cast.town_root, since=since,
        now=at(max(since, date(2026, 1, 2))), founded_on=since, profile={"level": "branch", "members": members},
    )  # fmt: skip


def derive(cast: Cast, day: date) -> Any:
    return actions.derive_cadences(actor=cast.system(cast.town), jurisdiction_id=cast.town.pk, now=at(day, 12))


def hold(cast: Cast, body: Organization, kind: str, day: date, hosts: Any = ()) -> Meeting:
    """A meeting of that day, written down the same evening."""
    meeting = events.plan_meeting(
        actor=cast.actor("clerk"), convener=body, kind=kind, title=f"{kind} {day}", starts_at=at(day), ends_at=at(day, 10),
        place="党员活动室", bodies=[(one, meeting_rules.HOST) for one in hosts], now=at(day, 8),
    )  # fmt: skip
    came = {pk: events.Came("attended", 5) for pk in meeting.invitations.values_list("pk", flat=True)}
    return events.hold_meeting(actor=cast.actor("clerk"), meeting=meeting, came=came, text="", now=at(day, 20))


def missing(body: Organization) -> set[tuple[str, str, str]]:
    rows = Shortfall.objects.filter(branch=body, state__in=rules.OPEN_STATES)
    return {(row.rule_code, str(row.period_from), row.state) for row in rows}


def test_what_is_missing_is_found_by_calendar_periods(cast: Cast) -> None:
    body = branch(cast, since=date(2026, 1, 1))
    derive(cast, date(2026, 1, 19))
    assert missing(body) == set()  # before the reminder days
    derive(cast, date(2026, 1, 25))
    assert missing(body) == {("life.committee", "2026-01-01", "due"), ("life.theme_day", "2026-01-01", "due")}
    done = derive(cast, date(2026, 1, 25))
    assert done.opened == done.settled == []  # twice is once
    derive(cast, date(2026, 2, 3))
    assert missing(body) == {("life.committee", "2026-01-01", "late"), ("life.theme_day", "2026-01-01", "late")}
    duties = Duty.objects.filter(kind="partylife.cadence", state="open", organization=body)
    assert duties.count() == 2
    row = Shortfall.objects.get(branch=body, rule_code="life.theme_day")
    assert "16" in row.evaluation.cite and row.evaluation.rule_code == "life.theme_day"
    assert duties.filter(evaluation=row.evaluation).exists()


def test_a_meeting_makes_it_good_at_once_and_for_each_host(cast: Cast) -> None:
    one, two = branch(cast, since=date(2026, 1, 1)), branch(cast, "柳溪家具第二党支部", 5, date(2026, 1, 1))
    derive(cast, date(2026, 1, 25))
    assert ("life.theme_day", "2026-01-01", "due") in missing(one) & missing(two)
    hold(cast, one, "主题党日", date(2026, 1, 26), hosts=[two])
    assert {code for code, _from, _state in missing(one)} == {"life.committee"}
    assert missing(two) == set()
    assert not Duty.objects.filter(kind="partylife.cadence", state="open", organization=two).exists()
    # Called off in the record, it is missing again.
    Meeting.objects.filter(kind="主题党日").update(kind="志愿服务")
    derive(cast, date(2026, 1, 27))
    assert ("life.theme_day", "2026-01-01", "due") in missing(one) & missing(two)


def test_a_host_that_is_added_to_the_record_owes_it_no_more(cast: Cast) -> None:
    one, two = branch(cast, since=date(2026, 1, 1)), branch(cast, "柳溪家具第二党支部", 5, date(2026, 1, 1))
    three = branch(cast, "柳溪家具第三党支部", 5, date(2026, 1, 1))
    derive(cast, date(2026, 1, 25))
    meeting = hold(cast, one, "主题党日", date(2026, 1, 26))
    assert ("life.theme_day", "2026-01-01", "due") in missing(two) & missing(three)
    later = cast.client("clerk")
    address = reverse("events:invite", kwargs={"key": meeting.key})
    for body, part in ((two, meeting_rules.HOST), (three, meeting_rules.MEMBER)):
        sent = {"organization": body.name, "part": part, "people": "4"}
        assert later.post(address, sent).status_code == 303
    cast.system(cast.town)
    assert missing(two) == set()
    settled = Shortfall.objects.get(branch=two)
    assert settled.state == rules.SATISFIED and settled.held == 1 and settled.settled_at is not None
    assert not Duty.objects.filter(kind="partylife.cadence", state="open", organization=two).exists()
    assert missing(three) == {("life.theme_day", "2026-01-01", "due")}  # who only took part has held nothing


def test_a_host_of_another_town_is_settled_there_by_the_job_that_follows(cast: Cast) -> None:
    one = branch(cast, since=date(2026, 1, 1))
    two = directory.register_organization(
        actor=cast.actor("other_clerk"), name="石桥食品党支部", classification="party", parent=cast.other_root,
        since=date(2026, 1, 1), now=at(date(2026, 1, 2)), founded_on=date(2026, 1, 1),
        profile={"level": "branch", "members": 5},
    )  # fmt: skip
    other = cast.system(cast.other_town)
    actions.derive_cadences(actor=other, jurisdiction_id=cast.other_town.pk, now=at(date(2026, 1, 25), 12))
    assert ("life.theme_day", "2026-01-01", "due") in missing(two)
    meeting = hold(cast, one, "主题党日", date(2026, 1, 26))
    events.invite(
        actor=cast.actor("clerk"), meeting=meeting, organization=two, part=meeting_rules.HOST, people=4,
        now=at(date(2026, 1, 27)),
    )  # fmt: skip
    cast.system(cast.other_town)
    assert ("life.theme_day", "2026-01-01", "due") in missing(two)  # the town writes its own rows
    before = Entry.objects.filter(verb="events.follow", jurisdiction_id=cast.other_town.pk).count()
    follow.run_job(jurisdiction_id=cast.other_town.pk, meeting_id=meeting.pk)  # type: ignore[attr-defined]
    cast.system(cast.other_town)
    assert missing(two) == set()
    assert Entry.objects.filter(verb="events.follow", jurisdiction_id=cast.other_town.pk).count() == before + 1
    follow.run_job(jurisdiction_id=cast.other_town.pk, meeting_id=meeting.pk)  # type: ignore[attr-defined]
    cast.system(cast.other_town)
    assert Entry.objects.filter(verb="events.follow", jurisdiction_id=cast.other_town.pk).count() == before + 1


def test_an_appraisal_may_join_the_life_meeting(cast: Cast) -> None:
    body = branch(cast, members=5)
    derive(cast, date(2026, 11, 5))
    codes = {code for code, first, _state in missing(body) if first == "2026-01-01"}
    assert {"life.organisation_meeting", "life.appraisal"} <= codes
    meeting = hold(cast, body, "组织生活会", date(2026, 11, 6))
    assert "life.organisation_meeting" not in {code for code, first, _s in missing(body) if first == "2026-01-01"}
    Meeting.objects.filter(pk=meeting.pk).update(topics=["民主评议党员"])
    derive(cast, date(2026, 11, 7))
    assert "life.appraisal" not in {code for code, first, _s in missing(body) if first == "2026-01-01"}


def test_without_a_national_number_nothing_is_late(cast: Cast) -> None:
    body = branch(cast)
    derive(cast, date(2026, 12, 30))
    codes = {code for code, _from, _state in missing(body)}
    assert "life.lesson" not in codes and "life.talks" not in codes
    year = {line.name: line for line in branch_year(body, 2026, date(2026, 12, 30))}
    assert not year["党课"].national
    assert {cell.badge.tone for cell in year["党课"].cells} <= {"info", "neutral"}


def test_a_new_branch_is_asked_from_its_first_whole_period(cast: Cast) -> None:
    body = branch(cast, since=date(2026, 3, 5), members=3)
    derive(cast, date(2026, 3, 31))
    assert missing(body) == set()
    derive(cast, date(2026, 4, 25))
    assert missing(body) == {("life.theme_day", "2026-04-01", "due")}


def test_nothing_is_late_of_the_time_before_a_place_began_to_record(cast: Cast) -> None:
    body = branch(cast, members=3)
    derive(cast, date(2026, 2, 25))
    assert {first for _code, first, _state in missing(body)} == {"2026-02-01"}
    hold(cast, body, "主题党日", date(2026, 1, 9))
    derive(cast, date(2026, 2, 25))
    # January has been recorded, so what is missing of it is told; last year has not.
    assert {first for _code, first, _state in missing(body)} == {"2026-02-01"}
    other = branch(cast, "柳溪第三党支部", members=3)
    derive(cast, date(2026, 2, 26))
    assert ("life.theme_day", "2026-01-01", "late") in missing(other)


def test_a_branch_says_why_and_a_dissolved_one_is_left_alone(cast: Cast) -> None:
    body = branch(cast)
    derive(cast, date(2026, 2, 25))
    row = Shortfall.objects.filter(branch=body, rule_code="life.theme_day").order_by("-period_from").first()
    assert row is not None
    client, address = cast.client("clerk"), reverse("partylife:explain", kwargs={"key": row.key})
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "防汛抢险,党员都在堤上"}).status_code == 303
    page = client.get(reverse("partylife:shortfall", kwargs={"key": row.key})).content.decode()
    assert "已说明" in page and "防汛抢险" in page
    assert client.post(address, {"reason": "再说一次"}).status_code == 422
    done = derive(cast, date(2026, 2, 26))
    assert row.pk not in done.opened
    other = Shortfall.objects.filter(branch=body, state__in=rules.OPEN_STATES).first()
    assert other is not None
    Organization.objects.filter(pk=body.pk).update(dissolved_on=date(2025, 12, 31))
    derive(cast, date(2026, 2, 27))
    other.refresh_from_db()
    assert other.state == rules.OFF


def test_the_nightly_job_runs_for_a_place(cast: Cast) -> None:
    body = branch(cast)
    cast.system(cast.town)
    tasks.derive(jurisdiction_id=cast.town.pk)
    assert Shortfall.objects.filter(branch=body).exists()
    assert Evaluation.objects.filter(rule_code="life.theme_day").exists()


def test_lists_and_pages_by_who_may(cast: Cast) -> None:
    body = branch(cast)
    derive(cast, date(2026, 2, 25))
    clerk = cast.client("clerk")
    page = clerk.get(reverse("partylife:shortfalls")).content.decode()
    assert body.name in page and "主题党日" in page
    assert clerk.get(reverse("partylife:shortfalls") + "?rule=life.theme_day&state=due&q=柳溪").status_code == 200
    assert "主题党日" in clerk.get(reverse("partylife:life", kwargs={"key": body.key}) + "?year=2026").content.decode()
    assert cast.client("other_clerk").get(reverse("partylife:life", kwargs={"key": body.key})).status_code == 404
    assert body.name not in cast.client("other_clerk").get(reverse("partylife:shortfalls")).content.decode()
    assert cast.client("contact").get(reverse("partylife:shortfalls")).status_code == 403


def test_an_instructor_sees_which_of_his_branches_are_late_and_under_which_rule(cast: Cast) -> None:
    body = branch(cast)
    instructor = cast.people["instructor"]
    Link.objects.create(jurisdiction_id=cast.town.pk, kind=Link.PARTY, source=body, target=cast.firm, since=SINCE)
    if not Membership.objects.filter(person=instructor, role="instructor", organization=cast.firm).exists():
        Membership.objects.create(
            jurisdiction_id=cast.town.pk, person=instructor, organization=cast.firm, role="instructor", since=SINCE
        )
    derive(cast, date(2026, 2, 25))
    derive(cast, date(2026, 3, 25))
    late = Shortfall.objects.filter(branch=body, state="late").count()
    due = Shortfall.objects.filter(branch=body, state="due").count()
    assert late and due
    address = reverse("coverage:instructor", kwargs={"key": instructor.key})
    page = cast.client("instructor").get(address).content.decode()
    home = cast.client("instructor").get("/").content.decode()
    others = cast.client("other_instructor").get("/").content.decode()
    owed = page[page.index('id="owed"') :]
    late_part, due_part = owed.split("<details", 1)
    assert late_part.count(f">{body.name}</a>") == 1 and f"{late}次未开展" in late_part
    assert "主题党日" in late_part and "条" in late_part and "2月" in late_part and "3月" not in late_part
    assert f"还有{due}次没有开展" in due_part and "3月" in due_part
    assert f"{address}#owed" in home and "没有待办" not in home and f"{late}次未开展" in home
    assert "#owed" not in others


def test_hours_come_from_attendance_and_the_exempt_stand_in_no_rate(cast: Cast) -> None:
    from lianjian.events.rules.attendance import Said
    from lianjian.partylife.queries.training import branch_hours

    body = branch(cast)
    cast.actor("clerk")
    people = []
    for name in ("甲", "乙"):
        person = Person.objects.create(jurisdiction_id=cast.town.pk, name=name, changed_at=at(date(2026, 1, 2)))
        Membership.objects.create(
            jurisdiction_id=cast.town.pk, person=person, organization=body, role="member", since=SINCE
        )
        people.append(person)
    meeting = hold(cast, body, "培训班", date(2026, 3, 6))
    events.set_results(
        actor=cast.actor("clerk"), meeting=meeting, audiences=["全体党员"], hours="33.0", now=at(date(2026, 3, 7))  # type: ignore[arg-type]
    )
    events.record_attendance(
        actor=cast.actor("clerk"), meeting=meeting, organization=body,
        said={people[0].pk: Said("present"), people[1].pk: Said("leave", "work")}, now=at(date(2026, 3, 7)),
    )  # fmt: skip
    cast.actor("clerk")
    found = branch_hours(cast.actor("clerk"), body, 2026, date(2026, 12, 1))
    assert (found.norm, found.reached, found.asked) == (32, 1, 2)
    assert {one.name: (float(one.hours), float(one.short)) for one in found.members} == {"甲": (33, 0), "乙": (0, 32)}
    page = cast.client("clerk").get(reverse("partylife:hours", kwargs={"key": body.key}) + "?year=2026")
    assert "还差32" in page.content.decode()


def test_new_members_take_a_course_a_year(cast: Cast) -> None:
    """On probation, or full for less than a year: one course; reminded from the day of the rule, others are not asked."""
    from lianjian.events.rules.attendance import Said
    from lianjian.partylife.queries.training import branch_hours

    body, clerk = branch(cast), cast.actor("clerk")
    days = {"甲": (date(2026, 1, 15), None), "乙": (date(2024, 6, 1), date(2025, 6, 1)), "丙": (date(2015, 7, 1), date(2016, 7, 1))}
    people = {}
    for name, (joined, full) in days.items():
        person = directory.register_person(actor=clerk, name=name, now=at(date(2026, 1, 16)))
        people[name] = person
        actions.add_member(
            actor=clerk, branch=body, person=person, since=date(2026, 1, 16), joined_on=joined, full_on=full,
            now=at(date(2026, 1, 16)),
        )  # fmt: skip

    def lights(today: date, year: int = 2026) -> dict[str, str]:
        return {one.name: one.course for one in branch_hours(cast.actor("clerk"), body, year, today).members}

    assert lights(date(2026, 9, 30)) == {"甲": "open", "乙": "open", "丙": ""}
    assert lights(date(2026, 10, 1)) == {"甲": "due", "乙": "due", "丙": ""}
    assert lights(date(2027, 3, 1))["甲"] == "suggested"  # joined within the year
    assert lights(date(2027, 3, 1))["乙"] == "late" and lights(date(2027, 3, 1), 2027)["乙"] == ""
    theme = hold(cast, body, "主题党日", date(2026, 3, 6))
    course = hold(cast, body, "培训班", date(2026, 4, 6))
    for meeting, who in ((theme, people["乙"]), (course, people["甲"])):
        events.record_attendance(
            actor=cast.actor("clerk"), meeting=meeting, organization=body, said={who.pk: Said("present")},
            now=at(date(2026, 4, 7)),
        )  # fmt: skip
    assert lights(date(2026, 10, 1)) == {"甲": "met", "乙": "due", "丙": ""}
    address = reverse("partylife:hours", kwargs={"key": body.key}) + "?year=2026"
    page = cast.client("clerk").get(address).content.decode()
    assert "新党员已参加集中培训" in page and "预备党员和转正一年内的党员" in page
