"""Votes and list agree: a list that changes judges the votes anew, and votes written down wrongly are counted again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lianjian.duties.models import Duty
from lianjian.events import actions as events
from lianjian.events.models import Attendance, Charge, Decision, Meeting
from lianjian.events.rules.meetings import DecisionSettled, ReasonNeeded
from lianjian.events.rules.voting import NeverVoted, Vote, VotesBeyondList
from lianjian.journal.models import Entry
from lianjian.partylife.models import PartyMember
from lianjian.partylife.tests.bodywork import MEETING_DAY, branch, held, members
from lianjian.partylife.tests.test_life import at
from lianjian.rulebook.rules import MoreVotesThanPresent
from tests.cast import Cast

from .test_quorum import listed, voted


def again(cast: Cast, decision: Decision, *votes: int, reason: str = "票数记错") -> Decision:
    return events.recount(
        actor=cast.actor("clerk"), decision=decision, vote=Vote(*votes), reason=reason, now=at(MEETING_DAY, 21)
    )


def open_tasks(meeting: Meeting) -> int:
    return Duty.objects.filter(organization=meeting.convener, kind="events.task", state="open").count()


@pytest.fixture
def assembly(cast: Cast) -> tuple[Meeting, list[PartyMember]]:
    """Eight with the vote, six of them there."""
    body = branch(cast, members=8)
    people = members(cast, body, 8)
    meeting = held(cast, body)
    listed(cast, meeting, people, 6)
    return meeting, people


def test_a_list_cannot_say_that_fewer_came_than_voted(cast: Cast, assembly: tuple[Meeting, list[PartyMember]]) -> None:
    meeting, people = assembly
    voted(cast, meeting, 5, 1)
    with pytest.raises(VotesBeyondList) as refused:
        listed(cast, meeting, people, 5)
    assert "第1项决定登记了 6 票" in str(refused.value) and "5 人" in str(refused.value)
    meeting.refresh_from_db()
    assert Attendance.objects.filter(meeting=meeting, state="present").count() == 6  # nothing of the list was lost
    again(cast, Decision.objects.get(), 5, 0)
    listed(cast, meeting, people, 5)
    one = Decision.objects.get()
    assert (one.state, one.eligible, one.present, one.yes, one.no) == ("open", 8, 5, 5, 0)


def test_a_list_that_changes_judges_the_votes_anew(cast: Cast, assembly: tuple[Meeting, list[PartyMember]]) -> None:
    """Four yes of eight never adopt, however many came."""
    meeting, people = assembly
    lost = voted(cast, meeting, 4, 1)
    assert lost.state == "lost" and open_tasks(meeting) == 0
    listed(cast, meeting, people, 7)
    one = Decision.objects.get()
    assert (one.eligible, one.present, one.state) == (8, 7, "lost")  # half of eight is still not more than half
    told = dict(Entry.objects.filter(verb="events.record_attendance").latest("pk").changes.values_list("field", "after"))
    assert "7/8" in told["decision"]
    first = one.evaluation_id
    assert first != lost.evaluation_id  # found anew, the former finding stays kept
    again(cast, one, 5, 2)
    one.refresh_from_db()
    assert one.state == "open" and one.settled_on is None and one.evaluation_id != first
    assert Charge.objects.get(decision=one).organization == meeting.convener and open_tasks(meeting) == 1
    again(cast, one, 4, 3)
    one.refresh_from_db()
    assert one.state == "lost" and open_tasks(meeting) == 0
    said = Entry.objects.filter(verb="events.recount")
    assert said.count() == 2


def test_what_cannot_be_counted_again(cast: Cast, assembly: tuple[Meeting, list[PartyMember]]) -> None:
    meeting, _people = assembly
    one = voted(cast, meeting, 6)
    with pytest.raises(MoreVotesThanPresent):
        again(cast, one, 6, 1)
    with pytest.raises(ReasonNeeded):
        again(cast, one, 5, reason=" ")
    events.settle_decision(actor=cast.actor("clerk"), decision=one, evidence="已落实", now=at(MEETING_DAY, 22))
    with pytest.raises(DecisionSettled):
        again(cast, one, 5)
    plain = events.decide(
        actor=cast.actor("clerk"), meeting=meeting, text="不表决的", organizations=[meeting.convener],
        due_on=MEETING_DAY, now=at(MEETING_DAY, 21),
    )  # fmt: skip
    with pytest.raises(NeverVoted):
        again(cast, plain, 5)
    clerk = cast.client("clerk")
    assert clerk.get(reverse("events:recount", kwargs={"key": plain.key})).status_code == 404


def test_counting_again_in_the_browser(cast: Cast, assembly: tuple[Meeting, list[PartyMember]]) -> None:
    meeting, _people = assembly
    one = voted(cast, meeting, 4, 2)
    clerk, address = cast.client("clerk"), reverse("events:recount", kwargs={"key": one.key})
    assert address in clerk.get(meeting.get_absolute_url()).content.decode()
    asked = clerk.get(address).content.decode()
    assert "应到 8 人,实到 6 人" in asked and 'value="4"' in asked and 'name="eligible"' not in asked
    bad = clerk.post(address, {"yes": 9, "no": 0, "abstain": 0, "reason": "记反了"})
    assert bad.status_code == 422 and "票数合计 9 多于实到 6 人" in bad.content.decode() and "记反了" in bad.content.decode()
    assert clerk.post(address, {"yes": "", "reason": "记反了"}).status_code == 422
    assert clerk.post(address, {"yes": 5, "no": 1, "abstain": 0, "reason": "记反了"}).status_code == 303
    page = clerk.get(meeting.get_absolute_url()).content.decode()
    assert "赞成 5 票,反对 1 票" in page and "表决未通过" not in page


def test_the_first_of_several_lists_is_not_all_who_came(cast: Cast) -> None:
    """Where no rule says who has the vote, votes were counted by hand and lists come one body after the other."""
    body = branch(cast, members=8)
    people = members(cast, body, 8)
    meeting = held(cast, body, kind="党小组会")
    one = voted(cast, meeting, 9, 2, 0, 20, 12)
    listed(cast, meeting, people, 3)
    one.refresh_from_db()
    assert (one.state, one.eligible, one.present, one.yes) == ("open", 20, 12, 9)
