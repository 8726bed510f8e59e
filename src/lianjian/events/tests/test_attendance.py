"""Who came: lists of bodies, guests from elsewhere, several hosts, classes and people served."""

from __future__ import annotations

import threading
import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from lianjian.directory import actions as directory
from lianjian.directory.models import Membership, Organization, Person
from lianjian.events import actions, figures, rolls
from lianjian.events.models import Attendance, Invitation, Meeting
from lianjian.events.rules import attendance as rules
from lianjian.events.rules import meetings
from lianjian.events.rules.attendance import Said
from lianjian.events.tests.meetingwork import AFTER, START, all_came, planned, together
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from tests.cast import NOW, TODAY, Cast, build_cast

HOUR = timedelta(hours=1)


def people(cast: Cast, body: Organization, *names: str) -> list[Person]:
    """New members of a body, since a year."""
    cast.actor("clerk") if body.jurisdiction_id == cast.town.pk else cast.actor("other_clerk")
    made = []
    for name in names:
        person = Person.objects.create(jurisdiction_id=body.jurisdiction_id, name=name, changed_at=NOW)
        Membership.objects.create(
            jurisdiction_id=body.jurisdiction_id, person=person, organization=body, role="member",
            since=TODAY - timedelta(days=365),
        )  # fmt: skip
        made.append(person)
    return made


def held(cast: Cast, kind: str = "主题党日", bodies: Any = (), **more: Any) -> Meeting:
    meeting = planned(cast, kind=kind, title=f"{kind}活动", bodies=list(bodies), answer_by=None, topics=[], **more)
    return actions.hold_meeting(actor=cast.actor("clerk"), meeting=meeting, came=all_came(meeting), text="", now=AFTER)


def scope(cast: Cast) -> Scoped:
    return Scoped((cast.town.pk,), START.date() - timedelta(days=30), START.date() + timedelta(days=30))


def test_a_body_writes_its_list_with_leaves_and_exemptions(cast: Cast) -> None:
    one, two, three, four = people(cast, cast.town_root, "甲党员", "乙党员", "丙党员", "丁党员")
    meeting = held(cast)
    said = {one.pk: Said("present"), two.pk: Said("leave", "away"), three.pk: Said("exempt"), four.pk: Said("absent")}
    clerk = cast.actor("clerk")
    roll = {pk.person_id for pk in rolls.roll_of(cast.town_root, START.date()).people}
    assert {one.pk, two.pk, three.pk, four.pk} <= roll
    actions.record_attendance(actor=clerk, meeting=meeting, organization=cast.town_root, said=said, now=AFTER)
    assert dict(Attendance.objects.values_list("person_id", "state")) == {pk: one.state for pk, one in said.items()}
    # Written again it is replaced, not added.
    actions.record_attendance(
        actor=cast.actor("clerk"), meeting=meeting, organization=cast.town_root, said={one.pk: Said("present")}, now=AFTER
    )
    assert list(Attendance.objects.values_list("person_id", "state")) == [(one.pk, "present")]


def test_what_cannot_be_is_refused_in_words(cast: Cast) -> None:
    (one,) = people(cast, cast.town_root, "甲党员")
    (other,) = people(cast, cast.office, "机关党员")
    meeting = held(cast)
    act = {"meeting": meeting, "organization": cast.town_root, "now": AFTER}
    with pytest.raises(rules.NotOnRoll):  # more present than belong to it
        actions.record_attendance(
            actor=cast.actor("clerk"), said={one.pk: Said("present"), other.pk: Said("present")}, **act
        )
    with pytest.raises(rules.LeaveNeedsReason):
        actions.record_attendance(actor=cast.actor("clerk"), said={one.pk: Said("leave")}, **act)
    with pytest.raises(rules.NobodyPresent):
        actions.record_attendance(actor=cast.actor("clerk"), said={one.pk: Said("absent")}, **act)
    with pytest.raises(rules.UnknownState):
        actions.record_attendance(actor=cast.actor("clerk"), said={one.pk: Said("ill")}, **act)
    with pytest.raises(rules.NotHosting):
        actions.record_attendance(
            actor=cast.actor("clerk"), meeting=meeting, organization=cast.office, said={}, now=AFTER
        )
    with pytest.raises(meetings.NotHeld):
        actions.record_attendance(
            actor=cast.actor("clerk"), meeting=planned(cast), organization=cast.town_root, said={}, now=NOW
        )
    with pytest.raises(Denied):
        actions.record_attendance(
            actor=cast.actor("other_clerk"), meeting=meeting, organization=cast.town_root, said={one.pk: Said("present")}, now=AFTER
        )
    assert not Attendance.objects.exists()


