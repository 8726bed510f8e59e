"""Codes at the door: when they count, for whom, once; and how they meet the list that the recorder writes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from lianjian.directory.models import Membership, Organization, Person
from lianjian.events import actions, rolls
from lianjian.events.models import Arrival, Attendance, Meeting
from lianjian.events.queries.door import code_of
from lianjian.events.rules import door as rules
from lianjian.events.rules import meetings
from lianjian.events.rules.attendance import Said
from lianjian.events.tests.meetingwork import START, all_came, follow, planned, together
from lianjian.foundation import clock
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from tests.cast import NOW, SINCE, Cast, build_cast

BEFORE, DURING = START - timedelta(minutes=20), START + timedelta(minutes=5)


def seat(cast: Cast, who: str, body: Organization) -> Person:
    """The person of an account is one of a body's people."""
    cast.system(cast.town if body.jurisdiction_id == cast.town.pk else cast.other_town)
    Membership.objects.create(
        jurisdiction_id=body.jurisdiction_id, person=cast.people[who], organization=body, role="staff", since=SINCE
    )
    return cast.people[who]


def opened(cast: Cast, now: datetime = NOW, **more: Any) -> Meeting:
    """A meeting of the firm and the firm of the other town, with codes at the door."""
    given: dict[str, Any] = {"bodies": [(cast.firm, "member"), (cast.other_firm, "member")], "answer_by": None, **more}
    meeting = planned(cast, **given)
    return actions.open_door(actor=cast.actor("clerk"), meeting=meeting, now=now)


def arrive(cast: Cast, who: str, meeting: Meeting, now: datetime = BEFORE, code: str = "", kind: str = rules.SHOWN) -> Arrival:
    """By a code that was made at that moment."""
    code = code or code_of(meeting, kind, now)
    return actions.arrive(actor=cast.actor(who), meeting=meeting, code=code, now=now)


def soon(cast: Cast, minutes: int = 10, **more: Any) -> Meeting:
    """By the clock of the doors: begins in so many minutes, for an hour."""
    start = clock.now() + timedelta(minutes=minutes)
    return opened(cast, clock.now(), starts_at=start, ends_at=start + timedelta(hours=1), **more)


def address(meeting: Meeting, kind: str = rules.SHOWN, at: datetime | None = None) -> str:
    code = code_of(meeting, kind, at or clock.now())
    return reverse("events:arrive", kwargs={"key": meeting.key, "code": code})


def test_on_the_roll_one_press_marks_and_the_recorder_decides(cast: Cast) -> None:
    seat(cast, "contact", cast.firm)
    meeting = soon(cast, -5)
    clerk, contact = cast.client("clerk"), cast.client("contact")
    page = contact.get(address(meeting))
    assert "我到了" in page.content.decode() and cast.firm.name in page.content.decode()
    cast.actor("contact")
    assert not Arrival.objects.exists()  # looking marks nobody
    answer = contact.post(address(meeting), follow=True)
    assert answer.status_code == 200 and "已签到" in answer.content.decode()
    cast.actor("clerk")
    row = Arrival.objects.get()
    assert (row.person_id, row.organization_id) == (cast.people["contact"].pk, cast.firm.pk)
    entry = Entry.objects.get(verb="events.arrive")
    assert (entry.actor_id, entry.subject_key) == (cast.users["contact"].pk, meeting.key)
    assert not Attendance.objects.exists()  # the record is the recorder's
    shown = clerk.get(reverse("events:meeting", kwargs={"key": meeting.key})).content.decode()
    assert re.search(rf"{cast.people['contact'].name} \d\d:\d\d", shown)
    hold = clerk.get(reverse("events:hold", kwargs={"key": meeting.key})).content.decode()
    invitation = meeting.invitations.get(organization=cast.firm)
    assert re.search(rf'name="people_{invitation.pk}" value="1"', hold)


