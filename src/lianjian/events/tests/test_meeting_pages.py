"""The pages of meetings and their interface for programs, by the people who use them."""

from __future__ import annotations

import re
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from icalendar import Calendar

from lianjian.alliances.tests.test_alliances import admit, found
from lianjian.directory import actions as directory
from lianjian.duties.models import Duty
from lianjian.events import actions, figures
from lianjian.events.models import Answer, Charge, Decision, Invitation, Meeting, Minutes, Series
from lianjian.events.queries import ical
from lianjian.events.rules import meetings as rules
from lianjian.events.tests.meetingwork import AFTER, START, decided, held, planned, together
from lianjian.foundation import clock
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Scoped
from lianjian.journal.models import Entry
from tests.cast import NOW, Cast, build_cast

DAY = timedelta(days=1)


def url(name: str, **keys: Any) -> str:
    return reverse(f"events:{name}", kwargs=keys or None)


def form_of(cast: Cast, **more: Any) -> dict[str, Any]:
    """A joint meeting that began an hour ago by the clock of the door, as the form sends it."""
    start = clock.now() - timedelta(hours=1)
    from django.utils import timezone

    local = timezone.localtime(start)
    return {
        "convener": str(cast.town_root.key),
        "kind": "联席会议",
        "title": "家具产业联席会议",
        "starts_at": f"{local:%Y-%m-%dT%H:%M}",
        "ends_at": f"{local + timedelta(minutes=30):%Y-%m-%dT%H:%M}",
        "place": "镇政府三楼",
        "topics": ["安全生产", "同研究"],
        "agenda": "一、通报\n二、讨论",
        "members": f"{cast.firm.name}\n{cast.other_firm.name}",
        "departments": cast.office.name,
        "audience": "open",
        **more,
    }


def test_a_joint_meeting_from_plan_to_follow_up(cast: Cast) -> None:
    clerk = cast.client("clerk")
    new = url("plan")
    assert "联席会议" in clerk.get(new).content.decode()
    lost = clerk.post(new, form_of(cast, members="没有这家厂"))
    assert lost.status_code == 422 and "没有找到或有重名:没有这家厂" in lost.content.decode()
    nowhere = clerk.post(new, form_of(cast, place=""))
    assert nowhere.status_code == 422 and "请选择阵地,或写明地点" in nowhere.content.decode()
    twice = clerk.post(new, form_of(cast, hosts=cast.firm.name))
    assert twice.status_code == 422 and "已经在参加单位里" in twice.content.decode()
    made = clerk.post(new, form_of(cast))
    assert made.status_code == 303, made.content.decode()
    cast.actor("clerk")
    meeting = Meeting.objects.get()
    here = url("meeting", key=meeting.key)
    page = clerk.get(here).content.decode()
    assert cast.other_firm.name in page and "待登记" in page and "登记开会情况" in page
    rows = {row.organization_id: row.pk for row in Invitation.objects.all()}
    attended = {f"attendance_{pk}": "attended" for pk in rows.values()}
    people = {f"people_{pk}": "2" for pk in rows.values()}
    hold = url("hold", key=meeting.key)
    assert clerk.get(hold).status_code == 200
    missing = clerk.post(hold, {"text": "x", f"attendance_{rows[cast.firm.pk]}": "attended", f"people_{rows[cast.firm.pk]}": "1"})
    assert missing.status_code == 422 and missing.content.decode().count("lj-error") >= 2  # the two left out
    nobody = clerk.post(hold, {**attended, **people, f"people_{rows[cast.office.pk]}": ""})
    assert nobody.status_code == 422 and "请填到会人数" in nobody.content.decode()
    assert clerk.post(hold, {**attended, **people, "text": "各方同意共享物流"}).status_code == 303
    decide = url("decide", key=meeting.key)
    due = (local_day(meeting.starts_at) + 30 * DAY).isoformat()
    alone = clerk.post(decide, {"text": "共用货车", "due_on": due})
    assert alone.status_code == 422 and "至少选择一个责任单位" in alone.content.decode()
    charged = [str(cast.firm.key), str(cast.other_firm.key)]
    assert clerk.post(decide, {"text": "共用货车", "due_on": due, "organizations": charged}).status_code == 303
    contact = cast.client("contact")
    assert "共用货车" in contact.get("/duties/").content.decode()
    cast.actor("clerk")
    near, far = (Charge.objects.get(organization=body) for body in (cast.firm, cast.other_firm))
    report = url("report", key=near.key)
    empty = contact.post(report, {"text": " "})
    assert empty.status_code == 422 and "请写明落实情况" in empty.content.decode()
    assert contact.post(report, {"text": "协议已签"}).status_code == 303
    assert contact.get(url("report", key=far.key)).status_code == 404
    page = cast.client("other_clerk").get(here).content.decode()  # the other town reads it through its own firm
    assert "各方同意共享物流" in page and "协议已签" in page
    assert cast.client("other_clerk").post(url("report", key=far.key), {"text": "首班车已发"}).status_code == 303
    page = clerk.get(here).content.decode()
    assert "协议已签" in page and "首班车已发" in page and reverse("cases:register") in page
    cast.actor("clerk")
    decision = Decision.objects.get()
    settle = url("settle_decision", key=decision.key)
    assert cast.client("other_clerk").post(settle, {"evidence": "x"}).status_code == 404
    assert clerk.post(settle, {"evidence": ""}).status_code == 422
    assert clerk.post(settle, {"evidence": "看过发车单"}).status_code == 303
    assert "已落实" in clerk.get(here).content.decode()
    assert clerk.post(url("reopen_decision", key=decision.key), {"reason": "停了"}).status_code == 303
    assert clerk.post(url("drop_decision", key=decision.key), {"reason": "不需要了"}).status_code == 303
    upload = {"file": SimpleUploadedFile("签到表.txt", "两行".encode(), "text/plain")}
    assert clerk.post(url("upload_minutes", key=meeting.key), upload).status_code == 303
    cast.actor("clerk")
    from lianjian.files.models import File

    kept = url("minutes_file", key=meeting.key, file_key=File.objects.latest("pk").key)
    assert clerk.get(kept).status_code == 200 and cast.client("village").get(kept).status_code == 404
    correct = url("correct_meeting", key=meeting.key)
    assert clerk.post(correct, {**attended, **people, "text": "改"}).status_code == 422
    assert clerk.post(correct, {**attended, **people, "text": "改", "reason": "笔误"}).status_code == 303
    assert "笔误" in clerk.get(here).content.decode()
    cast.actor("clerk")
    verbs = set(Entry.objects.filter(verb__startswith="events.").values_list("verb", flat=True))
    assert verbs >= {"events.plan_meeting", "events.hold_meeting", "events.decide", "events.report_task", "events.settle_decision"}