def test_a_joint_class_counts_for_each_host_and_once_in_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    branches = [cast.town_root, cast.office, cast.firm, cast.second_firm]
    members = [people(cast, body, f"{body.pk}号党员甲", f"{body.pk}号党员乙") for body in branches]
    hosts = [(body, meetings.HOST) for body in branches[1:]]
    meeting = held(cast, "培训班", hosts)
    for body, (first, second) in zip(branches, members, strict=True):
        said = {one.person_id: Said("absent") for one in rolls.roll_of(body, START.date()).people}
        said |= {first.pk: Said("present"), second.pk: Said("leave", "work")}
        actions.record_attendance(actor=cast.actor("clerk"), meeting=meeting, organization=body, said=said, now=AFTER)
    actions.set_results(
        actor=cast.actor("clerk"), meeting=meeting, audiences=["党组织书记", "党务工作者"], hours="4.0", now=AFTER  # type: ignore[arg-type]
    )
    clerk = cast.actor("clerk")
    assert figures.classes(clerk, scope(cast)).count() == 1
    assert figures.audiences(clerk, scope(cast)).count() == 2
    assert figures.attendances(clerk, scope(cast)).count() == 4
    assert Invitation.objects.filter(meeting=meeting, people=1, attendance="attended").count() == 3
    # A second class of one of the audiences: two classes, still two audiences.
    second = held(cast, "培训班", place="会议室二")
    actions.set_results(actor=cast.actor("clerk"), meeting=second, audiences=["党组织书记"], now=AFTER)
    assert figures.classes(cast.actor("clerk"), scope(cast)).count() == 2
    assert figures.audiences(cast.actor("clerk"), scope(cast)).count() == 2
    # A person of one host cannot be written down by another as well.
    with pytest.raises(rules.AlreadyElsewhere):
        Membership.objects.create(
            jurisdiction_id=cast.town.pk, person=members[1][0], organization=cast.town_root, role="staff", since=TODAY - timedelta(days=9)
        )
        actions.record_attendance(
            actor=cast.actor("clerk"), meeting=meeting, organization=cast.town_root,
            said={members[1][0].pk: Said("present")}, now=AFTER,
        )  # fmt: skip


