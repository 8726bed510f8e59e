"""Who moves up from the waiting list is told once, wherever the seat was given back; lists show who signed up."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from lianjian.directory.models import Membership, Person
from lianjian.events import actions
from lianjian.events.models import Attendance, Meeting, SignUp
from lianjian.events.rules.signing import MOVED_UP, Place, moved_up
from lianjian.events.tests.meetingwork import held, together
from lianjian.events.tests.test_signing import opened, people, sign
from lianjian.notices.models import Message
from tests.cast import NOW, SINCE, Cast, build_cast

LATER = NOW + timedelta(hours=1)


def told(cast: Cast, who: str) -> list[str]:
    """Titles of the messages in the inbox of an account."""
    user = cast.users[who]
    cast.actor(who)
    return list(Message.objects.filter(user=user, kind=MOVED_UP).order_by("pk").values_list("title", flat=True))


def oneself(cast: Cast, meeting: Meeting, who: str, at: datetime = NOW) -> SignUp:
    return actions.sign_up(actor=cast.actor(who), meeting=meeting, now=at)


def give_back(cast: Cast, row: SignUp, who: str, at: datetime = LATER) -> None:
    actions.withdraw_sign_up(actor=cast.actor(who), row=row, now=at)


def hour(number: int) -> datetime:
    return NOW + timedelta(hours=number)


@pytest.mark.parametrize(
    ("rows", "then", "now", "expected"),
    [
        ([(1, 0, None), (2, 1, None), (3, 2, None)], 2, 2, []),  # 3 waits
        ([(1, 0, 5), (2, 1, None), (3, 2, None)], 2, 2, [3]),
        ([(1, 0, 2), (2, 1, None), (3, 3, None)], 2, 2, []),  # the seat was free before 3 came
        ([(1, 0, 5), (2, 1, 6), (3, 2, None), (4, 3, None)], 2, 2, [3, 4]),  # both, whoever looks and in what order
        ([(1, 0, None), (2, 1, None), (3, 2, None), (4, 3, None)], 2, 3, [3]),  # one more seat
        ([(1, 0, None), (2, 1, None), (3, 2, None), (4, 3, None)], 2, None, [3, 4]),  # room for all
        ([(1, 0, None), (2, 1, None)], None, 1, []),  # fewer seats move nobody up
        ([(1, 0, 5), (2, 1, 6), (3, 2, None)], 1, 1, [3]),
        ([], 1, 1, []),
    ],
)
def test_who_has_moved_up_is_read_from_the_rows(
    rows: list[tuple[int, int, int | None]], then: int | None, now: int | None, expected: list[int]
) -> None:
    places = [Place(pk, hour(at), None if gone is None else hour(gone)) for pk, at, gone in rows]
    assert moved_up(places, then, now) == expected


def test_the_next_is_told_once_by_account_and_who_has_none_through_the_body(cast: Cast) -> None:
    meeting = opened(cast, seats=1)
    worker, second = people(cast, cast.firm, 2)
    (first,) = sign(cast, meeting, cast.firm, "contact", [worker])
    own = oneself(cast, meeting, "contact")
    sign(cast, meeting, cast.firm, "contact", [second])
    assert told(cast, "contact") == []
    give_back(cast, first, "contact")
    (said,) = told(cast, "contact")
    assert "丁宁" in said and meeting.title in said
    give_back(cast, own, "contact", LATER + timedelta(minutes=1))
    titles = told(cast, "contact")  # the worker has no account: the firm's contact is told
    assert len(titles) == 2 and second.name in titles[1]
    actions.move_up(actor=cast.system(), meeting=meeting, now=LATER)
    assert len(told(cast, "contact")) == 2


def test_more_seats_tell_those_who_waited_and_nobody_else(cast: Cast) -> None:
    meeting = opened(cast, seats=1)
    worker, _other = people(cast, cast.firm, 2)
    sign(cast, meeting, cast.firm, "contact", [worker])
    oneself(cast, meeting, "contact")
    until = meeting.starts_at - timedelta(hours=1)
    for seats in (2, 3, 1, 2):
        actions.open_sign_up(actor=cast.actor("clerk"), meeting=meeting, until=until, seats=seats, now=LATER)
    assert len(told(cast, "contact")) == 1


def test_a_seat_given_back_in_another_town_moves_up_here_and_the_other_way_round(cast: Cast) -> None:
    meeting = opened(cast, seats=1)
    (stranger,) = people(cast, cast.other_firm, 1)
    (first,) = sign(cast, meeting, cast.other_firm, "other_clerk", [stranger])
    own = oneself(cast, meeting, "contact")
    give_back(cast, first, "other_clerk")
    assert told(cast, "contact") == []  # the other town does not know who waits
    actions.move_up(actor=cast.system(), meeting=meeting, now=LATER)
    assert len(told(cast, "contact")) == 1
    (again,) = sign(cast, meeting, cast.other_firm, "other_clerk", [stranger])
    give_back(cast, own, "contact", LATER + timedelta(minutes=1))
    system = cast.system(cast.other_town)
    for _twice in range(2):
        actions.tell_moved_up(actor=system, meeting=meeting, sign_ups=[again.pk], now=LATER)
    (said,) = told(cast, "other_clerk")
    assert stranger.name in said


def test_what_has_begun_or_is_cancelled_tells_nobody(cast: Cast) -> None:
    meeting = opened(cast, seats=1)
    (worker,) = people(cast, cast.firm, 1)
    (first,) = sign(cast, meeting, cast.firm, "contact", [worker])
    oneself(cast, meeting, "contact")
    actions.cancel_meeting(actor=cast.actor("clerk"), meeting=meeting, reason="停电", now=LATER)
    give_back(cast, first, "contact")
    assert told(cast, "contact") == []


@pytest.mark.parametrize("how", ["cancelled", "begun"])
def test_what_waits_to_be_told_in_another_town_is_not_told_of_what_is_over(cast: Cast, how: str) -> None:
    meeting = opened(cast, seats=1)
    own = oneself(cast, meeting, "contact")
    (waiting,) = sign(cast, meeting, cast.other_firm, "other_clerk", people(cast, cast.other_firm, 1))
    give_back(cast, own, "contact")
    if how == "cancelled":
        actions.cancel_meeting(actor=cast.actor("clerk"), meeting=meeting, reason="停电", now=LATER)
    late = meeting.starts_at if how == "begun" else LATER
    # The job carries the meeting as it was when the seat was given back.
    actions.tell_moved_up(actor=cast.system(cast.other_town), meeting=meeting, sign_ups=[waiting.pk], now=late)
    assert told(cast, "other_clerk") == []


def test_an_account_out_of_use_is_not_told_but_who_answers_for_the_body(cast: Cast) -> None:
    meeting = opened(cast, seats=1)
    (worker,) = people(cast, cast.town_root, 1)
    (first,) = sign(cast, meeting, cast.town_root, "clerk", [worker])
    oneself(cast, meeting, "contact")
    user = cast.users["contact"]
    user.is_active = False
    user.save(update_fields=["is_active"])
    give_back(cast, first, "clerk")
    cast.system()
    users = list(Message.objects.filter(kind=MOVED_UP).values_list("user_id", flat=True))
    assert users and user.pk not in users


def test_two_seats_given_back_at_once_are_told_to_both(committed_db: None) -> None:
    with transaction.atomic():
        cast = build_cast()
        crew = people(cast, cast.firm, 4)
        meeting = opened(cast, seats=2)
        rows = sign(cast, meeting, cast.firm, "contact", crew)
    together(
        lambda: give_back(cast, rows[0], "contact"), lambda: give_back(cast, rows[1], "contact", LATER)
    )
    with transaction.atomic():
        titles = told(cast, "contact")
        assert len(titles) == 2 and {"工人02", "工人03"} == {title[:4] for title in titles}


def test_the_list_marks_who_signed_up_and_leaves_the_rest_open(cast: Cast) -> None:
    crew = people(cast, cast.town_root, 4)
    meeting = opened(cast, bodies=[], seats=2)
    sign(cast, meeting, cast.town_root, "clerk", crew[:3])
    oneself(cast, meeting, "contact", LATER)
    meeting = held(cast, meeting)
    address = reverse("events:attend", kwargs={"key": meeting.key, "body": cast.town_root.key})
    clerk = cast.client("clerk")
    page = clerk.get(address).content.decode()
    assert page.count(">已报名<") == 2 and page.count(">候补<") == 1
    assert "丁宁" in page and "已报名)" in page  # a guest who signed up, to be ticked
    checked = [line for line in page.split("<input") if f'name="state_{crew[0].pk}"' in line and "checked" in line]
    assert len(checked) == 1 and 'value="present"' in checked[0]
    for one in crew[2:]:
        assert not [line for line in page.split("<input") if f'name="state_{one.pk}"' in line and "checked" in line]
    sent = {f"state_{one.pk}": "present" for one in crew}
    sent |= {f"state_{pk}": "absent" for pk in _others(cast, crew)}
    guest = str(cast.people["contact"].pk)
    assert clerk.post(address, {**sent, "came_by_code": [guest]}).status_code == 303
    cast.actor("clerk")
    assert Attendance.objects.present().filter(meeting=meeting).count() == 5


def _others(cast: Cast, crew: list[Person]) -> list[int]:
    cast.actor("clerk")
    rows = Membership.objects.filter(organization=cast.town_root, since__lte=SINCE).exclude(person__in=crew)
    return list(rows.values_list("person_id", flat=True))