def test_lists_filters_export_search_and_panels(cast: Cast) -> None:
    meeting = planned(cast)
    held(cast, planned(cast, title="上次的会", kind="座谈会", topics=[]))
    clerk = cast.client("clerk")
    listed = url("meetings")

    def titles(query: str, who: str = "clerk") -> list[bool]:
        text = cast.client(who).get(f"{listed}?{query}").content.decode()
        return [name in text for name in ("第二季度联席会议", "上次的会")]

    assert titles("") == [True, True]
    assert titles("kind=座谈会") == [False, True] and titles("topic=安全生产") == [True, False]
    assert titles("state=held") == [False, True] and titles("q=家具产业") == [True, False]
    assert titles("mine=1", "village") == [False, False] and titles("mine=1", "handler") == [True, True]
    assert titles(f"organization={cast.other_firm.key}") == [True, True]
    assert titles(f"convener={cast.village.key}") == [False, False] and titles("convener=x") == [False, False]
    day = local_day(START).isoformat()
    assert titles(f"since={day}&until={day}") == [True, True] and titles("until=2020-01-01") == [False, False]
    assert titles("late=1") == [True, False]  # by the clock of the database its time is over
    assert "第二季度联席会议" in clerk.get("/search?q=家具产业第二季度").content.decode()
    assert "第二季度联席会议" in clerk.get(f"/directory/organizations/{cast.firm.key}").content.decode()
    month = url("month")
    page = clerk.get(f"{month}?month={day[:7]}").content.decode()
    assert page.count("家具产业第二季度联席会议") == 1 and "2" in page
    for odd in ("", "?month=9999-99", "?month=0001-01", "?month=2026-02&mine=1", "?month=%00"):
        assert clerk.get(month + odd).status_code == 200
    assert cast.client("village").get(f"{month}?month={day[:7]}&mine=1").content.decode().count("联席会议</a>") == 0
    assert "登记为已落实" not in page
    english = cast.client("clerk")
    english.cookies["language"] = "en"
    assert "Bodies taking part: 3" in english.get(url("meeting", key=meeting.key)).content.decode()