def test_the_recorder_s_list_shows_who_came_and_may_say_otherwise(cast: Cast) -> None:
    came, other = seat(cast, "contact", cast.firm), seat(cast, "handler", cast.firm)
    meeting = soon(cast, -5)
    cast.client("contact").post(address(meeting))
    actions.hold_meeting(
        actor=cast.actor("clerk"), meeting=meeting, came=all_came(meeting), text="", now=clock.now()
    )
    clerk = cast.client("clerk")
    where = reverse("events:attend", kwargs={"key": meeting.key, "body": cast.firm.key})
    page = clerk.get(where).content.decode()
    assert "扫码" in page and "其余的人请逐个选" in page
    assert checked(page, came) == ["present"] and checked(page, other) == []
    sent = {"seen": str(came.pk), f"state_{came.pk}": "absent"}
    assert clerk.post(where, sent).status_code == 422  # the other one is said nothing of
    assert clerk.post(where, {**sent, f"state_{other.pk}": "present"}).status_code == 303
    cast.actor("clerk")
    assert dict(Attendance.objects.values_list("person_id", "state")) == {came.pk: "absent", other.pk: "present"}
    assert Arrival.objects.count() == 1


def checked(page: str, person: Person) -> list[str]:
    """What is chosen beside a name."""
    boxes = re.findall(rf'<input type="radio" name="state_{person.pk}"[^>]*>', page)
    assert len(boxes) == 4
    return [re.findall(r'value="(\w+)"', box)[0] for box in boxes if "checked" in box]


def test_an_arrival_that_the_recorder_has_not_seen_is_not_overwritten(cast: Cast) -> None:
    came, other = seat(cast, "contact", cast.firm), seat(cast, "handler", cast.firm)
    meeting = soon(cast, -5)
    actions.hold_meeting(
        actor=cast.actor("clerk"), meeting=meeting, came=all_came(meeting), text="", now=clock.now()
    )
    clerk = cast.client("clerk")
    where = reverse("events:attend", kwargs={"key": meeting.key, "body": cast.firm.key})
    page = clerk.get(where).content.decode()
    assert 'name="seen" value=""' in page and checked(page, came) == ["present"]
    cast.client("contact").post(address(meeting))  # meanwhile
    sent = {"seen": "", f"state_{came.pk}": "absent", f"state_{other.pk}": "present"}
    refused = clerk.post(where, sent)
    text = refused.content.decode()
    assert refused.status_code == 422 and f"{came.name}刚刚扫码签到" in text
    assert checked(text, came) == ["absent"] and f'name="seen" value="{came.pk}"' in text  # kept, and shown
    cast.actor("clerk")
    assert not Attendance.objects.exists()
    assert clerk.post(where, {**sent, "seen": str(came.pk)}).status_code == 303
    # The list stands: a late code changes nothing, and says to whom to turn.
    late = cast.client("handler").post(address(meeting))
    assert late.status_code == 409 and "不用再签" in late.content.decode()
    with pytest.raises(rules.AlreadyHere):
        arrive(cast, "contact", meeting, clock.now())
    cast.actor("clerk")
    assert dict(Attendance.objects.values_list("person_id", "state")) == {came.pk: "absent", other.pk: "present"}


def test_once_a_list_is_written_it_stands(cast: Cast) -> None:
    came, other = seat(cast, "contact", cast.firm), seat(cast, "handler", cast.firm)
    meeting = opened(cast)
    actions.hold_meeting(actor=cast.actor("clerk"), meeting=meeting, came=all_came(meeting), text="", now=DURING)
    actions.record_attendance(
        actor=cast.actor("clerk"), meeting=meeting, organization=cast.firm, said={other.pk: Said("present")}, now=DURING
    )
    with pytest.raises(rules.ListWritten):
        arrive(cast, "contact", meeting, DURING)
    assert came and not Arrival.objects.exists()


