"""The quorum of a branch's meetings: judged from the list, kept, and what follows for the cadence and for votes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.directory.models import Membership, Organization
from lianjian.duties.models import Duty
from lianjian.events import actions as events
from lianjian.events.models import Charge, Decision, Meeting
from lianjian.events.rules.attendance import ABSENT, PRESENT, Said
from lianjian.events.rules.voting import CountMissing, LargerThanRoll, ListSays, Vote
from lianjian.foundation.errors import Refused
from lianjian.partylife import actions
from lianjian.partylife.models import MemberExemption, PartyMember, Quorum, Shortfall
from lianjian.partylife.queries.cadence import counted, held_by_branch, meetings_of
from lianjian.partylife.queries.quorum import electorate
from lianjian.partylife.rules import cadence as rules
from lianjian.partylife.tests.bodywork import MEETING_DAY, branch, held, members
from lianjian.partylife.tests.test_life import at, derive
from lianjian.rulebook.rules import MorePresentThanEligible, MoreVotesThanPresent
from tests.cast import Cast
from tests.test_query_counts import MOST, cost, signed_in

GENERAL = "life.general_meeting"
QUARTER = (date(2026, 1, 1), date(2026, 3, 31))


def listed(cast: Cast, meeting: Meeting, people: list[PartyMember], came: int) -> None:
    """The first of them came, the others were absent."""
    said = {one.person_id: Said(PRESENT if n < came else ABSENT) for n, one in enumerate(people)}
    events.record_attendance(
        actor=cast.actor("clerk"), meeting=meeting, organization=meeting.convener, said=said, now=at(MEETING_DAY, 20)
    )


def by_both_ways(cast: Cast, body: Organization, code: str = GENERAL) -> int:
    """How many meetings count, as the night counts them and as the branch's own page does: they must agree."""
    activity = rules.ACTIVITIES[code]
    night = dict(held_by_branch(cast.town.pk, activity, *QUARTER, 0))[body.pk]
    page = len(counted(activity, meetings_of(body, *QUARTER), *QUARTER))
    assert night == page
    return night


@pytest.mark.parametrize(
    ("eligible", "enough"), [(3, 2), (8, 4), (15, 8), (16, 8), (23, 12)]
)  # half of those with the vote, the half included (支部工作条例 11)
def test_at_least_half_of_those_with_the_vote(cast: Cast, eligible: int, enough: int) -> None:
    body = branch(cast, members=eligible)
    people = members(cast, body, eligible)
    meeting = held(cast, body)
    assert by_both_ways(cast, body) == 0 and not Quorum.objects.exists()  # no list: not known
    listed(cast, meeting, people, enough - 1)
    row = Quorum.objects.get()
    assert (row.eligible, row.present, row.met, row.counts, row.typed) == (eligible, enough - 1, False, False, False)
    assert row.evaluation.inputs["act"]["present"] == enough - 1 and "11" in row.evaluation.cite
    assert by_both_ways(cast, body) == 0
    listed(cast, meeting, people, enough)
    row = Quorum.objects.get()
    assert row.met and row.counts and by_both_ways(cast, body) == 1
    assert row.evaluation.rule_code == "vote.branch" and row.evaluation.result["finding"]["verdict"] == "passed"


def test_a_meeting_below_quorum_leaves_the_quarter_open(cast: Cast) -> None:
    body = branch(cast, members=23)
    people = members(cast, body, 23)
    meeting = held(cast, body)
    derive(cast, date(2026, 3, 20))
    short = Shortfall.objects.get(branch=body, rule_code=GENERAL)
    assert short.state == rules.DUE
    listed(cast, meeting, people, 3)
    short.refresh_from_db()
    assert short.state == rules.DUE
    page = cast.client("clerk").get(meeting.get_absolute_url()).content.decode()
    assert "未达到法定人数" in page and "第11条" in page and "记录保留" in page and "至少 12 人" in page
    life = cast.client("clerk").get(reverse("partylife:life", kwargs={"key": body.key}) + "?year=2026")
    assert "不计" in life.content.decode() and "换届选举大会" in life.content.decode()
    cast.actor("clerk")
    listed(cast, meeting, people, 12)
    short.refresh_from_db()
    assert (short.state, short.held) == (rules.SATISFIED, 1)
    assert "达到法定人数" in cast.client("clerk").get(meeting.get_absolute_url()).content.decode()
    cast.actor("clerk")
    listed(cast, meeting, people, 11)  # the list was put right: the night takes it back
    derive(cast, date(2026, 3, 21))
    short.refresh_from_db()
    assert (short.state, short.held) == (rules.DUE, 0)