def test_the_list_begins_with_what_is_next(cast: Cast) -> None:
    """Ahead of us the nearest first, then what is past, the latest first; every page follows the one before."""
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    days = [*range(1, 40), *range(-40, 0)]
    for day in sorted(days, key=lambda one: (one * 7) % 81):
        start = now + day * DAY
        planned(cast, title=f"第{day}天的会", starts_at=start, ends_at=start + DAY / 24, answer_by=None, bodies=[])
    clerk, address, seen = cast.client("clerk"), url("meetings"), []
    for _page in range(2):
        text = clerk.get(address).content.decode()
        seen += [int(day) for day in re.findall(r">第(-?\d+)天的会<", text)]
        onward = re.search(r'rel="next" href="([^"]+)"', text)
        address = onward.group(1).replace("&amp;", "&") if onward else ""
    assert seen == [*range(1, 40), *range(-1, -41, -1)] and not address


def test_answer_change_cancel_invite_and_series_by_form(cast: Cast) -> None:
    clerk = cast.client("clerk")
    start = (clock.now() + 5 * DAY).astimezone(UTC)
    meeting = planned(cast, starts_at=start, ends_at=start + timedelta(hours=2), answer_by=local_day(start), now=clock.now())
    here, keys = url("meeting", key=meeting.key), {"key": meeting.key}
    near = Invitation.objects.get(organization=cast.firm)
    contact = cast.client("contact")
    answer = url("answer", key=near.key)
    assert answer in contact.get(here).content.decode()
    assert contact.post(answer, {"coming": "也许"}).status_code == 422
    assert contact.post(answer, {"coming": "yes", "people": "3", "words": "带样品"}).status_code == 303
    assert "预计 3 人" in clerk.get(here).content.decode() and "带样品" not in cast.client("village").get(here).content.decode()
    assert clerk.get(answer).status_code == 200  # the office of the same town may answer for its firm
    far = Invitation.objects.get(organization=cast.other_firm)
    assert clerk.get(url("answer", key=far.key)).status_code == 404
    assert cast.client("other_clerk").post(url("answer", key=far.key), {"coming": "no"}).status_code == 303
    local = start + timedelta(hours=8)
    moved = {"kind": "联席会议", "title": "改名的会", "starts_at": f"{local + DAY:%Y-%m-%dT%H:%M}", "ends_at": f"{local + DAY + DAY / 24:%Y-%m-%dT%H:%M}"}
    change = url("change_meeting", **keys)
    assert clerk.get(change).status_code == 200
    assert clerk.post(change, {**moved, "place": "新地点", "audience": "open"}).status_code == 303
    page = clerk.get(here).content.decode()
    assert "改期前的答复,请再确认" in page and "新地点" in page
    assert clerk.post(url("invite", **keys), {"organization": str(cast.village.key), "part": "guest"}).status_code == 303
    assert clerk.post(url("invite", **keys), {"organization": str(cast.village.key), "part": "guest"}).status_code == 422
    cast.actor("clerk")
    last = Invitation.objects.latest("pk")
    assert cast.client("other_clerk").post(url("uninvite", key=last.key)).status_code == 404
    assert clerk.post(url("uninvite", key=last.key)).status_code == 303
    assert "收回的邀请 1 个" in clerk.get(here).content.decode()
    cancel = url("cancel_meeting", **keys)
    assert clerk.post(cancel, {"reason": ""}).status_code == 422
    for who in ("other_clerk", "county_clerk"):
        assert cast.client(who).post(cancel, {"reason": "x"}).status_code == 404
    assert cast.client("leader").post(cancel, {"reason": "x"}).status_code == 403
    assert clerk.post(cancel, {"reason": "台风"}).status_code == 303
    assert "台风" in cast.client("contact").get(here).content.decode()
    assert contact.post(answer, {"coming": "no"}).status_code == 404 or "不能再答复" in contact.post(answer, {"coming": "no"}).content.decode()
    sent = form_of(cast, rhythm="monthly", last_on=(local_day(start) + 100 * DAY).isoformat())
    plan = url("plan_series")
    assert clerk.get(plan).status_code == 200
    assert clerk.post(plan, {**sent, "last_on": "2001-01-01"}).status_code == 422
    assert clerk.post(plan, sent).status_code == 303
    cast.actor("clerk")
    series = Series.objects.get()
    assert series.meetings.count() == 4
    assert "每月一次" in clerk.get(url("meeting", key=series.meetings.latest("pk").key)).content.decode()
    assert clerk.post(url("series", key=series.key), {"last_on": (series.last_on + 62 * DAY).isoformat()}).status_code == 303
    assert clerk.post(url("end_series", key=series.key), {"reason": "任务完成"}).status_code == 303
    assert clerk.post(url("end_series", key=series.key), {"reason": "任务完成"}).status_code == 422
    assert cast.client("other_clerk").get(url("end_series", key=series.key)).status_code == 404