@pytest.mark.parametrize(
    ("minutes", "refusal"),
    [(-31, rules.TooEarly), (-30, None), (0, None), (119, None), (120, rules.TooLate)],
)
def test_codes_count_from_half_an_hour_before_to_the_end(cast: Cast, minutes: int, refusal: Any) -> None:
    seat(cast, "contact", cast.firm)
    meeting, now = opened(cast), START + timedelta(minutes=minutes)
    for kind in (rules.SHOWN, rules.PRINTED):
        if refusal is not None:
            with pytest.raises(refusal):
                arrive(cast, "contact", meeting, now, kind=kind)
    if refusal is None:
        assert arrive(cast, "contact", meeting, now).arrived_at == now


def test_a_code_on_the_screen_is_soon_worthless_and_a_printed_one_follows_the_meeting(cast: Cast) -> None:
    seat(cast, "contact", cast.firm)
    meeting = opened(cast)
    at = BEFORE.replace(second=30)
    code = code_of(meeting, rules.SHOWN, at)
    assert code != code_of(meeting, rules.SHOWN, at + timedelta(minutes=1))
    for now in (at + timedelta(seconds=150), at - timedelta(minutes=1)):
        with pytest.raises(rules.CodeExpired):
            arrive(cast, "contact", meeting, now, code)
    printed = code_of(meeting, rules.PRINTED, NOW)
    later = START + timedelta(days=1)
    actions.change_meeting(
        actor=cast.actor("clerk"), meeting=meeting, now=BEFORE, starts_at=later, ends_at=later + timedelta(hours=1)
    )
    with pytest.raises(rules.TooEarly):
        arrive(cast, "contact", meeting, BEFORE, printed)
    assert arrive(cast, "contact", meeting, later, printed)
    with pytest.raises(rules.AlreadyHere):
        arrive(cast, "contact", meeting, later)


def test_codes_of_others_and_void_ones_are_unknown(cast: Cast) -> None:
    seat(cast, "contact", cast.firm)
    meeting, other = opened(cast), opened(cast, title="另一个会", place="二楼")
    printed = code_of(meeting, rules.PRINTED, BEFORE)
    shown = code_of(meeting, rules.SHOWN, BEFORE)
    bad = [code_of(other, rules.SHOWN, BEFORE), printed[:-1], "p", "", "sff." + shown.partition(".")[2], "p.中文"]
    for code in bad:
        with pytest.raises(rules.CodeUnknown):
            arrive(cast, "contact", meeting, code=code or "x")
    actions.close_door(actor=cast.actor("clerk"), meeting=meeting, now=BEFORE)
    with pytest.raises(rules.CodeUnknown):
        arrive(cast, "contact", Meeting.objects.get(pk=meeting.pk), code=printed)
    again = actions.open_door(actor=cast.actor("clerk"), meeting=meeting, now=BEFORE)
    with pytest.raises(rules.CodeUnknown):
        arrive(cast, "contact", again, code=printed)  # of the earlier opening
    page = cast.client("contact").get(reverse("events:arrive", kwargs={"key": meeting.key, "code": printed}))
    assert page.status_code == 404 and "作废" in page.content.decode() and meeting.title not in page.content.decode()
    assert arrive(cast, "contact", again)


def test_strangers_and_what_is_called_off_are_refused_in_words(cast: Cast) -> None:
    seat(cast, "contact", cast.firm)
    meeting = soon(cast)
    page = cast.client("village").get(address(meeting))
    assert page.status_code == 422 and "名单里没有您" in page.content.decode()
    assert cast.client("village").post(address(meeting)).status_code == 422
    # Whoever only guides a firm is none of its people.
    assert cast.client("instructor").post(address(meeting)).status_code == 422
    cast.system()
    Person.objects.filter(pk=cast.people["contact"].pk).update(user=None)
    assert "没有对应的人员" in cast.client("contact").get(address(meeting)).content.decode()
    cast.system()
    Person.objects.filter(pk=cast.people["contact"].pk).update(user=cast.users["contact"])
    actions.cancel_meeting(actor=cast.actor("clerk"), meeting=meeting, reason="改期", now=clock.now())
    page = cast.client("contact").get(address(meeting))
    assert page.status_code == 422 and "已经取消" in page.content.decode()
    cast.system()
    assert not Arrival.objects.exists()