def test_a_guest_counts_for_the_own_branch(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = people(cast, cast.town_root, "甲党员")
    (guest,) = people(cast, cast.office, "机关党员")
    monkeypatch.setattr(rolls, "HOMES", [lambda people, day: {guest.pk: cast.office} if guest.pk in people else {}])
    meeting = held(cast)
    actions.record_attendance(
        actor=cast.actor("clerk"), meeting=meeting, organization=cast.town_root, said={one.pk: Said("present")},
        guests=[guest], now=AFTER,
    )  # fmt: skip
    assert set(Attendance.objects.values_list("person_id", "organization_id")) == {
        (one.pk, cast.town_root.pk),
        (guest.pk, cast.office.pk),
    }


def test_people_served_and_times_are_two_numbers(cast: Cast) -> None:
    meeting = held(cast, "志愿服务")
    with pytest.raises(rules.ServedBelow):
        actions.set_results(actor=cast.actor("clerk"), meeting=meeting, served=200, served_times=100, now=AFTER)
    actions.set_results(actor=cast.actor("clerk"), meeting=meeting, served=200, served_times=260, now=AFTER)
    clerk = cast.actor("clerk")
    served = next(one for one in figures.INDICATORS if one.code == "events.served")
    assert sum(row.served for row in served.rows(clerk, scope(cast))) == 200
    assert figures.services(clerk, scope(cast)).count() == 1


def test_the_list_by_the_front_door(cast: Cast) -> None:
    one, two = people(cast, cast.town_root, "甲党员", "乙党员")
    meeting = held(cast)
    keys = {"key": meeting.key, "body": cast.town_root.key}
    clerk, address = cast.client("clerk"), reverse("events:attend", kwargs=keys)
    assert "甲党员" in clerk.get(address).content.decode()
    roll = rolls.roll_of(cast.town_root, START.date()).people
    sent = {f"state_{who.person_id}": "present" for who in roll}
    bad = clerk.post(address, {**sent, f"state_{two.pk}": "leave", "guests": "查无此人"})
    assert bad.status_code == 422 and "查无此人" in bad.content.decode()
    bad = clerk.post(address, {**sent, f"state_{two.pk}": "leave"})
    assert bad.status_code == 422 and "乙党员" in bad.content.decode()
    assert clerk.post(address, {**sent, f"state_{two.pk}": "leave", f"reason_{two.pk}": "study"}).status_code == 303
    page = clerk.get(reverse("events:meeting", kwargs={"key": meeting.key})).content.decode()
    assert f"应到 {len(roll)} 人,实到 {len(roll) - 1} 人" in page and "乙党员(学习培训)" in page
    paper = clerk.get(reverse("events:meeting_paper", kwargs={"key": meeting.key})).content.decode()
    assert "甲党员" in paper and "乙党员(学习培训)" in paper
    assert cast.client("other_clerk").get(address).status_code == 404
    assert cast.client("other_clerk").get(reverse("events:meeting_paper", kwargs={"key": meeting.key})).status_code == 404
    outside = cast.client("other_clerk").get(reverse("events:meeting", kwargs={"key": meeting.key})).content.decode()
    assert "甲党员" not in outside
    results = reverse("events:results", kwargs={"key": meeting.key})
    assert "全体党员" in clerk.get(results).content.decode()
    assert clerk.post(results, {"audiences": ["全体党员"], "hours": "2.5"}).status_code == 303
    assert "2.5" in clerk.get(reverse("events:meeting", kwargs={"key": meeting.key})).content.decode()


@pytest.mark.parametrize("who", ["clerk", "other_clerk"])
def test_two_lists_of_one_body_written_at_once_wait_for_each_other(committed_db: str, who: str) -> None:
    """The second waits until the first is written, and replaces it whole; else both would stand, mixed."""
    with transaction.atomic():
        cast = build_cast()
        body = cast.town_root if who == "clerk" else cast.other_firm
        first, second = people(cast, body, "甲党员", "乙党员")
        meeting = held(cast, bodies=[(cast.other_firm, meetings.HOST)])
    written, asked, order = threading.Event(), threading.Event(), []

    def write(person: Person, name: str) -> None:
        actions.record_attendance(
            actor=cast.actor(who), meeting=meeting, organization=body, said={person.pk: Said("present")}, now=AFTER
        )
        order.append(name)

    def one() -> None:
        write(first, "one")
        written.set()
        assert asked.wait(20)
        time.sleep(0.5)  # time enough for the other to have written, did it not wait
        order.append("done")

    def two() -> None:
        assert written.wait(20)
        asked.set()
        write(second, "two")

    together(one, two)
    with transaction.atomic():
        cast.actor(who)
        assert list(Attendance.objects.values_list("person_id", flat=True)) == [second.pk]
    assert order == ["one", "done", "two"]


def test_one_person_is_on_the_list_of_one_body_whatever_two_write_at_once(committed_db: str) -> None:
    """Two bodies of one town at another place's meeting: the later is refused, and what stands is nobody's mix."""
    with transaction.atomic():
        cast = build_cast()
        second = directory.register_organization(
            actor=cast.system(cast.other_town), name="石桥商会", classification="social", parent=cast.other_root, now=NOW
        )
        (person,) = people(cast, cast.other_firm, "甲党员")
        directory.add_membership(
            actor=cast.system(cast.other_town), person=person, organization=second, role="member",
            since=date(2020, 1, 1), now=NOW,
        )  # fmt: skip
        meeting = held(cast, bodies=[(cast.other_firm, meetings.HOST), (second, meetings.HOST)])
    ready, found = threading.Barrier(2), []

    def write(body: Organization, said: Said) -> None:
        actor = cast.actor("other_clerk")
        ready.wait(timeout=20)
        try:
            with transaction.atomic():
                actions.record_attendance(
                    actor=actor, meeting=meeting, organization=body, said={person.pk: said}, now=AFTER
                )
                time.sleep(0.3)
            found.append((body.pk, said.state))
        except (rules.AlreadyElsewhere, rules.JustWritten, rules.NobodyPresent):
            found.append((0, ""))

    together(
        lambda: write(cast.other_firm, Said("present")), lambda: write(second, Said("present")),
    )  # fmt: skip
    with transaction.atomic():
        cast.actor("other_clerk")
        (row,) = Attendance.objects.all()
    assert sorted(found)[0] == (0, "") and (row.organization_id, row.state) in found
