"""Topics that a body takes up regularly: what is owed becomes a duty, and a recorded meeting settles it at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.directory import actions as directory
from lianjian.directory.actions.merging import merge_organizations
from lianjian.directory.actions.organizations import AlreadyEnded
from lianjian.duties.models import Duty
from lianjian.events import actions
from lianjian.events.models import Meeting, StandingTopic
from lianjian.events.queries.topics import standing_lines
from lianjian.events.rules import meetings, topics
from lianjian.events.tasks import remind_topics_of
from lianjian.events.tests.meetingwork import held, planned
from lianjian.foundation.calendar import CHINA
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from tests.cast import NOW, Cast, acting

DAY = timedelta(days=1)
TOPIC = "非公企业党建"


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("per", "since", "last", "due"),
    [
        ("month", date(2026, 1, 31), None, date(2026, 1, 31)),
        ("month", date(2026, 1, 31), date(2026, 1, 31), date(2026, 2, 28)),
        ("month", date(2024, 1, 1), date(2024, 1, 1), date(2024, 2, 29)),
        ("quarter", date(2026, 2, 3), None, date(2026, 3, 31)),
        ("quarter", date(2026, 2, 3), date(2026, 2, 2), date(2026, 3, 31)),  # before it was set
        ("quarter", date(2026, 2, 3), date(2026, 2, 3), date(2026, 6, 30)),
        ("quarter", date(2025, 2, 3), date(2025, 10, 1), date(2026, 3, 31)),  # over the end of the year
        ("half", date(2026, 2, 3), date(2026, 6, 30), date(2026, 12, 31)),
        ("year", date(2026, 2, 3), date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_the_last_day_in_time(per: str, since: date, last: date | None, due: date) -> None:
    assert topics.due_on(per, since, last) == due


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 4, 1), topics.ON_TIME),
        (date(2026, 5, 30), topics.ON_TIME),
        (date(2026, 5, 31), topics.SOON),
        (date(2026, 6, 30), topics.SOON),
        (date(2026, 7, 1), topics.LATE),
    ],
)
def test_one_is_reminded_for_thirty_days(day: date, state: str) -> None:
    assert topics.state_on(day, "quarter", date(2026, 6, 30)) == state


def test_a_month_is_reminded_from_its_first_day() -> None:
    assert topics.remind_from("month", date(2026, 7, 31)) == date(2026, 7, 1)


def _set(cast: Cast, now: datetime, **more: Any) -> StandingTopic:
    given: dict[str, Any] = {"organization": cast.town_root, "topic": TOPIC, "per": "quarter", "source": "镇党委〔2026〕3号"}
    return actions.set_topic(actor=cast.actor("clerk"), now=now, **{**given, **more})


def _remind(cast: Cast, now: datetime) -> int:
    return actions.remind_topics(actor=cast.system(cast.town), jurisdiction_id=cast.town.pk, now=now)


def _open() -> list[tuple[str, date]]:
    rows = Duty.objects.filter(kind="events.topic", state=Duty.State.OPEN).order_by("pk")
    return [(one.title, (one.due_at - DAY).astimezone(CHINA).date()) for one in rows if one.due_at is not None]


def _discuss(cast: Cast, now: datetime, **more: Any) -> Meeting:
    given: dict[str, Any] = {"kind": "党委会议", "topics": [TOPIC], "bodies": [], "answer_by": None}
    given |= {"starts_at": now, "ends_at": now + timedelta(hours=2), "now": now - 2 * DAY, **more}
    return held(cast, planned(cast, **given), now + timedelta(hours=3))


def test_what_was_not_discussed_becomes_a_duty_and_a_meeting_settles_it(cast: Cast) -> None:
    _set(cast, at(2026, 1, 5))
    assert _open() == []
    assert _remind(cast, at(2026, 2, 20)) == 0
    before = Entry.objects.count()
    assert _remind(cast, at(2026, 3, 2)) == 1
    assert _open() == [(TOPIC, date(2026, 3, 31))]
    assert Entry.objects.count() == before + 1
    assert _remind(cast, at(2026, 3, 3)) == 0 and Entry.objects.count() == before + 1
    # Past its day it stays, late, until it is discussed.
    assert _remind(cast, at(2026, 4, 20)) == 0 and len(_open()) == 1
    _discuss(cast, at(2026, 4, 21))
    assert _open() == []
    assert _remind(cast, at(2026, 8, 25)) == 0
    assert _remind(cast, at(2026, 9, 2)) == 1 and _open() == [(TOPIC, date(2026, 9, 30))]


def test_a_meeting_taken_back_to_another_topic_leaves_it_open_again(cast: Cast) -> None:
    _set(cast, at(2026, 1, 5))
    meeting = _discuss(cast, at(2026, 2, 10))
    assert _remind(cast, at(2026, 3, 20)) == 0
    Meeting.objects.filter(pk=meeting.pk).update(topics=["安全生产"])
    assert _remind(cast, at(2026, 3, 21)) == 1 and _open() == [(TOPIC, date(2026, 3, 31))]


def test_only_meetings_of_the_kind_and_of_the_body_count(cast: Cast) -> None:
    _set(cast, at(2026, 1, 5), kind="党委会议")
    _discuss(cast, at(2026, 2, 10), kind="座谈会")
    _discuss(cast, at(2026, 2, 11), convener=cast.branch, bodies=[(cast.town_root, meetings.MEMBER)])
    _discuss(cast, at(2026, 2, 12), topics=["安全生产"])
    planned(cast, kind="党委会议", topics=[TOPIC], bodies=[], answer_by=None)  # never held
    _remind(cast, at(2026, 3, 20))
    assert _open() == [(TOPIC, date(2026, 3, 31))]
    _discuss(cast, at(2026, 3, 21), convener=cast.branch, bodies=[(cast.town_root, meetings.HOST)])  # one of its hosts
    assert _open() == []


def test_stopped_it_asks_for_nothing(cast: Cast) -> None:
    made = _set(cast, at(2026, 3, 20))
    assert len(_open()) == 1  # the period ends soon: it is owed at once
    with pytest.raises(topics.TopicStands):
        _set(cast, at(2026, 3, 21), per="year")
    with pytest.raises(Denied):
        actions.end_topic(actor=cast.actor("village"), standing=made, now=at(2026, 3, 22))
    actor = cast.actor("clerk")
    for _twice in "12":
        actions.end_topic(actor=actor, standing=made, now=at(2026, 3, 22))
    assert _open() == [] and _remind(cast, at(2026, 4, 22)) == 0
    assert Entry.objects.filter(verb="events.end_topic").count() == 1
    _set(cast, at(2026, 4, 23), per="year")
    for wrong in ({"topic": "没有的"}, {"topic": "安全生产", "kind": "没有的"}):
        with pytest.raises(meetings.UnknownWord):
            _set(cast, at(2026, 4, 23), **wrong)
    with pytest.raises(topics.PeriodUnknown):
        _set(cast, at(2026, 4, 23), topic="安全生产", per="week")


def test_on_the_page_of_topics(cast: Cast) -> None:
    clerk, village = cast.client("clerk"), cast.client("village")
    new = reverse("events:set_topic", kwargs={"key": cast.town_root.key})
    page = clerk.get(reverse("events:topics"), {"organization": str(cast.town_root.key)}).content.decode()
    assert new in page and "还没有设定" in page
    sent = {"topic": TOPIC, "per": "year", "kind": "党委会议", "source": "镇党委〔2026〕3号"}
    assert clerk.post(new, {**sent, "per": "week"}).status_code == 422
    assert clerk.post(new, sent).status_code == 303
    again = clerk.post(new, sent)
    assert again.status_code == 422 and "请先停止" in again.content.decode()
    here = f"{reverse('events:topics')}?organization={cast.town_root.key}"
    shown = clerk.get(here).content.decode()
    assert TOPIC in shown and "镇党委〔2026〕3号" in shown and "每年" in shown and "下次不晚于" in shown
    cast.actor("clerk")
    end = reverse("events:end_topic", kwargs={"key": StandingTopic.objects.get().key})
    assert village.post(end).status_code == 404 and village.get(new).status_code == 404
    assert cast.client("other_clerk").post(end).status_code == 404
    assert clerk.post(end).status_code == 303
    assert "还没有设定" in clerk.get(here).content.decode()


def test_lines_say_how_each_stands(cast: Cast) -> None:
    _set(cast, at(2026, 1, 5))
    _set(cast, at(2026, 1, 5), topic="安全生产")
    _discuss(cast, at(2026, 1, 6), topics=["安全生产"])
    lines = standing_lines(cast.actor("clerk"), cast.town_root, at(2026, 4, 20))
    assert [(one.topic, one.badge) for one in lines] == [(TOPIC, ("过期没有研究", "late")), ("安全生产", ("按期", "done"))]
    assert standing_lines(cast.actor("other_clerk"), cast.town_root, at(2026, 4, 20)) == []


def test_the_job_of_the_night(cast: Cast) -> None:
    _set(cast, at(2020, 1, 5))
    Duty.objects.filter(kind="events.topic").delete()
    remind_topics_of(jurisdiction_id=cast.town.pk)
    cast.actor("clerk")
    assert _open() == [(TOPIC, date(2020, 3, 31))] and at(2020, 3, 31) < NOW


def _owed(cast: Cast) -> int:
    return Duty.objects.filter(kind="events.topic", state="open").count()


def test_a_body_that_is_dissolved_takes_nothing_up(cast: Cast) -> None:
    body = directory.register_organization(
        actor=cast.system(), name="商会党支部", classification="party", parent=cast.town_root, now=at(2026, 1, 5)
    )
    _set(cast, at(2026, 3, 10), organization=body)
    assert _owed(cast) == 1
    directory.dissolve_organization(actor=cast.actor("clerk"), organization=body, on=date(2026, 3, 12), now=at(2026, 3, 12))
    assert _owed(cast) == 0 and StandingTopic.objects.get().ended_on == date(2026, 3, 12)
    with acting(cast.system()):
        remind_topics_of.run_job(jurisdiction_id=cast.town.pk)  # type: ignore[attr-defined]
        assert _owed(cast) == 0
    body.refresh_from_db()
    with pytest.raises(AlreadyEnded):
        _set(cast, at(2026, 3, 13), organization=body)


def test_of_two_bodies_that_become_one_the_topic_stays_once(cast: Cast) -> None:
    both = [
        directory.register_organization(
            actor=cast.system(), name=name, classification="party", parent=cast.town_root, now=at(2026, 1, 5)
        )
        for name in ("商会党支部", "镇商会党支部")
    ]
    for body in both:
        _set(cast, at(2026, 3, 10), organization=body)
    assert _owed(cast) == 2
    merge_organizations(actor=cast.actor("clerk"), winner=both[0], loser=both[1], now=at(2026, 3, 11))
    assert _owed(cast) == 1
    standing = StandingTopic.objects.standing().get()
    actions.end_topic(actor=cast.actor("clerk"), standing=standing, now=at(2026, 3, 12))
    assert _owed(cast) == 0


def test_what_a_meeting_elsewhere_settles_is_in_ones_own_journal(cast: Cast) -> None:
    standing = _set(cast, at(2026, 3, 10))
    assert _owed(cast) == 1
    county = cast.actor("county_clerk")
    meeting = actions.plan_meeting(
        actor=county, convener=cast.county_root, kind="联席会议", title="县镇联席会议", starts_at=at(2026, 3, 20),
        ends_at=at(2026, 3, 20) + timedelta(hours=1), place="县委", topics=[TOPIC],
        bodies=[(cast.town_root, meetings.HOST)], now=at(2026, 3, 15),
    )  # fmt: skip
    came = {pk: actions.Came(meetings.ATTENDED, 2) for pk in meeting.invitations.values_list("pk", flat=True)}
    actions.hold_meeting(actor=county, meeting=meeting, came=came, text="研究", now=at(2026, 3, 21))
    actions.follow_meeting(actor=cast.system(cast.town), meeting=meeting, now=at(2026, 3, 21))
    assert _owed(cast) == 0 and standing.ended_on is None
    assert Entry.objects.filter(verb="events.follow", subject_key=meeting.key).count() == 1