def test_who_is_not_signed_in_signs_in_first_and_comes_back(cast: Cast) -> None:
    meeting = soon(cast)
    answer = cast.client(None).get(address(meeting))
    assert answer.status_code in (302, 303) and "sign-in" in answer["Location"] and "/door/" in answer["Location"]


def test_a_guest_counts_for_the_own_branch_on_the_convener_s_list(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    own, guest = seat(cast, "clerk", cast.town_root), cast.people["village"]
    monkeypatch.setattr(rolls, "HOMES", [lambda people, day: {guest.pk: cast.branch} if guest.pk in people else {}])
    meeting = soon(cast, -5)
    assert cast.client("village").post(address(meeting)).status_code == 303
    cast.system()
    assert Arrival.objects.get().organization_id == cast.branch.pk
    actions.hold_meeting(
        actor=cast.actor("clerk"), meeting=meeting, came=all_came(meeting), text="", now=clock.now()
    )
    clerk = cast.client("clerk")
    where = reverse("events:attend", kwargs={"key": meeting.key, "body": cast.town_root.key})
    page = clerk.get(where).content.decode()
    assert "扫码来的客人" in page and cast.branch.name in page
    roll = {one.person_id for one in rolls.roll_of(cast.town_root, clock.today()).people}
    sent = {f"state_{pk}": "present" for pk in roll} | {"seen": str(guest.pk), "came_by_code": str(guest.pk)}
    assert clerk.post(where, sent).status_code == 303
    cast.system()
    assert Attendance.objects.get(person=guest).organization_id == cast.branch.pk
    assert Attendance.objects.get(person=own).organization_id == cast.town_root.pk


def test_who_acts_for_an_invited_firm_counts_for_it_and_is_taken_up_on_its_list(cast: Cast) -> None:
    other, delegate = seat(cast, "handler", cast.firm), cast.people["contact"]
    meeting = soon(cast, -5)
    assert delegate.pk not in {one.person_id for one in rolls.roll_of(cast.firm, clock.today()).people}
    assert cast.client("contact").post(address(meeting)).status_code == 303
    cast.system()
    assert Arrival.objects.get().organization_id == cast.firm.pk
    actions.hold_meeting(
        actor=cast.actor("clerk"), meeting=meeting, came=all_came(meeting), text="", now=clock.now()
    )
    where = reverse("events:attend", kwargs={"key": meeting.key, "body": cast.firm.key})
    page = cast.client("clerk").get(where).content.decode()
    assert f"{delegate.name}(本单位" in page
    sent = {f"state_{other.pk}": "present", "seen": str(delegate.pk), "came_by_code": str(delegate.pk)}
    assert cast.client("clerk").post(where, sent).status_code == 303
    cast.system()
    assert set(Attendance.objects.values_list("person_id", "organization_id")) == {
        (other.pk, cast.firm.pk), (delegate.pk, cast.firm.pk),
    }  # fmt: skip
    # Who is written down is not offered again.
    assert "came_by_code" not in cast.client("clerk").get(where).content.decode()


def test_a_firm_of_another_town_marks_its_own_people_and_the_convener_sees_how_many(cast: Cast) -> None:
    person = seat(cast, "other_clerk", cast.other_firm)
    meeting = soon(cast, -5)
    follow(cast, meeting, clock.now())
    assert cast.client("other_clerk").post(address(meeting)).status_code == 303
    cast.actor("other_clerk")
    assert Arrival.objects.get().jurisdiction_id == cast.other_town.pk
    page = cast.client("clerk").get(reverse("events:door", kwargs={"key": meeting.key})).content.decode()
    assert "已签到 1 人" in page, page.split("lj-qr")[1][-600:]
    shown = cast.client("clerk").get(reverse("events:meeting", kwargs={"key": meeting.key})).content.decode()
    assert cast.other_firm.name in shown and person.name not in shown and "所在镇街" in shown


def test_the_door_page_shows_the_code_only_while_it_counts(cast: Cast) -> None:
    clerk = cast.client("clerk")
    start = clock.now() + timedelta(hours=3)
    meeting = planned(cast, starts_at=start, ends_at=start + timedelta(hours=1), answer_by=None, now=clock.now())
    where = reverse("events:door", kwargs={"key": meeting.key})
    assert "没有开启扫码签到" in clerk.get(where).content.decode()
    assert clerk.get(where + "/paper").status_code == 404
    assert clerk.post(reverse("events:open_door", kwargs={"key": meeting.key})).status_code == 303
    page = clerk.get(where).content.decode()
    assert "起可以签到" in page and "<svg" not in re.sub(r'<svg class="[^"]*icon.*?</svg>', "", page, flags=re.S).split("lj-qr")[1]
    assert "<svg" in clerk.get(where + "/paper").content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=clock.now() + timedelta(minutes=5))
    part = clerk.get(where, headers={"hx-request": "true"})
    assert "<svg" in part.content.decode() and "<html" not in part.content.decode()
    assert part["Cache-Control"] == "no-store"
    for who in ("other_clerk", "contact", "instructor"):
        assert cast.client(who).get(where).status_code in (403, 404)
    with pytest.raises(Denied):
        actions.open_door(actor=cast.actor("contact"), meeting=meeting, now=clock.now())
    assert clerk.post(reverse("events:close_door", kwargs={"key": meeting.key})).status_code == 303
    cast.actor("clerk")
    assert list(Entry.objects.filter(verb__endswith="_door").order_by("pk").values_list("verb", flat=True)) == [
        "events.open_door", "events.close_door",
    ]  # fmt: skip


