"""Templates in parts, several hosts counted once, one meeting at a venue, results, photos, displays, topics."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from lianjian.events import actions, rolls
from lianjian.events.figures import in_parts, meetings_held, party_days
from lianjian.events.models import Booking, Display, Meeting, Photo, Question, Template, Venue, Winner
from lianjian.events.queries import topics_of
from lianjian.events.rolls import OnRoll, Roll
from lianjian.events.rules import activities, bookings
from lianjian.events.rules import meetings as rules
from lianjian.events.tests.meetingwork import AFTER, START, all_came, follow, held, planned
from lianjian.foundation import clock
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from tests.cast import NOW, TODAY, Cast

DAY = timedelta(days=1)
PARTS = ["集中学习", "缴纳党费", "志愿服务", "民主议事", "谈心谈话"]


def template(cast: Cast, **more: Any) -> Template:
    """The five parts of a party day of the branch, with the firm's branch and the village as hosts."""
    given: dict[str, Any] = {
        "organization": cast.branch,
        "name": "五日一体主题党日",
        "kind": "主题党日",
        "parts": PARTS,
        "rhythm": "monthly",
        "place": "党员活动室",
        "minutes": 90,
        "hosts": [cast.branch, cast.village],
        "now": NOW,
        **more,
    }
    return actions.add_template(actor=cast.actor("clerk"), **given)


def picture(name: str = "tree.png") -> SimpleUploadedFile:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 6), "green").save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/png")


def test_a_template_is_planned_and_held_in_parts(cast: Cast) -> None:
    made = template(cast)
    clerk = cast.client("clerk")
    page = clerk.get(f"{reverse('events:plan')}?template={made.key}").content.decode()
    assert "五日一体主题党日" in page and "谈心谈话" in page and cast.village.name in page
    sent = {
        "convener": str(cast.branch.key),
        "kind": "主题党日",
        "title": "三月主题党日",
        "starts_at": "2026-03-16T09:00",
        "ends_at": "2026-03-16T10:30",
        "place": "党员活动室",
        "parts": "\n".join(PARTS),
        "hosts": cast.village.name,
        "audience": "open",
    }
    assert clerk.post(reverse("events:plan"), sent).status_code == 303
    cast.actor("clerk")
    meeting = Meeting.objects.get()
    assert meeting.parts == PARTS and meeting.parts_held == []
    with pytest.raises(activities.NoSuchPart):
        actions.hold_meeting(
            actor=cast.actor("clerk"), meeting=meeting, came=all_came(meeting), text="", parts_held=[6], now=AFTER
        )
    actor = cast.actor("clerk")
    actions.hold_meeting(actor=actor, meeting=meeting, came=all_came(meeting), text="", parts_held=[1, 3], now=AFTER)
    shown = clerk.get(meeting.get_absolute_url()).content.decode()
    assert shown.count("没有开展") == 3 and shown.count("已开展") == 2
    correct = reverse("events:correct_meeting", kwargs={"key": meeting.key})
    row = meeting.invitations.get()
    record = {f"attendance_{row.pk}": "attended", f"people_{row.pk}": "2", "text": "", "reason": "补做了", "shown": ""}
    assert clerk.post(correct, {**record, "parts_held": ["1", "2", "3", "4", "5"]}).status_code == 303
    cast.actor("clerk")
    meeting.refresh_from_db()
    assert meeting.parts_held == [1, 2, 3, 4, 5]
    scoped = Scoped((cast.town.pk,), TODAY, TODAY + 30 * DAY)
    assert in_parts(cast.actor("clerk"), scoped).count() == party_days(cast.actor("clerk"), scoped).count() == 1