def test_only_full_members_with_the_vote_are_counted(cast: Cast) -> None:
    body = branch(cast, members=8)
    full = members(cast, body, 6)
    probation = members(cast, body, 2, start=6, full=False)
    MemberExemption.objects.create(
        jurisdiction_id=body.jurisdiction_id, member=full[5], effect="vote", kind="other", consent="柳党文〔2026〕1号",
        since=date(2026, 1, 1), adopted_on=date(2026, 1, 1),
    )  # fmt: skip
    MemberExemption.objects.create(
        jurisdiction_id=body.jurisdiction_id, member=full[4], effect="attendance", kind="old", since=date(2026, 1, 1),
    )  # fmt: skip
    meeting = held(cast, body)
    listed(cast, meeting, [*probation, *full], 4)  # two on probation, two with the vote, of five
    row = Quorum.objects.get()
    assert (row.eligible, row.present, row.met) == (5, 2, False)
    listed(cast, meeting, [*full[:3], *probation, *full[3:]], 3)
    assert Quorum.objects.get().met


def test_without_a_list_the_numbers_are_typed_and_judged(cast: Cast) -> None:
    body = branch(cast, members=7)  # nobody of it is kept by name
    meeting = held(cast, body)
    clerk = cast.client("clerk")
    page = clerk.get(meeting.get_absolute_url()).content.decode()
    assert "法定人数未核对" in page and "暂不计入" in page
    address = reverse("partylife:count_quorum", kwargs={"key": meeting.key, "body": body.key})
    more = clerk.post(address, {"eligible": 7, "present": 8})
    assert more.status_code == 422 and "实到 8 人多于应到 7 人" in more.content.decode()
    assert 'value="8"' in more.content.decode()  # nothing typed is lost
    assert clerk.post(address, {"eligible": 7, "present": 3, "reason": "农忙"}).status_code == 303
    cast.actor("clerk")
    row = Quorum.objects.get()
    assert (row.met, row.counts, row.typed) == (False, False, True)  # no reason stands in for the half
    assert by_both_ways(cast, body) == 0
    assert clerk.post(address, {"eligible": 7, "present": 4}).status_code == 303
    cast.actor("clerk")
    assert Quorum.objects.get().met and by_both_ways(cast, body) == 1
    assert cast.client("other_clerk").get(address).status_code == 404
    assert cast.client("clerk").get(address.replace(str(body.key), str(cast.firm.key))).status_code == 404


def test_numbers_typed_do_not_go_against_roll_and_list(cast: Cast) -> None:
    body = branch(cast, members=3)
    people = members(cast, body, 3)
    meeting = held(cast, body)

    def count(eligible: int, present: int) -> Quorum:
        return actions.count_quorum(
            actor=cast.actor("clerk"), meeting=meeting, branch=body, eligible=eligible, present=present,
            now=at(MEETING_DAY, 20),
        )  # fmt: skip

    with pytest.raises(LargerThanRoll):
        count(4, 3)
    count(3, 2)
    listed(cast, meeting, people, 1)
    assert (Quorum.objects.get().present, Quorum.objects.get().typed) == (1, False)
    with pytest.raises(rules.ListSpeaks):
        count(3, 3)
    other = held(cast, body, kind="主题党日")
    with pytest.raises(rules.NoQuorumAsked):
        actions.count_quorum(
            actor=cast.actor("clerk"), meeting=other, branch=body, eligible=3, present=3, now=at(MEETING_DAY, 20)
        )


def test_a_committee_too_small_counts_with_a_reason_because_the_rule_is_custom(cast: Cast) -> None:
    body = branch(cast, members=9)
    people = members(cast, body, 9)
    for one, role in zip(people[:5], ("secretary", *(f"committee_{n}" for n in ("deputy", "organisation", "publicity", "discipline"))), strict=True):  # noqa: E501
        Membership.objects.create(
            jurisdiction_id=body.jurisdiction_id, person_id=one.person_id, organization=body, role=role, since=QUARTER[0]
        )
    meeting = held(cast, body, kind="支委会")
    listed(cast, meeting, [*people[5:], *people[:5]], 6)  # four guests and two of five
    row = Quorum.objects.get()
    assert (row.eligible, row.present, row.met, row.counts) == (5, 2, False, False)
    listed(cast, meeting, people, 3)
    assert Quorum.objects.get().met and by_both_ways(cast, body, "life.committee") == 1
    small = held(cast, branch(cast, "柳溪无名册支部", members=9), kind="支委会")
    row = actions.count_quorum(
        actor=cast.actor("clerk"), meeting=small, branch=small.convener, eligible=5, present=2, reason="两人抗洪",
        now=at(MEETING_DAY, 20),
    )  # fmt: skip
    assert not row.met and row.counts and by_both_ways(cast, small.convener, "life.committee") == 1


def voted(cast: Cast, meeting: Meeting, *votes: int, **more: Any) -> Decision:
    return events.decide(
        actor=cast.actor("clerk"), meeting=meeting, text="改选党小组长", organizations=[meeting.convener],
        due_on=MEETING_DAY + timedelta(days=30), now=at(MEETING_DAY, 20), vote=Vote(*votes, **more),
    )  # fmt: skip