def test_a_door_is_opened_only_for_what_is_to_come(cast: Cast) -> None:
    meeting = planned(cast, answer_by=None)
    clerk = cast.actor("clerk")
    with pytest.raises(rules.DoorOver):
        actions.open_door(actor=clerk, meeting=meeting, now=START + timedelta(hours=2))
    actions.cancel_meeting(actor=clerk, meeting=meeting, reason="改期", now=NOW)
    with pytest.raises(meetings.NotPlanned):
        actions.open_door(actor=clerk, meeting=meeting, now=NOW)


def test_two_presses_at_once_mark_once(committed_db: None) -> None:
    with transaction.atomic():
        cast = build_cast()
        seat(cast, "contact", cast.firm)
        meeting = opened(cast)
    said: list[str] = []

    def press() -> None:
        try:
            arrive(cast, "contact", meeting)
            said.append("marked")
        except rules.AlreadyHere:
            said.append("already")

    together(press, press)
    assert sorted(said) == ["already", "marked"]
    with transaction.atomic():
        cast.system()
        assert Arrival.objects.count() == 1
        assert Entry.objects.filter(verb="events.arrive").count() == 1


@pytest.mark.parametrize("round_", range(3))
def test_an_arrival_and_a_list_at_once_lose_neither(committed_db: None, round_: int) -> None:
    with transaction.atomic():
        cast = build_cast()
        came, other = seat(cast, "contact", cast.firm), seat(cast, "handler", cast.firm)
        meeting = opened(cast)
        actions.hold_meeting(actor=cast.actor("clerk"), meeting=meeting, came=all_came(meeting), text="", now=DURING)
    said: list[str] = []

    def press() -> None:
        try:
            arrive(cast, "contact", meeting, DURING)
            said.append("marked")
        except rules.ListWritten:
            said.append("list stands")

    def write() -> None:
        try:
            actions.record_attendance(
                actor=cast.actor("clerk"), meeting=meeting, organization=cast.firm,
                said={other.pk: Said("present")}, now=DURING,
            )  # fmt: skip
            said.append("written")
        except rules.ArrivedMeanwhile:
            said.append("told")

    together(press, write)
    # Whoever was first is known to the other: either the mark stands and the recorder is told, or the list stands.
    assert sorted(said) in (["marked", "told"], ["list stands", "written"])
    with transaction.atomic():
        cast.system()
        assert (Arrival.objects.count(), Attendance.objects.count()) in ((1, 0), (0, 1))
    assert came