def test_what_a_template_refuses(cast: Cast) -> None:
    made = template(cast)
    with pytest.raises(activities.PartsMissing):
        template(cast, name="空的", parts=["  "])
    with pytest.raises(activities.TooManyParts):
        template(cast, name="太多", parts=[f"第{n}项" for n in range(21)])
    with pytest.raises(rules.UnknownWord):
        template(cast, name="没有的", kind="没有的种类")
    with pytest.raises(activities.TemplateExists):
        template(cast)
    with pytest.raises(Denied):
        actions.retire_template(actor=cast.actor("other_clerk"), template=made, now=NOW)
    clerk = cast.client("clerk")
    change = reverse("events:change_template", kwargs={"key": made.key})
    sent = {"name": made.name, "kind": made.kind, "parts": "学习\n服务", "minutes": "60", "hosts": cast.firm.name}
    assert clerk.post(change, {**sent, "parts": ""}).status_code == 422
    assert clerk.post(change, sent).status_code == 303
    cast.actor("clerk")
    made.refresh_from_db()
    assert made.parts == ["学习", "服务"] and [row.organization for row in made.hosts.all()] == [cast.firm]
    assert clerk.post(reverse("events:retire_template", kwargs={"key": made.key})).status_code == 303
    assert "已停用" in clerk.get(reverse("events:templates")).content.decode()
    cast.actor("clerk")
    made.refresh_from_db()
    with pytest.raises(activities.TemplateRetired):
        actions.change_template(actor=cast.actor("clerk"), template=made, hosts=[], now=NOW)


def test_several_hosts_are_counted_once(cast: Cast) -> None:
    hosts = [(cast.firm, rules.HOST), (cast.village, rules.HOST), (cast.other_firm, rules.HOST)]
    held(cast, planned(cast, convener=cast.branch, bodies=hosts))
    follow(cast, Meeting.objects.get())

    def number(who: str, places: tuple[int, ...], path: str = "") -> int:
        scoped = Scoped(places, TODAY, TODAY + 30 * DAY, path)
        return meetings_held(cast.actor(who), scoped).count()

    town, other = cast.town.pk, cast.other_town.pk
    assert number("county_clerk", (town, other)) == 1
    assert number("clerk", (town,)) == 1 and number("other_clerk", (other,)) == 1
    for host in (cast.branch, cast.firm, cast.village):
        assert number("clerk", (town,), host.path) == 1
    assert number("clerk", (town,), cast.office.path) == 0
    lists = [f"{reverse('events:meetings')}?organization={body.key}" for body in (cast.firm, cast.village)]
    assert all("家具产业第二季度联席会议" in cast.client("clerk").get(url).content.decode() for url in lists)


def room(cast: Cast, **more: Any) -> Venue:
    """A room of the town."""
    given = {"organization": cast.town_root, "name": "三楼会议室", "functions": ["会议"], "now": NOW, **more}
    return actions.open_venue(actor=cast.actor("clerk"), **given)


def test_a_venue_holds_one_meeting_at_a_time(cast: Cast) -> None:
    here = room(cast)
    first = planned(cast, venue=here, place="")
    half = timedelta(minutes=30)
    with pytest.raises(bookings.VenueTaken):
        planned(cast, venue=here, place="", title="迟到的会", starts_at=START + half)
    after = planned(cast, venue=here, place="", starts_at=first.ends_at, ends_at=first.ends_at + half, title="接着的会")
    with pytest.raises(bookings.VenueTaken):
        actions.change_meeting(actor=cast.actor("clerk"), meeting=after, starts_at=START + half, now=NOW)
    with pytest.raises(IntegrityError, match="one_booking_of_a_venue"), transaction.atomic():
        Meeting.objects.filter(pk=after.pk).update(starts_at=START + half)
    with pytest.raises(bookings.VenueTaken):
        actions.plan_series(
            actor=cast.actor("clerk"),
            convener=cast.town_root,
            kind="联席会议",
            title="每周例会",
            starts_at=START - 7 * DAY + half,
            ends_at=START - 7 * DAY + 2 * half,
            rhythm="weekly",
            last_on=local_day(START),
            bodies=[],
            venue=here,
            now=NOW,
        )
    actions.cancel_meeting(actor=cast.actor("clerk"), meeting=first, reason="改期", now=NOW)
    planned(cast, venue=here, place="", title="换进来的会")
    assert Booking.objects.filter(alone=True).count() == 2


def test_a_house_with_several_rooms(cast: Cast) -> None:
    here = room(cast, several=True)
    for title in ("一号房", "二号房"):
        planned(cast, venue=here, place="", title=title)
    with pytest.raises(bookings.VenueBusy):
        actions.change_venue(actor=cast.actor("clerk"), venue=here, several=False, now=NOW)
    here.refresh_from_db()
    assert here.several and Booking.objects.filter(alone=False).count() == 2