@pytest.mark.parametrize(("eligible", "least"), [(3, 2), (8, 5), (15, 8), (16, 9)])
def test_more_than_half_of_all_with_the_vote_adopt(cast: Cast, eligible: int, least: int) -> None:
    body = branch(cast, members=eligible)
    people = members(cast, body, eligible)
    meeting = held(cast, body)
    listed(cast, meeting, people, least)
    lost = voted(cast, meeting, least - 1, 1)
    assert lost.state == "lost" and lost.settled_on == MEETING_DAY and not Charge.objects.exists()
    assert lost.evaluation is not None and lost.evaluation.rule_code == "vote.branch"
    won = voted(cast, meeting, least)
    assert won.state == "open" and (won.eligible, won.present) == (eligible, least)
    assert Charge.objects.get().decision == won


def test_votes_that_cannot_be_are_refused_and_kept_on_the_form(cast: Cast) -> None:
    body = branch(cast, members=8)
    people = members(cast, body, 8)
    meeting = held(cast, body)
    refused: list[tuple[type[Refused], tuple[int, ...]]] = [
        (CountMissing, (5,)),
        (MoreVotesThanPresent, (4, 1, 1, 8, 5)),
        (MorePresentThanEligible, (4, 0, 0, 5, 6)),
        (LargerThanRoll, (4, 0, 0, 9, 6)),
    ]
    for refusal, votes in refused:
        with pytest.raises(refusal):
            voted(cast, meeting, *votes)
    listed(cast, meeting, people, 5)
    with pytest.raises(ListSays):
        voted(cast, meeting, 5, 0, 0, 8, 6)
    with pytest.raises(MoreVotesThanPresent):
        voted(cast, meeting, 5, 1)
    assert not Decision.objects.exists()
    clerk, address = cast.client("clerk"), reverse("events:decide", kwargs={"key": meeting.key})
    asked = clerk.get(address).content.decode()
    assert "应到 8 人,实到 5 人" in asked and 'name="eligible"' not in asked
    sent = {"text": "修缮党员活动室", "organizations": [str(body.key)], "due_on": "2026-05-01", "yes": 4, "no": 2}
    answer = clerk.post(address, sent)
    assert answer.status_code == 422
    assert "票数合计 6 多于实到 5 人" in answer.content.decode() and "修缮党员活动室" in answer.content.decode()
    half = clerk.post(address, {**sent, "yes": "", "no": 2})
    assert half.status_code == 422 and "请填赞成票数" in half.content.decode()
    assert clerk.post(address, {**sent, "yes": 4, "no": 1}).status_code == 303
    assert clerk.post(address, {**sent, "text": "订阅报刊", "yes": 5, "no": 0}).status_code == 303
    page = clerk.get(meeting.get_absolute_url()).content.decode()
    assert "表决未通过" in page and "赞成 4 票,反对 1 票,弃权 0 票" in page and "赞成 5 票" in page and "第11条" in page
    paper = clerk.get(reverse("events:meeting_paper", kwargs={"key": meeting.key})).content.decode()
    assert "达到法定人数" in paper and "这次会议计入组织生活" in paper
    assert "表决未通过" in paper and "赞成 5 票,反对 0 票,弃权 0 票" in paper
    cast.actor("clerk")
    asked_of = set(Duty.objects.filter(organization=body, state="open").values_list("kind", "title"))
    assert ("events.task", "订阅报刊") in asked_of and "修缮党员活动室" not in {title for _kind, title in asked_of}


def test_a_vote_below_quorum_adopts_nothing_and_other_meetings_are_only_counted(cast: Cast) -> None:
    body = branch(cast, members=8)
    people = members(cast, body, 8)
    meeting = held(cast, body)
    listed(cast, meeting, people, 3)
    assert voted(cast, meeting, 3).state == "lost"
    other = held(cast, body, kind="党小组会")
    assert electorate(other) is None
    made = voted(cast, other, 2, 3, 0, 8, 5)
    assert made.state == "open" and made.evaluation is None and (made.yes, made.no) == (2, 3)
    with pytest.raises(MoreVotesThanPresent):
        voted(cast, other, 4, 2, 0, 8, 5)


def test_people_who_hold_no_office_are_nobody_to_judge_a_committee_by(cast: Cast) -> None:
    body = branch(cast, members=9)
    meeting = held(cast, body, kind="支委会")
    who = electorate(meeting)
    assert who is not None and (who.code, who.eligible, who.present) == ("vote.committee", None, None)


def test_the_page_of_such_a_meeting_stays_within_the_house_limit(cast: Cast) -> None:
    body = branch(cast, members=3)
    people = members(cast, body, 3)
    meeting = held(cast, body)
    clerk = signed_in(cast, "clerk")
    for _written in (False, True):
        assert cost(clerk, meeting.get_absolute_url()) <= MOST
        cast.actor("clerk")
        listed(cast, meeting, people, 2)