def test_an_alliance_invites_its_members_and_shows_its_meetings(cast: Cast) -> None:
    alliance = found(cast)
    for body in (cast.firm, cast.other_firm):
        admit(cast, alliance, body)
    clerk = cast.client("clerk")
    body = alliance.organization
    here = reverse("alliances:alliance", kwargs={"key": alliance.key})
    page = clerk.get(here).content.decode()
    assert "还没有开过联席会议" in page and f"{url('plan')}?convener={body.key}" in page
    form = clerk.get(f"{url('plan')}?convener={body.key}").content.decode()
    assert f"{cast.firm.name}\n{cast.other_firm.name}" in form
    decided(cast, held(cast, planned(cast, convener=body)), cast.firm)
    page = clerk.get(here).content.decode()
    assert "家具产业第二季度联席会议" in page and "两家企业共用返程货车" in page and "还在落实的决定" in page
    elsewhere = cast.client("village").get(here).content.decode()  # no member: the meeting, not what it decided
    assert "家具产业第二季度联席会议" in elsewhere and "两家企业共用返程货车" not in elsewhere


def test_calendars_read_it(cast: Cast) -> None:
    """What is written is read back by a library that others use."""
    long = "研究物流共享;通报情况,讨论" * 9 + "\n第二行\\末尾"
    meeting = planned(cast, agenda=long, title="联席会议,季度;一")
    actions.change_meeting(actor=cast.actor("clerk"), meeting=meeting, place="改到二楼", now=NOW + DAY)
    clerk = cast.client("clerk")
    answer = clerk.get(url("ics", key=meeting.key))
    assert answer["Content-Type"].startswith("text/calendar") and answer.content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert not event.errors
    assert str(event["SUMMARY"]) == "联席会议,季度;一" and str(event["LOCATION"]) == "改到二楼"
    assert str(event["DESCRIPTION"]) == f"{cast.town_root.name}\n{long}"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (START, START + timedelta(hours=2))
    assert (int(event["SEQUENCE"]), str(event["STATUS"])) == (1, "CONFIRMED")
    assert [str(word) for word in event["CATEGORIES"].cats] == ["联席会议", "安全生产"]
    assert str(event["URL"]).endswith(url("meeting", key=meeting.key))
    actions.cancel_meeting(actor=cast.actor("clerk"), meeting=meeting, reason="改期", now=NOW + DAY)
    (event,) = Calendar.from_ical(clerk.get(url("ics", key=meeting.key)).content).walk("VEVENT")
    assert str(event["STATUS"]) == "CANCELLED" and int(event["SEQUENCE"]) == 2
    soon = clock.now() + DAY
    planned(cast, starts_at=soon, ends_at=soon + DAY / 24, answer_by=None, bodies=[(cast.firm, rules.MEMBER)])
    numbers = {who: len(Calendar.from_ical(cast.client(who).get(url("own_ics")).content).walk("VEVENT")) for who in ("clerk", "contact", "village")}
    assert numbers == {"clerk": 1, "contact": 1, "village": 0}
    empty = Calendar.from_ical(ical([], name="空", host="http://x"))
    assert empty["VERSION"] == "2.0" and empty.walk("VEVENT") == []


