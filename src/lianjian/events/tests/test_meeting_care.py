"""Meetings: duties that end with the hour, what outsiders learn, files across towns, forms that grew old."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lianjian.directory import actions as directory
from lianjian.duties.models import Duty
from lianjian.events import actions, figures, tasks
from lianjian.events.models import Decision, Meeting, Minutes
from lianjian.events.rules import meetings as rules
from lianjian.events.tests.meetingwork import AFTER, START, decided, held, planned
from lianjian.foundation import clock
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Scoped
from lianjian.journal.models import Change
from tests.cast import NOW, TODAY, Cast

DAY = timedelta(days=1)


def open_answers(cast: Cast) -> int:
    cast.actor("clerk")
    return Duty.objects.filter(kind="events.answer", state="open", jurisdiction=cast.town).count()


def test_an_answer_is_asked_for_only_until_the_meeting_begins(cast: Cast) -> None:
    planned(cast)
    assert open_answers(cast) > 0
    system = cast.system(cast.town)
    assert actions.close_answers(actor=system, jurisdiction_id=cast.town.pk, now=START - DAY) == 0
    assert actions.close_answers(actor=system, jurisdiction_id=cast.town.pk, now=START) > 0
    assert open_answers(cast) == 0
    assert actions.close_answers(actor=cast.system(cast.town), jurisdiction_id=cast.town.pk, now=AFTER) == 0


def test_the_job_ends_duties_of_every_place(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    planned(cast)
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    cast.system(cast.town)
    tasks.close_answers_of(jurisdiction_id=cast.town.pk)
    assert open_answers(cast) == 0


def test_outsiders_learn_who_is_invited_and_not_who_answers(cast: Cast) -> None:
    meeting = planned(cast, bodies=[(cast.firm, rules.MEMBER)])
    invitation = meeting.invitations.get()
    actions.answer_invitation(actor=cast.actor("clerk"), invitation=invitation, coming="yes", people=7, words="厂长带队", now=NOW)
    address = reverse("events:meeting", kwargs={"key": meeting.key})
    inside = cast.client("clerk").get(address).content.decode()
    assert "预计 7 人" in inside and "厂长带队" in inside
    outside = cast.client("other_clerk").get(address).content.decode()
    assert cast.firm.name in outside
    assert "预计 7 人" not in outside and "厂长带队" not in outside
    body = cast.client("other_clerk").get(f"/api/v1/meetings/{meeting.key}").json()["bodies"][0]
    assert body["name"] == cast.firm.name and body["coming"] == "" and body["people"] == 0


def test_files_of_the_minutes_reach_the_other_town(cast: Cast) -> None:
    meeting = held(cast)
    paper = SimpleUploadedFile("纪要.txt", "同意共享物流".encode(), "text/plain")
    made = actions.attach_minutes(actor=cast.actor("clerk"), meeting=meeting, upload=paper, now=AFTER)
    address = reverse("events:minutes_file", kwargs={"key": meeting.key, "file_key": made.key})
    answer = cast.client("other_clerk").get(address)
    assert answer.status_code == 200
    # A body that is added later reads them too.
    assert Minutes.objects.get(meeting=meeting).bundle_id is not None


def test_a_body_that_is_no_more_calls_no_meeting(cast: Cast) -> None:
    gone = directory.register_organization(
        actor=cast.actor("clerk"), name="撤销前的商会", classification="social", parent=cast.town_root, since=TODAY - DAY, now=NOW
    )
    directory.dissolve_organization(actor=cast.actor("clerk"), organization=gone, on=TODAY, now=NOW)
    gone.refresh_from_db()
    with pytest.raises(rules.BodyOver):
        planned(cast, convener=gone)


def test_why_a_series_ended_is_in_the_journal(cast: Cast) -> None:
    series = actions.plan_series(
        actor=cast.actor("clerk"), convener=cast.town_root, kind="卫生大清整", title="大清整", starts_at=START,
        ends_at=START + timedelta(hours=1), rhythm="weekly", last_on=(START + 30 * DAY).date(), bodies=[], place="各村", now=NOW,
    )  # fmt: skip
    actions.end_series(actor=cast.actor("clerk"), series=series, reason="改由保洁公司做", now=NOW)
    told = Change.objects.filter(entry__verb="events.end_series").values_list("field", "after")
    assert ("ended_reason", "改由保洁公司做") in set(told)


def test_what_is_not_yet_due_is_not_late(cast: Cast) -> None:
    decision = decided(cast)
    actor = cast.actor("clerk")
    today = local_day(datetime.now(UTC))
    scoped = Scoped((cast.town.pk,), today - 40 * DAY, today + 40 * DAY)
    Decision.objects.filter(pk=decision.pk).update(due_on=today + DAY)
    assert not figures.decisions_due(actor, scoped).exists()
    Decision.objects.filter(pk=decision.pk).update(due_on=today)
    assert list(figures.decisions_due(actor, scoped)) == [decision]
    actions.settle_decision(actor=cast.actor("clerk"), decision=decision, evidence="签了合同", now=AFTER)
    Decision.objects.filter(pk=decision.pk).update(due_on=today + DAY, settled_on=today)
    assert list(figures.decisions_in_time(cast.actor("clerk"), scoped)) == [decision]


def mark(page: str) -> str:
    found = re.search(r'name="shown" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def test_an_old_form_says_what_changed_and_loses_nothing(cast: Cast) -> None:
    decision = decided(cast)
    client = cast.client("clerk")
    address = reverse("events:change_decision", kwargs={"key": decision.key})
    shown = mark(client.get(address).content.decode())
    actions.change_decision(
        actor=cast.actor("clerk"), decision=decision, text="三家企业共用返程货车", due_on=decision.due_on, reason="又加一家", now=AFTER
    )
    mine = {"text": "我的写法", "due_on": decision.due_on.isoformat(), "reason": "更准", "shown": shown}
    answer = client.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 422 and "别人改了" in page and "我的写法" in page
    decision.refresh_from_db()
    assert decision.text == "三家企业共用返程货车"
    again = client.post(address, {**mine, "shown": mark(page)})
    assert again.status_code == 303
    assert Decision.objects.get(pk=decision.pk).text == "我的写法"


def test_an_old_form_of_minutes_and_venues(cast: Cast) -> None:
    meeting = held(cast)
    client = cast.client("clerk")
    address = reverse("events:correct_meeting", kwargs={"key": meeting.key})
    page = client.get(address).content.decode()
    shown = mark(page)
    Meeting.objects.filter(pk=meeting.pk).update(changed_at=AFTER + DAY)
    typed = {"text": "另一种说法", "reason": "补记", "shown": shown}
    for row in meeting.invitations.all():
        typed |= {f"attendance_{row.pk}": "attended", f"people_{row.pk}": "2", f"words_{row.pk}": ""}
    answer = client.post(address, typed)
    assert answer.status_code == 422 and "别人改了" in answer.content.decode()
    venue = actions.open_venue(actor=cast.actor("clerk"), organization=cast.town_root, name="活动室", address="一楼", now=NOW)
    address = reverse("events:change_venue", kwargs={"key": venue.key})
    shown = mark(client.get(address).content.decode())
    actions.change_venue(actor=cast.actor("clerk"), venue=venue, address="二楼", now=NOW)
    answer = client.post(address, {"name": "活动室", "address": "三楼", "opened_on": venue.opened_on.isoformat(), "shown": shown})
    assert answer.status_code == 422
    assert "别人改了" in answer.content.decode() and "三楼" in answer.content.decode()
