"""Private calendar addresses: made, renewed, ended; what they show is what their owner may see that day."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from lianjian.directory.models import Grant
from lianjian.events import actions
from lianjian.events.models import Feed, Meeting
from lianjian.events.queries import calendar
from lianjian.events.rules import meetings as rules
from lianjian.events.tests.meetingwork import planned
from lianjian.foundation import clock
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from tests.cast import Cast

FRONT = Path(__file__).parents[4] / "frontend"
ODD = "研究\\物流;共享,以及“返程”\n第二行:很长" + "很长的一行" * 30


def soon(cast: Cast, **more: Any) -> Meeting:
    """A meeting in a week by the clock of the door."""
    start = (clock.now() + timedelta(days=7)).replace(microsecond=0)
    given = {"starts_at": start, "ends_at": start + timedelta(hours=2), "answer_by": None, "now": clock.now(), **more}
    return planned(cast, **given)


def address(client: Client, **sent: str) -> str:
    """The path of a new address, as the page shows it once."""
    page = client.post(reverse("events:feeds"), sent)
    found = re.search(r"/events/meetings/feed/[\w-]+\.ics", page.content.decode())
    assert page.status_code == 200 and found is not None
    return found.group(0)


def events(path: str) -> list[Any]:
    """The meetings of a feed, fetched by somebody who has not signed in."""
    answer = Client().get(path)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "private, no-cache"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_one_s_own_meetings_at_a_private_address(cast: Cast) -> None:
    made = soon(cast, agenda=ODD)
    soon(cast, convener=cast.second_firm, bodies=[], title="别家的会", audience=rules.INVITED)
    contact = cast.client("contact")
    path = address(contact)
    (found,) = events(path)
    assert (found["SUMMARY"], found.start) == (made.title, made.starts_at)
    assert found["DESCRIPTION"] == f"{made.convener.name}\n{ODD}"
    assert path not in contact.get(reverse("events:feeds")).content.decode()  # shown once
    cast.actor("contact")
    assert path.rsplit("/", 1)[1].removesuffix(".ics") not in Feed.objects.get().digest
    assert Entry.objects.filter(verb="events.make_feed").count() == 1
    actions.cancel_meeting(actor=cast.actor("clerk"), meeting=made, reason="改期", now=clock.now())
    assert events(path)[0]["STATUS"] == "CANCELLED"


def test_a_new_address_ends_the_old_one(cast: Cast) -> None:
    soon(cast)
    contact = cast.client("contact")
    first = address(contact)
    second = address(contact)
    assert first != second and Client().get(first).status_code == 404 and len(events(second)) == 1
    cast.actor("contact")
    feed = Feed.objects.get()
    end = reverse("events:end_feed", kwargs={"key": feed.key})
    assert cast.client("clerk").post(end).status_code == 404
    with pytest.raises(Denied):
        actions.make_feed(actor=cast.actor("clerk"), user=cast.users["contact"], now=clock.now())
    assert contact.post(end).status_code == 303 and Client().get(second).status_code == 404


def test_a_calendar_that_has_it_already_is_sent_nothing(cast: Cast) -> None:
    meeting = soon(cast)
    path = address(cast.client("contact"))
    first = Client().get(path)
    again = Client().get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"") and again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "private, no-cache"
    changed = {"title": "改了名的会", "now": clock.now() + timedelta(seconds=1)}
    actions.change_meeting(actor=cast.actor("clerk"), meeting=meeting, **changed)
    answer = Client().get(path, headers={"if-none-match": first["ETag"]})
    assert answer.status_code == 200 and answer["ETag"] != first["ETag"]


def test_a_full_feed_holds_what_is_to_come_first_and_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    past = [soon(cast, title=f"已过第{n}次") for n in range(2)]
    for number, one in enumerate(past):
        start = clock.now() - timedelta(days=1 + number)
        Meeting.objects.filter(pk=one.pk).update(starts_at=start, ends_at=start + timedelta(hours=1))
    ahead = [soon(cast, title=f"将开第{n}次") for n in range(3)]
    for number, one in enumerate(ahead):
        start = clock.now() + timedelta(days=30 - number)
        Meeting.objects.filter(pk=one.pk).update(starts_at=start, ends_at=start + timedelta(hours=1))
    path = address(cast.client("contact"))
    whole = Client().get(path).content
    assert len(list(Calendar.from_ical(whole).walk("VEVENT"))) == 5 and b"X-WR-CALDESC" not in whole
    monkeypatch.setattr(calendar, "FED", 4)
    assert [found["SUMMARY"] for found in events(path)] == ["将开第2次", "将开第1次", "将开第0次", "已过第0次"]
    assert "4个" in str(Calendar.from_ical(Client().get(path).content)["X-WR-CALDESC"])
    monkeypatch.setattr(calendar, "FED", 2)
    assert [found["SUMMARY"] for found in events(path)] == ["将开第2次", "将开第1次"]


def test_who_has_few_meetings_is_asked_from_the_own_bodies_on(cast: Cast) -> None:
    soon(cast, bodies=[(cast.firm, rules.MEMBER)], title="请了这家企业")
    soon(cast, convener=cast.firm, bodies=[], title="企业自己的会", audience=rules.INVITED)
    withdrawn = soon(cast, bodies=[(cast.firm, rules.MEMBER)], title="不用来了")
    actions.uninvite(actor=cast.actor("clerk"), invitation=withdrawn.invitations.get(), now=clock.now())
    soon(cast, bodies=[(cast.second_firm, rules.MEMBER)], title="请了别家")
    for who in ("contact", "village", "handler", "instructor", "clerk", "county_clerk", "other_clerk", "auditor"):
        actor = cast.actor(who)
        usual = set(Meeting.objects.concerning(actor).values_list("title", flat=True))
        assert set(Meeting.objects.concerning_few(actor).values_list("title", flat=True)) == usual
    actor = cast.actor("contact")
    assert set(Meeting.objects.concerning_few(actor).values_list("title", flat=True)) == {"请了这家企业", "企业自己的会"}


def test_lines_are_folded_between_signs_only() -> None:
    for text in ("短", "a" * 75, "a" * 76, "字" * 25, "字" * 26, "a" + "字" * 200, "🙂" * 60, "a" * 74 + "字" * 3):
        lines = calendar._folded(text).split("\r\n")
        assert all(len(line.encode()) <= 75 for line in lines)
        assert "".join([lines[0], *(line[1:] for line in lines[1:])]) == text
        assert all(line.startswith(" ") for line in lines[1:])


def test_the_meetings_of_one_body(cast: Cast) -> None:
    soon(cast, bodies=[(cast.village, rules.HOST)], title="村里合办的活动")
    soon(cast, bodies=[(cast.firm, rules.MEMBER)], title="企业的会")
    path = address(cast.client("clerk"), organization=str(cast.village.key))
    assert [found["SUMMARY"] for found in events(path)] == ["村里合办的活动"]
    own = address(cast.client("clerk"))
    assert {found["SUMMARY"] for found in events(own)} == {"村里合办的活动", "企业的会"}
    assert len(events(path)) == 1  # each body has its own address


def test_an_address_dies_with_the_rights_of_its_owner(cast: Cast) -> None:
    soon(cast)
    path = address(cast.client("contact"))
    user = cast.users["contact"]
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert Client().get(path).status_code == 404
    user.is_active = True
    user.save(update_fields=["is_active"])
    assert len(events(path)) == 1
    cast.system()
    Grant.objects.filter(user=user).update(until=clock.today())
    assert Client().get(path).status_code == 404
    assert Client().get(reverse("events:feed", kwargs={"token": "x" * 43})).status_code == 404


@pytest.mark.skipif(
    shutil.which("node") is None or not (FRONT / "node_modules" / "ical.js").is_dir(), reason="ical.js is not installed"
)
def test_another_reader_of_calendars_understands_it(cast: Cast) -> None:
    made = soon(cast, agenda=ODD)
    text = Client().get(address(cast.client("clerk"))).content
    run = subprocess.run(  # noqa: S603 - our own script
        [shutil.which("node") or "node", "scripts/readcalendar.mjs"], cwd=FRONT, input=text, capture_output=True
    )
    assert run.returncode == 0, run.stderr.decode()
    found = json.loads(run.stdout)
    (event,) = found["events"]
    assert found["version"] == "2.0" and event["uid"] == f"{made.key}@lianjian"
    assert event["summary"] == made.title and event["location"] == made.place
    assert event["description"] == f"{made.convener.name}\n{ODD}"
    assert event["start"] == made.starts_at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