def test_nobody_meets_before_the_body_was_founded(cast: Cast) -> None:
    cast.system()
    cast.branch.founded_on = date(2026, 4, 1)
    cast.branch.save(update_fields=["founded_on"])
    with pytest.raises(activities.BeforeFounding):
        planned(cast, convener=cast.branch)
    later = START + 30 * DAY
    made = planned(cast, convener=cast.branch, starts_at=later, ends_at=later + DAY)
    with pytest.raises(activities.BeforeFounding):
        actions.change_meeting(
            actor=cast.actor("clerk"), meeting=made, starts_at=START, ends_at=START + DAY, answer_by=None, now=NOW
        )


def test_no_more_are_present_than_are_on_the_roll(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    members = [OnRoll(person.pk, person.name) for person in list(cast.people.values())[:3]]
    monkeypatch.setattr(rolls, "PROVIDERS", [lambda body, day: Roll(members) if body == cast.branch else None])
    meeting = planned(cast, kind="支部党员大会", bodies=[(cast.branch, rules.HOST)], answer_by=None)
    row, clerk = meeting.invitations.get(), cast.client("clerk")
    hold = reverse("events:hold", kwargs={"key": meeting.key})
    cast.system()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=clock.now() - timedelta(hours=2), ends_at=clock.now() - timedelta(hours=1)
    )
    sent = {f"attendance_{row.pk}": "attended", f"people_{row.pk}": "4", "text": "讨论了接收预备党员。"}
    refused = clerk.post(hold, sent)
    text = refused.content.decode()
    assert refused.status_code == 422 and "名册上有3人" in text and "讨论了接收预备党员。" in text
    assert clerk.post(hold, {**sent, f"people_{row.pk}": "3"}).status_code == 303
    cast.actor("clerk")
    open_to_all = planned(cast, kind="志愿服务", bodies=[(cast.branch, rules.HOST)], title="清河", answer_by=None)
    assert held(cast, open_to_all).invitations.get().people == 2


def test_results_as_they_were_announced(cast: Cast) -> None:
    meeting = held(cast, planned(cast, kind="评选活动"))
    clerk = cast.client("clerk")
    new = reverse("events:add_winner", kwargs={"key": meeting.key})
    nobody = clerk.post(new, {"prize": "技术标兵"})
    assert nobody.status_code == 422 and "获奖人的姓名" in nobody.content.decode()
    sent = {"prize": "技术标兵", "person_name": "林木匠", "organization": str(cast.firm.key)}
    assert clerk.post(new, sent).status_code == 303
    assert clerk.post(new, sent).status_code == 422
    assert clerk.post(new, {"prize": "最美庭院", "organization": str(cast.village.key)}).status_code == 303
    shown = clerk.get(meeting.get_absolute_url()).content.decode()
    assert "技术标兵" in shown and "林木匠" in shown and cast.village.name in shown
    cast.actor("clerk")
    first, second = Winner.objects.order_by("number")
    assert (first.number, second.number, second.person_name) == (1, 2, "")
    remove = reverse("events:remove_winner", kwargs={"key": first.key})
    assert cast.client("other_clerk").post(remove).status_code == 404
    assert clerk.post(remove).status_code == 303
    cast.actor("clerk")
    assert Winner.objects.get() == second


def test_questions_and_answers_reach_those_who_took_part(cast: Cast) -> None:
    meeting = held(cast, planned(cast, kind="交流合作会"))
    clerk = cast.client("clerk")
    new = reverse("events:add_question", kwargs={"key": meeting.key})
    assert clerk.post(new, {"text": "返程货车怎么拼单?", "asked_by": "一位参会企业"}).status_code == 303
    assert "还没有答复" in clerk.get(meeting.get_absolute_url()).content.decode()
    assert "返程货车怎么拼单" in cast.client("other_clerk").get(meeting.get_absolute_url()).content.decode()
    assert "返程货车怎么拼单" not in cast.client("village").get(meeting.get_absolute_url()).content.decode()
    cast.actor("clerk")
    change = reverse("events:change_question", kwargs={"key": Question.objects.get().key})
    assert cast.client("other_clerk").get(change).status_code == 404
    sent = {"text": "返程货车怎么拼单?", "answer": "由联盟秘书处统一排车。", "answered_by": "企业办"}
    assert clerk.post(change, sent).status_code == 303
    assert "统一排车" in clerk.get(meeting.get_absolute_url()).content.decode()