def test_figures_count_what_was_held(cast: Cast) -> None:
    hosts = [(cast.firm, rules.HOST), (cast.village, rules.HOST), (cast.branch, rules.MEMBER)]
    meeting = held(cast, planned(cast, bodies=hosts))
    planned(cast, title="没开的")
    done, late, dropped, open_ = (decided(cast, meeting, cast.firm) for _n in range(4))
    clerk = cast.actor("clerk")
    actions.settle_decision(actor=clerk, decision=done, evidence="办妥", now=AFTER + DAY)
    actions.settle_decision(actor=clerk, decision=late, evidence="办妥", now=AFTER + 40 * DAY)
    actions.drop_decision(actor=clerk, decision=dropped, reason="不办", now=AFTER + DAY)
    for name, area, service in (("一号", 100, 60), ("二号", 300, 300), ("没量过", None, None)):
        actions.open_venue(actor=clerk, organization=cast.town_root, name=name, area_m2=area, service_m2=service, now=NOW)
    asked = Scoped((cast.town.pk,), local_day(START), local_day(START) + 60 * DAY)
    found_ = {item.code: item for item in figures.INDICATORS}

    def value(code: str, side: str = "rows", scope: Scoped = asked) -> int:
        item = found_[code]
        rows = getattr(item, side)(clerk, scope)
        return sum(getattr(row, item.measure) for row in rows) if item.measure else rows.count()

    assert value("events.meetings") == value("events.joint_meetings") == 1  # two hosts, one meeting
    assert value("events.meeting_people") == 6
    assert (value("events.decisions_in_time"), value("events.decisions_in_time", "base")) == (1, 3)
    assert (value("events.venues"), value("events.venue_area"), value("events.service_area")) == (3, 400, 360)
    before = Scoped((cast.town.pk,), local_day(START) - 9 * DAY, local_day(START) - DAY)
    assert value("events.meetings", scope=before) == 0
    firm_only = Scoped((cast.town.pk,), asked.start, asked.end, path=cast.firm.path)
    assert value("events.meetings", scope=firm_only) == 1  # a host counts it too
    assert value("events.decisions_in_time", "base", firm_only) == 0
    guest_only = Scoped((cast.town.pk,), asked.start, asked.end, path=cast.branch.path)
    assert value("events.meetings", scope=guest_only) == 0
    leader = cast.client("leader")
    assert "家具产业第二季度联席会议" in leader.get("/figures/events.meetings/?period=2026-03").content.decode()
    assert open_.state == "open"


def test_programs_plan_read_and_answer(cast: Cast) -> None:
    clerk, base = cast.client("clerk"), "/api/v1/meetings"
    start = clock.now() + 3 * DAY
    sent = {
        "convener": str(cast.town_root.key),
        "kind": "互访",
        "title": "两镇互访",
        "starts_at": start.isoformat(),
        "ends_at": (start + DAY / 12).isoformat(),
        "place": "石桥镇",
        "bodies": [{"organization": str(cast.other_firm.key), "part": "host"}],
    }
    refused = clerk.post(base, sent, content_type="application/json")
    assert refused.status_code == 422 and refused.json()["title"] == "needs_guest"
    sent["bodies"].append({"organization": str(cast.firm.key), "part": "guest"})  # type: ignore[attr-defined]
    made = clerk.post(base, sent, content_type="application/json")
    assert made.status_code == 201, made.content
    key = made.json()["key"]
    assert [one["key"] for one in clerk.get(f"{base}?kind=互访&since=2026-01-01&until=2100-12-31").json()["meetings"]] == [key]
    whole = clerk.get(f"{base}/{key}").json()
    assert [one["part"] for one in whole["bodies"]] == ["host", "guest"] and whole["minutes"] is None
    mine = next(one["key"] for one in whole["bodies"] if one["part"] == "guest")
    said = cast.client("contact").post(f"{base}/invitations/{mine}/answer", {"coming": "yes", "people": 2}, content_type="application/json")
    assert said.status_code == 200 and said.json()["coming"] == "yes", said.content
    other = next(one["key"] for one in whole["bodies"] if one["part"] == "host")
    assert cast.client("contact").post(f"{base}/invitations/{other}/answer", {"coming": "yes"}, content_type="application/json").status_code == 403
    for wrong in ({"title": "a\x00"}, {"starts_at": "9999-12-31T00:00:00Z"}, {"kind": "没有"}, {"starts_at": "2026-03-01T09:00:00"}, {"answer_by": "0001-01-01"}):
        assert clerk.post(base, {**sent, **wrong}, content_type="application/json").status_code == 422
    cast.actor("clerk")
    Meeting.objects.get()
    record = held(cast, planned(cast, bodies=[(cast.firm, rules.MEMBER)]))
    decided(cast, record, cast.firm)
    assert clerk.get(f"{base}/{record.key}").json()["decisions"][0]["organizations"] == [str(cast.firm.key)]
    outside = cast.client("other_clerk").get(f"{base}/{record.key}").json()
    assert (outside["minutes"], outside["decisions"]) == (None, [])
    actions.open_venue(actor=cast.actor("clerk"), organization=cast.town_root, name="中心", functions=["会议"], now=NOW)
    assert [one["name"] for one in clerk.get("/api/v1/venues?function=会议").json()["venues"]] == ["中心"]
    assert clerk.get("/api/v1/venues?function=办公").json()["venues"] == []


def test_two_answers_and_two_reports_at_once(committed_db: str) -> None:
    """Two people of one body answer at the same moment: one row, the last word counts, both are written down.
    Two bodies report at the same moment: the convener is told once, and is told."""
    with transaction.atomic():
        cast = build_cast()
        meeting = planned(cast, answer_by=None)
        near = Invitation.objects.get(organization=cast.firm)
    together(
        lambda: actions.answer_invitation(actor=cast.actor("contact"), invitation=Invitation.objects.get(pk=near.pk), coming="yes", now=NOW),
        lambda: actions.answer_invitation(actor=cast.actor("clerk"), invitation=Invitation.objects.get(pk=near.pk), coming="no", now=NOW),
    )
    with transaction.atomic():
        cast.actor("clerk")
        assert Answer.objects.get().coming in ("yes", "no")
        assert Entry.objects.filter(verb="events.answer").count() == 2
        decision = decided(cast, held(cast, meeting), cast.firm, cast.office)
        charges = list(Charge.objects.order_by("pk").values_list("pk", flat=True))
    together(
        lambda: actions.report_task(actor=cast.actor("contact"), charge=Charge.objects.get(pk=charges[0]), text="办了", now=AFTER),
        lambda: actions.report_task(actor=cast.actor("handler"), charge=Charge.objects.get(pk=charges[1]), text="办了", now=AFTER),
    )
    with transaction.atomic():
        cast.actor("clerk")
        assert Duty.objects.filter(subject_key=decision.key, kind="events.settle", state="open").count() == 1
        assert Minutes.objects.count() == 1


@pytest.mark.parametrize("who", ["auditor", "system_admin", "security_admin"])
def test_officers_see_no_meetings(cast: Cast, who: str) -> None:
    meeting = planned(cast)
    client = cast.client(who)
    for path in (url("meetings"), url("meeting", key=meeting.key), url("month"), url("own_ics"), url("venues")):
        assert client.get(path).status_code == 403


def test_what_is_said_after_planning_is_what_happens(cast: Cast) -> None:
    clerk = cast.client("clerk")
    later = {"starts_at": "2099-03-02T09:00", "ends_at": "2099-03-02T10:00"}
    said = []
    for more in (
        {"members": "", "departments": ""},
        {},
        {"answer_by": "2099-03-01"},
    ):
        answer = clerk.post(url("plan"), form_of(cast, **later, **more), follow=True)
        made = Meeting.objects.latest("pk")
        assert answer.redirect_chain, answer.content.decode()
        page = answer.content.decode()
        said.append([words in page for words in ("已安排,还没有邀请单位", "已安排,参加单位能看到", "参加单位会收到待办")])
        assert made.invitations.count() == (0 if not more.get("members", "x") else 3)
    assert said == [[True, False, False], [False, True, False], [False, False, True]]


def test_four_branches_of_a_joint_lesson_are_four(cast: Cast) -> None:
    branches = [
        directory.register_organization(
            actor=cast.actor("clerk"), name=f"柳溪第{n}党支部", classification="party", parent=cast.town_root,
            since=local_day(NOW), now=NOW, profile={"level": "branch", "members": 5},
        )
        for n in "一二三四"
    ]  # fmt: skip
    joint = planned(cast, convener=branches[0], kind="党课", bodies=[(one, rules.HOST) for one in branches[1:]])
    alone = planned(cast, convener=branches[0], kind="党课", bodies=[])
    clerk = cast.client("clerk")
    page = clerk.get(url("meeting", key=joint.key)).content.decode()
    assert "召集和参加单位 4 个" in page
    card = page[page.index("召集和参加单位 4 个") :]
    assert card.index(branches[0].name) < card.index(branches[1].name)
    row = clerk.get(url("meetings") + f"?organization={branches[1].key}").content.decode()
    assert re.search(r'class="is-number"[^>]*>4<', row)
    assert "还没有邀请单位" in clerk.get(url("meeting", key=alone.key)).content.decode()
    held(cast, alone)
    assert "还没有邀请单位" not in clerk.get(url("meeting", key=alone.key)).content.decode()