def test_a_photo_without_consent_stays_inside(cast: Cast) -> None:
    meeting = held(cast, planned(cast, bodies=[(cast.firm, rules.MEMBER)]))
    clerk, village = cast.client("clerk"), cast.client("village")
    new = reverse("events:add_photo", kwargs={"key": meeting.key})
    wrong = clerk.post(new, {"file": SimpleUploadedFile("a.txt", b"text"), "caption": "植树", "credit": "张工"})
    assert wrong.status_code == 422
    cast.actor("clerk")
    assert not Photo.objects.exists()
    assert clerk.post(new, {"file": picture(), "caption": "植树节共建", "credit": ""}).status_code == 422
    assert clerk.post(new, {"file": picture(), "caption": "植树节共建", "credit": "张工"}).status_code == 303
    cast.actor("clerk")
    photo = Photo.objects.get()
    src = reverse("events:photo_file", kwargs={"key": photo.key, "file_key": photo.bundle.files.get().key})  # type: ignore[union-attr]
    inside = clerk.get(meeting.get_absolute_url()).content.decode()
    assert src in inside and "张工" in inside and "没有公开" in inside
    assert clerk.get(src)["Content-Type"] == "image/png"
    assert src not in village.get(meeting.get_absolute_url()).content.decode() and village.get(src).status_code == 404
    change = reverse("events:change_photo", kwargs={"key": photo.key})
    assert clerk.post(change, {"caption": "植树节共建", "credit": "张工", "consent": "on"}).status_code == 303
    assert src in village.get(meeting.get_absolute_url()).content.decode() and village.get(src).status_code == 200
    assert clerk.post(reverse("events:remove_photo", kwargs={"key": photo.key})).status_code == 303
    assert clerk.get(src).status_code == 404 and src not in clerk.get(meeting.get_absolute_url()).content.decode()


def test_walls_and_columns_of_a_venue(cast: Cast) -> None:
    here = room(cast, opened_on=date(2026, 3, 1))
    clerk = cast.client("clerk")
    new = reverse("events:put_up", kwargs={"key": here.key})
    sent = {"kind": "品牌文化展示墙", "title": "家具红链", "text": "品牌由来", "since": "2026-02-01"}
    early = clerk.post(new, sent)
    assert early.status_code == 422 and "不能早于阵地启用" in early.content.decode()
    assert clerk.post(new, {**sent, "since": "2026-03-02"}).status_code == 303
    page = clerk.get(here.get_absolute_url()).content.decode()
    assert "家具红链" in page and "2026年3月2日" in page
    cast.actor("clerk")
    wall = Display.objects.get()
    change = reverse("events:change_display", kwargs={"key": wall.key})
    sent = {"kind": "党建工作宣传栏", "title": "家具红链", "since": "2026-03-02"}
    assert cast.client("other_clerk").post(change, sent).status_code == 404
    assert clerk.post(change, sent).status_code == 303
    down = reverse("events:take_down", kwargs={"key": wall.key})
    assert clerk.post(down).status_code == 303 and clerk.post(down).status_code == 409
    assert "已撤下" in clerk.get(here.get_absolute_url()).content.decode()
    cast.actor("clerk")
    wall.refresh_from_db()
    with pytest.raises(activities.DisplayOver):
        actions.change_display(actor=cast.actor("clerk"), display=wall, title="别的", now=NOW)


def test_when_a_topic_was_discussed_last(cast: Cast) -> None:
    held(cast, planned(cast, topics=["安全生产", "同研究"], bodies=[(cast.firm, rules.MEMBER)]))
    later = START + 20 * DAY
    planned(cast, topics=["安全生产"], title="下次", starts_at=START + 60 * DAY, ends_at=START + 61 * DAY)
    found = {name: (badge, words) for badge, name, words, _url in topics_of(cast.actor("clerk"), cast.town_root, later)}
    badge, words = found["安全生产"]
    assert badge is None and "20 天前" in words and "开过次数:1" in words and "下次" in words
    assert "下次" not in found["同研究"][1]
    assert found["环境保护"] == (("还没有研究过", "neutral"), "")
    page = cast.client("clerk").get(reverse("events:topics")).content.decode()
    assert "还没有研究过" in page and "安全生产" in page
    firm = f"{reverse('events:topics')}?organization={cast.firm.key}"
    assert cast.firm.name in cast.client("clerk").get(firm).content.decode()
